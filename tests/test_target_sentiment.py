"""Sentiment toward each actor: labels, explanations, and that no name and no gender moves them."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from newslab.article import Article
from newslab.resources import resource_path
from newslab.tables import TargetSentimentRow, make_table
from newslab.target_sentiment import explain_target_sentiment, score_target_sentiment
from newslab.target_sentiment.masking import NAME, NUMBER, TARGET, Masker, trim_name
from newslab.target_sentiment.model import LABELS, WEIGHTS, WORDS, load_model

HERE = Path(__file__).parent
BENCH = Path(os.environ.get("NEWSLAB_BENCH", HERE.parent.parent / "shared" / "bench")) / "target_sentiment"
NAMES = (HERE / "names_of_many_origins.txt").read_text(encoding="utf-8").split("\n")[:20]
needs_bench = pytest.mark.skipif(not BENCH.is_dir(), reason="the labelled text is not on this machine")

Span = tuple[int, int]


def place(text: str, name: str) -> Span:
    start = text.index(name)
    return start, start + len(name)


def label(text: str, name: str) -> str:
    return str(score_target_sentiment(text, targets=[place(text, name)], names=[])["label"].iloc[0])


def swap(text: str, spans: list[Span], names: list[str]) -> tuple[str, list[Span]]:
    """The text with other names at ``spans`` (in order, not overlapping), and where they stand now."""
    pieces, moved, done, length = [], [], 0, 0
    for (start, end), name in zip(spans, names, strict=True):
        pieces += [text[done:start], name]
        length += start - done
        moved.append((length, length + len(name)))
        length, done = length + len(name), end
    return "".join([*pieces, text[done:]]), moved


def shares(table: pd.DataFrame) -> Any:
    return table[list(LABELS)].to_numpy(dtype=float)


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("The jury convicted Marta Lind of fraud and called her a liar.", "Marta Lind", "negative"),
        ("Critics accused Lind of a corrupt and shameful cover-up.", "Lind", "negative"),
        ("Colleagues praised Omar Haddad as a brilliant and honest leader.", "Omar Haddad", "positive"),
        ("Voters admire Haddad, a hero who won a great victory for the city.", "Haddad", "positive"),
        ("Haddad will meet with the committee on Tuesday.", "Haddad", "neutral"),
        ("The meeting with Lind is scheduled for 10 a.m.", "Lind", "neutral"),
    ],
)
def test_plain_sentences_get_the_label_a_reader_would_give(text: str, name: str, expected: str) -> None:
    assert label(text, name) == expected


def test_an_article_gives_one_row_for_each_actor_in_a_sentence() -> None:
    text = "Anna Berg praised Omar Haddad. Haddad thanked Berg, and Berg smiled at Haddad."
    table = score_target_sentiment(Article(text, article_id="a1"))
    assert table.groupby(["sentence_id", "actor"]).size().max() == 1
    assert list(zip(table["sentence_id"], table["actor"], strict=True)) == [
        (0, "Anna Berg"), (0, "Omar Haddad"), (1, "Omar Haddad"), (1, "Anna Berg"),
    ]  # fmt: skip
    assert [text[a:b] for a, b in zip(table["start"], table["end"], strict=True)] == [
        "Anna Berg", "Omar Haddad", "Haddad", "Berg",
    ]  # fmt: skip
    assert set(table["article_id"]) == {"a1"}
    assert np.allclose(shares(table).sum(axis=1), 1)
    assert list(table["label"]) == [LABELS[i] for i in shares(table).argmax(axis=1)]


def test_targets_are_answered_in_their_order_pronouns_too() -> None:
    text = "Berg is a crook. He lied, and Haddad, a hero, stopped him."
    targets = [place(text, "Haddad"), place(text, "He"), place(text, "Berg"), place(text, "him")]
    table = score_target_sentiment(text, targets=targets, names=[])
    assert list(zip(table["start"], table["end"], strict=True)) == targets
    assert list(table["sentence_id"]) == [1, 1, 0, 1]
    together = shares(table)
    alone = [shares(score_target_sentiment(text, targets=[target], names=[]))[0] for target in targets]
    assert np.array_equal(together, np.array(alone))


def test_a_target_carries_the_full_name_of_who_is_mentioned_there() -> None:
    text = "Anna Berg praised Omar Haddad. Haddad thanked Berg for the shelter."
    targets = [place(text[31:], "Haddad"), place(text, "shelter"), place(text, "Berg")]
    targets[0] = (targets[0][0] + 31, targets[0][1] + 31)
    table = score_target_sentiment(text, targets=targets)
    assert list(table["actor"]) == ["Omar Haddad", "shelter", "Anna Berg"]


@pytest.mark.parametrize("target", [(-1, 4), (3, 3), (9, 2), (0, 999)])
def test_a_target_that_is_not_in_the_text_is_refused_with_both_its_ends(target: Span) -> None:
    with pytest.raises(ValueError, match=rf"{target[0]}, {target[1]}"):
        score_target_sentiment("Berg met Haddad.", targets=[target])


def test_no_target_gives_an_empty_table_with_the_same_columns() -> None:
    empty, full = make_table(TargetSentimentRow, []), score_target_sentiment("Berg lied.", targets=[(0, 4)], names=[])
    nothing = (
        score_target_sentiment(""),
        score_target_sentiment("It rained."),
        score_target_sentiment("A", targets=[]),
    )
    for table in nothing:
        assert len(table) == 0
        assert table.dtypes.equals(empty.dtypes)
    assert full.dtypes.equals(empty.dtypes)


@pytest.mark.parametrize(
    "text",
    ["\0\1", "\ud800 Berg", "((((" * 500, "🙂 Berg 🙂", "Берг", "\n\n\n", "Berg" * 3000, '"' * 999, "a\u2028b", "."],
)
def test_any_text_and_any_span_of_it_gives_a_row(text: str) -> None:
    score_target_sentiment(text)
    spans = [(0, len(text)), (0, 1), (len(text) - 1, len(text))]
    table = score_target_sentiment(text, targets=spans, names=[(0, 1)])
    assert len(table) == 3
    assert np.isfinite(shares(table)).all()
    assert len(explain_target_sentiment(text, table.iloc[0], names=[(0, 1)]))


def test_a_sentence_without_end_has_a_row_for_each_target() -> None:
    text = "Berg praised Haddad and " * 5_000
    names = [match.span() for match in re.finditer("Berg|Haddad", text)]
    assert len(score_target_sentiment(text, targets=names[:400], names=names)) == 400


def test_the_words_of_an_explanation_add_up_to_the_label() -> None:
    text = "The shameful attack on Omar Haddad's village was condemned by Anna Berg, who wept. Berg is brave."
    table = score_target_sentiment(text)
    assert len(table) >= 3
    for _, row in table.iterrows():
        why = explain_target_sentiment(text, row)
        sums = why[list(LABELS)].to_numpy(dtype=float).sum(axis=0)
        assert np.allclose(np.exp(sums) / np.exp(sums).sum(), row[list(LABELS)].to_numpy(dtype=float), atol=1e-9)
        place_of_label = LABELS.index(row["label"])
        assert np.isclose(why["weight"].sum(), sums[place_of_label] - sums.mean())
        shown = why.dropna(subset=["start"])
        assert all(text[a:b] == words for a, b, words in zip(shown["start"], shown["end"], shown["text"], strict=True))
        assert list(why["weight"].abs()) == sorted(why["weight"].abs(), reverse=True)


def test_an_explanation_names_the_words_that_a_reader_would_name() -> None:
    text = "Critics accused Lind of a corrupt and shameful cover-up."
    row = score_target_sentiment(text, targets=[place(text, "Lind")], names=[]).iloc[0]
    why = explain_target_sentiment(text, row, names=[])
    assert {"shameful", "corrupt", "accused"} <= set(why.loc[why["weight"] > 0, "text"].head(8))


def test_names_are_trimmed_of_marks_and_possessives() -> None:
    text = 'They quoted "Anna Berg’s" and (Sessions\') and Berg.'
    assert [text[a:b] for a, b in (trim_name(text, span) for span in [(12, 24), (30, 41), (0, 4), (12, 13)])] == [
        "Anna Berg", "Sessions", "They", '"',
    ]  # fmt: skip


def test_the_model_sees_placeholders_and_one_word_for_he_and_she() -> None:
    text = "On Monday President Anna Berg’s wife told Mr. Haddad that she trusts him."
    masked = Masker(text, [], [place(text, "Anna Berg’s")], load_model().words.keys()).mask(place(text, "Anna Berg’s"))
    words = " ".join(token.word for token in masked.tokens)
    assert words.startswith("on TARGET 's husband/wife told NAME that he/she trusts him/her")


@pytest.mark.parametrize("name", NAMES)
def test_a_name_put_in_anothers_place_changes_nothing(name: str) -> None:
    text = "Berg's allies attacked Haddad, but Quispe defended Haddad's brave fight. Berg, 61, refused. O. Berg lied."
    spans = [match.span() for match in re.finditer("Berg|Haddad|Quispe", text)]
    before = score_target_sentiment(text, targets=spans, names=spans)
    swapped, moved = swap(text, spans, [name] * len(spans))
    after = score_target_sentiment(swapped, targets=moved, names=moved)
    assert np.array_equal(shares(before), shares(after))


def test_he_and_she_change_nothing() -> None:
    he = "He attacked Berg, and his brother praised him himself."
    she = "She attacked Berg, and her sister praised her herself."
    for name in ("Berg", "praised"):
        one = score_target_sentiment(he, targets=[place(he, name)], names=[])
        other = score_target_sentiment(she, targets=[place(she, name)], names=[])
        assert np.array_equal(shares(one), shares(other))


def test_weights_are_small_plain_tables() -> None:
    assert sum(resource_path(name).stat().st_size for name in (WEIGHTS, WORDS)) < 2_000_000
    table = pd.read_csv(resource_path(WEIGHTS), sep="\t", skiprows=1, quoting=3)
    assert list(table.columns) == ["feature", *LABELS]


def bench_rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (BENCH / name).read_text(encoding="utf-8").splitlines()]


@needs_bench
def test_no_weight_knows_a_name() -> None:
    """A name is a word that the labelled text writes with a capital inside sentences more than in lower case."""
    lower: dict[str, int] = {}
    upper: dict[str, int] = {}
    for text in {row["text"] for row in bench_rows("newsmtsc_train.jsonl")}:
        for match in re.finditer(r"(?<=[a-z,] )[^\W\d_]+", text):
            counts = upper if match.group()[0].isupper() else lower
            counts[match.group().lower()] = counts.get(match.group().lower(), 0) + 1
    names = {word for word, count in upper.items() if count > lower.get(word, 0)}
    assert {"trump", "clinton", "obama"} <= names
    model = load_model()
    single = {name.split(": ", 1)[1] for name in model.features if ": " in name and not name.startswith("loaded")}
    seen = {part for words in [*single, *model.words] for part in re.split(r"[ /]", words)} - {TARGET, NAME, NUMBER}
    assert seen & names <= {"i", "s", "m", "t"}


@needs_bench
@pytest.mark.slow
def test_five_hundred_sentences_with_twenty_other_names_each_keep_label_and_probabilities() -> None:
    rows = [row for row in bench_rows("newsmtsc_train.jsonl") if row["target"]["text"][0].isupper()][::13][:500]
    assert len(rows) == 500
    for row in rows:
        start, end = trim_name(row["text"], (row["target"]["start"], row["target"]["end"]))
        capital = [match.span() for match in re.finditer(r"(?<=[a-z,] )[A-Z][a-z]+(?: [A-Z][a-z]+)*", row["text"])]
        spans = sorted([(start, end), *(span for span in capital if span[1] <= start or span[0] >= end)])
        target = spans.index((start, end))
        # One article a sentence: the sentence as it is, and beneath it twenty times with other names.
        lines, targets, others, begins = [], [], [], 0
        for turn in range(21):
            names = [NAMES[(turn + i) % 20] for i in range(len(spans))]
            line, moved = swap(row["text"], spans, names) if turn else (row["text"], spans)
            places = [(begins + a, begins + b) for a, b in moved]
            targets.append(places.pop(target))
            others += places
            lines.append(line)
            begins += len(line) + 1
        table = score_target_sentiment("\n".join(lines), targets=targets, names=others)
        assert table["label"].nunique() == 1
        assert np.ptp(shares(table), axis=0).max() < 1e-6


@needs_bench
@pytest.mark.slow
def test_accuracy_does_not_fall() -> None:
    """Both dev files together; the floor is two points under what the documentation states."""
    right = {label: [0, 0, 0] for label in LABELS}
    for row in bench_rows("newsmtsc_exp_mt_dev.jsonl") + bench_rows("newsmtsc_exp_rw_dev.jsonl"):
        target = (row["target"]["start"], row["target"]["end"])
        said = score_target_sentiment(row["text"], targets=[target], names=[])["label"].iloc[0]
        gold = LABELS[row["label"] + 1]
        right[gold][0] += said == gold
        right[gold][1] += 1
        right[said][2] += 1
    assert 100 * np.mean([2 * hit / (true + found) for hit, true, found in right.values()]) > 66
