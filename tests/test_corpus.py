"""Many articles as one value."""

from __future__ import annotations

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
