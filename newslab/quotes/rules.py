"""The list of rules: each is a small function that finds one kind of quote, with a name and an example."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd

from newslab.quotes.cues import Cue
from newslab.quotes.found import Found
from newslab.quotes.story import Story

MarkRule = Callable[["Stage", int], Found | None]
CueRule = Callable[[Story, Cue], Iterator[Found]]
PageRule = Callable[[Story, int], Found | None]
AnyRule = TypeVar("AnyRule", MarkRule, CueRule, PageRule)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's name, the kind of speech it finds, what it does in a sentence, and an example."""

    name: str
    family: str
    says: str
    example: str


@dataclass
class Stage:
    """A story while its quotes are being found: what the rules have found so far, and which marks are taken."""

    story: Story
    cues: list[Cue]
    found: list[Found]
    taken: dict[int, Found]
    furniture: list[bool]


RULES: dict[str, Rule] = {}


def rule(name: str, family: str) -> Callable[[AnyRule], AnyRule]:
    """Enter a function in the list of rules under a name; its docstring gives the sentence and the example."""

    def enter(function: AnyRule) -> AnyRule:
        lines = (function.__doc__ or "").strip().splitlines()
        example = re.search(r"Example: (.+)", function.__doc__ or "")
        RULES[name] = Rule(name, family, lines[0], example.group(1) if example else "")
        return function

    return enter


def describe_rules() -> pd.DataFrame:
    """Every rule that ``find_quotes`` knows: its name, the kind of speech, what it finds and an example."""
    rows = [(entry.name, entry.family, entry.says, entry.example) for entry in RULES.values()]
    return pd.DataFrame(rows, columns=["rule", "family", "finds", "example"], dtype="string")
