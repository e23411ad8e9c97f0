"""Charts that take a label apart, and the words of a sentence coloured by what they add to it."""

from __future__ import annotations

import re
from functools import cache

import pandas as pd
import pytest

import newslab as nl
from newslab import charts
from newslab.charts.style import TONES
from newslab.resources import resource_path

TEXT = "Mayor Ana Torvel condemned the attack on the market."


@cache
def explained() -> pd.DataFrame:
    return nl.explain_target_sentiment(TEXT, nl.score_target_sentiment(TEXT).iloc[0])


def test_the_bars_of_an_explanation_add_up_to_the_score() -> None:
    table = explained()
    for top in (3, 12, 100):
        figure = charts.plot_explanation(table, top=top)
        drawn = sum(sum(trace.x) for trace in figure.data)
        assert drawn == pytest.approx(table["weight"].sum())
        assert len(figure.layout.meta["rows"]) == min(top, len(table)) + (top < len(table))


def test_bars_stand_on_the_side_of_the_label_that_they_speak_for() -> None:
    helping, against = charts.plot_explanation(explained()).data
    assert min(helping.x) > 0 > max(against.x)
    assert "attack" in str(helping.hovertext)
    assert "attack" in charts.plot_explanation(explained()).layout.meta["caption"]


def test_the_title_of_the_axis_is_no_longer_than_one_that_fits_a_phone() -> None:
    fits = "← negative | positive →"
    assert len(charts.plot_explanation(explained()).layout.xaxis.title.text) <= len(fits)


def test_the_words_of_an_explanation_are_coloured_in_their_sentence() -> None:
    html = str(nl.mark(TEXT, explained()))
    attack = explained().loc[explained()["text"] == "attack", "weight"].sum()
    found = re.search(r'title="([^"]*)">attack', html)
    assert found
    assert f"{attack:+.2f}" in found[1]
    assert "speaks for the label" in html
    assert "speaks against it" in html


def test_what_speaks_for_a_label_is_in_no_colour_of_a_tone() -> None:
    colours = {trace.marker.color for trace in charts.plot_explanation(explained()).data}
    assert len(colours) == 2 and not colours & set(TONES.values())
    marked = str(nl.mark(TEXT, explained()))
    assert all(",".join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5)) in marked for colour in colours)


def test_small_weights_are_not_coloured() -> None:
    table = explained()
    small = table[table["weight"].abs() < 0.01].dropna(subset=["start"])
    assert len(small)
    assert "<mark" not in str(nl.mark(TEXT, small))


def test_the_reliability_diagram_draws_every_group_and_names_the_gap() -> None:
    table = pd.DataFrame({"probability": [0.5, 0.9], "right": [0.5, 0.8], "targets": [300, 100]})
    figure = charts.plot_reliability(table)
    assert list(figure.data[1].x) == [0.5, 0.9] and list(figure.data[1].y) == [0.5, 0.8]
    assert "2.5 points" in figure.layout.meta["caption"]
    assert "100 labels" in figure.data[1].hovertext[1]


def test_the_measured_reliability_comes_with_newslab_and_is_within_its_bar() -> None:
    table = pd.read_csv(resource_path("target_sentiment_reliability.tsv"), sep="\t", comment="#")
    assert table["targets"].sum() == 8739
    gaps = (table["probability"] - table["right"]).abs() * table["targets"]
    assert gaps.sum() / table["targets"].sum() <= 0.03
    assert charts.plot_reliability(table).layout.meta["rows"]


@pytest.mark.parametrize(
    ("plot", "columns"),
    [
        (charts.plot_explanation, ["kind", "text", "weight"]),
        (charts.plot_reliability, ["probability", "right", "targets"]),
    ],
)
def test_empty_and_wrong_tables_are_answered(plot, columns) -> None:  # type: ignore[no-untyped-def]
    figure = plot(pd.DataFrame(columns=columns))
    assert "Nothing to show" in figure.layout.annotations[0].text
    with pytest.raises(ValueError, match=r"needs the column .*'.+'; the table has oddity"):
        plot(pd.DataFrame({"oddity": [1]}))
