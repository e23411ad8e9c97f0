"""What the pieces of a page are made of: escaped words, tables, names and links to sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from newslab.charts.style import known
from newslab.report.cleaning import clean_text


class Html(str):
    """HTML that shows itself in a notebook."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


def show(value: Any) -> str:
    """Words or a number as HTML; a dash where nothing is known."""
    return escape(clean_text(str(value))) if known(value) else '<span class="unknown" title="not known">–</span>'


def byline(facts: Iterable[Any]) -> str:
    """Facts in one line, each a text of its own direction; what is not known is left out."""
    return " ".join(f'<span dir="auto">{show(fact)}</span>' for fact in facts if known(fact) and fact)


def notes(lines: Iterable[str]) -> str:
    """What a reader must know before anything else, a paragraph each."""
    return "".join(f'<p class="note" dir="auto">{show(line[:1].upper() + line[1:])}</p>' for line in lines if line)


def items(lines: Iterable[str], manner: str = "") -> str:
    """Sentences as a list."""
    return f"<ul{manner}>" + "".join(f'<li dir="auto">{show(line)}</li>' for line in lines) + "</ul>"


def make_grid(
    head: Sequence[str], rows: Iterable[Sequence[str]], nothing: str, manner: str = ' class="sortable"'
) -> Html:
    """Cells of HTML as a table, or the words of ``nothing`` where there is no row."""
    cells = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows]
    if not cells:
        return Html(f'<p class="note">{show(nothing)}</p>')
    names = "".join(f'<th scope="col">{show(name)}</th>' for name in head)
    return Html(f"<table{manner}><thead><tr>{names}</tr></thead><tbody>{''.join(cells)}</tbody></table>")


def fold(summary: str, inside: str) -> Html:
    """What is folded away beneath a line that opens it, without a script too."""
    return Html(f"<details><summary>{show(summary)}</summary>{inside}</details>")


def actor_cell(actor: Any, below: Any, names: list[str]) -> str:
    """An actor's name, with what is known of it and its other names beneath."""
    others = [name for name in names if name != actor]
    lines = [below] if known(below) else []
    lines += [f"also: {', '.join(others)}"] if others else []
    small = "".join(f'<small dir="auto">{show(line)}</small>' for line in lines)
    return f"<bdi>{show(actor) if known(actor) else 'not named'}</bdi>{small}"


def quote_cells(row: dict[Any, Any]) -> list[str]:
    """A quote's speaker, words, kind and reporting word."""
    return [
        actor_cell(row["actor"], f"via {row['via']}" if known(row["via"]) else None, []),
        f'<span class="said" dir="auto">{show(row["text"])}</span>',
        show(row["kind"]) + ("" if row["asserted"] is not False else "<small>not asserted</small>"),
        show(row["cue"]),
    ]


def sentence_link(sentence: Any) -> str:
    """A link to the sentence in the marked article; people count from 1."""
    return f'<a href="#s{int(sentence)}">sentence&nbsp;{int(sentence) + 1}</a>' if known(sentence) else show(None)
