"""How visits lie on disk: whole numbers on each row, a roll-up of members and small sums beside them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from commonweal.lake.visits.words import words

# member, area, decile, age (band), grp and activity are empty where not known; pence where not known or not paid.
STAGED = pa.schema([
    ("month", pa.int32()), ("member", pa.int32()), ("site", pa.int32()), ("moment", pa.int64()),
    ("visits", pa.int32()), ("area", pa.int32()), ("decile", pa.int32()), ("age", pa.int32()),
    ("grp", pa.int32()), ("activity", pa.int32()), ("pence", pa.int32()),
])
ROLLUP = ("member", "site", "month", "area", "decile", "age", "grp", "visits", "pence")

BITS = 63  # sites in one word of bits


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


def lay_month(con: duckdb.DuckDBPyConnection, staged: Path, folder: Path, *, timed: bool) -> Laid:
    """Write a month's visits, rollup, people and flows (.parquet) from rows that were let in."""
    folder.mkdir(parents=True)
    rows = f"read_parquet({quoted(staged)})"
    same = "member, site, moment, activity, visits, pence"
    before, known, alike = _one(
        con, f"SELECT count(*), count(member), (SELECT count(*) FROM (SELECT DISTINCT {same} FROM {rows} "  # noqa: S608 - our own columns and paths, values bound
        f"WHERE member IS NOT NULL)) FROM {rows}",
    )
    repeated = known - alike
    source = rows
    if timed and repeated:
        source = (
            f"(SELECT DISTINCT ON ({same}) * FROM {rows} WHERE member IS NOT NULL "  # noqa: S608 - our own columns and paths, values bound
            f"UNION ALL SELECT * FROM {rows} WHERE member IS NULL)"
        )
    house = (
        f"(SELECT member FROM {source} WHERE member IS NOT NULL GROUP BY member "  # noqa: S608 - our own columns and paths, values bound
        f"HAVING sum(visits) > {words().most_visits_a_month:d})"
    )
    house_rows, house_visits = _one(
        con, f"SELECT count(*), coalesce(sum(visits), 0) FROM {source} WHERE member IN {house}"  # noqa: S608 - our own columns and paths, values bound
    )
    freed = f"SELECT * REPLACE (CASE WHEN member IN {house} THEN NULL ELSE member END AS member) FROM {source}"  # noqa: S608 - our own columns and paths, values bound
    visits = folder / "visits.parquet"
    _copy(con, freed if house_rows else f"SELECT * FROM {source}", visits)  # noqa: S608 - our own columns and paths, values bound
    _copy(con, _summed(visits, ROLLUP[:-2], "ORDER BY member"), folder / "rollup.parquet")
    for name, select in _BESIDE.items():
        _copy(con, select(con, folder / "rollup.parquet"), folder / f"{name}.parquet")
    total, told, placed = _one(
        con, "SELECT coalesce(sum(visits), 0), coalesce(sum(visits) FILTER (member IS NOT NULL), 0), "  # noqa: S608 - our own columns and paths, values bound
        f"coalesce(sum(visits) FILTER (area IS NOT NULL), 0) FROM read_parquet({quoted(visits)})",
    )
    out = repeated if timed else 0
    return Laid(before - out, total, told, placed, out, 0 if timed else repeated, house_rows, house_visits)


def _summed(visits: Path, by: tuple[str, ...], order: str = "") -> str:
    keys = ", ".join(str(at + 1) for at in range(len(by)))
    return (
        f"SELECT {', '.join(by)}, CAST(sum(visits) AS INTEGER) AS visits, CAST(sum(pence) AS BIGINT) AS pence "  # noqa: S608 - our own columns and paths, values bound
        f"FROM read_parquet({quoted(visits)}) GROUP BY {keys} {order}"
    )


def beside(rollup: Path, name: str) -> pa.Table:
    """The people or the flows of a month, summed from its roll-up where an older import did not keep them."""
    kept = rollup.with_name(f"{name}.parquet")
    if kept.exists():
        return pq.read_table(kept)
    with duckdb.connect() as con:
        return con.execute(_BESIDE[name](con, rollup)).to_arrow_table()


def _people(con: duckdb.DuckDBPyConnection, rollup: Path) -> str:
    """A row a member in order of number: visits, home and age, -1 where not known, and sites as bits of words."""
    (last,) = _one(con, f"SELECT coalesce(max(site), 0) FROM read_parquet({quoted(rollup)})")  # noqa: S608 - our own columns and paths, values bound
    words_of_sites = ", ".join(
        f"bit_or(CASE WHEN site BETWEEN {at} AND {at + BITS - 1} THEN 1::BIGINT << (site - {at}) "
        f"ELSE 0::BIGINT END) AS sites_{at // BITS}" for at in range(0, int(last) + 1, BITS)
    )
    return (
        "SELECT member, CAST(sum(visits) AS INTEGER) AS visits, coalesce(max(area), -1) AS area, "  # noqa: S608 - our own columns and paths, values bound
        f"coalesce(max(age), -1) AS age, {words_of_sites} FROM read_parquet({quoted(rollup)}) "
        "WHERE member IS NOT NULL GROUP BY member ORDER BY member"
    )


def _flows(con: duckdb.DuckDBPyConnection, rollup: Path) -> str:
    """Visits, those with a price, and pence by site, home and whether the card is known: some thousand rows."""
    return (
        "SELECT coalesce(site, -1) AS site, coalesce(area, -1) AS area, "  # noqa: S608 - our own path
        "CAST(member IS NOT NULL AS INTEGER) AS known, CAST(sum(visits) AS BIGINT) AS visits, "
        "CAST(coalesce(sum(visits) FILTER (pence IS NOT NULL), 0) AS BIGINT) AS priced, "
        f"CAST(coalesce(sum(pence), 0) AS BIGINT) AS pence FROM read_parquet({quoted(rollup)}) GROUP BY 1, 2, 3"
    )


_BESIDE = {"people": _people, "flows": _flows}


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
