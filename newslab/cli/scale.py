"""The commands for many articles: ``corpus`` puts their tables into a store, ``sql`` asks it."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import newslab
from newslab.cli.reading import add_reading, in_command, load_options
from newslab.errors import NewslabError
from newslab.loading.options import MANIFEST

FORMATS = ("table", "csv", "json", "jsonl")
# So many failures and notes are told; the rest is in the tables.
LISTED = 10
NOTES = """
    select case when count(distinct note) = 1 then first(note) else regexp_replace(first(note), '[0-9]+', '…', 'g') end
    as note, count(*) as articles, first(source order by place) as source from
    (select unnest(warnings) as note, source, row_number() over () as place from articles)
    group by regexp_replace(note, '[0-9]+', '', 'g') order by articles desc, min(place)
"""
ADDRESS = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def add_scale(commands: Any) -> None:
    """Add the commands to the parser's commands."""
    corpus = commands.add_parser("corpus", help="the tables of many articles, kept in a folder", description=(
        "Compute every table of many articles and keep them in a folder, which grows and is never rewritten: run it "
        "again after a stop, or with new articles, and it does what is missing. Then: newslab sql FOLDER, newslab "
        "report FOLDER, newslab quotes FOLDER."
    ))  # fmt: skip
    corpus.add_argument("source", metavar="SOURCE", nargs="+", help="a folder, an archive, a table of articles")
    corpus.add_argument("-o", "--output", metavar="FOLDER", required=True, help="where the tables are kept")
    corpus.add_argument("--workers", metavar="N", type=int, default=-1, help="processes; default: one for each core")
    corpus.add_argument("--scheduler", metavar="ADDRESS", help="a Dask cluster to do the work, such as tcp://host:8786")
    corpus.add_argument(
        "--article-seconds", metavar="N", type=float, default=120, help="cut an article off after; default: 120"
    )
    corpus.add_argument(
        "--article-megabytes", metavar="N", type=float, default=1500, help="the same for memory; default: 1,500"
    )
    add_reading(corpus)
    sql = commands.add_parser("sql", help="ask a folder of tables", description=(
        "Ask the tables that newslab corpus has kept, in SQL: newslab sql results/ \"select actor, sum(words_spoken) "
        "as words from actors group by actor order by words desc limit 10\". The tables and their columns are in "
        "docs/tables.md."
    ))  # fmt: skip
    sql.add_argument("source", metavar="FOLDER", help="what newslab corpus has written to")
    sql.add_argument("query", metavar="QUERY", help="a SELECT, in DuckDB's dialect")
    sql.add_argument("-f", "--format", choices=FORMATS, default="table", help="default: table")
    add_links(sql)


def add_links(parser: argparse.ArgumentParser) -> None:
    """Add the option that says who is who in several articles."""
    parser.add_argument("--links", metavar="FILE", help="a CSV file that says who is one person in several articles")


def run_corpus(options: argparse.Namespace) -> str:
    """Fill the store, tell what could not be read and what is to be noted, and say in a line what it holds now."""
    if "-" in options.source:
        raise NewslabError("standard input can be read only once. Save it to a file, and name that.")
    for source in options.source:
        if "://" not in source and not os.path.lexists(source):
            raise NewslabError(f"{source}: there is no such file. Check the name, and the folder you are in.")
        if not ADDRESS.match(source) and Path(source).exists() and _same(source, options.output):
            raise NewslabError(f"{options.output} holds the articles themselves. Choose another folder with -o.")
    corpus = newslab.Corpus.open(
        options.source, errors="collect", duplicates=options.duplicates, **load_options(options)
    )
    before = _held(options.output)
    try:
        found = newslab.analyze(
            corpus,
            store=options.output,
            progress=None if sys.stderr.isatty() else True,
            workers=options.workers,
            scheduler=options.scheduler,
            article_seconds=options.article_seconds,
            article_megabytes=options.article_megabytes,
        )
    except KeyboardInterrupt:
        print(f"\nStopped. What is done is kept in {options.output}: run the same command again to go on.")
        raise
    except ValueError as error:
        raise NewslabError(f"--{error}".replace("article_", "article-")) from error
    for line in (*_failed(found), *_noted(found)):
        print("newslab:", in_command(line), file=sys.stderr)
    return f"{options.output} holds {_summary(before, _held(options.output))}{_failures(found, options.output)}\n"


def _held(path: str) -> tuple[int, int]:
    """How many articles a store holds, and of how many something else has come to be known."""
    from newslab.store import Store, is_store  # here, since --help needs none of it

    if not is_store(path):
        return 0, 0
    store = Store.open(path)
    return store.connect().count("articles"), store.count_renewed()


def _summary(before: tuple[int, int], after: tuple[int, int]) -> str:
    (known, _), (articles, _) = before, after
    renewed = after[1] - before[1]
    text = f"{articles:,} article{'s' * (articles != 1)}"
    if known:
        text += f": {articles - known:,} new, {known:,} known"
    return text + (f", {renewed:,} of them with another title, date, author, outlet or address now" if renewed else "")


def _failures(found: newslab.Analysis, store: str) -> str:
    number = len(found.failures)
    return f'; {number:,} row{"s" * (number != 1)} in failures: newslab sql {store} "from failures"' if number else ""


def _failed(found: newslab.Analysis) -> Iterator[str]:
    rows = found.failures
    for row in rows.head(LISTED).to_dict("records"):
        yield f"{row['source']}: {row['reason']}"
    if len(rows) > LISTED:
        yield f"... and {len(rows) - LISTED:,} more in failures"


def _noted(found: newslab.Analysis) -> Iterator[str]:
    """What is noted of the articles, each note once whatever its numbers, with how many have it and which is first."""
    rows = found.sql(NOTES)
    for row in rows.head(LISTED).to_dict("records"):
        others = f" and {row['articles'] - 1:,} more" if row["articles"] > 1 else ""
        yield f"note: {row['source']}{others}: {row['note']}"
    if len(rows) > LISTED:
        yield f"... and {len(rows) - LISTED:,} other notes: warnings in articles"


def run_sql(options: argparse.Namespace) -> bytes:
    """The answer as the bytes of a file."""
    store = newslab.open_store(options.source)
    answer = (store.with_links(options.links) if options.links else store).sql(options.query)
    from newslab.cli.formats import as_csv, as_json, as_lines, as_text, fits

    if options.format == "table":
        return as_text(answer, list(answer.columns) if fits(answer) else ())
    return {"csv": as_csv, "json": as_json, "jsonl": as_lines}[options.format](answer)


def find_store(sources: list[str]) -> str | None:
    """The store that is named as the source, or ``None`` where the sources are articles."""
    # What is no file's name at all is for the reading to say.
    stores = [each for each in sources if ADDRESS.match(each) or os.path.isfile(os.path.join(each, MANIFEST))]  # noqa: PTH113, PTH118
    if stores and len(sources) > 1:
        raise NewslabError(f"{stores[0]} is a folder of tables, which is looked at alone. Name it alone.")
    return stores[0] if stores else None


def _same(first: str, second: str) -> bool:
    return Path(first).is_dir() and Path(second).exists() and Path(first).samefile(second)
