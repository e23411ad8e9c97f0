"""Hostile files, each through the command: a result, or exit status 2 and one line that says why."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pytest

pytestmark = pytest.mark.slow

MOST_KILOBYTES = 1_000_000
# The files that hold a readable article in English, with the least number of quotes that a reader finds in them.
READABLE = {"05": 9, "10": 9, "11": 9, "13": 9, "16": 5, "22": 9, "23": 9, "36": 9, "37": 9}
OTHER_LANGUAGES = ("15", "17", "25")
REFUSED = ("01", "02", "06", "08", "09", "18", "20", "27", "28")


class Answer(NamedTuple):
    status: int
    out: str
    errors: list[str]
    seconds: float
    kilobytes: int


def ask(path: Path, folder: Path) -> Answer:
    """What the command answers; time is the processor's, so that a busy machine fails no test."""
    with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
        command = [sys.executable, "-m", "newslab", "quotes", str(path), "--format", "csv"]
        temporary = {"TMPDIR": str(folder / "temporary")}
        process = subprocess.Popen(command, stdout=out, stderr=err, cwd=folder, env=os.environ | temporary)
        start = time.monotonic()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = min(time.monotonic() - start, used.ru_utime + used.ru_stime)
    errors = (folder / "err").read_text(encoding="utf-8").splitlines()
    return Answer(process.returncode, (folder / "out").read_text(encoding="utf-8"), errors, seconds, used.ru_maxrss)


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="memory is measured as Unix systems do")
def test_every_hostile_file_gets_an_answer(badinputs: Path, tmp_path: Path) -> None:
    names = [entry["file"] for entry in json.loads((badinputs / "manifest.json").read_text(encoding="utf-8"))]
    (tmp_path / "temporary").mkdir()
    faults = []
    for name in names:
        answer = ask(badinputs / name, tmp_path)
        number, quotes = name[:2], list(csv.DictReader(answer.out.splitlines()))
        print(f"{name:24} status {answer.status}, {len(quotes):4} quotes, {answer.seconds:.1f} s, {answer.errors}")
        fits = {
            "status": answer.status == (2 if number in REFUSED else 0),
            "one line": answer.status == 0 or (len(answer.errors) == 1 and not answer.out),
            "no traceback": not any("Traceback" in line for line in answer.errors),
            "memory": answer.kilobytes < MOST_KILOBYTES,
            "quotes": len(quotes) >= READABLE.get(number, 0),
            "language": number not in OTHER_LANGUAGES or any("not in English" in line for line in answer.errors),
        }
        faults += [f"{name}: {fault}" for fault, fine in fits.items() if not fine]
    assert not faults
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["err", "out", "temporary"]
