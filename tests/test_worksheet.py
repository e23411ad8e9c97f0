"""The worksheet: pleasant to fill in, harmless to open, and followed in every table."""

from __future__ import annotations

import csv
import io
import pickle
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

import newslab as nl
from newslab.analysis.checked import wilson
from newslab.cli import main
from newslab.report.summary import describe_checks, mention_checks
from newslab.tables import FORMULA_STARTS
from newslab.worksheet import cell_text, read_worksheet

STORY = nl.Article(
    'Mayor Ana Torvel said the old bridge is safe. "We checked every bolt and I trust our engineers," she said.\n\n'
    "Tom Brask attacked Torvel on Friday. Brask said that the mayor's tests were a shameful failure. "
    'Torvel praised her engineers. "This is a wonderful team," a neighbour said.\n\n'
    "The bridge stays open. The Harbour Board was delighted. The bridge stays open.",
    title="Old bridge is safe",
)
OTHER = nl.Article("Vera Okoro said the harbour will close. Okoro said that the dispute was a disgrace for Pell Aske.")
TABLES = (
    "articles",
    "sentences",
    "mentions",
    "actors",
    "quotes",
    "talk",
    "readability",
    "sentiment",
    "target_sentiment",
)
ENTRIES = st.sampled_from(
    ["", "", "", "yes", "no", "Ana Torvel", "Nobody Inparticular", "direct", "positive", "=1+1", "perhaps"]
)
PIECES = st.sampled_from(
    [
        '"',
        "\u201c",
        "\u201d",
        "'",
        " said ",
        "Ana Torvel",
        "Mr. Brask",
        " he ",
        "\n\n",
        ". ",
        " that ",
        "=",
        "+",
        "-",
        "@",
        "\u202e",
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=30).map("".join)
ANYWHERE = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200), ENTRIES), max_size=25)
Fill = Callable[[dict[str, Worksheet]], None]


@pytest.fixture(scope="module")
def analysis() -> nl.Analysis:
    return nl.analyze(STORY)


def column(page: Worksheet, name: str) -> int:
    return [cell.value for cell in page[1]].index(name) + 1


def row_of(page: Worksheet, name: str, value: str) -> int:
    """The first row whose cell in a column holds the words."""
    number = column(page, name)
    return next(row for row in range(2, page.max_row + 1) if value in str(page.cell(row, number).value or ""))


def write(page: Worksheet, row: int, **cells: str) -> None:
    for name, value in cells.items():
        heading = "right?" if name == "right" else name.replace("_", " ") if name.endswith("should_be") else name
        page.cell(row, column(page, heading), value)


def last_row(page: Worksheet, name: str = "quote") -> int:
    number = column(page, name)
    return max(row for row in range(1, page.max_row + 1) if page.cell(row, number).value)


def filled(analysis: nl.Analysis, path: Path, fill: Fill) -> nl.Analysis:
    """The analysis after a person has filled in its worksheet."""
    analysis.to_worksheet(path)
    book = openpyxl.load_workbook(path)
    fill({page.title: page for page in book.worksheets})
    book.save(path)
    return analysis.with_corrections(path)


def assert_same(one: nl.Analysis, other: nl.Analysis, names: tuple[str, ...] = TABLES) -> None:
    for name in names:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))


def assert_sound(analysis: nl.Analysis) -> None:
    """What holds for every analysis, corrected or not."""
    quotes, actors = analysis.quotes, set(analysis.actors["actor"])
    assert set(quotes["actor"].dropna()) | set(quotes["via"].dropna()) <= actors
    assert set(analysis.mentions["actor"]) | set(analysis.target_sentiment["actor"]) <= actors
    assert not quotes.duplicated(["article_id", "quote_id"]).any()
    assert not analysis.target_sentiment.duplicated(["article_id", "sentence_id", "actor"]).any()
    texts = {article.article_id: article.text for article in analysis.article_list}
    for row in quotes.itertuples():
        assert texts[row.article_id][row.start : row.end] == row.text


# The file


