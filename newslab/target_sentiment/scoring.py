"""The two verbs: what attitude a sentence takes toward each actor in it, and why the model says so."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from newslab.actors import resolve
from newslab.actors.lists import Aliases
from newslab.article import Article, as_english
from newslab.tables import TargetSentimentRow, make_table
from newslab.target_sentiment.masking import Masked, Masker, trim_name
from newslab.target_sentiment.model import LABELS, Part, Scores, load_model, probabilities
from newslab.text import Span, sentences

NAMED = ("name", "alias")
# Where an actor is mentioned: start, end, the actor's full name, and whether by name.
_Place = tuple[int, int, str, bool]


def score_target_sentiment(
    article: Article | str,
    *,
    targets: Sequence[Span] | None = None,
    names: Iterable[Span] | None = None,
    aliases: Aliases = None,
) -> pd.DataFrame:
    """What attitude each sentence takes toward each actor in it: negative, neutral or positive.

    One row for each actor in a sentence: ``article_id``, ``sentence_id``, ``actor``, ``start`` and ``end`` of the
    mention, the most probable ``label``, and the probabilities ``negative``, ``neutral`` and ``positive``, which add
    up to 1. Of an actor's mentions in a sentence the first that is a name counts, or the first where there is none.

    ``targets`` asks for other places instead: ``[(start, end), ...]`` in the article's text gives one row for each, in
    the same order, pronouns too. ``names`` are the places of all the other names, found where not given; with both
    given nothing is parsed, and ``actor`` is the target's own text. A target outside the text raises ``ValueError``.

    Every name is replaced by a placeholder before anything else reads the sentence, and words for men and women by one
    word for both, so a label never rests on who somebody is. Sentiment inside a quote is the speaker's.

    Method: logistic regression on words, pairs and word classes by their place around the target, features scaled by
    log-count ratio (Wang and Manning 2012, ACL), trained on NewsMTSC (Hamborg and Donnay 2021, EACL).
    """
    return make_table(TargetSentimentRow, target_rows(article, targets=targets, names=names, aliases=aliases))


def target_rows(
    article: Article | str,
    *,
    targets: Sequence[Span] | None = None,
    names: Iterable[Span] | None = None,
    aliases: Aliases = None,
) -> list[TargetSentimentRow]:
    """The rows of ``score_target_sentiment``, for the rooms that build on them."""
    article = as_english(article)
    wanted = None if targets is None else [_checked(article.text, target) for target in targets]
    found = [] if names is not None and wanted is not None else _find(article, aliases)
    starts = [start for start, _ in sentences(article.text)]
    chosen = _choose(found, starts) if wanted is None else _with_actors(article.text, found, wanted)
    if not chosen:
        return []
    masker = _masker(article.text, [span for span, _ in chosen], names, found)
    model = load_model()
    shares = probabilities(np.array([model.scores(masker.mask(span)) for span, _ in chosen])).tolist()
    return [
        TargetSentimentRow(
            article.article_id,
            _sentence(starts, span[0]),
            actor,
            *span,
            LABELS[row.index(max(row))],
            *row,
        )
        for (span, actor), row in zip(chosen, shares, strict=True)
    ]


def explain_target_sentiment(
    article: Article | str,
    row: pd.Series[Any] | Mapping[Hashable, Any] | Any,
    *,
    names: Iterable[Span] | None = None,
    aliases: Aliases = None,
) -> pd.DataFrame:
    """Which words moved a label, and by how much: weights that add up to the label's score.

    ``row`` is a row of ``score_target_sentiment``'s table; give the same ``names`` and ``aliases`` as there. One row
    for each word, pair of words and loaded word, the weightiest first: ``kind``, ``word`` as the model saw it,
    ``text``, ``start`` and ``end`` in the article (``<NA>`` for the starting point, which every sentence has), what it
    adds to the scores of ``negative``, ``neutral`` and ``positive``, and ``weight``: what it adds to the row's label
    beyond the mean of the three. Each column adds up to that score; the softmax of the three sums (each exponential
    over the sum of all three) gives the row's probabilities.
    """
    article = as_english(article)
    span = _checked(article.text, (int(_value(row, "start")), int(_value(row, "end"))))
    label = LABELS.index(_value(row, "label"))
    found = [] if names is not None else _find(article, aliases)
    masked = _masker(article.text, [span], names, found).mask(span)
    model = load_model()
    return _explanation(article.text, masked, model.parts(masked), label)


def _checked(text: str, target: Span) -> Span:
    start, end = (int(place) for place in target)
    if not 0 <= start < end <= len(text):
        raise ValueError(
            f"the target ({start}, {end}) does not lie within the text, which has {len(text)} characters;"
            " a target is (start, end) with 0 <= start < end"
        )
    return start, end


def _find(article: Article, aliases: Aliases) -> list[_Place]:
    """What ``find_mentions`` finds, in the order of the text, without the cost of its table."""
    cast = resolve(article, aliases=aliases)
    return [
        (mention.start, mention.end, cast.name_of(mention.actor), mention.how in NAMED)
        for mention in cast.mentions
        if cast.actors[mention.actor].named
    ]


def _choose(places: list[_Place], starts: list[int]) -> list[tuple[Span, str]]:
    """Of each actor's mentions in a sentence the first name, or the first mention where there is none."""
    best: dict[tuple[int, str], tuple[bool, Span]] = {}
    for start, end, actor, named in places:
        key, candidate = (_sentence(starts, start), actor), (not named, (start, end))
        best[key] = min(best.get(key, candidate), candidate)
    return [(span, actor) for (_, actor), (_, span) in sorted(best.items(), key=lambda item: item[1][1])]


