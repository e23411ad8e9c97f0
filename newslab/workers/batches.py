"""What a worker takes at a time: a few articles, with their places in the source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from newslab.article import Article
from newslab.tables import FailureRow

# The first batches are small, so that all workers are busy soon, and a small corpus is shared out evenly.
SIZES = (8, 8, 16, 16, 32, 32, 64)
# The last ones are small again, so that no worker is left alone with a large one while the others have nothing to do.
LAST_SIZE = 8
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


def make_batches(
    items: Iterable[tuple[int, Article | FailureRow]], *, workers: int = 1, length: int | None = None
) -> Iterator[Batch]:
    """Articles and failures with their places in the source, put together into batches of growing size.

    Where several workers share out a source of which the ``length`` is known, the batches shrink toward its end.
    """
    sizes = iter(SIZES)
    size = next(sizes)
    places: list[int] = []
    articles: list[Article] = []
    failures: list[FailureRow] = []
    characters = last = 0
    for place, item in items:
        last = place
        if isinstance(item, FailureRow):
            failures.append(item)
        else:
            places.append(place)
            articles.append(item)
            characters += len(item.text)
        full = len(articles) >= _shared(size, last, workers, length)
        if full or characters >= MOST_CHARACTERS or len(failures) >= MOST_FAILURES:
            yield Batch(tuple(places) or (last,), tuple(articles), tuple(failures))
            places, articles, failures, characters = [], [], [], 0
            size = next(sizes, size)
    if articles or failures:
        yield Batch(tuple(places) or (last,), tuple(articles), tuple(failures))


def _shared(size: int, place: int, workers: int, length: int | None) -> int:
    """The size of a batch that reaches this place, small enough for every worker to get two of what is left."""
    if workers < 2 or length is None:
        return size
    return max(min(size, (length - place) // (2 * workers)), min(size, LAST_SIZE))
