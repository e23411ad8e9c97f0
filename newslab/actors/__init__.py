"""Actors: every name of a person, organisation, place or group in an article, joined into one actor each."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, OrderedDict
from threading import Lock

import pandas as pd

from newslab.actors.cast import Actor, Cast, Mention
from newslab.actors.grouping import Group, group_names
from newslab.actors.lists import Aliases, places, read_aliases
from newslab.actors.phrases import PRONOUNS
from newslab.actors.references import Entry, Reading
from newslab.actors.roles import role_text
from newslab.actors.spans import find_names, is_acronym
from newslab.actors.words import Words
from newslab.article import Article, as_article
from newslab.language import parse
from newslab.tables import ActorRow, MentionRow, make_table
from newslab.text import sentences

__all__ = ["Actor", "Cast", "Mention", "find_actors", "find_mentions", "resolve"]

KEPT_CASTS = 8
_casts: OrderedDict[tuple[str, tuple[tuple[str, str], ...]], Cast] = OrderedDict()
_lock = Lock()


def find_mentions(article: Article | str, *, aliases: Aliases = None) -> pd.DataFrame:
    """Where each person, organisation, place and group is mentioned."""
    story = as_article(article)
    cast = resolve(story, aliases=aliases)
    begins = [start for start, _ in sentences(story.text)]
    rows = []
    for mention in cast.mentions:
        actor = cast.actors[mention.actor]
        if actor.named:
            sentence = max(bisect_right(begins, mention.start) - 1, 0)
            rows.append(MentionRow(story.article_id, sentence, mention.start, mention.end,
                story.text[mention.start : mention.end], actor.name, mention.kind, mention.how))
    return make_table(MentionRow, rows)


def find_actors(article: Article | str, *, aliases: Aliases = None) -> pd.DataFrame:
    """Who is in the article: one row an actor, whatever the article calls them."""
    story = as_article(article)
    cast = resolve(story, aliases=aliases)
    begins = [start for start, _ in sentences(story.text)]
    places: dict[int, list[int]] = {}
    for mention in cast.mentions:
        if cast.actors[mention.actor].named:
            places.setdefault(mention.actor, []).append(max(bisect_right(begins, mention.start) - 1, 0))
    rows = []
    for number, inside in places.items():
        actor = cast.actors[number]
        rows.append(ActorRow(story.article_id, actor.name, actor.kind, actor.role, list(actor.names), len(inside),
            len(set(inside)), min(inside)))
    return make_table(ActorRow, rows)


def resolve(article: Article, *, aliases: Aliases = None) -> Cast:
    """The article's cast, for the rooms that build on it; kept for the next verb."""
    known = read_aliases(aliases)
    key = (article.text, tuple(sorted(known.items())))
    with _lock:
        if key in _casts:
            _casts.move_to_end(key)
            return _casts[key]
    cast = build(Words(parse(article), article.text), known)
    with _lock:
        _casts[key] = cast
        while len(_casts) > KEPT_CASTS:
            _casts.popitem(last=False)
    return cast


def build(words: Words, aliases: dict[str, str]) -> Cast:
    reading = Reading(words, group_names(words, find_names(words), aliases))
    actors = tuple(_actor(words, entry) for entry in reading.entries)
    found = []
    for number, entry in enumerate(reading.entries):
        if entry.group:
            found += [Mention(words.start[n.first], words.end[n.last - 1], number, entry.kind, "name") for n in entry.group.names]
        found += [Mention(words.start[p.first], words.end[p.last - 1], number, entry.kind, "description") for p in entry.phrases]
    for index, number in reading.sure.items():
        found.append(Mention(words.start[index], words.end[index], number, reading.entries[number].kind, "pronoun"))
    return Cast(tuple(sorted(found, key=lambda m: (m.start, -m.end))), actors, reading)


def _actor(words: Words, entry: Entry) -> Actor:
    role = max(entry.roles, key=lambda role: role.weight, default=None)
    if entry.group is None:
        texts = [words.text[words.start[p.first] : words.end[p.last - 1]] for p in entry.phrases]
        return Actor(max(texts, key=len), entry.kind, None, tuple(dict.fromkeys(texts)), entry.gender, entry.plural, False)
    names = Counter(name.text for name in entry.group.names)
    return Actor(_full_name(entry.group, names), entry.kind, role_text(words, role) if role else None, tuple(names), entry.gender, entry.plural)


def _full_name(group: Group, names: Counter[str]) -> str:
    if group.key[0] == "place of":
        own = {text: count for text, count in names.items() if places().get(text) == group.key[1]}
        return max(own or names, key=lambda text: names[text])
    return max(names, key=lambda text: (not is_acronym(text), len(text.replace("-", " ").split()), names[text]))
