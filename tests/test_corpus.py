"""Many articles as one value."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pandas as pd
import pytest

from newslab.corpus import Corpus
from newslab.errors import LoadError
from newslab.tables import ArticleRow, FailureRow, make_table

BODY = (
    "The harbour will reopen on Monday. The mayor, Dana Whitlock, said the repairs had cost less than feared. "
    "Shopkeepers on the islands were cautious and said that they would believe it when the bread arrived on the pier. "
    "The ferry company plans six crossings a day until the end of April and ten of them in the summer months."
)
ROWS = [
    {"text": BODY, "title": "Harbour", "outlet": "The Coastal Post", "date": "2024-03-04", "authors": "Ines Marlow"},
    {"text": "Le conseil a voté contre la fermeture des écoles, a déclaré le maire jeudi soir.", "outlet": "Gazette"},
    {"text": "The library has abolished fines, and people bring the books back, said Oskar Friel.", "outlet": "Metro"},
]  # fmt: skip


@pytest.fixture
def corpus() -> Corpus:
    return Corpus.from_table(pd.DataFrame(ROWS))


def test_a_corpus_is_a_sequence(corpus: Corpus) -> None:
    assert len(corpus) == 3 and corpus[0].title == "Harbour" and corpus[-1] in corpus
    assert isinstance(corpus[1:], Corpus) and [a.outlet for a in corpus[1:]] == ["Gazette", "Metro"]
    assert pickle.loads(pickle.dumps(corpus)) == corpus
    with pytest.raises(AttributeError):
        corpus.articles = ()  # type: ignore[misc]


def test_its_table_describes_each_article(corpus: Corpus) -> None:
    assert corpus.table.title.fillna("").tolist() == ["Harbour", "", ""]
    assert corpus.table.language.tolist() == ["en", "fr", "en"]
    assert corpus.table.sentences.tolist() == [4, 1, 1]
    empty = Corpus().table
    pd.testing.assert_frame_equal(empty, make_table(ArticleRow, []))
    assert empty.dtypes.equals(corpus.table.dtypes)


def test_where_picks_articles(corpus: Corpus) -> None:
    assert [a.title for a in corpus.where(outlet="The Coastal Post")] == ["Harbour"]
    assert len(corpus.where(language=["en", "de"])) == 2
    assert len(corpus.where(corpus.table.words > 20)) == 1
    assert len(corpus.where(lambda article: "library" in article.text)) == 1
    assert len(corpus.where(authors="Ines Marlow", outlet="Metro")) == 0
    with pytest.raises(ValueError, match=r"no column 'city'.*outlet"):
        corpus.where(city="Lowmere")


def test_duplicates_are_reported() -> None:
    near = BODY.replace("six crossings", "eight crossings")
    corpus = Corpus.from_table([BODY, BODY, near, "Something else was said."])
    assert [article.text for article in corpus] == [BODY, near, "Something else was said."]
    assert corpus.failures.stage.tolist() == ["duplicate"]
    assert "the same text as table, row 1" in corpus.failures.reason[0]
    assert "nearly the same text as table, row 1" in corpus.table.warnings[1][0]
    assert corpus.table.warnings[2] == []
    kept = Corpus.from_table([BODY, BODY], duplicates="keep")
    assert len(kept) == 2 and kept.table.article_id.is_unique


def test_several_sources_and_their_failures(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY)
    sources = [tmp_path / "a.txt", tmp_path / "none.txt"]
    with pytest.raises(LoadError, match="no such file"):
        Corpus.load(sources)
    corpus = Corpus.load(sources, errors="collect")
    assert len(corpus) == 1
    assert corpus.failures.columns.tolist() == make_table(FailureRow, []).columns.tolist()
    assert corpus.failures.source.tolist() == [str(tmp_path / "none.txt")]
    with pytest.raises(ValueError, match="collect"):
        Corpus.load(sources, errors="ignore")  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    source = tmp_path / "stories"
    source.mkdir()
    (source / "a.txt").write_text(BODY)
    (source / "b.txt").write_text(BODY.replace(". ", ".\n\n"))
    (source / "c.jsonl").write_text("\n".join(json.dumps({**row, "id": "one"}) for row in ROWS[1:]))
    (source / "d.pdf").write_text("no page")
    return source


def test_an_open_corpus_is_read_anew_at_each_pass(folder: Path) -> None:
    corpus, loaded = Corpus.open(folder, errors="collect"), Corpus.load(folder, errors="collect")
    assert list(corpus) == list(corpus) and len(corpus) == 3
    assert [article.text for article in corpus] == [article.text for article in loaded]
    assert corpus.table.article_id.tolist() == loaded.table.article_id.tolist()
    assert corpus.table.article_id.tolist()[1:] == ["one", "one-2"]
    assert sorted(corpus.failures.stage) == sorted(loaded.failures.stage) == ["duplicate", "load"]
    assert [type(item).__name__ for item in corpus.each()] == [
        "Article",
        "FailureRow",
        "Article",
        "Article",
        "FailureRow",
    ]
    (folder / "e.txt").write_text("A new story came in, said Oskar Friel.")
    assert len(list(corpus)) == 4
    assert "read anew" in repr(corpus) and "Gazette" in corpus._repr_html_()


def test_an_open_corpus_is_sliced_filtered_and_pickled(folder: Path) -> None:
    corpus, loaded = Corpus.open(folder, errors="collect"), Corpus.load(folder, errors="collect")
    for which in (slice(1, None), slice(None, 2), slice(None, None, 2), slice(-1, None), slice(None, None, -1)):
        assert [each.text for each in corpus[which]] == [each.text for each in loaded[which]]
    assert corpus[0].text == BODY and corpus[-1].outlet == "Metro"
    with pytest.raises(IndexError):
        corpus[7]
    assert [each.outlet for each in corpus.where(outlet=["Metro", "Gazette"])] == ["Gazette", "Metro"]
    assert len(corpus.where(lambda article: "library" in article.text)) == 1
    assert [each.text for each in corpus.where(corpus.table.words > 20)] == [BODY]
    assert [each.outlet for each in corpus.where(language="en", sentences=1)[:1]] == ["Metro"]
    with pytest.raises(ValueError, match="3 articles"):
        corpus.where([True])
    with pytest.raises(ValueError, match="no column 'city'"):
        corpus.where(city="Lowmere")
    assert list(pickle.loads(pickle.dumps(corpus[1:]))) == list(corpus[1:])


def test_an_open_corpus_says_what_cannot_be_read(folder: Path) -> None:
    with pytest.raises(LoadError, match="collect"):
        list(Corpus.open(folder))
    with pytest.raises(LoadError, match="only once"):
        Corpus.open("-")
    with pytest.raises(ValueError, match="collect"):
        Corpus.open(folder, errors="ignore")  # type: ignore[arg-type]
    kept = Corpus.open(folder, errors="collect", duplicates="keep")
    assert len(kept) == 4 and kept.table.article_id.is_unique
