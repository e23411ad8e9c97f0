"""Who is who across articles as a person says: what follows a line, what counts by it, and under which ids."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from stories import make_stories
from test_linking import cast, groups

import newslab as nl
from newslab.__main__ import main
from newslab.analysis import finishing
from newslab.report.overview import Overview

HEADER = "decision,actor,article_id,other,other_article_id\n"
STORIES = make_stories(13)
JOIN = HEADER + "join,Ana Torvel,,Tom Brask,\n"


def write(folder: Path, lines: str, name: str = "links.csv") -> Path:
    path = folder / name
    path.write_text(lines, encoding="utf-8")
    return path


def decisions(*rows: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=HEADER.strip().split(","))


@pytest.fixture(scope="module")
def in_memory() -> nl.Analysis:
    return nl.analyze(STORIES)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "results"
    nl.analyze(STORIES, store=path)
    return path


def ids_of(analysis: nl.Analysis, *names: str) -> set[str]:
    actors = analysis.actors
    return set(actors.loc[actors["actor"].isin(names), "person_id"])


@pytest.mark.parametrize("where", ["stored", "in memory"])
def test_tables_charts_and_outlets_count_by_the_links(
    where: str, in_memory: nl.Analysis, folder: Path, tmp_path: Path
) -> None:
    analysis = nl.open_store(folder) if where == "stored" else in_memory
    before = analysis.actors
    linked = analysis.with_links(write(tmp_path, JOIN))
    assert ids_of(linked, "Ana Torvel", "Tom Brask") == {"ana-torvel"}
    pd.testing.assert_frame_equal(analysis.actors, before)
    assert linked.actors.dtypes.to_dict() == before.dtypes.to_dict()
    pd.testing.assert_frame_equal(linked.quotes, analysis.quotes)
    asked = linked.sql("select count(distinct person_id) as n from actors where actor in ('Ana Torvel', 'Tom Brask')")
    assert asked["n"].tolist() == [1]
    assert analysis.sql("select count(distinct person_id) as n from actors where words_spoken > 0")["n"].tolist() == [4]
    assert Overview(linked).answer().count("3 speakers are quoted") == 1
    words = before.loc[before["actor"].isin(["Ana Torvel", "Tom Brask"]), ["words_spoken", "words_reported"]]
    for chart in (nl.charts.plot_speakers(linked.actors), nl.charts.plot_diversity(linked.actors)):
        assert "3 speakers" in str(chart.to_dict())
    shares = nl.measure_outlets(linked.actors, linked.articles)
    own = shares[(shares["measure"] == "words_share") & (shares["person_id"] == "ana-torvel")]
    assert own["rests_on"].notna().all() and own["articles_with"].sum() == len(words)
    compared = nl.compare_outlets(linked.actors, linked.articles, draws=20)
    assert "tom-brask" not in set(compared["person_id"].dropna())


@pytest.mark.parametrize("where", ["stored", "in memory"])
def test_links_go_where_the_analysis_goes(where: str, in_memory: nl.Analysis, folder: Path, tmp_path: Path) -> None:
    analysis = nl.open_store(folder) if where == "stored" else in_memory
    linked = analysis.with_links(write(tmp_path, JOIN)).with_links(
        decisions(("join", "Mira Oduya", "", "Lena Harwick", ""))
    )
    again = pickle.loads(pickle.dumps(linked))
    assert len(ids_of(again, "Ana Torvel", "Tom Brask")) == len(ids_of(again, "Mira Oduya", "Lena Harwick")) == 1
    few = linked.only([article.article_id for article in STORIES[:2]])
    assert ids_of(few, "Ana Torvel", "Tom Brask") == {"ana-torvel"}
    sheet = few.to_worksheet(tmp_path / f"{where}.csv")
    corrected = few.with_corrections(sheet)
    assert ids_of(corrected, "Ana Torvel", "Tom Brask") == {"ana-torvel"} and corrected.failures.empty
    one = linked.only([STORIES[0].article_id])
    assert len(one.with_corrections(one.to_worksheet(tmp_path / f"one {where}.csv")).actors) == len(one.actors)


def test_a_line_about_a_name_that_a_worksheet_changed_is_a_failure(in_memory: nl.Analysis, tmp_path: Path) -> None:
    sheet = in_memory.to_worksheet(tmp_path / "check.xlsx")
    book = load_workbook(sheet)
    page = book["actors"]
    columns = {cell.value: cell.column for cell in page[1]}
    for row in range(2, page.max_row + 1):
        if page.cell(row, columns["actor"]).value == "Tom Brask":
            page.cell(row, columns["actor should be"]).value = "Tomas Brask"
    book.save(sheet)
    rows = decisions(("id", "Tom Brask", "", "T1", ""), ("id", "Mira Oduya", "", "M1", ""))
    corrected = in_memory.with_links(rows).with_corrections(sheet)
    assert corrected.failures["stage"].tolist() == ["links"]
    assert "line 2 names 'Tom Brask', and no article has that actor" in corrected.failures["reason"][0]
    assert (ids_of(corrected, "Tomas Brask"), ids_of(corrected, "Mira Oduya")) == ({"tomas-brask"}, {"M1"})


@pytest.mark.parametrize(
    ("rows", "error", "said"),
    [
        ([("merge", "Ana Torvel", "", "Tom Brask", "")], nl.LoadError, "the table of links: line 2 has the decision"),
        ([("join", "Ana Torvel", "", "Nobody", "")], nl.LoadError, "line 2 names 'Nobody'"),
        ([("id", "Ana Torvel", "", "", "")], nl.LoadError, "gives 'Ana Torvel' no id"),
        (
            [("id", "Ana Torvel", "", "x", ""), ("id", "Tom Brask", "", "x", "")],
            nl.LoadError,
            "line 3 .* second person",
        ),
        ([("id", "Ana Torvel", "", "x", ""), ("id", "Ana Torvel", "", "y", "")], nl.LoadError, "second id, beside 'x'"),
    ],
)
def test_what_cannot_be_followed_is_told_at_once(
    rows: list[tuple[str, ...]], error: type[Exception], said: str, in_memory: nl.Analysis, folder: Path
) -> None:
    for analysis in (in_memory, nl.open_store(folder)):
        with pytest.raises(error, match=said):
            analysis.with_links(decisions(*rows))


def test_one_article_and_too_many_actors_are_refused(in_memory: nl.Analysis, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(nl.NewslabError, match=r"here is one article\. Correct who is who in it with a worksheet"):
        nl.analyze(STORIES[0]).with_links(decisions(("join", "Ana Torvel", "", "Tom Brask", "")))
    monkeypatch.setattr(finishing, "MOST_LINKED", 3)
    with pytest.raises(nl.NewslabError, match="too many to link"):
        in_memory.with_links(decisions(("join", "Ana Torvel", "", "Tom Brask", "")))


def test_the_table_of_why_agrees_with_the_ids_of_the_window(in_memory: nl.Analysis, folder: Path) -> None:
    for analysis in (in_memory, nl.open_store(folder)):
        links = nl.link_actors(analysis.actors, analysis.mentions)
        assert links["person_id"].tolist() == analysis.actors["person_id"].tolist()


def test_a_join_takes_along_whom_each_was_one_with() -> None:
    actors = cast(("a", "Ann Lee"), ("b", "Anna Leigh"), ("c", "Anna Leigh"), ("d", "Ann Lee"), ("e", "Leigh"))
    assert groups(nl.link_actors(actors)) == [{"a Ann Lee", "d Ann Lee"}, {"b Anna Leigh", "c Anna Leigh", "e Leigh"}]
    links = nl.link_actors(actors, corrections=decisions(("join", "Ann Lee", "d", "Anna Leigh", "c")))
    assert len(groups(links)) == 1
    assert ["joined by hand"] in links["why"].tolist()


def test_a_join_brings_nobody_together_who_is_kept_apart() -> None:
    actors = cast(("a", "Ann Lee"), ("b", "Anna Leigh"), ("c", "Anna Leigh"), ("d", "Ann Lee"))
    rows = decisions(("join", "Ann Lee", "a", "Anna Leigh", "b"), ("keep apart", "Ann Lee", "d", "Anna Leigh", "c"))
    found = groups(nl.link_actors(actors, corrections=rows))
    assert any({"a Ann Lee", "b Anna Leigh"} <= group for group in found)
    assert not any({"d Ann Lee", "c Anna Leigh"} <= group for group in found)
    close = decisions(("join", "Ann Lee", "a", "Anna Leigh", "b"), ("keep apart", "Ann Lee", "a", "Anna Leigh", "c"))
    assert {"c Anna Leigh"} in groups(nl.link_actors(actors, corrections=close))


def test_who_has_no_name_is_somebody_else_in_each_article_unless_a_line_says_so() -> None:
    actors = cast(("a", "a neighbour"), ("b", "a neighbour"), ("c", "a neighbour"))
    assert nl.link_actors(actors)["person_id"].tolist() == ["a-neighbour-a", "a-neighbour-b", "a-neighbour-c"]
    rows = decisions(("join", "a neighbour", "a", "a neighbour", "b"))
    assert nl.link_actors(actors, corrections=rows)["person_id"].nunique() == 2


GROWTH = (
    ("a", "Daniel Okonjo", "finance minister"), ("a", "Grace Adeleru", "president"), ("b", "Tarrow", "coach"),
    ("b", "Robert Tarrow", "coach"), ("c", "Grace Adeleru", "president"), ("c", "Residents", None, "group"),
)  # fmt: skip
LATER = (
    ("d", "Grace B. Adeleru", "president"), ("e", "Grace B. Adeleru", "president"), ("f", "Grace B. Adeleru"),
    ("f", "Residents", None, "group"), ("g", "Robert Tarrow", "coach"),
)  # fmt: skip


def test_ids_stay_when_articles_are_added_and_never_go_to_somebody_else() -> None:
    before = nl.link_actors(cast(*GROWTH))
    after = nl.link_actors(cast(*GROWTH, *LATER))
    assert after["person_id"].tolist()[: len(GROWTH)] == before["person_id"].tolist()
    assert before["person_id"].tolist()[:2] == ["daniel-okonjo", "grace-adeleru"]
    other = ("g", "Daniel Okonjo", "goalkeeper"), ("g", "Petra Wills", "coach")
    for rows in ((*GROWTH, *other), (*other, *GROWTH)):
        links = nl.link_actors(cast(*rows)).set_index(["article_id", "actor"])["person_id"]
        assert links["a", "Daniel Okonjo"] == "daniel-okonjo-a"
        assert links["g", "Daniel Okonjo"] == "daniel-okonjo-g"


def test_a_line_gives_an_id_that_stays_whatever_is_added() -> None:
    rows = decisions(("id", "Daniel Okonjo", "a", "Q17", ""), ("id", "Grace Adeleru", "", "daniel-okonjo", ""))
    for more in ((), (("g", "Daniel Okonjo", "goalkeeper"), ("g", "Petra Wills", "coach"))):
        links = nl.link_actors(cast(*more, *GROWTH), corrections=rows).set_index(["article_id", "actor"])["person_id"]
        assert links["a", "Daniel Okonjo"] == "Q17"
        assert links["c", "Grace Adeleru"] == "daniel-okonjo"
        assert not more or links["g", "Daniel Okonjo"] == "daniel-okonjo-g"


def test_an_id_for_two_people_is_refused() -> None:
    actors = cast(*GROWTH, ("g", "Daniel Okonjo", "goalkeeper"), ("g", "Petra Wills", "coach"))
    with pytest.raises(nl.LoadError, match=r"gives one id to 2 people called 'Daniel Okonjo'\. Fill in"):
        nl.link_actors(actors, corrections=decisions(("id", "Daniel Okonjo", "", "x", "")))


def test_the_commands_take_links(folder: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    links = str(write(tmp_path, JOIN))
    assert main(["actors", str(folder), "--links", links, "-f", "jsonl"]) == 0
    rows = [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    assert {row["person_id"] for row in rows if row["actor"] in ("Ana Torvel", "Tom Brask")} == {"ana-torvel"}
    query = "select count(distinct person_id) as n from actors where words_spoken > 0"
    assert main(["sql", str(folder), query, "--links", links, "-f", "csv"]) == 0
    assert capsysbinary.readouterr().out.split() == [b"n", b"3"]
    bad = str(write(tmp_path, HEADER + "join,Ana Torvel,,Nobody,\n", "bad.csv"))
    assert main(["actors", str(folder), "--links", bad]) == 2
    assert b"bad.csv: line 2 names 'Nobody'" in capsysbinary.readouterr().err
    assert main(["actors", str(folder), "--links", links, "-o", links]) == 2
    assert b"the file of links, and would be lost" in capsysbinary.readouterr().err


@pytest.mark.slow
def test_the_report_counts_by_the_links(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert main(["report", str(folder), "--links", str(write(tmp_path, JOIN)), "-o", str(page)]) == 0
    assert "3 speakers are quoted" in page.read_text(encoding="utf-8")
