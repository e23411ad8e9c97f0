from pathlib import Path
from zipfile import ZipFile

import pytest

from newslab.errors import LoadError
from newslab.loading import load

ROOT = Path(__file__).parent.parent
BODY = "The harbour will reopen on Monday. The mayor, Dana Whitlock, said the repairs had cost less than feared."


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_the_bundled_article_begins_after_its_date() -> None:
    article = load(ROOT / "data" / "article.txt")
    assert article.text.startswith("Pakistan said on Sunday")
    assert (article.date, article.date_source, article.title) == ("2020-01-05", "text", None)
    assert article.source is not None and article.source.endswith("article.txt")


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.txt", f"Harbour to reopen on Monday\n\n{BODY}\n"), ("a.md", f"# Harbour to reopen on Monday\n{BODY}")],
)
def test_a_headline_becomes_the_title_and_leaves_the_text(tmp_path: Path, name: str, content: str) -> None:
    article = load(write(tmp_path, name, content))
    assert (article.title, article.text) == ("Harbour to reopen on Monday", BODY)


@pytest.mark.parametrize(
    "head",
    [
        "outlet: The Campus Post\ndate: 2026-03-04\n",
        "outlet: The Campus Post\n",
        "paper: The Campus Post\nby: Ann Lee\n",
    ],
)
@pytest.mark.parametrize("between", ["", "\n", "Harbour to reopen on Monday\n\n"])
def test_lines_at_the_head_are_known_with_an_empty_line_after_them_or_without(
    tmp_path: Path, head: str, between: str
) -> None:
    article = load(write(tmp_path, "a.txt", f"{head}{between}{BODY}\n"))
    assert (article.outlet, article.text) == ("The Campus Post", BODY)
    assert article.title == (between.strip() or None)


@pytest.mark.parametrize(
    "head",
    [
        "Paper: a fire in the mill, and what it cost.\n",
        "Author: I think so.\nReporter: Why?\nAuthor: No.\n",
        "Outlet: Post\nweather: fine\n",
    ],
)
def test_a_talk_or_a_sentence_with_a_colon_stays_in_the_text(tmp_path: Path, head: str) -> None:
    article = load(write(tmp_path, "a.txt", f"{head}{BODY}\n"))
    assert article.text == f"{head}{BODY}" and article.outlet is None and not article.authors


@pytest.mark.parametrize("first", ["The harbour was shut for a year.", "By the time it opened", "He said:"])
def test_a_first_line_that_is_no_headline_stays(tmp_path: Path, first: str) -> None:
    article = load(write(tmp_path, "a.txt", f"{first}\n\n{BODY}"))
    assert article.title is None and article.text.startswith(first)


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("By Maeve Tolland", ("Maeve Tolland",)),
        ("BY J. K. Rowell and Oskar van Friel", ("J. K. Rowell", "Oskar van Friel")),
        ("By Ann Lee, Jean-Luc O'Hara & Tom Ray", ("Ann Lee", "Jean-Luc O'Hara", "Tom Ray")),
    ],
)
def test_a_byline_becomes_the_authors_and_leaves_the_text(tmp_path: Path, byline: str, authors: tuple[str]) -> None:
    for head in (f"{byline}\n\n", f"Harbour to reopen\n{byline}\n\n", f"Harbour to reopen\n\n{byline}\n"):
        article = load(write(tmp_path, "a.txt", f"{head}{BODY}\n"))
        assert (article.authors, article.text) == (authors, BODY)
        assert article.title == ("Harbour to reopen" if "reopen" in head else None)


