"""What the command shows while it works on many articles."""

from __future__ import annotations

import contextlib
import json
import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from stories import make_stories


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="a terminal as Unix systems have it")
@pytest.mark.parametrize(("command", "output"), [("report", "page.html"), ("quotes", "quotes.csv")])
def test_many_articles_have_a_bar_at_a_terminal_alone(tmp_path: Path, command: str, output: str) -> None:
    import fcntl
    import pty
    import termios

    (tmp_path / "stories").mkdir()
    lines = [json.dumps({"text": each.text}) for each in make_stories(60)]
    (tmp_path / "stories" / "all.jsonl").write_text("\n".join(lines))
    words = [sys.executable, "-m", "newslab", command, str(tmp_path / "stories"), "-o", str(tmp_path / output)]
    silent = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, check=True)
    assert b"/60" not in silent.stderr
    terminal, error = pty.openpty()
    fcntl.ioctl(error, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    running = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=error)
    os.close(error)
    said = b""
    with contextlib.suppress(OSError):  # how a terminal says that its other end is closed
        while piece := os.read(terminal, 1_000):
            said += piece
    os.close(terminal)
    assert running.wait() == 0 and b"/60 [" in said
