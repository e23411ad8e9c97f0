"""Where words that a person copied stand in an article, however a spreadsheet has changed their blanks and marks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property

from newslab.article import Article
from newslab.quotes.marks import Mark, find_marks
from newslab.text import Span, paragraphs, sentences, words
from newslab.worksheet import plain_text
from newslab.worksheet.filling import UNSHOWN

# Word processors and spreadsheets turn straight marks into curly ones and hyphens into dashes, and show a sign for
# characters that they cannot show.
ALIKE = ('"“”„‟«»〝〞', "'‘’‚‛`´", "-–—‐‑−")
UNCLEAR = {sign: f"[{re.escape(signs)}]" for signs in ALIKE for sign in signs}
UNCLEAR["\ufffd"] = f"(?:{UNSHOWN.pattern}|\ufffd)"
MARKS = "".join(ALIKE[:2])


class Places:
    """An article to look words up in: where they stand, with which marks, in which sentence and paragraph."""

    def __init__(self, article: Article) -> None:
        self.text = article.text

    def find(self, wanted: str) -> list[Span]:
        """Every place where the words stand; marks around them that the article does not have are passed over."""
        sought = plain_text(wanted).strip()
        return self._find(sought) or self._find(sought.strip(f"{MARKS} "))

    def with_marks(self, span: Span) -> Span:
        """The span with the quotation marks that stand right around it, where it is all that they hold."""
        for mark in self._marks_at(span):
            if mark.start <= span[0] and span[1] <= mark.end:
                around = self.text[mark.inner_start : span[0]] + self.text[span[1] : mark.inner_end]
                return span if words(around) else (mark.start, mark.end)
        return span

    def kind(self, span: Span) -> str:
        """Direct where all words stand in quotation marks, mixed where some do, indirect where none does."""
        marks = self._marks_at(span)
        starts = [span[0] + start for start, _ in words(self.text[slice(*span)])]
        inside = [any(mark.start <= start < mark.end for mark in marks) for start in starts]
        return "direct" if inside and all(inside) else "mixed" if any(inside) else "indirect"

    def sentence(self, offset: int) -> int:
        """The number of the sentence at an offset."""
        return max(bisect_right(self._sentences, offset) - 1, 0)

    def paragraph(self, offset: int) -> int:
        """The number of the paragraph at an offset."""
        return max(bisect_right(self._paragraphs, offset) - 1, 0)

    def _find(self, sought: str) -> list[Span]:
        if not words(sought):
            return []
        pattern = r"\s++".join("".join(UNCLEAR.get(sign, re.escape(sign)) for sign in part) for part in sought.split())
        return [match.span() for match in re.finditer(pattern, self.text)]

    def _marks_at(self, span: Span) -> list[Mark]:
        first = max(bisect_right(self._mark_starts, span[0]) - 1, 0)
        return [mark for mark in self._marks[first : bisect_left(self._mark_starts, span[1])] if span[0] < mark.end]

    @cached_property
    def _mark_starts(self) -> list[int]:
        return [mark.start for mark in self._marks]

    @cached_property
    def _marks(self) -> list[Mark]:
        return find_marks(self.text)

    @cached_property
    def _sentences(self) -> list[int]:
        return [start for start, _ in sentences(self.text)]

    @cached_property
    def _paragraphs(self) -> list[int]:
        return [start for start, _ in paragraphs(self.text)]
