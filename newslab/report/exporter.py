"""`jupyter nbconvert --to newslab`: a notebook as one self-contained page that opens offline and calls nothing."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode
from traitlets import default
from traitlets.config import Config

from newslab.report.cleaning import clean_html, clean_text
from newslab.report.figures import PLOTLY, figure_html, pack_plotly

TEMPLATES = Path(__file__).parent / "templates"
BUNDLE = "newslab-plotly-bundle-goes-here"
HEADING = re.compile(r"^#\s+(.+?)\s*#*$", re.MULTILINE)


class NewslabExporter(HTMLExporter):
    """Turns a notebook into one HTML page: charts, tables and text, with nothing fetched and nothing of ours left out.

    A plotly output becomes a figure with its words and its table; plotly.js goes once into the page, compressed, and
    only where there is a chart. A Content-Security-Policy lets the exporter's own script run and no other.
    """

    export_from_notebook = "newslab report"

    @property
    def default_config(self) -> Config:
        """Settings of nbconvert, with plotly's output first and three tags that leave parts of a cell out."""
        config = Config(
            {
                "NbConvertBase": {
                    "display_data_priority": [
                        PLOTLY,
                        "text/html",
                        "text/markdown",
                        "image/svg+xml",
                        "image/png",
                        "image/jpeg",
                        "text/latex",
                        "text/plain",
                    ]
                },
                "TagRemovePreprocessor": {
                    "enabled": True,
                    "remove_cell_tags": {"remove-cell"},
                    "remove_input_tags": {"remove-input"},
                    "remove_all_outputs_tags": {"remove-output"},
                },
            }
        )
        merged: Config = super().default_config.copy()
        merged.merge(config)
        return merged

    @default("template_name")
    def _template_name_default(self) -> str:
        return "newslab"

    @default("extra_template_basedirs")
    def _default_extra_template_basedirs(self) -> list[str]:
        return [str(TEMPLATES)]

    @default("embed_images")
    def _embed_images_default(self) -> bool:
        return True

    @default("exclude_anchor_links")
    def _exclude_anchor_links_default(self) -> bool:
        return True

    def default_filters(self) -> Iterator[tuple[str, Any]]:
        """The filters of nbconvert, and those that make outputs safe for a page."""
        yield from super().default_filters()  # type: ignore[no-untyped-call]
        yield "figure_html", figure_html
        yield "safe_html", clean_html
        yield "safe_markdown", self.safe_markdown

    @pass_context
    def safe_markdown(self, context: Context, source: str) -> str:
        """Markdown as HTML, with the same allow list as every other HTML from a cell."""
        return clean_html(self.markdown2html(context, clean_text(source)))

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page of a notebook, as text, and nbconvert's resources."""
        resources = dict(resources or {})
        settings = nb.metadata.get("newslab", {})
        resources["newslab"] = {
            "nonce": secrets.token_urlsafe(16),
            "title": _title(nb, resources),
            "plotly": PLOTLY,
            # Counted by the template, since a notebook may be run on the way to it.
            "count_charts": _count_charts,
            "bundle": BUNDLE,
            "code": settings.get("code", "cell"),
            "css": (TEMPLATES / "newslab" / "page.css").read_text(encoding="utf-8"),
            "js": (TEMPLATES / "newslab" / "page.js").read_text(encoding="utf-8"),
        }
        page, resources = super().from_notebook_node(nb, resources, **kw)
        page = clean_text(page)
        return page.replace(BUNDLE, pack_plotly(), 1) if BUNDLE in page else page, resources


def _count_charts(nb: NotebookNode) -> int:
    outputs = (output for cell in nb.cells for output in cell.get("outputs", []))
    return sum(PLOTLY in output.get("data", {}) for output in outputs)


def _title(nb: NotebookNode, resources: dict[str, Any]) -> str:
    """The notebook's own title, else its first heading, else the file's name."""
    texts = (cell.source for cell in nb.cells if cell.cell_type == "markdown")
    heading = next((match[1] for text in texts if (match := HEADING.search(text))), None)
    name = resources.get("metadata", {}).get("name", "A notebook")
    return escape(clean_text(str(nb.metadata.get("title") or heading or name)))
