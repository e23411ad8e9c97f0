"""What many tests share: the article, and the folders of labelled text and bad input, where they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import newslab as nl

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def story() -> nl.Article:
    """The bundled article."""
    return nl.load(ROOT / "data" / "article.txt")


@pytest.fixture(scope="session")
def bench() -> Path:
    """The folder of labelled news text; it is no part of the project, and a test that needs it skips without."""
    return _folder("NEWSLAB_BENCH", "bench")


@pytest.fixture(scope="session")
def badinputs() -> Path:
    """The folder of files that should not be readable, or only with care."""
    return _folder("NEWSLAB_BADINPUTS", "badinputs")


def _folder(variable: str, name: str) -> Path:
    folder = Path(os.environ.get(variable, SHARED / name))
    if not folder.is_dir():
        pytest.skip(f"no folder {folder}; set {variable} to where it is")
    return folder