def test_a_person_finds_an_explanation_fixed_headings_lists_and_a_filter(analysis: nl.Analysis, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(analysis.to_worksheet(tmp_path / "check.xlsx"))
    assert book.sheetnames == ["how to check", "quotes", "actors", "labels"]
    assert book.active is not None and book.active.title == "quotes"
    guide = " ".join(str(cell.value) for row in book["how to check"] for cell in row if cell.value)
    for page in book.worksheets[1:]:
        assert page.freeze_panes == "A2" and page.auto_filter.ref
        headings = [str(cell.value) for cell in page[1]]
        assert all(heading in guide for heading in headings)
        lists = {validation.formula1: validation for validation in page.data_validations.dataValidation}
        assert '"yes,no"' in lists
        sentence = page.cell(2, column(page, "sentence"))
        assert sentence.alignment.wrap_text and sentence.value
    assert '"direct,mixed,indirect"' in {v.formula1 for v in book["quotes"].data_validations.dataValidation}
    assert '"negative,neutral,positive"' in {v.formula1 for v in book["labels"].data_validations.dataValidation}


def test_the_list_of_actors_is_that_of_the_rows_own_article(tmp_path: Path) -> None:
    both = nl.analyze([STORY, OTHER])
    book = openpyxl.load_workbook(both.to_worksheet(tmp_path / "check.xlsx"))
    quotes, actors = book["quotes"], book["actors"]
    letter = quotes.cell(1, column(quotes, "actor should be")).column_letter
    row = row_of(quotes, "quote", "the harbour will close")
    lists = [v for v in quotes.data_validations.dataValidation if f"{letter}{row}" in v.sqref]
    assert len(lists) == 1
    area = str(lists[0].formula1).split("!")[1].replace("$", "")
    offered = [str(cell.value) for line in actors[area] for cell in line]
    assert set(offered) == set(nl.analyze(OTHER).actors["actor"])


def test_every_row_has_its_sentence_and_all_is_listed(analysis: nl.Analysis, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(analysis.to_worksheet(tmp_path / "check.xlsx"))
    quotes = book["quotes"]
    for row, text in enumerate(analysis.quotes["text"], 2):
        assert quotes.cell(row, column(quotes, "quote")).value == text
        assert text.strip('"') in str(quotes.cell(row, column(quotes, "sentence")).value)
    assert last_row(book["actors"], "actor") - 1 == len(analysis.actors)
    assert last_row(book["labels"], "label") - 1 == len(analysis.target_sentiment)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_no_cell_can_be_run(suffix: str, tmp_path: Path) -> None:
    text = (
        '"=HYPERLINK(1)" Vera Okoro said. "+SUM(A1)," Okoro said. "We close," Okoro said.\n\n'
        "=cmd Vera Okoro said the port is shut.\n\n@SUM(1) Pell Aske said it is open.\n\n-2+3 is what Pell Aske said."
    )
    hostile = nl.analyze(nl.Article(text, article_id="=1+1", title="@SUM(A1)"))
    path = hostile.to_worksheet(tmp_path / f"check{suffix}")
    if suffix == ".csv":
        cells = [cell for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))) for cell in row]
    else:
        book = openpyxl.load_workbook(path)
        found = [cell for page in book.worksheets for row in page for cell in row]
        assert all(cell.data_type != "f" for cell in found)
        cells = [cell.value for cell in found if isinstance(cell.value, str)]
    assert any("=cmd" in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(FORMULA_STARTS)]
    assert_same(hostile, hostile.with_corrections(path))


def test_a_filled_in_worksheet_is_not_written_over(analysis: nl.Analysis, tmp_path: Path) -> None:
    path = tmp_path / "check.xlsx"
    analysis.to_worksheet(path)
    analysis.to_worksheet(path)
    filled(analysis, path, lambda pages: write(pages["quotes"], 2, right="yes"))
    with pytest.raises(nl.NewslabError, match=r"check\.xlsx is there already, and 1 row is filled in\. Choose another"):
        analysis.to_worksheet(path)


