"""The store: what is kept, known again, asked in SQL, and refused."""

from __future__ import annotations

import json
import pickle
import shutil
import threading
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pandas as pd
import pytest
from stories import make_stories, make_story

import newslab as nl
from newslab.analysis.computing import GROUPS
from newslab.cli import main
from newslab.store import Store
from newslab.tables import RECORDS

TABLES = [name for group in GROUPS for name in group]
STORIES = make_stories(10)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "results"
    nl.analyze(STORIES, store=path)
    return path


@pytest.fixture(scope="module")
def in_memory() -> nl.Analysis:
    return nl.analyze(STORIES)


def files(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.rglob("*") if path.is_file()}


def test_a_store_gives_the_same_tables_as_an_analysis_in_memory(folder: Path, in_memory: nl.Analysis) -> None:
    stored = nl.open_store(folder)
    for name in [*TABLES, "failures"]:
        pd.testing.assert_frame_equal(getattr(stored, name), getattr(in_memory, name))
    assert list(stored.article_list) == STORIES
    assert stored.article_list[-1] == STORIES[-1] and stored.article_list[2:4] == tuple(STORIES[2:4])
    assert "10 article(s)" in repr(stored)


def test_a_second_run_does_only_what_is_new_and_rewrites_nothing(folder: Path, tmp_path: Path) -> None:
    grown = tmp_path / "results"
    shutil.copytree(folder, grown)
    before = files(grown)
    nl.analyze(STORIES, store=grown)
    assert files(grown) == before
    more = nl.analyze([*STORIES, make_story(10)], store=grown)
    after = files(grown)
    assert {name: after[name] for name in before} == before and len(after) > len(before)
    assert more.articles["title"].tolist() == [f"Bridge {number}" for number in range(11)]


def test_a_text_from_a_further_source_is_a_failure_of_the_stage_duplicate(folder: Path, tmp_path: Path) -> None:
    grown = tmp_path / "results"
    shutil.copytree(folder, grown)
    for _ in range(2):
        found = nl.analyze(
            [make_story(0), make_story(0, source="wire.txt"), make_story(1, source="again.txt")], store=grown
        )
    assert len(found.articles) == 10
    assert found.failures[["source", "stage"]].values.tolist() == [
        ["wire.txt", "duplicate"],
        ["again.txt", "duplicate"],
    ]
    assert found.failures["reason"].str.endswith("A store has each text once.").all()


def test_what_is_known_of_an_article_is_renewed_beside_what_was_written(folder: Path, tmp_path: Path) -> None:
    grown = tmp_path / "results"
    shutil.copytree(folder, grown)
    before = files(grown)
    named = [replace(story, outlet=f"Desk {place}", date="2020-01-05") for place, story in enumerate(STORIES[:2])]
    for changed in ([*named, *STORIES[2:]], [replace(named[0], title=None, outlet="Last"), *named[:1]]):
        found = nl.analyze(changed, store=grown)
    after = files(grown)
    assert {name: after[name] for name in before} == before and len(after) == len(before) + 2
    assert found.articles["outlet"].tolist() == ["Last", "Desk 1", *(story.outlet for story in STORIES[2:])]
    assert found.articles["title"].fillna("none").tolist() == [
        "none",
        "Bridge 1",
        *(story.title for story in STORIES[2:]),
    ]
    assert found.articles["article_id"].tolist() == [story.article_id for story in STORIES]
    assert [each.date for each in found.article_list[:3]] == ["2020-01-05", "2020-01-05", None]
    assert found.sql("select count(*) as n from articles where outlet = 'Desk 1'")["n"].item() == 1
    nl.analyze([replace(named[0], title=None, outlet="Last"), *named], store=grown)
    assert files(grown) == after


def test_other_white_space_is_the_same_text_but_in_the_first_stores(folder: Path, tmp_path: Path) -> None:
    broken = [
        replace(story, text=story.text.replace("\n\n", " \n"), source=f"again {story.source}") for story in STORIES
    ]
    assert nl.Corpus.from_table([STORIES[0].text, broken[0].text]).failures["stage"].tolist() == ["duplicate"]
    for exact, number in ((False, 10), (True, 20)):
        old = tmp_path / str(exact)
        if exact:
            manifest = {"format": 1, "made_by": Store.open(folder).made_by}
            old.mkdir()
            (old / "newslab-store.json").write_text(json.dumps(manifest))
        nl.analyze(STORIES, store=old)
        found = nl.analyze([*broken, *STORIES], store=old)
        assert len(found.articles) == number and len(found.failures) == 20 - number


