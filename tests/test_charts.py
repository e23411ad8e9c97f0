"""Charts: what is drawn is what the table holds, said in words, safe to hover, and readable at any size of table."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from newslab import charts
from newslab.tables import (
    ActorSummaryRow,
    MentionRow,
    QuotedTargetSentimentRow,
    QuoteRow,
    ReadabilityRow,
    SentenceRow,
    SentimentRow,
    TalkRow,
    make_table,
)

EMPTY: dict[str, tuple[Callable[..., go.Figure], type[Any]]] = {
    "actors": (charts.plot_actors, ActorSummaryRow),
    "speakers": (charts.plot_speakers, ActorSummaryRow),
    "mentions": (charts.plot_mentions, MentionRow),
    "sentiment": (charts.plot_sentiment, SentimentRow),
    "target of actors": (charts.plot_target_sentiment, ActorSummaryRow),
    "target of sentences": (charts.plot_target_sentiment, QuotedTargetSentimentRow),
    "talk": (charts.plot_talk, TalkRow),
    "readability": (charts.plot_readability, ReadabilityRow),
}
LONG = (
    "Mayor Ana Torvel said that the old bridge over the harbour is safe and that every single bolt was checked twice."
)


def actor(name: str, *, mentions: int = 3, spoken: int = 0, reported: int = 0, **more: Any) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(ActorSummaryRow.__dataclass_fields__)
    row |= {"article_id": "a", "actor": name, "kind": "person", "names": [name], "mentions": mentions, "sentences": 2}
    return row | {"quotes": 0, "words_spoken": spoken, "words_reported": reported, "sentiment_sentences": 0} | more


def actors(*rows: dict[str, Any]) -> pd.DataFrame:
    return make_table(ActorSummaryRow, [ActorSummaryRow(**row) for row in rows])


def sentences(*texts: str) -> pd.DataFrame:
    rows = [SentenceRow("a", i, i // 2, 0, len(text), text, len(text.split())) for i, text in enumerate(texts)]
    return make_table(SentenceRow, rows)


def mentions(*places: tuple[str, int, str]) -> pd.DataFrame:
    return make_table(MentionRow, [MentionRow("a", at, 0, 3, who, who, "person", how) for who, at, how in places])


def sentiment(*compounds: float) -> pd.DataFrame:
    return make_table(SentimentRow, [SentimentRow("a", i, 0.1, 0.8, 0.1, value) for i, value in enumerate(compounds)])


def target(*rows: tuple[str, int, float, int | None]) -> pd.DataFrame:
    """Rows of (actor, sentence, positive minus negative, quote)."""
    made = [
        QuotedTargetSentimentRow("a", at, who, 0, 3, "neutral", max(-value, 0), 1 - abs(value), max(value, 0), quote)
        for who, at, value, quote in rows
    ]
    return make_table(QuotedTargetSentimentRow, made)


def talk(*rows: tuple[str | None, str, int, str]) -> pd.DataFrame:
    made = [TalkRow("a", i, who, about, words, label, 0.2, 0.7) for i, (who, about, words, label) in enumerate(rows)]
    return make_table(TalkRow, made)


def readability(*rows: tuple[str | None, int, int, int]) -> pd.DataFrame:
    fixed = dict.fromkeys(ReadabilityRow.__dataclass_fields__)
    made = [
        fixed
        | {"article_id": "a", "unit": unit, "words": words, "sentences": number, "syllables": 2 * words}
        | {"letters": 5 * words, "polysyllables": long, "longest_sentence": LONG, "hardest_words": ["constructively"]}
        for unit, words, number, long in rows
    ]
    return make_table(ReadabilityRow, [ReadabilityRow(**row) for row in made])  # type: ignore[arg-type]


def full() -> dict[str, go.Figure]:
    """One figure of each kind, of tables with unknown cells in them."""
    people = actors(
        actor("Ana Torvel", spoken=20, reported=9, sentiment_toward=0.4, sentiment_sentences=4, role="mayor"),
        actor("Tom Brask", spoken=5, kind="place", sentiment_quoted=-0.5),
    )
    lines = sentences(LONG, "She left.", "Brask <b>stayed</b>.")
    scored = target(("Ana Torvel", 0, 0.5, None), ("Ana Torvel", 1, 0.2, 0), ("Tom Brask", 2, -0.6, None))
    return {
        "actors": charts.plot_actors(people, lines),
        "speakers": charts.plot_speakers(people),
        "mentions": charts.plot_mentions(mentions(("Ana Torvel", 0, "name"), ("Ana Torvel", 1, "pronoun")), lines),
        "sentiment": charts.plot_sentiment(sentiment(0.5, 0.0, -0.4), lines),
        "target of actors": charts.plot_target_sentiment(people, lines, target_sentiment=scored),
        "target of sentences": charts.plot_target_sentiment(scored, lines),
        "talk": charts.plot_talk(talk(("Ana Torvel", "Tom Brask", 9, "negative"), (None, "Tom Brask", 3, "neutral"))),
        "readability": charts.plot_readability(readability(("paragraph 0", 40, 2, 4), (None, 30, 1, 9))),
    }


def hovers(figure: go.Figure) -> str:
    texts: list[str] = []
    for trace in figure.data:
        found = trace.hovertext
        texts += [found] if isinstance(found, str) else list(found if found is not None else ())
    return "\n".join(texts)


def labels(figure: go.Figure) -> list[str]:
    return list(figure.layout.yaxis.ticktext)


@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_table_gives_a_figure_that_says_so(name: str) -> None:
    plot, record = EMPTY[name]
    figure = plot(make_table(record, []))
    assert "Nothing to show" in figure.layout.annotations[0].text
    assert figure.layout.meta["caption"].startswith("Nothing to show")
    assert figure.layout.meta["rows"] == []
    assert figure.layout.title.text


@pytest.mark.parametrize("name", EMPTY)
def test_every_figure_says_in_words_and_numbers_what_it_shows(name: str) -> None:
    figure = full()[name]
    meta = figure.layout.meta
    assert set(meta) == {"caption", "columns", "rows"}
    assert any(letter.isdigit() for letter in meta["caption"])
    assert meta["rows"]
    assert all(len(row) == len(meta["columns"]) for row in meta["rows"])
    assert json.loads(json.dumps(meta, allow_nan=False)) == meta
    assert json.loads(figure.to_json())["data"]


@pytest.mark.parametrize("name", [name for name in EMPTY if name != "talk"])
def test_axes_are_named(name: str) -> None:
    assert full()[name].layout.xaxis.title.text


@pytest.mark.parametrize("name", EMPTY)
def test_a_figure_stands_on_a_light_and_on_a_dark_page(name: str) -> None:
    layout = full()[name].layout
    assert layout.paper_bgcolor == layout.plot_bgcolor == "rgba(0,0,0,0)"
    for page in (1.0, 0.0):
        assert contrast(layout.font.color, page) >= 4.5


def contrast(colour: str, page: float) -> float:
    """WCAG's contrast of a colour on a page of luminance 1 (white) or 0 (black)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    own = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return (max(own, page) + 0.05) / (min(own, page) + 0.05)


