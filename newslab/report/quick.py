"""Seconds saved where newslab has the whole process to itself: in its command, not in a user's notebook or program."""

from __future__ import annotations

import importlib
import sys


def import_jsonschema() -> None:
    """Import what checks notebooks without the grammar of web addresses, which it builds for two seconds.

    A notebook holds nothing in that format. It changes what the process imports, so only the command may call it.
    """
    if "jsonschema" in sys.modules or "rfc3987_syntax" in sys.modules:
        return
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    try:
        importlib.import_module("jsonschema")
    finally:
        del sys.modules["rfc3987_syntax"]
