"""From bytes to characters: which encoding a file is in, and whether it is text at all."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from io import BytesIO, TextIOWrapper
from itertools import chain
from typing import BinaryIO, NamedTuple

from newslab.errors import LoadError

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What a file of another kind begins with, so that the error can say what it is.
SIGNATURES = {
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a zip archive or an Office document",
    b"\x1f\x8b": "a gzip archive",
    b"PAR1": "a Parquet table",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"{\\rtf": "an RTF document",
    b"\x7fELF": "a program",
}
# Pages declare Latin-1 and mean Windows-1252, as browsers know; without a mark, UTF-16 is taken for the usual one.
MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
NEXT_STEP = "Save it as plain text, or give it the ending of its kind"
BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# Text has hardly any control characters; bytes that are not text have one in ten.
MOST_CONTROLS = 0.02
# So much is looked at for a guess: enough for any alphabet, and the same time for every size.
SAMPLE = 50_000
# So large a share of broken characters beyond ASCII is a damaged UTF-8 file; a larger one is another encoding, since
# in no other do letters form whole characters of UTF-8 but by chance.
MOST_BROKEN = 0.4
PIECE = 1 << 20

Decoded = tuple[str, list[str]]
# What opens a source from its beginning, as often as it is called.
Open = Callable[[], BinaryIO]


class Encoding(NamedTuple):
    """How a source's bytes become characters: after ``start`` bytes of mark, by the codec ``name``, with warnings."""

    name: str
    start: int = 0
    notes: tuple[str, ...] = ()


def decode(data: bytes, source: str, declared: str | None = None) -> Decoded:
    """The characters of a file, and warnings where its encoding had to be guessed or was damaged.

    Raises ``LoadError`` where the bytes are not text.
    """
    found = find_encoding(lambda: BytesIO(data), source, declared)
    return data[found.start :].decode(found.name, "replace"), list(found.notes)


def open_text(opens: Open, encoding: Encoding, newline: str) -> TextIOWrapper:
    """A source's characters, to be read line by line; what is damaged stands as a sign, as in ``decode``."""
    file = opens()
    file.seek(encoding.start)
    return TextIOWrapper(file, encoding.name, "replace", newline)


def find_encoding(opens: Open, source: str, declared: str | None = None) -> Encoding:
    """Which encoding a source is in, found out piece by piece, so that it may be larger than the memory.

    In order: a byte order mark, UTF-16 without a mark, UTF-8, the declared encoding, charset-normalizer's guess.
    Valid UTF-8 goes before a declaration: declarations are wrong far more often than other bytes are valid UTF-8.
    Raises ``LoadError`` where the bytes are not text.
    """
    with opens() as file:
        # No encoding has characters of more than four bytes, so this holds the sample of characters.
        head = file.read(4 * (SAMPLE + 1))
    for signature, kind in SIGNATURES.items():
        if head.startswith(signature):
            raise LoadError(source, f"it is {kind}, not text", NEXT_STEP)
    for mark, encoding in BOMS:
        if head.startswith(mark):
            return _checked(Encoding(encoding, len(mark)), head, source)
    for known in (_utf16(head), "utf-8", declared):
        name = _valid(opens, known) if known else None
        if name is not None:
            return _checked(Encoding(name), head, source)
    return _checked(_guess(opens), head, source)


def _pieces(opens: Open) -> Iterator[bytes]:
    with opens() as file:
        while piece := file.read(PIECE):
            yield piece


def _valid(opens: Open, encoding: str) -> str | None:
    """The codec's name where all bytes are valid in it."""
    try:
        name = codecs.lookup(encoding).name
        name = MEANT.get(name, name)
        b"a".decode(name, "replace")  # which is an error for codecs that make no text
        decoder = codecs.getincrementaldecoder(name)()
        for piece in _pieces(opens):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except (LookupError, UnicodeError):
        return None
    return name


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a mark, told by the zero byte in every pair that Latin letters have."""
    sample = data[:SAMPLE]
    half = max(len(sample) // 2, 1)
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if sample[offset::2].count(0) / half > 0.6 and sample[1 - offset :: 2].count(0) / half < 0.05:
            return encoding
    return None


def _guess(opens: Open) -> Encoding:
    from charset_normalizer import from_bytes

    broken, beyond = _count_broken(opens)
    if broken <= MOST_BROKEN * beyond:
        return Encoding("utf-8", notes=(f"{broken} damaged characters stand as \ufffd",))
    guesses = from_bytes(_telling(opens))
    best = guesses.best()
    names = {name for guess in guesses for name in (guess.encoding, *guess.could_be_from_charset)}
    # Of the single-byte encodings that a text may be in, Windows-1252 is by far the most used for English.
    encoding = "cp1252" if best is None or "cp1252" in names else best.encoding
    return Encoding(encoding, notes=(f"its encoding was guessed: {encoding}",))


def _count_broken(opens: Open) -> tuple[int, int]:
    """How many characters are broken if it is UTF-8, and how many are beyond ASCII."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    broken = beyond = 0
    for piece in chain(_pieces(opens), [b""]):
        text = decoder.decode(piece, final=not piece)
        broken += text.count("\ufffd")
        beyond += len(text) - len(text.encode("ascii", "ignore"))
    return broken, beyond


def _telling(opens: Open) -> bytes:
    """A piece of the data that holds bytes beyond ASCII, which are what tells encodings apart."""
    place = 0
    for piece in _pieces(opens):
        if beyond := BEYOND_ASCII.search(piece):
            place += beyond.start()
            break
        place += len(piece)
    with opens() as file:
        file.seek(max(place - SAMPLE // 2, 0))
        return file.read(SAMPLE)


def _checked(encoding: Encoding, head: bytes, source: str) -> Encoding:
    sample = head[encoding.start :].decode(encoding.name, "replace")[:SAMPLE]
    if len(CONTROLS.findall(sample)) > 2 + MOST_CONTROLS * len(sample):
        raise LoadError(source, "it is not text", NEXT_STEP)
    return encoding
