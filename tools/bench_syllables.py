"""How often newslab's rules for syllables are right on words that the dictionary knows, once those are hidden from it.

    python tools/bench_syllables.py [--show]

Words of CMUdict, letters only, are held out by a hash of the word, so that every run holds out the same: the first 300
are the measure, and ten further thousands of them show how far chance moves it. The first pronunciation is what counts
as right. textstat's fallback is pyphen, which is measured beside.
"""

from __future__ import annotations

import argparse
import hashlib

import pyphen

from newslab.readability.syllables import count_by_letters, count_by_rules, dictionary

HELD_OUT = 300
MORE = 1_000


def ranked_words() -> list[str]:
    """The dictionary's words in an order that has nothing to do with the alphabet and never changes."""
    words = [word for word in dictionary() if word.isalpha() and len(word) > 1]
    return sorted(words, key=lambda word: hashlib.sha256(word.encode()).hexdigest())


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--show", action="store_true", help="print the words that are wrong, of the further thousands")
    show = parser.parse_args().show
    ranked, hyphens = ranked_words(), pyphen.Pyphen(lang="en_US")
    for start, size in [(0, HELD_OUT), *((HELD_OUT + number * MORE, MORE) for number in range(10))]:
        held = ranked[start : start + size]
        hidden = set(held)
        known = {word: count for word, count in dictionary().items() if word not in hidden}
        right = {word: dictionary()[word] for word in held}
        rules = sum(count_by_rules(word, known) == right[word] for word in held) / size
        letters = sum(count_by_letters(word) == right[word] for word in held) / size
        fallback = sum(len(hyphens.positions(word)) + 1 == right[word] for word in held) / size
        print(f"{size} words held out: rules {rules:.1%}, of which letters alone {letters:.1%}; pyphen {fallback:.1%}")
        if show and start:
            wrong = [word for word in held if count_by_rules(word, known) != right[word]]
            print("   ", *(f"{word} {count_by_rules(word, known)}/{right[word]}" for word in wrong))


if __name__ == "__main__":
    main()