@pytest.mark.parametrize("name", ["check.ods", "check", "folder", "none/check.xlsx"])
def test_a_place_that_cannot_be_written_is_named(name: str, analysis: nl.Analysis, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(nl.NewslabError, match=name):
        analysis.to_worksheet(tmp_path / name)


# What a person writes


def test_a_speaker_is_renamed_in_every_table(analysis: nl.Analysis, tmp_path: Path) -> None:
    def fill(pages: dict[str, Worksheet]) -> None:
        page = pages["quotes"]
        write(page, row_of(page, "quote", "wonderful team"), actor_should_be="Hanne Lund")

    corrected = filled(analysis, tmp_path / "check.xlsx", fill)
    quote = corrected.quotes[corrected.quotes["text"].str.contains("wonderful")].iloc[0]
    assert quote["actor"] == "Hanne Lund"
    actors = corrected.actors.set_index("actor")
    assert actors.loc["Hanne Lund", "words_spoken"] == 5
    assert not actors.index.str.contains("neighbour").any(), "who spoke there only is gone"
    assert (corrected.mentions["actor"] == "Hanne Lund").any(), "the words beside the cue mean her now"
    assert corrected.failures.empty
    assert_sound(corrected)


def test_another_name_of_an_actor_means_that_actor(analysis: nl.Analysis, tmp_path: Path) -> None:
    def fill(pages: dict[str, Worksheet]) -> None:
        page = pages["quotes"]
        write(page, row_of(page, "quote", "shameful"), actor_should_be="torvel")
        write(page, row_of(page, "quote", "wonderful"), actor_should_be="unknown")

    corrected = filled(analysis, tmp_path / "check.xlsx", fill)
    quotes = corrected.quotes
    assert quotes.loc[quotes["text"].str.contains("shameful"), "actor"].item() == "Ana Torvel"
    assert quotes.loc[quotes["text"].str.contains("wonderful"), "actor"].isna().all()
    assert "torvel" not in set(corrected.actors["actor"])
    talk = corrected.talk
    assert not ((talk["actor"] == "Tom Brask") & (talk["about"] == "Ana Torvel")).any()
    assert_sound(corrected)


def test_a_last_name_means_the_one_person_who_has_it(tmp_path: Path) -> None:
    story = nl.Article(
        "Vera Okoro opened the harbour. Lena Holm came on Friday. Thomas Holm came on Sunday. "
        "A guard at the Pell Museum said it was late. "
        '"We are open," said Ada Brask. "It is a start," she said. "Rain or no rain," a guest said.'
    )

    def fill(pages: dict[str, Worksheet]) -> None:
        page = pages["quotes"]
        for words, name in (("open,", "Okoro"), ("start", "Holm"), ("Rain", "Museum")):
            write(page, row_of(page, "quote", words), actor_should_be=name)

    quotes = filled(nl.analyze(story), tmp_path / "check.xlsx", fill).quotes
    who = [quotes.loc[quotes["text"].str.contains(words), "actor"].item() for words in ("open,", "start", "Rain")]
    assert who == ["Vera Okoro", "Holm", "Museum"], "two people are Holm, and a museum is nobody's last name"


def test_a_quote_that_is_none_leaves_all_tables(analysis: nl.Analysis, tmp_path: Path) -> None:
    def fill(pages: dict[str, Worksheet]) -> None:
        page = pages["quotes"]
        write(page, row_of(page, "quote", "shameful"), right="no")

    wrong = analysis.quotes.loc[analysis.quotes["text"].str.contains("shameful"), "quote_id"].item()
    corrected = filled(analysis, tmp_path / "check.xlsx", fill)
    for name in ("quotes", "talk", "target_sentiment"):
        assert wrong in set(getattr(analysis, name)["quote_id"].dropna())
        assert wrong not in set(getattr(corrected, name)["quote_id"].dropna())
    before, after = (each.actors.set_index("actor").loc["Tom Brask"] for each in (analysis, corrected))
    assert (before["quotes"], after["quotes"]) == (1, 0)
    assert after["words_reported"] == 0
    others = corrected.quotes["quote_id"].tolist()
    assert others == [number for number in analysis.quotes["quote_id"] if number != wrong], (
        "the others keep their number"
    )


def test_a_missed_quote_is_added_by_its_words(analysis: nl.Analysis, tmp_path: Path) -> None:
    def fill(pages: dict[str, Worksheet]) -> None:
        page = pages["quotes"]
        write(page, last_row(page) + 1, quote="The Harbour Board  was delighted", actor_should_be="Tom Brask")

    corrected = filled(analysis, tmp_path / "check.xlsx", fill)
    row = corrected.quotes[corrected.quotes["rule"] == "person"].iloc[0]
    assert row["text"] == "The Harbour Board was delighted"
    assert (row["actor"], row["kind"], row["paragraph"]) == ("Tom Brask", "indirect", 2)
    assert STORY.text[slice(*row["spans"][0])] == row["text"]
    assert row["quote_id"] not in set(analysis.quotes["quote_id"])
    talk = corrected.talk[corrected.talk["quote_id"] == row["quote_id"]]
    assert talk["about"].tolist() == ["Harbour Board"]
    assert (corrected.target_sentiment["quote_id"] == row["quote_id"]).any()
    assert corrected.checked.set_index("what").loc["quotes", "missed"] == 1


def test_words_dropped_and_added_again_with_curly_marks_get_their_marks(analysis: nl.Analysis, tmp_path: Path) -> None:
    def fill(pages: dict[str, Worksheet]) -> None:
        page = pages["quotes"]
        write(page, row_of(page, "quote", "wonderful"), right="no")
        write(page, last_row(page) + 1, quote="\u201cThis is a wonderful team\u201d", actor="Tom Brask")

    corrected = filled(analysis, tmp_path / "check.xlsx", fill)
    row = corrected.quotes[corrected.quotes["rule"] == "person"].iloc[0]
    assert (row["text"], row["kind"], row["actor"]) == ('"This is a wonderful team,"', "direct", "Tom Brask")


def test_words_of_a_quote_are_put_right(analysis: nl.Analysis, tmp_path: Path) -> None:
    def fill(pages: dict[str, Worksheet]) -> None:
        page = pages["quotes"]
        write(page, row_of(page, "quote", "shameful"), quote_should_be="tests were a shameful failure")

    corrected = filled(analysis, tmp_path / "check.xlsx", fill)
    row = corrected.quotes[corrected.quotes["text"].str.contains("shameful")].iloc[0]
    assert (row["text"], row["actor"]) == ("tests were a shameful failure", "Tom Brask")
    assert row["quote_id"] not in set(corrected.talk["quote_id"]), "it no longer speaks of the mayor"
    checked = corrected.checked.set_index("what")
    assert checked.loc[["quotes", "speakers"], "right"].tolist() == [0, 1]


def test_two_actors_become_one(analysis: nl.Analysis, tmp_path: Path) -> None:
    def fill(pages: dict[str, Worksheet]) -> None:
        page = pages["actors"]
        write(page, row_of(page, "actor", "Tom Brask"), actor_should_be="Ana Torvel")

    corrected = filled(analysis, tmp_path / "check.xlsx", fill)
    before, after = analysis.actors.set_index("actor"), corrected.actors.set_index("actor")
    assert "Tom Brask" not in after.index
    for name in ("mentions", "quotes", "words_reported"):
        assert after.loc["Ana Torvel", name] == before.loc[["Ana Torvel", "Tom Brask"], name].sum()
    assert {"Brask", "Torvel"} <= set(after.loc["Ana Torvel", "names"])
    for name in ("mentions", "quotes", "target_sentiment", "talk"):
        assert "Tom Brask" not in set(getattr(corrected, name)["actor"])
    assert_sound(corrected)


def test_an_actor_is_renamed_given_another_kind_or_dropped(analysis: nl.Analysis, tmp_path: Path) -> None:
    def fill(pages: dict[str, Worksheet]) -> None:
        page = pages["actors"]
        renamed = {"actor_should_be": "Ana Maria Torvel", "kind_should_be": "organisation"}
        write(page, row_of(page, "actor", "Ana Torvel"), **renamed)
        write(page, row_of(page, "actor", "Tom Brask"), right="no")

    corrected = filled(analysis, tmp_path / "check.xlsx", fill)
    actors = corrected.actors.set_index("actor")
    assert actors.loc["Ana Maria Torvel", "kind"] == "organisation"
    assert "Tom Brask" not in actors.index and "Tom Brask" not in set(corrected.mentions["actor"])
    quotes = corrected.quotes
    assert quotes.loc[quotes["text"].str.contains("shameful"), "actor"].isna().all()
    assert set(corrected.talk["about"]) & {"Ana Torvel", "Ana Maria Torvel"} == {"Ana Maria Torvel"}
    assert_sound(corrected)


def test_a_label_is_changed_and_the_tone_follows(analysis: nl.Analysis, tmp_path: Path) -> None:
    def fill(pages: dict[str, Worksheet]) -> None:
        page = pages["labels"]
        write(page, row_of(page, "sentence", "shameful"), label_should_be="positive", right="no")

    quote = analysis.quotes.loc[analysis.quotes["text"].str.contains("shameful"), "quote_id"].item()
    book_row = analysis.target_sentiment[analysis.target_sentiment["sentence_id"] == 3].iloc[0]
    corrected = filled(analysis, tmp_path / "check.xlsx", fill)
    rows = corrected.target_sentiment
    row = rows[(rows["start"] == book_row["start"]) & (rows["actor"] == book_row["actor"])].iloc[0]
    assert (row["label"], row["positive"], row["negative"]) == ("positive", 1, 0)
    if pd.notna(row["quote_id"]):
        talk = corrected.talk
        own = talk[(talk["quote_id"] == quote) & (talk["about"] == row["actor"])].iloc[0]
        assert (own["label"], own["positive"]) == ("positive", 1)


def test_many_labels_move_the_actors_mean(tmp_path: Path) -> None:
    text = " ".join(["Ana Torvel was praised by the town.", "Ana Torvel failed badly.", "Ana Torvel went home."] * 2)

    def fill(pages: dict[str, Worksheet]) -> None:
        page = pages["labels"]
        for row in range(2, 8):
            write(page, row, label_should_be="negative")

    corrected = filled(nl.analyze(text), tmp_path / "check.xlsx", fill)
    row = corrected.actors.set_index("actor").loc["Ana Torvel"]
    assert (row["sentiment_toward"], row["sentiment_low"], row["sentiment_high"]) == (-1, -1, -1)


def test_a_label_that_none_can_tell_leaves_the_means(analysis: nl.Analysis, tmp_path: Path) -> None:
    def fill(pages: dict[str, Worksheet]) -> None:
        page = pages["labels"]
        write(page, row_of(page, "mention", "mayor"), right="no")

    quote = analysis.quotes.loc[analysis.quotes["text"].str.contains("shameful"), "quote_id"].item()
    talk = analysis.talk[(analysis.talk["quote_id"] == quote) & (analysis.talk["about"] == "Ana Torvel")]
    assert talk["label"].notna().all() and len(talk) == 1
    corrected = filled(analysis, tmp_path / "check.xlsx", fill)
    assert len(corrected.target_sentiment) == len(analysis.target_sentiment) - 1
    after = corrected.talk[(corrected.talk["quote_id"] == quote) & (corrected.talk["about"] == "Ana Torvel")]
    assert after[["label", "positive", "negative"]].isna().all(axis=None) and len(after) == 1


# What does not match


@pytest.mark.parametrize(
    ("sheet", "find", "cells", "reason"),
    [
        ("quotes", ("quote", "shameful"), {"right": "maybe"}, "“maybe” is neither yes nor no"),
        ("quotes", ("quote", "shameful"), {"right": "yes", "actor_should_be": "Ana Torvel"}, "says yes, and actor"),
        (
            "quotes",
            ("quote", "shameful"),
            {"right": "no", "actor_should_be": "Tom Brask"},
            "says no, and actor should be",
        ),
        ("quotes", ("quote", "shameful"), {"kind_should_be": "loud"}, "“loud” is none of direct, mixed, indirect"),
        ("quotes", ("quote", "shameful"), {"quote_should_be": "a shamefull failure"}, "do not stand in the article"),
        ("quotes", ("quote", "shameful"), {"quote_should_be": "The bridge stays open"}, "elsewhere in the article"),
        ("quotes", ("quote", "shameful"), {"actor": "Ana Torvel"}, "“Ana Torvel” here and “Tom Brask” in"),
        ("quotes", ("quote", "shameful"), {"quote_id": "99"}, "there is no quote “99”"),
        ("quotes", ("quote", "shameful"), {"quote_id": "first"}, "quote_id is “first”, and should be a number"),
        ("quotes", None, {"quote": "Nobody said this"}, "“Nobody said this” do not stand in the article"),
        ("quotes", None, {"quote": "The bridge stays open"}, "stand in the article 2 times"),
        ("quotes", None, {"quote": "This is a wonderful team"}, "is there already"),
        ("quotes", None, {"actor_should_be": "Tom Brask"}, "neither a quote_id nor the words"),
        ("actors", ("actor", "Tom Brask"), {"actor": "Thomas Brask"}, "there is no actor “Thomas Brask”"),
        ("actors", ("actor", "Tom Brask"), {"actor_should_be": "unknown"}, "write no in right?"),
        ("labels", ("sentence", "shameful"), {"label_should_be": "bad"}, "none of negative, neutral, positive"),
        ("labels", ("sentence", "shameful"), {"start": "100000"}, "no label for characters 100000"),
    ],
)
def test_what_does_not_match_is_refused_and_the_rest_is_kept(
    sheet: str, find: tuple[str, str] | None, cells: dict[str, str], reason: str, analysis: nl.Analysis, tmp_path: Path
) -> None:
    place: list[int] = []

    def fill(pages: dict[str, Worksheet]) -> None:
        page = pages[sheet]
        place.append(row_of(page, *find) if find else last_row(page) + 1)
        write(page, place[0], **cells)
        write(pages["actors"], row_of(pages["actors"], "actor", "Harbour Board"), actor_should_be="Harbour Trust")

    corrected = filled(analysis, tmp_path / "check.xlsx", fill)
    failures = corrected.failures
    assert failures["stage"].tolist() == ["correction"]
    assert failures["source"].item().endswith(f"check.xlsx, sheet {sheet}, row {place[0]}")
    assert reason in failures["reason"].item()
    assert failures["reason"].item().rstrip().endswith(".")
    assert "Harbour Trust" in set(corrected.actors["actor"])
    assert_same(corrected, analysis, ("quotes",))


def test_two_actors_cannot_swap_their_names(analysis: nl.Analysis, tmp_path: Path) -> None:
    def fill(pages: dict[str, Worksheet]) -> None:
        page = pages["actors"]
        write(page, row_of(page, "actor", "Tom Brask"), actor_should_be="Ana Torvel")
        write(page, row_of(page, "actor", "Ana Torvel"), actor_should_be="Tom Brask")

    corrected = filled(analysis, tmp_path / "check.xlsx", fill)
    assert len(corrected.failures) == 1
    assert len({"Tom Brask", "Ana Torvel"} & set(corrected.actors["actor"])) == 1


def test_a_sentence_says_which_of_two_places_is_meant(tmp_path: Path) -> None:
    story = nl.analyze("The port is shut. It was cold. Aske was glad: the port is shut, and the road too.")

    def fill(pages: dict[str, Worksheet]) -> None:
        write(
            pages["quotes"],
            last_row(pages["quotes"]) + 1,
            quote="port is shut",
            sentence="Aske was glad: the port is shut, and the road too.",
        )

    assert filled(story, tmp_path / "check.xlsx", fill).quotes["sentence_id"].tolist()[-1] == 2


def save(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_what_is_no_worksheet_is_one_error(analysis: nl.Analysis, tmp_path: Path) -> None:
    empty = openpyxl.Workbook()
    empty.save(tmp_path / "empty.xlsx")
    for path, reason in (
        (tmp_path / "none.xlsx", "No such file"),
        (tmp_path / "empty.xlsx", "none of the sheets quotes, actors, labels"),
        (save(tmp_path / "broken.xlsx", b"PK\x03\x04 broken"), "zip|damaged"),
        (save(tmp_path / "other.csv", b"a,b\n1,2\n"), "no column 'table'"),
        (save(tmp_path / "half.csv", b"table,quote\nquotes,x\n"), "no column 'article_id'"),
        (save(tmp_path / "check.docx", b""), "ends in .docx"),
    ):
        with pytest.raises(nl.LoadError, match=reason) as caught:
            analysis.with_corrections(path)
        assert path.name in str(caught.value)
        assert caught.value.next_step


def test_a_worksheet_of_another_article_is_refused_whole(analysis: nl.Analysis, tmp_path: Path) -> None:
    path = nl.analyze(OTHER).to_worksheet(tmp_path / "check.xlsx")
    with pytest.raises(nl.LoadError, match=f"{OTHER.article_id}.*{STORY.article_id}"):
        analysis.with_corrections(path)


# Several articles, several people


def test_rows_go_to_their_article_and_the_others_stay(tmp_path: Path) -> None:
    both = nl.analyze([STORY, OTHER])

    def fill(pages: dict[str, Worksheet]) -> None:
        quotes = pages["quotes"]
        write(quotes, row_of(quotes, "quote", "harbour will close"), actor_should_be="Pell Aske")
        row = last_row(quotes) + 1
        write(quotes, row, quote="the dispute", article_id=OTHER.article_id)
        write(quotes, row + 1, quote="The bridge", article_id="unheard of")
        write(quotes, row + 2, quote="The bridge")

    path = tmp_path / "check.xlsx"
    corrected = filled(both, path, fill)
    own = corrected.quotes["article_id"] == STORY.article_id
    pd.testing.assert_frame_equal(corrected.quotes[own].reset_index(drop=True), nl.analyze(STORY).quotes)
    assert corrected.quotes[~own]["rule"].tolist().count("person") == 1
    assert corrected.failures["reason"].str.contains("unheard of|names no article").tolist() == [True, True]
    assert corrected.articles.equals(both.articles)
    alone = nl.analyze(OTHER).with_corrections(path)
    assert alone.quotes["actor"].tolist()[0] == "Pell Aske", "a worksheet of many serves for one of them"


def test_two_people_check_one_after_the_other(analysis: nl.Analysis, tmp_path: Path) -> None:
    def first(pages: dict[str, Worksheet]) -> None:
        write(pages["quotes"], 2, right="no")
        write(pages["actors"], row_of(pages["actors"], "actor", "Tom Brask"), actor_should_be="Thomas Brask")

    def second(pages: dict[str, Worksheet]) -> None:
        write(pages["quotes"], 3, right="yes")

    once = filled(analysis, tmp_path / "one.xlsx", first)
    other = tmp_path / "two.xlsx"
    filled(analysis, other, second)
    twice = once.with_corrections(other)
    assert twice.failures.empty, "what the first has changed is no mistake of the second"
    checked = twice.checked.set_index("what")
    assert checked.loc["quotes", ["rows", "checked", "right"]].tolist() == [len(analysis.quotes), 2, 1]
    assert "Thomas Brask" in set(twice.actors["actor"])
    again = filled(once, tmp_path / "three.xlsx", lambda pages: write(pages["quotes"], 2, right="yes"))
    assert again.checked.set_index("what").loc["quotes", "checked"] == 2
    assert_same(pickle.loads(pickle.dumps(again)), again)
    assert pickle.loads(pickle.dumps(again)).checked.equals(again.checked)


def test_the_analysis_that_was_given_stays_as_it_is(analysis: nl.Analysis, tmp_path: Path) -> None:
    before = {name: getattr(analysis, name) for name in TABLES}
    filled(analysis, tmp_path / "check.xlsx", lambda pages: write(pages["quotes"], 2, right="no"))
    for name, table in before.items():
        pd.testing.assert_frame_equal(getattr(analysis, name), table)
    assert analysis.checked.empty and analysis.failures.empty


# How much was checked


def test_the_share_that_is_right_has_its_interval(analysis: nl.Analysis, tmp_path: Path) -> None:
    def fill(pages: dict[str, Worksheet]) -> None:
        page = pages["quotes"]
        write(page, 2, right="yes")
        write(page, 3, right="Y")
        write(page, row_of(page, "quote", "shameful"), actor_should_be="Ana Torvel")
        write(pages["actors"], 2, kind_should_be="town")

    corrected = filled(analysis, tmp_path / "check.xlsx", fill)
    checked = corrected.checked.set_index("what")
    assert checked.loc["quotes", ["checked", "right"]].tolist() == [3, 3]
    assert checked.loc["speakers", ["checked", "right"]].tolist() == [3, 2]
    assert checked.loc["speakers", "low"] < 2 / 3 < checked.loc["speakers", "high"]
    assert checked.loc["labels", ["share", "low", "high"]].isna().all()
    assert checked.dtypes.equals(analysis.checked.set_index("what").dtypes)
    assert "3 were checked and 2 of those right (67%" in describe_checks(corrected)
    assert "1 row of the worksheet could not be followed and was left out." in describe_checks(corrected)
    assert describe_checks(analysis) == "No person has checked these tables."
    assert f"A person has checked 3 of {len(analysis.quotes)} quotes (3 right)" in mention_checks(corrected)
    assert "3 of" in mention_checks(corrected) and "speakers of quotes (2 right)" in mention_checks(corrected)
    assert mention_checks(analysis) == "Made by a program and not yet checked by a person."


@pytest.mark.parametrize(
    ("right", "checked", "low", "high"),
    # Published worked examples: Newcombe 1998, Statistics in Medicine 17(8), table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilsons_interval_is_the_published_one(right: int, checked: int, low: float, high: float) -> None:
    assert wilson(right, checked) == pytest.approx((low, high), abs=0.00005)


# Whatever the text


def fill_anywhere(analysis: nl.Analysis, entries: list[tuple[int, int, str]]) -> nl.Analysis:
    """The analysis after entries anywhere in its worksheet, over numbers and found words too, saved with semicolons."""
    with TemporaryDirectory() as folder:
        path = analysis.to_worksheet(Path(folder) / "check.csv")
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
        names: list[Any] = [name for name in rows[0] if name != "table"]
        for row, name, entry in entries:
            rows[row % len(rows)][names[name % len(names)]] = entry
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys(), delimiter=";")
            writer.writeheader()
            writer.writerows(rows)
        return analysis.with_corrections(path)


def assert_followed(corrected: nl.Analysis, analysis: nl.Analysis) -> None:
    assert_sound(corrected)
    for name in TABLES:
        assert getattr(corrected, name).dtypes.equals(getattr(analysis, name).dtypes), name
    assert corrected.talk["quote_id"].isin(corrected.quotes["quote_id"]).all()
    assert (corrected.failures["stage"] == "correction").all()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS, suffix=st.sampled_from([".xlsx", ".csv"]))
def test_a_round_trip_without_edits_changes_nothing(text: str, suffix: str) -> None:
    analysis = nl.analyze([nl.Article(text)])
    with TemporaryDirectory() as folder:
        again = analysis.with_corrections(analysis.to_worksheet(Path(folder) / f"check{suffix}"))
    assert_same(again, analysis)
    assert again.failures.empty
    assert again.checked["checked"].sum() == 0


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=ANYWHERE)
def test_whatever_a_person_writes_is_followed_or_refused(
    analysis: nl.Analysis, entries: list[tuple[int, int, str]]
) -> None:
    assert_followed(fill_anywhere(analysis, entries), analysis)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS, entries=ANYWHERE, suffix=st.sampled_from([".xlsx", ".csv"]))
