"""The pieces of the report's page: headline, answer, tables and method, each as HTML with everything escaped."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from importlib.metadata import version
from pathlib import PurePath
from typing import Any

from newslab.analysis import Analysis
from newslab.article import Article
from newslab.charts.style import count, known
from newslab.language import model_name
from newslab.report.cleaning import clean_text
from newslab.report.summary import describe_checks, reading_time, summarize
from newslab.tables import ReadabilityRow, describe_columns
from newslab.text import sentences, words

LONGEST_TITLE = 110
NO_TITLE = "Article without a headline"
PACKAGES = ("newslab", "spacy", "nltk", "textstat", "plotly", "pandas")
# Formulas whose names are not their columns' names.
FORMULAS = {
    "flesch_kincaid_grade": "Flesch–Kincaid",
    "smog": "SMOG",
    "coleman_liau": "Coleman–Liau",
    "dale_chall": "Dale–Chall",
    "lix": "LIX",
    "rix": "RIX",
    "grade": "Middle grade",
    "grade_low": "Lowest grade",
    "grade_high": "Highest grade",
}
ENGLISH = ("en", "eng", "english")


class Html(str):
    """HTML that shows itself in a notebook."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


def full_title(article: Article) -> str:
    """The headline, else the beginning of the text."""
    if article.title and article.title.strip():
        return " ".join(clean_text(article.title).split())
    spans = sentences(article.text)
    first = " ".join(clean_text(article.text[slice(*spans[0])]).split()) if spans else ""
    if len(first) > LONGEST_TITLE:
        first = first[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(",;:") + " …"
    return first or NO_TITLE


def source_name(article: Article) -> str:
    """The article's web address, else its file's name without the folder, which is private; empty where not known."""
    for address in (article.url, article.source):
        if address and address.lower().startswith(("http://", "https://")):
            return clean_text(address)
    name = PurePath((article.source or "").replace("\\", "/")).name
    return "" if name == "-" else clean_text(name)


def headline(article: Article) -> Html:
    """The head of the page: headline, authors, outlet, date, source, length, and what a reader must know of it."""
    titled = bool(article.title and article.title.strip())
    quiet = "" if titled else ' class="quiet"'
    when = f"{article.date} (guessed)" if article.date and article.date_source == "guessed" else article.date
    facts = [", ".join(article.authors), article.outlet, when, "" if titled else "no headline in the source"]
    number = len(words(article.text))
    facts.append(f"{count(number, 'word')}, {reading_time(number)}")
    line = [f'<span dir="auto">{_text(fact)}</span>' for fact in facts if fact] + _source(article)
    notes = [f"{note[:1].upper()}{note[1:]}" for note in (*article.warnings, *_language_note(article)) if note]
    return Html(
        f'<p class="kicker">Who says what, about whom, and how</p><h1{quiet} dir="auto"{_lang(article)}>'
        f'{_text(full_title(article))}</h1><p class="byline">{" ".join(line)}</p>'
        + "".join(f'<p class="note" dir="auto">{_text(note)}</p>' for note in notes)
    )


def answer(analysis: Analysis) -> Html:
    """The answer in five sentences."""
    lines = "".join(f'<li dir="auto">{_text(line)}</li>' for line in summarize(analysis))
    return Html(f'<ul class="answer">{lines}</ul>')


def actors_table(analysis: Analysis) -> Html:
    """Who is in it: kind, role, mentions and words, with a link to the first sentence."""
    actors = analysis.actors.sort_values("mentions", ascending=False, kind="stable")
    rows = [
        [
            _name(row["actor"], row["role"], row["names"]),
            _text(row["kind"]),
            _text(row["mentions"]),
            _text(row["words_spoken"]),
            _text(row["words_reported"]),
            _link(row["first_sentence"]),
        ]
        for row in actors.to_dict("records")
    ]
    head = ["Actor", "Kind", "Mentions", "Words in marks", "Words reported", "First in"]
    return _table(head, rows, "No person, organisation or place was found in this article.")


def quotes_table(analysis: Analysis) -> Html:
    """Who says what: each quote with its speaker, the reporting word and who passed it on, linked to its sentence."""
    rows = [
        [
            _name(row["actor"], f"via {row['via']}" if known(row["via"]) else None, []),
            f'<span class="said" dir="auto">{_text(row["text"])}</span>',
            _text(row["kind"]) + ("" if row["asserted"] is not False else "<small>not asserted</small>"),
            _text(row["cue"]),
            _link(row["sentence_id"]),
        ]
        for row in analysis.quotes.to_dict("records")
    ]
    return _table(["Who", "Words", "Kind", "Reporting word", "Where"], rows, "Nobody is quoted in this article.")


def readability_table(analysis: Analysis) -> Html:
    """What each formula makes of the article, and the sentence that is longest."""
    row = analysis.readability.iloc[0]
    about = describe_columns(ReadabilityRow)
    names = [name for name in about if isinstance(row[name], float) and known(row[name])]
    shown = {name: FORMULAS.get(name, name.replace("_", " ").capitalize()) for name in names}
    rows = [
        [_text(shown[name]), f"{row[name]:.1f}", _text(about[name][:1].upper() + about[name][1:])] for name in names
    ]
    table = _table(["Formula", "Value", "What it says"], rows, "Too short: the formulas want 100 words or more.", "")
    longest = row["longest_sentence"]
    if not known(longest) or not str(longest).strip():
        return table
    number = count(len(words(longest)), "word")
    return Html(f'{table}<p dir="auto">The longest sentence has {number}: <q>{_text(longest)}</q></p>')


def method(analysis: Analysis) -> Html:
    """How the tables were made, with which versions, and what they cannot tell."""
    versions = [f"{name} {version(name)}" for name in PACKAGES]
    versions += [model_name(), f"Python {platform.python_version()}"]
    made = f"Made on {date.today():%Y-%m-%d} with {', '.join(versions)}."
    paragraphs = [
        "Sentences are split by Punkt (Kiss and Strunk 2006). Names are found by spaCy's English model and joined to "
        "one actor by rules and a table of places that anyone can edit. Quotes are found by rules: quotation marks, a "
        "list of reporting verbs, and the grammar around them; the rule that found each is in the table.",
        "How a sentence sounds is VADER's score (Hutto and Gilbert 2014), which looks at words and not at whom they "
        "are about. The tone toward an actor is estimated by weights trained on news, sentence by sentence; quotes are "
        "kept apart, since they are the speaker's tone and not the article's.",
        "What the numbers cannot tell: whether a statement is true, fair or important; irony; what was left out. A "
        "pronoun may be joined to the wrong person, and a quote to the wrong speaker. An average of few sentences "
        "says little, and the intervals (95%, by resampling sentences) show how little.",
        f"{describe_checks(analysis)} Follow the links to the sentences before quoting a number.",
        made,
    ]
    return Html("".join(f"<p>{_text(paragraph)}</p>" for paragraph in paragraphs))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], nothing: str, manner: str = ' class="sortable"') -> Html:
    cells = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows]
    if not cells:
        return Html(f'<p class="note">{_text(nothing)}</p>')
    names = "".join(f'<th scope="col">{_text(name)}</th>' for name in head)
    return Html(f"<table{manner}><thead><tr>{names}</tr></thead><tbody>{''.join(cells)}</tbody></table>")


