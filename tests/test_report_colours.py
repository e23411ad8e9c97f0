"""The colours of the pages, checked by calculation: against the paper, and as colour-blind readers see them."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

import newslab.report
from newslab.charts import grid, network, style

TEMPLATE = Path(newslab.report.__file__).parent / "templates" / "newslab"
# Machado, Oliveira and Fernandes 2009, "A Physiologically-based Model for Simulation of Color Vision Deficiency",
# the full deficiency, on linear RGB.
SIGHT = {
    "no deficiency": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
XYZ = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
# What stands side by side in a chart and has no other shape or pattern to tell it by; the rest differs in shape too.
TOGETHER = {"kinds": style.KINDS.values(), "weights": [style.PURPLE, style.GREEN]}
APART = {
    "tones": [style.TONES[tone] for tone in ("negative", "positive")],
    "speech": [style.BLUE, style.ORANGE],
}
JUST_NOTICEABLE = 2.3  # Mahy, Van Eycken and Oosterlinck 1994, for CIE 1976 L*a*b*


def colours(scheme: str) -> dict[str, str]:
    """The page's colours by name, in one scheme."""
    css = (TEMPLATE / "page.css").read_text(encoding="utf-8")
    light, dark, *_ = (
        dict(re.findall(r"--([\w-]+): (#\w{6})", block)) for block in re.findall(r":root \{([^}]*)\}", css)
    )
    given = {name.removeprefix("light-"): value for name, value in light.items()}
    return given | dark if scheme == "dark" else given


def shades() -> dict[str, str]:
    """Which name of the page's colours each of the charts' colours takes."""
    return dict(re.findall(r'"(#\w{6})": "(\w+)"', (TEMPLATE / "page.js").read_text(encoding="utf-8")))


def linear(colour: str) -> np.ndarray:
    values = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def seen(colour: str, sight: str) -> np.ndarray:
    """A colour's place in CIE L*a*b*, as a reader with such sight sees it."""
    light = np.clip(np.array(SIGHT[sight]) @ linear(colour), 0, 1)
    x, y, z = np.cbrt(np.maximum(np.array(XYZ) @ light / [0.9505, 1, 1.089], 0.008856))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2, 1 to 21."""
    low, high = sorted(float(np.array([0.2126, 0.7152, 0.0722]) @ linear(colour)) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_mark_of_a_chart_stands_out_from_the_paper(scheme):
    page = colours(scheme)
    used = {style.BLUE, style.SKY, style.GREEN, style.ORANGE, style.RED, style.PURPLE, style.GREY}
    assert {colour.lower() for colour in used} == set(shades())
    for name in shades().values():
        assert contrast(page[name], page["paper"]) >= 3, name
    for name in ("ink", "muted", "link", "alarm"):
        assert contrast(page[name], page["paper"]) >= 4.5, name


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_that_stand_together_differ_for_every_kind_of_sight(scheme, sight):
    page, names = colours(scheme), shades()
    for groups, least in ((TOGETHER, 4 * JUST_NOTICEABLE), (APART, 10 * JUST_NOTICEABLE)):
        for group, members in groups.items():
            for pair in combinations([page[names[colour.lower()]] for colour in members], 2):
                one, other = (seen(colour, sight) for colour in pair)
                assert np.linalg.norm(one - other) > least, (group, pair)


def test_what_a_tone_is_can_be_seen_without_its_colour():
    assert len({dash for _, dash in network.TONES.values()}) >= 3
    assert len({symbol for _, symbol in grid.MARKS.values()}) == len(grid.MARKS)
