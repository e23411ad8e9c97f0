"""Pages of notebooks, and pages on paper.

`python -m newslab.report NOTEBOOKS_FOLDER OUT_FOLDER`: every notebook of a folder as a page, with an index.
`python -m newslab.report --print PAGE...`: pages that newslab made as PDF, each beside its page.
"""

from __future__ import annotations

import sys
from pathlib import Path

from newslab.errors import NewslabError
from newslab.report.quick import import_jsonschema

USAGE = """usage: python -m newslab.report NOTEBOOKS_FOLDER OUT_FOLDER
       python -m newslab.report --print PAGE..."""


def main(arguments: list[str]) -> int:
    """Make the pages or print them; 0 where all went well, 2 with one line on stderr where not."""
    printing = arguments[:1] == ["--print"] and len(arguments) > 1
    if not printing and (len(arguments) != 2 or arguments[0].startswith("-")):
        print(USAGE, file=sys.stderr)
        return 2
    import_jsonschema()
    from newslab.report import build_pages, print_pages  # after it, since they import jsonschema

    try:
        if printing:
            for printed in print_pages([Path(page) for page in arguments[1:]]):
                print(printed, flush=True)
        else:
            print(build_pages(*arguments)[0])
    except NewslabError as error:
        print(f"newslab: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
