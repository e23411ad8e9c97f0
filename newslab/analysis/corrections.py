"""What a person wrote in a worksheet, followed in all tables: quotes, actors, labels, and what is joined from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
import pandas as pd

from newslab.analysis.checked import Judged
from newslab.analysis.joins import LABELS, add_nameless, add_quote_id, summarize_actors, talk_about
from newslab.analysis.matching import Edits, Matcher, Row
from newslab.article import Article
from newslab.errors import LoadError
from newslab.evaluation.names import same_speaker
from newslab.tables import (
    ActorRow,
    ActorSummaryRow,
    FailureRow,
    MentionRow,
    QuotedTargetSentimentRow,
    QuoteRow,
    TalkRow,
    TargetSentimentRow,
    as_record,
    make_table,
    records,
)
from newslab.text import Span
from newslab.worksheet import Line, cell_text

Tables = dict[str, pd.DataFrame]
NAMED = ("name", "alias")
STAGE = "correction"


@dataclass(frozen=True, slots=True)
class Corrected:
    """The tables as a person would have them, and what the person said of each row."""

    tables: Tables
    refused: tuple[FailureRow, ...]
    verdicts: Mapping[Judged, bool]
    missed: int


def correct_tables(
    articles: Sequence[Article], tables: Tables, lines: Sequence[Line], source: str, *, again: bool = False
) -> Corrected:
    """Follow a worksheet's rows in the tables of many articles.

    ``tables`` has mentions, quotes, target_sentiment, talk and actors; articles in which nothing is changed keep their
    rows as they are. Rows that match nothing are refused: one row each for ``failures``, of the stage "correction".
    ``again`` where the tables were corrected before: a row that differs and says nothing is then no matter. Raises
    ``LoadError`` where the worksheet is of other articles.
    """
    listed = {article.article_id: article for article in articles}
    own, refused = _by_article(lines, list(listed), source)
    grouped = {name: dict(iter(table.groupby("article_id", sort=False))) for name, table in tables.items()}
    parts: list[Tables] = []
    verdicts: dict[Judged, bool] = {}
    missed, changed = 0, False
    for key, article in listed.items():
        part = {name: grouped[name].get(key, table.iloc[:0]) for name, table in tables.items()}
        edits = Matcher(article, part, again=again).match(own.get(key, []))
        changed |= bool(edits)
        parts.append(correct_article(article, part, edits) if edits else part)
        refused += [_failure(source, line, reason, key) for line, reason in edits.refused]
        verdicts |= edits.verdicts
        missed += len(edits.added)
    if changed:
        tables = {name: pd.concat([part[name] for part in parts], ignore_index=True) for name in tables}
    return Corrected(tables, tuple(refused), verdicts, missed)


def correct_article(article: Article, tables: Tables, edits: Edits) -> Tables:
    """The tables of one article with a person's corrections, and whatever rests on them made anew."""
    before, old_actors = records(tables["quotes"]), records(tables["actors"])
    mentions, toward = records(tables["mentions"]), records(tables["target_sentiment"])
    edited = [edits.quotes.get(row["quote_id"], row) for row in before]
    spoken = sorted([row for row in edited if row] + edits.added, key=lambda row: (row["start"], row["quote_id"]))
    moved = _follow_speakers(spoken, before, mentions)
    names = {name: _final(name, edits.names) for name in edits.names}
    kinds = {_final(name, edits.names): kind for name, kind in edits.kinds.items()}
    _relabel(toward, edits, moved)
    for rows in (spoken, mentions, toward):
        _rename(rows, names)
    gone = _orphans(before, spoken, mentions)
    quotes = [QuoteRow(**row) for row in spoken]
    kept = [
        MentionRow(**(row | {"kind": kinds.get(row["actor"], row["kind"])})) for row in mentions if _is_kept(row, gone)
    ]
    cast = [ActorRow(**row) for row in _join_actors(old_actors, names, kinds) if row["actor"] not in gone]
    found, actors = add_nameless(article, kept, cast, quotes)
    found = _without_twins(found)
    actors = _count(actors, found)
    sentiment, judged = _sentiment([row for row in toward if _is_kept(row, gone)], quotes)
    anew = {*moved.values(), *names.values()}
    pairs = zip(before, edited, strict=True)
    reworded = {old["quote_id"] for old, row in pairs if row and row["spans"] != old["spans"]}
    tones = {
        (row["quote_id"], row["about"]): row
        for row in records(tables["talk"])
        if row["about"] not in anew and row["quote_id"] not in reworded
    }
    return {
        "mentions": make_table(MentionRow, found),
        "quotes": make_table(QuoteRow, quotes),
        "target_sentiment": make_table(QuotedTargetSentimentRow, sentiment),
        "talk": make_table(TalkRow, _talk(talk_about(article, quotes, found), tones, judged, sentiment)),
        "actors": make_table(ActorSummaryRow, summarize_actors(article, actors, quotes, sentiment)),
    }


