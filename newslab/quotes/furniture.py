"""Page furniture: captions, bylines and links to other stories, which stand in the text and report nothing."""

from __future__ import annotations

import re
from functools import cache

from newslab.quotes.story import Story
from newslab.resources import read_words

# A credit in brackets ends a caption: (Mona Field/Agency), (Submitted by the family).
CREDIT = re.compile(r"\((?:[^()]{2,60}/[^()]{2,60}|(?:Submitted|Photo|Courtesy|Image|Supplied)[^()]{0,60})\)\W*$", re.I)
# The length of a clip ends the text beside it: 2:22
CLIP = re.compile(r"\s\d{1,2}:\d\d$")


def is_furniture(story: Story, paragraph: int) -> bool:
    """Whether a paragraph is a caption, a byline or a link, not a part of the article."""
    start, end = story.paragraphs[paragraph]
    text = story.text[start:end]
    return bool(_lead().match(text) or CREDIT.search(text[-140:]) or CLIP.search(text[-8:]))


@cache
def _lead() -> re.Pattern[str]:
    words = "|".join(re.escape(entry) for entry in read_words("furniture.txt"))
    return re.compile(rf"(?:{words})\b(?: [A-Z]+)?\W*(?:\([^()]*\))?(?:$|[:|]|(?=[A-Z‘'\"“]))")
