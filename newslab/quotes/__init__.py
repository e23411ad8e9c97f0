"""Quotes: who says what, in direct and indirect speech, with the cue, the speaker's full name and the rule."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from newslab.actors import resolve
from newslab.actors.lists import Aliases
from newslab.article import Article, as_english
from newslab.quotes.finding import find_all
from newslab.quotes.found import Found
from newslab.quotes.join import join_pieces
from newslab.quotes.names import name_actors
from newslab.quotes.pieces import kind_of
from newslab.quotes.rules import describe_rules
from newslab.quotes.story import Story
from newslab.tables import QuoteRow, make_table
from newslab.text import Span

__all__ = ["describe_rules", "find_quotes", "quote_rows"]

Scope = Literal["speech", "attribution"]


def find_quotes(
    article: Article | str,
    *,
    scope: Scope = "speech",
    join: bool = False,
    scare: bool = False,
    aliases: Aliases = None,
) -> pd.DataFrame:
    """Who says what: one row a quote, with its cue, its speaker's full name and the rule that found it.

    ``scope="speech"`` gives what somebody said or wrote, ``"attribution"`` also what somebody thinks, intends,
    criticises or shows. ``join=True`` makes one row of ``"A," he said. "B."``, its pieces in ``spans``.
    ``scare=True`` adds words in marks that quote nobody in particular. Columns: those of the table ``quotes``;
    offsets are characters of ``article.text``. Takes any text.
    """
    return make_table(QuoteRow, quote_rows(article, scope=scope, join=join, scare=scare, aliases=aliases))


def quote_rows(
    article: Article | str, *, scope: Scope = "speech", join: bool = False, scare: bool = False, aliases: Aliases = None
) -> list[QuoteRow]:
    """The rows of ``find_quotes``, for the rooms that build on them."""
    if scope not in {"speech", "attribution"}:
        raise ValueError(f'scope is "speech" or "attribution", not {scope!r}')
    story = Story.of(as_english(article))
    quotes = find_all(story, attribution=scope == "attribution", scare=scare)
    name_actors(story, quotes, resolve(story.article, aliases=aliases))
    quotes = join_pieces(story, quotes) if join else [piece for quote in quotes for piece in quote.split()]
    return [_row(story, number, quote) for number, quote in enumerate(quotes)]


def _row(story: Story, number: int, quote: Found) -> QuoteRow:
    cue, speaker = quote.cue, quote.speaker
    return QuoteRow(
        article_id=story.article.article_id,
        quote_id=number,
        start=quote.start,
        end=quote.end,
        text=story.text[quote.start : quote.end],
        spans=[list(piece) for piece in quote.pieces],
        kind=kind_of(story, quote),
        cue=story.text[slice(*cue)] if cue else None,
        cue_start=cue[0] if cue else None,
        cue_end=cue[1] if cue else None,
        speaker=_text(story, speaker),
        speaker_start=speaker[0] if speaker else None,
        speaker_end=speaker[1] if speaker else None,
        actor=quote.actor,
        via=quote.via_actor,
        rule=quote.rule,
        asserted=quote.asserted,
        paragraph=story.paragraph_at(quote.start),
        sentence_id=story.sentence_at(quote.start),
    )


def _text(story: Story, span: Span | None) -> str | None:
    return story.text[span[0] : span[1]] if span else None
