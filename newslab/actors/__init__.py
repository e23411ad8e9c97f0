"""Actors: every name of a person, organisation, place or group in an article, joined into one actor each."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike

import pandas as pd

from newslab.actors.cast import Actor, Cast, Mention
from newslab.article import Article, as_article
from newslab.language import parse
from newslab.tables import ActorRow, MentionRow, make_table

__all__ = ["Actor", "Cast", "Mention", "find_actors", "find_mentions", "resolve"]

Aliases = Mapping[str, str] | str | PathLike[str] | None
KINDS = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "NORP": "group", "FAC": "place"}


def find_mentions(article: Article | str, *, aliases: Aliases = None) -> pd.DataFrame:
    """Where each person, organisation, place and group is mentioned."""
    return make_table(MentionRow, [])


def find_actors(article: Article | str, *, aliases: Aliases = None) -> pd.DataFrame:
    """Who is in the article: one row an actor, whatever the article calls them."""
    return make_table(ActorRow, [])


def resolve(article: Article, *, aliases: Aliases = None) -> Cast:
    """The article's cast, for the rooms that build on it; kept for the next verb."""
    text = as_article(article).text
    names: dict[str, tuple[str, str]] = {}
    found = []
    for entity in parse(article).ents:
        if entity.label_ in KINDS:
            found.append((entity.start_char, entity.end_char, entity.text, KINDS[entity.label_]))
    for _, _, name, kind in found:
        for last in (name.split()[-1], name):
            if last not in names or len(name) > len(names[last][0]):
                names[last] = (name, kind)
    actors: list[Actor] = []
    numbers: dict[str, int] = {}
    mentions = []
    for start, end, name, _ in found:
        full, kind = names[name.split()[-1]]
        if full not in numbers:
            numbers[full] = len(actors)
            actors.append(Actor(full, kind, None, (full,), None, False))
        mentions.append(Mention(start, end, numbers[full], actors[numbers[full]].kind, "name"))
    return Cast(text, tuple(mentions), tuple(actors), tuple(mention.start for mention in mentions))
