"""The marked story: the whole text, every row where it belongs, nothing that a page would run."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pandas as pd
import pytest

from newslab import Article, mark
from newslab.text import paragraphs, sentences

TEXT = (
    'Mayor Ana Torvel said the bridge is safe. "We checked every bolt," she said.\n\n'
    "The Harbour Board denied it. According to Tom Brask, nobody looked."
)


class Page(HTMLParser):
    """The text of a marked story, without legend and signs, and what is marked in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.paragraphs: list[str] = []
        self.marked: list[tuple[str, tuple[str | None, ...]]] = []
        self.legend = ""
        self.ids: dict[str, str] = {}
        self.tags: set[str] = set()
        self.feed(html)
        self.close()
        assert not self.open, "every tag is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.open.append((tag, dict(attrs)))
        if tag == "p" and not self.within("newslab-legend"):
            self.paragraphs.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag, "tags close in the order in which they opened"

    def handle_data(self, data: str) -> None:
        if self.within("newslab-legend"):
            self.legend += data
        elif not any(tag == "sup" for tag, _ in self.open) and self.paragraphs:
            self.paragraphs[-1] += data
            for tag, attributes in self.open:
                if tag == "span" and attributes.get("id"):
                    self.ids[str(attributes["id"])] = self.ids.get(str(attributes["id"]), "") + data
            classes = tuple(attributes.get("class") for tag, attributes in self.open if tag == "mark")
            if classes:
                self.marked.append((data, classes))

    def within(self, name: str) -> bool:
        return any(attributes.get("class") == name for _, attributes in self.open)


def mentions(*spans: tuple[int, int, str]) -> pd.DataFrame:
    rows = [{"start": a, "end": b, "actor": who, "kind": "person", "how": "name"} for a, b, who in spans]
    return pd.DataFrame(rows, columns=["start", "end", "actor", "kind", "how"])


