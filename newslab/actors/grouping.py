"""Names joined into actors: full and last name, acronym, short and long form of a body, a country's names."""

from __future__ import annotations

from collections import Counter, defaultdict

from newslab.actors.cutting import is_acronym
from newslab.actors.forms import Focus, Form, Group, Key, title_gender
from newslab.actors.kinds import LOCATIVES, STATED, firm_kind, vote
from newslab.actors.lists import (
    capitals,
    fold,
    organisation_words,
    parties,
    peoples,
    places,
    role_nouns,
    word_set,
)
from newslab.actors.spans import Name
from newslab.actors.words import Words

# What a table joins, whatever the names' words are: the names of a country, a people or a party.
TABLED = frozenset({"place of", "people of", "party of"})


def group_names(words: Words, names: list[Name], aliases: dict[str, str]) -> list[Group]:
    """The actors that the names make, in the order of their first mention."""
    names = _shortened(words, names)
    forms = _forms(words, names, aliases)
    links = _link_all(forms)
    groups: dict[Key, Group] = {}
    state = Focus(words)
    for name in names:
        own = _key(words, name, aliases, forms)
        chosen = state.choose(name, links.get(own) or [own], groups, forms)
        group = groups.setdefault(chosen, Group(chosen))
        group.names.append(name)
        group.votes.update(name.votes)
        group.gender = group.gender or title_gender(words, name)
        state.note(name, chosen)
    return _kept([part for group in groups.values() for part in _by_titles(words, group)])


def acts_as_government(words: Words, name: Name) -> bool:
    """Whether a capital is spoken of as a government: it does something, or something is "between" it and another."""
    head = name.last - 1
    before = words.low[name.first - 1] if name.first else ""
    if before in LOCATIVES or before in {"to", "from"}:
        return False
    verb = words.head[head]
    if words.dep[head] in {"nsubj", "nsubjpass"}:
        return words.pos[verb] == "VERB"
    if words.dep[head] == "conj":
        head, verb = verb, words.head[verb]
    return words.dep[head] == "pobj" and words.low[verb] in {"between", "by", "with"}


def _forms(words: Words, names: list[Name], aliases: dict[str, str]) -> dict[Key, Form]:
    """Every written form of a name with its votes."""
    whole = [name for name in names if len(name.key) > 1 and firm_kind(words, name) in {None, "person"}]
    full_words = Counter(word for name in whole for word in {name.key[0], name.key[-1]})
    last_names = {name.key[-1] for name in whole}
    forms: dict[Key, Form] = {}
    for name in names:
        name.votes = vote(words, name)
        located = name.first > 0 and words.low[name.first - 1] in LOCATIVES
        if len(name.key) == 1 and full_words[name.key[0]] and not located:
            name.votes["place"] = min(name.votes["place"], 0.0)
        if name.text in parties() and len(name.key) == 1 and name.key[0] in last_names:
            name.votes["organisation"] = 0.0  # where John Tory is in the story, "Tory" is he
    for name in names:
        key = _key(words, name, aliases, forms)
        form = forms.setdefault(key, Form(key))
        form.names.append(name)
        form.votes.update(name.votes)
        firm = firm_kind(words, name) if name.text not in parties() or name.votes["organisation"] > 0 else None
        form.firm = form.firm or (firm if firm != "place" or name.votes["place"] > 0 else None)
    return forms


def _shortened(words: Words, names: list[Name]) -> list[Name]:
    """Names without what a caption or a role has put before them, where the article has the name alone elsewhere."""
    counts = Counter(name.key for name in names)
    found = []
    for name in names:
        size = name.last - name.first
        for cut in range(1, size - 1):
            first = name.first + cut
            text = words.text[words.start[first] : words.end[name.last - 1]]
            rest = fold(text)
            if (
                counts[rest]
                and len(rest) > 1
                and _is_front(words, first - 1)
                and firm_kind(words, name) in {None, "person"}
            ):
                name = Name(first, name.last, text, rest)
                break
        found.append(name)
    return found


def _is_front(words: Words, index: int) -> bool:
    """Whether a word before a name is a place, a body or a role rather than a first name."""
    form, low = words.form[index], words.low[index]
    return form in places() or form in peoples() or low in organisation_words() or low in role_nouns()


def _key(words: Words, name: Name, aliases: dict[str, str], forms: dict[Key, Form]) -> Key:
    """What the name is filed under: its words, or the country that a table gives."""
    text = aliases.get(name.text, name.text)
    if text in places() and name.votes["place"] > 0:
        return ("place of", places()[text])
    if text in peoples() and name.votes["group"] > 0:
        return ("people of", peoples()[text])
    party = ("party of", parties().get(text, ""))
    # Letters alone ("PPP") may mean something else, unless the article names the party too.
    if party[1] and name.votes["organisation"] > 0 and (party in forms or not is_acronym(text)):
        return party
    if text != name.text:
        return fold(text)
    if text in capitals() and acts_as_government(words, name) and ("place of", capitals()[text]) in forms:
        return ("place of", capitals()[text])
    return name.key


def _link_all(forms: dict[Key, Form]) -> dict[Key, list[Key]]:
    """For each short form, the full ones that it may stand for; a form that stands for itself is missing."""
    by_word: dict[str, list[Key]] = defaultdict(list)
    by_initials: dict[str, list[Key]] = defaultdict(list)
    for key, form in forms.items():
        if key[0] in TABLED:
            continue
        if len(key) > 1:
            by_word[key[0]].append(key)
            by_word[key[-1]].append(key)
            if len(key) > 2:
                by_word[key[-2]].append(key)
            initials = "".join(word[0] for word in form.text.replace("-", " ").split() if word[0].isupper())
            by_initials[initials].append(key)
    links: dict[Key, list[Key]] = {}
    for key in sorted(forms, key=len):
        if key[0] not in TABLED:
            links[key] = _longer(forms[key], forms, by_word, by_initials)
    return {key: _roots(key, links) for key in links}


