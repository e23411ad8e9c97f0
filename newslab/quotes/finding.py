"""The order of work: marks first, then the clauses of cues, then who goes on speaking."""

from __future__ import annotations

from newslab.quotes import direct, reported
from newslab.quotes.cues import find_cues
from newslab.quotes.found import Found
from newslab.quotes.pieces import settle
from newslab.quotes.rules import Stage
from newslab.quotes.story import Story

BESIDE_A_CUE = (direct.quote_then_cue, direct.cue_then_quote)
WITHOUT_A_CUE = (direct.colon, direct.continued, direct.floating)
CLAUSES = (reported.according_to, reported.said_that, reported.clause_then_cue)


def find_all(story: Story) -> list[Found]:
    """Every quote of a story, in order, speakers not yet named."""
    cues = [cue for cue in find_cues(story) if story.mark_at(cue.token.idx) is None]
    stage = Stage(story, cues, [], {})
    _take_marks(stage, BESIDE_A_CUE)
    _take_clauses(stage)
    _take_marks(stage, WITHOUT_A_CUE)
    return sorted(stage.found, key=lambda found: (found.start, found.end))


def _take_marks(stage: Stage, rules: tuple) -> None:
    for k in range(len(stage.story.marks)):
        for rule in rules:
            if k not in stage.taken and (found := rule(stage, k)):
                stage.found.append(found)
                stage.taken[k] = found


def _take_clauses(stage: Stage) -> None:
    for cue in stage.cues:
        for rule in CLAUSES:
            for found in rule(stage.story, cue):
                settled = settle(stage.story, found, stage.taken)
                if settled is None:
                    continue
                stage.found.append(settled)
                for start, end in settled.pieces:
                    for k in stage.story.marks_in(start, end):
                        stage.taken.setdefault(k, settled)
