"""Actors across articles: who is one, who only shares a name, why, and what a person says of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from linking_figures import b_cubed, read_cases

import newslab as nl
from newslab.linking import link_actors
from newslab.tables import LinkRow, make_table

COLUMNS = ("article_id", "actor", "kind", "role", "names")


def cast(*rows: tuple[Any, ...]) -> pd.DataFrame:
    """Actors as (article, name, role, kind, further names), the last three where they matter."""
    full = [(*row, *(None, "person", [])[len(row) - 2 :]) for row in rows]
    return pd.DataFrame(
        [(article, name, kind, role, [name, *more]) for article, name, role, kind, more in full], columns=COLUMNS
    )


def groups(links: pd.DataFrame) -> list[set[str]]:
    """Who is one, each as "article name"."""
    found = links.groupby("person_id", sort=False)
    return [set(part["article_id"] + " " + part["actor"]) for _, part in found]


@pytest.mark.parametrize("which", ["train", "held_out"])
def test_labelled_pairs_are_told_apart(which: str) -> None:
    actors, pairs = read_cases(which)
    links = link_actors(actors)
    assert b_cubed(list(actors["who"]), list(links["person_id"]))[2] >= 0.95
    right = [
        (links["person_id"][pair["rows"][0]] == links["person_id"][pair["rows"][1]]) == pair["same"] for pair in pairs
    ]
    assert sum(right) / len(right) >= 0.93


def test_the_labels_are_enough_and_half_of_them_are_traps() -> None:
    sets = [read_cases(which) for which in ("train", "held_out")]
    pairs = [pair for _, several in sets for pair in several]
    assert len(pairs) >= 100
    assert sum(pair["trap"] is not None for pair in pairs) >= len(pairs) / 2
    for actors, several in sets:
        for pair in several:
            one, other = (actors["who"][row] for row in pair["rows"])
            assert (one == other) == pair["same"], pair


def test_people_who_share_a_name_stay_apart_and_the_table_says_why() -> None:
    links = link_actors(
        cast(
            ("a", "Daniel Okonjo", "finance minister"), ("a", "Grace Adeleru", "president"),
            ("b", "Daniel Okonjo", "goalkeeper"), ("b", "Petra Wills", "coach"),
            ("c", "Daniel Okonjo"), ("c", "Petra Wills", "coach"),
        )
    )  # fmt: skip
    assert {"b Daniel Okonjo", "c Daniel Okonjo"} in groups(links)
    assert {"a Daniel Okonjo"} in groups(links)
    minister = links.iloc[0]
    assert minister["apart_from"] == "Daniel Okonjo (b)"
    assert "role differs: finance minister / goalkeeper" in minister["why_apart"]
    joined = links.iloc[4]
    assert joined["joined_with"] == "Daniel Okonjo (b)"
    assert joined["why"] == ["name equal", "co-mentioned: Petra Wills"]
    assert joined["score"] > 0 and joined["person"] == "Daniel Okonjo"


def test_a_last_name_alone_joins_only_the_one_it_fits() -> None:
    people = (("a", "Imtiaz Khan", "cricket captain"), ("b", "Rehana Khan", "judge"), ("b", "Sana Toor"))
    fits = link_actors(cast(*people, ("c", "Khan"), ("c", "Sana Toor")))
    assert {"b Rehana Khan", "c Khan"} in groups(fits)
    nobody = link_actors(cast(*people, ("c", "Khan"), ("c", "Zafar Mills")))
    assert {"c Khan"} in groups(nobody)
    only_one = link_actors(cast(people[0], ("c", "Khan")))
    assert {"a Imtiaz Khan", "c Khan"} in groups(only_one)


def test_two_names_that_one_article_has_as_two_people_are_two_everywhere() -> None:
    links = link_actors(
        cast(
            ("a", "Tariq Mansouri", "boxer"), ("a", "Tarek Mansouri", "boxer"),
            ("b", "Tariq Mansouri", "boxer"), ("c", "Tarek Mansouri", "boxer"),
        )
    )  # fmt: skip
    assert groups(links) == [{"a Tariq Mansouri", "b Tariq Mansouri"}, {"a Tarek Mansouri", "c Tarek Mansouri"}]
    assert links["why_apart"][2] == ["both in one article"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Farhad Soleimani", "Farhad Suleymani"),
        ("Aleksandr Czernow", "Alexander Chernov"),
        ("Søren Vestergren", "Soren Vestergren"),
        ("Hayasaka Tomoko", "Tomoko Hayasaka"),
        ("Benjamin Aldous", "Ben Aldous"),
        ("Bill Tarrow", "William Tarrow"),
        ("Joan Tamsin", "J. Tamsin"),
        ("Klara Benning", "Klara Benning-Roth"),
        ("Jack Tarrow", "John Tarrow"),
        ("Steven Aldous", "Stephen Aldous"),
        ("Liang Weimin", "Liang Wei-min"),
        ("Weimin Liang", "Liang Wei-min"),
        ("Ana María Soto Villar", "Ana Soto Villar"),
        ("Joan Ruth Tamsin Vale", "Joan Tamsin Vale"),
    ],
)
def test_two_writings_of_a_name_join_where_the_role_agrees(one: str, other: str) -> None:
    assert len(groups(link_actors(cast(("a", one, "senator"), ("b", other, "senator"))))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Harold Brandvold", "Harold Brandvold Jr"),
        ("Peter A. Nordahl", "Peter B. Nordahl"),
        ("Linh Nguyen", "Thao Nguyen"),
        ("Farhad Soleimani", "Farhad Mostafa"),
        ("Tim Tarrow", "Tom Tarrow"),
        ("Mark Carrow", "Mary Carrow"),
        ("Paul Carrow", "Paula Carrow"),
        ("Mirko Carrow", "Mirka Carrow"),
        ("Ana María Soto Villar", "Ana Luz Soto Villar"),
    ],
)
def test_two_names_stay_apart_even_where_the_role_agrees(one: str, other: str) -> None:
    assert len(groups(link_actors(cast(("a", one, "senator"), ("b", other, "senator"))))) == 2


def test_an_initial_does_not_make_a_brother_and_a_sister_one() -> None:
    links = link_actors(
        cast(("a", "M. Carrow", "pilot"), ("b", "Mark Carrow", "pilot"), ("c", "Mary Carrow", "pilot")),
    )
    assert len(groups(links)) == 3


def test_organisations_join_by_name_legal_form_and_acronym() -> None:
    org = "organisation"
    links = link_actors(
        cast(
            ("a", "National Water Board", None, org, ["NWB"]), ("b", "NWB", None, org),
            ("c", "Solvik Energy Ltd", None, org), ("d", "Solvik Energy", None, org),
            ("e", "Solvik Shipping", None, org),
        )
    )  # fmt: skip
    assert groups(links) == [{"a National Water Board", "b NWB"}, {"c Solvik Energy Ltd", "d Solvik Energy"}, {"e Solvik Shipping"}]  # fmt: skip  # noqa: E501
    assert links["why"][1][0] == "acronym"


def test_an_acronym_of_two_bodies_joins_the_one_in_whose_company_it_is() -> None:
    org = "organisation"
    links = link_actors(
        cast(
            ("a", "Coastal Rescue Service", None, org, ["CRS"]), ("a", "Nadia Holm"),
            ("b", "Central Rating Society", None, org, ["CRS"]), ("b", "Felix Auer"),
            ("c", "CRS", None, org), ("c", "Felix Auer"), ("d", "CRS", None, org), ("d", "Greta Moll"),
        )
    )  # fmt: skip
    assert {"b Central Rating Society", "c CRS"} in groups(links)
    assert {"d CRS"} in groups(links)


def test_courts_of_two_countries_are_two() -> None:
    org, place = "organisation", "place"
    links = link_actors(
        cast(
            ("a", "Supreme Court", None, org), ("a", "Belmora", None, place), ("b", "Supreme Court", None, org),
            ("b", "Belmora", None, place), ("c", "Supreme Court", None, org), ("c", "Tarsenia", None, place),
        )
    )  # fmt: skip
    assert {"a Supreme Court", "b Supreme Court"} in groups(links)
    assert {"c Supreme Court"} in groups(links)


def test_kinds_must_agree_but_one_articles_slip_is_mended() -> None:
    mixed = link_actors(cast(("a", "Norhaven", None, "place"), ("b", "Norhaven", None, "person")))
    assert len(groups(mixed)) == 2
    slip = link_actors(
        cast(("a", "Hedda Varn", "mayor"), ("b", "Hedda Varn", None, "organisation"), ("c", "Hedda Varn", "mayor"))
    )
    assert len(groups(slip)) == 1


def test_who_has_no_name_is_joined_with_nobody() -> None:
    links = link_actors(cast(("a", "a neighbour"), ("b", "a neighbour"), ("c", "Residents", None, "group")))
    assert links["person_id"].is_unique
    assert links["why"].map(len).eq(0).all()


def test_corrections_join_and_keep_apart(tmp_path: Path) -> None:
    actors = cast(("a", "Ann Lee"), ("b", "Ann Lee"), ("c", "Anna Leigh"), ("d", "Anna Leigh"))
    file = tmp_path / "links.csv"
    file.write_text(
        "decision,actor,article_id,other,other_article_id\n"
        "keep apart,Ann Lee,a,Ann Lee,b\njoin,Ann Lee,b,Anna Leigh,\n",
        encoding="utf-8",
    )
    links = link_actors(actors, corrections=file)
    assert groups(links) == [{"a Ann Lee"}, {"b Ann Lee", "c Anna Leigh", "d Anna Leigh"}]
    assert links["why"][2] == ["joined by hand"]
    assert links["why_apart"][0] == ["kept apart by hand"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("who,actor\nx,y\n", "no column 'decision'"),
        ("decision,actor,other\nmerge,Ann Lee,Bo Dahl\n", "line 2 has the decision 'merge'"),
        ("decision,actor,other\njoin,Ann Lee,Nobody\n", "line 2 names 'Nobody', and no article has that actor"),
        ("decision,actor,article_id,other\njoin,Ann Lee,z,Bo Dahl\n", "in the article 'z', which does not have"),
        ("decision,actor,other\nkeep apart,Ann Lee,Ann Lee\n", "Fill in article_id"),
        (
            "decision,actor,other\njoin,Ann Lee,Bo Dahl\nkeep apart,Ann Lee,Bo Dahl\n",
            "line 3 keeps 'Ann Lee' apart from 'Bo Dahl', and the lines that join them are: 2",
        ),
        ("decision,actor,other\njoin,,Bo Dahl\n", "line 2 names nobody. Fill in the column actor"),
        ("decision,actor,actor,other\njoin,Ann Lee,Bo Dahl,Bo Dahl\n", "has the column 'actor' more than once"),
        ('decision,actor,other\njoin,"Ann Lee,Bo Dahl\njoin,Bo,Bo Dahl\n', "cannot be read as CSV.*quotation mark"),
        ('decision,actor,other\njoin,"' + 200_000 * "x", "cannot be read as CSV.*quotation mark"),
    ],
)
def test_a_line_that_cannot_be_followed_is_named(tmp_path: Path, lines: str, said: str) -> None:
    file = tmp_path / "links.csv"
    file.write_text(lines, encoding="utf-8")
    with pytest.raises(nl.LoadError, match=said):
        link_actors(cast(("a", "Ann Lee"), ("b", "Bo Dahl")), corrections=file)


def test_a_file_of_corrections_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(nl.LoadError, match="cannot be read"):
        link_actors(cast(("a", "Ann Lee")), corrections=tmp_path / "no.csv")


def test_links_in_a_spreadsheet_are_asked_for_as_csv(tmp_path: Path) -> None:
    table = pd.DataFrame([("join", "Ann Lee", "Bo Dahl")], columns=["decision", "actor", "other"])
    table.to_excel(tmp_path / "links.xlsx", index=False)
    with pytest.raises(nl.LoadError, match="links are read from a CSV file, not from a spreadsheet"):
        link_actors(cast(("a", "Ann Lee"), ("b", "Bo Dahl")), corrections=tmp_path / "links.xlsx")
    with pytest.raises(TypeError, match="the path of a CSV file, or a table, not list"):
        link_actors(cast(("a", "Ann Lee"), ("b", "Bo Dahl")), corrections=[("join", "Ann Lee", "Bo Dahl")])  # type: ignore[arg-type]


def test_article_ids_that_are_numbers_survive_a_table_with_gaps(tmp_path: Path) -> None:
    lines = "decision,actor,article_id,other,other_article_id\njoin,Ann Lee,17,Bo Dahl,\nid,Cy Dorn,,412,\n"
    (tmp_path / "links.csv").write_text(lines, encoding="utf-8")
    table = pd.read_csv(tmp_path / "links.csv")
    assert table["article_id"].tolist()[0] == 17.0
    links = link_actors(cast(("17", "Ann Lee"), ("18", "Bo Dahl"), ("19", "Cy Dorn")), corrections=table)
    assert groups(links) == [{"17 Ann Lee", "18 Bo Dahl"}, {"19 Cy Dorn"}]
    assert links["person_id"][2] == "412"


def test_a_table_without_a_column_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="link_actors needs the column 'role' of the table actors"):
        link_actors(cast(("a", "Ann Lee")).drop(columns="role"))
    with pytest.raises(ValueError, match="of the table mentions"):
        link_actors(cast(("a", "Ann Lee")), pd.DataFrame({"actor": []}))


def test_the_table_has_its_columns_also_where_it_is_empty() -> None:
    empty, full = link_actors(cast()), link_actors(cast(("a", "Ann Lee")))
    for table in (empty, full):
        assert table.dtypes.to_dict() == make_table(LinkRow, []).dtypes.to_dict()
    assert (len(empty), len(full)) == (0, 1)


def test_any_name_has_an_answer() -> None:
    names = [
        "",
        " ",
        "\ufffd",
        "((((",
        "李",
        "李明",
        "Мария Иванова",
        "‘Abd",
        "Jr",
        "II",
        "a" * 5_000,
        "👍 👍",
        "=1+1",
        "O’Hara-",
        ".",
    ]
    links = link_actors(cast(*((f"a{place % 4}", name, "" if place % 2 else None) for place, name in enumerate(names))))
    assert len(links) == len(names)
    assert links["person_id"].notna().all()


def test_the_order_of_rows_and_the_index_of_the_table_do_not_matter() -> None:
    actors, _ = read_cases("train")
    links = link_actors(actors)
    mixed = actors.sample(frac=1, random_state=3)
    again = link_actors(mixed)
    assert list(again["actor"]) == list(mixed["actor"])
    assert b_cubed(list(links["person_id"][mixed.index]), list(again["person_id"]))[2] > 0.98


def test_several_articles_in_the_window_have_a_person_id_and_one_has_none() -> None:
    first = nl.Article("Mayor Ines Carval opened the bridge. “It is safe,” Carval said.", article_id="a")
    second = nl.Article("The bridge cost too much, said Rui Tavor. Ines Carval, the mayor, disagreed.", article_id="b")
    actors = nl.analyze([first, second]).actors
    assert actors.loc[actors["actor"] == "Ines Carval", "person_id"].tolist() == ["ines-carval"] * 2
    alone = nl.analyze(first).actors
    assert alone["person_id"].isna().all()
    assert alone.dtypes.to_dict() == actors.dtypes.to_dict() == nl.analyze("").actors.dtypes.to_dict()


@pytest.mark.slow
def test_eight_outlets_write_of_the_same_people() -> None:
    actors = nl.analyze(nl.Corpus.load(Path(__file__).parent.parent / "data" / "coverage")).actors
    for name in ("Hedda Varnholt", "Joran Pelk", "Yara Mostel", "Tomas Ekelby", "Lucan Dray"):
        own = actors[actors["actor"].str.contains(name.split()[-1])]
        assert own["article_id"].nunique() > 2
        assert own["person_id"].nunique() == 1, own[["actor", "person_id"]]
