"""Pages of notebooks, and pages on paper.

`python -m newslab.report NOTEBOOKS_FOLDER OUT_FOLDER [ARTICLE]`: every notebook of a folder as a page, with an index;
before them the report of an article, where one is named.
`python -m newslab.report --print PAGE...`: pages that newslab made as PDF, each beside its page.
"""

from __future__ import annotations

import sys
from pathlib import Path

from newslab.errors import NewslabError
from newslab.report.quick import import_jsonschema

USAGE = """usage: python -m newslab.report NOTEBOOKS_FOLDER OUT_FOLDER [ARTICLE]
       python -m newslab.report --print PAGE..."""


def main(arguments: list[str]) -> int:
    """Make the pages or print them; 0 where all went well, 2 with one line on stderr where not."""
    printing = arguments[:1] == ["--print"] and len(arguments) > 1
    if not printing and (len(arguments) not in (2, 3) or arguments[0].startswith("-")):
        print(USAGE, file=sys.stderr)
        return 2
    import_jsonschema()
    from newslab.report import print_pages  # after it, since it imports jsonschema

    try:
        if printing:
            for printed in print_pages([Path(page) for page in arguments[1:]]):
                print(printed, flush=True)
        else:
            print(_build(*arguments))
    except NewslabError as error:
        print(f"newslab: {error}", file=sys.stderr)
        return 2
    return 0


def _build(notebooks: str, out: str, article: str | None = None) -> Path:
    """The index of the pages that are made."""
    from newslab.corpus import Corpus
    from newslab.report import build_pages, build_report

    if article is None:
        return build_pages(notebooks, out)[0]
    Path(out).mkdir(parents=True, exist_ok=True)
    report = build_report(Corpus.load(article), Path(out) / "report.html")
    return build_pages(notebooks, out, report=report)[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
