"""Work shared out over processes: the same rows, limits that hold, and a stop that loses nothing."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from functools import partial
from itertools import count
from pathlib import Path

import pandas as pd
import psutil
import pytest
from stories import make_stories

import newslab as nl
from newslab.analysis.computing import GROUPS
from newslab.tables import FailureRow
from newslab.workers import Batch, CutOff, Limits, Lost, count_workers, make_batches, run_batches, run_limited

TABLES = [name for group in GROUPS for name in group]
SCRIPT = """
import sys
import newslab as nl
if __name__ == "__main__":
    nl.analyze(nl.Corpus.open(sys.argv[1]), store=sys.argv[2], workers=int(sys.argv[3]))
"""


def assert_same(found: nl.Analysis, expected: nl.Analysis) -> None:
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(found, name), getattr(expected, name))


def size_of(batch: Batch, *, deadly: str) -> int:
    """The work of a test: the batch's size, and the end of the process at one text."""
    for article in batch.articles:
        if deadly in article.text:
            os._exit(3)
    return len(batch.articles)


def hang_at(batch: Batch, *, text: str) -> int:
    """Code that never lets Python run again: a regular expression that tries everything."""
    limits = Limits(seconds=0.5, ends=True)
    if any(text in article.text for article in batch.articles):
        run_limited(lambda: re.match(r"(a|aa)+$", "a" * 60 + "b"), limits)
    return len(batch.articles)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A hundred stories in four files."""
    source = tmp_path / "stories"
    source.mkdir()
    stories = make_stories(100)
    for number in range(4):
        lines = [json.dumps({"text": each.text, "title": each.title}) for each in stories[number * 25 :][:25]]
        (source / f"{number}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return source


def start(folder: Path, store: Path, workers: int = 1) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-c", SCRIPT, str(folder), str(store), str(workers)]
    return subprocess.Popen(words, stderr=subprocess.PIPE, start_new_session=True)


def parts(store: Path) -> list[str]:
    return sorted(path.name for path in store.glob("articles/*.parquet"))


def test_batches_hold_everything_in_order() -> None:
    stories = make_stories(90)
    items = [*enumerate(stories[:50]), (50, FailureRow(None, "x", "load", "y")), *enumerate(stories[50:], 51)]
    batches = list(make_batches(items))
    assert [article for batch in batches for article in batch.articles] == stories
    assert [place for batch in batches for place in batch.places] == [*range(50), *range(51, 91)]
    assert sum(len(batch.failures) for batch in batches) == 1
    split = [part for batch in batches for part in batch.split()]
    assert [article for part in split for article in part.articles] == stories
    assert sum(len(part.failures) for part in split) == 1
    assert max(len(part.articles) for part in split) <= 8
    assert [len(part.articles) for part in batches[0].split()] == [1] * 8


def test_the_last_batches_are_small_so_that_no_worker_waits_for_another() -> None:
    items = list(enumerate(make_stories(300)))
    shared = [len(batch.articles) for batch in make_batches(items, workers=2, length=300)]
    assert sum(shared) == 300
    assert max(shared) > 32 and max(shared[-4:]) <= 8
    assert [len(batch.articles) for batch in make_batches(items, workers=1, length=300)][-2:] == [64, 60]


def test_work_within_the_limits_is_let_be_and_the_rest_is_cut_off() -> None:
    assert run_limited(lambda: 7, Limits()) == 7
    with pytest.raises(CutOff, match=r"more than 0\.2 seconds"):
        run_limited(lambda: sum(number % 2 for number in count()), Limits(seconds=0.2))
    with pytest.raises(CutOff, match="more than 50 MB"):
        run_limited(lambda: [bytearray(b"x" * 1_000_000) for _ in iter(int, 1)], Limits(megabytes=50))
    with pytest.raises(ZeroDivisionError):
        run_limited(lambda: 1 // 0, Limits())


def test_work_is_cut_off_although_the_first_exception_is_dropped() -> None:
    def endless() -> int:
        return sum(number % 2 for number in count())

    def drops_the_first() -> int:
        with suppress(CutOff):
            endless()
        return endless()

    with pytest.raises(CutOff, match=r"more than 0\.2 seconds"):
        run_limited(drops_the_first, Limits(seconds=0.2))


def test_no_exception_arrives_after_the_work_has_ended() -> None:
    def late(seconds: float) -> int:
        time.sleep(seconds)  # no step of Python is made here, so the exception waits for the end
        return 7

    for seconds in (0.09, 0.1, 0.11, 0.3):
        with suppress(CutOff):
            assert run_limited(partial(late, seconds), Limits(seconds=0.05)) == 7
    ended = time.monotonic() + 1.5
    while time.monotonic() < ended:
        assert sum(range(10)) == 45


def test_an_article_that_takes_too_long_is_a_row_of_failures(tmp_path: Path) -> None:
    long = nl.Article(
        "Mira Oduya said that the mill is closed, and nobody knew why it was. " * 1_500, source="long.txt"
    )
    stories = [*make_stories(3), long]
    found = nl.analyze(stories, store=tmp_path / "results", article_seconds=0.4)
    row = found.failures.set_index("source").loc["long.txt"]
    assert row["stage"] == "analyze" and "more than 0.4 seconds" in row["reason"]
    assert "long.txt" not in set(found.quotes.merge(found.articles, on="article_id")["source"])
    before = parts(tmp_path / "results")
    nl.analyze(stories, store=tmp_path / "results")
    assert parts(tmp_path / "results") == before


def test_two_processes_give_the_rows_of_one() -> None:
    stories = make_stories(20)
    shared = nl.analyze(stories, workers=2, progress=False)
    assert_same(shared, nl.analyze(stories))
    assert shared.failures.empty


def test_nothing_is_imported_while_time_is_counted() -> None:
    """A library that is cut off while it is imported can never be used again in that process."""
    code = (
        "import sys\n"
        "import psutil\n"  # what looks at the clock and the memory, and is there before
        "import newslab as nl\n"
        "from newslab.analysis.computing import compute_tables\n"
        "articles = list(nl.Corpus.load('data/coverage'))\n"
        "compute_tables([], limits=nl.workers.Limits())\n"
        "before = set(sys.modules)\n"
        "tables, failures = compute_tables(articles, limits=nl.workers.Limits())\n"
        "print(len(tables['articles']), len(failures), sorted(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=300)
    assert done.stdout.split() == ["8", "0", "[]"]


def test_workers_are_counted() -> None:
    assert count_workers(-1) >= 1
    with pytest.raises(ValueError, match="workers=0"):
        nl.analyze(make_stories(2), workers=0)


def test_no_bar_is_drawn_where_nobody_looks(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    nl.analyze(make_stories(3), store=tmp_path / "a")
    assert capfd.readouterr() == ("", "")
    nl.analyze(make_stories(3), store=tmp_path / "b", progress=True)
    assert "3 of 3 articles after" in capfd.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize("work", [partial(size_of, deadly="number 17 "), partial(hang_at, text="number 17 ")])
def test_a_process_that_dies_costs_the_one_article(work: partial[int]) -> None:
    stories = make_stories(40)
    batches = make_batches(enumerate(stories))
    done = list(run_batches(batches, work, workers=2))
    lost = [batch.articles for batch, result in done if isinstance(result, Lost)]
    assert lost == [(stories[17],)]
    kept = sorted(
        (place, article.text)
        for batch, result in done
        for place, article in zip(batch.places, batch.articles, strict=True)
        if result
    )
    assert [text for _, text in kept if text != stories[17].text] == [
        each.text for number, each in enumerate(stories) if number != 17
    ]


@pytest.mark.slow
def test_killed_at_twenty_random_moments_it_loses_and_doubles_nothing(folder: Path, tmp_path: Path) -> None:
    store, seen = tmp_path / "results", 0
    whole = nl.analyze(nl.Corpus.load(folder))
    begun = time.monotonic()
    nl.analyze(nl.Corpus.open(folder), store=tmp_path / "timed")
    length = time.monotonic() - begun + 6
    moments = random.Random(0)
    for _ in range(20):
        run = start(folder, store, workers=moments.choice([1, 2]))
        time.sleep(moments.uniform(0.1, length))
        os.killpg(run.pid, signal.SIGKILL)
        run.communicate()
        if (store / "newslab-store.json").exists():
            assert len(nl.open_store(store).articles) >= seen
            seen = len(nl.open_store(store).articles)
    last = start(folder, store)
    assert last.wait(600) == 0
    last.communicate()
    found = nl.open_store(store)
    order = whole.articles["article_id"].tolist()
    assert found.articles["article_id"].tolist() == order
    assert_same(found, whole)


@pytest.mark.slow
def test_two_writers_of_one_store_do_no_harm(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "results"
    writers = [start(folder, store), start(folder, store)]
    assert [writer.wait(600) for writer in writers] == [0, 0]
    for writer in writers:
        writer.communicate()
    assert_same(nl.open_store(store), nl.analyze(nl.Corpus.load(folder)))


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_keeps_what_is_done_and_ends_all_processes(folder: Path, tmp_path: Path, workers: int) -> None:
    store = tmp_path / "results"
    words = ["corpus", str(folder), "-o", str(store), "--workers", str(workers)]
    run = subprocess.Popen(
        [sys.executable, "-m", "newslab", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    while not parts(store) and run.poll() is None:
        time.sleep(0.05)
    children = psutil.Process(run.pid).children(recursive=True)
    os.killpg(run.pid, signal.SIGINT)
    out, err = run.communicate(timeout=60)
    assert run.returncode == 130
    assert b"run the same command again" in out and b"Traceback" not in err
    _, alive = psutil.wait_procs(children, timeout=10)
    assert not alive
    assert 0 < len(nl.open_store(store).articles) < 100
    again = subprocess.run([sys.executable, "-m", "newslab", *words], capture_output=True)
    assert again.returncode == 0 and b"holds 100 articles" in again.stdout
    assert_same(nl.open_store(store), nl.analyze(nl.Corpus.load(folder)))


@pytest.mark.slow
def test_memory_does_not_grow_with_the_corpus(tmp_path: Path) -> None:
    source = tmp_path / "stories"
    source.mkdir()
    for number in range(8):
        lines = [json.dumps({"text": each.text}) for each in make_stories(8 * 150)[number * 150 :][:150]]
        (source / f"{number}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    code = (
        "import sys, psutil, newslab as nl\n"
        "nl.analyze(nl.Corpus.open(sys.argv[1], errors='collect')[:int(sys.argv[2])], store=sys.argv[3])\n"
        "print(psutil.Process().memory_info().rss // 1_000_000)"
    )
    used = [
        int(subprocess.check_output([sys.executable, "-c", code, str(source), str(size), str(tmp_path / str(size))]))
        for size in (300, 1_200)
    ]
    assert used[1] < used[0] + 60
