"""SQL over tables: one question at a time, which reads and changes nothing, and opens no file but the store's own."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from newslab.article import Article
from newslab.errors import NewslabError
from newslab.store.layout import KEYED, TEXTS, as_frame, clean_text, schema_of, texts_table
from newslab.store.places import Place
from newslab.store.renewing import ABOUT, RENEWED
from newslab.tables import RECORDS, arrow_schema

CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "python_enable_replacements": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "preserve_insertion_order": "true",
    # Where a question does not fit into memory, what is put aside is put here, and not into the user's folder.
    "temp_directory": str(Path(tempfile.gettempdir()) / "newslab-duckdb"),
}
LONGEST_MESSAGE = 300
MEND = "Delete the file of that name in the store's folder articles and run newslab corpus again."
# Articles that several writers wrote at once: the first part that has one keeps it; of two with one id and different
# texts, the second gets another id, which no third one has.
DOUBLED = """
    create table doubled as
    with written as (select article_id, key, parse_filename(filename, true) as part from read_parquet({files},
        filename = true)),
    ranked as (select *, row_number() over (partition by key order by part) = 1 as kept from written),
    counted as (select *, row_number() over (partition by article_id, kept order by part, key) as place from ranked)
    select part, article_id, case when kept then article_id || '-' || left(key, 8) end as new_id
    from counted where not kept or place > 1
"""
SETTLED = """
    select t.* exclude (filename, file_row_number) replace (coalesce(d.new_id, t.article_id) as article_id)
    from read_parquet({files}, filename = true, file_row_number = true) t
    left join doubled d on d.part = parse_filename(t.filename, true) and d.article_id = t.article_id
    where d.part is null or d.new_id is not null
    order by t.filename, t.file_row_number
"""
ONCE = """
    select * exclude (filename) from read_parquet({files}, filename = true)
    qualify row_number() over (partition by key order by filename) = 1 order by filename
"""
# Articles of which something else has come to be known since: the newest of it, whoever wrote it.
CURRENT = """
    create table articles as
    with held as (select *, row_number() over () as place from ({held})),
    newest as (select * from read_parquet({files}, filename = true)
        qualify row_number() over (partition by key, source order by filename desc) = 1)
    select h.* exclude (key, place) replace ({columns})
    from held h left join newest n on n.key = h.key and n.source is not distinct from h.source order by h.place
"""


def ask(connection: duckdb.DuckDBPyConnection, query: str, values: Sequence[Any] = ()) -> pa.Table:
    """The answer to newslab's own question, as an Arrow table; ``NewslabError`` where a file is damaged."""
    try:
        return connection.cursor().sql(query, params=list(values) or None).to_arrow_table()
    except duckdb.Error as error:
        raise NewslabError(f"a part of the store cannot be read ({_first_line(error)}). {MEND}") from error


def answer(connection: duckdb.DuckDBPyConnection, query: str) -> pd.DataFrame:
    """The answer to a user's question; ``NewslabError`` where it is no question, or not understood."""
    try:
        statements = duckdb.extract_statements(clean_text(query))
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise NewslabError("only one SELECT can be asked at a time. The tables are not changed by SQL.")
        return as_frame(connection.cursor().sql(statements[0]).to_arrow_table())
    except (duckdb.Error, AttributeError) as error:
        tables = ", ".join((*RECORDS, TEXTS))
        line = _first_line(error).rstrip(".")
        raise NewslabError(f"the question is not understood: {line}. The tables are {tables}.") from error


def query_tables(table: Callable[[str], pd.DataFrame], articles: Sequence[Article], query: str) -> pd.DataFrame:
    """The answer to a question about tables in memory; ``table`` gives one by its name, and is asked for few."""
    connection = duckdb.connect(config=CLOSED)
    if _asks_for(TEXTS, query):
        _add_table(connection, TEXTS, texts_table(articles))
    for name in RECORDS:
        if _asks_for(name, query):
            frame = table(name)
            _add_table(connection, name, pa.Table.from_pandas(frame, preserve_index=False, schema=_schema(name, frame)))
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return answer(connection, query)


def _asks_for(name: str, query: str) -> bool:
    return re.search(rf"\b{name}\b", query, re.IGNORECASE) is not None


def replace_table(connection: duckdb.DuckDBPyConnection, name: str, frame: pd.DataFrame) -> None:
    """Put a table in memory in the place of a view."""
    connection.execute(f"drop view if exists {name}")
    _add_table(connection, name, pa.Table.from_pandas(frame, preserve_index=False, schema=_schema(name, frame)))


def connect(place: Place, parts: Iterable[str], renewed: Iterable[str] = ()) -> duckdb.DuckDBPyConnection:
    """A connection with a view for each table of a store, which opens no other file."""
    connection = duckdb.connect(config=CLOSED)
    try:
        if (files := place.filesystem()) is not None:
            connection.register_filesystem(files)
        connection.execute(f"set allowed_directories = [{_quote(place.locate(''))}]")
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        _add_views(connection, place, list(parts), list(renewed))
    except duckdb.Error as error:
        raise NewslabError(f"{place.name}: the store cannot be read ({_first_line(error)}). {MEND}") from error
    return connection


def _add_views(connection: duckdb.DuckDBPyConnection, place: Place, parts: list[str], renewed: list[str]) -> None:
    if not parts:
        for name in (*RECORDS, TEXTS):
            empty = schema_of(name).empty_table()
            _add_table(connection, name, empty.drop_columns(["key"]) if name in KEYED else empty)
        return
    files = {name: _list([place.locate(f"{name}/{part}.parquet") for part in parts]) for name in (*RECORDS, TEXTS)}
    connection.execute(DOUBLED.format(files=files["articles"]))
    (doubled,) = connection.execute("select count(*) from doubled").fetchone() or (0,)
    plain = "select * from read_parquet({files})"
    for name in (*RECORDS, TEXTS):
        query = ONCE if name == "failures" else SETTLED if doubled else plain
        held = query.format(files=files[name])
        columns = "* exclude (key)" if name in KEYED else "*"
        if name == "articles" and renewed:
            newer = _list([place.locate(f"{RENEWED}/{part}.parquet") for part in renewed])
            known = ", ".join(f"case when n.key is null then h.{each} else n.{each} end as {each}" for each in ABOUT)
            connection.execute(CURRENT.format(held=held, files=newer, columns=known))
        else:
            connection.execute(f"create view {name} as select {columns} from ({held})")


def _add_table(connection: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    """A table that every question sees; what is registered is seen by the connection alone that it was given to."""
    connection.register("given", table)
    connection.execute(f"create table {name} as select * from given")
    connection.unregister("given")


def _schema(name: str, frame: pd.DataFrame) -> pa.Schema | None:
    """The schema of a table as it is in files, where it has the columns of one and no more."""
    schema = arrow_schema(RECORDS[name])
    return schema if list(frame.columns) == schema.names else None


def _list(names: Iterable[str]) -> str:
    return f"[{', '.join(map(_quote, names))}]"


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _first_line(error: Exception) -> str:
    line = " ".join(str(error).split())
    return line if len(line) <= LONGEST_MESSAGE else f"{line[:LONGEST_MESSAGE]}..."
