"""The parse: offsets into the article, the project's own sentences, on any text."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from newslab import language
from newslab.article import Article
from newslab.errors import ModelError
from newslab.language import MODELS, _cut, _model, _pipeline, _tokenize, names, parse, parse_many, tags, vectors
from newslab.language.pipeline import Pipeline
from newslab.language.remembered import Remembered
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
    _pipeline.cache_clear()
    try:
        with pytest.raises(ModelError, match=r"xx_not_there.*pip install"):
            parse(Article("A new text that nobody parsed before."))
    finally:
        monkeypatch.undo()
        _model.cache_clear()
        _pipeline.cache_clear()


@pytest.fixture(scope="module")
def plain() -> Language:
    """The same model, used as spaCy uses it."""
    return spacy.load(next(name for name in MODELS if spacy.util.is_package(name)))


COMPARED = ["POS", "MORPH", "LEMMA", "TAG", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE", "SENT_START"]


@pytest.mark.parametrize("name", ["data/article.txt", "odd"])
def test_a_parse_is_what_spacy_makes_of_the_same_tokens(name: str, plain: Language) -> None:
    odd = "I ain't gonna go, let's stay! There's nothin' else;  they'd \n x\n\n ' ' got ta. " + "((" * 400
    text = odd if name == "odd" else (Path(__file__).parent.parent / name).read_text(encoding="utf-8")
    pieces = []
    for piece in map(_tokenize, _cut(Article(text))):
        pieces.append(Doc(plain.vocab, [token.text for token in piece], [bool(token.whitespace_) for token in piece]))
        for own, theirs in zip(pieces[-1], piece, strict=True):
            own.norm_, own.is_sent_start = theirs.norm_, theirs.is_sent_start
    expected = Doc.from_docs([plain(piece) for piece in pieces], ensure_whitespace=False)
    (parsed,) = parse_many([Article(text)])
    assert expected is not None
    for attribute in COMPARED:
        assert parsed.to_array([attribute]).tolist() == expected.to_array([attribute]).tolist(), attribute


def test_a_parse_does_not_hang_on_what_is_parsed_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = Remembered(0)
    monkeypatch.setattr(language, "_remembered", lambda model: nothing)
    texts = ["Ana Doran met Lee Okoro in Lisbon.", "He left. 'Stay,' she said.", "One"]
    alone = [next(parse_many([Article(text)])) for text in texts]
    for one, other in zip(alone, parse_many(map(Article, texts)), strict=True):
        assert one.to_array(COMPARED).tolist() == other.to_array(COMPARED).tolist()


def test_a_model_of_other_layers_keeps_its_own_way(plain: Language) -> None:
    assert vectors.fits(plain.get_pipe("tok2vec").model)
    assert not vectors.fits(plain.get_pipe("parser").model)
    assert not names.fits(plain.get_pipe("parser"))
    assert not tags.fits(spacy.blank("en"))
    blank = spacy.blank("en")
    blank.add_pipe("sentencizer")
    doc = blank.make_doc("One. Two.")
    Pipeline(blank)([doc])
    assert len(list(doc.sents)) == 2


def test_a_paragraph_of_wire_copy_is_parsed_once_and_read_as_if_it_were_new(monkeypatch: pytest.MonkeyPatch) -> None:
    wire = 'Ana Doran, the harbour master, said that the bridge was closed.\n\n"Nobody crosses it," she said.\n\n'
    stories = [Article(f"{wire}Town {number} has no other way.\n\n{wire}") for number in range(3)]
    nothing = Remembered(0)
    monkeypatch.setattr(language, "_remembered", lambda model: nothing)
    expected = [next(parse_many([story])) for story in stories]
    seen: list[str] = []
    pipeline = _pipeline()
    monkeypatch.setattr(language, "_pipeline", lambda: lambda docs: (seen.extend(map(str, docs)), pipeline(docs)))
    memory = Remembered()
    monkeypatch.setattr(language, "_remembered", lambda model: memory)
    for story, wanted in zip(stories, expected, strict=True):
        (doc,) = parse_many([story])
        assert doc.text == story.text
        assert doc.to_array(COMPARED).tolist() == wanted.to_array(COMPARED).tolist()
    assert len(seen) == len(set(seen))
    assert sum("bridge" in piece for piece in seen) == 1


def test_of_the_paragraphs_no_more_than_some_are_remembered() -> None:
    memory = Remembered(most=30)
    paragraphs = [_cut(Article(f"Story {number} is told in ten words or nearly so."))[0] for number in range(5)]
    for paragraph in paragraphs:
        memory.keep({paragraph: _tokenize(paragraph)})
        memory.find(paragraphs[:1])
    assert set(memory.find(paragraphs)) == {paragraphs[0], paragraphs[4]}


def test_a_model_that_is_loaded_anew_reads_what_was_read_before() -> None:
    story = "Ana Doran spoke.\n\nNobody crosses the bridge."
    next(parse_many([Article(story)]))
    _model.cache_clear()
    _pipeline.cache_clear()
    assert next(parse_many([Article(f"{story}\n\nIt is closed.")])).text.endswith("closed.")
