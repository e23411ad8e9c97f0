"""From a worksheet's rows to what is to be changed in one article: each row is matched with its table, or refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from newslab.analysis.checked import Judged
from newslab.analysis.places import Places
from newslab.article import Article
from newslab.tables import records
from newslab.text import Span
from newslab.worksheet import Line, cell_text, plain_text
from newslab.worksheet.layout import (
    ACTOR,
    ACTOR_KINDS,
    KIND,
    LABEL,
    LABELS,
    NO,
    QUOTE_KINDS,
    RIGHT,
    UNKNOWN,
    WORDS,
    YES,
)

Row = dict[str, Any]
ANSWERS = dict.fromkeys(("yes", "y", "true", "right", "x", "✓", "1"), YES)
ANSWERS |= dict.fromkeys(("no", "n", "false", "wrong", "0"), NO)
LONGEST_SHOWN = 60
NEW = "If the text or newslab has changed since, make a new worksheet."


class Refused(Exception):
    """Why a row of a worksheet is not followed; it goes into ``failures`` and no further."""


@dataclass(slots=True)
class Edits:
    """What a person wants changed in one article.

    ``quotes``: by quote_id, the new row, or ``None`` for a row to be dropped; ``added``: new rows; ``names``: by actor,
    the new name, or ``None`` for no actor; ``kinds``: by actor; ``labels``: by place and actor, also where a person
    confirms it, or ``None`` to drop it.
    """

    quotes: dict[int, Row | None] = field(default_factory=dict)
    added: list[Row] = field(default_factory=list)
    names: dict[str, str | None] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    labels: dict[tuple[int, int, str], str | None] = field(default_factory=dict)
    verdicts: dict[Judged, bool] = field(default_factory=dict)
    refused: list[tuple[Line, str]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.quotes or self.added or self.names or self.kinds or self.labels)


class Matcher:
    """Matches the rows that a worksheet has for one article with the article's tables."""

    def __init__(self, article: Article, tables: dict[str, pd.DataFrame], *, again: bool = False) -> None:
        self.article_id = article.article_id
        self.places = Places(article)
        self.again = again
        self.quotes = {row["quote_id"]: row for row in records(tables["quotes"])}
        self.actors = {cell_text(row["actor"]): row for row in records(tables["actors"])}
        self.labels = {(row["start"], row["end"], row["actor"]): row for row in records(tables["target_sentiment"])}
        self.edits = Edits()

    def match(self, lines: Iterable[Line]) -> Edits:
        """What the rows ask for; what no longer matches is in ``refused``, with the reason."""
        take = {"quotes": self._quote, "actors": self._actor, "labels": self._label}
        # A quote to be added may stand where one is taken out, so these come last.
        for line in sorted(lines, key=lambda line: line.added):
            try:
                self._add(line) if line.added and line.sheet == "quotes" else take[line.sheet](line)
            except Refused as reason:
                self.edits.refused.append((line, str(reason)))
        self.edits.refused.sort(key=lambda pair: (list(take).index(pair[0].sheet), pair[0].row))
        return self.edits

    def _quote(self, line: Line) -> None:
        row = self.quotes.get(_number(line, "quote_id"))
        if row is None:
            if self.again and not line.answered:
                return
            raise Refused(f"there is no quote {_shown(line['quote_id'])} in this article. {NEW}")
        found = {"quote": row["text"], "actor": row["actor"], "kind": row["kind"]}
        answer = self._answer(line, found, {ACTOR: "actor", WORDS: "quote", KIND: "kind"})
        if answer is None:
            return
        key, (right, changed) = row["quote_id"], answer
        if right or changed:
            new = self._changed(line, row, changed)
            if changed:
                self.edits.quotes[key] = new
            self._judge("quotes", key, WORDS not in changed)
            self._judge("speakers", key, ACTOR not in changed)
            self._judge("kinds", key, KIND not in changed)
        else:
            self.edits.quotes[key] = None
            self._judge("quotes", key, False)

    def _changed(self, line: Line, row: Row, changed: dict[str, str]) -> Row:
        """The quote as a person would have it."""
        new = dict(row)
        if WORDS in changed:
            spans = self.places.find(changed[WORDS])
            near = [span for span in spans if span[0] < row["end"] and row["start"] < span[1]]
            if not near:
                where = "they stand elsewhere in the article" if spans else "they do not stand in the article"
                raise Refused(f"{WORDS}: {_shown(changed[WORDS])}, but {where}. Copy the words from the text.")
            new |= self._spoken(near[0])
        if ACTOR in changed:
            new["actor"] = self._speaker(changed[ACTOR])
        if KIND in changed:
            new["kind"] = changed[KIND].lower()
        return new

    def _add(self, line: Line) -> None:
        """A quote that was missed, known by its words."""
        if not line["quote"]:
            raise Refused("it has neither a quote_id nor the words of a quote. Copy the words into the column quote.")
        if line[RIGHT] and ANSWERS.get(line[RIGHT].lower()) != YES:
            raise Refused("it says no of a quote that newslab did not find. Empty the row.")
        kind = (line[KIND] or line["kind"]).lower()
        if kind and kind not in QUOTE_KINDS:
            raise Refused(f"{KIND}: {_shown(kind)} is none of {', '.join(QUOTE_KINDS)}.")
        span = self.places.with_marks(self._place(line))
        kept = [self.edits.quotes.get(key, row) for key, row in self.quotes.items()]
        for row in [*(row for row in kept if row), *self.edits.added]:
            if self.places.with_marks((row["start"], row["end"])) == span:
                raise Refused(f"the quote {_shown(line['quote'])} is there already, as quote_id {row['quote_id']}.")
        number = max([*self.quotes, *(row["quote_id"] for row in self.edits.added)], default=-1) + 1
        empty = dict.fromkeys(("cue", "cue_start", "cue_end", "speaker", "speaker_start", "speaker_end", "via"))
        row = {"article_id": self.article_id, "quote_id": number, **empty, "rule": "person", "asserted": True}
        row |= self._spoken(span) | ({"kind": kind} if kind else {})
        name = line[ACTOR] or line["actor"]
        row["actor"] = self._speaker(name) if name else None
        self.edits.added.append(row)

    def _place(self, line: Line) -> Span:
        spans = self.places.find(line["quote"])
        if len(spans) > 1 and line["sentence"]:
            contexts = self.places.find(line["sentence"].rstrip("…"))
            spans = [span for span in spans if any(first <= span[0] < last for first, last in contexts)] or spans
        if not spans:
            advice = "Copy the words from the text, without leaving any out."
            raise Refused(f"the words {_shown(line['quote'])} do not stand in the article. {advice}")
        if len(spans) > 1:
            advice = "Copy more of the words, or their sentence into the column sentence."
            raise Refused(f"the words {_shown(line['quote'])} stand in the article {len(spans)} times. {advice}")
        return spans[0]

    def _spoken(self, span: Span) -> Row:
        start, end = span
        place = {"start": start, "end": end, "text": self.places.text[start:end], "spans": [[start, end]]}
        numbers = {"paragraph": self.places.paragraph(start), "sentence_id": self.places.sentence(start)}
        return {**place, **numbers, "kind": self.places.kind(span)}

    def _actor(self, line: Line) -> None:
        row = self.actors.get(line["actor"])
        if row is None:
            if self.again and not line.answered:
                return
            advice = f"Write the right name of an actor into the column {ACTOR}, not over the old one."
            raise Refused(f"there is no actor {_shown(line['actor'])} in this article. {advice} {NEW}")
        answer = self._answer(line, {"kind": row["kind"]}, {ACTOR: "actor", KIND: "kind"})
        if answer is None:
            return
        name, (right, changed) = row["actor"], answer
        if ACTOR in changed:
            self._rename(name, changed[ACTOR])
        if KIND in changed:
            self.edits.kinds[name] = changed[KIND].lower()
        if not right and not changed:
            self.edits.names[name] = None
        self._judge("actors", name, right)

    def _rename(self, name: str, wanted: str) -> None:
        own = {cell_text(each).lower() for each in (name, *self.actors[cell_text(name)]["names"])}
        new = plain_text(wanted) if wanted.lower() in own else self._named(wanted)
        if new is None:
            raise Refused(f"{ACTOR}: {_shown(wanted)}. Where it is no actor, write {NO} in {RIGHT} instead.")
        following: str | None = new
        while following is not None and following in self.edits.names:
            following = self.edits.names[following]
        if following == name:
            advice = "Give the right name in one of the rows only."
            raise Refused(f"{ACTOR}: {_shown(wanted)}, and that one should be {_shown(name)}. {advice}")
        self.edits.names[name] = new

    def _label(self, line: Line) -> None:
        places = _number(line, "start"), _number(line, "end")
        rows = [row for (start, end, _), row in self.labels.items() if (start, end) == places]
        row = next((row for row in rows if cell_text(row["actor"]) == line["actor"]), rows[0] if rows else None)
        if row is None:
            if self.again and not line.answered:
                return
            raise Refused(f"there is no label for characters {line['start']} to {line['end']}. {NEW}")
        mention = self.places.text[row["start"] : row["end"]]
        found = {"mention": mention, "actor": row["actor"], "label": row["label"]}
        answer = self._answer(line, found, {LABEL: "label"})
        if answer is None:
            return
        right, changed = answer
        key = (row["start"], row["end"], row["actor"])
        new = changed[LABEL].lower() if changed else None
        self.edits.labels[key] = row["label"] if right else new
        self._judge("labels", key[:2], right)

    def _answer(self, line: Line, found: Row, asked: dict[str, str]) -> tuple[bool, dict[str, str]] | None:
        """Whether a person says that the row is right, and what should be otherwise; ``None`` where nothing is said."""
        for name, value in found.items():
            if line[name] != cell_text(value):
                if self.again and not line.answered:
                    return None
                both = f"{name} is {_shown(line[name])} here and {_shown(value)} in the article's table"
                advice = f"Write corrections into the yellow columns. {NEW}"
                raise Refused(f"{both}. {advice}")
        answer = ANSWERS.get(line[RIGHT].lower())
        if line[RIGHT] and answer is None:
            raise Refused(f"{RIGHT} {_shown(line[RIGHT])} is neither {YES} nor {NO}.")
        known = found | {"actor": found.get("actor", line["actor"])}
        changed = {name: line[name] for name, of in asked.items() if line[name] and line[name] != cell_text(known[of])}
        for name, allowed in _allowed(line.sheet).items():
            if name in changed and changed[name].lower() not in allowed:
                raise Refused(f"{name}: {_shown(changed[name])} is none of {', '.join(allowed)}.")
        if answer == YES and changed:
            name = next(iter(changed))
            raise Refused(f"{RIGHT} says yes, and {name} says {_shown(changed[name])}. Empty one of the two.")
        same = next((name for name in asked if line[name] and name not in changed), None)
        if answer == NO and same and not changed:
            raise Refused(f"{RIGHT} says no, and {same} says what newslab has found. Write what it should be.")
        return (not changed and answer != NO, changed) if answer or changed or same else None

    def _named(self, wanted: str) -> str | None:
        """The actor that a person means: by the full name, by another of its names, or somebody new."""
        if wanted.lower() == UNKNOWN:
            return None
        if wanted in self.actors:
            return str(self.actors[wanted]["actor"])
        full = [row["actor"] for name, row in self.actors.items() if name.lower() == wanted.lower()]
        also = [row["actor"] for row in self.actors.values() if wanted.lower() in _lower(row["names"])]
        meant = full or also
        return str(meant[0]) if len(meant) == 1 else plain_text(wanted)

    def _speaker(self, wanted: str) -> str | None:
        """Whose words a person says they are; a last name alone means the one person whose it is."""
        named = self._named(wanted)
        if named != plain_text(wanted) or wanted in self.actors or not wanted[:1].isupper():
            return named
        people = [row["actor"] for row in self.actors.values() if row["kind"] == "person"]
        bearers = [actor for actor in people if cell_text(actor).endswith(f" {wanted}")]
        return str(bearers[0]) if len(bearers) == 1 else named

    def _judge(self, what: str, key: object, right: bool) -> None:
        self.edits.verdicts[what, self.article_id, str(key)] = right


def _lower(names: Iterable[str]) -> set[str]:
    return {cell_text(name).lower() for name in names}


def _allowed(sheet: str) -> dict[str, tuple[str, ...]]:
    return {KIND: QUOTE_KINDS if sheet == "quotes" else ACTOR_KINDS, LABEL: LABELS}


def _number(line: Line, name: str) -> int:
    try:
        return int(float(line[name]))
    except (ValueError, OverflowError):
        raise Refused(f"{name} is {_shown(line[name])}, and should be a number. {NEW}") from None


def _shown(value: object) -> str:
    text = cell_text(value)
    return f"“{text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1].rstrip() + '…'}”" if text else "empty"
