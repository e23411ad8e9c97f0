"""Where paragraphs, sentences and words begin and end; every function gives offsets into the text it was given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

from newslab.resources import read_rows, read_words

Span = tuple[int, int]

REMEMBERED = 8

# A word is letters and digits, joined by an apostrophe, hyphen, full stop or ampersand within it (U.S, al-Quds, AT&T),
# or by the comma of a number (4,000).
WORD = re.compile(r"[^\W_]+(?:(?:['’.&\-‐‑]|(?<=\d),(?=\d{3}(?!\d)))[^\W_]+)*")

LINE = re.compile(r"[^\n\r\u2028\u2029]+")
LINE_BREAK = re.compile(r"\r\n|[\n\r\u2028\u2029]")
BULLET = re.compile(r"(?<=[.!?:;)\"”]\n)(?:[-*•·‣▪–—]|\d{1,2}[.)]|\(?\w\))\s")
# A text is broken at a column where a few lines at least show it; a column is about as wide as a screen or a page.
FEWEST_BREAKS, NARROWEST, WIDEST = 3, 30, 120

END_MARKS = (".", "!", "?", "…")
QUOTES = "\"'”’»›"
OPENERS = "\"'“‘’„«‹`([{*_¿¡•·‣▪"
# What may end a sentence: marks, what closes after them, and a blank, which Chinese and Japanese do without. The looks
# behind and the possessive quantifiers keep a run of a thousand stops from being read a thousand times.
END = re.compile(
    rf"(?<![.!?…؟।])(?P<marks>[.!?…؟।]++)(?P<closers>[{QUOTES})\]}}*_]*+)(?=\s)"
    r"|(?<=[a-z][a-z])(?P<glued>[.!?])(?=(?:[A-Z][a-z'’]+|[AI])\s)"
    r"|(?<![。！？])(?P<wide>[。！？]++[」』”’）]*+)",
)
NEXT = re.compile(
    rf"\s+(?P<dash>[-–—]+\s*)?(?P<open>(?:[{re.escape(OPENERS)}] ?)*)(?P<word>[^\W_]+(?:['’&-][^\W_]+)*|[$£€¥₹#@])?"
)
CHUNK = re.compile(r"[^\s\-–—/(\[\"“]*$")
LONGEST_CHUNK = 40
SINGLE_LETTERS = re.compile(r"(?:[^\W\d_]{1,2}\.)*[^\W\d_]|(?:[^\W\d_]\.)+[^\W\d_]{2}")
ENUMERATOR = re.compile(r"\d{1,2}|[A-Za-z]|[ivxIVX]{1,4}")
ADDRESS = re.compile(r"www\.|://|@")
# A word that begins small although it may begin a sentence: iPhone, al-Quds.
MIXED_CASE = re.compile(r"[a-z]+-?[A-Z]")
AFTER_A_TIME = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
    r"|[A-Z]{1,3}[DS]?T|UTC|Eastern|Central|Mountain|Pacific|Atlantic|Local"
)
NAMES = re.compile(r"(?:[A-Z][\w.'’-]*\s+){1,5}([a-z]+)")
LONGEST_NAMES = 80


def same_text(text: str) -> str:
    """What is equal where two texts are the same but for white space: the ends of lines and paragraphs are blanks."""
    return " ".join(text.split())


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of a text as ``(start, end)``, outer blanks left out.

    A line break ends a paragraph, unless the text is broken into lines at a column, as mails and old archives are:
    there a blank line does, or a line that ends although the next word had room in it.
    """
    return list(_paragraphs(text))


# Every room asks where the paragraphs and sentences of the same text are: those of the last few are remembered.
@lru_cache(maxsize=REMEMBERED)
def _paragraphs(text: str) -> tuple[Span, ...]:
    lines = [span for match in LINE.finditer(text) if (span := _trim(text, *match.span()))[0] < span[1]]
    column = _column(text, lines)
    found: list[Span] = []
    for i, (start, end) in enumerate(lines):
        if column and i and _goes_on(text, lines[i - 1], start, column):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)


def sentences(text: str) -> list[Span]:
    """The sentences of a text as ``(start, end)``, in order; no sentence runs over the end of a paragraph.

    A sentence ends at a full stop, question or exclamation mark, with the quotation marks and brackets that close
    there, before a word that may begin one. Whether the stop of an abbreviation ends it is said in
    ``abbreviations.txt``, and where it may do both the next word decides, by ``sentence_starters.txt``. Kiss and
    Strunk 2006 (Computational Linguistics 32(4), pages 485-525), the method that nltk calls Punkt, learn such lists
    from much text; here they are files that can be read and edited.
    """
    return list(_sentences(text))


@lru_cache(maxsize=REMEMBERED)
def _sentences(text: str) -> tuple[Span, ...]:
    found: list[Span] = []
    for start, end in _paragraphs(text):
        begin = start
        for stop in _ends(text, start, end):
            found.append(_trim(text, begin, stop))
            begin = stop
        found.append(_trim(text, begin, end))
    return tuple(found)


