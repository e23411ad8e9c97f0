"""The ``newslab`` command: articles in, a report or one of the tables out."""

from __future__ import annotations

import argparse
import codecs
import os
import sys
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import newslab
from newslab.cli.course import add_course, run_course
from newslab.cli.evaluating import add_evaluate, run_evaluate
from newslab.cli.output import FORMATS, check_output, format_of, write
from newslab.cli.reading import add_reading, in_command, read
from newslab.cli.scale import add_links, add_scale, find_store, run_corpus, run_sql
from newslab.errors import NewslabError

if TYPE_CHECKING:  # the analysis takes seconds to import, and --help and --version need none of it
    import pandas as pd

    from newslab.tables import FailureRow

BINARY = ("xlsx", "parquet")
BROKEN_PIPE = 141  # what a shell reports for a program that the end of its pipe has stopped
INTERRUPTED = 130
# So many articles are shared out over this machine's cores; fewer are done before the other processes have started.
MANY = 50


class Command(NamedTuple):
    """One table that can be asked for: where it comes from, and which columns a terminal has room for."""

    table: str
    record: str
    help: str
    columns: tuple[str, ...]


class Following(NamedTuple):
    """The files in which a person has written what should be otherwise."""

    corrections: str | None
    links: str | None


COMMANDS = {
    "quotes": Command("quotes", "QuoteRow", "who said what, with which word", ("actor", "via", "cue", "kind", "text")),
    "actors": Command(
        "actors",
        "ActorSummaryRow",
        "everybody in the story: role, mentions, quotes, sentiment",
        ("actor", "kind", "role", "mentions", "quotes", "words_spoken", "sentiment_toward"),
    ),
    "mentions": Command(
        "mentions",
        "MentionRow",
        "each place where an actor is mentioned",
        ("sentence_id", "text", "actor", "kind", "how"),
    ),
    "talk": Command("talk", "TalkRow", "who speaks about whom", ("quote_id", "actor", "about", "words", "label")),
    "readability": Command("readability", "ReadabilityRow", "how hard the article is to read", ()),
    "sentiment": Command(
        "sentiment",
        "SentimentRow",
        "how each sentence sounds",
        ("sentence_id", "compound", "negative", "positive", "text"),
    ),
    "target-sentiment": Command(
        "target_sentiment",
        "QuotedTargetSentimentRow",
        "each sentence's attitude toward each actor in it",
        ("sentence_id", "actor", "label", "negative", "positive", "text"),
    ),
}

