"""The pieces of the page that compares articles: head, answer, table of articles, and a section for each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

import pandas as pd

from newslab.article import Article
from newslab.charts.compare import label_articles
from newslab.charts.panels import name_people
from newslab.charts.style import count, known, listing, signed
from newslab.report.elements import Html, byline, items, make_grid, notes, quote_cells, show
from newslab.report.pieces import checks_line, file_name, full_title, is_english, source_name
from newslab.report.summary import for_whom, spell, summarize
from newslab.tables import values_of

if TYPE_CHECKING:
    from newslab.analysis import Analysis

# Of more articles than these, the page of a corpus shows more than a comparison one by one.
MOST_ARTICLES = 12
QUOTES_SHOWN = 8
SHORT_TITLE = 70
NAMED = 5
# Asked in SQL, so that of tables that may be larger than the memory only these sums are read.
FACTS = """
    select a.article_id, a.words, coalesce(q.quotes, 0) as quotes, coalesce(q.speakers, 0) as speakers,
        r.grade, s.tone
    from articles a
    left join (select article_id, count(*) as quotes, count(distinct actor) as speakers from quotes group by all) q
        using (article_id)
    left join (select article_id, avg(compound) as tone from sentiment group by all) s using (article_id)
    left join readability r using (article_id)
"""


def comparison_title(number: int) -> str:
    """What the page is called."""
    return f"{spell(number).capitalize()} articles compared"


def corpus_title(number: int) -> str:
    """What the page of many articles is called."""
    return f"{spell(number).capitalize()} articles"


def comparison_head(analysis: Analysis) -> Html:
    """The head of the page: how many articles, of whom and when."""
    articles = analysis.article_list
    outlets = list(dict.fromkeys(article.outlet for article in articles if article.outlet))
    dates = sorted(article.date for article in articles if article.date)
    facts = [
        listing(outlets) if len(outlets) <= NAMED else count(len(outlets), "outlet"),
        " to ".join(dict.fromkeys([*dates[:1], *dates[-1:]])),
        count(int(analysis.articles["words"].sum()), "word"),
    ]
    return Html(
        '<p class="kicker">Who says what, about whom, and how</p>'
        f'<h1 dir="auto">{show(comparison_title(len(articles)))}</h1><p class="byline">{byline(facts)}</p>'
        f"{notes(_notes(analysis))}"
    )


def comparison_answer(analysis: Analysis) -> Html:
    """What the tables say of all articles together, in a few sentences."""
    return Html(items(summarize_comparison(analysis), ' class="answer"') + checks_line(analysis))


def summarize_comparison(analysis: Analysis) -> list[str]:
    """Who is in most of the articles, who is heard, how they sound and how hard they are, as plain sentences."""
    labels = label_articles(analysis.articles)
    return [
        line
        for line in (_cast(analysis), _heard(analysis), _tones(analysis, labels), _grades(analysis, labels))
        if line
    ]


def articles_table(analysis: Analysis) -> Html:
    """One row an article: headline with a link to its section, date, outlet, words, quotes, speakers, grade, tone."""
    rows = []
    for number, (article, facts) in enumerate(article_facts(analysis), 1):
        rows.append(
            [
                show(number),
                f'<a class="title" href="#article-{number}" dir="auto">{show(short_title(article))}</a>',
                show(article.date),
                f'<span dir="auto">{show(article.outlet)}</span>',
                show(facts["words"]),
                show(facts["quotes"]),
                show(facts["speakers"]),
                f"{facts['grade']:.1f}" if known(facts["grade"]) else show(None),
                signed(facts["tone"]) if known(facts["tone"]) else show(None),
            ]
        )
    head = ["No.", "Headline", "Date", "Outlet", "Words", "Quotes", "Speakers", "Grade", "Tone"]
    return make_grid(head, rows, "There is no article to compare.", ' class="sortable articles"')


def readability_by_article(analysis: Analysis) -> pd.DataFrame:
    """The readability table with each article's short name as its unit, for the chart."""
    labels = label_articles(analysis.articles)
    table = analysis.readability
    return table.assign(unit=table["article_id"].map(labels).astype("string"))


def article_sections(analysis: Analysis) -> Html:
    """A section for each article: headline, source, the answer in five sentences, and its longest quotes."""
    return Html("".join(_section(analysis, number, article) for number, article in enumerate(analysis.article_list, 1)))


def _section(analysis: Analysis, number: int, article: Article) -> str:
    one = analysis.only([article.article_id])
    facts = [article.date, article.outlet, ", ".join(article.authors), source_name(article), *article.warnings]
    quotes = one.quotes
    longest = quotes.assign(length=quotes["text"].str.len()).nlargest(QUOTES_SHOWN, "length").index
    shown = [quote_cells(row) for row in quotes.loc[sorted(longest)].to_dict("records")]
    below = ""
    if shown:
        of = (
            f"the {len(shown)} longest of {len(quotes)} quotes"
            if len(shown) < len(quotes)
            else count(len(quotes), "quote")
        )
        grid = make_grid(["Who", "Words", "Kind", "Reporting word"], shown, "", "")
        below = f"<details><summary>{of[:1].upper()}{of[1:]}</summary>{grid}</details>"
    heading = f'<h3 id="article-{number}" dir="auto">{number}. {show(full_title(article))}</h3>'
    return f'{heading}<p class="byline">{byline(facts)}</p>{items(summarize(one))}{below}'


