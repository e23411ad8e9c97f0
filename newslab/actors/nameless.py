"""Speakers without a name: what kind of actor a description means, by its noun."""

from __future__ import annotations

import re

from newslab.actors.lists import role_nouns, shown_kind, word_set

# What follows the noun of a description: "researchers at the university", "a man who saw it", "officials, who ...".
AFTER_NOUN = re.compile(r"\s(?:of|at|for|from|in|on|with|near|to|who|whose|that|which|by)\s|[,;:(]", re.IGNORECASE)
# "One in four", but not "one in charge".
ONE_IN = re.compile(
    r"one in (?:every )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)\b", re.IGNORECASE
)


def kind_of(description: str) -> str:
    """What a speaker without a name is: a person, a group ("residents") or an organisation ("the ministry").

    A document that speaks ("the report") counts as an organisation, since a body stands behind it.
    """
    phrase = AFTER_NOUN.split(description.lower(), maxsplit=1)[0].split()
    word = phrase[-1].strip("\"'.’”") if phrase else ""
    per_cent = word.endswith("%") or phrase[-2:] == ["per", "cent"]
    if per_cent or word in word_set("parts_of_many.txt") or ONE_IN.match(description):
        return "group"
    forms = [word, word.removesuffix("s"), word.removesuffix("es"), re.sub("ies$", "y", word)]
    known = next((form for form in forms if form in role_nouns()), None)
    kind = shown_kind(role_nouns()[known].kinds[0]) if known else "person"
    plural = known != word if known else word.endswith("s")
    return "group" if kind == "person" and plural else kind
