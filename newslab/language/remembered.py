"""The parses of the last paragraphs, so that what many outlets print of one agency is parsed once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock
from typing import NamedTuple

from spacy.tokens import Doc

# The parse of a token weighs about 240 bytes, so these are 25 MB: some 250 articles.
KEPT_TOKENS = 100_000


class Paragraph(NamedTuple):
    """A piece of a text that is parsed by itself: its characters, and where in it sentences begin."""

    text: str
    begins: tuple[int, ...]


class Remembered:
    """Parses of paragraphs, of which those go first that were not asked for the longest."""

    def __init__(self, most: int = KEPT_TOKENS) -> None:
        self._most = most
        self._tokens = 0
        self._docs: OrderedDict[Paragraph, Doc] = OrderedDict()
        self._lock = Lock()

    def find(self, paragraphs: Iterable[Paragraph]) -> dict[Paragraph, Doc]:
        """The parses that are known."""
        found = {}
        with self._lock:
            for paragraph in paragraphs:
                if paragraph in self._docs:
                    self._docs.move_to_end(paragraph)
                    found[paragraph] = self._docs[paragraph]
        return found

    def keep(self, parsed: dict[Paragraph, Doc]) -> None:
        """Remember more, and forget what has become too much."""
        with self._lock:
            for paragraph, doc in parsed.items():
                if paragraph not in self._docs:
                    self._docs[paragraph] = doc
                    self._tokens += len(doc)
            while self._tokens > self._most:
                self._tokens -= len(self._docs.popitem(last=False)[1])
