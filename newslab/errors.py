"""Every error that newslab raises on purpose; each says what was wrong and what to do next."""

from __future__ import annotations


class NewslabError(Exception):
    """Anything that newslab refuses to do; catch this to catch all of them."""


class LoadError(NewslabError):
    """A source could not be read: names the source, the reason and the next step."""

    def __init__(self, source: object, reason: str, next_step: str) -> None:
        self.source = str(source)
        self.reason = reason
        self.next_step = next_step
        super().__init__(self.source, reason, next_step)

    def __str__(self) -> str:
        return " ".join(f"{self.source}: {self.reason}. {self.next_step}.".splitlines())


class ModelError(NewslabError):
    """The English language model is missing or does not fit; the message gives the line that installs it."""


class LanguageWarning(UserWarning):
    """An article is not in English, the one language that newslab's rules and lists know."""


class ReportError(NewslabError):
    """A report could not be made or written: names the file and the reason."""
