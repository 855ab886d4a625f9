"""How visits lie on disk: whole numbers on each row, a roll-up of members and small sums beside them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from commonweal.lake.visits.words import words

# member, area, decile, age (band), grp and activity are empty where not known; pence where not known or not paid.
STAGED = pa.schema([
    ("month", pa.int32()), ("member", pa.int32()), ("site", pa.int32()), ("moment", pa.int64()),
    ("visits", pa.int32()), ("area", pa.int32()), ("decile", pa.int32()), ("age", pa.int32()),
    ("grp", pa.int32()), ("activity", pa.int32()), ("pence", pa.int32()),
])
ROLLUP = ("member", "site", "month", "area", "decile", "age", "grp", "visits", "pence")


@dataclass(frozen=True, slots=True)
class Laid:
    """What one month came to."""

    rows: int
    visits: int
    known: int
    placed: int
    duplicates: int
    same_day: int
    house_rows: int
    house_visits: int


def lay_month(con: duckdb.DuckDBPyConnection, staged: Path, month: int, folder: Path, *, timed: bool) -> Laid:
    """Write a month's visits.parquet, rollup.parquet and cells.parquet from rows that were let in."""
    folder.mkdir(parents=True)
    rows = f"(SELECT * FROM read_parquet({quoted(staged)}) WHERE month = {month:d})"  # noqa: S608 - our own path
    same = "member, site, moment, activity, visits, pence"
    before, known, alike = _one(
        con, f"SELECT count(*), count(member), (SELECT count(*) FROM (SELECT DISTINCT {same} FROM {rows} "  # noqa: S608
        f"WHERE member IS NOT NULL)) FROM {rows}",
    )
    repeated = known - alike
    source = rows
    if timed and repeated:
        source = (
            f"(SELECT DISTINCT ON ({same}) * FROM {rows} WHERE member IS NOT NULL "  # noqa: S608
            f"UNION ALL SELECT * FROM {rows} WHERE member IS NULL)"
        )
    house = (
        f"(SELECT member FROM {source} WHERE member IS NOT NULL GROUP BY member "  # noqa: S608
        f"HAVING sum(visits) > {words().most_visits_a_month:d})"
    )
    house_rows, house_visits = _one(
        con, f"SELECT count(*), coalesce(sum(visits), 0) FROM {source} WHERE member IN {house}"  # noqa: S608
    )
    freed = f"SELECT * REPLACE (CASE WHEN member IN {house} THEN NULL ELSE member END AS member) FROM {source}"  # noqa: S608
    visits = folder / "visits.parquet"
    _copy(con, freed if house_rows else f"SELECT * FROM {source}", visits)  # noqa: S608
    _copy(con, _summed(visits, ROLLUP[:-2], "ORDER BY member"), folder / "rollup.parquet")
    cells = ("month", "site", "decile", "member IS NOT NULL AS known")
    _copy(con, _summed(visits, cells), folder / "cells.parquet")
    total, told, placed = _one(
        con, "SELECT coalesce(sum(visits), 0), coalesce(sum(visits) FILTER (member IS NOT NULL), 0), "  # noqa: S608
        f"coalesce(sum(visits) FILTER (area IS NOT NULL), 0) FROM read_parquet({quoted(visits)})",
    )
    out = repeated if timed else 0
    return Laid(before - out, total, told, placed, out, 0 if timed else repeated, house_rows, house_visits)


def _summed(visits: Path, by: tuple[str, ...], order: str = "") -> str:
    keys = ", ".join(str(at + 1) for at in range(len(by)))
    return (
        f"SELECT {', '.join(by)}, CAST(sum(visits) AS INTEGER) AS visits, CAST(sum(pence) AS BIGINT) AS pence "  # noqa: S608
        f"FROM read_parquet({quoted(visits)}) GROUP BY {keys} {order}"
    )


def quoted(*paths: Path) -> str:
    """Paths of our own as SQL text."""
    listed = ", ".join("'" + str(path.absolute()).replace("'", "''") + "'" for path in paths)
    return f"[{listed}]"


def _copy(con: duckdb.DuckDBPyConnection, select: str, path: Path) -> None:
    place = str(path).replace("'", "''")
    con.execute(f"COPY ({select}) TO '{place}' (FORMAT parquet, COMPRESSION zstd)")


def _one(con: duckdb.DuckDBPyConnection, sql: str) -> tuple[Any, ...]:
    row = con.execute(sql).fetchone()
    assert row is not None
    return row
