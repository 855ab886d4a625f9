"""DuckDB inside the process: one engine with its memory and threads capped, one connection a thread."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import duckdb
import pyarrow as pa

MOST_VIEWS = 600

_local = threading.local()


class FilesGone(OSError):
    """A Parquet file under an expression is missing or damaged."""


def _config() -> dict[str, str | int | bool]:
    return {
        "memory_limit": os.environ.get("COMMONWEAL_MEMORY", "1GB"),
        "threads": int(os.environ.get("COMMONWEAL_THREADS", "2")),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }


@lru_cache(maxsize=1)
def _engine(process: int) -> duckdb.DuckDBPyConnection:
    """The process's own engine; a forked child gets another."""
    connection = duckdb.connect(":memory:", config=_config())
    connection.execute("SET parquet_metadata_cache = true")
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def backend() -> Any:
    """This thread's Ibis backend over the process's one DuckDB engine."""
    import ibis  # here: it takes half a second, and a few rows can be had without it

    process = os.getpid()
    if getattr(_local, "process", None) != process:
        _local.backend = ibis.duckdb.from_connection(_engine(process).cursor())
        _local.process = process
        _local.views = {}
    return _local.backend


def view(name: str, select: str) -> Any:
    """A table expression over a view of this thread's connection, made once; the oldest give way to new ones."""
    con = backend()
    if name not in _local.views:
        while len(_local.views) >= MOST_VIEWS:
            oldest = next(iter(_local.views))
            del _local.views[oldest]
            con.raw_sql(f'DROP VIEW IF EXISTS "{oldest}"')
        con.raw_sql(f'CREATE OR REPLACE TEMPORARY VIEW "{name}" AS {select}')
        _local.views[name] = con.table(name)
    return _local.views[name]


def run(expr: Any) -> pa.Table:
    """The answer to an expression; raises FilesGone where a file under it is no longer there or not whole."""
    import ibis

    con = backend()
    try:
        if not isinstance(expr, ibis.expr.types.Table):
            return con.to_pyarrow(expr)
        # Ibis's own to_pyarrow does this and imports pandas, half a second in a fresh process.
        return con._to_duckdb_relation(expr).to_arrow_table().cast(expr.schema().to_pyarrow())
    except (duckdb.IOException, duckdb.InvalidInputException) as error:
        raise FilesGone(str(error)) from error


def read(select: str, columns: Sequence[str], where: Mapping[str, Sequence[str] | Sequence[int]]) -> pa.Table:
    """Some columns of the rows of a selection whose values are among those named, by DuckDB alone."""
    named = ", ".join(f'"{column}"' for column in columns)
    tests = " AND ".join(f'"{column}" IN (SELECT unnest(?))' for column in where)
    try:
        asked = _engine(os.getpid()).cursor().execute(
            f"SELECT {named} FROM ({select}) WHERE {tests or 'true'}",  # noqa: S608 - columns of our own, values bound
            [list(values) for values in where.values()],
        )
        return asked.to_arrow_table()
    except (duckdb.IOException, duckdb.InvalidInputException) as error:
        raise FilesGone(str(error)) from error
