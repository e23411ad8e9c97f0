"""The page of many articles: outlets compared, texts that are the same, and what is missing said."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from browser import browser, visit

import newslab as nl
from newslab.report import build_report
from newslab.report.build import CORPUS_NOTEBOOK
from newslab.report.cleaning import slug
from newslab.report.overview import Overview

OUTLETS = ("The Coastal Post", "Vel <b>Daily</b>", "=State Gazette")
STORY = """{role} {name} said on Monday that the bridge over the Vel would open in week {number}. "We have waited
{number} days for this bridge and it must be paid," said {last}. The council {manner} {last} for the work on the bridge.
{last} will speak again to the people of {place} on Friday. Rain fell on {place} and its {number} houses."""
PEOPLE = (("Mayor", "Ada Omu"), ("Minister", "Hedda Brask"), ("Professor", "Ivo Marsh"))
PLACES = ("Oster", "Norvik", "Sundal", "Havn", "Lomme", "Brekke", "Tarn", "Ildal")


def articles() -> list[nl.Article]:
    """Eight articles of each outlet; the third outlet quotes the mayor alone and praises her."""
    made = []
    for i in range(24):
        outlet = i % 3
        said = []
        for k in range(2):
            role, name = PEOPLE[0 if outlet == 2 else (i // 3 + k) % 3]
            manner = "praised" if outlet == 2 else "attacked"
            facts = {"role": role, "name": name, "last": name.split()[1], "manner": manner, "place": PLACES[i // 3]}
            said.append(STORY.format(number=i + 2 + 40 * k, **facts))
        date = f"2026-{1 + i % 5:02d}-{1 + i:02d}"
        made.append(
            nl.Article(
                "\n\n".join(said),
                title=f"Bridge story {i}",
                outlet=OUTLETS[outlet],
                date=date,
                source=f"/home/ada/s{i}.txt",
            )
        )
    copy = nl.Article(made[0].text + "\n\nIt rained.", title="From the wire", outlet=OUTLETS[1], date="2026-03-01")
    return [*made, copy, nl.Article("Snow fell on the hills. The road was closed.", title="<i>Snow</i>")]


@pytest.fixture(scope="module")
def analysis() -> nl.Analysis:
    return nl.analyze(articles())


@pytest.fixture(scope="module")
def page(analysis) -> Overview:
    return Overview(analysis)


def test_the_head_says_how_many_of_whom_and_when_and_what_is_missing(page):
    head = page.head()
    assert "<h1>26 articles</h1>" in head and "2026-01-01 to 2026-05-20" in head
    assert "1 article of 26 do not name a date" not in head and "1 article of 26 does not name a date" in head
    assert "does not name an outlet" in head
    assert "Vel &lt;b&gt;Daily" in head


def test_the_answer_names_who_is_heard_and_the_difference_that_holds(page):
    said = page.answer()
    assert "speakers are quoted; most: Ada Omu (" in said
    assert re.search(r"Of \d+ differences between two outlets, \d+ are more than chance explains; the clearest: ", said)
    assert "In =State Gazette, one person has 100% of the quoted words: Ada Omu." in said
    assert not re.search(r"pairs of words|diverse|Gini|\bp\b \(|Holm", said)
    assert "1 article is nearly the same as an earlier one" in said and "in several outlets, as wire copy does" in said
    assert "not yet checked by a person" in said


def test_a_copy_is_named_with_its_outlets_and_does_not_count_where_outlets_are_compared(page, analysis):
    table = page.copies_table()
    assert "Bridge story 0" in table and "The Coastal Post and Vel &lt;b&gt;Daily" in table and "wire copy" in table
    compared = set(page.compared["article_id"])
    titles = {article.title for article in analysis.article_list if article.article_id in compared}
    assert "From the wire" not in titles and "<i>Snow</i>" not in titles and len(titles) == 24
    numbers = page.outlets.loc[page.outlets["measure"] == "same_speaker"].set_index("outlet")["articles"]
    assert dict(numbers) == dict.fromkeys(OUTLETS, 8)


def test_each_text_counts_once_in_who_is_heard_and_in_every_chart(page, analysis):
    without = Overview(nl.analyze([each for each in articles() if each.title != "From the wire"]))
    assert len(page.articles) == 25 and len(page.actors) < len(analysis.actors)
    heard, wanted = (re.search(r"most: .*?articles?\)", each.answer()) for each in (page, without))
    assert heard and wanted and heard.group() == wanted.group()
    code = [cell.source for cell in nbformat.read(CORPUS_NOTEBOOK, as_version=4).cells if cell.cell_type == "code"]
    assert "analysis.actors" not in "".join(code) and "plot_timeline(page.actors, page.articles)" in "".join(code)


def test_the_table_of_differences_is_that_of_compare_outlets_the_clearest_first(page):
    table = page.differences_table()
    rows = re.findall(r"<tr><td>.*?</tr>", table[table.index('id="differences"') :])
    assert len(rows) == len(page.differences) > 10
    first = page.differences.iloc[0]
    assert first["p_holm"] < 0.05 and first["outlet"] in rows[0] and "&lt;0.001" in rows[0]
    assert page.differences["p_holm"].is_monotonic_increasing
    assert 'class="sortable exportable' in table


def test_many_differences_are_folded_below_those_that_chance_makes_seldom(page):
    many = Overview(page.analysis)
    row = page.differences.iloc[:1]
    many.differences = pd.concat([row.assign(p=0.2, p_holm=1.0)] * 40, ignore_index=True)
    shown, _, folded = many.differences_table().partition("<details>")
    assert "None of the 40 differences has p below 0.05." in shown and "<tr><td>" not in shown
    assert "All 40 differences</summary>" in folded and folded.count("<tr><td>") == 40 and 'id="differences"' in folded
    assert "none is so clear that chance can be ruled out" in many.answer()
    many.differences = pd.concat([row, many.differences], ignore_index=True)
    shown, _, folded = many.differences_table().partition("<details>")
    assert shown.count("<tr><td>") == 1 and folded.count("<tr><td>") == 41
    assert "p is below 0.05 in 1 of 41; 1 holds when allowance is made" in shown


def test_where_nobody_dominates_the_lead_says_so_with_the_largest_share():
    words = "{name} said on Monday that bridge {number} would open in the spring of next year. It rained on the town."
    names = ("Ada Omu", "Hedda Brask", "Ivo Marsh", "Lena Quist", "Tom Farr", "Rosa Bell")
    made = [nl.Article(words.format(name=name, number=i), outlet="Vel Daily") for i, name in enumerate(names)]
    said = Overview(nl.analyze(made)).answer()
    assert re.search(r"In Vel Daily no person dominates; [\w ]+ has the most, 17% of the words that Vel Daily", said)


def test_a_text_in_one_outlet_twice_and_one_without_an_outlet_are_told_apart():
    text = articles()[0].text
    for outlets, label in (
        (("Vel Daily", "Vel Daily"), "one outlet, again"),
        ((None, None), "no outlet is named"),
        (("Vel Daily", None), "one outlet; not every article names it"),
    ):
        made = [nl.Article(text + "\n\nIt rained." * i, outlet=outlet) for i, outlet in enumerate(outlets)]
        assert f"<td>{label}</td>" in Overview(nl.analyze(made)).copies_table()


def test_a_long_table_of_articles_is_folded():
    few, many = (
        Overview(nl.analyze([nl.Article(f"Snow fell on hill {i}.") for i in range(n)])).articles_table()
        for n in (3, 31)
    )
    assert few.startswith("<table") and many.startswith("<details><summary>The 31 articles</summary><table")


def test_articles_without_outlets_and_dates_give_a_page_that_says_so():
    alone = Overview(nl.analyze([nl.Article(f"Snow fell on {place}. It was cold.") for place in PLACES]))
    head = alone.head()
    assert "No article names a date" in head and "No article names an outlet" in head
    assert "Nobody is quoted by name." in alone.answer()
    assert "No two outlets can be compared" in alone.differences_table()
    assert "No two articles have nearly the same text." in alone.copies_table()
    assert "Everything could be read" in alone.failures_table()
    assert alone.outlets.empty


def test_what_could_not_be_read_is_listed_without_its_folder(tmp_path):
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 nothing")
    for i in range(2):
        (tmp_path / f"s{i}.txt").write_text(articles()[i].text, encoding="utf-8")
    page = Overview(nl.analyze(nl.Corpus.load(tmp_path, errors="collect")))
    assert "bad.pdf" in page.failures_table() and str(tmp_path) not in page.failures_table()
    assert "1 source left out" in page.head()


def test_every_link_of_the_notebook_has_its_section_and_cells_are_short():
    cells = nbformat.read(CORPUS_NOTEBOOK, as_version=4).cells
    texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
    links = re.findall(r'href="#([\w-]+)"', "".join(texts))
    headings = [slug(line.lstrip("# ")) for text in texts for line in text.splitlines() if line.startswith("## ")]
    assert links == headings
    code = [cell for cell in cells if cell.cell_type == "code"]
    assert all(len(cell.source.splitlines()) <= 8 and not cell.outputs for cell in code)


@pytest.mark.slow
def test_the_page_in_a_browser_and_its_table_as_a_file(analysis, tmp_path):
    made = build_report(analysis, tmp_path)
    assert made.name == "26-articles.html"
    text = made.read_text(encoding="utf-8")
    assert "/home/ada" not in text and 'class="output error"' not in text and "Messages from the program" not in text
    charts = sum("nl.charts.plot_" in cell.source for cell in nbformat.read(CORPUS_NOTEBOOK, as_version=4).cells)
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    with browser() as chromium:
        for width, scheme in ((360, "dark"), (1200, "light")):
            with visit(chromium, made, width=width, scheme=scheme) as seen:
                assert seen.charts == charts == 7
                assert seen.overflow <= 0
                seen.page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
                with seen.page.expect_download() as download:
                    seen.page.get_by_role("button", name="Save as CSV").first.press("Enter")
                saved = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
                assert download.value.suggested_filename == "differences.csv"
                assert saved[0].startswith('"Measure","Person","Outlet"') and '"\'=State Gazette"' in "".join(saved)
                found = axe.run(seen.page)
                assert [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found.response["violations"]] == []
                seen.assert_quiet()


@pytest.mark.slow
def test_the_page_of_a_store_is_that_of_the_analysis(tmp_path, analysis, monkeypatch):
    monkeypatch.chdir(tmp_path)
    stored = nl.analyze(nl.Corpus(tuple(articles())), store="results", progress=False)
    assert Overview(stored).answer() == Overview(analysis).answer()
    assert build_report(stored, "corpus.html").stat().st_size > 1_000_000
