"""Actors: every name of a person, organisation, place or group in an article, joined into one actor each.

The way of a name: ``words`` (the parse as lists), ``spans`` and ``cutting`` (where names stand), ``kinds`` (person or
organisation), ``forms`` and ``grouping`` (which names are one actor), ``roles``, ``phrases`` (descriptions and
pronouns), ``references`` and ``memory`` (whom they mean), ``building`` and ``cast`` (the result).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock

import pandas as pd

from newslab.actors.building import build_cast
from newslab.actors.cast import Actor, Cast, Mention
from newslab.actors.lists import Aliases, read_aliases
from newslab.actors.words import Words
from newslab.article import Article, as_english
from newslab.language import parse
from newslab.tables import ActorRow, MentionRow, make_table
from newslab.text import sentences

__all__ = ["Actor", "Cast", "Mention", "actor_rows", "find_actors", "find_mentions", "mention_rows", "resolve"]

KEPT_CASTS = 8
_casts: OrderedDict[tuple[str, tuple[tuple[str, str], ...]], Cast] = OrderedDict()
_lock = Lock()


def find_mentions(article: Article | str, *, aliases: Aliases = None) -> pd.DataFrame:
    """Every place where a person, organisation, place or group is mentioned, by name, description or pronoun.

    One row a mention, in the order of the text; columns as in ``MentionRow``. ``text`` is the name without its title
    ("Ghafoor" of "Maj Gen Ghafoor"), ``actor`` the full name. Pronouns and descriptions are there only where the text
    leaves little doubt. ``aliases`` says which names belong together, ``{"Tehran": "Iran"}``, or is a file with a name
    and its actor on each line. Method: the model's names repaired by rules on capitals, titles and word lists; what a
    pronoun means, by salience (Lappin and Leass 1994) with gender only where the article itself gives it.
    """
    return make_table(MentionRow, mention_rows(article, aliases=aliases))


def mention_rows(article: Article | str, *, aliases: Aliases = None) -> list[MentionRow]:
    """The rows of ``find_mentions``, for the rooms that build on them."""
    story = as_english(article)
    cast = resolve(story, aliases=aliases)
    begins = [start for start, _ in sentences(story.text)]
    return [
        MentionRow(
            story.article_id, _sentence(begins, mention.start), mention.start, mention.end,
            story.text[mention.start : mention.end], cast.name_of(mention.actor), mention.kind, mention.how,
        )
        for mention in cast.mentions
        if cast.actors[mention.actor].named
    ]  # fmt: skip


def find_actors(article: Article | str, *, aliases: Aliases = None) -> pd.DataFrame:
    """Who is in the article: one row an actor, whatever names the article has for it, most mentioned first.

    Columns as in ``ActorRow``: ``actor`` is the full name, ``role`` what the article says somebody is ("Army
    spokesman"), or the link of a people to its place, ``names`` every name used. Who has no name in the article is not
    here; ``Analysis.actors`` adds those who speak. ``aliases`` as in ``find_mentions``.
    """
    return make_table(ActorRow, actor_rows(article, aliases=aliases))


def actor_rows(article: Article | str, *, aliases: Aliases = None) -> list[ActorRow]:
    """The rows of ``find_actors``, for the rooms that build on them."""
    story = as_english(article)
    cast = resolve(story, aliases=aliases)
    begins = [start for start, _ in sentences(story.text)]
    found: dict[int, list[int]] = {number: [] for number, actor in enumerate(cast.actors) if actor.named}
    for mention in cast.mentions:
        if mention.actor in found:
            found[mention.actor].append(_sentence(begins, mention.start))
    order = sorted(found, key=lambda number: -len(found[number]))
    return list(_actor_rows(story.article_id, cast, order, found))


def resolve(article: Article, *, aliases: Aliases = None) -> Cast:
    """The article's cast, for the rooms that build on it; the last few are kept, so that many verbs cost one."""
    known = read_aliases(aliases)
    key = (article.text, tuple(sorted(known.items())))
    with _lock:
        if key in _casts:
            _casts.move_to_end(key)
            return _casts[key]
    cast = build_cast(Words(parse(article), article.text), known)
    with _lock:
        _casts[key] = cast
        while len(_casts) > KEPT_CASTS:
            _casts.popitem(last=False)
    return cast


def _actor_rows(article_id: str, cast: Cast, order: list[int], found: dict[int, list[int]]) -> Iterable[ActorRow]:
    for number in order:
        actor, where = cast.actors[number], found[number]
        yield ActorRow(
            article_id, actor.name, actor.kind, actor.role, list(actor.names), len(where), len(set(where)),
            min(where, default=None),
        )  # fmt: skip


def _sentence(begins: list[int], start: int) -> int:
    return max(bisect_right(begins, start) - 1, 0)
