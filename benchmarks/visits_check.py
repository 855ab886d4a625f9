"""Checking 20 million visits of an export: every row looked at and accounted for, beside checks by hand in SQL.

Ours reads dates, counts and prices and says what is wrong with each row; the whole import (pseudonyms, homes,
months laid and summed) is timed once beside it.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from commonweal.lake.engine import _config
from commonweal.lake.visits.areas import HomeAreas
from commonweal.lake.visits.cleaning import Cleaner
from commonweal.lake.visits.exports import look_at
from commonweal.lake.visits.intake import Wish, bring
from commonweal.lake.visits.mapping import propose
from commonweal.lake.visits.report import Tally, Trouble
from commonweal.lake.visits.store import VisitStore

MILLIONS = int(os.environ.get("COMMONWEAL_BENCH_VISITS", "20"))
MEMBERS, SITES, POSTCODES, GROUP, TIMES = 40_000 * MILLIONS, 40, 20_000, 1_000_000, 3
YEAR = 365 * 86_400
TODAY = date(2026, 4, 1)
BY_HAND = (
    "SELECT count(*) FILTER (\"Visit date\" IS NULL), count(*) FILTER (\"Visit date\" >= DATE '2026-04-02'), "
    "count(*) FILTER (Price < 0), count(*) FILTER (\"Member No\" IS NULL), count(DISTINCT Site) "
    "FROM read_parquet('{path}')"
)


def export(path: Path) -> int:
    """An export of a year, written a million rows at a time; how many of its rows are in the future."""
    rng, future = np.random.default_rng(1), 0
    postcodes = np.array([f"ZZ{at // 100} {at % 10}A{chr(65 + at % 26)}" for at in range(POSTCODES)])
    start = np.datetime64("2025-04-01T06:00").astype("datetime64[s]")
    with pq.ParquetWriter(path, pa.schema([
        ("Member No", pa.string()), ("Visit date", pa.timestamp("s")), ("Site", pa.string()),
        ("Home postcode", pa.string()), ("Price", pa.float64()),
    ])) as out:
        for _ in range(MILLIONS):
            member = rng.integers(0, MEMBERS, GROUP)
            late = np.where(rng.random(GROUP) < 0.001, 5 * YEAR, 0)
            at = start + rng.integers(0, YEAR, GROUP) + late
            future += int((at >= np.datetime64("2026-04-02")).sum())
            price = np.where(rng.random(GROUP) < 0.001, -1.0, rng.integers(100, 900, GROUP) / 100)
            out.write_table(pa.table([
                pa.array(np.char.add("M", member.astype("U8"))), pa.array(at),
                pa.array(np.char.add("Site ", rng.integers(0, SITES, GROUP).astype("U3"))),
                pa.array(postcodes[member % POSTCODES]), pa.array(price),
            ], schema=out.schema))
    return future


def checked(path: Path) -> int:
    """Every row cleaned; how many are in the future."""
    said, tally = look_at(path), Tally()
    mapping = propose(said.sample)
    cleaner = Cleaner(mapping, TODAY, tally, said.first_row)
    for batch in said.batches((mapping.when, mapping.price)):
        cleaner.clean(batch)
    return next(one.rows for one in tally.findings() if one.trouble is Trouble.FUTURE)


def by_hand(path: Path) -> int:
    """The same questions of the whole file in SQL."""
    with duckdb.connect(config=_config()) as con:
        row = con.execute(BY_HAND.format(path=path)).fetchone()
    assert row is not None
    return int(row[1])


def timed(work: Callable[[Path], int], path: Path, expected: int) -> float:
    """Median seconds, the answer being right."""
    seconds = []
    for _ in range(TIMES):
        start = perf_counter()
        assert work(path) == expected
        seconds.append(perf_counter() - start)
    return median(seconds)


def main() -> None:
    """A line for the check, and one for the whole import."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "visits.parquet"
        future = export(path)
        mine, theirs = timed(checked, path, future), timed(by_hand, path, future)
        print(f"visits_checked_{MILLIONS}m_vs_sql {mine:.3f} {theirs:.3f} {mine / theirs:.3f}")
        homes = HomeAreas(np.array([], "S8"), np.array([], object), {})
        start = perf_counter()
        bring(VisitStore(Path(folder) / "lake", "bench", "leisure"), path, Wish(TODAY, homes, keys=Path(folder)))
        print(f"visits_brought_in_{MILLIONS}m: {perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
