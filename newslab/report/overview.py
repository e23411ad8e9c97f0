"""The pieces of the page of many articles: head, outlets and how they differ, texts that are the same, its tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from newslab.charts.style import count, known, listing, signed
from newslab.loading.duplicates import find_duplicates
from newslab.outlets import compare_outlets, measure_outlets
from newslab.report.comparing import article_facts, corpus_title, short_title
from newslab.report.elements import Html, byline, fold, items, make_grid, notes, show
from newslab.report.lead import LEVEL, lead_corpus
from newslab.report.pieces import checks_line, file_name, is_english, source_name

if TYPE_CHECKING:
    from newslab.analysis import Analysis
    from newslab.article import Article

# Outlets are compared two by two, and 12 of them make 66 pairs.
MOST_OUTLETS = 12
PEOPLE = 6
# Which texts are the same is looked for among so many, since each is compared with each.
MOST_TEXTS = 5_000
ROWS, FEWER_ROWS = 500, 60
# A table of more rows than these is folded, so that a reader comes to what stands below it.
OPEN_ROWS = 30
NAMED = 3
MEASURES = {
    "words_share": "share of words, %, of",
    "quotes_share": "share of quotes, %, of",
    "sentiment_toward": "tone toward",
    "same_speaker": "same speaker, of 100 pairs",
    "grade": "grade",
}
P_VALUES = ("p", "p_holm", "p_bh")
DIFFERENCES = ("Measure", "Person", "Outlet", "Other", "Difference", "From", "To", "p", "p (Holm)", "p (B–H)")
SHARES = ("words_share", "quotes_share", "same_speaker")


class Overview:
    """What the page shows of many articles beside the tables themselves, each made when it is first asked for."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis

    @cached_property
    def groups(self) -> list[list[Article]]:
        """Articles whose texts are nearly the same, each group in the order of the source."""
        articles = list(self.analysis.article_list[:MOST_TEXTS])
        first: dict[int, int] = {}
        members: dict[int, list[int]] = defaultdict(list)
        for found in find_duplicates(articles):
            first[found.later] = first.get(found.earlier, found.earlier)
            members[first[found.later]].append(found.later)
        return [[articles[place] for place in (start, *others)] for start, others in members.items()]

    @cached_property
    def articles(self) -> pd.DataFrame:
        """The articles without those that are nearly the same as an earlier one, so that each text counts once."""
        return self._once(self.analysis.articles)

    @cached_property
    def actors(self) -> pd.DataFrame:
        """The actors of these articles."""
        return self._once(self.analysis.actors)

    def _once(self, table: pd.DataFrame) -> pd.DataFrame:
        copies = {article.article_id for group in self.groups for article in group[1:]}
        return table[~table["article_id"].isin(copies)].reset_index(drop=True)

    @cached_property
    def compared(self) -> pd.DataFrame:
        """The articles that stand for their outlets: those of the largest."""
        articles = self.articles
        own = articles[articles["outlet"].notna()]
        largest = own["outlet"].value_counts().head(MOST_OUTLETS).index
        return own[own["outlet"].isin(largest)].reset_index(drop=True)

    @cached_property
    def outlets(self) -> pd.DataFrame:
        """The measures of each outlet, with intervals."""
        return measure_outlets(*self._tables, people=PEOPLE)

    @cached_property
    def differences(self) -> pd.DataFrame:
        """The differences between each two outlets that could be tested, the least likely by chance first."""
        found = compare_outlets(*self._tables, people=PEOPLE)
        tested = found[found["p"].notna()]
        return tested.sort_values(["p_holm", "p"], kind="stable").reset_index(drop=True)

    @cached_property
    def _tone(self) -> pd.DataFrame:
        """Of the largest table, what outlets are compared by."""
        return self.analysis.sql("select article_id, actor, negative, positive, quote_id from target_sentiment")

    @property
    def _tables(self) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        return self.analysis.actors, self.compared, self._tone, self.analysis.readability

    def head(self) -> Html:
        """The head of the page: how many articles, of whom, when, and what a reader must know of them."""
        articles = self.analysis.articles
        names = list(articles["outlet"].dropna().unique())
        dates = sorted(articles["date"].dropna())
        facts = [
            listing(names) if len(names) <= NAMED else count(len(names), "outlet"),
            " to ".join(dict.fromkeys([*dates[:1], *dates[-1:]])),
            count(int(articles["words"].sum()), "word"),
        ]
        return Html(
            '<p class="kicker">Who says what, about whom, and how</p>'
            f"<h1>{show(corpus_title(len(articles)))}</h1>"
            f'<p class="byline">{byline(facts)}</p>{notes(self._notes(articles))}'
        )

    def answer(self) -> Html:
        """What the tables say of all articles together, in a few sentences."""
        return Html(items(lead_corpus(self), ' class="answer"') + checks_line(self.analysis))

    def differences_table(self) -> Html:
        """The differences between two outlets that chance alone makes seldom, and below them all, folded if many."""
        table = self.differences
        nothing = (
            "No two outlets can be compared: a test wants five articles or more of each, and articles that name "
            "their outlet."
        )
        manner = ' class="sortable exportable articles" id="differences"'
        rows = [_difference_cells(row) for row in table.head(ROWS).to_dict("records")]
        whole = make_grid(DIFFERENCES, rows, nothing, manner)
        if len(table) <= OPEN_ROWS:
            return whole
        seldom = [_difference_cells(row) for row in table[table["p"] < LEVEL].head(ROWS).to_dict("records")]
        none = f"None of the {len(table):,} differences has p below {LEVEL}."
        first = make_grid(DIFFERENCES, seldom, none, ' class="sortable articles"')
        held = f"p is below {LEVEL} in {len(seldom):,} of {len(table):,}; " + _holding(table)
        said = f'<p class="note">{show(held)}</p>' if seldom else ""
        return Html(said + first + fold(f"All {len(table):,} differences", whole))

    def copies_table(self) -> Html:
        """One row a group of articles with nearly the same text, and the outlets that have it."""
        rows = []
        for group in sorted(self.groups, key=len, reverse=True)[:FEWER_ROWS]:
            names = list(dict.fromkeys(article.outlet for article in group if article.outlet))
            dates = sorted(article.date for article in group if article.date)
            what = _looks_like(group, len(names))
            rows.append(
                [
                    f'<span dir="auto">{show(short_title(group[0]))}</span>',
                    show(len(group)),
                    f'<span dir="auto">{show(listing(names) or None)}</span>',
                    " to ".join(map(_date, dict.fromkeys([*dates[:1], *dates[-1:]]))) or show(None),
                    show(what),
                ]
            )
        head = ["Text", "Articles", "Outlets", "Dates", "Looks like"]
        return make_grid(head, rows, "No two articles have nearly the same text.", ' class="sortable"')

    def articles_table(self) -> Html:
        """One row an article: headline, date, outlet, words, quotes, speakers, grade, tone."""
        rows = []
        for article, facts in article_facts(self.analysis, ROWS):
            rows.append(
                [
                    f'<span dir="auto">{_linked(article)}</span>',
                    _date(article.date),
                    f'<span dir="auto">{show(article.outlet)}</span>',
                    show(facts["words"]),
                    show(facts["quotes"]),
                    show(facts["speakers"]),
                    f"{facts['grade']:.1f}" if known(facts["grade"]) else show(None),
                    signed(facts["tone"]) if known(facts["tone"]) else show(None),
                ]
            )
        head = ["Headline", "Date", "Outlet", "Words", "Quotes", "Speakers", "Grade", "Tone"]
        table = make_grid(head, rows, "There is no article.", ' class="sortable exportable" id="articles"')
        left = len(self.analysis.article_list) - len(rows)
        whole = table + (f'<p class="note">{show(f"{left:,} more are not listed.")}</p>' if left > 0 else "")
        return fold(f"The {count(len(rows), 'article')}", whole) if len(rows) > OPEN_ROWS else Html(whole)

    def failures_table(self) -> Html:
        """What could not be read or analysed, or was left out, and why."""
        failures = self.analysis.failures
        rows = [
            [
                show(file_name(str(row["source"])) if known(row["source"]) else None),
                show(row["stage"]),
                show(row["reason"]),
            ]
            for row in failures.head(FEWER_ROWS).to_dict("records")
        ]
        table = make_grid(["Source", "Stage", "Reason"], rows, "Everything could be read and analysed.", "")
        left = len(failures) - len(rows)
        return Html(table + (f'<p class="note">{show(f"and {left:,} more")}</p>' if left > 0 else ""))

    def _notes(self, articles: pd.DataFrame) -> Iterator[str]:
        number = len(articles)
        for column, what, where in (
            ("date", "a date", "left out of what is shown over time"),
            ("outlet", "an outlet", "left out of what is shown by outlet"),
        ):
            missing = int(articles[column].isna().sum())
            if missing:
                names = "does not name" if missing == 1 else "do not name"
                some = f"{count(missing, 'article')} of {number:,} {names}" if missing < number else "No article names"
                yield f"{some} {what}: {where}."
        foreign = sum(not is_english(language) for language in articles["language"].dropna())
        if foreign:
            yield f"{count(foreign, 'article')} in another language than English, the one that newslab reads."
        if len(self.analysis.failures):
            yield f"{count(len(self.analysis.failures), 'source')} left out; the reasons are at the end of the page."
        outlets = articles["outlet"].nunique()
        if outlets > MOST_OUTLETS:
            yield f"Of {outlets:,} outlets, the {MOST_OUTLETS} with the most articles are compared."
        if number > MOST_TEXTS:
            yield f"Texts that are nearly the same were looked for in the first {MOST_TEXTS:,} articles."