@pytest.mark.parametrize("name", EMPTY)
def test_a_missing_column_is_named(name: str) -> None:
    plot, _ = EMPTY[name]
    with pytest.raises(ValueError, match=r"needs the column .*'.+'; the table has oddity"):
        plot(pd.DataFrame({"oddity": [1]}))


def test_titles_fit_a_phone() -> None:
    assert all(len(figure.layout.title.text) <= len("<b></b>") + 34 for figure in full().values())


def test_hover_shows_the_sentence_wrapped_and_escaped() -> None:
    figure = charts.plot_mentions(
        mentions(("Brask <i>Ltd</i>", 1, "name")), sentences("One.", f"{LONG} <b onmouseover=x>&amp;</b>")
    )
    text = hovers(figure)
    assert "&lt;b onmouseover=x&gt;&amp;amp;&lt;/b&gt;" in text
    assert "Brask &lt;i&gt;Ltd&lt;/i&gt;" in text
    assert "<i>" not in text
    assert max(len(line) for line in text.replace("&lt;", "<").replace("&gt;", ">").split("<br>")) <= 66
    assert labels(figure) == ["Brask &lt;i&gt;Ltd&lt;/i&gt;"]
    assert figure.layout.meta["rows"][0][0] == "Brask <i>Ltd</i>"


