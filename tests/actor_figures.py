"""How well names are found and joined, measured the same way on every set labelled by hand."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from newslab.actors import Mention, resolve
from newslab.article import Article

GOLD = Path(__file__).parent.parent / "data" / "gold"
MARK = re.compile(r"\[(\w+)\|([^\]]*)\]")
Span = tuple[int, int]


@dataclass(frozen=True)
class Labelled:
    """A text, the actor of each labelled span, each actor's kind, and whether people alone are labelled."""

    text: str
    actors: dict[Span, str]
    kinds: dict[str, str]
    group: str
    people_only: bool = False


def read_passages() -> Iterator[Labelled]:
    """Set (a): invented passages, every actor labelled; the group is where the names come from."""
    for passage in json.loads((GOLD / "actors.json").read_text(encoding="utf-8"))["passages"]:
        text, spans = read_marked(passage["marked"])
        kinds = {actor: entry["kind"] for actor, entry in passage["actors"].items()}
        yield Labelled(text, spans, kinds, passage["origin"])


def read_articles(quotes: Path) -> Iterator[Labelled]:
    """Set (b): people of news articles that stand in a folder of labelled quotes; the group is the article's set."""
    for entry in json.loads((GOLD / "people.json").read_text(encoding="utf-8"))["articles"]:
        lines = (quotes / f"{entry['set']}.jsonl").read_text(encoding="utf-8").splitlines()
        text = next(record["text"] for record in map(json.loads, lines) if record["id"] == entry["id"])
        spans = {(start, end): name for start, end, name in entry["people"]}
        yield Labelled(text, spans, dict.fromkeys(spans.values(), "person"), entry["set"], people_only=True)


def read_marked(marked: str) -> tuple[str, dict[Span, str]]:
    """The text without its marks, and the actor of each marked span."""
    text, spans, done = "", {}, 0
    for match in MARK.finditer(marked):
        text += marked[done : match.start()]
        spans[len(text), len(text) + len(match[2])] = match[1]
        text += match[2]
        done = match.end()
    return text + marked[done:], spans


def f1(right: float, found: float, wanted: float) -> float:
    return 200 * right / (found + wanted) if found + wanted else 100.0


def b_cubed(gold: dict[Span, str], found: dict[Span, int]) -> float:
    """B-cubed F1 (Bagga and Baldwin 1998); a mention that one side lacks counts as wrong."""
    both = Counter((gold[span], found[span]) for span in gold.keys() & found.keys())
    in_gold, in_found = Counter(gold.values()), Counter(found.values())
    precision = sum(n * n / in_found[actor] for (_, actor), n in both.items()) / max(len(found), 1)
    recall = sum(n * n / in_gold[actor] for (actor, _), n in both.items()) / max(len(gold), 1)
    return 200 * precision * recall / (precision + recall) if precision + recall else 0.0


def measure(texts: Iterable[Labelled]) -> dict[str, float]:
    """Every figure of a set, in percent; where people alone are labelled, other actors are left out of account."""
    total: dict[str, float] = defaultdict(float)
    people: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    cubes = []
    for labelled in texts:
        gold = labelled.actors
        names = {(m.start, m.end): m for m in resolve(Article(labelled.text)).mentions if m.how in {"name", "alias"}}
        ours = {span for span, mention in names.items() if mention.kind == "person"}
        theirs = {span for span, actor in gold.items() if labelled.kinds[actor] == "person"}
        counted = ours if labelled.people_only else names.keys()
        matched = gold.keys() & names.keys()
        total["gold"] += len(gold)
        total["found"] += len(counted)
        total["right"] += len(gold.keys() & counted)
        total["matched"] += len(matched)
        total["kind"] += sum(names[span].kind == labelled.kinds[gold[span]] for span in matched)
        cubes.append(b_cubed(gold, {span: names[span].actor for span in counted}))
        for at, number in enumerate((len(ours & theirs), len(ours), len(theirs))):
            people[labelled.group][at] += number
            people["all"][at] += number
        whole = list(people_who_are_one(labelled, names))
        total["several"] += len(whole)
        total["one"] += sum(whole)
    return {
        "mentions F1": f1(total["right"], total["found"], total["gold"]),
        "B-cubed F1": sum(cubes) / len(cubes),
        "people who are one actor": 100 * total["one"] / total["several"],
        "kind right": 100 * total["kind"] / total["matched"],
    } | {f"people F1, {group}": f1(*numbers) for group, numbers in people.items()}


def people_who_are_one(labelled: Labelled, names: dict[Span, Mention]) -> Iterator[bool]:
    """Of each person named twice or more, whether all the names are one actor, and that actor nobody else."""
    gold = labelled.actors
    for actor, kind in labelled.kinds.items():
        spans = [span for span, other in gold.items() if other == actor]
        if kind == "person" and len(spans) > 1:
            got = {names[span].actor if span in names else None for span in spans}
            mixed = {gold[span] for span in gold.keys() & names.keys() if names[span].actor in got}
            yield len(got) == 1 and None not in got and mixed == {actor}


def printed(figures: dict[str, float]) -> str:
    return "\n".join(f"{value:6.1f}  {name}" for name, value in figures.items())
