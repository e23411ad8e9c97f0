"""How records become a typed DataFrame, and a DataFrame plain values again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from functools import cache
from types import NoneType
from typing import Any, TypeAlias, TypeVar, get_args, get_origin, get_type_hints

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray
from pandas.api.extensions import ExtensionArray

Row = TypeVar("Row")
_Column: TypeAlias = "pd.Series[Any] | ExtensionArray | NDArray[np.object_]"
SURROGATE = re.compile("[\ud800-\udfff]")
DTYPES = {str: "string", int: "Int64", float: "Float64", bool: "boolean"}
KINDS = {dtype: kind for kind, dtype in DTYPES.items()}
ARROW_TYPES = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
# What a spreadsheet takes for the beginning of a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def make_table(record: type[Row], rows: Iterable[Row]) -> pd.DataFrame:
    """A DataFrame with one column a field of ``record``, typed by it, and one row for each of ``rows``."""
    listed = list(rows)
    columns = {}
    for field in fields(record):  # type: ignore[arg-type]
        values = [getattr(row, field.name) for row in listed]
        columns[field.name] = _make_column(values, _dtype(record, field.name))  # type: ignore[arg-type]
    return pd.DataFrame(columns, index=pd.RangeIndex(len(listed)), copy=False)


def _make_column(values: list[Any], dtype: str) -> _Column:
    """A typed column; a lone surrogate, which no table can hold as text, becomes the sign of a broken character."""
    try:
        column = _make_plain_column(values, dtype)
        return pd.Series(values, dtype=dtype) if column is None else column
    except UnicodeEncodeError:
        return pd.Series([SURROGATE.sub("\ufffd", value) if value else value for value in values], dtype="string")


def _make_plain_column(values: list[Any], dtype: str) -> _Column | None:
    """The column where all values are of its plain type or unknown, else ``None``.

    pandas looks at every value of a list again and again, which for the few rows of one article takes ten times as
    long as giving it the finished array.
    """
    if dtype == "object":
        held = np.empty(len(values), dtype=object)
        held[:] = [_without_surrogates(value) for value in values]
        return held
    kind = KINDS[dtype]
    if not {type(value) for value in values} <= {kind, NoneType}:
        return None
    if kind is str:
        return pd.arrays.ArrowStringArray(pa.chunked_array([pa.array(values, pa.large_string())]))
    unknown = np.fromiter((value is None for value in values), dtype=bool, count=len(values))
    known: NDArray[Any] = np.array([kind() if value is None else value for value in values], dtype=kind)
    if kind is float:
        return pd.arrays.FloatingArray(known, unknown | np.isnan(known))
    return pd.arrays.IntegerArray(known, unknown) if kind is int else pd.arrays.BooleanArray(known, unknown)


def _without_surrogates(value: Any) -> Any:
    """A list of names as a table can hold it; other values as they are."""
    if isinstance(value, list) and value and isinstance(value[0], str):
        return [SURROGATE.sub("\ufffd", name) for name in value]
    return value


def as_record(row: Any) -> dict[str, Any]:
    """The fields of one row by their names."""
    return {field.name: getattr(row, field.name) for field in fields(row)}


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as dicts, in order; what is not known is ``None``."""
    names = list(table.columns)
    columns = [_plain_values(column) for _, column in table.items()]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def values_of(table: pd.DataFrame, *names: str) -> Iterator[tuple[Any, ...]]:
    """The values of some columns, row by row; what is not known is ``None``."""
    return zip(*(_plain_values(table[name]) for name in names), strict=True)


def _plain_values(column: pd.Series[Any]) -> list[Any]:
    unknown = column.isna().to_numpy(dtype=bool)
    values = column.tolist()
    if not unknown.any():
        return values
    return [None if gone else value for value, gone in zip(values, unknown.tolist(), strict=True)]


def describe_columns(record: type[Any]) -> dict[str, str]:
    """What each column of a table holds, in words; the documentation's tables are made from it."""
    hints = get_type_hints(record, include_extras=True)
    return {field.name: hints[field.name].__metadata__[0] for field in fields(record)}


def arrow_schema(record: type[Any]) -> pa.Schema:
    """The columns and types of a table in Parquet and Arrow, the same for an empty table as for a full one."""
    return pa.schema([(name, _arrow_type(_known(hint))) for name, hint in get_type_hints(record).items()])


def escape_formulas(table: pd.DataFrame) -> pd.DataFrame:
    """A copy in which no cell is a formula to a spreadsheet: an apostrophe stands before one that begins like one.

    Text that begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return is run as a formula by spreadsheets,
    and an article may say anything. Source: OWASP, "CSV Injection".
    """
    escaped = {name: column.map(_escape).astype(column.dtype) for name, column in table.items() if _is_text(column)}
    return table.assign(**{str(name): column for name, column in escaped.items()})


def _escape(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def _is_text(column: pd.Series[Any]) -> bool:
    return pd.api.types.is_string_dtype(column.dtype) or pd.api.types.is_object_dtype(column.dtype)


@cache
def _dtype(record: type[Any], name: str) -> str:
    hint = _known(get_type_hints(record)[name])
    return "object" if get_origin(hint) is list else DTYPES[hint]


def _known(hint: Any) -> Any:
    """A column's type without the ``None`` of what may be unknown."""
    kinds = [kind for kind in get_args(hint) if kind is not type(None)]
    return hint if get_origin(hint) is list or not kinds else kinds[0]


def _arrow_type(hint: Any) -> pa.DataType:
    return pa.list_(_arrow_type(get_args(hint)[0])) if get_origin(hint) is list else ARROW_TYPES[hint]
