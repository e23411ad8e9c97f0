"""Which names are compared at all: those that share a part, so that time grows with the names, not their square."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from newslab.linking.cast import Person
from newslab.linking.names import body_words, is_acronym, is_generic, person_name, plain_words, short_names, sound

Block = tuple[str, ...]
# In a block that many share, a name is compared with those next to it in the alphabet.
WINDOW = 12


def candidate_pairs(people: Mapping[int, Person]) -> Iterator[tuple[int, int]]:
    """Pairs of people whose names may be one name written in two ways, each once.

    Names are put into blocks by what two writings of one name have in common (the sound of first and last name, a last
    name and an initial, the words in any order, the letters), and within a block sorted and compared with their
    neighbours: blocking with a sorted neighbourhood (Hernández and Stolfo 1995; surveyed by Christen 2012, IEEE
    Transactions on Knowledge and Data Engineering 24(9), pages 1537-1555).
    """
    blocks: dict[Block, list[tuple[str, int]]] = defaultdict(list)
    for number, person in people.items():
        for name in person.names:
            for block in set(_blocks(person.kind, name)):
                blocks[block].append((name, number))
    seen: set[tuple[int, int]] = set()
    for several in blocks.values():
        several.sort()
        for place, (_, one) in enumerate(several):
            for _, other in several[place + 1 : place + 1 + WINDOW]:
                pair = (min(one, other), max(one, other))
                if one != other and pair not in seen:
                    seen.add(pair)
                    yield pair


def _blocks(kind: str, text: str) -> Iterator[Block]:
    if kind == "person":
        name = person_name(text)
        if len(name.words) > 1:
            given = short_names().get(name.given, name.given)
            yield ("sound", sound(given), sound(name.last))
            yield ("initial", given[:1], name.last)
            yield ("words", *sorted(name.words))
            yield ("letters", "".join(name.words))
            yield ("letters", "".join((name.last, *name.words[:-1])))
            yield ("tail", *name.words[-2:])
            yield ("start", given, name.last[:3])
            for word in name.words[1:]:
                yield ("part", given, word)
    elif not is_acronym(text):
        words = body_words(text)
        yield ("body", *words)
        yield ("opening", plain_words(text)[0])
        if len(words) > 1 and not is_generic(words):
            for place in range(len(words)):
                yield ("body", *words[:place], *words[place + 1 :])
