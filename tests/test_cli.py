"""The command as a newsroom meets it: at a terminal, in a pipe, with a file that is not there."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import openpyxl
import pandas as pd
import pytest

import newslab as nl
from newslab import tables
from newslab.cli import COMMANDS, main
from newslab.cli.formats import as_csv, as_json, as_lines, as_parquet, as_text, fits
from newslab.loading import READERS
from newslab.tables import QuoteRow, escape_formulas, make_table

STORY = str(Path(__file__).parent.parent / "data" / "article.txt")
TRICKY = (
    '"=HYPERLINK("x")" stands here.\n\n'
    '=SUM(A1) is how Vera Okoro began. "We will rebuild the harbour bridge," Vera Okoro said on Monday.\n'
)


@pytest.fixture(scope="module")
def analysis() -> nl.Analysis:
    return nl.analyze(nl.load(STORY))


def run(*words: str, stdin: str | None = None, **variables: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "newslab", *words],
        input=stdin.encode() if stdin is not None else None,
        stdin=None if stdin is not None else subprocess.DEVNULL,
        capture_output=True,
        env=os.environ | variables,
    )


def noted(err: bytes) -> bool:
    """Whether standard error has nothing but what a reader should know of the article."""
    return all(line.startswith(b"newslab: note: ") for line in err.splitlines())


def one_line(capsysbinary: pytest.CaptureFixture[bytes]) -> str:
    """The one line on standard error, where nothing went to standard output."""
    out, err = capsysbinary.readouterr()
    assert out == b""
    lines = err.decode().splitlines()
    assert len(lines) == 1, lines
    return lines[0]


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["quotes", "--help"]])
def test_help_and_version_wait_for_nothing_heavy(words: list[str]) -> None:
    script = "import sys\nfrom newslab.cli import main\ntry:\n    main(sys.argv[1:])\nfinally:\n    print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, text=True)
    assert done.returncode == 0 and "newslab" in done.stdout
    assert not {"spacy", "pandas", "trafilatura", "plotly", "IPython"} & set(done.stdout.splitlines()[-1].split())


def test_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--version"])
    assert stop.value.code == 0
    assert capsys.readouterr().out == f"newslab {nl.__version__}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_prints_the_table_of_its_name(
    name: str, analysis: nl.Analysis, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main([name, STORY, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsysbinary.readouterr().out.decode())))
    table: pd.DataFrame = getattr(analysis, COMMANDS[name].table)
    assert len(rows) == len(table) > 0
    assert list(rows[0]) == list(table.columns)
    assert list(tables.arrow_schema(getattr(tables, COMMANDS[name].record)).names) == list(table.columns)
    assert set(COMMANDS[name].columns) <= {*table.columns, "text"}


def test_the_articles_say_whose_id_stands_in_the_other_tables(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    rows = 'headline,paper,text\nPort shuts,The Pell Post,"""We close,"" Vera Okoro said."\n'
    rows += 'Port opens,Vel Daily,"""We open,"" Pell Aske said."\n'
    (tmp_path / "stories.csv").write_text(rows, encoding="utf-8")
    read = {}
    for name in ("quotes", "articles"):
        assert main([name, str(tmp_path / "stories.csv"), "-o", str(tmp_path / f"{name}.xlsx")]) == 0
        read[name] = pd.read_excel(tmp_path / f"{name}.xlsx", dtype=str)
    both = read["quotes"].merge(read["articles"], on="article_id")
    assert dict(zip(both["actor"], both["outlet"], strict=True)) == {
        "Vera Okoro": "The Pell Post",
        "Pell Aske": "Vel Daily",
    }
    capsysbinary.readouterr()
    assert main(["articles", str(tmp_path / "stories.csv")]) == 0
    shown = capsysbinary.readouterr().out.decode()
    assert shown.splitlines()[0].split() == ["article_id", "title", "date", "outlet", "words"]


def test_the_table_for_reading_fits_the_terminal_and_keeps_every_word_of_a_quote(
    analysis: nl.Analysis, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["quotes", STORY]) == 0
    out = capsysbinary.readouterr().out.decode()
    assert max(map(len, out.splitlines())) <= 80
    start = out.splitlines()[0].index("text")
    shown = " ".join(line[start:].strip() for line in out.splitlines()[2:])
    for quote in analysis.quotes["text"]:
        assert " ".join(quote.split()) in " ".join(shown.split())


