"""What a command shows: a page, a spreadsheet, or one of the tables."""

from __future__ import annotations

import argparse
import codecs
from typing import TYPE_CHECKING, NamedTuple

import newslab
from newslab.cli.commands import COMMANDS, FILES, Command
from newslab.cli.output import write

if TYPE_CHECKING:  # the analysis takes seconds to import, and --help and --version need none of it
    import pandas as pd


class Following(NamedTuple):
    """The files in which a person has written what should be otherwise."""

    corrections: str | None
    links: str | None


def show(analysis: newslab.Analysis, options: argparse.Namespace, following: Following, kind: str) -> newslab.Analysis:
    """Write what the command asks for; the analysis as a person's files have corrected it."""
    if following.corrections:
        analysis = analysis.with_corrections(following.corrections)
    if following.links:
        analysis = analysis.with_links(following.links)
    if options.command in FILES:
        if options.command == "report":
            write_report(analysis, options.output)
        else:
            _worksheet(analysis, options)
    else:
        data = _table(analysis, COMMANDS[options.command], kind)
        # The mark by which Excel knows that a file is UTF-8; a pipe has no use for it.
        write(codecs.BOM_UTF8 + data if kind == "csv" and options.output else data, options.output)
        if options.output:
            _wrote(options.output)
    return analysis


def write_report(analysis: newslab.Analysis | newslab.Corpus, output: str) -> None:
    """Write the page, and say so."""
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
        several = bool(command.columns) and command.table != "articles" and len(analysis.article_list) > 1
        if several:
            table = table.assign(article=table["article_id"].map(name_articles(analysis.article_list)))
        return as_text(table, ("article",) * several + command.columns)
    return {"csv": as_csv, "xlsx": as_xlsx, "json": as_json, "jsonl": as_lines}[kind](table)
