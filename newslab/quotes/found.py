"""What a rule hands back: the pieces of a quote, its cue and its speaker, before names are put to them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from newslab.text import Span


@dataclass(slots=True)
class Found:
    """A quote as a rule found it; ``pieces`` in order, ``speaker`` the mention beside the cue,
    ``named`` the noun phrase that says who it is where that is another ("who", "his father, Joe Field");
    ``marked`` where the words in marks are the whole of it, ``nobody`` where the text hides who speaks ("it is said"),
    ``scare`` where marks inside are the writer's own."""

    rule: str
    pieces: list[Span]
    cue: Span | None = None
    speaker: Span | None = None
    via: Span | None = None
    asserted: bool = True
    named: Span | None = None
    marked: bool = False
    nobody: bool = False
    scare: bool = False
    actor: str | None = None
    via_actor: str | None = None

    @property
    def start(self) -> int:
        """Where the first piece begins."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """Where the last piece ends."""
        return self.pieces[-1][1]

    def split(self) -> list[Found]:
        """One quote for each piece."""
        return [replace(self, pieces=[piece]) for piece in self.pieces]
