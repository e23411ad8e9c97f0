"""The records of tables that only many articles can fill: the same person in several of them, outlets compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One row for each actor of each article: who that is across the articles, and why."""

    article_id: Annotated[str, "the article, by a hash of its text where it has no other id"]
    actor: Annotated[str, "the full name in this article"]
    kind: Annotated[str, "person, organisation, place or group"]
    person_id: Annotated[
        str, "the same for the same person in all articles: the name, with an article's id where several have it"
    ]
    person: Annotated[str, "the person's fullest name in all articles"]
    role: Annotated[str | None, "the role as this article states it"]
    joined_with: Annotated[str | None, "the name it was joined with, and its article"]
    why: Annotated[list[str], "the reasons: name equal, name contains, role agrees, ..."]
    apart_from: Annotated[str | None, "the likeliest other person, where a name is shared and they were kept apart"]
    why_apart: Annotated[list[str], "the reasons for that: role differs, first name differs, ..."]
    score: Annotated[float | None, "how surely it was joined: above 0 is joined, `<NA>` where it stands alone"]


@dataclass(frozen=True, slots=True)
class OutletRow:
    """One row an outlet and measure, of one person where it is about one: `measure_outlets`."""

    measure: Annotated[str, "words_share, quotes_share, sentiment_toward, same_speaker, top_ten_share, gini or grade"]
    outlet: Annotated[str, "the publisher"]
    person_id: Annotated[str | None, "the person, `<NA>` where the measure is of the whole outlet"]
    actor: Annotated[str | None, "the person's name"]
    value: Annotated[float | None, "the measure"]
    low: Annotated[float | None, "lower end of its 95% interval"]
    high: Annotated[float | None, "upper end"]
    articles: Annotated[int, "how many of the outlet's articles it rests on"]
    articles_with: Annotated[int, "in how many of them the person is"]
    rests_on: Annotated[int, "how many words, quotes, sentences or articles it rests on"]


@dataclass(frozen=True, slots=True)
class OutletDifferenceRow:
    """One row for each two outlets and measure, of one person where it is about one: `compare_outlets`."""

    measure: Annotated[str, "words_share, quotes_share, sentiment_toward, same_speaker or grade"]
    outlet: Annotated[str, "the one publisher"]
    other: Annotated[str, "the other"]
    person_id: Annotated[str | None, "the person, `<NA>` where the measure is of the whole outlet"]
    actor: Annotated[str | None, "the person's name"]
    difference: Annotated[float | None, "the outlet's value minus the other's"]
    low: Annotated[float | None, "lower end of its 95% interval"]
    high: Annotated[float | None, "upper end"]
    p: Annotated[float | None, "how likely so large a difference is by chance"]
    p_holm: Annotated[float | None, "the same for all tests of the measure, by Holm: no false finding"]
    p_bh: Annotated[float | None, "the same by Benjamini and Hochberg: few of the findings false"]
    tests: Annotated[int, "how many tests of the measure that allows for"]
    articles: Annotated[int, "how many of the outlet's articles it rests on"]
    other_articles: Annotated[int, "how many of the other's"]