def test_so_it_is_with_any_text(text: str, entries: list[tuple[int, int, str]], suffix: str) -> None:
    analysis = nl.analyze([nl.Article(text), STORY])
    with TemporaryDirectory() as folder:
        assert_same(analysis.with_corrections(analysis.to_worksheet(Path(folder) / f"check{suffix}")), analysis)
    assert_followed(fill_anywhere(analysis, entries), analysis)


@settings(deadline=None)
@given(st.text())
def test_a_cell_read_back_is_the_same_cell(text: str) -> None:
    assert cell_text(cell_text(text)) == cell_text(text)
    assert not cell_text(text).startswith(FORMULA_STARTS)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_no_article_gives_a_worksheet_without_rows(suffix: str, tmp_path: Path) -> None:
    nothing = nl.analyze([])
    path = nothing.to_worksheet(tmp_path / f"check{suffix}")
    assert_same(nothing.with_corrections(path), nothing)


# The command


def test_the_command_writes_a_worksheet_and_follows_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, sheet = tmp_path / "story.txt", tmp_path / "check.xlsx"
    source.write_text(STORY.text, encoding="utf-8")
    assert main(["worksheet", str(source), "-o", str(sheet)]) == 0
    assert str(sheet) in capsys.readouterr().out
    book = openpyxl.load_workbook(sheet)
    write(book["quotes"], row_of(book["quotes"], "quote", "wonderful"), actor_should_be="Hanne Lund")
    write(book["quotes"], last_row(book["quotes"]) + 1, quote="never said")
    book.save(sheet)
    page = tmp_path / "story.html"
    assert main(["report", str(source), "-o", str(page), "--corrections", str(sheet)]) == 0
    assert "sheet quotes, row" in capsys.readouterr().err
    html = page.read_text(encoding="utf-8")
    assert "Hanne Lund" in html and "1 was checked and 0 of those right" in html
    assert "No person has checked" not in html
    assert main(["quotes", str(source), "--corrections", str(sheet)]) == 0
    assert "Hanne Lund" in capsys.readouterr().out


