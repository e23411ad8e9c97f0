"""Links, anchors and pictures in every page of prose and in every lesson lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parent.parent
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("notebooks/*.ipynb"), ROOT / "data" / "README.md"]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)[^)]*\)|<img[^>]* src=\"([^\"]+)\"")


def prose(path: Path) -> str:
    """The words of a page, without its code."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        cells = nbformat.reads(text, as_version=4).cells
        text = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    for link in ("".join(found) for found in LINK.findall(prose(path))):
        if re.match(r"\w+:", link):
            continue
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), link
        assert ROOT in target.parents, link
        if anchor and target.suffix == ".md":
            assert anchor in anchors(target), link


def test_glossary_entries_stand_in_order_and_are_used() -> None:
    glossary = ROOT / "docs" / "glossary.md"
    terms = re.findall(r"^## (.+)$", glossary.read_text(encoding="utf-8"), re.MULTILINE)
    assert terms == sorted(terms, key=str.lower) and len(terms) == len(set(terms))
    assert all("glossary.md#" in prose(path) for path in (ROOT / "notebooks").glob("*.ipynb"))


def test_the_figures_of_lesson_08_are_those_of_the_readme() -> None:
    table = (ROOT / "README.md").read_text(encoding="utf-8").split("<!-- accuracy")[1].split("<!-- /accuracy")[0]
    lesson = prose(ROOT / "notebooks" / "08_how_far_to_trust_it.ipynb").split("## The figures")[1].split("\n## ")[0]
    ours, theirs = ([row.split("|") for row in text.splitlines() if row.startswith("|")] for text in (table, lesson))
    assert [cell.strip() for cell in ours[0][3:5]] == [cell.strip() for cell in theirs[0][3:5]]
    assert [cell.strip() for cell in ours[0][3:5]] == ["measured", "kept apart"]
    assert len(ours) == 10 and len(theirs) > 6
    assert all(row[3:5] in [other[3:5] for other in ours] for row in theirs)
    # What the text below the table compares stands in one of its rows.
    first, second = re.findall(r"compare (\d+[.]\d) with (\d+[.]\d)", lesson)[0]
    assert [first, second] in [[cell.strip() for cell in row[3:5]] for row in theirs]
