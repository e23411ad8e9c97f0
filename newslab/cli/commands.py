"""What the ``newslab`` command can be asked for, and the options of each."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, NamedTuple

import newslab
from newslab.cli.course import add_course
from newslab.cli.evaluating import add_evaluate
from newslab.cli.output import FORMATS
from newslab.cli.reading import add_reading
from newslab.cli.scale import add_links, add_scale

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


class Command(NamedTuple):
    """One table that can be asked for: where it comes from, and which columns a terminal has room for."""

    table: str
    record: str
    help: str
    columns: tuple[str, ...]


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
    "articles": Command(
        "articles",
        "ArticleRow",
        "which article has which id: headline, date, outlet, length",
        ("article_id", "title", "date", "outlet", "words"),
    ),
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


def make_parser() -> argparse.ArgumentParser:
    """Every word that ``newslab`` understands."""
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
    report = _add_report(commands, sources)
    _add_worksheet(commands, source)
    tables = {name: _add_table(commands, source, name) for name in COMMANDS}
    add_scale(commands)
    add_evaluate(commands)
    add_course(commands)
    for each in (report, *(tables[name] for name in CORRECTED)):
        each.add_argument("--corrections", metavar="FILE", help="a worksheet that a person has filled in")
    for each in (report, tables["actors"]):
        add_links(each)
    return parser


def _add_report(commands: Commands, sources: argparse.ArgumentParser) -> argparse.ArgumentParser:
    report = commands.add_parser("report", parents=[sources], help="one page with everything", description=(
        "Write one page with charts and tables of the article, or a comparison of several. It opens without a network; "
        "a PDF is printed by Chromium, Chrome or Edge."
    ))  # fmt: skip
    report.add_argument("-o", "--output", metavar="FILE", help="the page to write, such as story.html or story.pdf")
    return report


def _add_worksheet(commands: Commands, source: argparse.ArgumentParser) -> None:
    worksheet = commands.add_parser("worksheet", parents=[source], help="a spreadsheet to check it with", description=(
        "Write a spreadsheet of quotes, actors and labels in which a person marks what is right and what should be "
        "otherwise. Give it back with --corrections."
    ))  # fmt: skip
    worksheet.add_argument("-o", "--output", metavar="FILE", help="what to write, such as check.xlsx or check.csv")
    worksheet.add_argument("--sample", metavar="N", type=int, help="N rows by chance in each sheet; default: every row")
    worksheet.add_argument(
        "--seed", metavar="N", type=int, default=0, help="another number draws other rows; default: 0"
    )


def _add_table(commands: Commands, source: argparse.ArgumentParser, name: str) -> argparse.ArgumentParser:
    about = COMMANDS[name].help
    table = commands.add_parser(name, parents=[source], help=about, description=about.capitalize())
    formats = (*FORMATS, "annotations") if name == "quotes" else FORMATS
    table.add_argument("-f", "--format", choices=formats, help="default: by the name of FILE, else table")
    table.add_argument("-o", "--output", metavar="FILE", help="where to write; default: standard output")
    return table
