"""What the page of many articles says first: a few sentences for a reader who knows no statistics."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newslab.charts.style import count, known, listing
from newslab.linking.cast import is_description
from newslab.report.comparing import count_people
from newslab.report.summary import for_whom

if TYPE_CHECKING:
    from newslab.report.overview import Overview

NAMED = 3
LEVEL = 0.05
# Who has so much of what an outlet quotes is said to dominate it.
DOMINATES = 0.25
ABOUT = {
    "words_share": "the share of words that {} has",
    "quotes_share": "the share of quotes that {} has",
    "sentiment_toward": "the tone toward {}",
    "same_speaker": "how far the same speakers come back from article to article",
    "grade": "how hard the articles are to read",
}


def lead_corpus(page: Overview) -> list[str]:
    """Who is heard, whether one person dominates an outlet, how outlets differ, how hard they are, what is the same."""
    return [_heard(page), *_dominating(page), *_unlike(page), *_reading(page), _copies(page)]


def _heard(page: Overview) -> str:
    actors = page.actors
    people = count_people(actors[actors["words_spoken"] + actors["words_reported"] > 0])
    if people.empty:
        return "Nobody is quoted by name."
    most = people.sort_values("words", ascending=False, kind="stable").head(NAMED)
    parts = [
        f"{row['called']} ({count(int(row['words']), 'word')} in {count(int(row['articles']), 'article')})"
        for row in most.to_dict("records")
    ]
    nameless = sum(map(is_description, people["called"], people["kind"]))
    some = f", {nameless:,} of them without a name and so another in each article" if nameless else ""
    return f"{count(len(people), 'speaker is', 'speakers are')} quoted{some}; most: {listing(parts)}."


def _dominating(page: Overview) -> Iterator[str]:
    """Whether one person has much of what an outlet quotes, in the outlets with articles enough to say so."""
    table = page.outlets
    enough = table.loc[(table["measure"] == "same_speaker") & table["low"].notna(), "outlet"]
    most = []
    for outlet in enough:
        own = page.compared.loc[page.compared["outlet"] == outlet, "article_id"]
        people = count_people(page.actors[page.actors["article_id"].isin(own)])
        first = people.nlargest(1, "words").iloc[0]
        most.append((first["words"] / people["words"].sum(), outlet, first["called"]))
    if not most:
        return
    above = [each for each in sorted(most, reverse=True) if each[0] >= DOMINATES]
    for share, outlet, who in above[:NAMED]:
        yield f"In {outlet}, one person has {100 * share:.0f}% of the quoted words: {who}."
    if not above:
        share, outlet, who = max(most)
        where = "In no outlet does one person dominate" if len(most) > 1 else f"In {outlet} no person dominates"
        yield f"{where}; {who} has the most, {100 * share:.0f}% of the words that {outlet} quotes."


def _unlike(page: Overview) -> Iterator[str]:
    table = page.differences
    if table.empty:
        return
    clear = table[table["p_holm"] < LEVEL]
    looked = f"{count(len(table), 'difference')} between two outlets"
    if clear.empty:
        yield f"{looked} could be tested; none is so clear that chance can be ruled out."
        return
    first = clear.iloc[0]
    about = ABOUT[first["measure"]].format(first["actor"] if known(first["actor"]) else "")
    high, low = (first["outlet"], first["other"]) if first["difference"] > 0 else (first["other"], first["outlet"])
    hold = count(len(clear), "is more than chance explains", "are more than chance explains")
    yield f"Of {looked}, {hold}; the clearest: {about}, more in {high} than in {low}."


def _reading(page: Overview) -> Iterator[str]:
    table = page.outlets
    rows = table[(table["measure"] == "grade") & table["value"].notna()].sort_values("value")
    if len(rows) > 1:
        low, high = rows.iloc[0], rows.iloc[-1]
        yield (
            f"The easiest to read is {low['outlet']} (grade {low['value']:.0f} of US schools, "
            f"{for_whom(low['value'])}), the hardest {high['outlet']} (grade {high['value']:.0f})."
        )


def _copies(page: Overview) -> str:
    if not page.groups:
        return "No two articles have nearly the same text."
    copies = sum(len(group) - 1 for group in page.groups)
    shared = sum(len({article.outlet for article in group if article.outlet}) > 1 for group in page.groups)
    are = "article is" if copies == 1 else "articles are"
    lines = f"{copies:,} {are} nearly the same as an earlier one, and left out of what is counted"
    return lines + (
        f"; {count(shared, 'text stands', 'texts stand')} in several outlets, as wire copy does." if shared else "."
    )
