"""How fast newslab is: words a second by stage, beside its own parse and beside textacy on the same model.

    python tools/bench_speed.py [--articles 200] [--group 10]

What stands beside the parse is compared with newslab's own, and with the time of the model as spaCy runs it, which is
longer. The articles go through in groups; within a group every contender runs once, one after the other, and a ratio is
the median over the groups, so that a busy machine slows all alike. Time is processor time. textacy is asked for by
``pip install --group bench`` (pip 25.1; before, ``pip install textacy``); without it the figures beside it are left
out.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from statistics import median

import spacy

import newslab as nl
from newslab.article import Article
from newslab.language import MODELS, model_name, parse, parse_many
from newslab.text import paragraphs, sentences

BENCH = Path(os.environ.get("NEWSLAB_BENCH") or Path(__file__).parents[2] / "shared" / "bench")
# The table of actors needs those of quotes, mentions and sentiment and makes them with it, so it is asked for first.
TABLES = (
    "articles", "sentences", "actors", "mentions", "quotes", "talk", "readability", "sentiment", "target_sentiment",
)  # fmt: skip
PAIRS = 20_000
ODD = (".", ". ", "... ", '." ', "A. ", '?" Aa ', "(", '"', "\n", "a.b.", "abc def\n", "。", " ")
PLAIN = "parse as spaCy runs it"
# Seconds of each contender, one entry a group.
Times = dict[str, list[float]]
_unseen = count(1)


def fresh(texts: list[str]) -> list[Article]:
    """The articles with blanks after each line that no line before had: newslab remembers paragraphs and casts."""
    return [Article("\n".join(line.rstrip() + unseen_blanks() for line in text.splitlines())) for text in texts]


def unseen_blanks() -> str:
    """A number written in blanks and tabs."""
    return f"{next(_unseen):b}".translate({ord("0"): " ", ord("1"): "\t"})


def seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def everything(articles: list[Article]) -> None:
    """All tables of each article by itself."""
    for article in articles:
        analysis = nl.analyze(article)
        for name in TABLES:
            getattr(analysis, name)


def everything_at_once(articles: list[Article]) -> None:
    """All tables of all articles together."""
    analysis = nl.analyze(articles)
    for name in TABLES:
        getattr(analysis, name)


def by_spacy(model: spacy.language.Language, texts: list[str]) -> None:
    """The parse alone, by the same model as spaCy runs it, paragraph by paragraph."""
    for text in texts:
        list(model.pipe(text[start:end] for start, end in paragraphs(text)))


def by_textacy(model: spacy.language.Language, texts: list[str], *, piped: bool) -> None:
    """Quotes by textacy, paragraph by paragraph, as it fails on a paragraph with an odd number of marks."""
    from textacy.extract import direct_quotations

    for text in texts:
        pieces = [text[start:end] for start, end in paragraphs(text)]
        for doc in model.pipe(pieces) if piped else map(model, pieces):
            try:
                list(direct_quotations(doc))
            except ValueError:
                continue


def stages(texts: list[str]) -> Iterator[tuple[str, float]]:
    """What each stage costs once those before it are done, summed over the articles."""
    for article in fresh(texts):
        yield from stages_of(article)


def stages_of(article: Article) -> Iterator[tuple[str, float]]:
    analysis = nl.analyze(article)
    yield "sentences", seconds(lambda: sentences(article.text))
    yield "parse, kept", seconds(lambda: parse(article))
    yield "actors", seconds(lambda: (nl.find_mentions(article), nl.find_actors(article)))
    yield "rules of quotes", seconds(lambda: nl.find_quotes(article))
    yield "target sentiment", seconds(lambda: nl.score_target_sentiment(article))
    yield "readability", seconds(lambda: analysis.readability)
    yield "sentiment", seconds(lambda: analysis.sentiment)
    again = seconds(lambda: (nl.find_mentions(article), nl.find_actors(article), nl.find_quotes(article)))
    again += seconds(lambda: nl.score_target_sentiment(article))
    yield "talk and joins", seconds(lambda: analysis.talk) - again


def measure(groups: list[list[str]], model: spacy.language.Language, rival: bool) -> Times:
    """The seconds of every contender and stage, group by group."""
    times: Times = {}
    for number, texts in enumerate(groups):
        for name, took in contenders(texts, model, rival).items():
            times.setdefault(name, []).append(took)
        print(f"group {number + 1} of {len(groups)}", end="\r", flush=True)
    return times


def contenders(texts: list[str], model: spacy.language.Language, rival: bool) -> dict[str, float]:
    """The seconds of every contender and stage on one group."""
    took = {
        "parse": seconds(lambda: list(parse_many(fresh(texts)))),
        "quotes": seconds(lambda: [nl.find_quotes(article) for article in fresh(texts)]),
        "everything": seconds(lambda: everything(fresh(texts))),
        "everything, articles together": seconds(lambda: everything_at_once(fresh(texts))),
    }
    took[PLAIN] = seconds(lambda: by_spacy(model, texts))
    if rival:
        took["textacy, paragraphs piped"] = seconds(lambda: by_textacy(model, texts, piped=True))
        took["textacy, one by one"] = seconds(lambda: by_textacy(model, texts, piped=False))
    for name, stage in stages(texts):
        took[name] = took.get(name, 0) + stage
    return took


def ratio(times: Times, above: str, below: str) -> float:
    return median(a / b for a, b in zip(times[above], times[below], strict=True))


def print_times(times: Times, words: int) -> None:
    print(f"{'':32} {'words/s':>9} {'of the parse':>14} {'of spaCy':>10}")
    for name, values in times.items():
        shares = f"{ratio(times, name, 'parse'):14.1%} {ratio(times, name, PLAIN):10.1%}"
        print(f"{name:32} {words / sum(values):9,.0f} {shares}")


def print_bars(times: Times) -> None:
    """The ratios that have a bar."""
    both = [a + b for a, b in zip(times["actors"], times["rules of quotes"], strict=True)]
    together = {**times, "quotes beside": both}
    for name, text, bar in (
        ("rules of quotes", "rules of quotes beside the parse", 0.15),
        ("quotes beside", "the same with actors", 0.15),
        ("actors", "actors beside the parse", 0.10),
        ("target sentiment", "target sentiment beside the parse", 0.15),
        ("sentences", "sentences beside the parse", 0.02),
    ):
        shares = f"{ratio(together, name, 'parse'):6.1%}, of spaCy's {ratio(together, name, PLAIN):6.1%}"
        print(f"{text:40} {shares}   at most {bar:.0%}")
    for rival in ("textacy, paragraphs piped", "textacy, one by one"):
        bars = {"quotes": "1.5", "everything": "1.0", "everything, articles together": "1.2"}
        for name, bar in bars.items():
            if rival in times:
                text = f"{name} against {rival}"
                print(f"{text:60} {ratio(times, rival, name):6.2f} times   at least {bar}")


def print_lengths(texts: list[str]) -> None:
    """Many marks in one article, and what an article of once, twice and four times the length costs."""
    (many,) = fresh(['"a" ' * PAIRS])
    parse(many)
    print(f"{PAIRS:,} pairs of marks beside the parse: {seconds(lambda: nl.find_quotes(many)):.2f} s   at most 2 s")
    for times in (1, 2, 4):
        print_length("\n".join(texts), times)


def print_length(base: str, times: int) -> None:
    """What a word costs in an article of some times the length."""
    (article,) = fresh(["\n".join([base] * times)])
    words = len(article.text.split())
    parsed = seconds(lambda: parse(article))
    beside = seconds(lambda: nl.find_quotes(article))
    rest = seconds(lambda: everything([article]))
    print(
        f"{times} x {words // times:,} words: parse {1e6 * parsed / words:.0f}, quotes {1e6 * beside / words:.0f}, "
        f"everything after both {1e6 * rest / words:.0f} microseconds a word"
    )


def print_wire(texts: list[str]) -> None:
    """What it saves that a paragraph which several outlets print of one agency is parsed once."""
    outlets = [Article(f"{article.text}\n\nPrinted by outlet {place}.") for article in fresh(texts) for place in "ABC"]
    copied, own = seconds(lambda: list(parse_many(outlets))), seconds(lambda: list(parse_many(fresh(texts * 3))))
    print(f"parse of wire copy that three outlets print: {copied / own:.0%} of three different articles each")


def print_odd() -> None:
    """What texts of one odd piece cost at ten times the length; ten times the time is linear."""
    for name, score, pieces in (
        ("sentences", sentences, ODD),
        ("sentiment", nl.score_sentiment, ("not good ", "(", "a'", "bad, ")),
        ("readability", nl.score_readability, ("Officials met again. ", "a'", "well-", "9,")),
    ):
        growths = {piece: growth(score, piece) for piece in pieces}
        worst = max(growths, key=growths.__getitem__)
        print(f"{name} of ten times as much of {worst!r}, the worst of {len(pieces)}: {growths[worst]:.0f} times")
    text = "Berg praised Haddad and " * 5_000
    names = [match.span() for match in re.finditer("Berg|Haddad", text)]
    took = seconds(lambda: nl.score_target_sentiment(text, targets=names[:400], names=names))
    print(f"400 targets of 10,000 names in one sentence: {took:.1f} s")


def growth(score: Callable[[str], object], piece: str) -> float:
    """How many times longer ten times the length takes, from 20,000 characters on; the best of two."""
    short, long = ((piece * length)[:length] for length in (20_000, 200_000))
    score(short[:100])
    # The last texts' sentences are kept, so each run has a text of its own.
    base, more = (min(seconds(partial(score, text + "a" * run)) for run in (1, 2)) for text in (short, long))
    return more / max(base, 0.01)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=200, help="how many articles of the corpus")
    parser.add_argument("--group", type=int, default=10, help="how many of them a contender takes at a time")
    options = parser.parse_args()
    path = BENCH / "corpus" / "bbc.jsonl"
    if not path.is_file():
        raise SystemExit(f"there is no {path}: name the folder of labelled news in NEWSLAB_BENCH")
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    texts = texts[:: max(len(texts) // options.articles, 1)][: options.articles]
    groups = [texts[start : start + options.group] for start in range(0, len(texts), options.group)]
    everything(fresh(texts[:2]))
    name = os.environ.get("NEWSLAB_MODEL") or next(name for name in MODELS if spacy.util.is_package(name))
    model = spacy.load(name)
    by_spacy(model, texts[:2])
    rival = find_spec("textacy") is not None
    if rival:
        by_textacy(model, texts[:1], piped=True)
    else:
        print("textacy is not installed, so nothing is compared with it: python -m pip install --group bench")
    words = sum(len(text.split()) for text in texts)
    print(f"{len(texts)} articles, {words:,} words, in groups of {options.group}; {model_name()}")
    times = measure(groups, model, rival)
    print_times(times, words)
    print_bars(times)
    print_lengths(texts[:10])
    print_wire(texts[:20])
    print_odd()


if __name__ == "__main__":
    main()