def test_strange_letters_never_break_a_figure() -> None:
    table = actors(actor("\x00Torvel\u202e"), actor("منظمة العفو"), actor("\U0001f469\u200d\U0001f680"))
    table["actor"] = table["actor"].astype(object)
    table.loc[0, "actor"] = "lone \ud800 half"
    figure = charts.plot_actors(table)
    figure.to_json().encode("utf-8")
    assert "\u2068منظمة العفو\u2069" in labels(figure)
    json.dumps(figure.layout.meta, ensure_ascii=False).encode("utf-8")


def test_long_names_are_shortened_on_the_axis_and_whole_in_the_table() -> None:
    long = "the Commission for the Supervision of Harbours and Inland Waterways"
    figure = charts.plot_actors(actors(actor(long)))
    assert len(labels(figure)[0]) <= 26
    assert labels(figure)[0].endswith("…")
    assert figure.layout.meta["rows"] == [[long, "person", 3]]


def test_two_names_shortened_alike_stay_two_rows() -> None:
    stem = "the Commission for the Supervision of"
    figure = charts.plot_actors(actors(actor(f"{stem} Harbours"), actor(f"{stem} Roads", mentions=2)))
    assert len(labels(figure)) == 2
    assert [row[2] for row in figure.layout.meta["rows"]] == [3, 2]


def test_many_actors_are_cut_to_the_most_mentioned_and_the_chart_says_so() -> None:
    figure = charts.plot_actors(actors(*(actor(f"Person {i}", mentions=i + 1) for i in range(35))), top=10)
    assert labels(figure)[0] == "Person 34"
    assert len(labels(figure)) == 10
    assert "10 of 35" in figure.layout.title.subtitle.text
    assert "35 actors" in figure.layout.meta["caption"]
    assert "10 mentioned most" in figure.layout.meta["caption"]


def test_actors_of_several_articles_are_added_up() -> None:
    figure = charts.plot_actors(actors(actor("Ana Torvel"), actor("Ana Torvel", article_id="b", mentions=4)))
    assert figure.layout.meta["rows"] == [["Ana Torvel", "person", 7]]


def test_kinds_have_their_own_colours() -> None:
    figure = charts.plot_actors(actors(actor("Ana Torvel"), actor("Norvik", kind="place")))
    drawn = {trace.name: trace.marker.color for trace in figure.data if trace.visible}
    assert set(drawn) == {"person", "place"}
    assert len(set(drawn.values())) == 2


def test_speakers_show_spoken_and_reported_words_and_leave_out_the_silent() -> None:
    people = actors(actor("Ana Torvel", spoken=20, reported=5), actor("Tom Brask"), actor("Board", reported=30))
    figure = charts.plot_speakers(people)
    assert figure.layout.meta["rows"] == [["Board", 0, 30], ["Ana Torvel", 20, 5]]
    assert "2 speakers, 20 words in quotation marks and 35 reported" in figure.layout.meta["caption"]
    spoken, reported = figure.data
    assert list(spoken.x) == [0, 20]
    assert list(reported.x) == [30, 5]
    assert reported.marker.pattern.shape


