"""Readability: what is counted, by hand and by newslab, the published formulas, and what the table says of it."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslab.article import Article
from newslab.readability import list_formulas, score_readability
from newslab.readability.counting import CountedText, Counts, hardest_words
from newslab.readability.familiar import is_familiar, listed_words
from newslab.readability.formulas import FORMULAS
from newslab.readability.syllables import count_by_rules, count_syllables, dictionary
from newslab.tables import ReadabilityComparisonRow, ReadabilityRow, describe_columns, make_table

# Counted by hand: a dot parts syllables, a star stands before a complex word, a low line before an unfamiliar one.
MARKED = """
    The _coun·cil of Mar·low vo·ted on Tues·day to close the old bridge for two years. *_Shop·keep·ers said that they
    feared for their trade. The may·or, A·na Brandt, told them that the stones were cracked. "The next flood may take
    the bridge," she said, "and then we will have no road to the har·bor at all." A small boat will cross the riv·er
    all day un·til the work is done. It will car·ry peo·ple, but not cars. Mar·low is poor, and the *gov·ern·ment has
    prom·ised to pay for half of the work. _Crit·ics call the plan a waste of mon·ey. They want a new bridge and a new
    road, built by the *com·pa·nies that use them the most. The _coun·cil will meet a·gain in March, and the may·or will
    pre·sent a bet·ter plan.
