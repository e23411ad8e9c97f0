"""A number for every meaning a word may have here: the vectors of the words in their sentences, as spaCy makes them.

The same sums as spaCy's own, done in less time. What a word brings along without its neighbours (its form, beginning,
end and shape) is computed once a form and remembered, instead of once a token; what the neighbours add is computed
by numpy's own matrix product, on one processor, with nothing kept for training. Numbers differ from spaCy's in the
last digits at most, as the order of a sum does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from threading import RLock
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc
from threadpoolctl import ThreadpoolController

Floats = npt.NDArray[np.float32]

MOST_FORMS = 40_000
# Rows that go through a product together: what comes of them stays in the processor's own memory.
BLOCK = 256
TINY = np.float32(1e-8)
ONE_PROCESSOR = RLock()
# What the model must be made of to be computed here, from the outside in.
EMBED = "extract_features>>list2ragged>>with_array(*)>>with_array(maxout>>layernorm>>dropout)>>ragged2list"
STEP = "residual(expand_window>>maxout>>layernorm>>dropout)"


class Step(NamedTuple):
    """The weights by which a word takes in its neighbours: three candidates for each number, of which the largest is
    kept, then scaled."""

    weights: Floats
    bias: Floats
    scale: Floats
    shift: Floats


class Vectors:
    """The vectors of tokens in their context, computed as the layers of a spaCy model say."""

    def __init__(self, model: Any) -> None:
        self._embed, encode = model.layers[:2]
        self._columns = self._embed.layers[0].attrs["columns"]
        self._steps = [_read_step(layer) for layer in encode.layers[0].layers]
        self.width = int(model.get_dim("nO"))
        self._rows: dict[bytes, int] = {}
        self._table = np.zeros((0, self.width), dtype=np.float32)

    def __call__(self, docs: Sequence[Doc]) -> Floats:
        """One row a token of all the texts, which are not empty."""
        lengths = np.array([len(doc) for doc in docs])
        # As many empty rows around each text as a word can see, so that no text sees another.
        apart = len(self._steps)
        places = np.arange(lengths.sum()) + np.repeat(apart * np.arange(1, len(docs) + 1), lengths)
        layer = np.zeros((int(lengths.sum()) + apart * (len(docs) + 1), self.width), dtype=np.float32)
        layer[places] = self._alone(docs)
        for step in self._steps:
            layer += _take_in(layer, step)
        context: Floats = layer[places]
        return context

    def _alone(self, docs: Sequence[Doc]) -> Floats:
        """What each token brings along without its neighbours."""
        keys = np.concatenate([np.ascontiguousarray(doc.to_array(self._columns)) for doc in docs])
        forms: list[bytes] = keys.view(f"V{keys.shape[1] * keys.itemsize}").ravel().tolist()
        missing = {form: place for place, form in enumerate(forms) if form not in self._rows}
        if len(self._rows) + len(missing) > MOST_FORMS:
            self._rows.clear()
            missing = {form: place for place, form in enumerate(forms)}
        if missing:
            self._remember(missing, keys[list(missing.values())])
        alone: Floats = self._table[[self._rows[form] for form in forms]]
        return alone

    def _remember(self, forms: dict[bytes, int], keys: npt.NDArray[np.uint64]) -> None:
        data: Any = [keys]
        for layer in self._embed.layers[1:4]:
            data = layer.predict(data)
        self._table = np.concatenate([self._table[: len(self._rows)], data.data])
        self._rows.update(zip(forms, range(len(self._rows), len(self._rows) + len(forms)), strict=True))


def fits(model: Any) -> bool:
    """Whether the model is made of the layers that are computed here; a model with others keeps spaCy's way."""
    if len(model.layers) < 2 or not all(type(node.ops).__name__ == "NumpyOps" for node in model.walk()):
        return False
    embed, encode = model.layers[:2]
    kinds = [layer.name for layer in embed.layers]
    kinds[2:3] = ["with_array(*)"] if kinds[2:3] and kinds[2].startswith("with_array(ints-getitem>>hashembed") else []
    if ">>".join(kinds) != EMBED or not encode.name.startswith("with_array(") or not encode.layers[0].layers:
        return False
    steps = encode.layers[0].layers
    return encode.attrs.get("pad") == len(steps) and all(
        step.name == STEP and _node(step, "expand_window").attrs["window_size"] == 1 for step in steps
    )


@contextmanager
def one_processor() -> Iterator[None]:
    """Products of matrices on one processor: these are too small to be shared, and the rest belongs to others."""
    with ONE_PROCESSOR, _controller().limit(limits=1, user_api="blas"):
        yield


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()


def _read_step(layer: Any) -> Step:
    maxout, norm = _node(layer, "maxout"), _node(layer, "layernorm")
    weights, bias = maxout.get_param("W"), maxout.get_param("b")
    # spaCy keeps the candidates of a number side by side; here all first ones come first, so that rows are compared.
    sideways = np.ascontiguousarray(weights.transpose(1, 0, 2).reshape(-1, weights.shape[2]).T)
    return Step(sideways, np.ascontiguousarray(bias.T).ravel(), norm.get_param("G"), norm.get_param("b"))


def _node(model: Any, name: str) -> Any:
    return next(node for node in model.walk() if node.name == name)


def _take_in(layer: Floats, step: Step) -> Floats:
    """What a row learns of itself and its two neighbours."""
    height, width = layer.shape
    result = np.empty_like(layer)
    around = np.zeros((height + 2, width), dtype=np.float32)
    around[1:-1] = layer
    for start in range(0, height, BLOCK):
        end = min(start + BLOCK, height)
        three = np.concatenate([around[start + shift : end + shift] for shift in range(3)], axis=1)
        candidates = three @ step.weights
        candidates += step.bias
        pieces = candidates.reshape(end - start, -1, width)
        best = pieces.max(axis=1)
        best -= best.mean(axis=1, keepdims=True)
        spread = np.einsum("ij,ij->i", best, best)[:, None] / np.float32(width) + TINY
        best *= spread ** np.float32(-0.5)
        best *= step.scale
        best += step.shift
        result[start:end] = best
    return result