def _with_actors(text: str, places: list[_Place], targets: list[Span]) -> list[tuple[Span, str]]:
    """Each target with the actor mentioned there, or with its own text where none is."""
    ends = [end for _, end, _, _ in places]
    chosen = []
    for target in targets:
        start, end = trim_name(text, target)
        at = bisect_right(ends, start)
        there = at < len(places) and places[at][0] < end
        chosen.append((target, places[at][2] if there else text[start:end]))
    return chosen


def _sentence(starts: list[int], offset: int) -> int:
    return max(bisect_right(starts, offset) - 1, 0)


def _masker(text: str, targets: list[Span], names: Iterable[Span] | None, places: list[_Place]) -> Masker:
    if names is None:
        names = [(start, end) for start, end, _, named in places if named]
    return Masker(text, [_checked(text, name) for name in names], targets, load_model().words.keys())


def _value(row: Any, name: str) -> Any:
    return row[name] if isinstance(row, (pd.Series, Mapping)) else getattr(row, name)


def _explanation(text: str, masked: Masked, parts: Iterable[Part], label: int) -> pd.DataFrame:
    sums: dict[tuple[str, Span], Scores] = {}
    for part in parts:
        key = (part.kind, part.span)
        sums[key] = sums.get(key, 0) + part.scores
    rows = [_line(text, masked, kind, span, scores, label) for (kind, span), scores in sums.items()]
    table = pd.DataFrame(rows, columns=["kind", "word", "text", "start", "end", *LABELS, "weight"])
    table = table.astype({"kind": "string", "word": "string", "text": "string", "start": "Int64", "end": "Int64"})
    return table.sort_values("weight", key=abs, ascending=False, ignore_index=True)


def _line(text: str, masked: Masked, kind: str, span: Span, scores: Scores, label: int) -> list[Any]:
    tokens = masked.tokens[slice(*span)]
    place = (tokens[0].start, tokens[-1].end) if tokens else (pd.NA, pd.NA)
    shown = (" ".join(token.word for token in tokens), text[slice(*place)]) if tokens else (pd.NA, pd.NA)
    return [kind, *shown, *place, *scores, scores[label] - scores.mean()]
