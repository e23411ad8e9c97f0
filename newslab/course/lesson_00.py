"""The checks of lesson 00, "Who says what, about whom, and how?"."""

from __future__ import annotations

from newslab.course.answers import (
    NUMBER,
    Hint,
    as_analysis,
    as_text,
    check_count,
    exercise,
    free_exercise,
    named_in,
    shown,
)


@exercise
def check_00_1(answer: object, a: object) -> str:
    """How many paragraphs has the story? The row of ``a.articles`` says it."""
    articles = as_analysis(a).articles
    line = check_count(answer, int(articles["paragraphs"].iloc[0]), "Look at the row paragraphs of a.articles.T.")
    return f"{line} You have read your first table."


@exercise
def check_00_2(answer: object, a: object) -> str:
    """Cut a quote out of the text by its ``start`` and ``end``: any quote of ``a.quotes``."""
    quotes = as_analysis(a).quotes
    if quotes.empty:
        raise Hint("This story has no quotes. Try the exercise on another story.")
    words = as_text(answer, "the words of a quote, cut out of story.text")
    if words not in set(quotes["text"]):
        near = any(_nearly(words, quote) for quote in quotes["text"])
        more = "Nearly: a few characters are missing or too many." if near else "No quote has exactly these words."
        raise Hint(f"{more} Read start and end in one row of a.quotes, and write story.text[start:end].")
    return "Those are the words of a quote, and you know where they stand."


@free_exercise
def check_00_3(answer: object, a: object) -> str:
    """One sentence about the story that names an actor and gives a number, so that somebody else can check it."""
    tables = as_analysis(a)
    sentence = as_text(answer, "a sentence in quotation marks")
    names = [name for row in tables.actors["names"] for name in row] + list(tables.actors["actor"])
    named = named_in(sentence, names)
    if names and not named:
        raise Hint(f"{shown(sentence)} names nobody from the story. Write a name as a.actors has it.")
    number = NUMBER.search(sentence)
    if not number:
        raise Hint("Give one number, such as 3 or three, that somebody else can count in the story.")
    return f"It has {'a name and ' * bool(named)}a number. Whether the number is true I have not checked. Do."


def _nearly(words: str, quote: str) -> bool:
    """Whether one of two texts is the greater part of the other."""
    short, long = sorted((text.strip(' "“”') for text in (words, quote)), key=len)
    return short in long and 2 * len(short) > len(long)
