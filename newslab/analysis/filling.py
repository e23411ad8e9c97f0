"""A corpus into a store: what is new is computed, in batches, and written part by part."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from functools import partial
from importlib.metadata import version
from time import monotonic, sleep
from typing import Any

from newslab.actors.lists import read_aliases
from newslab.analysis.computing import Aliases, compute_tables, lose_batch
from newslab.article import Article
from newslab.corpus import Corpus, duplicate_row, with_own_id
from newslab.errors import NewslabError
from newslab.language import model_name
from newslab.store import Seen, Store, failure_key, short
from newslab.store.renewing import describe, fingerprint
from newslab.tables import FailureRow
from newslab.workers import Batch, Limits, Lost, make_batches, run_batches, show_progress

LOOK_EVERY = 128
ONCE = "A store has each text once."
# So many articles of which something else is known now are written at a time.
RENEWED_AT_ONCE = 256
SECONDS_TO_APPEAR = 30


def fill_store(
    corpus: Corpus,
    path: str | os.PathLike[str],
    *,
    aliases: Aliases = None,
    workers: int = 1,
    scheduler: str | None = None,
    progress: bool | None = None,
    limits: Limits,
) -> Store:
    """Put the tables of every article of a corpus that is not there yet into the store at ``path``.

    However it is stopped, the parts that are written are whole, and the next run goes on from them. Writers that work
    at the same time into the same store leave each other's articles out as far as they see them. Where the source says
    another title, date, author, outlet or address of an article that is there, this is shown from now on.
    """
    known = read_aliases(aliases)
    store = Store.make(path, made_with(known))
    seen = store.look(Seen())
    work = partial(store_batch, store=store, aliases=known, limits=limits)
    total = len(corpus.articles) if isinstance(corpus.articles, tuple) else None
    with closing(show_progress(progress, total)) as bar:
        batches = make_batches(_new_items(corpus, store, seen, bar), workers=workers, length=total)
        with closing(run_batches(batches, work, workers=workers, scheduler=scheduler)) as running:
            _see_done(running, store, bar)
    return store


def store_batch(batch: Batch, *, store: Store, aliases: dict[str, str], limits: Limits | None) -> int:
    """Write a part with the tables of a batch, and give the number of articles that failed in some table."""
    tables, failed = compute_tables(batch.articles, aliases=aliases, limits=limits)
    keys = {article.article_id: store.key(article) for article in batch.articles}
    failures = [(failure_key(row), row) for row in batch.failures]
    failures += [(keys[str(row.article_id)], row) for row in failed]
    store.write(_part_name(batch, store), batch.articles, tables, failures)
    return len(failed)


def _see_done(running: Iterable[tuple[Batch, int | Lost]], store: Store, bar: Any) -> None:
    """Count what is done, and see that it is in the store: after the first batch, and at the end."""
    written: set[str] = set()
    for number, (batch, done) in enumerate(running):
        if isinstance(done, Lost):
            _store_lost(batch, done.reason, store)
        written.add(_part_name(batch, store))
        bar.update(len(batch.articles))
        if number == 0:
            _find_written(store, written)
    _find_written(store, written)


def _find_written(store: Store, written: set[str]) -> None:
    """Look for the parts that the workers wrote: a worker that does not see this store has one of its own.

    A shared folder may show a file some seconds late.
    """
    until = monotonic() + SECONDS_TO_APPEAR
    while missing := written.difference(store.parts()):
        if monotonic() > until:
            lost = f"{len(missing)} of {len(written)} parts that the workers wrote are not here"
            advice = "Give a folder or an address that every worker sees under this name"
            raise NewslabError(f"{store.place.name}: {lost}. {advice}, or take one process.")
        sleep(1)


def made_with(aliases: Mapping[str, str]) -> dict[str, Any]:
    """What tables depend on besides the text, as a store keeps it."""
    listed = json.dumps(aliases, sort_keys=True, ensure_ascii=True).encode()
    digest = hashlib.sha256(listed).hexdigest()[:12] if aliases else None
    return {"newslab": version("newslab"), "model": model_name(), "aliases": digest}


def _store_lost(batch: Batch, reason: str, store: Store) -> None:
    """A part that says of the one article of a batch that it cannot be done."""
    tables, _ = compute_tables(())
    _, (lost,) = lose_batch(batch, reason)
    failures = [*((failure_key(row), row) for row in batch.failures), (store.key(batch.articles[0]), lost)]
    store.write(_part_name(batch, store), (), tables, failures)


def _part_name(batch: Batch, store: Store) -> str:
    """A name by which parts stand in the order of the source, the same whoever writes the same batch."""
    keys = [*map(store.key, batch.articles), *map(failure_key, batch.failures)]
    return f"{batch.places[0]:09d}-{hashlib.sha256(''.join(keys).encode()).hexdigest()[:12]}"


def _new_items(corpus: Corpus, store: Store, seen: Seen, bar: Any) -> Iterator[tuple[int, Article | FailureRow]]:
    """What the store does not have yet, with its place in the source."""
    changed = _Changed(store, seen)
    new = 0
    for place, item in enumerate(corpus.each()):
        if isinstance(item, Article):
            source = store.source_key(item)
            if source in seen.sources:
                changed.compare(source, item)
                bar.update(1)
                continue
            seen.sources.add(source)
            key = short(store.key(item))
            if key not in seen.keys:
                seen.keys.add(key)
                new += 1
                if new % LOOK_EVERY == 0:
                    store.look(seen)  # somebody else may be writing, too
                yield place, with_own_id(item, seen.ids)
                continue
            item = duplicate_row(item, ONCE)
        if (mark := short(failure_key(item))) not in seen.failures:
            seen.failures.add(mark)
            yield place, item
    changed.write()


class _Changed:
    """Articles that the store has, and of which the source says something else than before."""

    def __init__(self, store: Store, seen: Seen) -> None:
        self.store = store
        self.before = dict(seen.about)
        self.waiting: list[Article] = []

    def compare(self, source: int, article: Article) -> None:
        """Keep the article where it has changed; of several from one source with one text, the first counts."""
        before = self.before.pop(source, None)
        if before is not None and before != fingerprint(describe(article)):
            self.waiting.append(article)
            if len(self.waiting) == RENEWED_AT_ONCE:
                self.write()

    def write(self) -> None:
        if self.waiting:
            self.store.renew(self.waiting)
            self.waiting = []
