"""Quotes that the page marks and no verb: posts with a handle and a date, transcripts, pull quotes and letters."""

from __future__ import annotations

import re

from newslab.quotes.found import Found
from newslab.quotes.rules import rule
from newslab.quotes.story import Story

MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
POST = re.compile(rf"\s*[—―–-]\s*(?P<name>[^—―–()\n]{{2,60}}?)\s*\(@\w{{1,30}}\)\s*{MONTHS} \d{{1,2}}, \d{{4}}")
LINK = re.compile(r"\s*(?:https?://\S+|pic\.twitter\.com/\S+)")
SIGNED = re.compile(r"(?<=[.!?\"”’])\s+[—―–-]{1,2}\s*(?P<name>[A-Z][\w.'’-]*(?: [\w.'’-]+){1,5})(?:, .{3,60})?$")
# A name of two words or more, perhaps with a role, and no full stop after it.
NAMED = re.compile(r"(?<=[.!?\"”’)])\s+(?P<name>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,4})(?:, [^.!?]{3,60})?$")
LONGEST_SIGNATURE = 160
FEWEST_WORDS = 4


@rule("post", "direct")
def post(story: Story, number: int) -> Found | None:
    """A post copied from a social network: its words, a dash, a name, a handle and a date.

    Example: The bridge is open again! — City of Northport (@northport) March 3, 2021
    """
    start, end = story.paragraphs[number]
    if "(@" not in story.text[start:end]:
        return None
    return _signed(story, "post", start, POST.search(story.text, start, end))


@rule("signature", "direct")
def signature(story: Story, number: int) -> Found | None:
    """A letter or a pull quote, signed after a dash.

    Example: We waited ten years for this bridge. — Mona Field, Northport
    """
    start, end = story.paragraphs[number]
    if story.mark_at(start) is not None:
        return None
    return _signed(story, "signature", start, SIGNED.search(story.text, max(start, end - LONGEST_SIGNATURE), end))


@rule("pull-quote", "direct")
def pull_quote(story: Story, number: int) -> Found | None:
    """A sentence set apart on the page, with the bare name of the speaker after it.

    Example: We waited ten years for this bridge. Mona Field, engineer
    """
    start, end = story.paragraphs[number]
    match = NAMED.search(story.text, max(start, end - LONGEST_SIGNATURE), end)
    if match is None or not story.is_known(match.group("name")):
        return None
    return _signed(story, "pull-quote", start, match)


@rule("transcript", "direct")
def transcript(story: Story, number: int) -> Found | None:
    """A turn in a transcript: the speaker's name, a colon, the words; at least two turns in the article.

    Example: FIELD: The bridge is safe, and it will stay open.
    """
    start, end = story.paragraphs[number]
    colon = story.text.find(":", start, end)
    if number not in story.turns or not story.words_in(colon, end):
        return None
    named = story.turns[number]
    return Found("transcript", [story.trim(colon + 1, end)], speaker=(start, colon), named=named, marked=True)


def _signed(story: Story, name: str, start: int, match: re.Match[str] | None) -> Found | None:
    """The words before a signature, links left out; the signature names the speaker."""
    if match is None or len(story.words_in(start, match.start())) < FEWEST_WORDS:
        return None
    link = LINK.search(story.text, start, match.start())
    words = story.trim(start, link.start() if link else match.start())
    return Found(name, [words], speaker=match.span("name"), marked=True)
