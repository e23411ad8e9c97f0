"""Charts of many articles: who is heard over time, outlets with their intervals, words over speakers."""

from __future__ import annotations

import pandas as pd
import pytest

from newslab import charts


def articles(*dates: str | None, outlet: str = "Vel Daily") -> pd.DataFrame:
    return pd.DataFrame({"article_id": [f"a{i}" for i in range(len(dates))], "date": dates, "outlet": outlet})


def spoken(*rows: tuple[str, str, int], **ids: str) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["article_id", "actor", "words_spoken"]).assign(words_reported=1)
    return table.assign(person_id=[ids.get(name.replace(" ", "_"), name) for name in table["actor"]])


def measured(*rows: tuple[str, str, str | None, float, float | None, float | None]) -> pd.DataFrame:
    columns = ["measure", "outlet", "actor", "value", "low", "high"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(person_id=table["actor"], articles=9, articles_with=4, rests_on=100)


def test_over_time_words_are_added_up_by_period_and_articles_without_a_date_are_counted():
    actors = spoken(("a0", "Ada Omu", 10), ("a1", "Ada Omu", 20), ("a2", "Ada Omu", 5), ("a3", "Bo Lund", 7))
    figure = charts.plot_timeline(actors, articles("2026-03-02", "2026-03-02", "2026-03-04", None))
    assert figure.layout.meta["rows"] == [["2 Mar", "Ada Omu", 30, 2, 2], ["4 Mar", "Ada Omu", 5, 1, 1]]
    caption = figure.layout.meta["caption"]
    assert "by day" in caption and "Ada Omu (38 words in 2 of 3 days)" in caption
    assert "1 article without a date is left out" in caption
    titles = [note.text for note in figure.layout.annotations]
    assert titles == ["<b>Ada Omu</b>", "<b>all articles</b>"]


@pytest.mark.parametrize(
    ("last", "period", "bars"),
    [("2026-01-20", "day", 20), ("2026-06-30", "week", 27), ("2027-06-01", "month", 18), ("2035-01-01", "quarter", 37),
     ("2060-01-01", "year", 35), ("9999-12-31", "year", 7974)],
)  # fmt: skip
def test_the_longer_the_time_the_longer_the_periods(last, period, bars):
    actors = spoken(("a0", "Ada Omu", 10), ("a1", "Ada Omu", 20))
    figure = charts.plot_timeline(actors, articles("2026-01-01", last))
    assert f"by {period}" in figure.layout.meta["caption"]
    assert figure.layout.xaxis.range[1] == bars - 0.4


def test_a_person_under_two_names_is_one_and_the_panels_have_one_scale():
    actors = spoken(("a0", "Ada Omu", 10), ("a1", "Omu", 20), ("a1", "Bo Lund", 2), Ada_Omu="p1", Omu="p1")
    figure = charts.plot_timeline(actors, articles("2026", "2026-03"))
    assert {row[1] for row in figure.layout.meta["rows"]} == {"Ada Omu", "Bo Lund"}
    assert figure.layout.yaxis.range == figure.layout.yaxis2.range
    assert "2 speakers" in charts.plot_diversity(actors).layout.meta["caption"]
    assert [row[0] for row in charts.plot_speakers(actors).layout.meta["rows"]] == ["Ada Omu", "Bo Lund"]


def test_where_no_article_has_a_date_or_nobody_is_quoted_the_chart_says_so():
    actors = spoken(("a0", "Ada Omu", 10))
    assert "no article has a date" in charts.plot_timeline(actors, articles(None)).layout.meta["caption"]
    assert "no article has a date" in charts.plot_timeline(actors, articles("in spring")).layout.meta["caption"]
    silent = actors.assign(words_spoken=0, words_reported=0)
    assert "nobody is quoted" in charts.plot_timeline(silent, articles("2026-01-01")).layout.meta["caption"]
    assert "nobody is quoted" in charts.plot_diversity(silent).layout.meta["caption"]
    assert "no outlet" in charts.plot_outlets(measured()).layout.meta["caption"]


def test_an_outlet_has_its_interval_or_an_open_mark_where_there_is_none():
    table = measured(
        ("words_share", "Vel Daily", "Ada Omu", 0.5, 0.25, 0.75),
        ("words_share", "The Post", "Ada Omu", 0.1, None, None),
    )
    figure = charts.plot_outlets(table)
    marks = figure.data[0]
    by_row = dict(zip(figure.layout.yaxis.ticktext, marks.x, strict=True))
    assert by_row == {"Vel Daily": 50, "The Post": 10}
    drawn = dict(
        zip(figure.layout.yaxis.ticktext, zip(marks.error_x.arrayminus, marks.marker.symbol, strict=True), strict=True)
    )
    assert drawn == {"Vel Daily": (25, "circle"), "The Post": (0, "circle-open")}
    caption = figure.layout.meta["caption"]
    assert "furthest apart in Ada Omu: from 10 (The Post) to 50 (Vel Daily)" in caption and "1 open mark" in caption
    assert ["Vel Daily", "Ada Omu", 50, 25, 75, 9] in figure.layout.meta["rows"]


def test_the_people_of_most_outlets_and_words_have_the_panels():
    rows = [("words_share", outlet, name, value, None, None) for outlet in ("A", "B") for name, value in
            (("Ada", 0.2), ("Bo", 0.4), ("Cy", 0.1), ("Di", 0.3))]  # fmt: skip
    figure = charts.plot_outlets(measured(*rows))
    assert [note.text for note in figure.layout.annotations] == ["Bo", "Di", "Ada"]
    assert "The chart shows 3 people: first those of whom most outlets have" in figure.layout.meta["caption"]
    assert "The chart shows" not in charts.plot_outlets(measured(*rows), panels=4).layout.meta["caption"]


def test_diversity_has_a_panel_a_number_and_says_what_each_means():
    names = ("same_speaker", "top_ten_share", "gini")
    figure = charts.plot_outlets(measured(*((name, "Vel Daily", None, 0.5, 0.4, 0.6) for name in names)), "diversity")
    assert [note.text for note in figure.layout.annotations] == ["same speaker", "top ten's share", "Gini"]
    assert "of 100 pairs of words" in figure.layout.meta["caption"]
    with pytest.raises(ValueError, match="measure='size' is none of 'words_share'"):
        charts.plot_outlets(measured(), "size")


def test_a_panel_in_which_all_outlets_lie_at_nought_is_left_out_and_said():
    rows = [("same_speaker", "Vel Daily", None, 0.004, 0.0, 0.02), ("gini", "Vel Daily", None, 0.5, 0.4, 0.6)]
    figure = charts.plot_outlets(measured(*rows), "diversity")
    assert [note.text for note in figure.layout.annotations] == ["Gini"]
    assert "are one speaker's. Not drawn: 2 at most in every outlet." in figure.layout.meta["caption"]


def test_a_long_name_of_a_speaker_goes_on_in_a_second_line():
    long = "A spokesman for Michael Hollander of Norvik"
    figure = charts.plot_speakers(spoken(("a0", long, 10), ("a0", "Ada Omu", 5)))
    assert list(figure.layout.yaxis.ticktext) == ["A spokesman for Michael<br>Hollander of Norvik", "Ada Omu"]


def test_the_ten_most_quoted_and_gini_are_those_of_the_table():
    actors = spoken(*((f"a{i}", f"Speaker {i}", 99 if i < 10 else 9) for i in range(20)))
    caption = charts.plot_diversity(actors).layout.meta["caption"]
    assert "20 speakers. The ten most quoted have 91% of the words" in caption
    assert "Gini's coefficient is 0.41" in caption and "some have far more" in caption
    even = spoken(*((f"a{i}", f"Speaker {i}", 9) for i in range(20)))
    assert "coefficient is 0.00" in charts.plot_diversity(even).layout.meta["caption"]
    assert "the only one" in charts.plot_diversity(even.head(1)).layout.meta["caption"]


@pytest.mark.parametrize("plot", [charts.plot_timeline, charts.plot_outlets, charts.plot_diversity])
def test_a_table_without_the_columns_is_refused_by_name(plot):
    given = [pd.DataFrame({"x": [1]})] * (2 if plot is charts.plot_timeline else 1)
    with pytest.raises(ValueError, match=f"{plot.__name__} needs the column"):
        plot(*given)


def test_a_crowded_network_is_a_grid_in_which_shapes_say_the_tone():
    rows = [("a", i, f"Speaker {i % 9}", f"Person {i % 15}", 5 + i, ("positive", "negative")[i % 2], 0.5, 0.2)
            for i in range(60)]  # fmt: skip
    columns = ["article_id", "quote_id", "actor", "about", "words", "label", "positive", "negative"]
    figure = charts.plot_talk(pd.DataFrame(rows, columns=columns))
    assert all(trace.mode == "markers" for trace in figure.data)
    assert {trace.marker.symbol for trace in figure.data} == {"circle", "circle-open", "diamond"}
    assert len(figure.layout.xaxis.ticktext) == 9 and len(figure.layout.yaxis.ticktext) == 15
    assert sum(len(trace.x) for trace in figure.data) == len(figure.layout.meta["rows"])
