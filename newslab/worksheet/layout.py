"""What a worksheet looks like: its sheets, their columns, what each column is for, and the words that explain it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# ``key``: which row it is; ``found``: what newslab says, to be judged; ``more``: what helps to judge it;
# ``answer``: what the person fills in.
Use = Literal["key", "found", "more", "answer"]

YES, NO = "yes", "no"
UNKNOWN = "unknown"
RIGHT = "right?"
NOTE = "note"
ACTOR = "actor should be"
WORDS = "quote should be"
KIND = "kind should be"
LABEL = "label should be"
QUOTE_KINDS = ("direct", "mixed", "indirect")
ACTOR_KINDS = ("person", "organisation", "place", "group")
LABELS = ("negative", "neutral", "positive")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet: its heading, its use, its width in characters, and what may be chosen in it."""

    name: str
    use: Use
    width: int
    says: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, the question it asks of each row, and its columns."""

    name: str
    asks: str
    columns: tuple[Column, ...]

    def names(self, use: Use) -> list[str]:
        """The headings of the columns of one use."""
        return [column.name for column in self.columns if column.use == use]


ARTICLE = (
    Column("article_id", "key", 14, "which article the row is of"),
    Column("article", "more", 24, "its headline, or how it begins"),
)
NOTES = Column(NOTE, "answer", 24, "anything you want to remember; newslab does not read it")

SHEETS = (
    Sheet(
        "quotes",
        "Does this person say this, in the article?",
        (
            *ARTICLE,
            Column("quote_id", "key", 9, "the number of the quote; empty in a row that you add"),
            Column("sentence", "more", 46, "the sentence or sentences it stands in"),
            Column("quote", "found", 46, "the words said, or reported; in a row that you add: what was missed"),
            Column("actor", "found", 22, "whose words they are; empty where newslab does not know"),
            Column(RIGHT, "answer", 9, "yes: all of the row is right. no, and nothing else: it is no quote", (YES, NO)),
            Column(ACTOR, "answer", 22, f"whose words they are, if the actor is wrong; {UNKNOWN} if none can tell"),
            Column(WORDS, "answer", 32, "the words as the article has them, where the quote begins or ends wrongly"),
            Column("kind", "found", 10, "direct: in quotation marks. indirect: without. mixed: partly"),
            Column(KIND, "answer", 14, "the right kind, where it is wrong", QUOTE_KINDS),
            NOTES,
            Column("cue", "more", 14, "the word that reports: said, according to"),
            Column("via", "more", 18, "who passed the words on"),
        ),
    ),
    Sheet(
        "actors",
        "Is this one person, organisation, place or group of the article, under its right name?",
        (
            *ARTICLE,
            Column("actor", "found", 28, "the fullest name that newslab has"),
            Column("kind", "found", 13, "person, organisation, place or group"),
            Column(RIGHT, "answer", 9, "yes: all of the row is right. no, and nothing else: it is no actor", (YES, NO)),
            Column(ACTOR, "answer", 28, "the right name; the name of another actor makes one of the two"),
            Column(KIND, "answer", 14, "the right kind, where it is wrong", ACTOR_KINDS),
            NOTES,
            Column("names", "more", 34, "every name the article uses"),
            Column("role", "more", 24, "the role as the article has it"),
            Column("mentions", "more", 10, "how often it is mentioned"),
            Column("sentence", "more", 60, "the first sentence that mentions it"),
        ),
    ),
    Sheet(
        "labels",
        "Does this sentence speak well or badly of this actor? Judge the words, not whether they are true. "
        "Inside a quote they are the speaker's.",
        (
            *ARTICLE,
            Column("sentence", "more", 70, "the sentence"),
            Column("actor", "found", 24, "of whom it speaks"),
            Column("mention", "found", 18, "the words that mean this actor in the sentence"),
            Column("label", "found", 11, "negative, neutral or positive"),
            Column(RIGHT, "answer", 9, "yes: the label is right. no, and nothing else: none can tell", (YES, NO)),
            Column(LABEL, "answer", 16, "the right label, where it is wrong", LABELS),
            NOTES,
            Column("said by", "more", 20, "the speaker, where the mention stands in a quote"),
            Column("start", "key", 8, "where the mention begins in the text"),
            Column("end", "key", 8, "where it ends"),
        ),
    ),
)
BY_NAME = {sheet.name: sheet for sheet in SHEETS}

GUIDE = "how to check"
STEPS = (
    "Go through the sheets quotes, actors and labels. Each row is one thing that newslab found, with its sentence.",
    f'Write yes or no in "{RIGHT}". No, with nothing else in the row, takes the row out of the tables.',
    'Where something is wrong, write what it should be into the yellow columns ("actor should be" and so on). '
    "You need not write no as well.",
    "A quote was missed? Add a row below the last one of quotes: copy its words from the article into the column quote "
    f'and write who says it into "{ACTOR}". If there are several articles, copy the article_id too.',
    "You need not check everything: the report says how many rows you checked, how many were right, and between which "
    "bounds the share of right ones lies. That holds for the rest only if you did not pick the doubtful ones: take the "
    "rows in order, or by chance.",
    "Leave the other columns as they are. They show that a row still fits the text; one that does not is left out, and "
    "you are told so. You may sort and filter.",
    "Save the file, and give it back: newslab report SOURCE -o story.html --corrections check.xlsx, or in Python: "
    'analysis.with_corrections("check.xlsx").',
)