def _text(value: Any) -> str:
    """Words or a number as HTML; a dash where nothing is known."""
    return escape(clean_text(str(value))) if known(value) else '<span class="unknown" title="not known">–</span>'


def _name(actor: Any, below: Any, names: list[str]) -> str:
    others = [name for name in names if name != actor]
    lines = [below] if known(below) else []
    lines += [f"also: {', '.join(others)}"] if others else []
    small = "".join(f'<small dir="auto">{_text(line)}</small>' for line in lines)
    return f"<bdi>{_text(actor) if known(actor) else 'not named'}</bdi>{small}"


def _link(sentence: Any) -> str:
    return f'<a href="#s{int(sentence)}">sentence&nbsp;{int(sentence) + 1}</a>' if known(sentence) else _text(None)


def _source(article: Article) -> list[str]:
    name = source_name(article)
    if name.lower().startswith(("http://", "https://")):
        return [f'<span><a href="{escape(name)}">the article on the web</a></span>']
    return [f'<span dir="auto">{_text(name)}</span>'] if name else []


def _lang(article: Article) -> str:
    return f' lang="{escape(clean_text(article.language))}"' if article.language else ""


def _language_note(article: Article) -> list[str]:
    if not article.language or article.language.lower().split("-")[0] in ENGLISH:
        return []
    return [
        f"This article's language is given as {article.language!r}. newslab reads English: take none of the numbers "
        "below as a finding."
    ]
