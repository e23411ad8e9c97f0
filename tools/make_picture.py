"""Makes docs/report.png, the picture in the README: who speaks and the first quotes, in a real report as
Chromium shows it.

    python tools/make_picture.py

Run it where the report's looks have changed. It needs the development packages and Chromium, Chrome or Edge.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from browser import browser, visit  # noqa: E402

import newslab as nl  # noqa: E402

SOURCE = ROOT / "data" / "article.txt"
PICTURE = ROOT / "docs" / "report.png"
WIDTH, HEIGHT = 960, 1000  # pixels
BEGINS_WITH = "The voices"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "story.html"
        nl.build_report(nl.analyze(nl.load(SOURCE)), page)
        with browser() as chromium, visit(chromium, page, width=WIDTH) as seen:
            heading = seen.page.get_by_role("heading", name=BEGINS_WITH, exact=True)
            top = seen.page.evaluate(
                "(node) => node.getBoundingClientRect().top + scrollY - 24", heading.element_handle()
            )
            clip = {"x": 0, "y": top, "width": WIDTH, "height": HEIGHT}
            seen.page.screenshot(path=str(PICTURE), full_page=True, clip=clip)
    print(f"Wrote {PICTURE.relative_to(ROOT)}, {PICTURE.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
