"""Write what is made from the code: docs/tables.md, docs/rules.md, and the table of sources in the README.

Usage: python tools/make_docs.py [--check]   (--check: change nothing, fail where a page is out of date)
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import get_args, get_type_hints

from newslab import tables
from newslab.loading import describe_sources
from newslab.quotes import describe_rules

ROOT = Path(__file__).parent.parent
TABLES = {
    "articles": tables.ArticleRow,
    "sentences": tables.SentenceRow,
    "mentions": tables.MentionRow,
    "actors": tables.ActorSummaryRow,
    "quotes": tables.QuoteRow,
    "talk": tables.TalkRow,
    "readability": tables.ReadabilityRow,
    "sentiment": tables.SentimentRow,
    "target_sentiment": tables.QuotedTargetSentimentRow,
    "failures": tables.FailureRow,
    "checked": tables.CheckedRow,
    "outlets": tables.OutletRow,
    "outlet_differences": tables.OutletDifferenceRow,
    "links": tables.LinkRow,
}


def tables_page() -> str:
    lines = ["# The tables", "", "This page is made from `newslab/tables` by `python tools/make_docs.py`.", ""]
    lines += [
        "`Analysis` has each table as an attribute: `nl.analyze(story).quotes`. Offsets count characters from 0 in",
        "`article.text`. A value that is not known, or that would rest on too little, is `<NA>`.",
        "",
    ]
    for name, record in TABLES.items():
        lines += [
            f"## {name}",
            "",
            (record.__doc__ or "").strip(),
            "",
            "| column | type | what it holds |",
            "|---|---|---|",
        ]
        for column, words in tables.describe_columns(record).items():
            lines.append(f"| {column} | {_type_name(get_type_hints(record)[column])} | {words.replace('|', '/')} |")
        lines.append("")
    return "\n".join(lines)


def rules_page() -> str:
    lines = ["# The rules that find quotes", ""]
    lines += [
        "This page is made from the rules' docstrings in `newslab/quotes/` by `python tools/make_docs.py`. The column",
        "`rule` of the table of quotes names the rule that found each quote.",
        "",
    ]
    for family, rules in describe_rules().groupby("family", sort=False):
        lines += [f"## {family.capitalize()}", "", "| rule | what it finds | example |", "|---|---|---|"]
        for row in rules.itertuples():
            lines.append(f"| {row.rule} | {row.finds.replace('|', '/')} | {row.example.replace('|', '/')} |")
        lines.append("")
    return "\n".join(lines)


def _type_name(hint: object) -> str:
    names = [getattr(kind, "__name__", str(kind)) for kind in get_args(hint) or (hint,) if kind is not type(None)]
    if str(hint).startswith("list"):
        return "list"
    plain = {"str": "text", "int": "whole number", "float": "number", "bool": "true or false"}
    return " or ".join(plain.get(name, name) for name in names)


def readme_page() -> str:
    """The README with its table of sources made anew; all else in it is written by hand."""
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    before, _, rest = page.partition(SOURCES[0])
    _, _, after = rest.partition(SOURCES[1])
    rows = ["| source | what it is |", "|---|---|", *(f"| `{name}` | {what} |" for name, what in describe_sources())]
    return before + "\n".join([SOURCES[0], *rows, SOURCES[1]]) + after


SOURCES = ("<!-- sources: made by tools/make_docs.py -->", "<!-- /sources -->")
PAGES: dict[str, Callable[[], str]] = {
    "docs/tables.md": tables_page,
    "docs/rules.md": rules_page,
    "README.md": readme_page,
}


def main(arguments: list[str]) -> int:
    stale = 0
    for name, make in PAGES.items():
        path, page = ROOT / name, make()
        if "--check" in arguments:
            if not path.exists() or path.read_text(encoding="utf-8") != page:
                print(f"{name} is out of date: run python tools/make_docs.py")
                stale += 1
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(page, encoding="utf-8", newline="\n")
            print(f"wrote {name}")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
