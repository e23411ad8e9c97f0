"""HTML from cells made safe and readable: what could run, load or cover the page is taken out, tables are set well.

Cells show what an article says, and an article may come from anywhere. An allow list keeps the tags and attributes
that text and tables need (nh3, the Ammonia sanitizer); the page's Content-Security-Policy is the second wall.
"""

from __future__ import annotations

import re

import nh3
from lxml import etree, html
from lxml.html import HtmlElement

TAGS = nh3.ALLOWED_TAGS | {"section", "main", "tfoot", "mark", "dl", "dt", "dd"}
ANY_TAG = {"class", "id", "title", "lang", "dir", "style", "role", "tabindex", "hidden"}
ANY_TAG |= {"aria-label", "aria-hidden", "data-sort"}
ATTRIBUTES = {**nh3.ALLOWED_ATTRIBUTES, "*": ANY_TAG, "details": {"open"}, "time": {"datetime"}}
# No position, transform, float, z-index or url(): nothing may lie over the page or call out.
STYLES = {
    "background",
    "background-color",
    "color",
    "display",
    "line-height",
    "list-style",
    "opacity",
    "vertical-align",
    "white-space",
}
STYLES |= {
    f"border-{part}" for part in ("bottom", "collapse", "color", "left", "radius", "right", "style", "top", "width")
}
STYLES |= {f"font-{part}" for part in ("family", "size", "style", "variant", "weight")}
STYLES |= {f"{box}{side}" for box in ("margin", "padding") for side in ("", "-bottom", "-left", "-right", "-top")}
STYLES |= {f"text-decoration{part}" for part in ("", "-color", "-line", "-style", "-thickness")}
STYLES |= {"border", "border-bottom-color", "box-decoration-break", "max-width", "min-width", "overflow-wrap"}
STYLES |= {"text-align", "text-indent", "text-underline-offset", "user-select", "width"}
CALLING = re.compile(r"url|image|[\\@]|/\*|expression", re.IGNORECASE)
IMAGE = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml)[;,]", re.IGNORECASE)
NUMBER = re.compile(r"[-+−–]?\d[\d,.\u202f\u00a0 ]*%?|<NA>|NaN|None|\.\.\.|–|")
LONG = 40  # characters in a cell of running text: its column must not become as narrow as its longest word
DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?|<NA>|NaT|None|–|")
UNKNOWN = {"<NA>", "NaN", "None", "NaT"}
# Characters that no page may hold, and those that turn the reading direction of everything after them.
TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
BROKEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean_text(text: str) -> str:
    """Text that any page can hold: characters that are none become �, those that turn the reading direction go."""
    return BROKEN.sub("\ufffd", text.translate(TURNING))


def clean_html(fragment: str) -> str:
    """The fragment with its text and tables, without anything that runs, loads or lies over the page."""
    return nh3.clean(
        _dress(clean_text(fragment)),
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_keep_attribute,
        url_schemes={"http", "https", "mailto", "data"},
        filter_style_properties=STYLES,
    )


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    if name == "src":
        return value if IMAGE.match(value) else None
    if name == "style":
        return None if CALLING.search(value) else value
    if name == "cite" or (name == "href" and value.lower().startswith("data:")):
        return None
    if name == "href" and "://" not in value:
        return re.sub(r"\.ipynb(?=$|#)", ".html", value)
    return value


def _dress(fragment: str) -> str:
    """Headings get an anchor, images a description, tables a box to scroll in and their numbers a class."""
    if not re.search(r"<(?:table|h[1-6]|img)\b", fragment, re.IGNORECASE):
        return fragment
    try:
        root = html.fragment_fromstring(fragment, create_parent="div")
    except etree.ParserError:
        return fragment
    for heading in root.iter("h1", "h2", "h3", "h4"):
        heading.set("id", heading.get("id") or slug(heading.text_content()))
    for image in list(root.iter("img")):
        image.set("alt", image.get("alt") or "")
        if not IMAGE.match(image.get("src") or ""):
            image.drop_tree()
    for table in list(root.iter("table")):
        _dress_table(table)
    text = html.tostring(root, encoding="unicode")
    return text.removeprefix("<div>").removesuffix("</div>")


def _dress_table(table: HtmlElement) -> None:
    table.attrib.pop("border", None)
    heads = [row for head in table.iter("thead") for row in head.iter("tr")]
    rows = [cells for row in table.iter("tr") if row not in heads and (cells := row.findall("td"))]
    width = max(map(len, rows), default=0)
    even = [row for row in rows if len(row) == width]
    for column in range(width):
        cells = [row[column] for row in even]
        words = [cell.text_content().strip() for cell in cells]
        if any(word.strip("–") for word in words) and all(NUMBER.fullmatch(word) for word in words):
            for cell in [*cells, *_cells_over(heads, column - width)]:
                _add_class(cell, "number")
        elif any(word[:1].isdigit() for word in words) and all(DATE.fullmatch(word) for word in words):
            for cell in cells:
                _add_class(cell, "date")
        elif max(map(len, words), default=0) > LONG:
            for cell in cells:
                _add_class(cell, "running")
        for cell, word in zip(cells, words, strict=True):
            if word in UNKNOWN:
                _add_class(cell, "unknown")
    for cell in (cell for head in heads for cell in head if not cell.text_content().strip()):
        cell.tag = "td"
    box = html.Element("div", {"class": "table"})
    parent = table.getparent()
    if parent is not None:
        box.tail, table.tail = table.tail, None
        parent.replace(table, box)
        box.append(table)


def _cells_over(heads: list[HtmlElement], column: int) -> list[HtmlElement]:
    """The head cells over a column that is counted from the right, since an index adds columns at the left."""
    return [cells[column] for head in heads if len(cells := list(head)) >= -column]


def _add_class(element: HtmlElement, name: str) -> None:
    element.set("class", f"{element.get('class', '')} {name}".strip())


def slug(text: str, *, longest: int = 60) -> str:
    """A name for a file or an anchor made from a title: small letters, digits and hyphens."""
    name = re.sub(r"[^\w]+", "-", text.casefold().replace("'", "").replace("’", "")).strip("-_")
    if len(name) > longest:
        name = name[:longest].rsplit("-", 1)[0] if "-" in name[:longest] else name[:longest]
    return name or "untitled"