def _follow_speakers(spoken: list[Row], before: list[Row], mentions: list[Row]) -> dict[Span, str | None]:
    """Whom the words beside a cue mean, now that a person has said who speaks; by the words' place.

    Of "he" and "the minister" the mention follows; a name that means somebody else is no longer the quote's speaker.
    """
    old = {row["quote_id"]: row["actor"] for row in before}
    moved: dict[Span, str | None] = {}
    for quote in spoken:
        span, actor = (quote["speaker_start"], quote["speaker_end"]), quote["actor"]
        if span[0] is None or old.get(quote["quote_id"]) == actor:
            continue
        others = [row for row in mentions if row["how"] in NAMED and span[0] <= row["start"] and row["end"] == span[1]]
        if any(row["actor"] != actor for row in others) and not (actor and same_speaker(actor, quote["speaker"])):
            quote |= dict.fromkeys(("speaker", "speaker_start", "speaker_end"))
        for row in mentions:
            if (row["start"], row["end"]) == span and row["how"] not in NAMED:
                row["actor"] = moved[span] = actor
    return moved


def _relabel(toward: list[Row], edits: Edits, moved: Mapping[Span, str | None]) -> None:
    """A person's labels, confirmed or changed: certain, so that the probability of the label is 1."""
    for row in toward:
        span, key = (row["start"], row["end"]), (row["start"], row["end"], row["actor"])
        row["judged"], row["moved"] = key in edits.labels, span in moved
        row["actor"] = moved.get(span, row["actor"])
        if row["judged"]:
            label = row["label"] = edits.labels[key]
            row |= {name: float(name == label) for name in LABELS}


def _rename(rows: list[Row], names: Mapping[str, str | None]) -> None:
    for row in rows:
        for column in ("actor", "via"):
            if column in row:
                row[column] = names.get(row[column], row[column])


def _is_kept(row: Row, gone: set[str]) -> bool:
    return row["actor"] is not None and row["actor"] not in gone


def _final(name: str, names: Mapping[str, str | None]) -> str | None:
    """The name at the end of a chain; ``Matcher`` lets no chain lead back to its beginning."""
    found: str | None = name
    while found is not None and found in names:
        found = names[found]
    return found


def _orphans(before: list[Row], spoken: list[Row], mentions: list[Row]) -> set[str]:
    """Who was there only as the speaker of a quote that is dropped, or is somebody else's now."""
    were, are = ({row[role] for row in rows for role in ("actor", "via")} for rows in (before, spoken))
    return were - are - {row["actor"] for row in mentions if row["how"] in NAMED} - {None}


def _join_actors(actors: list[Row], names: Mapping[str, str | None], kinds: Mapping[str | None, str]) -> list[Row]:
    """The actors under their new names; of several with one name, who had it before leads."""
    joined: dict[str, Row] = {}
    leads: set[str] = set()
    for row in actors:
        name = names.get(row["actor"], row["actor"])
        if name is None:
            continue
        new = {field.name: row[field.name] for field in fields(ActorRow)} | {"actor": name}
        first, second = joined.get(name, new), new
        if row["actor"] == name and name not in leads:
            first, second = new, first
            leads.add(name)
        every = list(dict.fromkeys([*first["names"], *second["names"]]))
        joined[name] = first | {"names": every, "role": first["role"] or second["role"]}
    return [row | {"kind": kinds.get(name, row["kind"])} for name, row in joined.items()]


