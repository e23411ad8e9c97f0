"""A saved web page: its story through trafilatura, and where its date was found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from lxml import etree
from lxml import html as lxml_html

from newslab.article import Article
from newslab.errors import LoadError
from newslab.loading.cleaning import clean, is_date, one_line, read_date
from newslab.loading.columns import KEEP_APART
from newslab.loading.decoding import decode
from newslab.loading.making import make_article
from newslab.loading.options import Options, check_cap
from newslab.loading.raw import Item, Raw, quiet

if TYPE_CHECKING:
    from trafilatura.settings import Document

CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
OWN_PAGE = re.compile(rb'<meta (?:name="generator" content="newslab|content="newslab" name="generator")')
LONG_BLANK = re.compile(r"\s{1000,}")
SAVE_TEXT = "Save the story's text as a .txt file and load that"
PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
# The names under which a page states when it was published, the plainest first.
DATE_METAS = (
    "article:published_time", "og:published_time", "datepublished", "date", "pubdate", "publishdate", "dc.date",
    "dc.date.issued", "dcterms.created", "dcterms.issued", "parsely-pub-date", "sailthru.date", "publication_date",
)  # fmt: skip
PAYWALL = re.compile(r'"isAccessibleForFree"\s*:\s*"?false', re.IGNORECASE)
FEW_WORDS = 30
LINKED_DATA = "application/ld+json"
LONGEST_DATA = 100_000
# A page may hold this many times the text of its story.
TEXT_AROUND = 2
# trafilatura's time grows faster than the number of elements; a page of news has one to five thousand.
LARGE_PAGE = 6_000
# How much is given to the parser at a time, how many attributes an element may have, all taken together, and how many
# times fewer words one tag may have than a page has elements.
PIECE = 32_768
ATTRIBUTES = 4
WORDS_IN_TAG = 10
# A guess of the date looks at every number of a page many times, and no attribute of use is longer than this.
LONGEST_GUESS = 100_000
LONGEST_ATTRIBUTE = 10_000
MOST_TIMES = 100


def read_page(raw: Raw, options: Options) -> Iterator[Item]:
    """The story of a web page, without what stands around it; the headline is in ``title`` and not in the text.

    Method: trafilatura (Barbaresi 2021). The date is what the page states; failing that, what trafilatura guesses,
    and then ``date_source`` is "guessed" and a warning says so.
    """
    if OWN_PAGE.search(raw.data[:2048]):
        raise LoadError(raw.source, "written by newslab: it is a report, not an article", KEEP_APART)
    page, warnings = decode(raw.data, raw.source, raw.charset or _declared_charset(raw.data))
    tree = _parse(page, raw.source, options)
    # trafilatura changes the tree it is given, so what is read from the page itself is read first.
    date, date_source = _find_date(tree)
    large, guess = _strip(tree, raw.source, options)
    try:
        found = _extract(tree, raw.url, large, guess)
    except Exception as error:
        # trafilatura raises whatever a strange page leads it to; for a reader of the message it is one case.
        raise LoadError(raw.source, "no story could be taken from the page", SAVE_TEXT) from error
    if found is None or not clean(found.text or ""):
        raise LoadError(raw.source, "no story was found in the page", SAVE_TEXT)
    article = make_article(
        found.text or "",
        raw.source,
        options,
        title=found.title,
        date=date,
        date_source=date_source,
        authors=[name for part in (found.author or "").split(";") if (name := one_line(part))],
        outlet=found.sitename,
        url=raw.url or found.url,
        warnings=warnings + _find_doubts(page, found.text or "", large),
    )
    yield _with_guess(article, found.date)


def _with_guess(article: Article, date: str | None) -> Article:
    if article.date or not date or not is_date(date):
        return article
    doubt = f"the date {date} is a guess: the page does not say when it was published"
    return replace(article, date=date, date_source="guessed", warnings=(*article.warnings, doubt))


def _find_doubts(page: str, text: str, large: bool) -> list[str]:
    doubts = ["the page is very large: all of its paragraphs were taken, not its story alone"] if large else []
    if len(text.split()) < FEW_WORDS:
        doubts.append("the page holds very little text: it may be behind a paywall")
    elif PAYWALL.search(page):
        doubts.append("the page says that only subscribers see all of it")
    return doubts


class _Size:
    """Follows the parser without building a tree, and keeps how deep it went and how much it met."""

    def __init__(self) -> None:
        self.depth = self.deepest = self.elements = self.attributes = self.parts = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.parts += 1
        self.elements += 1
        self.attributes += len(attributes)
        self.depth += 1
        self.deepest = max(self.deepest, self.depth)

    def end(self, tag: str) -> None:
        self.parts += 1
        self.depth -= 1

    def data(self, text: str) -> None:
        self.parts += 1

    def comment(self, text: str) -> None:
        self.parts += 1

    def close(self) -> None:
        """Nothing: what was kept is read from outside."""


def _parse(page: str, source: str, options: Options) -> lxml_html.HtmlElement:
    data = LONG_BLANK.sub(" ", page).encode("utf-8", "replace")
    try:
        _measure(data, source, options)
        return lxml_html.document_fromstring(
            data, lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True), ensure_head_body=True
        )
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise LoadError(source, "no story was found in the page", SAVE_TEXT) from error


def _measure(data: bytes, source: str, options: Options) -> None:
    """Hold a page to the caps while it is parsed, a piece at a time, before there is a tree of it."""
    size: Any = _Size()
    parser = etree.HTMLParser(target=size, encoding="utf-8")
    words = 0
    for start in range(0, len(data), PIECE):
        piece, before = data[start : start + PIECE], size.parts
        parser.feed(piece)
        # A tag that the parser has not come to the end of: its time grows with the square of its attributes.
        words = words + len(piece.split()) if size.parts == before else 0
        most = max(size.elements, size.attributes / ATTRIBUTES, words * WORDS_IN_TAG)
        check_cap(options, "max_elements", most, source)
        check_cap(options, "max_nesting", size.deepest, source)
    parser.close()
    check_cap(options, "max_elements", size.elements, source)
    check_cap(options, "max_nesting", size.deepest, source)


def _strip(tree: lxml_html.HtmlElement, source: str, options: Options) -> tuple[bool, bool]:
    """Take out what no reader sees, and say whether the page is very large, and whether a date may be guessed."""
    for element in list(tree.iter("script", "style", "template", "svg")):
        # Only what the page says of itself is of use, and no page says a hundred thousand characters.
        if element.get("type") != LINKED_DATA or len(element.text or "") > LONGEST_DATA:
            element.drop_tree()
    for element in tree.iter(etree.Element):
        for name in [name for name, value in element.attrib.items() if len(value) > LONGEST_ATTRIBUTE]:
            del element.attrib[name]
    size = sum(len(word) for text in tree.itertext() for word in text.split())
    check_cap(options, "max_characters", size / TEXT_AROUND, source)
    return sum(1 for _ in tree.iter()) > LARGE_PAGE, size < LONGEST_GUESS


def _extract(tree: lxml_html.HtmlElement, url: str | None, large: bool, guess: bool) -> Document | None:
    from trafilatura import bare_extraction, baseline
    from trafilatura.metadata import extract_metadata
    from trafilatura.settings import Document, set_date_params

    for name in ("trafilatura", "htmldate"):
        quiet(name)
    if large:
        found = extract_metadata(tree, default_url=url, extensive=False)
        found.text = baseline(tree)[1]
        return found
    extracted = bare_extraction(
        tree,
        url=url,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        date_extraction_params=set_date_params(extensive=guess),
    )
    return extracted if isinstance(extracted, Document) else None


def _declared_charset(data: bytes) -> str | None:
    match = CHARSET.search(data[:2048])
    return match[1].decode("ascii") if match else None


def _find_date(tree: lxml_html.HtmlElement) -> tuple[str | None, str | None]:
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        metas.setdefault(name.lower(), meta.get("content") or "")
    for name in DATE_METAS:
        if found := read_date(metas.get(name, "")):
            return found, "meta"
    for script in tree.iter("script"):
        stated = PUBLISHED.search(script.text or "") if script.get("type") == LINKED_DATA else None
        if stated and (found := read_date(stated[1])):
            return found, "json-ld"
    for element in islice(tree.iter("time"), MOST_TIMES):
        if found := read_date(element.get("datetime") or ""):
            return found, "text"
    return None, None