def short_title(article: Article) -> str:
    """The headline, or the beginning of the text, short enough for a table."""
    title = full_title(article)
    return title if len(title) <= SHORT_TITLE else title[:SHORT_TITLE].rsplit(" ", 1)[0].rstrip(",;: ….") + " …"


def _named(label: str) -> str:
    """An article's short name as a sentence has it."""
    number, _, called = label.partition(". ")
    return f"article {number}" if called == "article" else f"article {number} ({called})"


def article_facts(analysis: Analysis, most: int | None = None) -> Iterator[tuple[Article, dict[str, Any]]]:
    """Each article with the numbers of its row; the first ``most``, where given."""
    articles = list(islice(analysis.article_list, most))
    facts = {str(row["article_id"]): row for row in analysis.sql(FACTS).to_dict("records")}
    for article in articles:
        yield article, {str(name): value for name, value in facts[article.article_id].items()}


def _tone_by_article(analysis: Analysis) -> dict[str, float]:
    """The mean of the sentences' compound scores, by article."""
    means = analysis.sentiment.groupby("article_id")["compound"].mean()
    return {str(key): float(value) for key, value in means.items() if known(value)}


def _notes(analysis: Analysis) -> Iterator[str]:
    articles = analysis.article_list
    foreign = [str(number) for number, article in enumerate(articles, 1) if not is_english(article.language)]
    if foreign:
        which = f"Article {foreign[0]} is" if len(foreign) == 1 else f"Articles {listing(foreign)} are"
        yield f"{which} in another language than English, which newslab reads: take none of their numbers as a finding."
    for row in analysis.failures.to_dict("records")[:NAMED]:
        source = file_name(str(row["source"])) if known(row["source"]) else "a source"
        yield f"Not on this page: {source}, {row['reason']}"
    if len(analysis.failures) > NAMED:
        yield f"{count(len(analysis.failures) - NAMED, 'more source')} could not be read."


def count_people(actors: pd.DataFrame) -> pd.DataFrame:
    """One row a person, in the order of ``actors``: usual name, kind, words, and in how many articles."""
    people = name_people([{"actor": actor, "person_id": key} for actor, key in values_of(actors, "actor", "person_id")])
    heard = actors["words_spoken"] + actors["words_reported"]
    named = actors.assign(key=[key for key, _ in people], called=[called for _, called in people], heard=heard)
    return named.groupby("key", sort=False).agg(
        called=("called", "first"), kind=("kind", "first"), words=("heard", "sum"), articles=("article_id", "nunique")
    )


def _most_articles(actors: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All people of a table, and those in more than one article, who is in the most of them first."""
    people = count_people(actors).sort_values("articles", ascending=False, kind="stable")
    return people, people[people["articles"] > 1]


def _cast(analysis: Analysis) -> str:
    actors = analysis.actors
    _, several = _most_articles(actors[actors["mentions"] > 0])
    number = len(analysis.article_list)
    if several.empty:
        return f"No person, organisation or place is in more than one of the {spell(number)} articles."
    parts = [f"{row['called']} ({row['articles']})" for row in several.head(3).to_dict("records")]
    stand = "actor stands" if len(several) == 1 else "actors stand"
    head = f"{spell(len(several)).capitalize()} {stand} in more than one of the {spell(number)} articles"
    return f"{head}; in the most: {listing(parts)}."


def _heard(analysis: Analysis) -> str:
    actors = analysis.actors
    people, several = _most_articles(actors[actors["quotes"] > 0])
    if people.empty:
        return "Nobody is quoted by name in any of them."
    heard = f"{spell(len(people)).capitalize()} {'speaker is' if len(people) == 1 else 'speakers are'} quoted"
    if several.empty:
        return f"{heard}, none of them in more than one article."
    parts = [f"{row['called']} (in {row['articles']})" for row in several.head(3).to_dict("records")]
    most = ", in the most" if len(several) > len(parts) else ""
    return f"{heard}, {spell(len(several))} of them in more than one article{most}: {listing(parts)}."


def _tones(analysis: Analysis, labels: dict[str, str]) -> str:
    tones = _tone_by_article(analysis)
    if len(tones) < 2:
        return ""
    low, high = min(tones, key=lambda key: tones[key]), max(tones, key=lambda key: tones[key])
    down = f"{_named(labels[low])} sounds the most negative ({signed(tones[low])})"
    up = f"{_named(labels[high])} the most positive ({signed(tones[high])})"
    below, above = round(tones[low], 2) < 0, round(tones[high], 2) > 0
    if not below and not above:
        return "By the words that they use, no article sounds negative or positive."
    said = f"{down} and {up}" if below and above else f"{down}, and no article sounds positive"
    said = said if below else f"no article sounds negative, and {up.replace(' the most', ' sounds the most', 1)}"
    return f"By the words that they use, {said}, on a scale from −1 to 1."


def _grades(analysis: Analysis, labels: dict[str, str]) -> str:
    table = analysis.readability
    grades = {key: float(grade) for key, grade in zip(table["article_id"], table["grade"], strict=True) if known(grade)}
    if len(grades) < 2:
        return ""
    low, high = min(grades, key=lambda key: grades[key]), max(grades, key=lambda key: grades[key])
    return (
        f"The easiest to read is {_named(labels[low])}, at about grade {grades[low]:.0f} of US schools, "
        f"{for_whom(grades[low])}; the hardest is "
        f"{_named(labels[high])}, at about grade {grades[high]:.0f}."
    )