def test_speakers_show_their_longest_quote_on_hover() -> None:
    row: dict[str, Any] = dict.fromkeys(QuoteRow.__dataclass_fields__)
    row |= {"article_id": "a", "spans": [], "kind": "direct", "rule": "r", "asserted": True, "actor": "Ana Torvel"}
    row |= {"start": 0, "end": 5, "paragraph": 0, "sentence_id": 0}
    quotes = make_table(
        QuoteRow, [QuoteRow(**row | {"quote_id": i, "text": text}) for i, text in enumerate(["short", "much longer"])]
    )
    text = hovers(charts.plot_speakers(actors(actor("Ana Torvel", spoken=3)), quotes))
    assert "much longer" in text
    assert "short" not in text


def test_mentions_stand_at_their_sentence_and_pronouns_look_different() -> None:
    figure = charts.plot_mentions(mentions(("Torvel", 0, "name"), ("Torvel", 0, "pronoun"), ("Torvel", 4, "pronoun")))
    named, pronouns = figure.data
    assert list(named.x) == [1]
    assert list(pronouns.x) == [5]
    assert named.marker.symbol != pronouns.marker.symbol
    assert figure.layout.meta["rows"] == [["Torvel", 1, 2], ["Torvel", 5, 1]]


def test_a_chart_along_one_story_refuses_several_articles() -> None:
    table = sentiment(0.1, 0.2)
    table.loc[1, "article_id"] = "b"
    with pytest.raises(ValueError, match=r"one article and the table holds 2.*article_id =="):
        charts.plot_sentiment(table)


def test_sentiment_draws_every_sentence_and_the_mean_of_its_paragraph() -> None:
    figure = charts.plot_sentiment(sentiment(0.5, -0.1, 0.0), sentences("One.", "Two.", "Three."))
    assert figure.layout.meta["rows"] == [[1, 0.5, 0.2], [2, -0.1, 0.2], [3, 0, 0]]
    drawn = {trace.name: list(trace.x) for trace in figure.data}
    assert drawn["positive"] == [1]
    assert drawn["negative"] == [2]
    assert drawn["neutral"] == [3]
    assert drawn["mean of the paragraph"] == [1, 2, 3]
    caption = figure.layout.meta["caption"]
    assert "Lowest: sentence 2 (−0.10); highest: sentence 1 (+0.50)" in caption


def test_sentiment_without_sentences_is_smoothed_over_five() -> None:
    figure = charts.plot_sentiment(sentiment(0.0, 0.0, 1.0, 0.0, 0.0))
    assert [row[2] for row in figure.layout.meta["rows"]] == [0.333, 0.25, 0.2, 0.25, 0.333]
    assert "mean of 5 sentences" in figure.layout.title.subtitle.text


def test_target_sentiment_keeps_story_and_quotes_apart_and_says_how_many_sentences() -> None:
    figure = charts.plot_target_sentiment(
        target(*(("Torvel", i, 0.5, None) for i in range(3)), ("Torvel", 3, -0.9, 7), ("Brask", 0, 0.8, None))
    )
    assert labels(figure) == ["Torvel (3, ◆ 1)"]
    assert figure.layout.meta["rows"] == [["Torvel", 0.5, None, None, 3, -0.9]]
    assert {trace.name: list(trace.x) for trace in figure.data}["mean inside quotes"] == [-0.9]


def test_a_mean_inside_quotes_says_on_how_many_sentences_it_rests() -> None:
    rows = target(("Torvel", 0, -0.5, 1), ("Torvel", 0, -0.4, 1), ("Torvel", 1, -0.5, 2), ("Brask", 0, 0.1, 3))
    people = actors(
        actor("Torvel", sentiment_sentences=2, sentiment_quoted=-0.5),
        actor("Brask", sentiment_toward=0.1, sentiment_sentences=4),
    )
    figure = charts.plot_target_sentiment(people, target_sentiment=rows)
    assert labels(figure) == ["Brask (4)", "Torvel (2, ◆ 2)"]
    assert "rests on 2 sentences" in hovers(figure)
    assert labels(charts.plot_target_sentiment(people)) == ["Brask (4)", "Torvel (2)"]


