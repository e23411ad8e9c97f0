"""How many syllables a number has when it is read aloud: 2014, 4,000, 3.5, 21st, 1980s."""

from __future__ import annotations

import re
import unicodedata

NUMBER = re.compile(r"(?P<whole>\d+(?:,\d{3})*)(?:\.(?P<decimals>\d+))?(?P<ending>st|nd|rd|th|s)?", re.IGNORECASE)
# zero to nineteen, then twenty, thirty and so on to ninety
SMALL = (2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 2, 2, 2, 2, 3, 2, 2)
TENS = (0, 0, 2, 2, 2, 2, 2, 3, 2, 2)
HUNDRED = THOUSAND = MILLION = 2  # billion and trillion have two as well
POINT = OH = 1
MOST_DIGITS = 15


def count_number_syllables(text: str) -> int | None:
    """How many syllables a number has when it is read aloud; None where the text is no number.

    Four digits from 1100 to 2099 are read as a year (twenty fourteen), save 2000 to 2009; a number of more than 15
    digits is read digit by digit.
    """
    match = NUMBER.fullmatch(text)
    if match is None:
        return None
    digits = match["whole"].replace(",", "")
    decimals = match["decimals"] or ""
    if len(digits) > MOST_DIGITS:
        return _spell(digits) + bool(decimals) * POINT + _spell(decimals)
    number = int(digits)
    is_year = len(match["whole"]) == 4 and 1100 <= number < 2100 and not 2000 <= number < 2010 and not decimals
    syllables = _count_year(number) if is_year else _count(number)
    if decimals:
        syllables += POINT + _spell(decimals)
    return syllables + _count_ordinal(number, match["ending"])


def _count(number: int) -> int:
    if number < 20:
        return SMALL[number]
    if number < 100:
        return TENS[number // 10] + (SMALL[number % 10] if number % 10 else 0)
    if number < 1000:
        return SMALL[number // 100] + HUNDRED + (_count(number % 100) if number % 100 else 0)
    scale = 1000 ** ((len(str(number)) - 1) // 3)
    rest = number % scale
    return _count(number // scale) + THOUSAND + (_count(rest) if rest else 0)


def _count_year(year: int) -> int:
    century, rest = divmod(year, 100)
    if rest == 0:
        return _count(century) + HUNDRED
    return _count(century) + (OH if rest < 10 else 0) + _count(rest)


def _count_ordinal(number: int, ending: str | None) -> int:
    """What the ending of an ordinal adds: twentieth has one more than twenty, second one more than two."""
    if ending is None or ending.lower() == "s":
        return 0
    last_two = number % 100
    return int((last_two >= 20 and last_two % 10 == 0) or (last_two % 10 == 2 and last_two != 12))


def _spell(digits: str) -> int:
    return sum(SMALL[unicodedata.digit(digit)] for digit in digits)
