"""What a worker takes at a time: a few articles, with their places in the source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from newslab.article import Article
from newslab.tables import FailureRow

# The first batches are small, so that all workers are busy soon, and a small corpus is shared out evenly.
SIZES = (8, 8, 16, 16, 32, 32, 64)
MOST_CHARACTERS = 300_000
MOST_FAILURES = 1_000
# Into such pieces a batch is cut in which a worker has died, and then into single articles.
PIECE = 8


@dataclass(frozen=True, slots=True)
class Batch:
    """Some articles in the order of their source, their places in it, and what in between could not be read."""

    places: tuple[int, ...]
    articles: tuple[Article, ...]
    failures: tuple[FailureRow, ...] = ()

    def split(self) -> list[Batch]:
        """The same in smaller batches; the failures stay with the first."""
        size = PIECE if len(self.articles) > PIECE else 1
        starts = range(0, len(self.articles), size)
        parts = [Batch(self.places[at : at + size], self.articles[at : at + size]) for at in starts]
        return [Batch(parts[0].places, parts[0].articles, self.failures), *parts[1:]]


@dataclass(frozen=True, slots=True)
class Lost:
    """What is known of a batch of one article in which a worker died."""

    reason: str


def make_batches(items: Iterable[tuple[int, Article | FailureRow]]) -> Iterator[Batch]:
    """Articles and failures with their places in the source, put together into batches of growing size."""
    sizes = iter(SIZES)
    size = next(sizes)
    places: list[int] = []
    articles: list[Article] = []
    failures: list[FailureRow] = []
    length = last = 0
    for place, item in items:
        last = place
        if isinstance(item, FailureRow):
            failures.append(item)
        else:
            places.append(place)
            articles.append(item)
            length += len(item.text)
        if len(articles) >= size or length >= MOST_CHARACTERS or len(failures) >= MOST_FAILURES:
            yield Batch(tuple(places) or (last,), tuple(articles), tuple(failures))
            places, articles, failures, length = [], [], [], 0
            size = next(sizes, size)
    if articles or failures:
        yield Batch(tuple(places) or (last,), tuple(articles), tuple(failures))
