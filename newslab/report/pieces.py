"""The pieces of the report's page: headline, answer, tables and method, each as HTML with everything escaped."""

from __future__ import annotations

import platform
from datetime import date
from html import escape
from importlib.metadata import version
from pathlib import PurePath
from typing import TYPE_CHECKING

from newslab.article import Article
from newslab.charts.style import count, known
from newslab.report.cleaning import clean_text
from newslab.report.elements import Html, actor_cell, byline, items, make_grid, notes, quote_cells, sentence_link, show
from newslab.report.summary import describe_checks, mention_checks, reading_time, summarize
from newslab.tables import ReadabilityRow, describe_columns
from newslab.text import sentences, words

if TYPE_CHECKING:
    from newslab.analysis import Analysis

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
    name = file_name(article.source or "")
    return "" if name == "-" else name


def file_name(source: str) -> str:
    """A source without the folder in which it lies; a web address as it is."""
    if source.lower().startswith(("http://", "https://")):
        return clean_text(source)
    return clean_text(PurePath(source.replace("\\", "/")).name)


def headline(article: Article) -> Html:
    """The head of the page: headline, authors, outlet, date, source, length, and what a reader must know of it."""
    titled = bool(article.title and article.title.strip())
    quiet = "" if titled else ' class="quiet"'
    when = f"{article.date} (guessed)" if article.date and article.date_source == "guessed" else article.date
    facts = [", ".join(article.authors), article.outlet, when, "" if titled else "no headline in the source"]
    number = len(words(article.text))
    facts.append(f"{count(number, 'word')}, {reading_time(number)}")
    line = " ".join([byline(facts), *_source(article)])
    return Html(
        f'<p class="kicker">Who says what, about whom, and how</p><h1{quiet} dir="auto"{_lang(article)}>'
        f'{show(full_title(article))}</h1><p class="byline">{line}</p>'
        + notes([*article.warnings, *_language_note(article)])
    )


def answer(analysis: Analysis) -> Html:
    """The answer in five sentences, and what of it a person has checked."""
    return Html(items(summarize(analysis), ' class="answer"') + checks_line(analysis))


def checks_line(analysis: Analysis) -> str:
    """What a person has checked, in a line that leads to the details."""
    return f'<p class="checked">{show(mention_checks(analysis))} <a href="#method-and-limits">Method and limits</a></p>'


def actors_table(analysis: Analysis) -> Html:
    """Who is in it: kind, role, mentions and words, with a link to the first sentence."""
    actors = analysis.actors.sort_values("mentions", ascending=False, kind="stable")
    rows = [
        [
            actor_cell(row["actor"], row["role"], row["names"]),
            show(row["kind"]),
            show(row["mentions"]),
            show(row["words_spoken"]),
            show(row["words_reported"]),
            sentence_link(row["first_sentence"]),
        ]
        for row in actors.to_dict("records")
    ]
    head = ["Actor", "Kind", "Mentions", "Words in marks", "Words reported", "First in"]
    return make_grid(head, rows, "No person, organisation or place was found in this article.")


def quotes_table(analysis: Analysis) -> Html:
    """Who says what: each quote with its speaker, the reporting word and who passed it on, linked to its sentence."""
    rows = [[*quote_cells(row), sentence_link(row["sentence_id"])] for row in analysis.quotes.to_dict("records")]
    return make_grid(["Who", "Words", "Kind", "Reporting word", "Where"], rows, "Nobody is quoted in this article.")


def readability_table(analysis: Analysis) -> Html:
    """What each formula makes of the article, and the sentence that is longest."""
    row = analysis.readability.iloc[0]
    about = describe_columns(ReadabilityRow)
    names = [name for name in about if isinstance(row[name], float) and known(row[name])]
    shown = {name: FORMULAS.get(name, name.replace("_", " ").capitalize()) for name in names}
    rows = [[show(shown[name]), f"{row[name]:.1f}", show(about[name][:1].upper() + about[name][1:])] for name in names]
    short, manner = "Too short: the formulas want 100 words or more.", ' class="formulas"'
    table = make_grid(["Formula", "Value", "What it says"], rows, short, manner)
    longest = row["longest_sentence"]
    if not known(longest) or not str(longest).strip():
        return table
    number = count(len(words(longest)), "word")
    return Html(f'{table}<p dir="auto">The longest sentence has {number}: <q>{show(longest)}</q></p>')


def method(analysis: Analysis) -> Html:
    """How the tables were made, with which versions, and what they cannot tell."""
    from newslab.language import model_name  # spaCy takes a second, and only the page's own process needs it

    versions = [f"{name} {version(name)}" for name in PACKAGES]
    versions += [model_name(), f"Python {platform.python_version()}"]
    several = len(analysis.article_list) > 1
    advice = "Read the sentences" if several else "Follow the links to the sentences"
    rule = "the command newslab quotes writes each with" if several else "point at a quote in the marked article to see"
    made = f"Made on {date.today():%Y-%m-%d} with {', '.join(versions)}."
    paragraphs = [
        "Sentences are split by rules after Kiss and Strunk (2006) and a list of abbreviations. Names are found by "
        "spaCy's English model and joined to one actor by rules and a table of places that anyone can edit. Quotes are "
        "found by rules: quotation marks, a list of reporting verbs, and the grammar around them; "
        f"{rule} the rule that found it.",
        "How a sentence sounds is VADER's score (Hutto and Gilbert 2014), which looks at words and not at whom they "
        "are about. The tone toward an actor is estimated by weights trained on news, sentence by sentence; quotes are "
        "kept apart, since they are the speaker's tone and not the article's.",
        "What the numbers cannot tell: whether a statement is true, fair or important; irony; what was left out. A "
        "pronoun may be joined to the wrong person, and a quote to the wrong speaker. An average of few sentences "
        "says little, and the intervals (95%, by resampling sentences) show how little.",
        f"{describe_checks(analysis)} {advice} before quoting a number.",
        made,
    ]
    return Html("".join(f"<p>{show(paragraph)}</p>" for paragraph in paragraphs))


def _source(article: Article) -> list[str]:
    name = source_name(article)
    if name.lower().startswith(("http://", "https://")):
        return [f'<span><a href="{escape(name)}">the article on the web</a></span>']
    return [f'<span dir="auto">{show(name)}</span>'] if name else []


def _lang(article: Article) -> str:
    return f' lang="{escape(clean_text(article.language))}"' if article.language else ""


def is_english(language: str | None) -> bool:
    """Whether an article's language, as far as it is known, is English."""
    return not language or language.lower().split("-")[0] in ENGLISH


def _language_note(article: Article) -> list[str]:
    if is_english(article.language):
        return []
    return [
        f"This article's language is given as {article.language!r}. newslab reads English: take none of the numbers "
        "below as a finding."
    ]