def test_what_is_said_of_the_tone_counts_the_actors_that_are_not_shown_too() -> None:
    values = [0.1 * place for place in range(-4, 4)]
    people = actors(
        *(actor(f"A{v:.1f}", sentiment_toward=v, sentiment_sentences=9 if v > -0.35 else 3) for v in values)
    )
    some = charts.plot_target_sentiment(people, top=6).layout.meta["caption"]
    assert "Most positive of the 6 shown: " in some and "Of 8 actors, 8 stand in 3 sentences or more" in some
    every = charts.plot_target_sentiment(people).layout.meta["caption"]
    assert "Most positive: " in every and "A-0.4" in every and "A-0.4" not in some


def test_target_sentiment_draws_the_interval_where_there_is_one() -> None:
    people = actors(
        actor("Torvel", sentiment_toward=0.2, sentiment_low=-0.1, sentiment_high=0.4, sentiment_sentences=5),
        actor("Brask", sentiment_toward=-0.5, sentiment_sentences=3),
        actor("Board", sentiment_sentences=1),
    )
    figure = charts.plot_target_sentiment(people)
    (means,) = figure.data
    assert means.error_x.array == pytest.approx((0.2, 0))
    assert means.error_x.arrayminus == pytest.approx((0.3, 0))
    assert labels(figure) == ["Torvel (5)", "Brask (3)"]
    assert "Of 3 actors, 2 stand in 3 sentences or more outside quotes and have" in figure.layout.meta["caption"]
    alone = charts.plot_target_sentiment(people.drop(index=1))
    assert "Of 2 actors, 1 stands in 3 sentences or more outside quotes and has" in alone.layout.meta["caption"]


def test_a_point_that_is_a_sentence_leads_to_it() -> None:
    told = charts.plot_sentiment(sentiment(-0.5, 0.0, 0.8))
    places = {x: link for trace in told.data if trace.customdata is not None for x, link in points(trace)}
    assert places == {1: "#s0", 2: "#s1", 3: "#s2"}
    seen = charts.plot_mentions(mentions(("Ada", 0, "name"), ("Ada", 4, "pronoun")))
    assert {x: link for trace in seen.data for x, link in points(trace)} == {1: "#s0", 5: "#s4"}
    rows = target(("Ada", 2, 0.5, None), ("Ada", 3, 0.4, None), ("Ada", 6, 0.3, 1))
    toward = charts.plot_target_sentiment(rows)
    links = [list(trace.customdata) for trace in toward.data if trace.customdata is not None]
    assert links == [["#s2", "#s3"], ["#s6"]]


def points(trace: Any) -> list[tuple[int, str]]:
    return list(zip(trace.x, trace.customdata, strict=True))


def test_small_counts_are_marked_at_whole_numbers_only() -> None:
    small = [
        charts.plot_actors(actors(actor("Ada", mentions=2))),
        charts.plot_speakers(actors(actor("Ada", spoken=3))),
        charts.plot_mentions(mentions(("Ada", 0, "name"))),
        charts.plot_sentiment(sentiment(0.5, 0.1)),
    ]
    assert [figure.layout.xaxis.dtick for figure in small] == [1] * len(small)
    assert charts.plot_actors(actors(actor("Ada", mentions=40))).layout.xaxis.dtick is None


