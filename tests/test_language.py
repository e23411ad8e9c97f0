"""The parse: offsets into the article, the project's own sentences, on any text."""

from __future__ import annotations

import pytest

from newslab.article import Article
from newslab.errors import ModelError
from newslab.language import _model, parse
from newslab.text import sentences

STRANGE = [
    "",
    " \n ",
    "   lead\n\n\n  two. Three",
    "a\r\nb\u2028c\x00\x07",
    "\U0001f600 \u202eabc\u202c é",
    "x " * 3 + "<" * 1_000 + " y z",
    "(" * 50_000,
    '"' * 40_000,
    "no blank" + "a" * 100_000,
]


@pytest.mark.parametrize("text", STRANGE, ids=lambda text: repr(text[:12]))
def test_offsets_are_those_of_the_article(text: str) -> None:
    doc = parse(Article(text))
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


def test_a_lone_surrogate_keeps_its_place() -> None:
    doc = parse(Article("He said \ud800 yes."))
    assert len(doc.text) == len("He said \ud800 yes.")
    assert doc[-2].text == "yes"


def test_sentences_are_those_of_the_text_room() -> None:
    text = "Mr. Doran spoke at 10 a.m. on Monday. He left.\n\nNobody\nasked. Why?"
    starts = {start for start, _ in sentences(text)}
    parsed = {sentence.start_char for sentence in parse(Article(text)).sents}
    assert starts <= parsed


def test_a_missing_model_gives_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSLAB_MODEL", "xx_not_there")
    _model.cache_clear()
    try:
        with pytest.raises(ModelError, match=r"xx_not_there.*pip install"):
            parse(Article("A new text that nobody parsed before."))
    finally:
        monkeypatch.undo()
        _model.cache_clear()