def _difference_cells(row: dict[Any, Any]) -> Sequence[str]:
    names = (f'<span dir="auto">{show(row[part])}</span>' for part in ("actor", "outlet", "other"))
    points = (show(_points(row[part], row["measure"])) for part in ("difference", "low", "high"))
    return [show(MEASURES[row["measure"]]), *names, *points, *(show(_chance(row[part])) for part in P_VALUES)]


def _holding(table: pd.DataFrame) -> str:
    """How many differences hold when all that were tested are allowed for."""
    number = int((table["p_holm"] < LEVEL).sum())
    return f"{number or 'none'} {'holds' if number < 2 else 'hold'} when allowance is made for the number of tests."


def _looks_like(group: Sequence[Article], outlets: int) -> str:
    """Why the same text may stand in several articles, by whose they are."""
    if outlets > 1:
        return "wire copy, or one text for several outlets"
    if not outlets:
        return "no outlet is named"
    return "one outlet, again" if all(article.outlet for article in group) else "one outlet; not every article names it"


def _points(value: Any, measure: str) -> str | None:
    """A difference as it is written: shares in points of 100, tone from -2 to 2, grades in years of school."""
    if not known(value):
        return None
    times, places = (100, 1) if measure in SHARES else (1, 1 if measure == "grade" else 2)
    rounded = round(float(value) * times, places)
    return f"{rounded:+.{places}f}".replace("-", "−") if rounded else f"{0:.{places}f}"


def _chance(p: Any) -> str | None:
    return (f"{p:.3f}" if p >= 0.0005 else "<0.001") if known(p) else None


def _date(written: str | None) -> str:
    return f'<span class="date">{show(written)}</span>'


def _linked(article: Article) -> str:
    """The headline, as a link where the article is on the web."""
    name = source_name(article)
    title = show(short_title(article))
    if name.lower().startswith(("http://", "https://")):
        return f'<a class="title" href="{show(name)}">{title}</a>'
    return title
