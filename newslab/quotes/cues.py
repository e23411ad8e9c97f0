"""Cues: the words that report ("said", "according to", "a statement that"), read from ``resources/cues.tsv``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from newslab.language import Doc, Token
from newslab.quotes.story import Story, end_of
from newslab.resources import read_rows
from newslab.text import Span

PARTS = dict.fromkeys(("VB", "VBD", "VBG", "VBN", "VBP", "VBZ"), "verb")
PARTS |= {"NN": "noun", "NNS": "noun", "JJ": "adjective", "RB": "adverb"}
SPEECH = {"speech", "writing"}
# Frames that make an attribution and no speech: what somebody promises to do, what data suggest, how a thing is seen.
WIDE = {"plan", "shows", "as"}
HEARERS = {"tell", "ask", "remind", "inform", "advise", "assure", "warn", "urge"}
# What the model takes "hoping" for.
LEMMAS = {"hop": "hope"}
REFUSALS = {"refuse", "decline", "fail"}
NOT_SAID = {"would", "will", "could", "should", "might", "may", "can", "must", "shall", "'ll", "'d", "wo", "ca"}


@dataclass(frozen=True, slots=True)
class Word:
    """One line of the list of cues: what kind of reporting a word does and the frames it takes."""

    word: str
    part: str
    kind: str
    frames: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of the list in the text, with the frames that count in the scope asked for."""

    token: Token
    word: Word
    frames: frozenset[str]
    wide: bool = False

    def takes(self, *frames: str) -> bool:
        """Whether the word takes one of these frames."""
        return not self.frames.isdisjoint(frames)


@cache
def read_cues() -> dict[tuple[str, str], Word]:
    """The list of cues, by word and part of speech (``verb``, ``noun``)."""
    rows = read_rows("cues.tsv")
    return {
        (row["word"], row["part"]): Word(row["word"], row["part"], row["kind"], frozenset(row["frames"].split()))
        for row in rows
    }


def find_cues(story: Story, *, wide: bool) -> list[Cue]:
    """The cues of a story outside quotation marks, in order; ``wide`` takes in thought, perception and intention."""
    found = []
    for i in _candidates(story.doc):
        token = story.doc[i]
        part = "preposition" if token.lower_ == "according" else PARTS.get(token.tag_)
        word = _listed(token, part) if part else None
        if word and (wide or word.kind in SPEECH) and story.mark_at(token.idx) is None and speaks(token, wide=wide):
            found.append(Cue(token, word, word.frames if wide else word.frames - WIDE, wide))
    return found


def _candidates(doc: Doc) -> list[int]:
    """The tokens whose lemma is in the list: compared by number, so that the others cost nothing."""
    strings = doc.vocab.strings
    words = {word.split(" ")[0] for word, _ in read_cues()} | set(LEMMAS)
    wanted = [strings.add(form) for word in words for form in (word, word.capitalize())]
    hits = np.isin(doc.to_array("LEMMA"), wanted) | (doc.to_array("LOWER") == strings.add("according"))
    return [int(i) for i in np.flatnonzero(hits)]


def is_purpose(verb: Token) -> bool:
    """Whether a verb only says what for: "a soldier sent to defend the bridge"; not "refused to defend it"."""
    return any(child.tag_ == "TO" for child in verb.lefts) and verb.head.lemma_ not in REFUSALS


def is_listed(verb: Token) -> bool:
    """Whether a verb is a cue of speech or writing."""
    word = read_cues().get((verb.lemma_.lower(), "verb"))
    return word is not None and word.kind in SPEECH


def _listed(token: Token, part: str) -> Word | None:
    """The entry of a word, with its particle first: "point out" before "point"."""
    listed = read_cues()
    if part == "preposition":
        return listed.get((token.lower_, part))
    lemma = LEMMAS.get(token.lemma_.lower(), token.lemma_.lower())
    for child in token.rights:
        if child.dep_ == "prt" and (f"{lemma} {child.lower_}", part) in listed:
            return listed[f"{lemma} {child.lower_}", part]
    return listed.get((lemma, part))


def cue_span(token: Token) -> Span:
    """The cue's place in the text: the word with its auxiliaries, "not" and particle; "according to"."""
    first, last = token, token
    for child in reversed(list(token.lefts)):
        if (child.dep_ in {"aux", "auxpass", "neg"} and child.tag_ != "TO") or (
            child.dep_ == "advmod" and child.i == first.i - 1
        ):
            first = child if child.i >= first.i - 2 else first
    if first.dep_ == "advmod":
        first = first.nbor(1)
    for child in token.rights:
        if child.i == last.i + 1 and (child.dep_ == "prt" or (child.dep_ == "prep" and token.lower_ == "according")):
            last = child
        if child.dep_ == "prep" and child.lower_ == "as" and token.lemma_ == "quote":
            last = (
                next((below for below in child.rights if below.dep_ == "pcomp"), last)
                if child.i == last.i + 1
                else last
            )
    return first.idx, end_of(last)


def speaks(token: Token, *, wide: bool) -> bool:
    """Whether a cue in the text reports anybody: not "tell him", "you might say", nor "he was told" with no teller."""
    if token.tag_ == "VB" and token.dep_ == "ROOT" and not any(child.dep_ in {"nsubj", "aux"} for child in token.lefts):
        return False
    if any(child.dep_ in {"nsubj", "nsubjpass"} and child.lower_ == "you" for child in token.lefts):
        return False
    passive = any(child.dep_ in {"nsubjpass", "auxpass"} for child in token.lefts)
    told = passive and token.lemma_ in HEARERS and not any(child.dep_ == "agent" for child in token.rights)
    return wide or not told


def is_asserted(token: Token) -> bool:
    """Whether the words were said: not "did not say whether", "would say", "refused to confirm"."""
    for child in token.children:
        if child.dep_ == "neg" or (child.dep_ == "aux" and child.lower_ in NOT_SAID):
            return False
    return not (token.dep_ == "xcomp" and token.head.lemma_ in REFUSALS)
