"""Checking 20 million visits of an export: every row looked at and accounted for, beside what others would run.

Ours reads dates, prices, members, sites and postcodes as an import does, in a capped process, and says which rows
are wrong; the peers trust the file. Pandera and polars are no part of Commonweal: where they are not installed,
their lines say so. COMMONWEAL_BENCH_IMPORT=1 times the whole import as well (pseudonyms, homes, months summed).
"""

from __future__ import annotations

import importlib.util
import os
import tempfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from commonweal.lake.engine import _config
from commonweal.lake.visits.areas import HomeAreas, written
from commonweal.lake.visits.cleaning import Cleaner, coded_by
from commonweal.lake.visits.exports import look_at
from commonweal.lake.visits.intake import Wish, bring
from commonweal.lake.visits.mapping import propose
from commonweal.lake.visits.report import Tally, Trouble
from commonweal.lake.visits.store import VisitStore

MILLIONS = int(os.environ.get("COMMONWEAL_BENCH_VISITS", "20"))
MEMBERS, SITES, POSTCODES, GROUP, TIMES = 40_000 * MILLIONS, 40, 20_000, 1_000_000, 3
YEAR = 365 * 86_400
TODAY = date(2026, 4, 1)
WHOLE = r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}"
IN_SQL = (
    "SELECT count(*) FILTER (\"Visit date\" IS NULL), count(*) FILTER (\"Visit date\" >= DATE '2026-04-02'), "
    "count(*) FILTER (Price < 0), count(*) FILTER (\"Member No\" IS NULL), count(*) FILTER (Site IS NULL), "
    "count(*) FILTER (NOT regexp_full_match(\"Home postcode\", '{whole}')) FROM read_parquet('{path}')"
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
    """Every row looked at by what an import looks at it with; how many are in the future."""
    said, tally = look_at(path), Tally()
    mapping = propose(said.sample)
    cleaner = Cleaner(mapping, TODAY, tally, said.first_row)
    for batch in said.batches((mapping.when, mapping.price, mapping.member, mapping.site, mapping.postcode)):
        cleaner.clean(batch)
        for named, trouble in ((mapping.member, Trouble.NO_MEMBER), (mapping.site, Trouble.MISFIT)):
            tally.add(trouble, named, blanks(batch.column(named)))
        form = coded_by(batch.column(mapping.postcode), form_of, -1)
        tally.add(Trouble.PART_POSTCODE, mapping.postcode, int((form < 0).sum()))
    return next(one.rows for one in tally.findings() if one.trouble is Trouble.FUTURE)


def blanks(column: pa.Array) -> int:
    """How many cells of a column of text have nothing in them."""
    coded = pa.types.is_dictionary(column.type)
    empty = pc.equal(pc.binary_length(column.dictionary if coded else column), 0)
    return int(pc.sum(pc.fill_null(empty.take(column.indices) if coded else empty, True)).as_py())


def form_of(cells: list[str]) -> np.ndarray:
    """Whether each is a whole postcode."""
    return np.array([0 if written(cell) else -1 for cell in cells], np.int64)


def by_sql(path: Path) -> int:
    """The same questions of the whole file in SQL."""
    with duckdb.connect(config=_config()) as con:
        row = con.execute(IN_SQL.format(path=path, whole=WHOLE)).fetchone()
    assert row is not None
    return int(row[1])


def by_pandas(path: Path) -> int:
    """The same by hand in pandas."""
    import pandas as pd

    rows = pd.read_parquet(path)
    future = int((rows["Visit date"] >= pd.Timestamp("2026-04-02")).sum())
    _ = int((rows.Price < 0).sum()), *(int(rows[one].isna().sum()) for one in ("Member No", "Site", "Visit date"))
    rows["Home postcode"].str.fullmatch(WHOLE).sum()
    return future


def by_pandera(path: Path) -> int:
    """A pandera schema on pandas, every fault listed."""
    import pandas as pd
    import pandera.pandas as pandera

    column, check = pandera.Column, pandera.Check
    schema = pandera.DataFrameSchema({
        "Member No": column(str), "Site": column(str), "Home postcode": column(str, check.str_matches(WHOLE)),
        "Visit date": column("datetime64[s]", check.lt(pd.Timestamp("2026-04-02"))),
        "Price": column(float, check.ge(0)),
    })
    rows = pd.read_parquet(path)
    try:
        schema.validate(rows, lazy=True)
    except pandera.errors.SchemaErrors as found:
        return int((found.failure_cases["column"] == "Visit date").sum())
    return 0


def by_pandera_polars(path: Path) -> int:
    """The same schema on polars."""
    import pandera.polars as pandera
    import polars as pl

    column, check = pandera.Column, pandera.Check
    schema = pandera.DataFrameSchema({
        "Member No": column(str), "Site": column(str), "Home postcode": column(str, check.str_matches(WHOLE)),
        "Visit date": column(pl.Datetime("ms"), check.lt(datetime(2026, 4, 2))),  # noqa: DTZ001 - as in the file
        "Price": column(float, check.ge(0)),
    })
    rows = pl.read_parquet(path)
    try:
        schema.validate(rows, lazy=True)
    except pandera.errors.SchemaErrors as found:
        return int((found.failure_cases["column"] == "Visit date").sum())
    return 0


def timed(work: Callable[[Path], int], path: Path, expected: int) -> float:
    """Median seconds, the answer being right."""
    seconds = []
    for _ in range(TIMES):
        start = perf_counter()
        assert work(path) == expected
        seconds.append(perf_counter() - start)
    return median(seconds)


PEERS: tuple[tuple[str, Callable[[Path], int], tuple[str, ...]], ...] = (
    ("sql", by_sql, ()), ("pandas", by_pandas, ("pandas",)),
    ("pandera_on_pandas", by_pandera, ("pandas", "pandera")),
    ("pandera_on_polars", by_pandera_polars, ("polars", "pandera")),
)


def main() -> None:
    """A line for each peer, and one for the whole import where it is asked for."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "visits.parquet"
        future = export(path)
        mine = timed(checked, path, future)
        for name, work, needed in PEERS:
            missing = [one for one in needed if importlib.util.find_spec(one) is None]
            if missing:
                print(f"visits_checked_{MILLIONS}m_vs_{name}: {' and '.join(missing)} not installed here")
                continue
            theirs = timed(work, path, future)
            print(f"visits_checked_{MILLIONS}m_vs_{name} {mine:.3f} {theirs:.3f} {mine / theirs:.3f}", flush=True)
        if os.environ.get("COMMONWEAL_BENCH_IMPORT"):
            homes = HomeAreas(np.array([], "S8"), np.array([], object), {})
            store = VisitStore(Path(folder) / "lake", "bench", "leisure")
            wish = Wish(TODAY, homes, keys=Path(folder))
            start = perf_counter()
            bring(store, path, wish)
            print(f"visits_brought_in_{MILLIONS}m: {perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
