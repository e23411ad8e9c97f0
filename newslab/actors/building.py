"""From what was read to a cast: names chosen, roles chosen, mentions put in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from newslab.actors.cast import Actor, Cast, Mention
from newslab.actors.cutting import is_acronym
from newslab.actors.entries import Entry
from newslab.actors.forms import Group
from newslab.actors.grouping import group_names
from newslab.actors.lists import capitals, peoples, places, shown_kind
from newslab.actors.phrases import Phrase
from newslab.actors.references import Reading
from newslab.actors.roles import role_text
from newslab.actors.spans import NICKNAME, find_names
from newslab.actors.words import Words


def build_cast(words: Words, aliases: dict[str, str]) -> Cast:
    """The cast of an article: names found and joined, descriptions and pronouns resolved."""
    reading = Reading(words, group_names(words, find_names(words), aliases))
    actors = tuple(_actor(reading, number, aliases) for number in range(len(reading.entries)))
    mentions = sorted(_mentions(reading, actors), key=lambda mention: mention.start)
    return Cast(tuple(mentions), actors, reading)


def _actor(reading: Reading, number: int, aliases: dict[str, str]) -> Actor:
    words, entry, gender = reading.words, reading.entries[number], reading.gender(number)
    if entry.group is None:
        texts = [_phrase_text(words, phrase) for phrase in entry.phrases]
        return Actor(
            _fullest(entry.phrases, texts),
            shown_kind(entry.kind),
            None,
            tuple(dict.fromkeys(texts)),
            gender,
            entry.plural,
            named=False,
        )
    names = Counter(name.text for name in entry.group.names)
    role = max(entry.roles, key=lambda role: role.weight, default=None)
    stated = role_text(words, role) if role else _people(entry.group)
    return Actor(_full_name(entry.group, names, aliases), entry.kind, stated, tuple(names), gender, entry.plural)


def _people(group: Group) -> str | None:
    """The link of a people to its place, shown where a person's role stands."""
    return f"people of {group.key[1]}" if group.key[0] == "people of" else None


def _phrase_text(words: Words, phrase: Phrase) -> str:
    return words.text[words.start[phrase.first] : words.end[phrase.last - 1]]


def _fullest(phrases: list[Phrase], texts: list[str]) -> str:
    """The fullest description: the longest of those that do not point back to another."""
    return min(zip(phrases, texts, strict=True), key=lambda pair: (pair[0].definite, -len(pair[1])))[1]


def _full_name(group: Group, names: Counter[str], aliases: dict[str, str]) -> str:
    """The name to show: what a user calls it, a country's usual name, else the fullest that the article has."""
    wanted = next((aliases[text] for text in names if text in aliases), None)
    if wanted is not None:
        return wanted
    if group.shown:
        return group.shown
    if group.key[0] == "place of":
        own = [text for text in names if places().get(text) == group.key[1]]
        return max(own or [group.key[1]], key=lambda text: names[text])
    if group.key[0] == "people of":
        return max(names, key=lambda text: (text.endswith("s"), names[text]))
    if group.key[0] == "party of":
        # "Tories" is what a party is called; "Tory" and "Lib Dem" stand before a member's name.
        usual = max(names, key=lambda text: (not is_acronym(text), text.endswith("s"), names[text]))
        return group.key[1] if group.key[1] in names else usual
    full = max(names, key=lambda text: (not is_acronym(text), len(text.replace("-", " ").split()), names[text]))
    return NICKNAME.sub("", full) or full


def _mentions(reading: Reading, actors: tuple[Actor, ...]) -> Iterator[Mention]:
    words = reading.words
    for number, entry in enumerate(reading.entries):
        kind = actors[number].kind
        for name in entry.group.names if entry.group else ():
            how = "alias" if _is_alias(name.text, entry) else "name"
            yield Mention(words.start[name.first], words.end[name.last - 1], number, kind, how)
        for phrase in entry.phrases:
            first = phrase.head
            while first > phrase.first and first - 1 not in reading.named:
                first -= 1
            yield Mention(words.start[first], words.end[phrase.head], number, kind, "description")
    for index, number in reading.sure.items():
        yield Mention(words.start[index], words.end[index], number, actors[number].kind, "pronoun")


def _is_alias(text: str, entry: Entry) -> bool:
    """Whether a table or an acronym joins the name to its actor: "Tehran" for Iran, "FO" for Foreign Office."""
    if entry.kind == "person" or entry.group is None:
        return False
    if entry.group.key[0] == "place of":
        return places().get(text) != entry.group.key[1]
    return is_acronym(text) and entry.group.names[0].text != text and text not in {*peoples(), *capitals()}
