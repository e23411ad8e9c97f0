"""Folders, zip and gzip: what they hold is read, and never further than the caps."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from newslab.corpus import Corpus
from newslab.errors import LoadError
from newslab.loading import load

BODY = "The harbour will reopen on Monday. The mayor, Dana Whitlock, said the repairs had cost less than feared."
PAGE = f"<html><body><article><h1>Harbour</h1><p>{BODY}</p><p>{BODY} It is the last.</p></article></body></html>"


def make_zip(path: Path, members: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_a_zip_of_files(tmp_path: Path) -> None:
    path = make_zip(
        tmp_path / "a.zip", {"b/two.html": PAGE, "one.txt": BODY, "__MACOSX/._one.txt": "x", ".DS_Store": "x"}
    )
    corpus = Corpus.load(path)
    assert [article.source for article in corpus] == [f"{path}/b/two.html", f"{path}/one.txt"]
    assert corpus[1].text == BODY and corpus[0].title == "Harbour"


def test_a_zip_of_one_file_is_one_article(tmp_path: Path) -> None:
    assert load(make_zip(tmp_path / "a.zip", {"one.txt": BODY})).text == BODY


def test_names_that_lead_out_of_an_archive_are_refused_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    names = ("../evil.txt", "/abs/evil.txt", "c\\..\\..\\evil.txt", "good.txt")
    path = make_zip(tmp_path / "in" / "a.zip", {name: f"{BODY} {name}." for name in names})
    corpus = Corpus.load(path, errors="collect")
    assert [article.text for article in corpus] == [BODY + " good.txt."]
    assert corpus.failures.reason.str.contains("leads out of the archive").tolist() == [True, True, True]
    assert [item.name for item in tmp_path.rglob("*")] == ["in", "a.zip"]


@pytest.mark.parametrize(
    ("members", "option"),
    [
        ({"a.txt": b"a" * 101_000_000}, "max_unpacked"),
        ({f"{number}.txt": "x" for number in range(1_001)}, "max_members"),
        ({"a.txt": b"a" * 21_000_000}, "max_bytes"),
    ],
)
def test_a_zip_over_a_cap_names_the_option(tmp_path: Path, members: dict[str, str | bytes], option: str) -> None:
    path = make_zip(tmp_path / "a.zip", members)
    with pytest.raises(LoadError, match=option):
        load(path)


def test_an_archive_in_an_archive_is_refused(tmp_path: Path) -> None:
    inner = make_zip(tmp_path / "inner.zip", {"one.txt": BODY})
    with pytest.raises(LoadError, match="archive inside an archive"):
        load(make_zip(tmp_path / "a.zip", {"inner.zip": inner.read_bytes()}))
    nested = tmp_path / "a.txt.gz.gz.gz"
    nested.write_bytes(gzip.compress(gzip.compress(gzip.compress(BODY.encode()))))
    with pytest.raises(LoadError, match="archive inside an archive"):
        load(nested)


def test_gzip_tells_its_kind_by_the_inner_ending(tmp_path: Path) -> None:
    path = tmp_path / "a.html.gz"
    path.write_bytes(gzip.compress(PAGE.encode()))
    assert load(path).title == "Harbour"
    path.write_bytes(gzip.compress(b" " * 30_000_000))
    with pytest.raises(LoadError, match="max_bytes"):
        load(path)
    path.write_bytes(gzip.compress(PAGE.encode())[:-20])
    with pytest.raises(LoadError, match="damaged"):
        load(path)


def test_a_locked_zip(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", {"one.txt": BODY})
    data = bytearray(path.read_bytes())
    # The flag that says "encrypted", in the member's header and in the archive's directory.
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    with pytest.raises(LoadError, match="password"):
        load(path)


def test_a_folder_of_mixed_files(tmp_path: Path) -> None:
    folder = tmp_path / "stories"
    (folder / "more" / ".git").mkdir(parents=True)
    (folder / "a.txt").write_text(BODY)
    (folder / "more" / "b.html").write_text(PAGE)
    (folder / "more" / ".git" / "config.txt").write_text("hidden")
    (folder / "c.csv").write_text(f'text\n"{BODY} C."\n')
    (folder / "broken.pdf").write_text("no PDF")
    (folder / "song.mp3").write_bytes(b"ID3")
    corpus = Corpus.load(folder, errors="collect")
    assert len(corpus) == 3
    assert [Path(source).name for source in corpus.failures.source] == ["broken.pdf", "song.mp3"]
    with pytest.raises(LoadError, match=r"broken\.pdf.*errors=.collect."):
        Corpus.load(folder)
    with pytest.raises(LoadError, match=r"Corpus\.load"):
        load(folder)


def test_a_member_without_a_name_does_no_harm(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", {"a.txt": BODY})
    data = path.read_bytes()
    path.write_bytes(data[: data.rindex(b"PK\x01\x02") + 28] + b"\0\0" + data[data.rindex(b"PK\x01\x02") + 30 :])
    corpus = Corpus.load(path, errors="collect")
    assert len(corpus) == 0 and len(corpus.failures) == 1
