"""Whatever the bytes are, a reader gives articles or says why not; whatever the text is, it is cleaned once."""

from __future__ import annotations

import gzip
import io
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslab.article import Article
from newslab.errors import LoadError
from newslab.loading import READERS
from newslab.loading.cleaning import clean
from newslab.loading.making import make_article
from newslab.loading.openings import split_opening
from newslab.loading.options import Options
from newslab.loading.raw import Raw
from newslab.loading.readers import read_raw

BODY = "The harbour will reopen on Monday. The mayor, Dana Whitlock, said the repairs had cost less than feared."
MARKUP = (
    "<div> </div> <p> <table> <td> <script> <!-- --> <![CDATA[ &#0; &lt; <meta charset=utf-7> <time <title> </title> "
    '<h1> <article> " datetime= \0 é'
)
HTML = st.lists(st.sampled_from([*MARKUP.split(), BODY]), max_size=60).map("".join)
CSV = st.lists(
    st.sampled_from(["text", "title", ",", ";", '"', '""', "\n", "\r", "\x00", BODY, "=1+1", "é"]), max_size=40
)


def read(data: bytes, suffix: str) -> list[Article | LoadError]:
    return list(read_raw(Raw(data, f"a{suffix}", suffix), Options()))


def check(items: list[Article | LoadError]) -> None:
    for item in items:
        if isinstance(item, Article):
            assert item.text and item.text == clean(item.text)
        else:
            assert item.reason and item.next_step and len(str(item).splitlines()) == 1


@pytest.mark.parametrize("suffix", READERS)
@settings(max_examples=8, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_get_an_answer(suffix: str, data: bytes) -> None:
    check(read(data, suffix))


@settings(max_examples=20, deadline=None)
@given(HTML)
def test_any_page_gets_an_answer(page: str) -> None:
    check(read(page.encode(), ".html"))


@settings(max_examples=100, deadline=None)
@given(CSV)
def test_any_table_gets_an_answer(cells: list[str]) -> None:
    check(read("".join(cells).encode(), ".csv"))


def damaged_zip(place: int, byte: int) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", BODY)
        archive.writestr("b.csv.gz", gzip.compress(f'text\n"{BODY}"\n'.encode()))
    data = bytearray(packed.getvalue())
    data[place % len(data)] = byte
    return bytes(data)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 1_000), st.integers(0, 255))
def test_any_damage_to_an_archive_gets_an_answer(place: int, byte: int) -> None:
    check(read(damaged_zip(place, byte), ".zip"))


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not {char for char in cleaned if ord(char) < 32} - {"\n", "\t"}


PIECES = ["#", "---", "Title: ", "date 2020-01-05", "By Ann", "By Ann Lee\n", " ", "\n", "\n\n", "x.", BODY]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_what_stands_before_the_text_is_kept_somewhere(text: str) -> None:
    opening = split_opening(clean(text))
    kept = (opening.text, opening.title, opening.date, *opening.authors, opening.outlet, *opening.left_out)
    lost = set(re.findall(r"\w+", text)) - set(re.findall(r"\w+", " ".join(filter(None, kept))))
    assert lost <= {"Title", "date", "By"}


def test_a_long_run_of_anything_is_read_in_linear_time() -> None:
    for piece in ("(", "<", '"', "a.", "ﬁ", "â€œ", "\u200d", "[a](", "**", "> ", "Title: a\n"):
        text = (piece * 100_000)[:100_000]
        try:
            make_article(text, "a.txt", Options())
        except LoadError as error:
            assert error.reason
        read(text.encode()[:100_000], ".md")
