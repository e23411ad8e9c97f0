"""A saved web page: its story through trafilatura, and where its date was found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from lxml import etree
from lxml import html as lxml_html

from newslab.article import Article
from newslab.errors import LoadError
from newslab.loading.cleaning import clean, is_date, split_opening
from newslab.loading.decoding import decode
from newslab.loading.options import Options, check_cap

if TYPE_CHECKING:
    from trafilatura.settings import Document

CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
TAG = re.compile(r"<[a-zA-Z]")
DEEP = "Save the story's text as a .txt file and load that"
PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
# The names under which a page states when it was published, the plainest first.
DATE_METAS = (
    "article:published_time", "og:published_time", "datepublished", "date", "pubdate", "publishdate", "dc.date",
    "dc.date.issued", "dcterms.created", "dcterms.issued", "parsely-pub-date", "sailthru.date", "publication_date",
)  # fmt: skip
NUMERIC_DATE = re.compile(r"\s*(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?!\d)")
FEW_WORDS = 30


def read_page(data: bytes, source: str, options: Options, url: str | None = None) -> Article:
    """The story of a web page, without what stands around it; the headline is in ``title`` and not in the text."""
    page, warnings = decode(data, source, _declared_charset(data))
    tree = _parse(page, source, options)
    # trafilatura changes the tree it is given, so what is read from the page itself is read first.
    date, date_source = _find_date(tree)
    found = _extract(tree, url)
    if found is None or not clean(found.text or ""):
        raise LoadError(source, "no story was found in the page", DEEP)
    text, title = clean(found.text), _one_line(found.title)
    opening = split_opening(_without_title(text, title))
    if date is None and opening.date:
        date, date_source = opening.date, "text"
    if date is None and found.date and is_date(found.date):
        date, date_source = found.date, "guessed"
        warnings.append(f"the date {date} is a guess: the page does not say when it was published")
    if len(opening.text.split()) < FEW_WORDS:
        warnings.append("the page holds very little text: it may be behind a paywall")
    return Article(
        opening.text,
        title=title or opening.title,
        date=date,
        date_source=date_source,
        authors=[name for part in (found.author or "").split(";") if (name := _one_line(part))],
        source=source,
        outlet=_one_line(found.sitename),
        url=url or found.url,
        warnings=warnings,
    )


class _Depth:
    """Follows the parser without building a tree, and keeps how deep it went."""

    def __init__(self) -> None:
        self.depth = self.deepest = 0

    def start(self, tag: str, attrib: Mapping[str, str]) -> None:
        self.depth += 1
        self.deepest = max(self.deepest, self.depth)

    def end(self, tag: str) -> None:
        self.depth -= 1

    def close(self) -> int:
        return self.deepest


def _parse(page: str, source: str, options: Options) -> lxml_html.HtmlElement:
    check_cap(options, "max_elements", len(TAG.findall(page)), source)
    data = page.encode("utf-8", "replace")
    try:
        deepest = etree.fromstring(data, etree.HTMLParser(target=_Depth(), encoding="utf-8"))
        check_cap(options, "max_nesting", deepest, source, DEEP)
        return lxml_html.document_fromstring(data, lxml_html.HTMLParser(encoding="utf-8"), ensure_head_body=True)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise LoadError(source, "no story was found in the page", DEEP) from error


def _extract(tree: lxml_html.HtmlElement, url: str | None) -> Document | None:
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    found = bare_extraction(tree, url=url, include_comments=False, include_tables=False, with_metadata=True)
    return found if isinstance(found, Document) else None


def _declared_charset(data: bytes) -> str | None:
    match = CHARSET.search(data[:2048])
    return match[1].decode("ascii") if match else None


def _find_date(tree: lxml_html.HtmlElement) -> tuple[str | None, str | None]:
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        metas.setdefault(name.lower(), meta.get("content") or "")
    for name in DATE_METAS:
        if found := _read_date(metas.get(name, "")):
            return found, "meta"
    for script in tree.iter("script"):
        stated = PUBLISHED.search(script.text or "") if script.get("type") == "application/ld+json" else None
        if stated and (found := _read_date(stated[1])):
            return found, "json-ld"
    for element in tree.iter("time"):
        if found := _read_date(element.get("datetime") or ""):
            return found, "text"
    return None, None


def _read_date(value: str) -> str | None:
    """A stated date as ISO text; the day as the page writes it, without a change of time zone."""
    if match := NUMERIC_DATE.match(value):
        found = "-".join(match.groups())
        return found if is_date(found) else None
    try:
        return parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return None


def _one_line(value: str | None) -> str | None:
    return " ".join(clean(value or "").split()) or None


def _without_title(text: str, title: str | None) -> str:
    first, _, rest = text.partition("\n")
    return rest.strip() if title and rest.strip() and _letters(first) == _letters(title) else text


def _letters(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())
