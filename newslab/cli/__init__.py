"""The ``newslab`` command: articles in, a report or one of the tables out."""

from __future__ import annotations

import argparse
import os
import sys
import warnings
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import newslab
from newslab.cli.commands import COMMANDS, FILES, make_parser
from newslab.cli.course import run_course
from newslab.cli.evaluating import run_evaluate
from newslab.cli.output import check_output, format_of, write
from newslab.cli.reading import in_command, read
from newslab.cli.scale import find_store, run_corpus, run_sql
from newslab.cli.showing import Following, show, write_report
from newslab.errors import NewslabError

if TYPE_CHECKING:
    from newslab.tables import FailureRow

__all__ = ["COMMANDS", "main", "make_parser"]

BINARY = ("xlsx", "parquet")
# The commands that are not about the articles of one source.
OTHERS: dict[str, Callable[[argparse.Namespace], str | bytes]] = {
    "course": run_course,
    "evaluate": run_evaluate,
    "corpus": run_corpus,
    "sql": run_sql,
}
BROKEN_PIPE = 141  # what a shell reports for a program that the end of its pipe has stopped
INTERRUPTED = 130
# So many articles are shared out over this machine's cores; fewer are done before the other processes have started.
MANY = 50


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with the words that follow ``newslab``, and give the exit status.

    0: done; 2: it could not be done, and one line on standard error says why and what to do next.
    """
    options = make_parser().parse_args(arguments)
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # what the libraries tell programmers is no news to a newsroom
    try:
        _run(options)
    except NewslabError as error:
        _say([str(error)])
        return 2
    except BrokenPipeError:
        # Python flushes standard output once more at its end, and would complain of the pipe again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def _run(options: argparse.Namespace) -> None:
    if run := OTHERS.get(options.command):
        done = run(options)
        write(done if isinstance(done, bytes) else done.encode("utf-8", "backslashreplace"), None)
        return
    sources = options.source if isinstance(options.source, list) else [options.source]
    following = Following(getattr(options, "corrections", None), getattr(options, "links", None))
    kind = _check(options, sources, following)
    # Read before the imports that take seconds: the source may not be there.
    if (store := find_store(sources)) is not None:
        show(newslab.open_store(store), options, following, kind)
        return
    articles = read(sources, options)
    if options.command == "report" and not any(following) and len(articles) < MANY:
        # The process that makes the page analyses them, and this one is spared the imports that take seconds.
        write_report(articles, options.output)
        _notes(articles, articles.failure_rows)
        return
    analysis = show(_analyze(articles), options, following, kind)
    _notes(articles, analysis.failure_rows)


def _check(options: argparse.Namespace, sources: list[str], following: Following) -> str:
    """Whether it can be read and written as asked, before anything is; the kind of file to write, if of a table."""
    if options.output in (None, "-"):
        if options.command in FILES:
            what, name = FILES[options.command]
            raise NewslabError(f"{what}: name its file with -o, such as -o {name}")
        options.output = None
    if options.output:
        inputs: list[tuple[str, str | None]] = [("the article itself", source) for source in sources]
        inputs += [("the filled-in worksheet", following.corrections), ("the file of links", following.links)]
        check_output(options.output, inputs)
    kind = "" if options.command in FILES else options.format or format_of(options.output)
    if kind in BINARY and not options.output and sys.stdout.isatty():
        raise NewslabError(f"{kind} is nothing to read on a terminal; name a file with -o, such as -o quotes.{kind}")
    if "-" in sources and sys.stdin is None:
        raise NewslabError("standard input is closed. Name a file, or send the text through a pipe.")
    return kind


def _analyze(articles: newslab.Corpus) -> newslab.Analysis:
    if len(articles) < MANY:
        return newslab.analyze(articles)
    analysis = newslab.analyze(articles, workers=-1)
    _ = analysis.articles  # computed now, with a bar, and not in the process that makes the page, which shows none
    return analysis


def _notes(articles: newslab.Corpus, failures: Sequence[FailureRow]) -> None:
    """What a reader must know of the articles, and what could not be done, on standard error."""
    several = len(articles) > 1
    notes = [f"note: {f'{each.source}: ' * several}{note}" for each in articles for note in each.warnings]
    _say([*notes, *(f"{row.source}: {row.reason}" for row in failures)])


def _say(lines: list[str]) -> None:
    for line in lines:
        print("newslab:", in_command(line), file=sys.stderr)