def test_the_command_draws_rows_by_chance_the_same_with_the_same_seed(tmp_path: Path) -> None:
    source = tmp_path / "story.txt"
    source.write_text(STORY.text, encoding="utf-8")
    drawn = {}
    for name, seed in (("all", None), ("a", "1"), ("b", "1"), *((f"c{i}", str(i)) for i in range(2, 8))):
        sheet = tmp_path / f"{name}.csv"
        sample = ["--sample", "2", "--seed", seed] if seed else []
        assert main(["worksheet", str(source), "-o", str(sheet), *sample]) == 0
        drawn[name] = [(line.sheet, line.cells) for line in read_worksheet(sheet)]
    assert drawn["a"] == drawn["b"] and any(drawn[name] != drawn["a"] for name in drawn if name.startswith("c"))
    for rows in (drawn["a"], drawn["c2"]):
        assert [row for row in drawn["all"] if row in rows] == rows
        assert [sheet for sheet, _ in rows] == ["quotes"] * 2 + ["actors"] * 2 + ["labels"] * 2
    corrected = nl.analyze(STORY).with_corrections(tmp_path / "a.csv")
    assert corrected.failures.empty


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["worksheet", "STORY", "-o", "check.ods"], "ends in .xlsx or .csv"),
        (["worksheet", "STORY", "-o", "check.csv", "--sample", "0"], "a sample of 0 rows is none"),
        (["worksheet", "STORY", "-o", "-"], "-o check.xlsx"),
        (["report", "STORY", "-o", "story.html", "--corrections", "none.xlsx"], "none.xlsx"),
        (["quotes", "STORY", "-o", "filled.csv", "--corrections", "filled.csv"], "would be lost"),
    ],
)
def test_the_command_says_in_one_line_what_is_wrong(
    words: list[str], reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("STORY").with_suffix(".txt").write_text(STORY.text, encoding="utf-8")
    nl.analyze(STORY).to_worksheet("filled.csv")
    assert main([word.replace("STORY", "STORY.txt") for word in words]) == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1 and reason in said[0]
