"""Who benefits of many visits: our layout beside SQL, pandas and polars over the raw export; then a month more.

20 million visits, or as many millions as COMMONWEAL_BENCH_VISITS says (100 for the large run); the month added
is a fiftieth of them.
"""

from __future__ import annotations

import importlib.util
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from commonweal.lake.engine import _config
from commonweal.lake.visits.layout import STAGED, lay_month
from commonweal.lake.visits.standing import EMPTY, Standing, add_month, summary_of
from commonweal.lake.visits.store import Dictionary
from commonweal.lake.visits.summary import Summary, months_of
from commonweal.methods.inequality import gini

MILLIONS = int(os.environ.get("COMMONWEAL_BENCH_VISITS", "20"))
MONTHS = months_of(2024)
MEMBERS, SITES, AREAS, TIMES = 40_000 * MILLIONS, 40, 1_200, 3
WORDS = Dictionary(tuple(map(str, range(SITES))), tuple(map(str, range(AREAS))))
WHO = (
    "SELECT member, count(*) AS visits, arg_max(decile, month) AS decile "
    "FROM read_parquet('{raw}') GROUP BY member"
)
BY_DECILE = "SELECT decile, count(*), sum(visits) FROM ({who}) GROUP BY decile ORDER BY decile"
HOW_OFTEN = "SELECT visits, count(*) FROM ({who}) GROUP BY visits ORDER BY visits"


def drawn(rng: np.random.Generator, month: int, home: np.ndarray) -> pa.Table:
    """A month's visits as whole numbers, members coming as unequally as they do."""
    rows = MILLIONS * (20_000 if month == MONTHS[-1] else 980_000 // (len(MONTHS) - 1))
    often = rng.random(rows) < 0.5  # half of visits are by a tenth of members
    member = rng.integers(0, np.where(often, MEMBERS // 10, MEMBERS)).astype(np.int32)
    columns = {
        "month": np.full(rows, month), "member": member, "site": rng.integers(0, SITES, rows),
        "moment": np.arange(rows), "visits": np.ones(rows), "area": home[member],
        "decile": home[member] % 10 + 1, "age": member % 10, "grp": np.zeros(rows), "activity": np.zeros(rows),
        "pence": rng.integers(100, 900, rows),
    }
    typed = [pa.array(columns[one.name].astype(one.type.to_pandas_dtype())) for one in STAGED]
    return pa.table(typed, schema=STAGED)


def laid(folder: Path) -> tuple[Path, list[Path]]:
    """The raw export, cards as text, in one folder; and the months as an import lays them."""
    rng, raw, months = np.random.default_rng(1), folder / "raw", []
    raw.mkdir()
    home = rng.integers(0, AREAS, MEMBERS)
    con = duckdb.connect(config={**_config(), "temp_directory": str(folder / "spill")})
    for month in MONTHS:
        staged = folder / "staged.parquet"
        table = drawn(rng, month, home)
        pq.write_table(table, staged, compression="lz4")
        lay_month(con, staged, folder / str(month), timed=False)
        card = pa.array(np.char.add("M", table["member"].to_numpy().astype("U8")))
        export = pa.table({"member": card, **{name: table[name] for name in ("month", "site", "decile", "pence")}})
        pq.write_table(export, raw / f"{month}.parquet", compression="zstd")
        months.append(folder / str(month) / "rollup.parquet")
    return raw, months


def ours(months: list[Path]) -> Summary:
    """Everything kept of the year, from the roll-ups alone."""
    held: Standing = EMPTY
    for month, path in zip(MONTHS, months, strict=True):
        held = add_month(held, path, month, "f")
    return summary_of({2024: held}, 2024, WORDS, frozenset(MONTHS))


def by_sql(raw: Path) -> tuple[int, float]:
    """Hand-written DuckDB over the raw export."""
    con = duckdb.connect(config=_config())
    con.execute(f"CREATE TEMP TABLE who AS {WHO.format(raw=raw / '*.parquet')}")
    con.execute(BY_DECILE.format(who="FROM who")).fetchall()
    often = con.execute(HOW_OFTEN.format(who="FROM who")).fetchall()
    con.close()
    return sum(people for _, people in often), gini(*zip(*often, strict=True))


def by_pandas(raw: Path) -> tuple[int, float]:
    """Pandas, told to read as little as it can."""
    import pandas as pd

    rows = pd.read_parquet(raw, columns=["member", "decile"])
    who = rows.groupby("member", sort=False).agg(visits=("decile", "size"), decile=("decile", "last"))
    who.groupby("decile").visits.agg(["size", "sum"])
    often = who.visits.value_counts()
    return len(who), gini(often.index.to_numpy(), often.to_numpy())


def by_polars(raw: Path) -> tuple[int, float]:
    """Polars, lazily."""
    import polars as pl

    rows = pl.scan_parquet(raw / "*.parquet").group_by("member")
    who = rows.agg(visits=pl.len(), decile=pl.col("decile").last()).collect()
    who.group_by("decile").agg(pl.len(), pl.col("visits").sum())
    often = who.group_by("visits").len()
    return len(who), gini(often["visits"].to_numpy(), often["len"].to_numpy())


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Median seconds, and what it gave."""
    seconds, found = [], None
    for _ in range(TIMES):
        start = perf_counter()
        found = work()
        seconds.append(perf_counter() - start)
    return median(seconds), found


def month_added(months: list[Path]) -> float:
    """Seconds to add the last month to what stands, and have the year's summary again."""
    held: Standing = EMPTY
    for month, path in zip(MONTHS[:-1], months[:-1], strict=True):
        held = add_month(held, path, month, "f")

    def add() -> Summary:
        new = add_month(held, months[-1], MONTHS[-1], "f")
        return summary_of({2024: new}, 2024, WORDS, frozenset(MONTHS))

    return timed(add)[0]


def main() -> None:
    """A line for each peer."""
    with tempfile.TemporaryDirectory() as folder:
        raw, months = laid(Path(folder))
        mine, summary = timed(lambda: ours(months))
        peers = {"duckdb_sql": by_sql, "pandas": by_pandas, "polars": by_polars}
        adding = month_added(months)
        for name, work in peers.items():
            if name in ("pandas", "polars") and importlib.util.find_spec(name) is None:
                print(f"visits_{MILLIONS}m_vs_{name}: {name} is not installed here")
                continue
            theirs, found = timed(lambda work=work: work(raw))
            assert found[0] == summary.members
            assert abs(found[1] - gini(*zip(*summary.histogram, strict=True))) < 1e-9
            print(f"visits_{MILLIONS}m_vs_{name} {mine:.3f} {theirs:.3f} {mine / theirs:.3f}")
            print(f"month_added_{MILLIONS}m_vs_{name}_anew {adding:.3f} {theirs:.3f} {adding / theirs:.3f}")


if __name__ == "__main__":
    main()
