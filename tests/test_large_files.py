"""Tables larger than the memory are read row by row, with the articles and errors of a whole reading."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from newslab.article import Article
from newslab.corpus import Corpus
from newslab.errors import LoadError
from newslab.tables import FailureRow

BODY = "The harbour will reopen on Monday. The mayor, Dana Whitlock, said the repairs had cost less than feared."
ROWS = [
    {"text": f"{BODY} Ferry {number} sails at noon.", "title": f"Ferry {number}", "when": "2024-03-04"}
    for number in range(20)
]
OBJECTS = [json.dumps(row) for row in ROWS]
LINES = "\n".join(OBJECTS)
ACCENTED = LINES.replace("Dana", "Déa").replace("harbour", "haven “Sør”")
COMMAS = pd.DataFrame(ROWS).to_csv(index=False)
BOMS = {"utf-8-sig": "with a mark", "utf-16": "UTF-16 with a mark", "utf-16-le": "UTF-16 without one"}
FILES: dict[str, tuple[str, bytes | str]] = {
    "lines": ("a.jsonl", LINES),
    "lines that end in a return": ("a.ndjson", LINES.replace("\n", "\r\n") + "\r\n"),
    **{f"lines, {what}": ("a.jsonl", LINES.encode(encoding)) for encoding, what in BOMS.items()},
    "lines in Windows' encoding": ("a.jsonl", ACCENTED.encode("cp1252")),
    "lines in two encodings": ("a.jsonl", ACCENTED.encode() + b"\n" + ACCENTED.replace("20", "21").encode("cp1252")),
    "lines cut off": ("a.jsonl", LINES[:-70]),
    "lines of zeros": ("a.jsonl", f"{OBJECTS[0]}\n\0\0\0\0\n\n{OBJECTS[1]}\n"),
    "zeros alone": ("a.jsonl", "\0\n" * 3_000),
    "lines of all kinds": ("a.jsonl", '17\n{"text": \n"A text alone, said Oskar Friel."\nnull\n{"text": ""}\n' + LINES),
    "the same id, the same text": ("a.jsonl", "\n".join(json.dumps({**row, "id": "x"}) for row in [*ROWS, ROWS[0]])),
    "a later name for the title": ("a.jsonl", f'{OBJECTS[0]}\n{{"headline": "Late", "text": "{BODY}"}}'),
    "no text": ("a.jsonl", '{"a": 1, "b": 2}\n{"a": 3}'),
    "only broken lines": ("a.jsonl", "x\n" * 20),
    "a thousand columns": ("a.jsonl", "\n".join(json.dumps({f"c{n}": 1, "text": BODY}) for n in range(1_100))),
    "blank lines": ("a.jsonl", " \n\n"),
    "nothing": ("a.jsonl", ""),
    "a picture": ("a.jsonl", b"\x89PNG" + LINES.encode()),
    "packed lines": ("a.jsonl.gz", gzip.compress(LINES.encode())),
    "packed lines cut off": ("a.jsonl.gz", gzip.compress(LINES.encode())[:-20]),
    "packed lines, damaged": ("a.jsonl.gz", gzip.compress(LINES.encode())[:-8] + b"12345678"),
    "a packed text": ("a.txt.gz", gzip.compress(BODY.encode())),
    "commas": ("a.csv", COMMAS),
    "semicolons, in UTF-16": ("a.csv", pd.DataFrame(ROWS).to_csv(index=False, sep=";").encode("utf-16")),
    "tabs": ("a.tsv", pd.DataFrame(ROWS).to_csv(index=False, sep="\t")),
    "lines that end in a return alone": ("a.csv", COMMAS.replace("\n", "\r")),
    "paragraphs in cells": ("a.csv", COMMAS.replace(" Ferry ", '\r\n\n""Ferry"" ').replace("Dana", '"Dana')),
    "a quotation mark never closed": ("a.csv", f'{COMMAS}"{BODY},One,2024-03-04\n{BODY},Two,2024-03-04\n'),
    "ragged rows": ("a.csv", f'text,title\n"{BODY}",One\n\na,b,c\nshort\n"{BODY} Two",Two\n'),
    "packed commas": ("a.csv.gz", gzip.compress(COMMAS.encode())),
    "a header alone": ("a.csv", "text,title\n"),
    "an empty table": ("a.csv", "\n \n"),
    "no Parquet": ("a.parquet", "PAR1 no table PAR1"),
}  # fmt: skip


def write(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def check_same(path: Path, **options: int) -> Corpus:
    """Both ways of reading give the same articles, ids and failures; only one knows of which text another is a copy."""
    opened = Corpus.open(path, errors="collect", **options)  # type: ignore[arg-type]
    loaded = Corpus.load(path, errors="collect", **options)  # type: ignore[arg-type]
    assert [article.text for article in opened] == [article.text for article in loaded]
    ours, theirs = opened.table, loaded.table
    ours["warnings"] = [[each for each in row if "nearly" not in each] for row in ours["warnings"]]
    theirs["warnings"] = [[each for each in row if "nearly" not in each] for row in theirs["warnings"]]
    pd.testing.assert_frame_equal(ours, theirs)
    in_order = opened.failures.sort_values("stage", ascending=False, kind="stable").reset_index(drop=True)
    columns = ["article_id", "source", "stage"]
    pd.testing.assert_frame_equal(in_order[columns], loaded.failures[columns])
    failed = in_order["stage"] == "load"
    assert in_order["reason"][failed].tolist() == loaded.failures["reason"][failed].tolist()
    return opened


@pytest.mark.parametrize("name", FILES)
def test_reading_row_by_row_gives_what_whole_reading_gives(tmp_path: Path, name: str) -> None:
    found = check_same(write(tmp_path, *FILES[name]))
    assert len(found) or len(found.failures) or name == "a header alone"


@pytest.mark.parametrize("groups", [{}, {"row_group_size": 7}])
def test_a_parquet_table_is_read_row_by_row(tmp_path: Path, groups: dict[str, int]) -> None:
    path = tmp_path / "a.parquet"
    pd.DataFrame([*ROWS, ROWS[3], {"text": None}]).to_parquet(path, **groups)
    assert len(check_same(path)) == 20
    path.write_bytes(path.read_bytes()[:-30])
    assert len(check_same(path)) == 0


def test_a_parquet_table_damaged_within_gives_no_half_of_it(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pd.DataFrame(ROWS).to_parquet(path, row_group_size=5, compression="zstd")
    data = bytearray(path.read_bytes())
    place = data.index(b"\x28\xb5\x2f\xfd", len(data) // 3)
    data[place : place + 12] = b"\xff" * 12
    path.write_bytes(data)
    found = check_same(path)
    assert len(found) == 0 and "damaged" in found.failures.reason[0]


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "parquet"])
def test_a_file_beyond_the_caps_of_whole_reading_is_read(tmp_path: Path, suffix: str) -> None:
    path, table = tmp_path / f"a.{suffix}", pd.DataFrame(ROWS)
    if suffix == "parquet":
        table.to_parquet(path, row_group_size=5)
    else:
        path.write_text(LINES if suffix == "jsonl" else COMMAS)
    caps = {"max_bytes": path.stat().st_size // 2}
    with pytest.raises(LoadError, match="max_bytes"):
        Corpus.load(path, **caps)  # type: ignore[arg-type]
    assert [each.title for each in Corpus.open(path, **caps)] == [row["title"] for row in ROWS]  # type: ignore[arg-type]
    assert "max_rows" in check_same(path, max_rows=7).failures.reason[0]


def test_only_a_row_that_is_too_long_is_refused(tmp_path: Path) -> None:
    long = json.dumps({"text": BODY * 50})
    path = write(tmp_path, "a.jsonl", f"{OBJECTS[0]}\n{long}\n{OBJECTS[1]}\n" + long[:-2])
    found = Corpus.open(path, errors="collect", max_bytes=1_000)
    assert [each.title for each in found] == ["Ferry 0", "Ferry 1"]
    assert found.failures.source.tolist() == [f"{path}, line 2", f"{path}, line 4"]
    assert "higher max_bytes" in found.failures.reason[0]
    endless = write(tmp_path, "a.csv", COMMAS + '"' + BODY * 50)
    found = Corpus.open(endless, errors="collect", max_bytes=1_000)
    assert len(found) == 20
    assert found.failures.source.tolist() == [f"{endless}, row 22"] and "never closed" in found.failures.reason[0]


def test_what_unpacks_to_a_thousand_times_its_size_is_refused(tmp_path: Path) -> None:
    bomb = write(tmp_path, "a.jsonl.gz", gzip.compress(b"a" * 110_000_000, compresslevel=1))
    found = Corpus.open(bomb, errors="collect")
    assert len(found) == 0 and "max_unpacked" in found.failures.reason[0]
    packed = write(tmp_path, "b.jsonl.gz", gzip.compress(LINES.encode()))
    assert "max_unpacked" in Corpus.open(packed, errors="collect", max_unpacked=500).failures.reason[0]


def test_a_file_that_goes_away_is_a_failure(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", LINES)
    items = Corpus.open([path, write(tmp_path, "b.jsonl", LINES)], errors="collect", duplicates="keep").each()
    first = next(items)
    (tmp_path / "b.jsonl").unlink()
    rest = list(items)
    assert isinstance(first, Article) and len(rest) == 20
    assert isinstance(rest[-1], FailureRow) and "no such file" in rest[-1].reason


MEASURE = """
import json, resource, sys
from newslab.corpus import Corpus

def megabytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

small, large = sys.argv[1:]
few = len(list(Corpus.open(small)))
before = megabytes()
items = list(map(type, Corpus.open(large, errors="collect").each()))
print(json.dumps([len(items), megabytes() - before]))
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the system tells the peak in another unit")
@pytest.mark.parametrize("kind", ["lines", "an endless line", "parquet"])
def test_memory_does_not_grow_with_the_file(tmp_path: Path, kind: str) -> None:
    suffix = "parquet" if kind == "parquet" else "jsonl"
    small, large = tmp_path / f"small.{suffix}", tmp_path / f"large.{suffix}"
    page, number = "<p>The ferry is late again.</p>" * 6_500, 1_500
    if kind == "parquet":
        pd.DataFrame(ROWS).to_parquet(small)
        number = 15_000
        rows = [{"text": f"{row} {BODY}", "outlet": page[:20_000] + str(row)} for row in range(number)]
        pd.DataFrame(rows).to_parquet(large, compression=None, row_group_size=1_000_000)
    else:
        small.write_text(LINES)
        with large.open("w") as file:
            for row in range(number):
                file.write(json.dumps({"text": f"{row} {BODY}", "page": page}) + "\n")
            if kind == "an endless line":
                number += 1
                file.write('{"text": "')
                for _ in range(100):
                    file.write("a" * 10_000_000)
    assert large.stat().st_size > 300_000_000
    command = [sys.executable, "-c", MEASURE, str(small), str(large)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    items, grown = json.loads(answer.stdout)
    assert items == number and grown < 150
