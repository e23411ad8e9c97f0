"""Names in invented passages from six parts of the world, labelled by hand; `pytest -s` prints the figures."""

import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

import newslab.actors as actors
from newslab.article import Article

GOLD = Path(__file__).parent.parent / "data" / "gold" / "actors.json"
MARK = re.compile(r"\[(\w+)\|([^\]]*)\]")
Span = tuple[int, int]


def read_marked(marked: str) -> tuple[str, dict[Span, str]]:
    """The text without its marks, and the actor of each marked span."""
    text, spans, done = "", {}, 0
    for match in MARK.finditer(marked):
        text += marked[done : match.start()]
        spans[len(text), len(text) + len(match[2])] = match[1]
        text += match[2]
        done = match.end()
    return text + marked[done:], spans


def f1(right: float, found: int, wanted: int) -> float:
    return 200 * right / (found + wanted) if found + wanted else 100.0


def b_cubed(gold: dict[Span, str], found: dict[Span, int]) -> float:
    """B-cubed F1 (Bagga and Baldwin 1998); a mention that one side lacks counts as wrong."""
    both = Counter((gold[span], found[span]) for span in gold.keys() & found.keys())
    in_gold, in_found = Counter(gold.values()), Counter(found.values())
    precision = sum(n * n / in_found[actor] for (_, actor), n in both.items()) / max(len(found), 1)
    recall = sum(n * n / in_gold[actor] for (actor, _), n in both.items()) / max(len(gold), 1)
    return 200 * precision * recall / (precision + recall) if precision + recall else 0.0


@pytest.fixture(scope="module")
def figures() -> dict[str, float]:
    total: dict[str, float] = defaultdict(float)
    people: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    cubes = []
    for passage in json.loads(GOLD.read_text(encoding="utf-8"))["passages"]:
        text, gold = read_marked(passage["marked"])
        kinds = {actor: entry["kind"] for actor, entry in passage["actors"].items()}
        cast = actors.resolve(Article(text))
        names = {(m.start, m.end): m for m in cast.mentions if m.how in {"name", "alias"}}
        matched = gold.keys() & names.keys()
        total["gold"] += len(gold)
        total["found"] += len(names)
        total["matched"] += len(matched)
        total["kind"] += sum(names[span].kind == kinds[gold[span]] for span in matched)
        cubes.append(b_cubed(gold, {span: mention.actor for span, mention in names.items()}))
        ours = {span for span, mention in names.items() if mention.kind == "person"}
        theirs = {span for span, actor in gold.items() if kinds[actor] == "person"}
        for at, number in enumerate((len(ours & theirs), len(ours), len(theirs))):
            people[passage["origin"]][at] += number
            people["all"][at] += number
        for actor, kind in kinds.items():
            spans = [span for span, other in gold.items() if other == actor]
            if kind == "person" and len(spans) > 1:
                got = {names[span].actor if span in names else None for span in spans}
                mixed = {gold[span] for span in matched if names[span].actor in got}
                total["several"] += 1
                total["one"] += len(got) == 1 and None not in got and mixed == {actor}
    result = {
        "mentions F1": f1(total["matched"], int(total["found"]), int(total["gold"])),
        "B-cubed F1": sum(cubes) / len(cubes),
        "people who are one actor": 100 * total["one"] / total["several"],
        "kind right": 100 * total["kind"] / total["matched"],
    }
    result |= {f"people F1, {origin}": f1(*numbers) for origin, numbers in people.items()}
    print("\n" + "\n".join(f"{value:6.1f}  {name}" for name, value in result.items()))
    return result


def test_names_are_found_whole(figures: dict[str, float]) -> None:
    assert figures["mentions F1"] >= 93


def test_names_of_one_actor_are_joined_and_of_two_kept_apart(figures: dict[str, float]) -> None:
    assert figures["B-cubed F1"] >= 92
    assert figures["people who are one actor"] >= 87


def test_people_bodies_and_places_are_told_apart(figures: dict[str, float]) -> None:
    assert figures["kind right"] >= 93
    assert figures["people F1, all"] >= 90


def test_names_of_every_origin_are_found_about_equally_well(figures: dict[str, float]) -> None:
    origins = [value for name, value in figures.items() if name.startswith("people F1, ") and not name.endswith("all")]
    assert max(origins) - min(origins) <= 8
