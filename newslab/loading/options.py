"""What a caller may say about how a source is read: the caps on its size, each with a name that its error gives."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TypedDict, Unpack

from newslab.errors import LoadError


class LoadOptions(TypedDict, total=False):
    """The keyword options of ``load``, all of them optional."""

    max_characters: int
    max_elements: int
    max_nesting: int
    max_bytes: int


@dataclass(frozen=True, slots=True)
class Options:
    """The options in force, with their defaults."""

    max_characters: int = 300_000
    max_elements: int = 50_000
    max_nesting: int = 200
    max_bytes: int = 20_000_000


CAPPED = {
    "max_characters": "characters in an article",
    "max_elements": "elements in a page",
    "max_nesting": "levels of nesting in a page",
    "max_bytes": "bytes",
}


def make_options(**given: Unpack[LoadOptions]) -> Options:
    """The options with the defaults filled in; an option that does not exist is a TypeError that lists the known."""
    known = [field.name for field in fields(Options)]
    if unknown := sorted(set(given) - set(known)):
        raise TypeError(f"there is no option {', '.join(unknown)}; the options are {', '.join(known)}")
    return Options(**given)


def check_cap(options: Options, name: str, size: int, source: str, next_step: str = "") -> None:
    """Nothing where ``size`` is within the cap ``name``, else a ``LoadError`` that names the cap and how to lift it."""
    cap = getattr(options, name)
    if size > cap:
        advice = next_step or f"Load it with {name}=... if you trust it"
        raise LoadError(source, f"more than {cap:,} {CAPPED[name]}", advice)
