"""What the command may be told about how a source is read, and what could not be read, in the command's own words."""

from __future__ import annotations

import argparse
import re
from dataclasses import fields
from typing import Any

import newslab
from newslab.errors import NewslabError
from newslab.loading.options import CAPPED, LoadOptions, Options

COLUMN = re.compile(r",(?=\w+=)")
# How an error names an option in Python, and how the command does.
SPELLINGS = (
    (re.compile(r"""columns=\{"(\w+)": (?:'([^']*)'|"([^"]*)")\}"""), r"--columns '\1=\2\3'"),
    (re.compile(r"columns=\{\.\.\.\}"), "--columns"),
    (re.compile(r"kind='(\w+)'"), r"--kind \1"),
    (re.compile(r"duplicates='(\w+)'"), r"--duplicates \1"),
    (re.compile(r"\bmax_([a-z]+)\b"), r"--max-\1"),
)


def add_reading(parser: argparse.ArgumentParser) -> None:
    """Add the options that say how a source is read; they are those of ``newslab.load``."""
    group = parser.add_argument_group("how the source is read")
    group.add_argument("--kind", metavar="ENDING", help="read the file as if its name ended so: txt, html, csv ...")
    group.add_argument("--columns", metavar="PART=COLUMN", action="append", default=[], help=(
        "which column of a table holds what: text=story, or text=story,date=when"
    ))  # fmt: skip
    group.add_argument(
        "--duplicates", choices=("drop", "keep"), default="drop", help="what to do with a repeated text; default: drop"
    )
    for cap, default in ((field.name, field.default) for field in fields(Options) if field.name in CAPPED):
        name, kind = f"--{cap.replace('_', '-')}", type(default)
        help = f"no more {CAPPED[cap]}; default: {default:,}"
        group.add_argument(name, metavar="N", type=int if kind is int else float, help=help)


def read(sources: list[str], options: argparse.Namespace) -> newslab.Corpus:
    """Every article that the sources hold; an error where none of it could be read."""
    corpus = newslab.Corpus.load(sources, errors="collect", duplicates=options.duplicates, **load_options(options))
    if corpus:
        return corpus
    if not corpus.failure_rows:
        raise NewslabError(f"{sources[0]}: it holds no article. Check that the right source was given.")
    first, *others = corpus.failure_rows
    rest = f" Nor could {len(others)} more be read." if others else ""
    raise NewslabError(f"{first.source}: {first.reason}{rest}")


def in_command(message: str) -> str:
    """A message as one line that steers no terminal; options have the names that the command has for them."""
    for spelling, own in SPELLINGS:
        message = spelling.sub(own, message)
    return "".join(char if char.isprintable() else "\ufffd" for char in " ".join(message.split()))


def load_options(options: argparse.Namespace) -> LoadOptions:
    """What the command was told of how a source is read, as ``newslab.load`` takes it."""
    given: dict[str, Any] = {cap: getattr(options, cap) for cap in CAPPED if getattr(options, cap) is not None}
    if options.kind:
        given["kind"] = options.kind
    if options.columns:
        given["columns"] = dict(_pair(pair) for each in options.columns for pair in COLUMN.split(each))
    return given  # type: ignore[return-value]


def _pair(pair: str) -> tuple[str, str]:
    part, sign, column = pair.partition("=")
    if not sign:
        raise NewslabError(f"--columns: {pair!r} does not say what the column holds. Write it as text={pair}.")
    return part, column
