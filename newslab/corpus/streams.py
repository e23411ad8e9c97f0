"""Articles that are read from their source at each pass, so that they need not fit into memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Any, overload

from newslab.article import Article, id_number
from newslab.errors import LoadError
from newslab.loading import stream_each
from newslab.tables import FailureRow
from newslab.text import same_text

Items = Iterator[Article | FailureRow]
KEEP = "Keep it with duplicates='keep'."
# A filter: a function, a slice, or true and false for the articles in turn.
Step = Callable[[Article], bool] | slice | tuple[bool, ...]


@dataclass(frozen=True, eq=False)
class Stream(Sequence[Article]):
    """The articles of some sources, read anew at each pass; of equal texts the first is given, each with its own id.

    ``steps`` are filters and slices, in order. What is kept from a pass are two short numbers an article.
    """

    sources: tuple[str, ...]
    options: tuple[tuple[str, Any], ...] = ()
    stops: bool = True
    keeps_duplicates: bool = False
    steps: tuple[Step, ...] = ()

    def items(self) -> Items:
        """Articles, and a row for what could not be read or was left out, in the order of the source."""
        items = self._read()
        for step in self.steps:
            items = _take(items, step)
        return items

    def then(self, step: Step) -> Stream:
        """The same with one more filter or slice."""
        return replace(self, steps=(*self.steps, step))

    def __iter__(self) -> Iterator[Article]:
        return (item for item in self.items() if isinstance(item, Article))

    @cached_property
    def _length(self) -> int:
        return sum(1 for _ in self)

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> Article: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Article]: ...
    def __getitem__(self, index: int | slice) -> Article | Sequence[Article]:
        if isinstance(index, slice):
            if (index.step or 1) < 0:
                return tuple(self)[index]
            if any(bound is not None and bound < 0 for bound in (index.start, index.stop)):
                index = slice(*index.indices(len(self)))
            return self.then(index)
        place = index if index >= 0 else range(len(self))[index]
        for article in islice(self, place, None):
            return article
        raise IndexError(f"there is no article {index}")

    def _read(self) -> Items:
        texts: set[int] = set()
        ids: set[int] = set()
        for item in self._load():
            if isinstance(item, FailureRow):
                yield item
                continue
            text = id_number(same_text(item.text))
            if text in texts and not self.keeps_duplicates:
                yield duplicate_row(item)
            else:
                texts.add(text)
                yield with_own_id(item, ids)

    def _load(self) -> Items:
        for source in self.sources:
            for item in stream_each(source, **dict(self.options)):
                if isinstance(item, Article):
                    yield item
                elif self.stops:
                    advice = f'{item.next_step}; or go on without it with errors="collect"'
                    raise LoadError(item.source, item.reason, advice) from item
                else:
                    yield failure_row(item)


class StreamFailures(Sequence[FailureRow]):
    """What of a stream could not be read or was left out, found by a pass over it."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream

    @cached_property
    def _rows(self) -> tuple[FailureRow, ...]:
        return tuple(item for item in self.stream.items() if isinstance(item, FailureRow))

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> FailureRow: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[FailureRow]: ...
    def __getitem__(self, index: int | slice) -> FailureRow | Sequence[FailureRow]:
        return self._rows[index]


def failure_row(error: LoadError) -> FailureRow:
    """What could not be read, as a row of ``failures``."""
    return FailureRow(None, error.source, "load", f"{error.reason}. {error.next_step}.")


def duplicate_row(article: Article, advice: str = KEEP) -> FailureRow:
    """An article whose text was read before, as a row of ``failures``."""
    reason = f"left out: the same text as an article read before. {advice}"
    return FailureRow(article.article_id, article.source, "duplicate", reason)


def _take(items: Items, step: Step) -> Items:
    if callable(step):
        return (item for item in items if isinstance(item, FailureRow) or step(item))
    return _cut(items, step) if isinstance(step, slice) else _compress(items, step)


def _compress(items: Items, kept: Sequence[bool]) -> Items:
    fits = iter(kept)
    return (item for item in items if isinstance(item, FailureRow) or next(fits, False))


def _cut(items: Items, which: slice) -> Items:
    start, step = which.start or 0, which.step or 1
    place = -1
    for item in items:
        if isinstance(item, FailureRow):
            yield item
            continue
        place += 1
        if which.stop is not None and place >= which.stop:
            return
        if place >= start and (place - start) % step == 0:
            yield item


def with_own_id(article: Article, ids: set[int]) -> Article:
    """The article, under another id where an earlier one has its own; ``ids`` remembers them, as short numbers."""
    given, number = article.article_id, 1
    name = given
    while id_number(name) in ids:
        number += 1
        name = f"{given}-{number}"
    ids.add(id_number(name))
    if number == 1:
        return article
    return replace(article, article_id=name, warnings=(*article.warnings, f"another article has the id {given}"))