def test_the_formats_say_the_same(analysis: nl.Analysis, tmp_path: Path) -> None:
    quotes = analysis.quotes
    (tmp_path / "q.parquet").write_bytes(as_parquet(quotes, QuoteRow))
    back = pd.read_parquet(tmp_path / "q.parquet")
    records = json.loads(as_json(quotes))
    assert records == [json.loads(line) for line in as_lines(quotes).decode().splitlines()]
    assert [record["text"] for record in records] == list(quotes["text"]) == list(back["text"])
    assert [record["start"] for record in records] == list(quotes["start"]) == list(back["start"])
    assert [record["spans"] for record in records] == list(quotes["spans"])
    assert [record["actor"] for record in records] == [None if pd.isna(who) else who for who in quotes["actor"]]


def test_an_empty_table_has_its_columns_in_every_format(tmp_path: Path) -> None:
    empty = make_table(QuoteRow, [])
    (tmp_path / "q.parquet").write_bytes(as_parquet(empty, QuoteRow))
    back = pd.read_parquet(tmp_path / "q.parquet")
    assert list(back.columns) == list(empty.columns)
    assert str(back["start"].dtype) == str(empty["start"].dtype)
    assert as_csv(empty).decode().strip().split(",") == list(empty.columns)
    assert as_json(empty) == b"[]\n" and as_lines(empty) == b""
    assert as_text(empty, ("actor", "text")) == b"Nothing found.\n"


