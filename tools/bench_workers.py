"""Two workers beside one process, and beside them spaCy's own two and textacy; asked for by tools/bench_scale.py."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from importlib.util import find_spec
from statistics import median

import spacy

import newslab as nl
from newslab.language import MODELS
from newslab.text import paragraphs

WORKERS = 2
WARM = 2
Work = Callable[[list[str]], object]


def by_newslab(texts: list[str], workers: int) -> None:
    """All tables, into a store."""
    with tempfile.TemporaryDirectory(prefix="newslab-workers-") as store:
        nl.analyze([nl.Article(text) for text in texts], store=store, workers=workers, progress=False)


def by_pipe(texts: list[str], workers: int) -> None:
    """The parse alone, as spaCy shares it out."""
    list(_model().pipe(texts, n_process=workers))


def by_textacy(texts: list[str]) -> None:
    """Direct quotations, paragraph by paragraph."""
    from textacy.extract import direct_quotations

    model = _model()
    for text in texts:
        for doc in model.pipe([text[start:end] for start, end in paragraphs(text)]):
            try:
                list(direct_quotations(doc))
            except ValueError:
                continue


def compare_workers(texts: list[str], rounds: int) -> None:
    """Print what each takes for the texts, and how much faster two workers are than one process."""
    words = sum(len(text.split()) for text in texts)
    runs: dict[str, tuple[Work, list[str]]] = {
        "start of two workers": (partial(by_newslab, workers=WORKERS), texts[:WARM]),
        "newslab, one process": (partial(by_newslab, workers=1), texts),
        "newslab, two workers": (partial(by_newslab, workers=WORKERS), texts),
        "parse by nlp.pipe, one process": (partial(by_pipe, workers=1), texts),
        "parse by nlp.pipe, two": (partial(by_pipe, workers=WORKERS), texts),
    }
    if find_spec("textacy"):
        runs["textacy, one process"] = (by_textacy, texts)
    took: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, (work, own) in runs.items():
            took[name].append(in_new_python(work, own, texts[-WARM:]))
    print(f"{len(texts)} articles, {words:,} words, {rounds} rounds")
    for name, values in took.items():
        rate = "" if name.startswith("start") else f"{words / median(values):9,.0f} words/s"
        print(f"{name:34} {median(values):8.1f} s {rate}")
    start, one, two = (took[name] for name in list(runs)[:3])
    steady = median(a / (b - c) for a, b, c in zip(one, two, start, strict=True))
    print(f"two workers against one process: {median(a / b for a, b in zip(one, two, strict=True)):.2f} times in all, ")
    print(f"  {steady:.2f} times once they have started   at least 1.7 on a quiet machine")


def in_new_python(work: Work, texts: list[str], before: list[str]) -> float:
    """The seconds that the work takes in a process that has done a few other texts alone, and none of these.

    A process that has seen the texts in an earlier round remembers their words, which new workers cannot.
    """
    with ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn")) as executor:
        return executor.submit(_timed, work, texts, before).result()


def _timed(work: Work, texts: list[str], before: list[str]) -> float:
    alone = partial(work.func, workers=1) if isinstance(work, partial) else work
    # Two blanks more, so that these are other texts than those of the work.
    alone([f"{text}  " for text in before])
    began = time.perf_counter()
    work(texts)
    return time.perf_counter() - began


@cache
def _model() -> spacy.language.Language:
    name = os.environ.get("NEWSLAB_MODEL") or next(name for name in MODELS if spacy.util.is_package(name))
    return spacy.load(name)
