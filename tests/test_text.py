"""Paragraphs, sentences and words: where they begin and end, in news text and in anything else."""

from __future__ import annotations

import json
import os
import textwrap
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslab.text import paragraphs, sentences, words

ROOT = Path(__file__).parent.parent
BENCH = Path(os.environ.get("NEWSLAB_BENCH", ROOT.parent / "shared" / "bench")) / "sentences"
PASSAGES = json.loads((ROOT / "data/gold/sentences.json").read_text(encoding="utf-8"))["passages"]
needs_bench = pytest.mark.skipif(not BENCH.is_dir(), reason=f"no labelled sentences in {BENCH}")

STORY = (
    "The council of Marlow voted on Tuesday to close the old bridge, which carries 4,000 cars a day, for two years of "
    "repairs. Shopkeepers said that they feared for their trade, and asked for a ferry.",
    '"We cannot wait," said the mayor, Ilse Brandt. "The pillars are cracked, and the next flood may take them."',
    "Work is to begin in March, the council said, once the engineers have measured the river bed and the banks.",
)


def pieces(text: str, spans: list[tuple[int, int]]) -> list[str]:
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda passage: passage["text"][:40])
def test_sentences_of_hard_passages(passage: dict[str, object]) -> None:
    text = str(passage["text"])
    assert pieces(text, sentences(text)) == passage["sentences"]


def test_there_are_enough_hard_passages() -> None:
    assert len({passage["text"] for passage in PASSAGES}) >= 40


@needs_bench
def test_sentences_of_news_prose_are_counted_within_three_percent() -> None:
    rows = [json.loads(line) for line in (BENCH / "wsj.dev.jsonl").read_text(encoding="utf-8").splitlines()]
    errors = [abs(len(sentences(row["text"])) - row["sentences"]) / row["sentences"] for row in rows]
    assert sum(errors) / len(errors) <= 0.03


@needs_bench
def test_sentences_with_abbreviations_are_all_counted_right() -> None:
    rows = [json.loads(line) for line in (BENCH / "abbreviations.jsonl").read_text(encoding="utf-8").splitlines()]
    wrong = [row["text"] for row in rows if len(sentences(row["text"])) != row["sentences"]]
    assert not wrong


def test_a_line_break_ends_a_paragraph_and_blank_lines_are_none() -> None:
    text = "\n  One.\n\nTwo, \n\r\n \nThree.\rFour.\u2029Five.\n"
    assert pieces(text, paragraphs(text)) == ["One.", "Two,", "Three.", "Four.", "Five."]


@pytest.mark.parametrize("column", [60, 72, 80])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_lines_broken_at_a_column_are_one_paragraph(column: int, between: str) -> None:
    text = between.join(textwrap.fill(paragraph, column) for paragraph in STORY)
    assert [" ".join(piece.split()) for piece in pieces(text, paragraphs(text))] == list(STORY)
    assert len(sentences(text)) == 5


def test_lines_of_a_list_stay_paragraphs() -> None:
    text = "What to bring\nA warm coat\nTwo pairs of gloves\nA lamp with a spare battery\nfood for a day\na map\nsalt"
    assert len(paragraphs(text)) == 7


def test_headlines_of_one_length_stay_paragraphs() -> None:
    text = "\n".join(
        f"Council of {town} votes to close its old bridge for repairs" for town in ("Marlow", "Dover", "Leeds")
    )
    assert len(paragraphs(f"{text}\n{text}")) == 6


def test_no_sentence_runs_over_the_end_of_a_paragraph() -> None:
    text = "A headline without a stop\nBy Mira Oldane\nThe story begins. It goes on"
    assert pieces(text, sentences(text)) == [
        "A headline without a stop", "By Mira Oldane", "The story begins.", "It goes on",
    ]  # fmt: skip


def test_a_missing_blank_after_a_stop_still_ends_a_sentence() -> None:
    text = "The race is for victims of the flood.Petra will run it. See www.marlow.example.Com or Notes.Txt, she said."
    assert pieces(text, sentences(text)) == [
        "The race is for victims of the flood.", "Petra will run it.",
        "See www.marlow.example.Com or Notes.Txt, she said.",
    ]  # fmt: skip


def test_other_scripts_have_sentences_too() -> None:
    assert len(sentences("会议在周一举行。没有结果。他走了！")) == 3
    assert len(sentences("बैठक सोमवार को हुई। कोई नतीजा नहीं निकला।")) == 2
    assert len(sentences("وصل الوزير. هل بقي؟ لا أحد يعرف.")) == 3


def test_words_keep_what_joins_them() -> None:
    text = 'The U.S. didn\'t ask AT&T for 3.5 million well-known "e-mails"—or did it?'
    assert pieces(text, words(text)) == [
        "The", "U.S", "didn't", "ask", "AT&T", "for", "3.5", "million", "well-known", "e-mails", "or", "did", "it",
    ]  # fmt: skip


@given(st.text() | st.text(alphabet=".!?…\"”' \n()AbI1-—U.S。", max_size=200))
def test_any_text_is_cut_into_trimmed_pieces_in_order(text: str) -> None:
    inside = paragraphs(text)
    for spans in (inside, sentences(text)):
        assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
        covered = "".join(pieces(text, spans))
        assert "".join(covered.split()) == "".join(text.split())
    assert all(any(a <= start and end <= b for a, b in inside) for start, end in sentences(text))


PIECES = (
    ".", "?", "!", "…", '"', "“", "”", "'", "’", "«", "(", ")", "[", "]", ":", ",", "-", "—", "$", "%", " ", "\n", "\t",
    "A", "a", "1", "Mr", "No.", "p.m.", "e.g.", "U.S", "Jan.", "Why", "asked", "he said",
)  # fmt: skip


@settings(max_examples=400)
@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_no_heap_of_marks_and_abbreviations_is_too_odd(text: str) -> None:
    assert "".join("".join(text[start:end].split()) for start, end in sentences(text)) == "".join(text.split())
