"""Files made to do harm, each of a kind of its own: an article or one error, and no more than the caps let through."""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from newslab.article import Article
from newslab.corpus import Corpus
from newslab.errors import LoadError
from newslab.loading import load, load_each

BODY = "The harbour will reopen on Monday. The mayor, Dana Whitlock, said the repairs had cost less than feared."
PAGE = f"<html><body>{{}}<article><p>{BODY}</p><p>{BODY} So it was.</p></article></body></html>"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(body: str, before: str = "") -> bytes:
    """A Word document whose body is the XML given."""
    usual, made = io.BytesIO(), io.BytesIO()
    docx.Document().save(usual)
    with zipfile.ZipFile(usual) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            xml = f'<?xml version="1.0"?>{before}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
            new.writestr(member, xml if member == "word/document.xml" else old.read(member))
    return made.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


LAUGHS = '<!DOCTYPE x [<!ENTITY a "{}">{}]>'.format(
    "ha" * 1_000,
    "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefg", "bcdefgh", strict=True)),
)
SPAN = '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>{}</w:tc></w:tr></w:tbl>'
READ: dict[str, tuple[str, bytes | str]] = {
    "a cell over two thousand million columns": ("a.docx", word(SPAN.format(paragraph(BODY)))),
    "tables within tables": (
        "a.docx",
        word("<w:tbl><w:tr><w:tc>" * 60 + paragraph(BODY) + "</w:tc></w:tr></w:tbl>" * 60),
    ),
    "a long attribute": ("a.html", PAGE.format(f'<p title="{"a" * 1_000_000}">')),
    "a million closing tags": ("a.html", PAGE.format("</p>" * 1_000_000)),
    "comments by the hundred thousand": ("a.html", PAGE.format("<!-- x -->" * 100_000)),
    "a charset that is no charset": ("a.html", b"<meta charset=zlib_codec>\xff" + PAGE.encode()),
    "authors within authors": (
        "a.json",
        json.dumps({"text": BODY})[:-1] + ', "authors": ' + "[" * 900 + "]" * 900 + "}",
    ),
    "a hundred thousand authors": ("a.json", json.dumps({"text": BODY, "authors": ["A B"] * 100_000})),
    "a date that is no number": ("a.json", f'{{"text": "{BODY}", "date": NaN, "id": Infinity, "title": -Infinity}}'),
    "half a character": ("a.json", f'{{"text": "\\ud800 {BODY}", "title": "\\udfff", "id": "\\ud800"}}'),
    "UTF-32": ("a.txt", BODY.encode("utf-32")),
    "a mark of byte order in the middle": ("a.txt", BODY.replace(" ", "\ufeff ", 1)),
}
REFUSED: dict[str, tuple[str, bytes | str, str]] = {
    "entities that grow": ("a.docx", word(paragraph("&h;"), LAUGHS), "damaged"),
    "a million paragraphs": ("a.docx", word("<w:p/>" * 1_000_000), "max_elements"),
    "XML nested too deep": ("a.docx", word("<w:sdt>" * 50_000 + "</w:sdt>" * 50_000), "damaged"),
    "a tag of many attributes": (
        "a.html",
        PAGE.format(f"<p {' '.join(f'a{n}=1' for n in range(45_000))}>"),
        "max_elements",
    ),
    "many tags of many attributes": (
        "a.html",
        PAGE.format(f"<p {' '.join(f'a{n}=1' for n in range(900))}>" * 500),
        "max_elements",
    ),
    "JSON nested too deep": ("a.json", "[" * 100_000 + "]" * 100_000, "nested too deeply"),
    "a number of a million digits": ("a.json", f'{{"text": "{BODY}", "id": {"9" * 1_000_000}}}', "broken"),
    "a hundred thousand keys": ("a.json", json.dumps({f"k{n}": n for n in range(100_000)}), "columns"),
    "lines that are no JSON": ("a.jsonl", "x\n" * 99_000, "broken"),
    "one cell of a file": ("a.csv", "text\n" + '"' * 1_000_000, "max_characters"),
    "nine hundred columns of nothing": ("a.csv", ",".join(f"c{n}" for n in range(900)), "not clear"),
    "gzip of nothing, many times": ("a.txt.gz", gzip.compress(b"") * 10_000, "no text"),
    "gzip of gzip of zeros": ("a.txt.gz.gz", gzip.compress(gzip.compress(bytes(50_000_000))), "max_bytes"),
    "many words": ("a.txt", "a b c d e f g h " * 15_000, "max_words"),
}  # fmt: skip


def write(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    return path


@pytest.mark.parametrize("name", READ)
def test_what_holds_an_article_is_read(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, *READ[name])
    assert "The mayor, Dana Whitlock, said" in load(path).text
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("name", REFUSED)
def test_what_does_not_is_refused_in_one_line(tmp_path: Path, name: str) -> None:
    file, content, reason = REFUSED[name]
    items = list(load_each(write(tmp_path, file, content)))
    assert len(items) == 1 and isinstance(items[0], LoadError)
    assert reason in str(items[0]) and len(str(items[0]).splitlines()) == 1


@pytest.mark.skipif(os.name != "posix", reason="pipes, devices and links as Unix systems have them")
@pytest.mark.parametrize(
    "make",
    [
        os.mkfifo,
        lambda path: path.symlink_to("/dev/zero"),
        lambda path: path.symlink_to(path),
        lambda path: path.symlink_to("nowhere"),
    ],
)
def test_what_is_no_ordinary_file_is_refused(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text(BODY)
    with pytest.raises(LoadError):
        load(tmp_path / "a.txt")
    corpus = Corpus.load(tmp_path, errors="collect")
    assert [article.text for article in corpus] == [BODY] and len(corpus.failures) == 1


@pytest.mark.skipif(os.name != "posix", reason="links as Unix systems have them")
def test_a_folder_that_holds_itself_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a\nb.txt").write_text(BODY)
    (tmp_path / "again").symlink_to(tmp_path)
    assert [article.text for article in Corpus.load(tmp_path)] == [BODY]


def test_a_member_that_lies_about_its_size_gives_no_more(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", BODY * 1_000)
    data = bytearray(made.getvalue())
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (10).to_bytes(4, "little")
    items = list(load_each(write(tmp_path, "a.zip", bytes(data))))
    assert all(isinstance(item, LoadError) or (isinstance(item, Article) and len(item.text) <= 10) for item in items)
