"""PDF, Word and tables: each file is written here, by the library that usually writes it where there is one."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import openpyxl
import pandas as pd
import pytest

from newslab.corpus import Corpus
from newslab.errors import LoadError
from newslab.loading import READERS, describe_sources, load

BODY = "The harbour will reopen on Monday. The mayor, Dana Whitlock, said the repairs had cost less than feared."
OTHER = "The library has abolished fines. Oskar Friel said that people bring the books back and borrow another."
Text = tuple[float, float, float, str]


def make_pdf(pages: list[list[Text]]) -> bytes:
    """A PDF with one piece of text for each (x, y, size, text) of a page."""
    objects = [b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    parent = 2 * len(pages) + 2
    for page in pages:
        drawn = "".join(f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n" for x, y, size, text in page).encode("cp1252")
        objects.append(b"<< /Length %d >>\nstream\n%sendstream" % (len(drawn), drawn))
        resources = b"/MediaBox [0 0 595 842] /Resources << /Font << /F1 1 0 R >> >>"
        objects.append(b"<< /Type /Page /Parent %d 0 R %s /Contents %d 0 R >>" % (parent, resources, len(objects)))
    kids = b" ".join(b"%d 0 R" % number for number in range(3, parent, 2))
    objects.append(b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)))
    objects.append(b"<< /Type /Catalog /Pages %d 0 R >>" % parent)
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer << /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, size - 1, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (size, table, end)


LEFT = [
    "The harbour will reopen on Mon-",
    "day, the mayor said, after a long",
    "winter without a single ferry to",
    "the islands of the outer bay.",
    "It was a cold well-",
    "known to those who live there.",
]
RIGHT = [
    "Shopkeepers were glad of it. One",
    "said that he had nearly given up",
    "and would hire.",
    "The end.",
]


def column(x: float, lines: list[str], top: float = 700) -> list[Text]:
    return [(x, top - 14 * row, 10, line) for row, line in enumerate(lines)]


def in_rows(*columns: list[Text]) -> list[Text]:
    return sorted((piece for each in columns for piece in each), key=lambda piece: (-piece[1], piece[0]))


@pytest.mark.parametrize("rows", [False, True])
def test_a_pdf_in_two_columns(tmp_path: Path, rows: bool) -> None:
    columns = column(60, LEFT), column(310, RIGHT)
    page = in_rows(*columns) if rows else [piece for each in columns for piece in each]
    head: list[Text] = [(60, 760, 24, "Ferries return to Lowmere"), (60, 732, 24, "after nine long months")]
    pages = [
        [(60, 815, 8, "The Coastal Post, 4 March"), *head, *page, (290, 30, 8, "1")],
        [
            (60, 815, 8, "The Coastal Post, 4 March"),
            *column(60, ["More was to follow soon.", BODY[:34]]),
            (290, 30, 8, "2"),
        ],
    ]
    path = tmp_path / "story.pdf"
    path.write_bytes(make_pdf(pages))
    article = load(path)
    assert article.title == "Ferries return to Lowmere after nine long months"
    assert article.text.split("\n") == [
        "The harbour will reopen on Monday, the mayor said, after a long winter without a single ferry to the islands "
        "of the outer bay. It was a cold wellknown to those who live there.",
        "Shopkeepers were glad of it. One said that he had nearly given up and would hire.",
        "The end.",
        "More was to follow soon. The harbour will reopen on Monday.",
    ]
    assert any("The Coastal Post, 4 March" in warning for warning in article.warnings)


def test_a_hyphen_that_the_article_writes_elsewhere_stays(tmp_path: Path) -> None:
    lines = [
        "It was a well-known story in the",
        "valley, and remained the most well-",
        "known story that anybody told.",
    ]
    (tmp_path / "a.pdf").write_bytes(make_pdf([column(60, lines)]))
    assert "most well-known story" in load(tmp_path / "a.pdf").text


@pytest.mark.parametrize(
    ("data", "reason"),
    [(make_pdf([[]]), "holds no text"), (make_pdf([column(60, LEFT)])[:300], "damaged"), (b"%PDF-1.7 \0", "damaged")],
)
def test_a_pdf_that_cannot_be_read(tmp_path: Path, data: bytes, reason: str, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    with pytest.raises(LoadError, match=reason):
        load(tmp_path / "a.pdf")
    assert capfd.readouterr().err == ""


def test_a_word_document(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Harbour to reopen", 0)
    document.add_paragraph(BODY)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Ferries a day", "Six"
    document.add_paragraph(OTHER)
    document.save(str(tmp_path / "a.docx"))
    article = load(tmp_path / "a.docx")
    assert article.title == "Harbour to reopen"
    assert article.text.split("\n") == [BODY, "Ferries a day", "Six", OTHER]


def rows_of(corpus: Corpus) -> list[tuple[object, ...]]:
    return [(a.text, a.title, a.date, a.authors, a.outlet) for a in corpus]


RECORDS = [
    dict(zip(("Headline", "body", "Published", "byline", "source"), row, strict=True))
    for row in (
        ("Harbour", BODY, "2024-03-04T08:00:00Z", "By Ines Marlow and Tom Ray", "The Coastal Post"),
        ("Library", OTHER, "28 February 2020", "", "Metro Weekly"),
    )
]
WANTED = [
    (BODY, "Harbour", "2024-03-04", ("Ines Marlow", "Tom Ray"), "The Coastal Post"),
    (OTHER, "Library", "2020-02-28", (), "Metro Weekly"),
]


def write_table(path: Path, rows: list[dict[str, str]] = RECORDS) -> None:
    frame = pd.DataFrame(rows)
    writers = {
        ".csv": lambda: frame.to_csv(path, index=False, sep=";"),
        ".tsv": lambda: frame.to_csv(path, index=False, sep="\t"),
        ".xlsx": lambda: frame.to_excel(path, index=False),
        ".json": lambda: path.write_text(json.dumps({"status": "ok", "articles": rows})),
        ".jsonl": lambda: frame.to_json(path, orient="records", lines=True),
        ".parquet": lambda: frame.to_parquet(path),
    }
    writers[path.suffix]()


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx", ".jsonl", ".parquet"])
def test_a_table_of_articles(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"stories{suffix}"
    write_table(path)
    assert rows_of(Corpus.load(path)) == WANTED
    with pytest.raises(LoadError, match=r"several articles.*Corpus\.load"):
        load(path)


def test_json_in_its_usual_shapes(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    for value in (RECORDS, {"total": 2, "articles": RECORDS}):
        path.write_text(json.dumps(value))
        assert rows_of(Corpus.load(path)) == WANTED
    path.write_text(json.dumps({**RECORDS[0], "tags": ["sea", "ferries"], "authors": [{"name": "Ines Marlow"}]}))
    assert load(path).text == BODY
    path.write_text(json.dumps([BODY, OTHER]))
    assert [article.text for article in Corpus.load(path)] == [BODY, OTHER]


def test_a_table_from_memory() -> None:
    frame = pd.DataFrame(RECORDS)
    frame["Published"] = pd.to_datetime(["2024-03-04", "2020-02-28"])
    assert rows_of(Corpus.from_table(frame)) == WANTED
    assert [article.text for article in Corpus.from_table([BODY, OTHER])] == [BODY, OTHER]


def test_columns_that_are_not_clear_are_listed_and_can_be_given(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'when,what,kind\n2024-03-04,"{BODY}",news\n')
    with pytest.raises(LoadError, match="when, what, kind"):
        load(path)
    article = load(path, columns={"text": "what", "date": "when"})
    assert (article.text, article.date) == (BODY, "2024-03-04")
    with pytest.raises(LoadError, match="no column 'story'"):
        load(path, columns={"text": "story"})
    path.write_text(f'text,content\n"{BODY}","{OTHER}"\n')
    with pytest.raises(LoadError, match="not clear which column"):
        load(path)


def test_the_first_article_says_which_columns_are_not_used(tmp_path: Path) -> None:
    for suffix in (".csv", ".xlsx", ".jsonl", ".parquet"):
        path = tmp_path / f"a{suffix}"
        write_table(path, [{"text": text, "desk": "sea", "paper": "The Coastal Post"} for text in (BODY, OTHER)])
        first, second = Corpus.load(path)
        assert (first.outlet, second.outlet) == ("The Coastal Post",) * 2
        assert first.warnings == ("columns of the table that are not used: desk",) and not second.warnings


def test_tables_that_differ_can_be_given_several_names_for_a_column(tmp_path: Path) -> None:
    for name, column in (("a", "masthead"), ("b", "Desk"), ("c", "url")):
        (tmp_path / f"{name}.csv").write_text(f'text,{column}\n"{BODY} {name}",Gazette\n')
    corpus = Corpus.load(tmp_path, columns={"outlet": "masthead|Desk"})
    assert [article.outlet for article in corpus] == ["Gazette", "Gazette", None]
    assert corpus[2].warnings == ("the table has no column masthead or Desk for the outlet",)
    failed = Corpus.load(tmp_path, errors="collect", columns={"outlet": "masthead"}).failures
    assert failed["source"].str[-5:].tolist() == ["b.csv", "c.csv"]
    assert "name several: outlet=masthead|text" in failed["reason"][0]


def test_one_bad_row_does_not_lose_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'text,title\n"{BODY}",One\n,Two\nthree,cells,here\n"{OTHER}",Four\n')
    (tmp_path / "b.jsonl").write_text(
        f'{json.dumps({"text": BODY + " B."})}\n{{"text": \n17\n{json.dumps(OTHER + " B.")}\n'
    )
    corpus = Corpus.load(tmp_path, errors="collect")
    assert [article.text for article in corpus] == [BODY, OTHER, BODY + " B.", OTHER + " B."]
    reasons = {str(row.source).removeprefix(f"{tmp_path}/"): row.reason for row in corpus.failures.itertuples()}
    assert list(reasons) == ["a.csv, row 3", "a.csv, row 4", "b.jsonl, line 2", "b.jsonl, line 3"]
    assert "no text" in reasons["a.csv, row 3"] and "JSON is broken" in reasons["b.jsonl, line 2"]


def test_a_date_that_may_be_read_two_ways_is_not_guessed(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'text,date\n"{BODY}",05/01/2020\n')
    article = load(tmp_path / "a.csv")
    assert article.date is None and any("05/01/2020" in warning for warning in article.warnings)


def test_sheets_of_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "March"  # type: ignore[union-attr]
    for sheet, text in ((book.active, BODY), (book.create_sheet("April"), OTHER)):
        sheet.append(["text"])  # type: ignore[union-attr]
        sheet.append([text])  # type: ignore[union-attr]
    notes = book.create_sheet("Notes")
    notes.append(["who", "what"])
    notes.append(["Ines", "checked"])
    book.create_sheet("Empty")
    data = BytesIO()
    book.save(data)
    (tmp_path / "a.xlsx").write_bytes(data.getvalue())
    corpus = Corpus.load(tmp_path / "a.xlsx", errors="collect")
    assert [article.text for article in corpus] == [BODY, OTHER]
    assert corpus.failures.source.str.endswith("sheet Notes").tolist() == [True]


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".json", ".jsonl", ".parquet", ".zip", ".gz", ".pdf"])
def test_a_file_that_is_not_what_its_name_says(tmp_path: Path, suffix: str, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_text(BODY)
    with pytest.raises(LoadError) as caught:
        load(path)
    assert caught.value.source.startswith(str(path)) and capfd.readouterr().err == ""


def test_every_reader_is_described() -> None:
    listed = " ".join(endings for endings, _ in describe_sources()).split()
    assert set(READERS) <= set(listed)


def test_a_table_over_a_cap_names_the_option(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text\n" + "a\n" * 11)
    (tmp_path / "a.jsonl").write_text('{"text": "a"}\n' * 11)
    pd.DataFrame({"text": ["a"] * 11}).to_parquet(tmp_path / "a.parquet")
    pd.DataFrame({"text": ["a"] * 11}).to_excel(tmp_path / "a.xlsx", index=False)
    for path in tmp_path.iterdir():
        with pytest.raises(LoadError, match=r"more than 10 rows.*max_rows"):
            load(path, max_rows=10)
    (tmp_path / "wide.csv").write_text(",".join(f"c{number}" for number in range(1_001)))
    with pytest.raises(LoadError, match="more than 1,000 columns"):
        load(tmp_path / "wide.csv")


def test_a_value_that_is_stored_once_counts_as_often_as_it_stands(tmp_path: Path) -> None:
    column = pd.Series([BODY * 1_000] * 200, dtype="category")
    pd.DataFrame({"text": column}).to_parquet(tmp_path / "a.parquet")
    assert (tmp_path / "a.parquet").stat().st_size < 100_000
    with pytest.raises(LoadError, match="max_unpacked"):
        load(tmp_path / "a.parquet", max_unpacked=1_000_000)


def test_a_workbook_that_claims_to_be_endless(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"], book.active["XFD1048576"] = "text", BODY, "x"  # type: ignore[index]
    book.save(tmp_path / "a.xlsx")
    assert Corpus.load(tmp_path / "a.xlsx", errors="collect")[0].text == BODY


def test_empty_rows_and_cells_of_a_workbook_are_held_to_the_cap(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["text"])  # type: ignore[union-attr]
    book.save(tmp_path / "a.xlsx")
    with ZipFile(tmp_path / "a.xlsx") as made, ZipFile(tmp_path / "long.xlsx", "w") as long:
        for name in made.namelist():
            filler = b"<row/>" * 1_100_000 + b"</sheetData>"
            long.writestr(name, made.read(name).replace(b"</sheetData>", filler))
    book = openpyxl.Workbook()
    for row in range(1, 20):
        book.active.cell(row, 16_384, "a")  # type: ignore[union-attr]
    book.save(tmp_path / "wide.xlsx")
    for name in ("long", "wide"):
        with pytest.raises(LoadError, match="max_cells"):
            load(tmp_path / f"{name}.xlsx")


def test_a_row_beyond_the_last_one_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["text"])  # type: ignore[union-attr]
    book.save(tmp_path / "a.xlsx")
    with ZipFile(tmp_path / "a.xlsx") as made, ZipFile(tmp_path / "far.xlsx", "w") as far:
        for name in made.namelist():
            row = b'<row r="1000000000000"><c t="inlineStr"><is><t>a</t></is></c></row></sheetData>'
            far.writestr(name, made.read(name).replace(b"</sheetData>", row))
    with pytest.raises(LoadError, match="after row 1,048,576"):
        load(tmp_path / "far.xlsx")
