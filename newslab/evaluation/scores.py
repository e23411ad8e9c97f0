"""How well found quotes agree with labelled ones: spans, words, speakers and names, as precision, recall and F1."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from newslab.article import Article
from newslab.evaluation.names import same_full_name, same_speaker
from newslab.evaluation.words import kind_of, marked_places, word_numbers
from newslab.tables import make_table, records

MEASURES = {
    "exact": "the same words",
    "ov80": "four words of five shared",
    "ov50": "half of the words shared",
    "token": "single words",
    "e2e": "half of the words, and the right speaker",
    "attok": "single words with the right speaker",
    "e2e_name": "half of the words, and the speaker's name, where a last name will do",
    "e2e_full": "half of the words, and the speaker's whole name",
}


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One row a measure: how found and labelled quotes agree."""

    measure: str
    what: str
    right: int
    found: int
    labelled: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Labelled:
    """One quote as the measures see it."""

    words: frozenset[int]
    start: int | None
    end: int | None
    speaker: str
    actor: str


def evaluate_quotes(
    articles: Iterable[Article], gold: pd.DataFrame, predicted: pd.DataFrame, *, kinds: Collection[str] | None = None
) -> pd.DataFrame:
    """How many quotes were found, with the right speaker and the right name: one row a measure.

    ``gold`` and ``predicted`` have the columns of ``quotes``; of ``gold``, ``actor`` is the full name. Words count,
    marks and blanks do not. Two quotes match one to one, best first, where they share half of their words (Jaccard
    index; ``ov80``: four fifths). ``e2e`` also asks for the right speaker, ``e2e_name`` for the name the speaker has in
    the article, ``e2e_full`` for the whole of it; ``token`` and ``attok`` count words. ``kinds`` keeps quotes of these
    kinds (direct, mixed, indirect) on both sides, the kind being read off the text's marks. Precision, recall and F1
    run from 0 to 1. The measures are those of Newell et al. 2018 (LREC, pages 1524-1531) and Asr et al. 2021 (PLoS ONE
    16(1), e0245533), made symmetric.
    """
    counts: Counter[str] = Counter()
    by_article = {name: dict(iter(table.groupby("article_id"))) for name, table in (("g", gold), ("p", predicted))}
    for article in articles:
        sides = [
            _quotes(article, by_article[side].get(article.article_id, gold.iloc[:0]), kinds) for side in ("g", "p")
        ]
        counts.update(_count(*sides))
    rows = []
    for measure, what in MEASURES.items():
        unit = "words" if measure in {"token", "attok"} else "quotes"
        found = counts["found words with repeats" if measure == "attok" else f"found {unit}"]
        rows.append(_score(measure, what, counts[measure], found, counts[f"labelled {unit}"]))
    return make_table(ScoreRow, rows)


def _quotes(article: Article, table: pd.DataFrame, kinds: Collection[str] | None) -> list[Labelled]:
    found = []
    places = marked_places(article.text)
    for quote in records(table):
        spans: Sequence[Sequence[int]] = quote["spans"]
        words = frozenset(word_numbers(article.text, spans))
        if not words or (kinds is not None and kind_of(article.text, spans, places) not in kinds):
            continue
        speaker, actor = quote["speaker"] or "", quote["actor"] or ""
        found.append(Labelled(words, quote["speaker_start"], quote["speaker_end"], speaker, actor))
    return found


def _count(gold: list[Labelled], found: list[Labelled]) -> Counter[str]:
    counts = Counter({"labelled quotes": len(gold), "found quotes": len(found)})
    overlaps = _overlaps(gold, found)
    counts["exact"] = sum(1 for value, *_ in _match(overlaps, 1.0))
    counts["ov80"] = len(_match(overlaps, 0.8))
    for _, i, j in _match(overlaps, 0.5):
        counts["ov50"] += 1
        counts["e2e"] += _right_mention(gold[i], found[j])
        if gold[i].actor:
            name = found[j].actor or found[j].speaker
            counts["e2e_name"] += bool(name) and same_speaker(gold[i].actor, name)
            counts["e2e_full"] += same_full_name(gold[i].actor, name)
    labelled = set().union(*(quote.words for quote in gold))
    predicted = set().union(*(quote.words for quote in found))
    counts["labelled words"], counts["found words"] = len(labelled), len(predicted)
    counts["found words with repeats"] = sum(len(quote.words) for quote in found)
    counts["token"] = len(labelled & predicted)
    right: set[int] = set()
    for _, i, j in overlaps:
        if _right_mention(gold[i], found[j]):
            right |= gold[i].words & found[j].words
    counts["attok"] = len(right)
    return counts


def _overlaps(gold: list[Labelled], found: list[Labelled]) -> list[tuple[float, int, int]]:
    """The pairs that share words, by their Jaccard index, best first."""
    holders: dict[int, list[int]] = defaultdict(list)
    for i, quote in enumerate(gold):
        for word in quote.words:
            holders[word].append(i)
    pairs = []
    for j, quote in enumerate(found):
        shared = Counter(i for word in quote.words for i in holders.get(word, ()))
        pairs += [(n / len(gold[i].words | quote.words), i, j) for i, n in shared.items()]
    return sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2]))


def _match(overlaps: list[tuple[float, int, int]], least: float) -> list[tuple[float, int, int]]:
    """The pairs that share at least so much, each quote in one pair only, best pairs first."""
    taken: tuple[set[int], set[int]] = (set(), set())
    matched = []
    for value, i, j in overlaps:
        if value >= least and i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            matched.append((value, i, j))
    return matched


def _right_mention(gold: Labelled, found: Labelled) -> bool:
    """Whether the mentions overlap, or one of the names of one side is a name of the other."""
    if not (gold.speaker or gold.actor):
        return not (found.speaker or found.actor)
    if None not in (gold.start, found.start) and found.start < gold.end and gold.start < found.end:  # type: ignore[operator]
        return True
    pairs = [(one, two) for one in (gold.speaker, gold.actor) for two in (found.speaker, found.actor)]
    return any(same_speaker(one, two) for one, two in pairs if one and two)


def _score(measure: str, what: str, right: int, found: int, labelled: int) -> ScoreRow:
    precision = right / found if found else 0.0
    recall = right / labelled if labelled else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return ScoreRow(measure, what, right, found, labelled, precision, recall, f1)