def test_the_name_of_the_file_gives_the_format(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    files = [tmp_path / name for name in ("q.csv", "q.json", "q.jsonl", "q.parquet", "q.txt")]
    for file in files:
        assert main(["quotes", STORY, "-o", str(file)]) == 0
    out, err = capsysbinary.readouterr()
    assert out.decode().splitlines() == [f"Wrote {file}" for file in files] and noted(err)
    count = len(pd.read_csv(tmp_path / "q.csv"))
    assert count == len(json.loads((tmp_path / "q.json").read_text(encoding="utf-8")))
    assert count == len((tmp_path / "q.jsonl").read_text(encoding="utf-8").splitlines())
    assert count == len(pd.read_parquet(tmp_path / "q.parquet"))
    assert (tmp_path / "q.txt").read_text(encoding="utf-8").startswith("actor")


def test_cells_that_a_spreadsheet_runs_become_text(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    story = tmp_path / "story.txt"
    story.write_text(TRICKY, encoding="utf-8")
    for name in COMMANDS:
        assert main([name, str(story), "--format", "csv"]) == 0
        for row in csv.reader(io.StringIO(capsysbinary.readouterr().out.decode())):
            for cell in row:
                assert not cell.startswith(("=", "+", "@", "\t", "\r"))
                assert not cell.startswith("-") or float(cell) < 0


def test_escaping_leaves_numbers_and_unknown_values_alone() -> None:
    words = pd.Series(["=1+1", "+1", "-1", "@x", "\tx", "\rx", "it = 1", "", None], dtype="string")
    table = escape_formulas(pd.DataFrame({"words": words, "number": range(-4, 5)}))
    assert list(table["words"][:6]) == ["'=1+1", "'+1", "'-1", "'@x", "'\tx", "'\rx"]
    assert list(table["words"][6:8]) == ["it = 1", ""] and table["words"].isna().sum() == 1
    assert list(table["number"]) == list(range(-4, 5)) and table["words"].dtype == "string"


def test_nothing_in_an_article_steers_the_terminal() -> None:
    table = pd.DataFrame({"text": ["\x1b[2Jgone\x07 \u202eback\nnext", "half \ud800 a character"]}, dtype=object)
    shown = as_text(table, ("text",)).decode()
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)
    assert "gone" in shown and "\\ud800" in shown


def test_wide_characters_keep_the_columns_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    table = pd.DataFrame({"actor": ["李明", "Vera Okoro"], "text": ["我们会重建这座桥。" * 8, "We will rebuild."]})
    lines = as_text(table, ("actor", "text")).decode().splitlines()
    assert lines[2].startswith("李明        我") and max(len(line) for line in lines[2:]) < 60


@pytest.mark.parametrize(
    ("content", "name"),
    [(None, "missing.txt"), (b"", "empty.txt"), (b"\x00\x01\x02\xff" * 200, "picture.txt"), (b"x", "story.xyz")],
)
def test_what_cannot_be_read_is_one_line_and_status_2(
    content: bytes | None, name: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert main(["quotes", str(tmp_path / name)]) == 2
    assert name in one_line(capsysbinary)
    assert main(["report", str(tmp_path / name), "-o", str(tmp_path / "story.html")]) == 2
    assert name in one_line(capsysbinary)
    assert not (tmp_path / "story.html").exists()


@pytest.mark.parametrize("target", ["nowhere/out.csv", ".", "nul\x00.csv", "x" * 5000])
@pytest.mark.parametrize("command", ["quotes", "report"])
def test_what_cannot_be_written_is_one_line_and_status_2(
    command: str, target: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main([command, STORY, "-o", f"{tmp_path}/{target}"]) == 2
    assert "-o" in one_line(capsysbinary) or "folder" in target


def test_the_article_itself_is_never_overwritten(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    story = tmp_path / "story.txt"
    story.write_text(TRICKY, encoding="utf-8")
    assert main(["quotes", str(story), "-o", f"{tmp_path}/../{tmp_path.name}/story.txt"]) == 2
    assert "the article itself" in one_line(capsysbinary)
    assert story.read_text(encoding="utf-8") == TRICKY


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_one_line_and_status_2(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["quotes", STORY, "-o", "/dev/full"]) == 2
    assert "/dev/full" in one_line(capsysbinary)


def test_a_report_cannot_go_to_standard_output(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["report", STORY, "-o", "-"]) == 2
    assert "story.html" in one_line(capsysbinary)


@pytest.mark.parametrize(("command", "name"), [("report", "story.html"), ("worksheet", "check.xlsx")])
def test_a_page_without_a_file_is_one_line_that_gives_an_example(
    command: str, name: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main([command, STORY]) == 2
    assert f"name its file with -o, such as -o {name}" in one_line(capsysbinary)


@pytest.mark.skipif(os.name != "posix", reason="signals of a broken pipe are POSIX")
def test_a_pipe_that_closes_early_is_no_complaint() -> None:
    command = f"'{sys.executable}' -m newslab mentions '{STORY}' --format csv | head -n 1"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True)
    assert done.stdout.startswith(b"article_id,") and noted(done.stderr)


def test_standard_input_and_utf8_whatever_the_locale() -> None:
    text = "“Wir bauen die Brücke — zusammen,” Zoë Ångström said on Monday. 桥.\n"
    done = run("quotes", "-", stdin=text, LC_ALL="C", LANG="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 0 and noted(done.stderr)
    assert "Brücke" in done.stdout.decode("utf-8")


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_parquet_is_refused_on_a_terminal() -> None:
    import pty

    ours, theirs = pty.openpty()
    words = [sys.executable, "-m", "newslab", "quotes", STORY, "--format", "parquet"]
    done = subprocess.run(words, stdout=theirs, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 2
    assert len(done.stderr.decode().splitlines()) == 1 and b"-o" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="closes a descriptor")
def test_a_closed_standard_input_is_one_line() -> None:
    command = f"'{sys.executable}' -m newslab quotes - <&-"
    done = subprocess.run(["bash", "-c", command], capture_output=True)
    assert done.returncode == 2 and len(done.stderr.decode().splitlines()) == 1


def test_a_report_is_written_from_any_folder(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "newslab", "report", STORY, "-o", "story.html"],
        cwd=tmp_path,
        capture_output=True,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode().strip() == "Wrote story.html"
    assert "Asif Ghafoor" in (tmp_path / "story.html").read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["story.html"]


def one_of_each_kind(folder: Path) -> list[str]:
    """A folder with a file of each kind that newslab reads, two broken ones among them; the names of those."""
    folder.mkdir()
    said = "{} The mayor, Dana Whitlock, said on Monday that the harbour would reopen in the spring of next year."
    story = {suffix: said.format(f"This is the story that came as {suffix[1:]}.") for suffix in READERS}
    frames = {suffix: pd.DataFrame({"text": [text], "title": [f"As {suffix}"]}) for suffix, text in story.items()}
    for suffix in (".txt", ".text", ".md", ".markdown"):
        (folder / f"a{suffix}").write_text(story[suffix])
    for suffix in (".html", ".htm", ".xhtml"):
        page = f"<html><body><article><h1>Harbour</h1><p>{story[suffix]}</p></article></body></html>"
        (folder / f"a{suffix}").write_text(page)
    frames[".csv"].to_csv(folder / "a.csv", index=False)
    frames[".tsv"].to_csv(folder / "a.tsv", index=False, sep="\t")
    frames[".xlsx"].to_excel(folder / "a.xlsx", index=False)
    frames[".json"].to_json(folder / "a.json", orient="records")
    for suffix in (".jsonl", ".ndjson"):
        frames[suffix].to_json(folder / f"a{suffix}", orient="records", lines=True)
    frames[".parquet"].to_parquet(folder / "a.parquet")
    document = docx.Document()
    document.add_paragraph(story[".docx"])
    document.save(str(folder / "a.docx"))
    (folder / "a.txt.gz").write_bytes(gzip.compress(story[".gz"].encode()))
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("inside.txt", story[".zip"])
    (folder / "a.pdf").write_bytes(b"%PDF-1.4 and no more")
    (folder / "b.docx").write_bytes((folder / "a.docx").read_bytes()[:2_000])
    return ["a.pdf", "b.docx"]


def test_a_folder_of_one_file_of_each_kind(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    folder = tmp_path / "stories"
    broken = one_of_each_kind(folder)
    corpus = nl.Corpus.load(folder, errors="collect")
    assert len(corpus) == len(READERS) - 1
    assert [Path(source).name for source in corpus.failures["source"]] == broken
    assert main(["quotes", str(folder), "--format", "csv"]) == 0
    out, err = capsysbinary.readouterr()
    rows = list(csv.DictReader(io.StringIO(out.decode())))
    assert {row["article_id"] for row in rows} == {article.article_id for article in corpus}
    failed = [line for line in err.decode().splitlines() if not line.startswith("newslab: note: ")]
    assert len(failed) == 2 and all(name in line for name, line in zip(broken, failed, strict=True))


@pytest.mark.slow
def test_what_the_command_wrote_is_no_article(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    story = tmp_path / "story.txt"
    story.write_text(TRICKY, encoding="utf-8")
    for name in ("quotes.csv", "quotes.json", "quotes.jsonl", "quotes.parquet", "quotes.txt"):
        assert main(["quotes", str(story), "-o", str(tmp_path / name)]) == 0
    for name in ("check.csv", "check.xlsx"):
        assert main(["worksheet", str(story), "-o", str(tmp_path / name)]) == 0
    assert main(["report", str(story), "-o", str(tmp_path / "story.html")]) == 0
    corpus = nl.Corpus.load(tmp_path, errors="collect")
    assert [article.source for article in corpus] == [str(story)]
    assert len(corpus.failures) == 8 and corpus.failures["reason"].str.startswith("written by newslab").all()
    capsysbinary.readouterr()


def test_what_an_error_advises_can_be_done_on_the_command_line(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    table, odd = tmp_path / "a.csv", tmp_path / "story.odd"
    table.write_text('when,"what, then",kind\n2024-03-04,"“We did it,” said Vera Okoro of the harbour board.",x\n')
    odd.write_text(TRICKY)
    assert main(["quotes", str(table)]) == 2
    assert "--columns 'text=when'" in one_line(capsysbinary)
    assert main(["quotes", str(table), "--columns", "text=what, then,date=when", "-f", "csv"]) == 0
    assert b"Vera Okoro" in capsysbinary.readouterr().out
    assert main(["quotes", str(table), "--columns", "what"]) == 2
    assert "text=what" in one_line(capsysbinary)
    assert main(["quotes", str(odd)]) == 2
    assert "--kind txt" in one_line(capsysbinary)
    assert main(["quotes", str(odd), "--kind", "txt", "-f", "csv"]) == 0
    assert b"Vera Okoro" in capsysbinary.readouterr().out
    assert main(["quotes", str(odd), "--kind", "txt", "--max-characters", "9"]) == 2
    assert "--max-characters" in one_line(capsysbinary)


def test_rows_of_several_articles_show_whose_they_are(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "one.txt").write_text(f"Harbour bridge to be rebuilt\n\n{TRICKY}", encoding="utf-8")
    (tmp_path / "two.txt").write_text(TRICKY.replace("bridge", "wall"), encoding="utf-8")
    (tmp_path / "esc\x1b[31m.txt").write_text("", encoding="utf-8")
    assert main(["quotes", str(tmp_path)]) == 0
    out, err = capsysbinary.readouterr()
    assert out.decode().startswith("article") and "two.txt" in out.decode()
    assert "Harbour bridge" in out.decode() and nl.load(tmp_path / "two.txt").article_id not in out.decode()
    assert b"\x1b" not in err


LABELLED = {
    "id": "one",
    "text": 'Ana Torvel said the old bridge is safe. "We checked it twice," she said.',
    "quotes": [
        {"start": 16, "end": 38, "speaker": {"start": 0, "end": 10, "text": "Ana Torvel", "name": "Ana Torvel"}},
        {"start": 40, "end": 62, "speaker": {"start": 63, "end": 66, "text": "she", "name": "Ana Torvel"}},
    ],
}


def test_a_table_for_a_spreadsheet_is_whole_and_runs_nothing(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text(f'{TRICKY}\n\n"=HYPERLINK(1) costs £5 – no more," Ana Torvel said.', encoding="utf-8")
    for name in ("q.xlsx", "q.csv"):
        assert main(["quotes", str(story), "-o", str(tmp_path / name)]) == 0
    head, *rows = openpyxl.load_workbook(tmp_path / "q.xlsx").worksheets[0].iter_rows()
    frame = pd.read_csv(tmp_path / "q.csv")
    assert [cell.value for cell in head] == list(frame.columns) and len(rows) == len(frame)
    cells = [cell for row in rows for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert any("£5 –" in str(cell.value) for cell in cells) and any(isinstance(cell.value, int) for cell in cells)
    assert (tmp_path / "q.csv").read_bytes().startswith(codecs.BOM_UTF8)
    assert "£5 –" in (tmp_path / "q.csv").read_text(encoding="utf-8-sig")
    assert main(["quotes", str(tmp_path / "q.csv")]) == 2


def test_an_answer_is_readable_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    short = as_text(pd.DataFrame({"count_star()": [12]}), ["count_star()"]).decode().splitlines()
    assert short[0] == "count_star()"
    wide = pd.DataFrame({f"a_long_column_{number}": ["word"] for number in range(20)})
    assert not fits(wide) and fits(wide.iloc[:, :3])


def test_labelled_articles_are_evaluated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "labelled.jsonl"
    path.write_text(json.dumps(LABELLED), encoding="utf-8")
    assert main(["evaluate", "quotes", str(path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "1 articles, 2 quotes labelled, 2 found"
    assert next(line for line in lines if line.startswith("e2e_full")).split()[1:4] == ["100.0"] * 3
    assert "label:" not in "".join(lines)
    path.write_text(json.dumps({**LABELLED, "quotes": LABELLED["quotes"][:1]}), encoding="utf-8")  # type: ignore[index]
    assert main(["evaluate", "quotes", str(path)]) == 0
    assert "1 found quote has no label: precision counts it as wrong" in capsys.readouterr().out
    assert main(["evaluate", "quotes", str(path), "--kinds", "loud"]) == 2
    assert "loud" in capsys.readouterr().err


def test_quotes_are_written_as_annotations(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    story = tmp_path / "story.txt"
    story.write_text(str(LABELLED["text"]), encoding="utf-8")
    assert main(["quotes", str(story), "--format", "annotations"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert [quote["speaker"]["name"] for quote in record["quotes"]] == ["Ana Torvel", "Ana Torvel"]


def test_a_table_is_not_written_in_another_office_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    story = tmp_path / "story.txt"
    story.write_text(str(LABELLED["text"]), encoding="utf-8")
    assert main(["quotes", str(story), "-o", str(tmp_path / "quotes.ods")]) == 2
    assert ".csv" in capsys.readouterr().err
    assert not (tmp_path / "quotes.ods").exists()