@pytest.mark.parametrize("where", ["stored", "in memory"])
def test_sql_answers_and_opens_nothing_else(where: str, folder: Path, in_memory: nl.Analysis, tmp_path: Path) -> None:
    analysis = nl.open_store(folder) if where == "stored" else in_memory
    query = "select actor, sum(words_spoken) as words from actors where words_spoken > 0 group by actor order by actor"
    answer = analysis.sql(query)
    actors = in_memory.actors
    expected = actors[actors["words_spoken"] > 0].groupby("actor")["words_spoken"].sum()
    assert dict(zip(answer["actor"], answer["words"], strict=True)) == expected.to_dict()
    assert [str(dtype) for dtype in answer.dtypes] == ["string", "Int64"]
    joined = "select a.outlet, count(*) as n from quotes q join articles a using (article_id) group by 1 order by 1"
    assert analysis.sql(joined)["n"].sum() == len(in_memory.quotes)
    assert analysis.sql("select count(distinct person_id) as n from actors")["n"].item() > 0
    secret = tmp_path / "secret.csv"
    secret.write_text("a,b\n1,2\n")
    here = pd.DataFrame({"a": [1]})
    assert len(here) == 1
    for bad in (
        f"select * from '{secret}'",
        f"select * from read_text('{secret}')",
        f"copy quotes to '{tmp_path / 'out.csv'}'",
        f"attach '{tmp_path / 'new.db'}'",
        "select * from here",
        "drop view quotes",
        "drop table quotes",
        "select 1; select 2",
        "selec",
        "",
        "set enable_external_access = true",
    ):
        with pytest.raises(nl.NewslabError):
            analysis.sql(bad)
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]


@pytest.mark.parametrize("where", ["stored", "in memory"])
def test_sql_shows_what_was_asked_whatever_its_names_and_sizes(
    where: str, folder: Path, in_memory: nl.Analysis
) -> None:
    analysis = nl.open_store(folder) if where == "stored" else in_memory
    both = analysis.sql(
        "select q.article_id, a.article_id, 1 as article_id from quotes q join articles a using (article_id)"
    )
    assert list(both.columns) == ["article_id", "article_id_1", "article_id_2"]
    assert both["article_id"].tolist() == both["article_id_1"].tolist()
    large = analysis.sql("select 18446744073709551615::ubigint as a, 170141183460469231731687303715884105727 as b")
    assert large["a"].item() == 2**64 - 1 and large["b"].item() == pytest.approx(2.0**127)
    texts = analysis.sql("select article_id, text from texts where decode(text) like '%number 3 %'")
    assert texts.values.tolist() == [[STORIES[3].article_id, STORIES[3].text]]
    for bad in ("select actr from quotes", "select \ud800"):
        with pytest.raises(nl.NewslabError, match=r"not understood: .*[^.]\. The tables are articles, .*, texts\.$"):
            analysis.sql(bad)


def test_a_stored_analysis_survives_pickling_and_goes_into_worksheets(folder: Path, tmp_path: Path) -> None:
    stored = pickle.loads(pickle.dumps(nl.open_store(folder)))
    assert len(stored.quotes) == len(nl.open_store(folder).quotes) > 10
    few = stored.only([STORIES[3].article_id])
    assert few.article_list == (STORIES[3],) and few.quotes["article_id"].unique().tolist() == [STORIES[3].article_id]
    sheet = few.to_worksheet(tmp_path / "check.csv")
    assert len(stored.with_corrections(sheet).quotes) == len(stored.quotes)


