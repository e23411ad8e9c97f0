"""The model's steps over many texts: those that are computed faster here, the others as spaCy has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.pipeline import DependencyParser, Tok2Vec
from spacy.tokens import Doc

from newslab.language import names, tags, vectors
from newslab.language.names import Names
from newslab.language.tags import Tags
from newslab.language.vectors import Vectors, one_processor

Step = Callable[[list[Doc]], None]

# How many tokens go through the model together: enough for full batches, few enough for any memory.
BATCH = 8_000


class Pipeline:
    """A model's steps, in its order; what it makes of a text equals what the model makes of it."""

    def __init__(self, model: Language) -> None:
        self._steps = list(_steps(model))

    def __call__(self, docs: list[Doc]) -> None:
        """Annotate tokenized texts, none of which is empty."""
        with one_processor():
            for batch in _batches(docs):
                for step in self._steps:
                    step(batch)
                for doc in batch:
                    # The words' vectors have done their work, and are most of what a parse would weigh.
                    doc.tensor = np.zeros((0,))


def _steps(model: Language) -> Iterator[Step]:
    by_word = tags.fits(model)
    for name, pipe in model.pipeline:
        if type(pipe) is Tok2Vec and vectors.fits(pipe.model):
            yield _set_vectors(Vectors(pipe.model))
        elif by_word and name == "attribute_ruler":
            yield _one_by_one(Tags(pipe, model.get_pipe("lemmatizer")))
        elif by_word and name == "lemmatizer":
            continue
        elif names.fits(pipe):
            yield Names(pipe)
        elif type(pipe) is DependencyParser:
            yield _all_at_once(pipe)
        else:
            yield _as_it_is(pipe)


def _set_vectors(words: Vectors) -> Step:
    def step(docs: list[Doc]) -> None:
        ends = np.cumsum([len(doc) for doc in docs])[:-1]
        for doc, own in zip(docs, np.split(words(docs), ends), strict=True):
            doc.tensor = own  # type: ignore[assignment]

    return step


def _one_by_one(annotate: Callable[[Doc], None]) -> Step:
    def step(docs: list[Doc]) -> None:
        for doc in docs:
            annotate(doc)

    return step


def _all_at_once(pipe: Any) -> Step:
    """A parser that takes all texts in the same steps, and numpy's product of matrices where it takes another."""
    for node in pipe.model.walk():
        if type(node.ops).__name__ == "NumpyOps":
            node.ops = type(node.ops)(use_blis=False)

    def step(docs: list[Doc]) -> None:
        pipe.set_annotations(docs, pipe.predict(docs))

    return step


def _as_it_is(pipe: Any) -> Step:
    def step(docs: list[Doc]) -> None:
        # spaCy works in place; what a pipe yields is what went in. A bare function takes one by one.
        for _ in pipe.pipe(docs) if hasattr(pipe, "pipe") else map(pipe, docs):
            pass

    return step


def _batches(docs: list[Doc]) -> Iterator[list[Doc]]:
    batch: list[Doc] = []
    tokens = 0
    for doc in docs:
        if batch and tokens + len(doc) > BATCH:
            yield batch
            batch, tokens = [], 0
        batch.append(doc)
        tokens += len(doc)
    if batch:
        yield batch
