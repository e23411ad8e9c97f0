"""The order of work: cues with their marks and clauses, nested ones dropped, then marks that no cue has claimed."""

from __future__ import annotations

from newslab.quotes import direct, framed, pages, reported, verbless, wide
from newslab.quotes.cues import Cue, cue_span, find_cues
from newslab.quotes.found import Found
from newslab.quotes.furniture import is_furniture
from newslab.quotes.pieces import settle
from newslab.quotes.rules import CueRule, MarkRule, PageRule, Stage
from newslab.quotes.story import Story

BESIDE_A_CUE: tuple[MarkRule, ...] = (direct.quote_then_cue, direct.cue_then_quote)
WITHOUT_A_CUE: tuple[MarkRule, ...] = (
    direct.signed,
    direct.quote_then_verb,
    direct.colon,
    direct.continued,
    direct.floating,
)
CLAUSES: tuple[CueRule, ...] = (
    reported.according_to,
    reported.as_she_said,
    reported.said_that,
    reported.said_and_the_rest,
    reported.clause_then_cue,
    framed.urged_to,
    framed.called_it,
    framed.statement_that,
    framed.words_in_marks,
    framed.expressed_concern,
)
WIDE: tuple[CueRule, ...] = (
    framed.made_clear,
    verbless.reportedly,
    verbless.in_a_poll,
    verbless.won_support,
    wide.sure_that,
    wide.expected_to,
    wide.seems_to,
    wide.criticised_it,
    wide.which_it_denied,
    wide.talked_about,
    wide.concern_about,
    wide.wants_to,
)
PAGES: tuple[PageRule, ...] = (pages.post, pages.signature, pages.pull_quote, pages.transcript)


def find_all(story: Story, *, attribution: bool, scare: bool) -> list[Found]:
    """Every quote of a story, in order, speakers not yet named; ``attribution`` takes in thought and
    intention, ``scare`` words in marks that quote nobody."""
    furniture = [is_furniture(story, number) for number in range(len(story.paragraphs))]
    cues = [cue for cue in find_cues(story, wide=attribution) if not furniture[story.paragraph_at(cue.token.idx)]]
    stage = Stage(story, cues, [], {}, furniture)
    _take_marks(stage, BESIDE_A_CUE)
    spent = {found.cue: found.rule for found in stage.found}
    clauses = [found for cue in cues for found in _first(story, cue, spent.get(cue_span(cue.token)))]
    plain = [number for number, left_out in enumerate(furniture) if not left_out]
    whole = [found for number in plain for page in PAGES if (found := page(story, number))]
    stage.found = _drop_nested(story, stage.found + clauses + whole)
    stage.taken = {}
    for found in stage.found:
        if found.marked:
            _claim(stage, found)
    settled = [found if found.marked else settle(story, found, stage.taken) for found in stage.found]
    stage.found = [found for found in settled if found]
    for found in stage.found:
        _claim(stage, found)
    _take_marks(stage, WITHOUT_A_CUE)
    if scare:
        stage.found += [found for k in range(len(story.marks)) if (found := direct.scare_quotes(stage, k))]
    return sorted(stage.found, key=lambda found: (found.start, found.end))


def _first(story: Story, cue: Cue, beside: str | None) -> list[Found]:
    """What the first rule finds that knows the cue's frame; ``beside`` is the rule by which it stands beside marks.

    A cue after a quote reports nothing else; one before a quote may go on: she said "A" and that B.
    """
    if beside == "quote-then-cue":
        return []
    for rule in CLAUSES + WIDE if cue.wide else CLAUSES:
        if found := [quote for quote in rule(story, cue) if beside is None or quote.rule != "clause-then-cue"]:
            return found
    return []


def _take_marks(stage: Stage, rules: tuple[MarkRule, ...]) -> None:
    for k, mark in enumerate(stage.story.marks):
        if stage.furniture[stage.story.paragraph_at(mark.start)]:
            continue
        for rule in rules:
            if k not in stage.taken and (found := rule(stage, k)):
                stage.found.append(found)
                stage.taken[k] = found


def _claim(stage: Stage, found: Found) -> None:
    for start, end in found.pieces:
        for k in stage.story.marks_in(start, end):
            stage.taken.setdefault(k, found)


def _drop_nested(story: Story, quotes: list[Found]) -> list[Found]:
    """Leave out a quote whose cue stands within another quote: "he said she thought it was late" is one."""
    covered = bytearray(len(story.text))
    kept = []
    for found in sorted(quotes, key=lambda found: found.start - found.end):
        if found.cue and (covered[found.cue[0]] or (not found.marked and covered[found.start])):
            continue
        kept.append(found)
        for start, end in found.pieces:
            covered[start:end] = b"\1" * (end - start)
    return kept
