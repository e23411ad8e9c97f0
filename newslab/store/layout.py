"""What a store's files hold: the columns of each table, and how a DataFrame becomes a Parquet file and back."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from newslab.article import Article
from newslab.tables import RECORDS, arrow_schema
from newslab.tables.making import SURROGATE

TEXTS = "texts"
KEY = "key"
KEYED = ("articles", "failures")


def schema_of(name: str) -> pa.Schema:
    """The columns of a table's files: those of the table, and in some the key by which an article is known again."""
    if name == TEXTS:
        # Half a character (a lone surrogate), which no column of text can hold, stays what it is.
        return pa.schema([("article_id", pa.string()), ("text", pa.binary())])
    schema = arrow_schema(RECORDS[name])
    return schema.append(pa.field(KEY, pa.string())) if name in KEYED else schema


def as_parquet(table: pd.DataFrame | pa.Table, name: str) -> bytes:
    """A table as the bytes of a Parquet file, packed with zstd."""
    if isinstance(table, pd.DataFrame):
        table = pa.Table.from_pandas(table, schema=schema_of(name), preserve_index=False)
    file = BytesIO()
    pq.write_table(table.replace_schema_metadata(None), file, compression="zstd")
    return file.getvalue()


def texts_table(articles: Sequence[Article]) -> pa.Table:
    """The texts of some articles, as the table ``texts`` has them."""
    texts = [article.text.encode("utf-8", "surrogatepass") for article in articles]
    return pa.table([[clean_text(article.article_id) for article in articles], texts], schema=schema_of(TEXTS))


def clean_text(text: str) -> str:
    """A text as the tables have it, which hold no lone surrogates."""
    return SURROGATE.sub("\ufffd", text)


def as_frame(table: pa.Table) -> pd.DataFrame:
    """An Arrow table as a DataFrame with the types that newslab's tables have; of equal names the second gets a number.

    A question may ask for ``q.article_id`` and ``a.article_id``: they are ``article_id`` and ``article_id_1``.
    """
    names: list[str] = []
    for name in table.column_names:
        number = 0
        own = name
        while own in names:
            number += 1
            own = f"{name}_{number}"
        names.append(own)
    columns = {name: _column(table.column(place)) for place, name in enumerate(names)}
    return pd.DataFrame(columns, index=pd.RangeIndex(table.num_rows), copy=False)


def _column(column: pa.ChunkedArray) -> Any:
    kind = column.type
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        texts = (None if value is None else value.decode("utf-8", "replace") for value in column.to_pylist())
        column = pa.chunked_array([pa.array(texts, pa.large_string())])
        kind = column.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return pd.arrays.ArrowStringArray(column.cast(pa.large_string()))
    if pa.types.is_decimal(kind):
        # A sum of whole numbers is wider than a column of them.
        column = column.cast(pa.int64() if kind.scale == 0 and _fits(column) else pa.float64(), safe=False)
        kind = column.type
    if pa.types.is_null(kind):
        return pd.array([None] * len(column), dtype="string")
    make = _array_type(kind)
    if make is None:
        held = np.empty(len(column), dtype=object)
        held[:] = column.to_pylist()
        return held
    unknown = column.is_null().to_numpy().astype(bool)
    values, dtype = column.fill_null(False if pa.types.is_boolean(kind) else 0), make
    if dtype == "boolean":
        return pd.arrays.BooleanArray(values.to_numpy().astype(bool), unknown)
    if dtype == "Int64":
        # A hash may need the one bit more that numbers have which are never below zero.
        wide = values if pa.types.is_uint64(kind) and not _fits(values) else values.cast(pa.int64())
        return pd.arrays.IntegerArray(wide.to_numpy().copy(), unknown)
    return pd.arrays.FloatingArray(values.cast(pa.float64()).to_numpy().copy(), unknown)


def _fits(column: pa.ChunkedArray) -> bool:
    """Whether these numbers are none too large for a column of whole numbers."""
    try:
        column.cast(pa.int64())
    except pa.ArrowInvalid:
        return False
    return True


def _array_type(kind: pa.DataType) -> str | None:
    if pa.types.is_boolean(kind):
        return "boolean"
    if pa.types.is_integer(kind):
        return "Int64"
    return "Float64" if pa.types.is_floating(kind) else None
