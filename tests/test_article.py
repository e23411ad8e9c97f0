"""Article: a frozen, picklable value that keeps its text as given."""

from __future__ import annotations

import dataclasses
import pickle
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

import newslab as nl
from newslab.article import Article, as_article


def test_the_text_is_kept_as_given() -> None:
    text = "  Two blanks before.\r\n\x00 And what follows.\n\n"
    assert Article(text).text == text


def test_the_id_comes_from_the_text_alone() -> None:
    assert Article("A story.").article_id == Article("A story.", title="Another title").article_id
    assert Article("A story.").article_id != Article("A story!").article_id
    assert Article("A story.", article_id="mine").article_id == "mine"
    assert Article("\ud800").article_id


def test_it_cannot_be_changed_and_survives_pickling() -> None:
    article = Article("A story.", title="T", date="2020-01-05", authors=["Ann Example"], warnings=["short"])
    with pytest.raises(dataclasses.FrozenInstanceError):
        article.text = "Another."  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(article)) == article
    assert len({article, article}) == 1


def test_bytes_are_refused_with_the_next_step() -> None:
    with pytest.raises(TypeError, match=r"not bytes.*newslab\.load"):
        Article(b"A story.")  # type: ignore[arg-type]


def test_the_card_escapes_everything() -> None:
    nasty = "<script>alert(1)</script>"
    card = Article(nasty, title=nasty, authors=[nasty], source=nasty, outlet=nasty, warnings=[nasty])._repr_html_()
    assert "<script>" not in card
    assert card.count("&lt;script&gt;") == 6


def test_a_string_becomes_an_article_and_an_article_stays_itself() -> None:
    article = Article("A story.")
    assert as_article(article) is article
    assert as_article("A story.") == article


@pytest.mark.parametrize(
    "verb", [nl.find_quotes, nl.find_actors, nl.find_mentions, nl.score_readability, nl.score_sentiment]
)
def test_a_verb_that_knows_english_only_warns_of_another_language(verb: Callable[[Article], object]) -> None:
    with pytest.warns(nl.LanguageWarning, match="'fr'"):
        verb(Article("Le maire a parlé.", language="fr"))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        verb(Article("The mayor spoke.", language="en-GB"))
        verb(Article("The mayor spoke."))


def test_the_card_counts_one_paragraph_and_two_in_their_own_words() -> None:
    assert "1 paragraph, 1 word</p>" in Article("Torvel.")._repr_html_()
    assert "2 paragraphs, 1,001 words</p>" in Article("Torvel.\n\n" + "So it is. " * 333 + "Yes.")._repr_html_()


def test_another_language_is_said_once_where_newslab_was_called() -> None:
    story = Article("Le maire a parlé. Ana Torvel a répondu.", language="fr")
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("default", nl.LanguageWarning)
        assert len(nl.analyze(story).actors) >= 0
    said = [one for one in said if issubclass(one.category, nl.LanguageWarning)]
    assert [Path(one.filename).name for one in said] == ["test_article.py"]


def test_a_number_is_an_id_too() -> None:
    numbered = [nl.Article(f"Ana Torvel said {number}.", article_id=number) for number in (0, 7)]  # type: ignore[arg-type]
    assert [each.article_id for each in numbered] == ["0", "7"]
    assert nl.analyze(numbered).only(["7"]).sentences["article_id"].tolist() == ["7"]
