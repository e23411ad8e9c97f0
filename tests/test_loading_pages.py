"""Saved pages, written for these tests: what stands in them, and what `load` makes of it."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from newslab.loading import load

FOLDER = Path(__file__).parent / "pages"
PAGES: dict[str, dict[str, Any]] = json.loads((FOLDER / "pages.json").read_text(encoding="utf-8"))
LEAST_F1, LEAST_MEAN_F1 = 0.9, 0.98


def body_f1(found: str, paragraphs: list[str]) -> float:
    words, wanted = (Counter(re.findall(r"\w+", text.lower())) for text in (found, "\n".join(paragraphs)))
    return 2 * (words & wanted).total() / (words.total() + wanted.total())


@pytest.mark.parametrize("name", PAGES)
def test_what_a_saved_page_says_of_itself(name: str) -> None:
    article, page = load(FOLDER / name), PAGES[name]
    assert article.title == page["title"]
    assert list(article.authors) == page["authors"]
    assert article.date_source == page["date_source"]
    assert article.language == page["language"]
    if page["date_source"] != "guessed":
        assert article.date == page["date"]
    assert page.get("warning", "") in " ".join(article.warnings)
    assert body_f1(article.text, page["body"]) >= LEAST_F1


def test_the_story_without_what_stands_around_it() -> None:
    scores = {name: body_f1(load(FOLDER / name).text, page["body"]) for name, page in PAGES.items()}
    mean = sum(scores.values()) / len(scores)
    print("\n".join(f"{score:.3f}  {name}" for name, score in scores.items()), f"{mean:.3f}  mean", sep="\n")
    assert mean >= LEAST_MEAN_F1


def test_paragraphs_are_kept_and_the_headline_is_not_repeated() -> None:
    article = load(FOLDER / "classic.html")
    assert article.text.split("\n") == PAGES["classic.html"]["body"]


def test_a_guessed_date_is_not_passed_off_as_found() -> None:
    article = load(FOLDER / "undated.html")
    assert article.date_source == "guessed"
    assert any("guess" in warning for warning in article.warnings)


def test_a_very_large_page_is_read_in_time(tmp_path: Path) -> None:
    sentence = "The harbour will reopen on Monday, the mayor said to {} people."
    path = tmp_path / "large.html"
    path.write_text("<html><body>" + "".join(f"<p>{sentence.format(n)}</p>" for n in range(4_000)) + "<i></i>" * 30_000)
    article = load(path)
    assert sentence.format(3_999) in article.text
    assert any("very large" in warning for warning in article.warnings)