def place(words: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def quote(words: str, speaker: str, cue: str, **more: Any) -> dict[str, Any]:
    (a, b), (c, d), (e, f) = place(words), place(speaker), place(cue)
    row = {"start": a, "end": b, "spans": [[a, b]], "kind": "direct", "rule": "after", "actor": "Ana Torvel"}
    return row | {"speaker_start": c, "speaker_end": d, "cue_start": e, "cue_end": f, "via": pd.NA} | more


def test_the_whole_story_is_there_with_paragraphs_and_sentence_ids() -> None:
    page = Page(str(mark(TEXT, mentions((*place("Torvel"), "Ana Torvel")))))
    assert page.paragraphs == [TEXT[a:b] for a, b in paragraphs(TEXT)]
    assert page.ids == {f"s{i}": TEXT[a:b] for i, (a, b) in enumerate(sentences(TEXT))}


def test_a_notebook_shows_what_str_gives() -> None:
    marked = mark(TEXT, mentions((*place("Torvel"), "Ana Torvel")))
    assert marked._repr_html_() == str(marked)


def test_quotes_show_words_speaker_and_cue_in_the_colour_of_the_actor() -> None:
    html = str(mark(TEXT, pd.DataFrame([quote('"We checked every bolt,"', "she", "said.")])))
    marked = dict(Page(html).marked)
    assert marked == {'"We checked every bolt,"': ("quote",), "she": ("speaker",), "said.": ("cue",)}
    hues = set(re.findall(r"rgba?\((\d+,\d+,\d+)", html.split("</p>", 1)[1]))
    assert len(hues) == 1
    assert "rule: after" in html
    assert "Ana Torvel" in Page(html).legend
    assert "&ensp; <mark" in html and " &ensp;" not in html, "no line of the legend begins with the gap"


def test_the_pieces_of_a_quote_are_marked_and_not_what_stands_between() -> None:
    a, b = place('"We checked every bolt,"'), place("nobody looked")
    row = quote('"We checked every bolt,"', "she", "denied", spans=[list(a), list(b)], end=b[1])
    marked = [words for words, classes in Page(str(mark(TEXT, pd.DataFrame([row])))).marked if "quote" in classes]
    assert marked == ['"We checked every bolt,"', "nobody looked"]


def test_a_quote_without_a_speaker_says_so() -> None:
    row = quote('"We checked every bolt,"', "she", "said.", actor=pd.NA, speaker_start=pd.NA, speaker_end=pd.NA)
    assert "speaker not found" in Page(str(mark(TEXT, pd.DataFrame([row])))).legend


def test_overlapping_and_nested_marks_are_split_at_their_boundaries() -> None:
    page = Page(str(mark("abcdefghij", mentions((0, 6, "A"), (4, 10, "B"), (1, 3, "C")))))
    assert page.paragraphs == ["abcdefghij"]
    assert [(words, len(classes)) for words, classes in page.marked] == [
        ("a", 1),
        ("bc", 2),
        ("d", 1),
        ("ef", 2),
        ("ghij", 1),
    ]


def test_a_name_within_a_description_of_the_same_actor_has_one_sign() -> None:
    html = str(mark(TEXT, mentions((*place("Mayor Ana Torvel"), "Ana Torvel"), (*place("Ana Torvel"), "Ana Torvel"))))
    assert html.split("</p>", 1)[1].count("<sup") == 1


def test_two_quotes_of_one_speaker_mark_the_speaker_once() -> None:
    first = quote('"We checked every bolt,"', "she", "said.")
    html = str(mark(TEXT, pd.DataFrame([first, quote("nobody looked", "she", "said.")])))
    assert html.count('class="speaker"') == 1 + html.split("</p>", 1)[0].count('class="speaker"')


def test_a_mark_over_a_sentence_and_paragraph_end_stays_whole() -> None:
    page = Page(str(mark(TEXT, mentions((0, len(TEXT), "all")))))
    assert "".join(words for words, _ in page.marked if words.strip()).startswith("Mayor Ana Torvel said")
    assert len(page.paragraphs) == 2


def test_actors_are_told_apart_without_colour_and_in_colour() -> None:
    names = [f"Person {i}" for i in range(20)]
    text = "".join(f"{who}, " for who in names)
    html = str(mark(text, mentions(*((*place(f"{who},", text), who) for who in names))))
    looks = re.findall(r'<mark class="plain" style="([^"]+)"', html)
    assert len(set(looks)) == 20
    assert set(re.findall(r"<sup[^>]*><bdi>(\d+)</bdi></sup>", html)) == {str(i + 1) for i in range(20)}


def test_target_sentiment_is_marked_by_label_with_a_sign() -> None:
    rows = mentions((*place("Torvel"), "Ana Torvel"), (*place("Brask"), "Tom Brask")).assign(
        label=["positive", "negative"]
    )
    html = str(mark(TEXT, rows))
    assert "<bdi>+</bdi>" in html
    assert "<bdi>−</bdi>" in html
    assert "positive" in Page(html).legend
    assert "Ana Torvel" in html


def test_sentences_are_marked_by_their_tone() -> None:
    scored = pd.DataFrame({"sentence_id": [0, 1], "compound": [0.6, -0.3]})
    marked = [words for words, _ in Page(str(mark(TEXT, scored))).marked]
    assert marked == [TEXT[a:b] for a, b in sentences(TEXT)[:2]]


def test_any_table_with_start_and_end_can_be_marked() -> None:
    assert Page(str(mark(TEXT, pd.DataFrame({"start": [0], "end": [5]})))).marked == [("Mayor", ("plain",))]


def test_everything_from_the_article_and_the_table_is_escaped() -> None:
    text = '<script>alert(1)</script> "Q" <img src=x onerror=alert(2)> said.'
    html = str(mark(text, mentions((0, 8, '"><b>bold</b>'), (27, 28, "'q'"))))
    page = Page(html)
    assert page.paragraphs == [text]
    assert page.tags <= {"div", "p", "span", "mark", "sup", "bdi"}


def test_right_to_left_text_is_isolated() -> None:
    html = str(mark("قال المتحدث", mentions((0, 3, "المتحدث"))))
    assert '<p id="p0" dir="auto">' in html
    assert "<bdi>المتحدث</bdi>" in html


@pytest.mark.parametrize("text", ["", "  \n ", "\x00\ud800", "a\u202eb", "\n\n\n."])
def test_any_text_is_shown(text: str) -> None:
    str(mark(text, mentions((0, len(text), "A")))).encode("utf-8")


def test_an_empty_table_gives_the_story_and_says_so() -> None:
    page = Page(str(mark(TEXT, mentions())))
    assert page.paragraphs == [TEXT[a:b] for a, b in paragraphs(TEXT)]
    assert "Nothing is marked" in page.legend


def test_without_a_table_it_is_the_story_and_nothing_else() -> None:
    story = Article("One <b>line</b>.\n\nAnother, by Ana Torvel.")
    page = str(mark(story))
    assert page.count("<p ") == 2 and "One &lt;b&gt;line&lt;/b&gt;." in page
    assert "newslab-legend" not in page and "<mark" not in page


def test_rows_of_other_articles_are_left_out() -> None:
    table = mentions((0, 5, "A"), (6, 9, "B")).assign(article_id=["one", "two"])
    assert Page(str(mark(Article(TEXT, article_id="one"), table))).marked == [("Mayor", ("plain",))]


def test_a_table_of_another_article_is_refused_with_both_names() -> None:
    with pytest.raises(ValueError, match=r"'two'.*'one'"):
        mark(Article(TEXT, article_id="one"), mentions((0, 5, "A")).assign(article_id="two"))


def test_a_table_that_cannot_be_marked_is_refused_by_the_column_it_lacks() -> None:
    with pytest.raises(ValueError, match=r"needs the column 'start' and 'end'; the table has words"):
        mark(TEXT, pd.DataFrame({"words": [1]}))


@pytest.mark.parametrize(("start", "end"), [(0, 9_999), (-3, 5), (9, 4)])
def test_a_span_outside_the_text_is_refused_with_both_values(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=rf"{start} to {end}.*{len(TEXT)} characters"):
        mark(TEXT, mentions((start, end, "A")))


def test_a_long_story_takes_many_marks() -> None:
    text = "Torvel said no. " * 5_000
    table = mentions(*((i * 16, i * 16 + 6, f"A{i % 50}") for i in range(5_000)))
    assert "and 10 more" in str(mark(text, table))
