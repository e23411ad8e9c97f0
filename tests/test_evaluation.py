"""Evaluation: figures worked out by hand, and the same as the bench's scorer on the same predictions."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import newslab as nl
from newslab.evaluation.names import same_full_name, same_speaker

TEXT = 'Ana Torvel said the old bridge is safe. "We checked it," she said. Tom Brask disagreed.'
LABELLED = {
    "id": "one",
    "text": TEXT,
    "quotes": [
        {"start": 16, "end": 38, "speaker": {"start": 0, "end": 10, "text": "Ana Torvel", "name": "Ana Torvel"}},
        {"start": 40, "end": 56, "speaker": {"start": 57, "end": 60, "text": "she", "name": "Ana Torvel"}},
    ],
}


def written(folder: Path, *records: dict[str, Any]) -> Path:
    path = folder / "labelled.jsonl"
    path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    return path


def f1(scores: pd.DataFrame, measure: str) -> float:
    return float(scores.set_index("measure").loc[measure, "f1"])


def test_labelled_articles_are_read(tmp_path: Path) -> None:
    articles, quotes = nl.read_annotations(written(tmp_path, LABELLED))
    assert [article.article_id for article in articles] == ["one"]
    assert list(quotes["kind"]) == ["indirect", "direct"]
    assert list(quotes["actor"]) == ["Ana Torvel", "Ana Torvel"]


def test_what_is_labelled_agrees_with_itself(tmp_path: Path) -> None:
    articles, quotes = nl.read_annotations(written(tmp_path, LABELLED))
    scores = nl.evaluate_quotes(articles, quotes, quotes)
    assert (scores["f1"] == 1).all()


def test_figures_worked_out_by_hand(tmp_path: Path) -> None:
    articles, gold = nl.read_annotations(written(tmp_path, LABELLED))
    # "bridge is safe" has three of the five words of the first quote; the second quote is missed; a third is invented.
    found = gold.iloc[[0]].assign(start=24, spans=[[[24, 38]]])
    invented = gold.iloc[[0]].assign(start=67, end=76, spans=[[[67, 76]]], actor="Tom Brask", speaker=pd.NA)
    invented = invented.assign(speaker_start=pd.NA, speaker_end=pd.NA)
    scores = nl.evaluate_quotes(articles, gold, pd.concat([found, invented]))
    assert f1(scores, "ov50") == pytest.approx(0.5)
    assert f1(scores, "ov80") == 0
    assert f1(scores, "e2e_full") == pytest.approx(0.5)
    assert f1(scores, "token") == pytest.approx(2 * (3 / 5) * (3 / 8) / (3 / 5 + 3 / 8))
    direct = nl.evaluate_quotes(articles, gold, found, kinds=["direct"])
    assert f1(direct, "ov50") == 0
    assert direct["labelled"].iloc[0] == 1


def test_names_of_one_speaker() -> None:
    assert same_speaker("Mr Torvel", "Jan Torvel")
    assert same_speaker("HB", "Harbour Board")
    assert not same_speaker("Ana Torvel", "Jan Torvel")
    assert not same_speaker("she", "she and Torvel")
    assert same_full_name("Mayor Ána Torvel's", "Ana Torvel")
    assert not same_full_name("Torvel", "Ana Torvel")


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"id": "a"}', '{"id": 1, "text": "a", "quotes": [{"start": 0, "end": 9}]}']
)
def test_a_line_of_another_form_is_an_error_that_names_it(tmp_path: Path, line: str) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_text(json.dumps(LABELLED) + "\n" + line, encoding="utf-8")
    with pytest.raises(nl.LoadError, match="line 2"):
        nl.read_annotations(path)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    from newslab.evaluation import write_annotations

    articles, quotes = nl.read_annotations(written(tmp_path, LABELLED))
    path = tmp_path / "again.jsonl"
    path.write_text(write_annotations(articles, quotes), encoding="utf-8")
    again, same = nl.read_annotations(path)
    assert [article.text for article in again] == [TEXT]
    pd.testing.assert_frame_equal(same, quotes)


@pytest.fixture
def scorer(bench: Path) -> Iterator[Any]:
    sys.path.insert(0, str(bench / "quotes"))
    import score  # type: ignore[import-not-found]

    yield score
    sys.path.remove(str(bench / "quotes"))


@pytest.mark.parametrize("name", ["ggt.train.jsonl", "polnear.train.jsonl"])
@pytest.mark.parametrize("kinds", [None, {"direct", "mixed"}])
def test_figures_equal_those_of_the_bench(
    scorer: Any, bench: Path, tmp_path: Path, name: str, kinds: set[str] | None
) -> None:
    lines = (bench / "quotes" / name).read_text(encoding="utf-8").splitlines()[:40]
    gold = [json.loads(line) for line in lines]
    predicted = [dict(record, quotes=list(_disturbed(record))) for record in gold]
    articles, labelled = nl.read_annotations(written(tmp_path, *gold))
    _, found = nl.read_annotations(written(tmp_path, *predicted))
    ours = nl.evaluate_quotes(articles, labelled, found, kinds=kinds).set_index("measure")
    theirs = scorer.score(gold, {record["id"]: record["quotes"] for record in predicted}, kinds, kinds)
    compared = [measure for measure in ours.index if measure in theirs]
    assert "attok" in compared
    for measure in compared:
        assert tuple(ours.loc[measure, ["precision", "recall", "f1"]]) == pytest.approx(theirs[measure]), measure


def _disturbed(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Labelled quotes as an imperfect finder would give them: moved, doubled, dropped, with other speakers."""
    chance = random.Random(record["id"])
    names = [quote["speaker"] for quote in record["quotes"]]
    for quote in record["quotes"]:
        if chance.random() < 0.15:
            continue
        start = max(0, quote["start"] + chance.randrange(-30, 30))
        end = min(len(record["text"]), max(start + 1, quote["end"] + chance.randrange(-60, 30)))
        speaker = chance.choice([quote["speaker"], quote["speaker"], *names, None])
        yield {"start": start, "end": end, "speaker": speaker, "cue": quote.get("cue")}
        if chance.random() < 0.1:
            yield {"start": start, "end": end, "speaker": quote["speaker"], "cue": None}