def test_other_versions_other_folders_and_damage_are_told(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(nl.NewslabError, match="there is no store"):
        nl.open_store(tmp_path)
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(nl.NewslabError, match="holds other files"):
        nl.analyze(STORIES, store=tmp_path)
    with pytest.raises(nl.NewslabError, match="made with aliases"):
        nl.analyze(STORIES, store=folder, aliases={"Torvel": "Ana Torvel"})
    broken = tmp_path / "broken"
    shutil.copytree(folder, broken)
    next((broken / "quotes").iterdir()).unlink()
    with pytest.raises(nl.NewslabError, match="lacks the file quotes"):
        nl.open_store(broken)
    part = next((broken / "articles").iterdir())
    part.write_bytes(part.read_bytes()[:50])
    with pytest.raises(nl.NewslabError, match="damaged"):
        nl.analyze(STORIES, store=broken)
    manifest = broken / "newslab-store.json"
    manifest.write_text(json.dumps({"format": 99, "made_by": {"newslab": "9.0"}}))
    with pytest.raises(nl.NewslabError, match=r"another version: newslab 9\.0"):
        nl.open_store(broken)
    manifest.write_text("{")
    with pytest.raises(nl.NewslabError, match="damaged"):
        nl.open_store(broken)


def test_a_part_without_its_last_table_is_not_there(folder: Path, tmp_path: Path) -> None:
    cut = tmp_path / "results"
    shutil.copytree(folder, cut)
    first = min((cut / "articles").iterdir())
    first.unlink()
    assert len(nl.open_store(cut).articles) == 2
    whole = nl.analyze(STORIES, store=cut)
    assert list(whole.article_list) == STORIES
    assert len(whole.quotes) == len(nl.open_store(folder).quotes)


def test_what_two_writers_wrote_at_once_is_there_once(folder: Path, tmp_path: Path) -> None:
    """The same articles in other parts, and another text under an id that is taken."""
    both = tmp_path / "results"
    shutil.copytree(folder, both)
    other = nl.Article('"It is late," Mira Oduya said.', article_id=STORIES[0].article_id, source="late.txt")
    nl.analyze([STORIES[1], STORIES[0], other], store=tmp_path / "second")
    for table in [*RECORDS, "texts"]:
        for part in (tmp_path / "second" / table).iterdir():
            shutil.copy(part, both / table / f"x{part.name}")
    found = nl.open_store(both)
    assert len(found.articles) == 11 and found.articles["article_id"].is_unique
    assert len(found.quotes) == len(nl.open_store(folder).quotes) + 1
    late = found.articles.set_index("source").loc["late.txt", "article_id"]
    assert found.quotes.set_index("article_id").loc[late, "text"] == '"It is late,"'
    assert found.only([late]).article_list[0].text == other.text


def test_of_articles_with_one_id_each_keeps_its_own_in_every_run(tmp_path: Path) -> None:
    named = [replace(story, article_id="x") for story in STORIES[:5]]
    ids: dict[str, str] = {}
    for run in (named[:2], named[2:3], named[3:], named[::-1]):
        found = nl.analyze(run, store=tmp_path / "results")
        now = dict(zip(found.articles["title"], found.articles["article_id"], strict=True))
        assert now.items() >= ids.items()
        ids = now
    assert sorted(ids.values()) == ["x", "x-2", "x-3", "x-4", "x-5"]
    assert len(found.quotes) == len(nl.analyze(named).quotes)
    first = nl.analyze(named[:2], store=tmp_path / "first")
    for name in RECORDS:
        pd.testing.assert_frame_equal(getattr(first, name), getattr(nl.analyze(named[:2]), name))
    for again, story in enumerate(named[2:]):
        nl.analyze([story], store=tmp_path / f"other{again}")
        for table in [*RECORDS, "texts"]:
            for part in (tmp_path / f"other{again}" / table).iterdir():
                shutil.copy(part, tmp_path / "first" / table)
    assert nl.open_store(tmp_path / "first").articles["article_id"].is_unique


def test_a_file_with_a_name_in_another_coding_is_known_again(tmp_path: Path) -> None:
    story = replace(STORIES[0], source="caf\udce9.txt")
    for _ in range(2):
        assert nl.analyze([story], store=tmp_path / "results").failures.empty


def test_writers_in_two_threads_do_no_harm(tmp_path: Path) -> None:
    threads = [
        threading.Thread(target=nl.analyze, args=(stories,), kwargs={"store": tmp_path / "results"})
        for stories in (STORIES[:6], STORIES[3:])
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = nl.open_store(tmp_path / "results")
    assert sorted(found.articles["title"]) == sorted(str(each.title) for each in STORIES)
    assert not found.quotes.duplicated(["article_id", "quote_id"]).any()


def test_strange_text_comes_back_as_it_was(tmp_path: Path) -> None:
    strange = [nl.Article("half \ud800 a sign, said Ana Torvel. \x00\x07"), nl.Article(""), nl.Article("😀 “Да”")]
    found = nl.analyze(strange, store=tmp_path / "results")
    assert [article.text for article in found.article_list] == [article.text for article in strange]
    assert found.sql("select text from texts")["text"].tolist()[1:] == ["", "😀 “Да”"]


def test_an_empty_corpus_makes_a_store_with_all_columns(tmp_path: Path) -> None:
    found = nl.analyze([], store=tmp_path / "results")
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(found, name), getattr(nl.analyze([]), name))
    assert found.sql("select count(*) as n from quotes")["n"].item() == 0
    assert len(found.article_list) == 0


def test_a_store_may_lie_at_an_address(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("fsspec")
    url = f"local://{tmp_path / 'far'}"
    found = nl.analyze(STORIES, store=url)
    pd.testing.assert_frame_equal(found.quotes, nl.open_store(folder).quotes)
    assert Store.open(url).parts() == Store.open(folder).parts()
    for nowhere in ("nowhere://bucket/results", "ftp://127.0.0.1:1/results"):
        with pytest.raises(nl.NewslabError, match="check the address"):
            nl.open_store(nowhere)


def test_a_store_may_lie_where_there_are_no_folders_and_no_files(folder: Path) -> None:
    pytest.importorskip("fsspec")
    url = f"memory://{uuid4().hex}/results"
    nl.analyze(STORIES[:6], store=url)
    found = nl.analyze(STORIES, store=url)
    pd.testing.assert_frame_equal(found.quotes, nl.open_store(folder).quotes)
    assert found.sql("select count(*) as n from articles")["n"].item() == len(STORIES)


def test_two_writers_may_make_one_folder_at_once() -> None:
    pytest.importorskip("fsspec")
    from fsspec import register_implementation
    from fsspec.implementations.memory import MemoryFileSystem

    class Late(MemoryFileSystem):
        """A filesystem where somebody else has just made every folder."""

        protocol = "late"

        def makedirs(self, path: str, exist_ok: bool = False) -> None:
            super().makedirs(path, exist_ok=True)
            raise RuntimeError("550 File exists")

    register_implementation("late", Late, clobber=True)
    assert len(nl.analyze(STORIES[:2], store=f"late://{uuid4().hex}/results").article_list) == 2


def test_the_commands_fill_and_ask_a_store(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    (tmp_path / "stories").mkdir()
    lines = [json.dumps({"text": each.text, "title": each.title}) for each in STORIES]
    (tmp_path / "stories" / "all.jsonl").write_text("\n".join([*lines, lines[0]]), encoding="utf-8")
    store = str(tmp_path / "results")
    assert main(["corpus", str(tmp_path / "stories"), "-o", store, "--workers", "1"]) == 0
    out, err = capsysbinary.readouterr()
    assert b"holds 10 articles; 1 row in failures" in out
    assert b"all.jsonl, line 11: left out: the same text" in err
    assert main(["sql", store, "select stage, count(*) as n from failures group by stage", "-f", "csv"]) == 0
    assert capsysbinary.readouterr().out == b"stage,n\nduplicate,1\n"
    assert main(["quotes", store, "-f", "jsonl"]) == 0
    assert len(capsysbinary.readouterr().out.splitlines()) == len(nl.open_store(store).quotes)
    assert main(["actors", store]) == 0
    assert b"Ana Torvel" in capsysbinary.readouterr().out
    for words, told in (
        (["sql", store, "drop table quotes"], b"one SELECT"),
        (["sql", str(tmp_path), "select 1"], b"no store"),
        (["corpus", store, "-o", store], b"holds the articles themselves"),
        (["corpus", "-", "-o", store], b"only once"),
        (["corpus", str(tmp_path / "stories"), "-o", store, "--workers", "0"], b"--workers=0"),
        (["quotes", store, "-o", str(tmp_path / "no" / "x.csv")], b"no folder"),
        (["report", store, str(tmp_path / "stories"), "-o", str(tmp_path / "x.html")], b"looked at alone"),
    ):
        assert main(words) == 2
        out, err = capsysbinary.readouterr()
        assert told in err and out == b"" and len(err.splitlines()) == 1


def test_the_command_tells_what_was_new_what_failed_and_what_is_noted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, store = tmp_path / "stories", str(tmp_path / "results")
    source.mkdir()
    rows = [f'"{each.text.replace(chr(34), chr(39))}",Desk {place}' for place, each in enumerate(STORIES[:3])]
    (source / "a.csv").write_text("\n".join(["text,masthead", *rows]))
    (source / "b.txt").write_text("Le conseil a voté contre la fermeture des écoles, a déclaré le maire jeudi soir.")
    for number in range(12):
        (source / f"empty{number:02d}.txt").write_text("")
    command = ["corpus", str(source), "-o", store, "--workers", "1"]
    assert main(command) == 0
    out, err = capsys.readouterr()
    assert "holds 4 articles; 12 rows in failures" in out
    assert err.count(": it holds no text.") == 10 and "... and 2 more in failures" in err
    assert "b.txt: the text is not in English (fr)" in err and "a.csv, row 2: columns of the table" in err
    (source / "c.txt").write_text(STORIES[5].text)
    assert main([*command, "--columns", "outlet=masthead"]) == 0
    assert "holds 5 articles: 1 new, 4 known, 3 of them with another title, date" in capsys.readouterr().out
    articles = nl.open_store(store).articles
    assert articles["outlet"].dropna().tolist() == ["Desk 0", "Desk 1", "Desk 2"]
    assert "columns of the table" not in str(articles["warnings"].tolist())