def _longer(
    form: Form, forms: dict[Key, Form], by_word: dict[str, list[Key]], by_initials: dict[str, list[Key]]
) -> list[Key]:
    """The longer forms that a form may be short for."""
    stated = [name.acronym_of for name in form.names if name.acronym_of in forms]
    if stated:
        return [key for key in stated[:1] if key is not None]
    if len(form.key) == 1 and is_acronym(form.text):
        letters = "".join(letter for letter in form.text if letter.isupper())
        return [key for key in by_initials.get(letters, ()) if forms[key].kind != "person"]
    near = dict.fromkeys([*by_word.get(form.key[-1], ()), *by_word.get(form.key[0], ())])
    fits = [key for key in near if key != form.key and _short_for(form, forms[key])]
    suffix = [key for key in fits if key[-1] == form.key[-1]]
    inner = [key for key in fits if form.key[0] not in {key[0], key[-1]}]
    # Alone, "Morgan" is John Morgan rather than Morgan Stanley.
    if suffix and (form.kind != "person" or any(forms[key].kind == "person" for key in suffix)):
        return suffix
    return [key for key in fits if key not in inner] or inner


def _short_for(form: Form, full: Form) -> bool:
    """Whether a form may be short for a fuller one."""
    if _is_personal(full) and _is_personal(form):
        return _person_short_for(form, full)
    short, long = form.key, full.key
    if len(short) >= len(long) or full.kind != "organisation" or form.firm in {"place", "group", "person"}:
        return False
    if long[: len(short)] == short:
        companies = word_set("company_words.txt")
        return len(short) > 1 or all(word in companies or f"{word}." in companies for word in long[len(short) :])
    the = any(name.votes["person"] < 0 for name in form.names)
    return long[-len(short) :] == short and (the or form.kind == "organisation")


def _is_personal(form: Form) -> bool:
    """Whether a form may be a person's name: nothing but the model's label speaks against it."""
    if form.firm not in {None, "person"}:
        return False
    the = sum(name.votes["person"] < 0 for name in form.names)
    several = len(form.key) > 1 and not form.key[-1].endswith("s")
    return form.kind == "person" or (len(form.key) <= 4 and (several or the < len(form.names)))


def _person_short_for(form: Form, full: Form) -> bool:
    short, long = form.key, full.key
    if form.votes["organisation"] - form.votes["person"] >= STATED:
        return False
    if len(short) > 1 and short[-1] == long[-1]:
        return len(short) <= len(long) and _first_names_agree(short, long)
    if len(short) >= len(long) or all(word in word_set("name_particles.txt") for word in short):
        return False
    if long[-len(short) :] == short or (len(short) == 1 and len(long) > 2 and long[-2] == short[0]):
        return form.kind != "place" or full.kind == "person"
    return long[: len(short)] == short and "person" in {full.kind, form.kind} and form.kind != "place"


def _first_names_agree(short: Key, long: Key) -> bool:
    """Two full names with one last name: "Alex" and "Alexander" may be one, "Bill" and "Hillary" are two."""
    a, b = short[0], long[0]
    if short in {long[-len(short) :], long[: len(short)]}:
        return True
    if a == b:
        middle = set(long[1:-1])
        return len(short) < len(long) and (len(short) == 2 or set(short[1:-1]) <= middle or len(short[1]) == 1)
    return (
        len(short) == len(long)
        and min(len(a), len(b)) >= 3
        and a != b
        and (b.startswith(a) or b.endswith(a))
        and len(a) < len(b)
    )


def _roots(key: Key, links: dict[Key, list[Key]]) -> list[Key]:
    """The fullest forms reached from a form; a chain of short forms is followed to its end."""
    found: dict[Key, None] = {}
    todo, seen = list(links.get(key, ())), {key}
    while todo:
        longer = todo.pop()
        if longer in seen:
            continue
        seen.add(longer)
        if links.get(longer):
            todo += links[longer]
        else:
            found[longer] = None
    return list(found)


def _by_titles(words: Words, group: Group) -> list[Group]:
    """Two actors where titles say so: "Mrs Howard" is not Mr Howard.

    Names without a title go with the title of the full name, else with the first.
    """
    whole_first = sorted(group.names, key=lambda name: (len(name.key) == 1, name.first))
    genders = list(dict.fromkeys(gender for name in whole_first if (gender := title_gender(words, name))))
    if len(genders) < 2:
        return [group]
    main, other = genders[:2]
    apart = [name for name in group.names if len(name.key) == 1 and title_gender(words, name) == other]
    if not apart:
        return [group]
    parts = []
    for key, gender, names in (
        (group.key, main, [name for name in group.names if name not in apart]),
        ((*group.key, other), other, apart),
    ):
        part = Group(key, names=names, gender=gender)
        for name in names:
            part.votes.update(name.votes)
        parts.append(part)
    parts[1].shown = _with_title(words, apart[-1])
    return parts


def _with_title(words: Words, name: Name) -> str:
    """The name with the last word of its title."""
    return f"{words.form[name.title[1] - 1]} {name.text}" if name.title else name.text


def _kept(groups: list[Group]) -> list[Group]:
    """The groups that are actors: not a treaty or a prize, nor a capitalised word that nothing speaks for."""
    kept = []
    for group in groups:
        if group.kind == "thing" or group.votes[group.kind] < min(1.0, 0.4 * len(group.names)):
            continue
        kept.append(group)
    return kept
