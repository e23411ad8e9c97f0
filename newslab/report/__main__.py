"""`python -m newslab.report NOTEBOOKS_FOLDER OUT_FOLDER`: every notebook of a folder as a page, with an index."""

from __future__ import annotations

import sys

from newslab.errors import NewslabError
from newslab.report import build_pages


def main(arguments: list[str]) -> int:
    """Make the pages; 0 where all went well, 2 with one line on stderr where not."""
    if len(arguments) != 2:
        print("usage: python -m newslab.report NOTEBOOKS_FOLDER OUT_FOLDER", file=sys.stderr)
        return 2
    try:
        pages = build_pages(*arguments)
    except NewslabError as error:
        print(f"newslab: {error}", file=sys.stderr)
        return 2
    print(pages[0])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
