"""What is known of an article beside its text may come to be known better: title, date, authors, outlet, address.

The rows that stand are not touched: newer ones are written beside them, into a folder of their own, and the newest of
an article is shown.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from newslab.article import Article
from newslab.store.layout import KEY, clean_text
from newslab.store.places import Place

RENEWED = "renewed"
ABOUT = ("title", "date", "date_source", "authors", "outlet", "url", "warnings")
LISTS = ("authors", "warnings")
# Where a date was found and what is to be noted are told with it, and alone are nothing new.
COMPARED = ("title", "date", "authors", "outlet", "url")
SCHEMA = pa.schema(
    [(name, pa.list_(pa.string()) if name in LISTS else pa.string()) for name in (KEY, "source", *ABOUT)]
)


def describe(article: Article) -> dict[str, Any]:
    """What is known of an article, as a table can hold it."""
    known = {name: getattr(article, name) for name in ("source", *ABOUT)}
    return {name: [*map(_clean, value)] if name in LISTS else _clean(value) for name, value in known.items()}


def fingerprint(about: dict[str, Any]) -> int:
    """A short number that is another where something else is known of an article."""
    data = json.dumps([about[name] or None for name in COMPARED])
    return int(hashlib.sha256(data.encode()).hexdigest()[:15], 16)


def write_renewed(place: Place, rows: Sequence[dict[str, Any]]) -> None:
    """Write what is known newly of some articles; ``rows`` have their keys."""
    file = BytesIO()
    pq.write_table(pa.Table.from_pylist(list(rows), schema=SCHEMA), file, compression="zstd")
    written = json.dumps(rows, sort_keys=True).encode()
    name = f"{len(place.list(RENEWED)):09d}-{hashlib.sha256(written).hexdigest()[:12]}"
    place.write(f"{RENEWED}/{name}.parquet", file.getvalue())


def _clean(value: str | None) -> str | None:
    return clean_text(value) if value else None
