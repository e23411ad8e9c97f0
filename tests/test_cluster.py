"""A cluster: a real Dask scheduler and two real workers on this machine, one of which dies."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest
from stories import make_stories

import newslab as nl
from newslab.analysis.computing import GROUPS

TABLES = [name for group in GROUPS for name in group]


class Cluster(NamedTuple):
    address: str
    workers: list[subprocess.Popen[bytes]]


@pytest.fixture
def scheduler() -> Iterator[str]:
    pytest.importorskip("distributed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    process = _start("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    yield address
    process.kill()
    process.wait()


@pytest.fixture
def cluster(scheduler: str, tmp_path: Path) -> Iterator[Cluster]:
    workers = [_start_worker(scheduler, tmp_path) for _ in range(2)]
    yield Cluster(scheduler, workers)
    for process in workers:
        process.kill()
        process.wait()


def _start_worker(address: str, folder: Path, first: str = "") -> subprocess.Popen[bytes]:
    own = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder))
    return _start("worker", address, *own, first=first)


def _start(what: str, *words: str, first: str = "") -> subprocess.Popen[bytes]:
    code = f"import sys; {first}\nfrom distributed.cli.dask_{what} import main; main()"
    return subprocess.Popen([sys.executable, "-c", code, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def write_stories(folder: Path, number: int) -> Path:
    folder.mkdir()
    lines = [json.dumps({"text": each.text, "title": each.title}) for each in make_stories(number)]
    (folder / "all.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.mark.slow
def test_a_worker_that_dies_loses_and_doubles_nothing(cluster: Cluster, tmp_path: Path) -> None:
    source, store = write_stories(tmp_path / "stories", 60), tmp_path / "results"

    def kill_one() -> None:
        patience = time.monotonic() + 300
        while not list(store.glob("articles/*.parquet")) and time.monotonic() < patience:
            time.sleep(0.05)
        cluster.workers[0].kill()

    killer = threading.Thread(target=kill_one, daemon=True)
    killer.start()
    found = nl.analyze(nl.Corpus.open(source), scheduler=cluster.address, store=store)
    killer.join()
    assert cluster.workers[0].wait() != 0 and cluster.workers[1].poll() is None
    whole = nl.analyze(nl.Corpus.load(source))
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(found, name), getattr(whole, name))
    assert found.failures.empty
    before = sorted(path.stat().st_mtime_ns for path in store.rglob("*.parquet"))
    nl.analyze(nl.Corpus.open(source), scheduler=cluster.address, store=store)
    assert sorted(path.stat().st_mtime_ns for path in store.rglob("*.parquet")) == before


@pytest.mark.slow
def test_the_command_uses_the_cluster(cluster: Cluster, tmp_path: Path) -> None:
    source, store = write_stories(tmp_path / "stories", 20), tmp_path / "results"
    words = ["corpus", str(source), "-o", f"local://{store}", "--scheduler", cluster.address]
    run = subprocess.run([sys.executable, "-m", "newslab", *words], capture_output=True)
    assert run.returncode == 0, run.stderr
    assert b"holds 20 articles" in run.stdout
    assert len(nl.open_store(store).quotes) == len(nl.analyze(make_stories(20)).quotes)


@pytest.mark.slow
def test_a_cluster_without_workers_is_told_and_waited_for(
    scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("newslab.workers.cluster.SECONDS_TO_LOOK", 0.5)
    workers: list[subprocess.Popen[bytes]] = []
    later = threading.Timer(10, lambda: workers.append(_start_worker(scheduler, tmp_path)))
    later.start()
    found = nl.analyze(make_stories(4), scheduler=scheduler, store=tmp_path / "results")
    later.join()
    workers[0].kill()
    workers[0].wait()
    assert len(found.articles) == 4
    assert f"the cluster has no worker. Start one with: dask worker {scheduler}" in capfd.readouterr().err


@pytest.mark.slow
def test_a_store_that_a_worker_does_not_see_is_told(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newslab.analysis.filling.SECONDS_TO_APPEAR", 0.1)
    with pytest.raises(nl.NewslabError, match=r"memory://.*1 of 1 parts that the workers wrote are not here"):
        nl.analyze(make_stories(4), scheduler=cluster.address, store="memory://unshared/results")


@pytest.mark.slow
def test_what_a_worker_lacks_is_told_as_the_workers(scheduler: str, tmp_path: Path) -> None:
    worker = _start_worker(scheduler, tmp_path, first="import os; os.environ['NEWSLAB_MODEL'] = 'no_such_model'")
    with pytest.raises(nl.NewslabError, match=f"on a worker of {scheduler}: the language model"):
        nl.analyze(make_stories(2), scheduler=scheduler, store=tmp_path / "results")
    worker.kill()
    worker.wait()


def test_an_address_without_a_scheduler_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("newslab.workers.cluster.SECONDS_TO_CONNECT", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        for address in ("tcp://127.0.0.1:1", "nonsense", f"tcp://127.0.0.1:{silent.getsockname()[1]}"):
            with pytest.raises(nl.NewslabError, match="no Dask scheduler"):
                nl.analyze(make_stories(2), scheduler=address, store=tmp_path / "results")
