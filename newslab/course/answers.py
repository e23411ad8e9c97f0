"""What a check is made of: the verdict it gives, and the kinds of answer it understands."""

from __future__ import annotations

import functools
import html
import math
import re
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from numbers import Real
from typing import ParamSpec

import numpy as np
import pandas as pd

from newslab.analysis import Analysis
from newslab.article import Article
from newslab.errors import LanguageWarning

Checked = ParamSpec("Checked")

SHOWN = 60  # characters of an answer that a hint repeats
TOO_MUCH = re.compile(
    r"\b(bias(ed)?|hostile|propaganda|proves?|proven|always|never|hate[sd]?|hatred|loves?|loved|evil|guilty|racist)\b",
    re.IGNORECASE,
)

# A number in figures or in words; "one" is left out, since it is mostly none.
NUMBER = re.compile(
    r"\d|\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(thir|four|fif|six|seven|eigh|nine)teen"
    r"|(twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand|million|once|twice|half|third|quarter)s?\b",
    re.IGNORECASE,
)


class Hint(Exception):
    """Why an answer is not right yet, and what to try; the check gives it as its verdict."""


@dataclass(frozen=True, repr=False)
class Verdict:
    """What a check says of an answer: whether it is right, and a line for the person who gave it."""

    right: bool
    line: str

    def __bool__(self) -> bool:
        return self.right

    def __repr__(self) -> str:
        return self.line

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        # nbgrader takes the marks for an exercise from the plain text of a check's output, 0.0 to 1.0.
        mark, _, rest = html.escape(self.line).partition(". ")
        return {"text/plain": str(float(self.right)), "text/html": f"<p><strong>{mark}.</strong> {rest}</p>"}


def exercise(check: Callable[Checked, str]) -> Callable[Checked, Verdict]:
    """Make a check of a function that gives a line for a right answer and raises ``Hint`` for any other."""
    return _verdict_of(check, "Right. ")


def free_exercise(check: Callable[Checked, str]) -> Callable[Checked, Verdict]:
    """The same for an answer in one's own words: a check sees its form, and does not call its claims right."""
    return _verdict_of(check, "It can be checked. ")


def _verdict_of(check: Callable[Checked, str], opening: str) -> Callable[Checked, Verdict]:
    @functools.wraps(check)
    def checked(*answers: Checked.args, **named: Checked.kwargs) -> Verdict:
        if any(_is_blank(answer) for answer in (*answers, *named.values())):
            return Verdict(False, "Not answered yet. Put your answer in the cell above, run it, then run this one.")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", LanguageWarning)  # the lesson has shown it already
            try:
                return Verdict(True, f"{opening}{check(*answers, **named)}")
            except Hint as hint:
                return Verdict(False, f"Not yet. {hint}")

    return checked


def as_analysis(given: object) -> Analysis:
    """The lesson's analysis, which a check computes the right answer from."""
    if not isinstance(given, Analysis):
        raise Hint("The check also wants the lesson's analysis: leave the a in its brackets as it was.")
    if not given.article_list:
        raise Hint("The analysis holds no story. Run the lesson from its first cell.")
    return given


def as_article(given: object) -> Article:
    """The one article of the lesson's analysis."""
    return as_analysis(given).article_list[0]


def as_text(answer: object, wanted: str = "some text in quotation marks") -> str:
    """The answer as text; a list or column of one value counts as that value."""
    one = _single(answer, wanted)
    if not isinstance(one, str):
        raise Hint(f"That is {_kind(one)}; this exercise asks for {wanted}.")
    return one


def as_number(answer: object, wanted: str = "a number") -> float:
    """The answer as a number; a column of one value, "0.5" and "50%" count too."""
    one = _single(answer, wanted)
    if isinstance(one, str):
        return _number_in(one, wanted)
    if isinstance(one, bool | np.bool_) or not isinstance(one, Real):
        raise Hint(f"That is {_kind(one)}; this exercise asks for {wanted}.")
    try:
        value = float(one)
    except OverflowError:
        value = math.inf
    if not math.isfinite(value):
        raise Hint(f"That is no number to count with; this exercise asks for {wanted}.")
    return value


def as_actor(answer: object, table: pd.DataFrame) -> str:
    """The actor that an answer names, by full name or by another of the names that the story uses."""
    name = as_text(answer, "an actor's name, such as the column actor has it").strip()
    if name in set(table["actor"].dropna()):
        return name
    for actor, names in zip(table["actor"], table["names"], strict=True):
        if name.casefold() in {actor.casefold(), *(each.casefold() for each in names)}:
            return str(actor)
    raise Hint(f"No actor is called {shown(name)}. Copy the name from the column actor of a.actors.")


def check_first(answer: object, table: pd.DataFrame, column: str, unit: str, how: str = "") -> str:
    """That an actor has the highest count in a table's column, alone or with others; gives the line to show.

    ``how`` is the hint where the column is one that no table of the lesson has.
    """
    counts = table.set_index("actor")[column].astype("Float64").fillna(0)
    if counts.empty or counts.max() <= 0:
        raise Hint(f"Nobody in this story has {unit}, so nobody comes first. Try the exercise on another story.")
    name = as_actor(answer, table)
    if counts[name] < counts.max():
        how = how or f"Sort the table by {column}."
        raise Hint(f"{name} has {in_words(counts[name], unit)}, and somebody has more. {how}")
    return f"{name} has {in_words(counts[name], unit)}."


