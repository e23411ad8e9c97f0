"""The page that compares articles: each in its row and its section, who is heard where, and what could not be shown."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from browser import browser, visit

import newslab as nl
from newslab.charts.compare import label_articles
from newslab.report import build_report, comparing
from newslab.report.build import COMPARE_NOTEBOOK
from newslab.report.cleaning import slug
from newslab.tables import ArticleRow

TEXT = """Mayor Ada Omu said on Monday that the bridge over the Vel would open in May. "We have waited long enough for
this bridge," said Omu. The council {0}. Critics {1}. "Nobody asked us," said Tomas Reil of the Harbour Union. Omu has
{2}. Omu will speak to the council on Friday."""
MANNERS = [
    ("praised Omu for her great courage", "called Omu honest and brave", "won praise for her splendid work"),
    ("attacked Omu as reckless", "accused Omu of a shameful lie", "failed again and lied to the town"),
]
SILENT = "Snow fell on the hills all night. The road to the valley was closed. It opened again at noon."


def articles() -> list[nl.Article]:
    facts = [
        ("Bridge to open in May", "The Coastal Post", "2026-03-02"),
        ("<b>Mayor</b> under fire", "Vel Daily", None),
    ]
    made = [
        nl.Article(TEXT.format(*manner), title=title, outlet=outlet, date=date)
        for manner, (title, outlet, date) in zip(MANNERS, facts, strict=True)
    ]
    return [*made, nl.Article(SILENT, source="/home/ada/private/snow.txt")]


@pytest.fixture(scope="module")
def analysis() -> nl.Analysis:
    return nl.analyze(articles())


@pytest.fixture(scope="module")
def page(analysis, tmp_path_factory) -> Path:
    return build_report(analysis, tmp_path_factory.mktemp("compare"))


def test_the_table_has_a_row_for_each_article_that_leads_to_its_section(analysis):
    table, sections = comparing.articles_table(analysis), comparing.article_sections(analysis)
    links = re.findall(r'href="#(article-\d)"', table)
    assert links == ["article-1", "article-2", "article-3"] == re.findall(r'<h3 id="([\w-]+)"', sections)
    assert "Bridge to open in May" in table and "2026-03-02" in table and "Vel Daily" in table
    counted = analysis.quotes.groupby("article_id").size()
    first = analysis.article_list[0].article_id
    assert f"<td>{counted[first]}</td>" in table
    assert "<b>" not in table + sections and "&lt;b&gt;Mayor" in table


def test_the_answer_says_who_is_in_several_articles_and_how_they_sound(analysis):
    said = " ".join(comparing.summarize_comparison(analysis))
    assert "in more than one of the three articles; in the most: Ada Omu (2)" in said
    assert "article 2 (Vel Daily) sounds the most negative" in said


def test_no_article_is_called_negative_that_is_not():
    flat, kind = "The road is closed on Monday.", "Everybody was happy and loved the wonderful bridge."
    for texts, wanted in (
        ((flat, "The bus is full."), "no article sounds negative or positive."),
        ((flat, kind), "no article sounds negative, and article 2 sounds the most positive (+0."),
        ((flat, "A terrible crash killed ten."), "article 2 sounds the most negative (−0."),
    ):
        said = " ".join(comparing.summarize_comparison(nl.analyze([nl.Article(text) for text in texts])))
        assert f"By the words that they use, {wanted}" in said and "(0.00)" not in said


def test_a_section_says_where_nobody_is_quoted_and_no_path_is_told(analysis):
    sections = comparing.article_sections(analysis)
    last = sections.partition('id="article-3"')[2]
    assert "Nobody is quoted" in last and "snow.txt" in last and "<details>" not in last
    assert "/home/ada" not in sections + comparing.comparison_head(analysis)


def test_a_chart_has_a_panel_for_each_speaker_and_a_row_for_each_article(analysis):
    figure = nl.charts.plot_speakers_by_article(analysis.actors, analysis.articles)
    names = [note.text for note in figure.layout.annotations]
    assert {"Ada Omu", "Tomas Reil"} <= set(names)
    assert list(figure.layout.yaxis.ticktext) == ["1. The Coastal Post", "2. Vel Daily", "3. snow.txt"]
    spoken = analysis.actors.set_index(["article_id", "actor"])["words_spoken"]
    rows = [row for row in figure.layout.meta["rows"] if row[:2] == ["2. Vel Daily", "Ada Omu"]]
    assert rows[0][2] == spoken[analysis.article_list[1].article_id, "Ada Omu"]
    assert "In 1 article nobody is heard by name." in figure.layout.meta["caption"]


def test_charts_and_the_answer_count_by_person_and_not_by_name(analysis):
    actors = analysis.actors.replace({"actor": {"Tomas Reil": "Ada Omu"}})
    for plot in (nl.charts.plot_speakers_by_article, nl.charts.plot_tone_by_article):
        names = [note.text for note in plot(actors, analysis.articles).layout.annotations]
        assert names.count("Ada Omu") == 2 - (plot is nl.charts.plot_tone_by_article)
    links = pd.DataFrame([("join", "Ada Omu", "Tomas Reil")], columns=["decision", "actor", "other"])
    linked = analysis.with_links(links)
    figure = nl.charts.plot_speakers_by_article(linked.actors, linked.articles)
    assert len({"Ada Omu", "Tomas Reil"} & {note.text for note in figure.layout.annotations}) == 1
    before, after = (" ".join(comparing.summarize_comparison(each)) for each in (analysis, linked))
    assert "Three speakers are quoted" in before and "Two speakers are quoted" in after
    tone = nl.charts.plot_tone_by_article(linked.actors, linked.articles)
    assert len(tone.layout.meta["rows"]) == 2


def test_speakers_without_a_panel_are_added_up_and_stay_in_the_table():
    spoken = [("a", "Ada", 50), ("a", "Ben", 40), ("a", "Cyr", 30), ("b", "Dai", 20), ("b", "Eva", 10)]
    actors = pd.DataFrame(spoken, columns=["article_id", "actor", "words_spoken"]).assign(words_reported=0)
    listed = pd.DataFrame({"article_id": ["a", "b"], "title": ["One", "Two"], "outlet": None, "source": None})
    figure = nl.charts.plot_speakers_by_article(actors, listed)
    assert [note.text for note in figure.layout.annotations] == ["Ada", "Ben", "Cyr", "all others"]
    others = next(bar for bar in figure.data if bar.xaxis == "x4" and bar.name == "in quotation marks")
    assert list(others.x) == [30] and list(others.y) == [1]
    assert len(figure.layout.meta["rows"]) == 5


def test_a_bar_covers_its_own_article_alone_and_the_marks_of_two_panels_stand_apart():
    ids = [f"a{number}" for number in range(6)]
    actors = pd.DataFrame({"article_id": ["a0", "a4", *ids], "actor": ["Ada"] * 2 + ["Ben"] * 6, "words_spoken": 64})
    listed = pd.DataFrame({"article_id": ids, "title": ids, "outlet": None, "source": None})
    figure = nl.charts.plot_speakers_by_article(actors.assign(words_reported=0), listed)
    assert {bar.width < 1 for bar in figure.data} == {True}
    axis = figure.layout.xaxis
    assert axis.tickvals[0] == 0 < axis.tickvals[1] < axis.range[1] / 2


def test_the_easiest_and_the_hardest_article_are_named_with_their_grades():
    plain = nl.Article("The cat sat on the mat and saw a dog. " * 12)
    hard = nl.Article("Municipal authorities reconsidered considerable expenditure. " * 25, outlet="Vel Daily")
    said = comparing.summarize_comparison(nl.analyze([plain, hard]))
    assert re.search(r"easiest to read is article 1, at about grade -?\d+ of US schools, .*; the hardest", said[-1])
    assert re.search(r"the hardest is article 2 \(Vel Daily\), at about grade \d+\.$", said[-1])


def test_the_tone_toward_an_actor_is_compared_where_two_articles_say_enough(analysis):
    figure = nl.charts.plot_tone_by_article(analysis.actors, analysis.articles)
    toward = {row[0]: row[2] for row in figure.layout.meta["rows"] if row[1] == "Ada Omu"}
    assert toward["2. Vel Daily"] < 0 < toward["1. The Coastal Post"]
    assert "differ most about Ada Omu" in figure.layout.meta["caption"]
    alone = nl.charts.plot_tone_by_article(analysis.actors.head(1), analysis.articles)
    assert "Nothing to show" in alone.layout.meta["caption"]


def test_charts_of_nothing_and_of_a_table_without_the_columns(analysis):
    for plot in (nl.charts.plot_speakers_by_article, nl.charts.plot_tone_by_article):
        assert "Nothing to show" in plot(analysis.actors.head(0), analysis.articles).layout.meta["caption"]
        with pytest.raises(ValueError, match="needs the column"):
            plot(analysis.articles, analysis.articles)


def test_the_name_of_an_outlet_is_whole_on_two_lines_and_a_headline_is_cut_after_them():
    actors = pd.DataFrame({"article_id": ["a", "b"], "actor": "Ada", "words_spoken": 9, "words_reported": 0})
    called = ["Marrovian State Gazette", "Forty people treated after a store of fertiliser burns"]
    listed = pd.DataFrame({"article_id": ["a", "b"], "outlet": called, "title": None, "source": None})
    names = nl.charts.plot_speakers_by_article(actors, listed).layout.yaxis.ticktext
    assert names == ("1. Marrovian State<br>Gazette", "2. Forty people<br>treated after a st…")


def test_an_article_is_called_by_its_outlet_else_its_headline_else_its_file():
    empty = dict.fromkeys(ArticleRow.__dataclass_fields__)
    rows = [{"outlet": "Vel  Daily", "title": "x"}, {"title": "The bridge"}, {"source": "C:\\drafts\\a.txt"}, {}]
    table = pd.DataFrame([{**empty, **row, "article_id": str(i)} for i, row in enumerate(rows)])
    assert list(label_articles(table).values()) == ["1. Vel Daily", "2. The bridge", "3. a.txt", "4. article"]


def test_what_could_not_be_read_and_other_languages_stand_at_the_head(tmp_path):
    (tmp_path / "one.txt").write_text(SILENT, encoding="utf-8")
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 nothing")
    corpus = nl.Corpus.load(tmp_path, errors="collect")
    foreign = nl.Article("Der Schnee fiel die ganze Nacht auf die Berge.", language="de")
    analysis = nl.analyze(nl.Corpus((*corpus.articles, foreign), corpus.failure_rows))
    head = comparing.comparison_head(analysis)
    assert "Not on this page: bad.pdf, the PDF is damaged" in head and str(tmp_path) not in head
    assert "Article 2 is in another language" in head


def test_one_window_over_some_of_the_articles_keeps_what_is_computed(analysis):
    first, second = analysis.article_list[:2]
    part = analysis.only([second.article_id])
    assert part.article_list == (second,)
    assert set(part.quotes["article_id"]) == {second.article_id} and part.quotes.index[0] == 0
    assert first.article_id in set(analysis.quotes["article_id"])
    alone = nl.analyze(second)
    # Who is the same person in several articles is nothing that one article can tell.
    same = [name for name in alone.actors if name != "person_id"]
    pd.testing.assert_frame_equal(part.actors[same], alone.actors[same])


def test_every_link_of_the_comparisons_notebook_has_its_section_and_cells_are_short():
    cells = nbformat.read(COMPARE_NOTEBOOK, as_version=4).cells
    texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
    links = re.findall(r'href="#([\w-]+)"', "".join(texts))
    headings = [slug(line.lstrip("# ")) for text in texts for line in text.splitlines() if line.startswith("## ")]
    assert links == headings
    code = [cell for cell in cells if cell.cell_type == "code"]
    assert all(len(cell.source.splitlines()) <= 8 and not cell.outputs for cell in code)


@pytest.mark.slow
def test_a_changed_copy_of_the_notebook_needs_only_the_source(tmp_path):
    for number, article in enumerate(articles()):
        (tmp_path / f"{number}.txt").write_text(article.text, encoding="utf-8")
    values: dict[str, object] = {}
    for cell in nbformat.read(COMPARE_NOTEBOOK, as_version=4).cells:
        if cell.cell_type == "code":
            source = cell.source.replace('SOURCE = "stories"', f"SOURCE = {str(tmp_path)!r}")
            exec(compile(source, "cell", "exec"), values)
    assert len(values["analysis"].article_list) == 3


@pytest.mark.slow
def test_the_page_in_a_browser(page):
    assert page.name == "three-articles-compared.html"
    text = page.read_text(encoding="utf-8")
    assert "/home/ada" not in text and 'class="output error"' not in text and "Messages from the program" not in text
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    with browser() as chromium:
        for width, scheme in ((360, "dark"), (1200, "light")):
            with visit(chromium, page, width=width, scheme=scheme) as seen:
                assert seen.charts == 4
                assert seen.overflow <= 0
                seen.page.get_by_role("link", name="Bridge to open in May").first.press("Enter")
                assert "Bridge to open in May" in seen.page.locator(":target").inner_text()
                seen.page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
                found = axe.run(seen.page)
                assert [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found.response["violations"]] == []
                seen.assert_quiet()


@pytest.mark.slow
def test_a_tablet_has_room_for_the_table_and_a_phone_for_the_titles_of_the_axes(page):
    box = "each => [each.parentElement.scrollWidth, each.parentElement.clientWidth]"
    with browser() as chromium:
        with visit(chromium, page, width=800, scheme="light") as seen:
            needed, there = seen.page.locator("table.articles").evaluate(box)
            assert needed <= there
        with visit(chromium, page, width=360, scheme="light") as seen:
            left, right = (seen.page.locator(f".{name}title").last.bounding_box() for name in ("x", "x2"))
            assert left["x"] + left["width"] < right["x"]


@pytest.mark.slow
def test_the_command_compares_several_sources(tmp_path, capsysbinary):
    from newslab.cli import main

    names = []
    for number, article in enumerate(articles()):
        names.append(str(tmp_path / f"story{number}.txt"))
        Path(names[-1]).write_text(article.text, encoding="utf-8")
    assert main(["report", *names, "-o", str(tmp_path / "compare.html")]) == 0
    assert "Three articles compared" in (tmp_path / "compare.html").read_text(encoding="utf-8")
    assert main(["report", *names, "-o", names[1]]) == 2
    assert b"the article itself" in capsysbinary.readouterr().err
