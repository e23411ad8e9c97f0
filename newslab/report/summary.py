"""The answer in a few sentences, made from the tables: how long, who is in it, who speaks, in which tone, how hard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from newslab.charts.style import count, known, listing

if TYPE_CHECKING:
    from newslab.analysis import Analysis

# Words a minute that adults read silently in English (Brysbaert 2019, a meta-analysis of 190 studies).
READING_SPEED = 238
FEWEST_SENTENCES = 3
NAMED = 3
LAST_SCHOOL_GRADE, YEARS_BEFORE = 12, 5
SPELLED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
# What a person judges in a worksheet, in words.
JUDGED = {
    "quotes": "quotes",
    "speakers": "speakers of quotes",
    "kinds": "kinds of quotes",
    "actors": "actors",
    "labels": "labels of tone",
}
KINDS = {"person": "people", "organisation": "organisations", "place": "places", "group": "groups"}


def summarize(analysis: Analysis) -> list[str]:
    """What the tables say of one article in five sentences of plain text; fewer where the article holds no words."""
    facts = analysis.articles.iloc[0]
    if not facts["words"]:
        return ["The article holds no words, so there is nothing to count."]
    return [
        _length(facts),
        _cast(analysis.actors),
        _speech(analysis.quotes, analysis.actors),
        _tone(analysis.actors),
        _reading(analysis.readability),
    ]


def mention_checks(analysis: Analysis) -> str:
    """In one line for the head of a page, what a person has checked."""
    checked = analysis.checked
    done = [
        f"{int(row['checked']):,} of {int(row['rows']):,} {JUDGED[row['what']]} ({int(row['right']):,} right)"
        for row in checked[checked["checked"] > 0].to_dict("records")
    ]
    missed = int(checked["missed"].fillna(0).sum())
    done += [f"{count(missed, 'quote')} added"] * bool(missed)
    if done:
        return f"A person has checked {listing(done)}; all that follows is as corrected."
    if len(checked):
        return "Made by a program; the worksheet that was given back checks nothing."
    return "Made by a program and not yet checked by a person."


def describe_checks(analysis: Analysis) -> str:
    """How much of the tables a person has checked, and between which bounds that puts the share of right rows."""
    checked = analysis.checked
    missed = int(checked["missed"].fillna(0).sum())
    refused = int((analysis.failures["stage"] == "correction").sum())
    said = [_right(row) for row in checked[checked["checked"] > 0].to_dict("records")]
    if said:
        said.append(
            "The intervals (95%, Wilson 1927) speak for the rows not checked as well, if those checked were taken in "
            "order or by chance."
        )
    if missed:
        said.append(f"The person added {count(missed, 'quote')} that newslab had missed.")
    first = "A person has checked some of these tables, and all follow the corrections."
    lines = [first, *said] if said else ["No person has checked these tables."]
    if refused:
        were = "was" if refused == 1 else "were"
        lines.append(f"{count(refused, 'row')} of the worksheet could not be followed and {were} left out.")
    return " ".join(lines)


def _right(row: dict[Any, Any]) -> str:
    what, number = JUDGED[row["what"]], int(row["checked"])
    share, low, high = (f"{round(100 * row[name])}%" for name in ("share", "low", "high"))
    were = "was" if number == 1 else "were"
    of = f"Of {int(row['rows']):,} {what}, {number:,} {were} checked"
    return f"{of} and {int(row['right']):,} of those right ({share}, interval {low} to {high})."


def reading_time(words: int) -> str:
    """How long a reader takes, in whole minutes."""
    minutes = round(words / READING_SPEED)
    if not minutes:
        return "less than a minute to read"
    return f"about {spell(minutes)} {'minute' if minutes == 1 else 'minutes'} to read"


def spell(number: int) -> str:
    """A number as newspapers set it: a word up to twelve, digits above."""
    return SPELLED[number] if 0 <= number < len(SPELLED) else f"{number:,}"


def _length(facts: Any) -> str:
    size = [count(int(facts[part]), part[:-1]) for part in ("words", "sentences", "paragraphs")]
    return f"The article has {size[0]} in {size[1]} and {size[2]}, {reading_time(int(facts['words']))}."


def _cast(actors: pd.DataFrame) -> str:
    found = actors[actors["mentions"] > 0].sort_values("mentions", ascending=False, kind="stable")
    if found.empty:
        return "It names nobody, no organisation and no place that newslab knows as one."
    kinds = found["kind"].value_counts()
    parts = [f"{spell(int(kinds[kind]))} {kind if kinds[kind] == 1 else KINDS.get(kind, kind)}" for kind in kinds.index]
    times = [int(number) for number in found["mentions"].head(NAMED)]
    shown = [count(times[0], "time"), *map(str, times[1:])]
    most = [f"{actor} ({number})" for actor, number in zip(found["actor"].head(NAMED), shown, strict=True)]
    verb = "is" if len(most) == 1 else "are"
    return f"In it are {listing(parts)}; mentioned most {verb} {listing(most)}."


def _speech(quotes: pd.DataFrame, actors: pd.DataFrame) -> str:
    said = quotes[quotes["asserted"].fillna(True).astype(bool)]
    if said.empty:
        return "Nobody is quoted in it, neither in quotation marks nor without."
    marked = int((said["kind"] != "indirect").sum())
    parts = [f"{spell(marked)} in quotation marks", f"{spell(len(said) - marked)} reported without"]
    shown = listing([part for part, number in zip(parts, (marked, len(said) - marked), strict=True) if number])
    head = f"{spell(len(said)).capitalize()} {'statement is' if len(said) == 1 else 'statements are'} quoted, {shown}"
    return f"{head}; {_most_words(actors)}."


def _most_words(actors: pd.DataFrame) -> str:
    speakers = actors.assign(all=actors["words_spoken"] + actors["words_reported"]).sort_values("all", ascending=False)
    speakers = speakers[speakers["all"] > 0]
    if speakers.empty:
        return "newslab found no name for who speaks"
    first = speakers.iloc[0]
    spoken, reported = int(first["words_spoken"]), int(first["words_reported"])
    detail = [f"{spoken:,} in marks"] * bool(spoken) + [f"{reported:,} reported"] * bool(reported)
    others = f", of {spell(len(speakers))} speakers" if len(speakers) > 1 else ""
    return f"{first['actor']} has the most words, {listing(detail)}{others}"


def _tone(actors: pd.DataFrame) -> str:
    enough = actors[(actors["sentiment_sentences"] >= FEWEST_SENTENCES) & actors["sentiment_toward"].notna()]
    if enough.empty:
        return (
            f"No actor stands in {spell(FEWEST_SENTENCES)} or more sentences outside the quotes, so nothing can be "
            "said of the tone toward anyone."
        )
    against = enough[enough["sentiment_high"] < 0].sort_values("sentiment_toward")
    toward = enough[enough["sentiment_low"] > 0].sort_values("sentiment_toward", ascending=False)
    leaning = (("most negative", against), ("most positive", toward))
    parts = [f"{way} toward {_with_figures(rows.iloc[0])}" for way, rows in leaning if len(rows)]
    if parts:
        return f"Outside the quotes the tone is {listing(parts)}, on a scale from −1 to 1."
    few = {1: "the one actor", 2: "either of the two actors"}
    actors_named = few.get(len(enough), f"any of the {spell(len(enough))} actors")
    where = f"who {'stands' if len(enough) == 1 else 'stand'} in {spell(FEWEST_SENTENCES)} or more sentences"
    return f"Outside the quotes the tone leans clearly neither way toward {actors_named} {where}."


def _with_figures(row: Any) -> str:
    rests = count(int(row["sentiment_sentences"]), "sentence")
    return f"{row['actor']} ({_signed(row['sentiment_toward'])}, in {rests})"


def _reading(readability: pd.DataFrame) -> str:
    row = readability.iloc[0]
    if not known(row["grade"]):
        return "It is too short for the readability formulas, which want 100 words or more."
    grade, low, high = (round(row[name]) for name in ("grade", "grade_low", "grade_high"))
    span = f" (the formulas lie between {low} and {high})" if high > low else ""
    college = ", where 13 and more is college" if grade <= LAST_SCHOOL_GRADE < high else ""
    return f"The readability formulas put it at about grade {grade} of US schools, {for_whom(grade)}{college}{span}."


def for_whom(grade: float) -> str:
    """The readers that a US school grade stands for: a class is about five years older than its number."""
    whole = max(round(grade), 1)
    return f"for readers of about {whole + YEARS_BEFORE}" if whole <= LAST_SCHOOL_GRADE else "for readers at college"


def _signed(number: float) -> str:
    return f"{number:+.2f}".replace("-", "−")
