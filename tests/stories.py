"""Short invented stories for tests of many articles, each different, a few hundred in no time."""

from __future__ import annotations

import newslab as nl

NAMES = ("Ana Torvel", "Tom Brask", "Mira Oduya", "Lena Harwick")


def make_story(number: int, *, source: str | None = None) -> nl.Article:
    speaker = NAMES[number % len(NAMES)]
    text = (
        f'{speaker} said the bridge number {number} is safe. "We checked every bolt and I trust our engineers," '
        f"{speaker} said.\n\nThe council criticised {speaker} on Friday."
    )
    return nl.Article(text, outlet=f"Outlet {number % 2}", title=f"Bridge {number}", source=source or f"{number}.txt")


def make_stories(number: int) -> list[nl.Article]:
    return [make_story(each) for each in range(number)]
