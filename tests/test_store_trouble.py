"""What goes wrong around a store: damage, files of others, no room, a source that is not there, limits of nothing."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
from stories import make_stories, make_story

import newslab as nl
from newslab.cli import main

STORIES = make_stories(10)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "results"
    nl.analyze(STORIES, store=path)
    return path


@pytest.mark.parametrize("table", ["quotes", "failures", "articles"])
def test_a_damaged_part_is_done_again_as_the_message_says(table: str, folder: Path, tmp_path: Path) -> None:
    broken = tmp_path / "results"
    shutil.copytree(folder, broken)
    part = min((broken / table).iterdir())
    part.unlink() if table == "quotes" else part.write_bytes(b"PAR1")
    with pytest.raises(nl.NewslabError) as told:
        nl.analyze(STORIES, store=broken)
    named = re.search(r"Delete (articles/\S+)", str(told.value))
    assert named is not None
    (broken / named[1]).unlink()
    again = nl.analyze(STORIES, store=broken)
    pd.testing.assert_frame_equal(again.quotes, nl.open_store(folder).quotes)


def test_files_of_the_system_in_a_store_are_passed_over(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "results"
    shutil.copytree(folder, store)
    for table in ("articles", "renewed", "quotes"):
        (store / table).mkdir(exist_ok=True)
        (store / table / "desktop.ini").write_text("[.ShellClassInfo]")
    assert len(nl.analyze(STORIES, store=store).article_list) == len(STORIES)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_store_that_cannot_be_written_keeps_what_it_has(
    workers: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "results"
    shutil.copytree(folder, store)
    for part in (store / "talk").iterdir():
        part.rename(store / part.name)
    (store / "talk").rmdir()
    (store / "talk").write_text("in the way")
    (tmp_path / "new.txt").write_text(make_story(11).text)
    shutil.rmtree(store / "articles")
    assert main(["corpus", str(tmp_path / "new.txt"), "-o", str(store), "--workers", workers]) == 2
    out, err = capsys.readouterr()
    told = r"newslab: \S+/results cannot be written: .*: what is written stays\."
    assert out == "" and re.fullmatch(told, err.splitlines()[-1])
    assert not list(store.rglob(".*"))


def test_a_store_in_the_folder_of_articles_is_none_of_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(STORIES[0].text)
    for _ in range(2):
        assert main(["corpus", str(tmp_path), "-o", str(tmp_path / "results"), "--workers", "1"]) == 0
        out, err = capsys.readouterr()
        assert "holds 1 article" in out and "failures" not in out and "newslab: 1 article after" in err


def test_a_source_that_is_not_there_makes_no_store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corpus", str(tmp_path / "b.txt"), "-o", str(tmp_path / "other")]) == 2
    assert "b.txt: there is no such file" in capsys.readouterr().err and not (tmp_path / "other").exists()


def test_limits_within_which_nothing_can_be_done_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for wrong in (0, -1, float("nan")):
        with pytest.raises(ValueError, match=f"article_seconds={wrong}: give a number above 0"):
            nl.analyze(STORIES, article_seconds=wrong)
    (tmp_path / "a.txt").write_text(STORIES[0].text)
    command = ["corpus", str(tmp_path), "-o", str(tmp_path / "results"), "--article-megabytes", "0"]
    assert main(command) == 2
    assert "--article-megabytes=0" in capsys.readouterr().err and not (tmp_path / "results").exists()


def test_no_folder_is_no_store_and_a_table_is_no_list_of_articles(tmp_path: Path) -> None:
    for nowhere in ("", "a\0b"):
        with pytest.raises(nl.NewslabError, match="is no folder's name"):
            nl.analyze(STORIES, store=nowhere)
    table = pd.DataFrame({"text": [story.text for story in STORIES]})
    with pytest.raises(TypeError, match=r"Corpus\.from_table"):
        nl.analyze(table, store=tmp_path / "results")  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_what_failed_is_known_when_it_is_asked_for_first() -> None:
    many = " ".join(f"Ana Torvel{number} said “it is {number}” to Tom Brask{number}." for number in range(6_000))
    found = nl.analyze([*STORIES[:2], nl.Article(many, source="long.txt")], workers=2, article_seconds=1)
    assert found.failures["source"].tolist() == ["long.txt"]
    assert len(found.articles) == 3
