"""The word lists of the actors' rules, read once from the plain files in ``newslab/resources``."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from os import PathLike
from pathlib import Path

from newslab.resources import read_rows, read_words

Aliases = Mapping[str, str] | str | PathLike[str] | None


@dataclass(frozen=True, slots=True)
class Title:
    """A word before a name: honorific, rank or office, and the gender where the word says it."""

    type: str
    gender: str | None


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that speaks of an actor without a name: the kinds it may mean, and its gender."""

    kinds: tuple[str, ...]
    gender: str | None

    @property
    def body(self) -> bool:
        """Whether it means a body of people: a company, a court, a government."""
        return self.kinds[0] in {"organisation", "institution"}


@cache
def titles() -> dict[str, Title]:
    """Titles in lower case without full stops."""
    return {fold_title(row["title"]): Title(row["type"], row["gender"] or None) for row in read_rows("titles.tsv")}


@cache
def role_nouns() -> dict[str, Noun]:
    """Nouns for actors without a name, in the singular."""
    return {
        row["noun"]: Noun(tuple(row["kind"].split("; ")), row["gender"] or None) for row in read_rows("role_nouns.tsv")
    }


@cache
def same_role() -> dict[str, str]:
    """For a noun with synonyms, the first of them."""
    groups = [_cell(line) for line in read_words("same_roles.txt")]
    return {noun: group[0] for group in groups for noun in group}


@cache
def speech_verbs() -> frozenset[str]:
    """Verbs that report what somebody says or writes."""
    rows = read_rows("cues.tsv")
    return frozenset(row["word"] for row in rows if row["part"] == "verb" and row["kind"] in {"speech", "writing"})


@cache
def places() -> dict[str, str]:
    """Every name of a country or large place, with the name the table gives it."""
    found = {}
    for row in read_rows("peoples_and_places.tsv"):
        for name in (row["country"], *_cell(row["aliases"])):
            found[name.removeprefix("the ")] = row["country"]
    return found


@cache
def peoples() -> dict[str, str]:
    """What the people of a place are called, with the place."""
    return {name: row["country"] for row in read_rows("peoples_and_places.tsv") for name in _cell(row["people"])}


@cache
def capitals() -> dict[str, str]:
    """Seats of government, with the country whose government is meant."""
    return {name: row["country"] for row in read_rows("peoples_and_places.tsv") for name in _cell(row["capital"])}


@cache
def parties() -> dict[str, str]:
    """Every name of a political party or movement, with the name the table gives it."""
    return {name: row["party"] for row in read_rows("parties.tsv") for name in (row["party"], *_cell(row["names"]))}


@cache
def place_words() -> frozenset[str]:
    """Every word of the names of countries and peoples, as ``fold`` gives them."""
    return frozenset(word for name in (*places(), *peoples()) for word in fold(name))


@cache
def word_set(name: str) -> frozenset[str]:
    """The entries of a word list as a set."""
    return frozenset(read_words(name))


def read_aliases(aliases: Aliases) -> dict[str, str]:
    """What a user says belongs together: a dict, or a file with name, tab or comma, and actor on each line."""
    if aliases is None:
        return {}
    if isinstance(aliases, Mapping):
        return {str(name).strip(): str(actor).strip() for name, actor in aliases.items()}
    found = {}
    for line in Path(aliases).read_text(encoding="utf-8").splitlines():
        name, _, actor = line.replace("\t", ",", 1).partition(",")
        if actor.strip() and not name.startswith("#"):
            found[name.strip()] = actor.strip()
    return found


@cache
def organisation_words() -> frozenset[str]:
    """Words that make a name the name of an organisation, companies' among them."""
    return word_set("organisation_words.txt") | word_set("company_words.txt")


def shown_kind(kind: str) -> str:
    """The kind that the tables show for a noun's kind; behind a document that speaks stands a body."""
    return {"institution": "organisation", "territory": "place", "document": "organisation"}.get(kind, kind)


def fold_title(text: str) -> str:
    """A title as the list has it: lower case, no full stops, hyphens as blanks."""
    return text.lower().replace(".", "").replace("-", " ")


@lru_cache(maxsize=8192)
def fold(name: str) -> tuple[str, ...]:
    """The words of a name for comparing: no accents, no case, hyphens and full stops gone."""
    if not name.isascii():
        plain = unicodedata.normalize("NFKD", name)
        name = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return tuple(name.lower().replace("-", " ").replace("‑", " ").replace(".", " ").replace("’", "'").split())


def _cell(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(";") if part.strip()]