def test_talk_adds_up_quotes_and_words_and_names_the_tone() -> None:
    figure = charts.plot_talk(
        talk(
            ("Torvel", "Brask", 10, "negative"),
            ("Torvel", "Brask", 20, "negative"),
            ("Torvel", "Brask", 5, "neutral"),
            ("Brask", "Torvel", 4, "positive"),
            (None, "Torvel", 9, "neutral"),
        )
    )
    assert figure.layout.meta["rows"] == [
        ["Torvel", "Brask", 3, 35, "negative", -0.5],
        ["Brask", "Torvel", 1, 4, "positive", -0.5],
    ]
    assert "1 quote without a known speaker" in figure.layout.meta["caption"]
    negative, positive = (
        next(trace for trace in figure.data if trace.name == tone) for tone in ("negative", "positive")
    )
    assert negative.line.color != positive.line.color
    assert negative.line.dash != positive.line.dash
    assert negative.line.width > positive.line.width
    assert "Torvel" in hovers(figure)


def test_a_line_of_four_times_the_words_is_plainly_wider() -> None:
    figure = charts.plot_talk(talk(("Torvel", "Brask", 40, "negative"), ("Brask", "Torvel", 10, "positive")))
    widths = {trace.name: trace.line.width for trace in figure.data if trace.name}
    assert widths["negative"] > 2.5 * widths["positive"]
    assert "wider: more words" in figure.layout.title.subtitle.text


def test_talk_of_many_keeps_to_thirty_actors() -> None:
    figure = charts.plot_talk(talk(*((f"S{i}", f"O{i}", 5 + i, "neutral") for i in range(40))))
    drawn = {name for row in figure.layout.meta["rows"] for name in row[:2]}
    assert len(drawn) == 30
    assert figure.layout.meta["rows"][0][0] == "S39"
    assert "15 of 40 pairs" in figure.layout.meta["caption"]


def test_no_two_names_of_a_side_of_the_network_overlap() -> None:
    figure = charts.plot_talk(talk(*((f"S{i % 12}", f"O{i}", 5, "neutral") for i in range(18))))
    for axis in (figure.layout.yaxis, figure.layout.yaxis2):
        places = sorted(axis.tickvals)
        pixels = (figure.layout.height - 150) / max(places)
        assert min(b - a for a, b in pairwise(places)) * pixels >= 16


def test_readability_shows_what_makes_a_paragraph_hard() -> None:
    figure = charts.plot_readability(readability(("paragraph 0", 40, 2, 4), ("paragraph 1", 30, 1, 9)))
    assert labels(figure) == ["paragraph 1", "paragraph 2"]
    assert [row[2] for row in figure.layout.meta["rows"]] == [20, 30]
    assert [row[4] for row in figure.layout.meta["rows"]] == [10, 30]
    text = hovers(figure)
    assert "constructively" in text
    assert "every single bolt" in text.replace("<br>", " ")
    assert "paragraph 2 (30)" in figure.layout.meta["caption"]


def test_readability_of_a_long_story_shows_the_hardest_in_the_order_of_the_story() -> None:
    figure = charts.plot_readability(readability(*((f"paragraph {i}", 10 + i, 1, 1) for i in range(60))), top=5)
    assert labels(figure) == [f"paragraph {i}" for i in range(56, 61)]
    assert "5 hardest of 60" in figure.layout.meta["caption"]


def test_the_bundled_article_makes_every_chart(story: Any) -> None:
    import newslab as nl

    a = nl.analyze(story)
    drawn = [
        charts.plot_actors(a.actors, a.sentences),
        charts.plot_speakers(a.actors, a.quotes),
        charts.plot_mentions(a.mentions, a.sentences),
        charts.plot_sentiment(a.sentiment, a.sentences),
        charts.plot_talk(a.talk, a.quotes),
        charts.plot_readability(nl.score_readability(story, unit="paragraph")),
    ]
    assert all(figure.layout.meta["rows"] for figure in drawn)
    # A click leads to a sentence or a paragraph of the marked article.
    page = str(nl.mark(story, a.quotes))
    for figure in drawn:
        places = {link for trace in figure.data for link in (trace.customdata if trace.customdata is not None else ())}
        assert places and all(f'id="{place[1:]}"' in page for place in places if place)
    assert "Asif Ghafoor" in {row[0] for row in drawn[1].layout.meta["rows"]}