def _without_twins(mentions: list[MentionRow]) -> list[MentionRow]:
    """The mentions, of several of one actor at one place the first."""
    first: dict[tuple[int, int, str], MentionRow] = {}
    for row in mentions:
        first.setdefault((row.start, row.end, row.actor), row)
    return list(first.values())


def _count(actors: list[ActorRow], mentions: list[MentionRow]) -> list[ActorRow]:
    places: dict[str, list[int]] = defaultdict(list)
    for row in mentions:
        places[row.actor].append(row.sentence_id)
    return [replace(actor, **_counts(places[actor.actor])) for actor in actors]


def _counts(places: list[int]) -> Row:
    return {"mentions": len(places), "sentences": len(set(places)), "first_sentence": min(places, default=None)}


def _sentiment(
    toward: list[Row], quotes: list[QuoteRow]
) -> tuple[list[QuotedTargetSentimentRow], set[tuple[int, str]]]:
    """Labels, one for an actor in a sentence, a person's before others; and whom a person has judged in which quote."""
    best: dict[tuple[int, str], Row] = {}
    for row in sorted(toward, key=lambda row: (not row["judged"], row["moved"], row["start"])):
        best.setdefault((row["sentence_id"], row["actor"]), row)
    rows = sorted(best.values(), key=lambda row: row["start"])
    names = [field.name for field in fields(TargetSentimentRow)]
    # A row that is to go keeps its place until it is known which quote it stands in.
    plain = [{name: row[name] for name in names} | {"label": row["label"] or ""} for row in rows]
    found = add_quote_id([TargetSentimentRow(**row) for row in plain], quotes)
    pairs = [(row.quote_id, row.actor) for row, old in zip(found, rows, strict=True) if old["judged"]]
    judged = {(number, actor) for number, actor in pairs if number is not None}
    return [row for row in found if row.label], judged


def _talk(
    fresh: list[TalkRow],
    tones: Mapping[tuple[int, str], Row],
    judged: set[tuple[int, str]],
    sentiment: list[QuotedTargetSentimentRow],
) -> list[TalkRow]:
    """Who talks about whom; the tone is the mean of a person's labels where there are any, else as it was."""
    shares: dict[tuple[int | None, str], list[list[float]]] = defaultdict(list)
    for toward in sentiment:
        shares[toward.quote_id, toward.actor].append([toward.negative, toward.neutral, toward.positive])
    rows = []
    for found in fresh:
        row = as_record(found)
        key = (row["quote_id"], row["about"])
        tone = {name: tones.get(key, row)[name] for name in ("label", "positive", "negative")}
        if key in judged:
            mean = np.mean(shares[key], axis=0) if shares[key] else None
            tone = dict.fromkeys(tone) if mean is None else {
                "label": LABELS[int(mean.argmax())], "positive": float(mean[2]), "negative": float(mean[0])
            }  # fmt: skip
        rows.append(TalkRow(**(row | tone)))
    return rows


def _by_article(
    lines: Sequence[Line], known_ids: list[str], source: str
) -> tuple[dict[str, list[Line]], list[FailureRow]]:
    """A worksheet's rows by their article; rows of articles that are not here are passed over, unless they are new."""
    ids = {cell_text(key): key for key in known_ids}
    written = {line["article_id"] for line in lines if not line.added} - {""}
    if written and not written & ids.keys():
        of, here = sorted(written)[0], ", ".join(known_ids[:3]) or "none"
        reason = f"the worksheet is of the article {of!r}, and the analysis of {here}"
        raise LoadError(source, reason, "Give the worksheet made from this article, or make one from it")
    own: dict[str, list[Line]] = defaultdict(list)
    refused = []
    for line in lines:
        key = line["article_id"] or (next(iter(ids), "") if len(ids) == 1 else "")
        if key in ids:
            own[ids[key]].append(line)
        elif not key:
            reason = f"it names no article. Copy its article_id from another row, one of {', '.join(known_ids[:3])}."
            refused.append(_failure(source, line, reason))
        elif line.added and key not in written:
            reason = f"there is no article {key!r}. Copy the article_id from another row."
            refused.append(_failure(source, line, reason))
    return own, refused


def _failure(source: str, line: Line, reason: str, article_id: str | None = None) -> FailureRow:
    return FailureRow(article_id, f"{source}, sheet {line.sheet}, row {line.row}", STAGE, reason)