def check_place(answer: object, counts: pd.Series, what: str, unit: str) -> str:
    """That a sentence or paragraph has the highest value in ``counts``, which is indexed by its number."""
    known = counts.dropna()
    if known.empty:
        raise Hint(f"This story has no {what} with {unit}. Try the exercise on another story.")
    place = as_number(answer, f"the number of a {what}")
    if place not in known.index:
        raise Hint(
            f"There is no {what} {place:g} here; the numbers go from {known.index.min()} to {known.index.max()}."
        )
    value, most = float(known[place]), float(known.max())
    if value < most:
        raise Hint(f"{what.capitalize()} {place:g} has {in_words(value, unit)}; another has {most:.4g}.")
    return f"{what.capitalize()} {place:g} has {in_words(value, unit)}."


def check_count(answer: object, right: float, how: str, *, within: float = 0.0) -> str:
    """That a number is the right one; ``how`` is the hint for a wrong one."""
    value = as_number(answer)
    if right <= 1 < value <= 100 and within:
        raise Hint(f'{value:g} is over 1. Is it a percentage? Then write {value / 100:g} or "{value:g}%".')
    if abs(value - right) > within:
        raise Hint(f"{value:g} is too {'low' if value < right else 'high'}. {how}")
    return f"It is {right:.3g}."


def check_claim(text: str, counted: str, units: str) -> None:
    """That a text in one's own words has a number, says what it counts, and has no word that judges.

    ``counted`` is a pattern of the words for what may be counted, ``units`` is how a hint names them.
    """
    if not NUMBER.search(text):
        raise Hint("Give at least one number, such as 3 or three.")
    if not re.search(rf"\b({counted})\b", text, re.IGNORECASE):
        raise Hint(f"Say what the number counts: {units}.")
    if found := TOO_MUCH.search(text):
        raise Hint(f"The word {found[0]!r} claims more than a count can show.")


def named_in(text: str, names: Iterable[str]) -> list[str]:
    """The names that stand in a text as words of their own: *Iran* does not in *Iranian*."""
    return [name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)]


def in_words(number: float, units: str) -> str:
    """A number and what it counts, *1 mention* or *2 mentions*; ``units`` begins with the plural."""
    many, space, rest = units.partition(" ")
    one = {"stories": "story"}.get(many, many.removesuffix("s"))
    return f"{number:.4g} {one if number == 1 else many}{space}{rest}"


def shown(answer: str) -> str:
    """An answer as a hint repeats it: in marks, and cut where it is long."""
    return repr(answer if len(answer) <= SHOWN else answer[:SHOWN] + "...")


def _single(answer: object, wanted: str) -> object:
    """The one value that an answer holds; ``wanted`` is what a hint asks for where it holds several."""
    if isinstance(answer, pd.DataFrame):
        if answer.shape != (1, 1):
            raise Hint("That is a whole table. Take one value out of it: name the column, then add .iloc[0].")
        return answer.iloc[0, 0]
    if isinstance(answer, pd.Series | pd.Index | np.ndarray | list | tuple | set | frozenset):
        values: list[object] = list(_flat(answer))
        if not values:
            raise Hint("It is empty. Does your filter leave nothing over?")
        if len(values) > 1:
            raise Hint(f"{_many(answer, len(values))} This exercise asks for {wanted}.")
        return values[0]
    return answer


def _many(answer: object, number: int) -> str:
    if isinstance(answer, pd.Series):
        return f"Those are {number} values: add .idxmax() for the row of the largest, .iloc[0] for the first value."
    if isinstance(answer, pd.Index | np.ndarray):
        return f"Those are {number} values: add [0] to take the first."
    if isinstance(answer, tuple):
        return f"Those are {number} values with a comma between them."
    return f"That is a {type(answer).__name__} of {number}."


def _flat(answer: object) -> Iterable[object]:
    return answer.ravel() if isinstance(answer, np.ndarray) else answer  # type: ignore[return-value]


def _number_in(text: str, wanted: str) -> float:
    percent = text.strip().endswith("%")
    try:
        value = float(text.strip().rstrip("%"))
    except ValueError:
        raise Hint(f"{shown(text)} is no number; this exercise asks for {wanted}.") from None
    if not math.isfinite(value):
        raise Hint(f"That is no number to count with; this exercise asks for {wanted}.")
    return value / 100 if percent else value


def _is_blank(answer: object) -> bool:
    return answer is None or answer is ... or (isinstance(answer, str) and not answer.strip())


def _kind(answer: object) -> str:
    kinds = {"bool": "True or False", "int": "a number", "float": "a number", "dict": "a dictionary", "str": "text"}
    name = type(answer).__name__
    return kinds.get(name, f"a {name}")
