"""The checks of lesson 01, "Is the text whole, and where does a sentence end?"."""

from __future__ import annotations

import re

from newslab.course.answers import Hint, as_analysis, as_number, as_text, check_place, exercise, free_exercise
from newslab.text import sentences

# A short word with a capital (Inc.), letters with stops between them (p.m.), and a stop before a small letter.
ABBREVIATED = re.compile(r"\b[A-Z]\w{0,5}\.\s*\S|\w\.\w\.\s*\S|\w\.\s+[a-z\d]")
STOP = re.compile(r"[.!?…]+")


@exercise
def check_01_1(answer: object, a: object) -> str:
    """Which sentence has the most words? Its ``sentence_id`` in ``a.sentences``."""
    words = as_analysis(a).sentences.set_index("sentence_id")["words"]
    return f"{check_place(answer, words, 'sentence', 'words')} Would you have cut it in two?"


@exercise
def check_01_2(answer: object, a: object) -> str:
    """Which paragraph has the most words a sentence, on average? ``a.sentences`` grouped by ``paragraph``."""
    means = as_analysis(a).sentences.groupby("paragraph")["words"].mean()
    return check_place(answer, means, "paragraph", "words a sentence")


@free_exercise
def check_01_3(text: object, count: object) -> str:
    """A text in which newslab finds too many or too few sentences, and how many there are."""
    mine = as_text(text, "a text in quotation marks")
    counted = as_number(count, "how many sentences you count")
    found = len(list(sentences(mine)))
    if not ABBREVIATED.search(mine):
        raise Hint("Put an abbreviation with a full stop in it, and go on after it.")
    if found == counted:
        raise Hint(f"newslab counts {found} as well. Let a sentence end in Inc., St. or Mt., and go on with a name.")
    most = len(STOP.findall(mine)) + (not STOP.fullmatch(mine.strip()[-1]))
    if not 1 <= counted <= most or counted % 1:
        raise Hint(f"You count {counted:g}; a text with so many stops has 1 to {most} sentences.")
    return f"You count {counted:g}, newslab {found}. Would your neighbour count {counted:g} too?"
