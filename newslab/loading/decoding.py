"""From bytes to characters: which encoding a file is in, and whether it is text at all."""

from __future__ import annotations

import codecs
import re

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
NEXT_STEP = "Save it as plain text, or give it the ending of its kind"
CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# Text has hardly any control characters; bytes that are not text have one in ten.
MOST_CONTROLS = 0.02
# So much is looked at for a guess: enough for any alphabet, and the same time for every size.
SAMPLE = 50_000
# So large a share of broken characters beyond ASCII is a damaged UTF-8 file; a larger one is another encoding, since
# in no other do letters form whole characters of UTF-8 but by chance.
MOST_BROKEN = 0.4

Decoded = tuple[str, list[str]]


def decode(data: bytes, source: str, declared: str | None = None) -> Decoded:
    """The characters of a file, and warnings where its encoding had to be guessed or was damaged.

    In order: a byte order mark, UTF-16 without a mark, UTF-8, the declared encoding, charset-normalizer's guess.
    Valid UTF-8 goes before a declaration: declarations are wrong far more often than other bytes are valid UTF-8.
    Raises ``LoadError`` where the bytes are not text.
    """
    for signature, kind in SIGNATURES.items():
        if data.startswith(signature):
            raise LoadError(source, f"it is {kind}, not text", NEXT_STEP)
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _checked(data[len(mark) :].decode(encoding, "replace"), source), []
    for known in (_utf16(data), "utf-8", declared):
        text = _try(data, known) if known else None
        if text is not None:
            return _checked(text, source), []
    return _guess(data, source)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        name = codecs.lookup(encoding).name
        # Pages declare Latin-1 and mean Windows-1252, as browsers know.
        return data.decode("cp1252" if name in ("iso8859-1", "ascii") else name)
    except (LookupError, UnicodeError):
        return None


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a mark, told by the zero byte in every pair that Latin letters have."""
    sample = data[:SAMPLE]
    half = max(len(sample) // 2, 1)
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if sample[offset::2].count(0) / half > 0.6 and sample[1 - offset :: 2].count(0) / half < 0.05:
            return encoding
    return None


def _guess(data: bytes, source: str) -> Decoded:
    from charset_normalizer import from_bytes

    text = data.decode("utf-8", "replace")
    broken, beyond = text.count("\ufffd"), sum(char > "\x7f" for char in text)
    if broken <= MOST_BROKEN * beyond:
        return _checked(text, source), [f"{broken} damaged characters stand as \ufffd"]
    guesses = from_bytes(_telling(data))
    best = guesses.best()
    names = {name for guess in guesses for name in (guess.encoding, *guess.could_be_from_charset)}
    # Of the single-byte encodings that a text may be in, Windows-1252 is by far the most used for English.
    encoding = "cp1252" if best is None or "cp1252" in names else best.encoding
    text = _checked(data.decode(encoding, "replace"), source)
    return text, [f"its encoding was guessed: {encoding}"]


def _telling(data: bytes) -> bytes:
    """A piece of the data that holds bytes beyond ASCII, which are what tells encodings apart."""
    first = next((index for index, byte in enumerate(data) if byte > 127), 0)
    start = max(first - SAMPLE // 2, 0)
    return data[start : start + SAMPLE]


def _checked(text: str, source: str) -> str:
    sample = text[:SAMPLE]
    if len(CONTROLS.findall(sample)) > 2 + MOST_CONTROLS * len(sample):
        raise LoadError(source, "it is not text", NEXT_STEP)
    return text
