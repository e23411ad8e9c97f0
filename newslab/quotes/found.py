"""What a rule hands back: the pieces of a quote, its cue and its speaker, before names are put to them."""

from __future__ import annotations

from dataclasses import dataclass

from newslab.text import Span


@dataclass(slots=True)
class Found:
    """A quote as a rule found it; ``pieces`` in order, ``speaker`` the mention beside the cue."""

    rule: str
    pieces: list[Span]
    cue: Span | None = None
    speaker: Span | None = None
    via: Span | None = None
    asserted: bool = True
    marked: bool = False
    actor: str | None = None
    via_actor: str | None = None

    @property
    def start(self) -> int:
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        return self.pieces[-1][1]
