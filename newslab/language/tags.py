"""Parts of speech, forms and lemmas by the model's own rules, looked up once a word instead of once a token.

spaCy tries each of about 180 rules on every token, and looks for each lemma in lists of thousands of words; together
that is a fifth of a parse. Nearly all rules look at one token's form, tag and relation and nothing else, and a lemma
hangs on form and part of speech: what is found for one token holds for the next like it. What comes out is the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from spacy.attrs import IDS  # type: ignore[import-not-found]
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler

# What a rule may look at to be remembered, and of how many words with their tags and relations.
FORMS = frozenset({"ORTH", "TEXT", "LOWER", "IS_SPACE"})
REMEMBERED = FORMS | {"TAG", "DEP"}
MOST_REMEMBERED = 100_000
ASKED = ["ORTH", "TAG", "DEP"]
SET = [IDS[name] for name in ("POS", "MORPH", "LEMMA", "TAG", "DEP")]


class Known(NamedTuple):
    """What the rules say of a token by itself."""

    values: list[int]  # of SET
    rules: list[tuple[int, int]]  # number and key of each that fits
    opens: bool  # a rule about several tokens may begin here


class Tags:
    """Sets what the model's rules for parts of speech and its lemmatizer set."""

    def __init__(self, ruler: Any, lemmatizer: Any) -> None:
        self._ruler, self._lemmatizer = ruler, lemmatizer
        self._strings = ruler.vocab.strings
        self._alone, self._row, self._first = (Matcher(ruler.vocab) for _ in range(3))
        self._named: list[str] = []
        self._longest = 1
        self._known: dict[tuple[int, ...], Known] = {}
        self._by_rules: dict[tuple[int, ...], Known] = {}
        for number, rule in enumerate(ruler.patterns):
            for pattern in rule["patterns"]:
                self._add_rule(str(number), pattern)
        self._is_named = re.compile("|".join(self._named) or "(?!)", re.IGNORECASE).search
        # A list is searched word by word, a set is not; what is in it stays.
        index = lemmatizer.lookups.get_table("lemma_index")
        for key, words in list(index.items()):
            index[key] = frozenset(words)

    def __call__(self, doc: Any) -> None:
        """Set parts of speech, forms and lemmas of a text that has tags and relations and none of these."""
        if len(self._known) > MOST_REMEMBERED:
            self._known.clear()
            self._by_rules.clear()
        like = list(map(tuple, doc.to_array(ASKED).tolist()))
        for place, key in enumerate(like):
            if key not in self._known:
                self._known[key] = self._learn(doc, place)
        known = [self._known[key] for key in like]
        doc.from_array(SET, np.array([word.values for word in known], dtype=np.uint64).reshape(-1, len(SET)))
        self._set_in_rows(doc, known)

    def _add_rule(self, number: str, pattern: list[dict[Any, Any]]) -> None:
        if len(pattern) == 1:
            self._alone.add(number, [pattern])
        else:
            self._row.add(number, [pattern])
            self._first.add(number, [pattern[:1]])
            self._longest = max(self._longest, len(pattern))
        for key in pattern[0].keys() & (FORMS - {"IS_SPACE"}):
            self._named += _named_by(pattern[0][key])

    def _learn(self, doc: Any, place: int) -> Known:
        """What rules and lemmatizer say of a token by itself; it is left as it was."""
        token = doc[place]
        # A word that no rule names is to the rules like every other with its tag and relation, blanks apart.
        like = (token.orth if token.is_space or self._is_named(token.text) else 0, token.tag, token.dep)
        if like not in self._by_rules:
            self._by_rules[like] = self._apply(doc, place)
        known = self._by_rules[like]
        pos, morph, lemma, tag, dep = known.values
        if not lemma:
            token.pos = pos
            token.set_morph(morph or None)
            self._set_lemma(token)
            lemma = token.lemma
            _empty(token)
        return known._replace(values=[pos, morph, lemma, tag, dep])

    def _apply(self, doc: Any, place: int) -> Known:
        """What the rules say of a token; it is left as it was."""
        span, token = doc[place : place + 1], doc[place]
        tag, dep = token.tag, token.dep
        rules = [(int(self._strings[key]), key) for key, _, _ in self._alone(span, allow_missing=True)]
        opens = bool(self._first(span, allow_missing=True))
        self._ruler.set_annotations(doc, [(number, key, place, place + 1) for number, key in sorted(rules)])
        known = Known(span.to_array(SET)[0].tolist(), rules, opens)
        _empty(token)
        token.tag, token.dep = tag, dep
        return known

    def _set_in_rows(self, doc: Any, known: Sequence[Known]) -> None:
        """Where a rule about several tokens fits, apply it and the tokens' own rules anew, later rules last."""
        found: list[tuple[int, int, int, int]] = []
        for place in (place for place, word in enumerate(known) if word.opens):
            for key, start, end in self._row(doc[place : place + self._longest], allow_missing=True):
                if start == 0:
                    found.append((int(self._strings[key]), key, place, place + end))
        places = sorted({place for _, _, start, end in found for place in range(start, end)})
        for place in places:
            found += [(number, key, place, place + 1) for number, key in known[place].rules]
            _empty(doc[place])
        self._ruler.set_annotations(doc, sorted(found))
        for place in places:
            self._set_lemma(doc[place])

    def _set_lemma(self, token: Any) -> None:
        if not token.lemma:
            token.lemma_ = self._lemmatizer.lemmatize(token)[0]


def fits(model: Language) -> bool:
    """Whether the model has rules and a lemmatizer that can be looked up once a word; others keep spaCy's way."""
    if "attribute_ruler" not in model.pipe_names or "lemmatizer" not in model.pipe_names:
        return False
    ruler: Any = model.get_pipe("attribute_ruler")
    lemmatizer: Any = model.get_pipe("lemmatizer")
    patterns: list[Any] = [row for rule in ruler.patterns for row in rule["patterns"]]
    return (
        type(ruler) is AttributeRuler
        and type(lemmatizer) is EnglishLemmatizer
        and lemmatizer.mode == "rule"
        and not lemmatizer.overwrite
        and all(token.keys() <= REMEMBERED for row in patterns for token in row)
    )


def _named_by(form: Any) -> list[str]:
    """Expressions for the words that a rule names; every word, where it names them in another way."""
    if isinstance(form, str):
        return [rf"^{re.escape(form)}$"]
    if isinstance(form, dict) and form.keys() == {"IN"}:
        return [rf"^{re.escape(word)}$" for word in form["IN"]]
    if isinstance(form, dict) and form.keys() == {"REGEX"}:
        return [form["REGEX"]]
    return [""]


def _empty(token: Any) -> None:
    """Take from a token what rules set."""
    token.pos = token.lemma = 0
    token.set_morph(None)