"""
BY_HAND = " ".join(MARKED.split())
TEXT = BY_HAND.replace("·", "").replace("*", "").replace("_", "")


def scores_of(counts: Counts) -> dict[str, float | None]:
    return {formula.name: formula.compute(counts) for formula in FORMULAS}


def test_words_are_counted_as_a_person_counts_them() -> None:
    marked = BY_HAND.split()
    found = CountedText(TEXT).words
    assert len(marked) == len(found) == 132
    assert [(word.text, word.syllables) for word in found] == [
        (word.text, mark.count("·") + 1) for word, mark in zip(found, marked, strict=True)
    ]
    assert [word.text for word in found if word.is_complex] == ["Shopkeepers", "government", "companies"]
    assert [word.text for word in found if not word.is_familiar] == ["council", "Shopkeepers", "Critics", "council"]


def test_counts_are_sums_over_the_words() -> None:
    text = CountedText(TEXT)
    counts = text.count(text.words)
    assert counts.sentences == 10
    assert counts.syllables == 132 + BY_HAND.count("·") == 158
    assert counts.polysyllables == 3
    assert counts.letters == sum(char.isalnum() for char in TEXT)


def test_each_formula_gives_what_a_calculation_by_hand_gives() -> None:
    # 200 words in 40 sentences, 300 syllables, 900 letters; 20 words of three syllables, 16 of them complex, 50 of
    # seven letters and more, 30 unfamiliar: 5 words a sentence, 1.5 syllables and 4.5 letters a word.
    counts = Counts(200, 40, 300, 900, 20, 16, 50, 30)
    by_hand = {
        "flesch_reading_ease": 206.835 - 5.075 - 126.9,
        "flesch_kincaid_grade": 1.95 + 17.7 - 15.59,
        "gunning_fog": 0.4 * (5 + 8),
        "smog": 1.0430 * 15**0.5 + 3.1291,
        "automated_readability": 21.195 + 2.5 - 21.43,
        "coleman_liau": 0.0588 * 450 - 0.296 * 20 - 15.8,
        "dale_chall": 0.1579 * 15 + 0.248 + 3.6365,
        "linsear_write": (240 / 40 - 2) / 2,
        "lix": 5 + 25,
        "rix": 1.25,
    }
    assert scores_of(counts) == pytest.approx(by_hand)


def test_formulas_on_published_examples() -> None:
    """Two sets of counts with the scores that were worked out for them on paper."""
    long = scores_of(Counts(100, 4, 160, 480, 12, 10, 28, 20))
    assert long["flesch_reading_ease"] == pytest.approx(46.1, abs=0.005)
    assert long["flesch_kincaid_grade"] == pytest.approx(13.04, abs=0.005)
    assert long["gunning_fog"] == pytest.approx(14.0)
    assert long["automated_readability"] == pytest.approx(13.678, abs=0.0005)
    assert long["coleman_liau"] == pytest.approx(11.24, abs=0.005)
    assert long["dale_chall"] == pytest.approx(8.0345, abs=0.00005)
    assert long["linsear_write"] == pytest.approx(15.5)
    assert long["lix"] == pytest.approx(53.0)
    assert long["rix"] == pytest.approx(7.0)


def test_smog_needs_thirty_sentences() -> None:
    assert scores_of(Counts(400, 29, 600, 1800, 30, 20, 90, 60))["smog"] is None
    assert scores_of(Counts(400, 30, 600, 1800, 36, 20, 90, 60))["smog"] == pytest.approx(3.1291 + 1.0430 * 6)


@pytest.mark.parametrize(
    ("written", "syllables"),
    [
        *[("2014", 4), ("1999", 5), ("1905", 4), ("2007", 5), ("1900", 4), ("4,000", 3), ("3.5", 3), ("100", 3)],
        *[
            ("21st", 3),
            ("20th", 3),
            ("2nd", 2),
            ("1980s", 4),
            ("F16", 3),
            ("5G", 2),
            ("10am", 3),
            ("II", 1),
            ("XIV", 2),
        ],
        *[("FBI", 3), ("BBC", 3), ("NATO", 2), ("US", 2), ("us", 1), ("WHO", 5), ("who", 1), ("U.S", 2), ("MPs", 2)],
        *[("CEO's", 3), ("AT&T", 3), ("well-known", 2), ("re-elected", 4), ("twenty-one", 3), ("al-Quds", 2)],
        *[("churches", 2), ("makes", 1), ("wanted", 2), ("asked", 1), ("boss's", 2), ("couldn't", 2), ("couldn’t", 2)],
        *[("unputdownable", 5), ("vagueness", 2), ("café", 2), ("Beyoncé", 3), ("Soleimani", 4), ("O'Hara", 3)],
    ],
)
def test_syllables_as_read_aloud(written: str, syllables: int) -> None:
    assert count_syllables(written) == syllables


def test_rules_for_syllables_are_right_on_words_that_are_held_out() -> None:
    words = [word for word in dictionary() if word.isalpha() and len(word) > 1]
    held = sorted(words, key=lambda word: hashlib.sha256(word.encode()).hexdigest())[:300]
    known = {word: count for word, count in dictionary().items() if word not in set(held)}
    right = sum(count_by_rules(word, known) == dictionary()[word] for word in held)
    assert right / 300 >= 0.93


def test_familiar_words_are_the_list_and_its_inflections() -> None:
    assert 2_900 < len(listed_words()) < 3_000
    assert all(
        map(is_familiar, ["bridge", "bridges", "child's", "carried", "running", "biggest", "older", "slowly", "62"])
    )
    assert not any(map(is_familiar, ["escalation", "climber", "deployment", "well-deployed", "sovereignty"]))


def test_names_and_numbers_are_neither_complex_nor_unfamiliar() -> None:
    words = CountedText("The minister met Alejandra Calderon in Barcelona in 2014. Calderon left.").words
    assert not [word.text for word in words if word.is_complex and word.text != "minister"]
    assert [word.text for word in words if not word.is_familiar] == ["minister"]


def test_hardest_words_have_most_syllables_and_are_no_names() -> None:
    found = hardest_words(CountedText("Officials in Alexandria spoke of an unconstitutional deployment.").words)
    assert found == ["unconstitutional", "deployment", "officials"]


def test_an_article_of_enough_words_has_every_score_but_smog() -> None:
    row = score_readability(TEXT).iloc[0]
    assert row["words"] == 132 and row["sentences"] == 10
    missing = [formula.name for formula in FORMULAS if pd.isna(row[formula.name])]
    assert missing == ["smog"]
    assert row["grade_low"] <= row["grade"] <= row["grade_high"]
    assert row["grade"] == pytest.approx(
        sorted(row[f.name] for f in FORMULAS if f.is_grade and f.name != "smog")[2]
    )  # five school grades, the third is the median
    assert row["longest_sentence"].startswith('"The next flood') and row["hardest_words"][0] == "shopkeepers"


def test_under_a_hundred_words_there_are_counts_and_no_scores() -> None:
    row = score_readability("The council voted. It was close.").iloc[0]
    assert (row["words"], row["sentences"], row["syllables"]) == (6, 2, 8)
    assert row[[formula.name for formula in FORMULAS] + ["grade", "grade_low", "grade_high"]].isna().all()


def test_a_row_a_paragraph() -> None:
    table = score_readability(f"A headline\n\n{TEXT}\nThe end.", unit="paragraph")
    assert list(table["unit"]) == ["paragraph 0", "paragraph 1", "paragraph 2"]
    assert list(table["words"]) == [2, 132, 2]
    assert table["grade"].notna().tolist() == [False, True, False]


def test_a_row_a_speaker_and_one_for_the_rest() -> None:
    text = 'Ana Brandt said: "We wait. It is cold." "Go," said Leon Hart, "at once." Then Brandt left in all her haste.'
    spans = [(text.index(a), text.index(b) + len(b)) for a, b in (('"We', 'cold."'), ('"Go', 'once."'))]
    quotes = pd.DataFrame(
        {
            "article_id": ["a", "a", "other"],
            "start": [spans[0][0], spans[1][0], 0],
            "end": [spans[0][1], spans[1][1], 9],
            "spans": [
                [list(spans[0])],
                [[text.index('"Go'), text.index(" said Leon")], [text.index('"at'), spans[1][1]]],
                [],
            ],
            "actor": pd.Series(["Ana Brandt", "Leon Hart", "Nobody"], dtype="string"),
        }
    )
    table = score_readability(Article(text, article_id="a"), spans=quotes, unit="actor")
    assert list(table["unit"]) == ["Ana Brandt", "Leon Hart", "rest of the article"]
    assert list(table["words"]) == [5, 3, 13]
    assert list(table["sentences"]) == [1, 1, 2]
    assert table["words"].sum() == score_readability(text)["words"].item()
    pooled = score_readability(Article(text, article_id="a"), spans=quotes)
    assert list(pooled["unit"]) == ["spans", "rest of the article"] and list(pooled["words"]) == [8, 13]


def test_a_piece_of_a_sentence_counts_as_its_share() -> None:
    text = "One two three four five. Six seven."
    counted = CountedText(text)
    assert counted.count(counted.words_in([(0, text.index(" three"))])).sentences == pytest.approx(0.4)
    assert counted.count(counted.words_in([(0, len(text))])).sentences == 2


def test_a_speaker_who_is_not_known_has_a_row() -> None:
    quotes = pd.DataFrame({"start": [0], "end": [3], "actor": pd.Series([None], dtype="string")})
    table = score_readability("One two three.", spans=quotes, unit="actor")
    assert table["unit"].isna().tolist() == [True, False] and list(table["words"]) == [1, 2]


def test_what_is_not_there_is_named() -> None:
    with pytest.raises(ValueError, match="unit='sentence'"):
        score_readability(TEXT, unit="sentence")
    with pytest.raises(ValueError, match="no column 'actor'; it has start, end"):
        score_readability(TEXT, spans=pd.DataFrame({"start": [0], "end": [3]}), unit="actor")
    with pytest.raises(ValueError, match="compare='word'"):
        score_readability(TEXT, compare="word")


def test_textstat_stands_beside_with_no_network() -> None:
    row = score_readability(TEXT, compare="textstat").iloc[0]
    assert row["textstat_words"] == row["words"] == 132
    for name in ("sentences", "syllables", "flesch_kincaid_grade", "lix"):
        assert row[f"textstat_{name}"] == pytest.approx(row[name], rel=0.1)
    code = (
        "import socket; socket.socket.connect = socket.getaddrinfo = None\n"
        "from newslab.readability import score_readability\n"
        "table = score_readability('An international community met. ' * 20, compare='textstat')\n"
        "print(table['textstat_syllables'].item())"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == str(20 * 11) and "nltk_data" not in run.stderr


@pytest.mark.skipif(os.name != "posix", reason="nltk judges the rights of files on POSIX systems alone")
def test_nltk_reads_the_dictionary_from_a_folder_that_a_group_may_write_to(tmp_path: Path) -> None:
    code = (
        "import shutil, sys, pathlib, newslab.resources as resources\n"
        "copy = pathlib.Path(sys.argv[1]) / 'resources'\n"
        "shutil.copytree(resources.FOLDER, copy)\n"
        "for path in [copy, *copy.rglob('*')]: path.chmod(0o775)\n"
        "resources.FOLDER = copy\n"
        "resources.add_nltk_data()\n"
        "from nltk.corpus import cmudict\n"
        "print(len(cmudict.dict()['natural'][0]))"
    )
    run = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "6"


def test_empty_and_full_tables_have_the_same_columns() -> None:
    for record, compare in ((ReadabilityRow, None), (ReadabilityComparisonRow, "textstat")):
        empty, full = make_table(record, []), score_readability(TEXT, compare=compare)
        assert list(empty.dtypes.items()) == list(full.dtypes.items())
        assert all(describe_columns(record).values())
    assert score_readability("")["words"].item() == 0
    assert len(score_readability("", unit="paragraph")) == 0
    assert score_readability("", compare="textstat")["textstat_words"].isna().all()


def test_every_formula_has_a_column_and_a_source_with_its_year() -> None:
    listed = list_formulas()
    assert set(listed["formula"]) < set(describe_columns(ReadabilityRow))
    assert listed["source"].str.contains(r"19\d\d").all() and listed.notna().all(axis=None)


def test_the_documentation_gives_every_formula_with_its_year() -> None:
    page = (Path(__file__).parent.parent / "docs/methods.md").read_text(encoding="utf-8")
    rows = {line.split("`")[1]: line for line in page.splitlines() if line.startswith("| `")}
    for formula in FORMULAS:
        assert set(re.findall(r"19\d\d", formula.source)) <= set(re.findall(r"19\d\d", rows[formula.name]))


@settings(deadline=None, max_examples=50)
@given(st.text() | st.text(alphabet="aeisdEI'’-.,&1२é \n", max_size=120))
def test_any_text_gives_a_table(text: str) -> None:
    for unit in ("article", "paragraph"):
        table = score_readability(text, unit=unit)
        assert (table["syllables"] >= table["words"]).all() and (table["sentences"] <= table["words"]).all()


@pytest.mark.parametrize(
    "text", ["\ud800 \x00", "a\ud800b and c", "😀" * 9, "((((" * 9_000, "会议在周一举行。", "A" * 60_000, "a'" * 30_000]
)
def test_strange_text_gives_a_table_with_both_tools(text: str) -> None:
    assert len(score_readability(text, compare="textstat")) == 1
