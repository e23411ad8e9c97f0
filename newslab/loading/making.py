"""The last step of every reader: from a raw text and what is known of it to an Article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from newslab.article import Article
from newslab.errors import LoadError
from newslab.loading.cleaning import clean, one_line, repair
from newslab.loading.openings import Opening, split_opening
from newslab.loading.options import Options, check_cap

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

EMPTY = ("it holds no text", "Check that the right file was given")
# Below these a guess of the language is worth little: names and numbers look like any language.
LANGUAGE_WORDS = 8
LANGUAGE_PROBABILITY = 0.7
LANGUAGE_SAMPLE = 20_000
# Every seventh word of English news is one of these, and none of them is a common word elsewhere; where they are that
# many, the model, which takes most of a second to read, need not be asked.
ENGLISH = frozenset(("the", "and", "to", "that", "with", "it", "from", "this", "said"))
ENGLISH_SHARE = 0.1
ENGLISH_WORDS = 50
# English has a sentence end in every 20 to 30 words.
WORDS_WITHOUT_STOP = 200
WORD = re.compile(r"[^\W\d_]{2,}")
# What takes a parser its time.
TOKEN = re.compile(r"\w+|[^\w\s]")
SENTENCE_END = re.compile(r"[.!?…。؟।]")


def make_article(
    text: str,
    source: str,
    options: Options,
    *,
    title: str | None = None,
    date: str | None = None,
    date_source: str | None = None,
    authors: Sequence[str] = (),
    outlet: str | None = None,
    url: str | None = None,
    article_id: str | None = None,
    warnings: Sequence[str] = (),
) -> Article:
    """An article whose text is cleaned and stands alone: headline, date and header lines are in their own fields.

    What is given goes before what the text says. Raises ``LoadError`` for an empty text and for one over the cap.
    """
    check_cap(options, "max_characters", len(text), source)
    check_cap(options, "max_words", len(TOKEN.findall(text)), source)
    repaired, repairs = repair(text)
    title = one_line(repair(title)[0]) if title else None
    opening = split_opening(_without_title(clean(repaired), title), title)
    if not opening.text:
        raise LoadError(source, *EMPTY)
    language = detect_language(opening.text)
    return Article(
        opening.text,
        article_id=article_id,
        title=title or opening.title,
        date=date or opening.date,
        date_source=date_source if date else "text" if opening.date else None,
        authors=tuple(dict.fromkeys((*authors, *opening.authors))),
        source=source,
        outlet=one_line(outlet) or opening.outlet,
        url=url or opening.url,
        language=language,
        warnings=[*warnings, *repairs, *_find_doubts(opening, language)],
    )


def detect_language(text: str) -> str | None:
    """The code of the language a text is in (``en``), ``None`` where the text is too short or too odd to tell.

    Method: py3langid (Lui and Baldwin 2012; Barbaresi), which carries its model; plain English is told by its most
    frequent words.
    """
    sample = text[:LANGUAGE_SAMPLE]
    words = WORD.findall(sample.lower())
    if len(words) < LANGUAGE_WORDS:
        return None
    if len(words) >= ENGLISH_WORDS and sum(word in ENGLISH for word in words) >= ENGLISH_SHARE * len(words):
        return "en"
    language, probability = _identifier().classify(sample)
    return str(language) if probability >= LANGUAGE_PROBABILITY else None


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _find_doubts(opening: Opening, language: str | None) -> list[str]:
    text, doubts = opening.text, []
    if opening.left_out:
        doubts.append(f"header lines that newslab does not know were left out: {'; '.join(opening.left_out)}")
    if language not in (None, "en"):
        doubts.append(f"the text is not in English ({language}): newslab knows English only, so expect little of it")
    if text.count('"') % 2:
        doubts.append("a quotation mark opens and never closes (their number is odd)")
    if len(WORD.findall(text)) > WORDS_WITHOUT_STOP * (1 + len(SENTENCE_END.findall(text))):
        doubts.append("hardly a full stop: what counts sentences is unreliable")
    return doubts


def _without_title(text: str, title: str | None) -> str:
    first, _, rest = text.partition("\n")
    return rest.strip() if title and rest.strip() and _letters(first) == _letters(title) else text


def _letters(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())
