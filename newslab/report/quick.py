"""Seconds saved where newslab has the whole process to itself: in its command, not in a user's notebook or program."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterable


def import_jsonschema() -> None:
    """Import what checks notebooks without the grammar of web addresses, which it builds for two seconds.

    A notebook holds nothing in that format. It changes what the process imports, so only the command may call it.
    """
    _import_without("jsonschema", ("rfc3987_syntax",))


def import_nltk() -> None:
    """Import nltk without the classifiers and statistics that newslab does not use and that take two seconds.

    It changes what the process imports, so only a process that is newslab's own may call it.
    """
    _import_without("nltk", ("sklearn", "scipy", "matplotlib"))


def _import_without(module: str, left_out: Iterable[str]) -> None:
    """Import a module as if some others, which it can do without, were not installed."""
    missing = [name for name in left_out if name not in sys.modules]
    if module in sys.modules:
        return
    for name in missing:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        importlib.import_module(module)
    finally:
        for name in missing:
            del sys.modules[name]