def words(text: str) -> list[Span]:
    """The words of a text as ``(start, end)``: letters and digits, with what joins them inside a word."""
    return [match.span() for match in WORD.finditer(text)]


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _column(text: str, lines: list[Span]) -> int:
    """The column at which a text is broken into lines, or 0 where its lines end for other reasons."""
    breaks = [
        (end - start, following, _first_word(text, following))
        for (start, end), (following, _) in pairwise(lines)
        if not _is_blank_line_between(text, end, following)
    ]
    if len(breaks) < FEWEST_BREAKS:
        return 0
    column = sorted(length for length, _, _ in breaks)[len(breaks) * 9 // 10]
    full = sum(length + 1 + word > column for length, _, word in breaks)
    small = sum(text[following].islower() for _, following, _ in breaks)
    is_broken = NARROWEST <= column <= WIDEST and full > 0.6 * len(breaks) and small > 0.3 * len(breaks)
    return column if is_broken else 0


def _goes_on(text: str, line: Span, following: int, column: int) -> bool:
    """Whether the next line belongs to the paragraph of ``line``: its first word had no room in it."""
    start, end = line
    if _is_blank_line_between(text, end, following) or BULLET.match(text, following):
        return False
    return end - start + 1 + _first_word(text, following) > column


def _is_blank_line_between(text: str, end: int, following: int) -> bool:
    return len(LINE_BREAK.findall(text, end, following)) > 1


def _first_word(text: str, start: int) -> int:
    return len(text[start : start + WIDEST].split(None, 1)[0])


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    """Where sentences end inside a paragraph, the paragraph's own end left out."""
    last_word = end
    while last_word > start and not text[last_word - 1].isalnum():
        last_word -= 1
    is_small = text[start:end].islower()
    begin = start
    for match in END.finditer(text, start, last_word):
        if _is_end(text, begin, end, match, is_small):
            yield match.end()
            begin = match.end()


def _is_end(text: str, begin: int, end: int, match: re.Match[str], is_small: bool) -> bool:
    """Whether the sentence that begins at ``begin`` ends at the marks of ``match``."""
    if match["wide"]:
        return True
    before = text[max(begin, match.start() - LONGEST_CHUNK) : match.start()]
    chunk = before[CHUNK.search(before).start() :].lstrip("'‘’")  # type: ignore[union-attr]
    if match["glued"]:
        return _kind(chunk) is None and not ADDRESS.search(before.split()[-1])
    following = NEXT.match(text, match.end(), end)
    if following is None or not (is_small or _may_begin(following["word"])):
        return False
    quoted = any(mark in QUOTES for mark in match["closers"])
    if quoted and following["dash"] and not _is_starter(text, following):
        return False
    marks = match["marks"]
    if marks.strip(".…"):
        return _kind(chunk + marks) is None and not (quoted and _is_asked(text, following))
    if marks != ".":
        return bool(chunk) or quoted or before.rstrip()[-1:] in END_MARKS or _is_starter(text, following)
    if ENUMERATOR.fullmatch(chunk) and match.start() - begin <= len(chunk) + 2:
        return False
    return _ends_after(_kind(chunk), quoted, text, following)


def _ends_after(kind: str | None, quoted: bool, text: str, following: re.Match[str]) -> bool:
    """Whether one full stop after an abbreviation of this kind, or after a plain word, ends the sentence."""
    # A sentence may begin with a mark alone.
    word = following["word"] or " "
    if kind is None:
        return True
    if kind == "number":
        return not word[0].isdigit()
    if kind == "time":
        return not word[0].isdigit() and not AFTER_A_TIME.fullmatch(word)
    if kind == "maybe":
        return not following["dash"] and (quoted or _opens_quote(following) or _is_starter(text, following))
    return False


def _may_begin(word: str | None) -> bool:
    return word is not None and (not word[0].islower() or MIXED_CASE.match(word) is not None)


def _opens_quote(following: re.Match[str]) -> bool:
    return any(mark in "\"'“‘„«" for mark in following["open"])


def _is_starter(text: str, following: re.Match[str]) -> bool:
    word = following["word"]
    if word is None:
        return False
    if len(word) == 1 and text[following.end() : following.end() + 1] == ".":
        return False
    return re.split("['’]", word.lower())[0] in _starters()


def _is_asked(text: str, following: re.Match[str]) -> bool:
    """Whether a name and a verb of asking follow a quoted question: "Why now?" Renner asked."""
    names = NAMES.match(text, following.start("word"), following.start("word") + LONGEST_NAMES)
    return names is not None and names[1] in _asking() and not _is_starter(text, following)


def _kind(chunk: str) -> str | None:
    """What kind of abbreviation a word before a full stop is; None for a plain word."""
    kind = _abbreviations().get(chunk) or _abbreviations().get(chunk.lower())
    if kind is None and SINGLE_LETTERS.fullmatch(chunk):
        return "maybe"
    return kind


@cache
def _abbreviations() -> dict[str, str]:
    kinds = {row["abbreviation"]: row["kind"] for row in read_rows("abbreviations.txt")}
    return kinds | {entry.upper(): kind for entry, kind in kinds.items()}


@cache
def _starters() -> frozenset[str]:
    return frozenset(read_words("sentence_starters.txt"))


@cache
def _asking() -> frozenset[str]:
    return frozenset(read_words("asking_verbs.txt"))
