"""What ``load`` does to every text: mojibake, line ends, blanks, and characters that nobody sees."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from email.utils import parsedate_to_datetime

RETURNS = re.compile(r"\r\n?")
LINE_ENDS = re.compile(r"[\x0b\x0c\x1e\x85\u2028\u2029]")
# Control characters, the marks that turn the direction of writing, soft hyphens and marks of no width. The joiners
# within emoji and Persian words (U+200C, U+200D) stay.
UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb]")
BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
SURROGATES = re.compile("[\ud800-\udfff]")
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
ISO_DAY = re.compile(r"\s*(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?!\d)")
WRITTEN_DAYS = ("%d %B %Y", "%B %d %Y", "%d %b %Y", "%b %d %Y")


def repair(text: str) -> tuple[str, list[str]]:
    """A text with mojibake (``â€œ`` for ``“``) put right line by line, and a warning that says so; ligatures undone.

    Method: ftfy (Speer 2019), which changes a line only where it reads as UTF-8 that was decoded wrongly.
    """
    if not BEYOND_ASCII.search(text):
        return text, []
    from ftfy import fix_encoding
    from ftfy.fixes import fix_c1_controls, fix_latin_ligatures

    lines = RETURNS.sub("\n", text).split("\n")
    fixed = [fix_c1_controls(fix_encoding(line)) if BEYOND_ASCII.search(line) else line for line in lines]
    changed = sum(old != new for old, new in zip(lines, fixed, strict=True))
    warnings = [f"wrongly decoded characters were put right in {changed} lines (mojibake)"] if changed else []
    return fix_latin_ligatures("\n".join(fixed)), warnings


def clean(text: str) -> str:
    """A text as a reader sees it: one kind of line end and of blank, no unseen characters, no blanks around it."""
    text = LINE_ENDS.sub("\n", RETURNS.sub("\n", text))
    text = SURROGATES.sub("\ufffd", BLANKS.sub(" ", UNSEEN.sub("", text)))
    text = unicodedata.normalize("NFC", text)
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def one_line(value: str | None) -> str | None:
    """A title or a name in one cleaned line, ``None`` where nothing is left."""
    return " ".join(clean(value or "").split()) or None


def read_date(value: object) -> str | None:
    """A date in ISO form from what a page or a table states, ``None`` where its day is not plain.

    The day is taken as written, without a change of time zone. ``05/01/2020`` may be January or May: ``None``.
    """
    if isinstance(value, date):
        return str(value)[:10] if value == value else None
    text = str(value).strip()[:60]
    if match := ISO_DAY.match(text):
        found = "-".join(match.groups())
        return found if is_date(found) else None
    for form in WRITTEN_DAYS:
        try:
            return datetime.strptime(text.replace(",", ""), form).date().isoformat()
        except ValueError:
            continue
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return None


def is_date(value: str) -> bool:
    """Whether ``value`` is a day of the calendar in ISO form, ``2020-01-05``."""
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
