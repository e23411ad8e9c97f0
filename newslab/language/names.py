"""Names in a text, as spaCy's model labels them, found in all sentences at once.

The model reads from left to right and at each word begins, continues or ends a name, or does neither. Its scores
outside a name hang on the word alone, inside one on the word, the one before and the first of the name; and no name
crosses a sentence. So all words are scored at once as if outside, and those of names once more, one step for all
sentences together. spaCy's own loop asks of every word and every possible move whether it is allowed, which takes
longer than all the rest. The names are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span

from newslab.language import vectors
from newslab.language.vectors import Floats, Vectors

Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

# What a word's scores hang on: the word, the first of the open name, the word before.
FEATURES = 3


class Marked(NamedTuple):
    """What each token may do outside a name, one entry a token of all texts."""

    label: Places  # of the name that begins here, -1 where none does
    alone: Flags  # the name is this token and no more
    ends: Flags  # the last token of a sentence


class Names:
    """The names that a model's recogniser finds, by its own weights."""

    def __init__(self, pipe: Any) -> None:
        words, lower, upper = pipe.model.layers
        self._vectors = Vectors(words.layers[0])
        self._narrow, self._narrow_bias = words.layers[-1].get_param("W").T, words.layers[-1].get_param("b")
        # By part, piece and number, so that the pieces of a number, of which the largest counts, are compared by row.
        weights = lower.get_param("W").transpose(0, 2, 1, 3)
        self._lower = np.ascontiguousarray(weights.reshape(-1, weights.shape[3]).T)
        self._lower_bias = lower.get_param("b").T
        self._pad = lower.get_param("pad")[0].transpose(0, 2, 1)
        self._upper, self._upper_bias = upper.get_param("W").T, upper.get_param("b")
        moves = _moves(pipe)
        labels = [move[2:] for move in moves if move.startswith("B-")]
        self._labels = [pipe.vocab.strings[label] for label in labels]
        self._inside, self._last = (
            np.array([moves.index(f"{kind}-{label}") for label in labels], dtype=np.int64) for kind in "IL"
        )
        # Of equal scores the one of the model's first move counts, so the moves stay in their order.
        outside = sorted(place for place, move in enumerate(moves) if move == "O" or (move[0] in "BU" and move[2:]))
        self._moves = np.array(outside, dtype=np.int64)
        self._begins, self._units = (np.array([moves[place][0] == kind for place in outside]) for kind in "BU")
        self._means = np.array([labels.index(moves[place][2:]) if moves[place] != "O" else -1 for place in outside])

    def __call__(self, docs: Sequence[Doc]) -> None:
        """Set the names of texts, which are not empty."""
        features = self._features(docs)
        marked = self._mark(features, docs)

        def goes_on(places: Places, starts: Places) -> Flags:
            return self._goes_on(features, marked, places, starts)

        starts, ends = walk(marked, goes_on)
        edges = np.cumsum([0, *map(len, docs)])
        cuts = np.searchsorted(starts, edges)
        for number, doc in enumerate(docs):
            own = slice(cuts[number], cuts[number + 1])
            labels = (self._labels[label] for label in marked.label[starts[own]].tolist())
            first, after = (starts[own] - edges[number]).tolist(), (ends[own] - edges[number]).tolist()
            doc.set_ents([Span(doc, start, end, label) for start, end, label in zip(first, after, labels, strict=True)])

    def _features(self, docs: Sequence[Doc]) -> Floats:
        """What each token adds to the scores as each of the parts; by token, part, piece and number."""
        narrow = self._vectors(docs) @ self._narrow
        narrow += self._narrow_bias
        features: Floats = narrow @ self._lower
        return features.reshape(len(narrow), *self._pad.shape)

    def _scores(self, sums: Floats) -> Floats:
        """The score of each move."""
        sums += self._lower_bias
        scores: Floats = sums.max(axis=1) @ self._upper
        scores += self._upper_bias
        return scores

    def _mark(self, features: Floats, docs: Sequence[Doc]) -> Marked:
        """What each token may do outside a name."""
        blank = np.concatenate([doc.to_array(["IS_SPACE"]) for doc in docs]) != 0
        begins = np.concatenate([doc.to_array(["SENT_START"]) for doc in docs]) == 1
        begins[np.cumsum([len(doc) for doc in docs[:-1]], dtype=np.int64)] = True
        ends = np.append(begins[1:], True)
        scores = self._scores(features[:, 0] + self._pad[1] + self._pad[2])[:, self._moves]
        scores[np.ix_(ends | blank, self._begins)] = -np.inf
        scores[np.ix_(blank, self._units)] = -np.inf
        best = scores.argmax(axis=1)
        return Marked(self._means[best], self._units[best], ends)

    def _goes_on(self, features: Floats, marked: Marked, places: Places, starts: Places) -> Flags:
        """Whether the open names go on after these tokens."""
        scores = self._scores(features[places, 0] + features[starts, 1] + features[places - 1, 2])
        rows, label = np.arange(len(places)), marked.label[starts]
        inside, last = self._inside[label], self._last[label]
        goes, stops = scores[rows, inside], scores[rows, last]
        better: Flags = (goes > stops) | ((goes == stops) & (inside < last))
        return better


def fits(pipe: Any) -> bool:
    """Whether the recogniser is of the kind that is computed here; another keeps spaCy's way."""
    if type(pipe) is not EntityRecognizer or pipe.cfg["beam_width"] != 1 or pipe.cfg["incorrect_spans_key"]:
        return False
    model = pipe.model
    if not model.attrs["has_upper"] or model.attrs["unseen_classes"]:
        return False
    words, lower, _ = model.layers
    return (
        lower.get_dim("nF") == FEATURES
        and [layer.name for layer in words.layers[1:]] == ["list2array", "linear"]
        and vectors.fits(words.layers[0])
        and "O" in _moves(pipe)
    )


def walk(marked: Marked, goes_on: Callable[[Places, Places], Flags]) -> tuple[Places, Places]:
    """First tokens and ends of all names, in order; a step takes one token of a name in each sentence.

    ``goes_on`` is asked of tokens inside names, and the first tokens of those, whether the names go on.
    """
    following = _following(marked.label >= 0)
    limits = np.flatnonzero(marked.ends) + 1
    places = following[np.concatenate([[0], limits[:-1]])]
    starts = np.full(len(places), -1)
    found: list[Places] = []
    while len(places):
        going = places < limits
        places, limits, starts = places[going], limits[going], starts[going]
        opens = starts < 0
        starts = np.where(opens, places, starts)
        closes = ~opens | marked.alone[places]
        asked = np.flatnonzero(~opens & ~marked.ends[places])
        closes[asked] = ~goes_on(places[asked], starts[asked])
        found.append(np.stack([starts[closes], places[closes] + 1]))
        places = np.where(closes, following[places + 1], places + 1)
        starts = np.where(closes, -1, starts)
    pairs = np.concatenate([np.zeros((2, 0), dtype=np.int64), *found], axis=1)
    pairs = pairs[:, pairs[0].argsort()]
    return pairs[0], pairs[1]


def _following(flags: Flags) -> Places:
    """For each place, and the end, the next one from there whose flag is set; one past the end where none is."""
    places = np.where(np.append(flags, True), np.arange(len(flags) + 1), len(flags))
    return np.minimum.accumulate(places[::-1])[::-1]


def _moves(pipe: Any) -> list[str]:
    return [pipe.moves.get_class_name(number) for number in range(pipe.moves.n_moves)]