@pytest.mark.parametrize(
    "line", ["By Maeve Tolland in Lowmere", "By Ann", "By Monday Evening", "By Ann Lee, Health Editor"]
)
def test_a_line_that_may_be_no_byline_stays_in_the_text(tmp_path: Path, line: str) -> None:
    article = load(write(tmp_path, "a.txt", f"{line}\n\n{BODY}\n"))
    assert (article.authors, article.text) == ((), f"{line}\n\n{BODY}")


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("2005-01-13-harbour.txt", "2005-01-13"),
        ("harbour_20050113.txt", "2005-01-13"),
        ("2005-01-13-to-2005-01-20.txt", None),
        ("2005-13-01.txt", None),
        ("1234200501130.txt", None),
    ],
)
def test_a_date_in_the_file_name_is_taken_where_the_text_has_none(tmp_path: Path, name: str, date: str | None) -> None:
    (tmp_path / name).write_text("The harbour will reopen on Monday, said the mayor.")
    article = load(tmp_path / name)
    assert (article.date, article.date_source) == (date, "filename" if date else None)
    (tmp_path / name).write_text(" date 2020-01-05\nThe harbour will reopen on Monday, said the mayor.")
    assert (load(tmp_path / name).date, load(tmp_path / name).date_source) == ("2020-01-05", "text")
    with ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(name, "The harbour will reopen on Monday, said the mayor.")
    assert load(tmp_path / "a.zip").date == date


def test_what_is_no_source_says_what_reads_it() -> None:
    for wrong in ([BODY], 5, b"a.txt"):
        with pytest.raises(TypeError, match=r"Corpus\.from_table"):
            load(wrong)  # type: ignore[arg-type]


def test_line_ends_and_unseen_characters(tmp_path: Path) -> None:
    article = load(write(tmp_path, "a.txt", "\ufeffOne\x00 line.\r\nTwo\u00a0li\u00adnes.\rThree\u202e.\n\n"))
    assert article.text == "One line.\nTwo lines.\nThree."


def test_a_saved_page(tmp_path: Path) -> None:
    page = (
        '<html><head><title>Harbour to reopen</title><meta property="article:published_time" '
        'content="2024-03-04T23:30:00+02:00"><meta name="author" content="Ines Marlow"></head><body><nav>Home</nav>'
        f"<article><h1>Harbour to reopen</h1><p>{BODY}</p><p>{BODY} It is the last of four.</p></article></body></html>"
    )
    article = load(write(tmp_path, "a.html", page))
    assert article.text == f"{BODY}\n{BODY} It is the last of four."
    assert (article.title, article.date, article.date_source) == ("Harbour to reopen", "2024-03-04", "meta")
    assert article.authors == ("Ines Marlow",)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", "", "it holds no text"),
        ("blank.txt", " \n\t\u00a0 \n", "it holds no text"),
        ("noise.txt", bytes(range(256)) * 40, "it is not text"),
        ("image.txt", b"\x89PNG\r\n\x1a\n" + bytes(100), "it is a PNG image, not text"),
        ("story.odd", BODY, "files ending in .odd cannot be read"),
        ("long.txt", "word " * 70_000, "more than 300,000 characters in an article"),
        ("deep.html", "<div>" * 300 + BODY, "more than 200 levels of nesting"),
        ("many.html", "<p>a</p>" * 50_001, "more than 50,000 elements or attributes in a page"),
        ("wide.html", "<p " + "a=1 " * 50_001 + ">" + BODY, "more than 50,000 elements or attributes in a page"),
        ("hollow.html", "<html><body></body></html>", "no story was found in the page"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, content: str | bytes, reason: str) -> None:
    path = write(tmp_path, name, content)
    with pytest.raises(LoadError) as caught:
        load(path)
    assert (caught.value.source, caught.value.reason) == (str(path), reason)
    assert caught.value.next_step and "\n" not in str(caught.value)


def test_a_missing_file_and_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="there is no such file"):
        load(tmp_path / "none.txt")
    with pytest.raises(LoadError, match="holds no files"):
        load(tmp_path)


def test_a_cap_is_an_option(tmp_path: Path) -> None:
    path = write(tmp_path, "long.txt", "word " * 70_000)
    assert len(load(path, max_characters=400_000).text) == 349_999
