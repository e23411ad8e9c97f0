"""Charts for a page that calls nothing: plotly outputs as figures with words and a table, and plotly.js packed once."""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Mapping
from functools import cache
from html import escape, unescape
from typing import Any

from plotly.offline import get_plotlyjs

from newslab.report.cleaning import clean_html, clean_text

PLOTLY = "application/vnd.plotly.v1+json"
UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
CONFIG = {
    "responsive": True,
    "displaylogo": False,
    "modeBarButtonsToRemove": ["sendChartToCloud", "select2d", "lasso2d", "autoScale2d", "zoomIn2d", "zoomOut2d"],
}
# What a title with a subtitle takes of the height of one of newslab's charts.
TITLE_HEIGHT = 48
DEFAULT_HEIGHT = 420
NO_CAPTION = "A chart without a caption; the numbers are in the cell that drew it."


def figure_html(bundle: Mapping[str, Any]) -> str:
    """One plotly output as a ``<figure>``: title and words above, the drawing, and its rows as a table beneath.

    ``bundle`` is what plotly puts under ``application/vnd.plotly.v1+json``. Words and table come from
    ``layout.meta``, a dict with ``caption``, ``columns`` and ``rows``; a chart without it shows its title. Where
    nothing is drawn, the words stand alone.
    """
    layout = dict(bundle.get("layout") or {})
    meta = layout.pop("meta", None)
    meta = meta if isinstance(meta, Mapping) else {}
    title, subtitle = _lift_title(layout)
    caption = clean_text(str(meta.get("caption") or "")) or ("" if title else NO_CAPTION)
    if caption and not bundle.get("data") and not meta.get("rows"):
        return f'<p class="output note">{escape(caption)}</p>'
    layout.pop("width", None)
    layout |= {"autosize": True, "height": layout.get("height") or DEFAULT_HEIGHT}
    chart = {"data": bundle.get("data") or [], "layout": layout, "config": CONFIG}
    below = f"<span>{escape(subtitle)}</span>" if subtitle else ""
    words = (f"<strong>{escape(title)}{below}</strong> " if title else "") + escape(caption)
    return (
        f'<figure class="chart wide"><figcaption dir="auto">{words}</figcaption>'
        f'<div class="drawing" style="min-height:{int(layout["height"])}px"></div>'
        f'<script type="application/json">{pack_json(chart)}</script>{_table(meta)}</figure>'
    )


def pack_json(value: object) -> str:
    """JSON that cannot end the script element it stands in, whatever texts it holds."""
    return json.dumps(_clean(value), separators=(",", ":"), ensure_ascii=False, allow_nan=False).translate(UNSAFE)


@cache
def pack_plotly() -> str:
    """The installed plotly.js, gzipped and base64-coded: 2 MB in the page where plain text would be 4.8 MB."""
    return base64.b64encode(gzip.compress(get_plotlyjs().encode("utf-8"), 9, mtime=0)).decode("ascii")


def _lift_title(layout: dict[str, Any]) -> tuple[str, str]:
    """Title and subtitle taken out of the drawing, where they cannot wrap, with the room they had."""
    title = layout.pop("title", None)
    title = title if isinstance(title, Mapping) else {"text": title}
    subtitle = title.get("subtitle")
    below = subtitle.get("text") if isinstance(subtitle, Mapping) else None
    margin = layout.get("margin")
    if title.get("text") and isinstance(margin, Mapping) and margin.get("t", 0) > TITLE_HEIGHT:
        layout["margin"] = {**margin, "t": margin["t"] - TITLE_HEIGHT}
        if layout.get("height"):
            layout["height"] -= TITLE_HEIGHT
    return _plain(title.get("text")), _plain(below)


def _plain(text: object) -> str:
    """The words of a text in plotly's own little html."""
    spaced = re.sub(r"<br */?>", " ", str(text or ""))
    return clean_text(" ".join(unescape(re.sub(r"</?\w[^<>]*>", "", spaced)).split()))


def _table(meta: Mapping[str, Any]) -> str:
    columns, rows = meta.get("columns"), meta.get("rows")
    if not columns or not rows:
        return ""
    head = "".join(f'<th scope="col">{escape(str(name))}</th>' for name in columns)
    body = "".join("<tr>" + "".join(f'<td dir="auto">{_cell(cell)}</td>' for cell in row) + "</tr>" for row in rows)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return clean_html(f'<details class="data"><summary>The numbers behind the chart</summary>{table}</details>')


def _cell(value: object) -> str:
    if value is None:
        return escape("<NA>")
    return escape(f"{value:.2f}" if isinstance(value, float) else str(value))


def _clean(value: object) -> object:
    """The value with every text cleaned, and null where a number is none, which JSON cannot hold."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, Mapping):
        return {str(key): _clean(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(each) for each in value]
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return None
    return value