# The tables that follow a worksheet's corrections; the others count words and sentences.
CORRECTED = ("quotes", "actors", "mentions", "talk", "target-sentiment")
# What is written as a file only: what it is, and what its file may be called.
FILES = {"report": ("a report is a page", "story.html"), "worksheet": ("a worksheet is a spreadsheet", "check.xlsx")}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with the words that follow ``newslab``, and give the exit status.

    0: done; 2: it could not be done, and one line on standard error says why and what to do next.
    """
    options = _parser().parse_args(arguments)
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="newslab",
        description="Who says what, about whom, and how, in a news article. Nothing leaves this machine.",
        epilog="newslab COMMAND --help says more of a command.",
    )
    parser.add_argument("--version", action="version", version=f"newslab {newslab.__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    source, sources = argparse.ArgumentParser(add_help=False), argparse.ArgumentParser(add_help=False)
    about = "an article, a table, a folder or archive of them, an address, or - for stdin"
    source.add_argument("source", metavar="SOURCE", help=about)
    sources.add_argument("source", metavar="SOURCE", nargs="+", help=f"{about}; several are compared")
    for each in (source, sources):
        add_reading(each)
    report = commands.add_parser("report", parents=[sources], help="one page with everything", description=(
        "Write one page with charts and tables of the article, or a comparison of several. It opens without a network; "
        "a PDF is printed by Chromium, Chrome or Edge."
    ))  # fmt: skip
    report.add_argument(
        "-o", "--output", metavar="FILE", required=True, help="the page to write, such as story.html or story.pdf"
    )
    worksheet = commands.add_parser("worksheet", parents=[source], help="a spreadsheet to check it with", description=(
        "Write a spreadsheet of quotes, actors and labels in which a person marks what is right and what should be "
        "otherwise. Give it back with --corrections."
    ))  # fmt: skip
    worksheet.add_argument(
        "-o", "--output", metavar="FILE", required=True, help="what to write, such as check.xlsx or check.csv"
    )
    worksheet.add_argument("--sample", metavar="N", type=int, help="N rows by chance in each sheet; default: every row")
    worksheet.add_argument(
        "--seed", metavar="N", type=int, default=0, help="another number draws other rows; default: 0"
    )
    corrections, links = [report], [report]
    for name, command in COMMANDS.items():
        table = commands.add_parser(name, parents=[source], help=command.help, description=command.help.capitalize())
        formats = (*FORMATS, "annotations") if name == "quotes" else FORMATS
        table.add_argument("-f", "--format", choices=formats, help="default: by the name of FILE, else table")
        table.add_argument("-o", "--output", metavar="FILE", help="where to write; default: standard output")
        corrections += [table] if name in CORRECTED else []
        links += [table] if name == "actors" else []
    add_scale(commands)
    add_evaluate(commands)
    add_course(commands)
    for each in corrections:
        each.add_argument("--corrections", metavar="FILE", help="a worksheet that a person has filled in")
    for each in links:
        add_links(each)
    return parser


def _run(options: argparse.Namespace) -> None:
    if options.command == "course":
        write(run_course(options).encode("utf-8", "backslashreplace"), None)
        return
    if options.command == "evaluate":
        write(run_evaluate(options).encode("utf-8", "backslashreplace"), None)
        return
    if options.command in ("corpus", "sql"):
        done = run_sql(options) if options.command == "sql" else run_corpus(options).encode("utf-8", "backslashreplace")
        write(done, None)
        return
    sources = options.source if isinstance(options.source, list) else [options.source]
    if options.output == "-":
        if options.command in FILES:
            what, name = FILES[options.command]
            raise NewslabError(f"{what}: name its file with -o, such as -o {name}")
        options.output = None
    following = Following(getattr(options, "corrections", None), getattr(options, "links", None))
    if options.output:
        inputs = [("the article itself", source) for source in sources]
        inputs += [("the filled-in worksheet", following.corrections), ("the file of links", following.links)]
        check_output(options.output, inputs)
    kind = "" if options.command in FILES else options.format or format_of(options.output)
    if kind in BINARY and not options.output and sys.stdout.isatty():
        raise NewslabError(f"{kind} is nothing to read on a terminal; name a file with -o, such as -o quotes.{kind}")
    if "-" in sources and sys.stdin is None:
        raise NewslabError("standard input is closed. Name a file, or send the text through a pipe.")
    # Read before the imports that take seconds: the source may not be there.
    if (store := find_store(sources)) is not None:
        _show(newslab.open_store(store), options, following, kind)
        return
    articles = read(sources, options)
    if options.command == "report" and not any(following) and len(articles) < MANY:
        # The process that makes the page analyses them, and this one is spared the imports that take seconds.
        _report(articles, options.output)
        _notes(articles, articles.failure_rows)
        return
    analysis = _show(_analyze(articles), options, following, kind)
    _notes(articles, analysis.failure_rows)


def _analyze(articles: newslab.Corpus) -> newslab.Analysis:
    if len(articles) < MANY:
        return newslab.analyze(articles)
    analysis = newslab.analyze(articles, workers=-1)
    _ = analysis.articles  # computed now, with a bar, and not in the process that makes the page, which shows none
    return analysis


def _show(analysis: newslab.Analysis, options: argparse.Namespace, following: Following, kind: str) -> newslab.Analysis:
    """Write what the command asks for; the analysis as a person's files have corrected it."""
    if following.corrections:
        analysis = analysis.with_corrections(following.corrections)
    if following.links:
        analysis = analysis.with_links(following.links)
    if options.command in FILES:
        if options.command == "report":
            _report(analysis, options.output)
        else:
            _worksheet(analysis, options)
    else:
        data = _table(analysis, COMMANDS[options.command], kind)
        # The mark by which Excel knows that a file is UTF-8; a pipe has no use for it.
        write(codecs.BOM_UTF8 + data if kind == "csv" and options.output else data, options.output)
    return analysis


def _report(analysis: newslab.Analysis | newslab.Corpus, output: str) -> None:
    from newslab.report.quick import import_jsonschema

    import_jsonschema()
    newslab.build_report(analysis, output)
    _wrote(output)


def _worksheet(analysis: newslab.Analysis, options: argparse.Namespace) -> None:
    if options.sample is None:
        analysis.to_worksheet(options.output)
    else:
        from newslab.worksheet import write_worksheet

        tables = {name: getattr(analysis, name) for name in ("quotes", "actors", "target_sentiment")}
        write_worksheet(options.output, analysis.article_list, tables, sample=options.sample, seed=options.seed)
    _wrote(options.output)


def _wrote(output: str) -> None:
    write(f"Wrote {output}\n".encode("utf-8", "backslashreplace"), None)


def _notes(articles: newslab.Corpus, failures: Sequence[FailureRow]) -> None:
    """What a reader must know of the articles, and what could not be done, on standard error."""
    several = len(articles) > 1
    notes = [f"note: {f'{each.source}: ' * several}{note}" for each in articles for note in each.warnings]
    _say([*notes, *(f"{row.source}: {row.reason}" for row in failures)])


def _say(lines: list[str]) -> None:
    for line in lines:
        print("newslab:", in_command(line), file=sys.stderr)


def _table(analysis: newslab.Analysis, command: Command, kind: str) -> bytes:
    """The table asked for, as the bytes of a file."""
    from newslab import tables
    from newslab.cli.formats import as_csv, as_json, as_lines, as_parquet, as_text, as_xlsx, name_articles

    table: pd.DataFrame = getattr(analysis, command.table)
    if kind == "annotations":
        from newslab.evaluation import write_annotations

        return write_annotations(analysis.article_list, table).encode("utf-8", "backslashreplace")
    if kind == "parquet":
        return as_parquet(table, getattr(tables, command.record))
    if kind == "table":
        if "text" in command.columns and "text" not in table:
            places = analysis.sentences[["article_id", "sentence_id", "text"]]
            table = table.merge(places, on=["article_id", "sentence_id"], how="left")
        several = bool(command.columns) and len(analysis.article_list) > 1
        if several:
            table = table.assign(article=table["article_id"].map(name_articles(analysis.article_list)))
        return as_text(table, ("article",) * several + command.columns)
    return {"csv": as_csv, "xlsx": as_xlsx, "json": as_json, "jsonl": as_lines}[kind](table)
