"""Who benefits of many visits: our layout beside what others would run over the raw export; then a month more.

20 million visits, or as many millions as COMMONWEAL_BENCH_VISITS says (1.2; 100 for the large run, which takes
8 GB of TMPDIR); the month added is a fiftieth of them. Each runs in a process of its own, whose peak is told;
starting it (and Spark) is not timed. Polars is no part of Commonweal: put it on PYTHONPATH to have it beside the
others.
"""

from __future__ import annotations

import importlib.util
import multiprocessing
import os
import resource
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
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

MILLIONS = float(os.environ.get("COMMONWEAL_BENCH_VISITS", "20"))
MONTHS = months_of(2024)
MEMBERS, SITES, AREAS, TIMES = int(40_000 * MILLIONS), 40, 1_200, 3
ALLOWED = "2GB"
WORDS = Dictionary(tuple(map(str, range(SITES))), tuple(map(str, range(AREAS))))
Answer = tuple[int, float]            # different people, and the Gini coefficient of their visits
Measured = tuple[float, Answer, float]
WHO = (
    "SELECT member, count(*) AS visits, arg_max(decile, month) AS decile "
    "FROM read_parquet('{raw}') GROUP BY member"
)
BY_DECILE = "SELECT decile, count(*), sum(visits) FROM ({who}) GROUP BY decile ORDER BY decile"
HOW_OFTEN = "SELECT visits, count(*) FROM ({who}) GROUP BY visits ORDER BY visits"


def drawn(rng: np.random.Generator, month: int, home: np.ndarray) -> pa.Table:
    """A month's visits as whole numbers, members coming as unequally as they do."""
    rows = int(MILLIONS * (20_000 if month == MONTHS[-1] else 980_000 // (len(MONTHS) - 1)))
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


def laid(folder: Path) -> tuple[Path, list[Path], float]:
    """The raw export, cards as text, in one folder; the months as an import lays them; and its peak, in GB."""
    rng, raw, months = np.random.default_rng(1), folder / "raw", []
    raw.mkdir()
    home = rng.integers(0, AREAS, MEMBERS)
    staged = folder / "staged.parquet"
    with _alone().Pool(1) as beside:
        for month in MONTHS:
            table = drawn(rng, month, home)
            pq.write_table(table, staged, compression="lz4")
            card = pa.array(np.char.add("M", table["member"].to_numpy().astype("U8")))
            columns = {name: table[name] for name in ("month", "site", "decile", "pence")}
            pq.write_table(pa.table({"member": card, **columns}), raw / f"{month}.parquet", compression="zstd")
            del table, card, columns
            peak = beside.apply(lay, (staged, folder / str(month), folder / "spill"))
            months.append(folder / str(month) / "rollup.parquet")
    return raw, months, peak


def lay(staged: Path, folder: Path, spill: Path) -> float:
    """One month laid as an import lays it; the peak of this process so far, in GB."""
    with duckdb.connect(config={**_config(), "temp_directory": str(spill)}) as con:
        lay_month(con, staged, folder, timed=False)
    return _peak()


def _alone() -> Any:
    return multiprocessing.get_context("spawn")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def year_of(months: list[Path]) -> Summary:
    """Everything kept of the year, from the roll-ups alone."""
    held: Standing = EMPTY
    for month, path in zip(MONTHS, months, strict=True):
        held = add_month(held, path, month, "f")
    return summary_of({2024: held}, 2024, WORDS, frozenset(MONTHS))


def ours(months: list[Path]) -> Answer:
    """The same, as people and their Gini."""
    summary = year_of(months)
    return summary.members, gini(*zip(*summary.histogram, strict=True))


def by_sql(raw: Path, memory: str = "") -> Answer:
    """Hand-written DuckDB over the raw export, with all the memory it likes unless told."""
    config: dict[str, Any] = {"threads": _config()["threads"], "temp_directory": str(raw.parent / "spill")}
    con = duckdb.connect(config={**config, **({"memory_limit": memory} if memory else {})})
    con.execute("SET preserve_insertion_order = false")
    con.execute(f"CREATE TEMP TABLE who AS {WHO.format(raw=raw / '*.parquet')}")
    con.execute(BY_DECILE.format(who="FROM who")).fetchall()
    often = con.execute(HOW_OFTEN.format(who="FROM who")).fetchall()
    con.close()
    return sum(people for _, people in often), gini(*zip(*often, strict=True))


def by_sql_in_little(raw: Path) -> Answer:
    """The same with 2 GB allowed."""
    return by_sql(raw, ALLOWED)


def by_pandas(raw: Path) -> Answer:
    """Pandas, told to read as little as it can."""
    import pandas as pd

    rows = pd.read_parquet(raw, columns=["member", "decile"])
    who = rows.groupby("member", sort=False).agg(visits=("decile", "size"), decile=("decile", "last"))
    return _of_frame(who)


def by_pandas_as_people_do(raw: Path) -> Answer:
    """Pandas, every column read and nothing said of how."""
    import pandas as pd

    rows = pd.read_parquet(raw).sort_values("month")
    who = rows.groupby("member").agg(visits=("month", "count"), decile=("decile", "last"), pence=("pence", "sum"))
    return _of_frame(who)


def _of_frame(who: Any) -> Answer:
    who.groupby("decile").visits.agg(["size", "sum"])
    often = who.visits.value_counts()
    return len(who), gini(often.index.to_numpy(), often.to_numpy())


def by_polars(raw: Path) -> Answer:
    """Polars, lazily and streaming."""
    import polars as pl

    rows = pl.scan_parquet(raw / "*.parquet").group_by("member")
    who = rows.agg(visits=pl.len(), decile=pl.col("decile").last()).collect(engine="streaming")
    who.group_by("decile").agg(pl.len(), pl.col("visits").sum())
    often = who.group_by("visits").len()
    return len(who), gini(often["visits"].to_numpy(), often["len"].to_numpy())


def by_spark(raw: Path) -> Answer:
    """Spark on this machine, its session begun before."""
    from pyspark.sql import functions as do

    rows = _spark().read.parquet(str(raw)).groupBy("member")
    who = rows.agg(do.count("*").alias("visits"), do.max_by("decile", "month").alias("decile")).cache()
    who.groupBy("decile").agg(do.count("*"), do.sum("visits")).collect()
    often = who.groupBy("visits").count().collect()
    who.unpersist()
    return sum(one["count"] for one in often), gini(*zip(*often, strict=True))


def _spark() -> Any:
    from pyspark.sql import SparkSession

    threads = _config()["threads"]
    made = SparkSession.builder.master(f"local[{threads}]").config("spark.driver.memory", "4g")
    for name, value in (("ui.enabled", "false"), ("ui.showConsoleProgress", "false"),
                        ("sql.shuffle.partitions", f"{max(2 * int(threads), round(MILLIONS))}")):
        made = made.config(f"spark.{name}", value)
    return made.getOrCreate()


@dataclass(frozen=True, slots=True)
class Peer:
    """What somebody would otherwise run, and what it needs."""

    name: str
    work: Callable[[Path], Answer]
    needs: tuple[str, ...] = ()
    before: Callable[[], Any] | None = None
    most: float = 1_000.0  # millions of visits above which it is left out

    def missing(self) -> str:
        """Why it cannot run here, empty where it can."""
        if self.most < MILLIONS:
            return f"left out above {self.most:g} million"
        gone = [one for one in self.needs if not importlib.util.find_spec(one) and not shutil.which(one)]
        return f"{' and '.join(gone)} not installed here" if gone else ""


PEERS = (
    Peer("duckdb_sql", by_sql), Peer("duckdb_sql_2gb", by_sql_in_little), Peer("pandas", by_pandas, ("pandas",)),
    Peer("pandas_naive", by_pandas_as_people_do, ("pandas",)), Peer("polars", by_polars, ("polars",)),
    Peer("spark", by_spark, ("pyspark", "java"), _spark),
)


def measured(work: Callable[[Any], Answer], given: Any, before: Callable[[], Any] | None = None) -> Measured:
    """Median seconds, what it gave, and the peak of its process in GB; called in a process of its own."""
    if before is not None:
        before()
    seconds, found = timed(lambda: work(given))
    return seconds, found, _peak()


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


def alone(*given: Any) -> Measured:
    """`measured` in a process of its own."""
    with _alone().Pool(1) as beside:
        found: Measured = beside.apply(measured, given)
    return found


def main() -> None:
    """A line for each peer, and one for its peak; then the month added beside each counting all anew."""
    size = f"{MILLIONS:g}m"
    with tempfile.TemporaryDirectory() as folder:
        raw, months, laying = laid(Path(folder))
        print(f"visits_{size}_laid: {laying:.2f} GB at its peak", flush=True)
        mine, summary, peak = alone(ours, months)
        adding = month_added(months)
        print(f"visits_{size}_ours: {mine:.3f} s, {peak:.2f} GB at its peak; a month more {adding:.3f} s")
        for peer in PEERS:
            if missing := peer.missing():
                print(f"visits_{size}_vs_{peer.name}: {missing}", flush=True)
                continue
            theirs, found, most = alone(peer.work, raw, peer.before)
            assert found[0] == summary[0]
            assert abs(found[1] - summary[1]) < 1e-9
            print(f"visits_{size}_vs_{peer.name} {mine:.3f} {theirs:.3f} {mine / theirs:.3f}")
            print(f"month_added_{size}_vs_{peer.name}_anew {adding:.3f} {theirs:.3f} {adding / theirs:.3f}")
            if peer.before is None:  # Spark's memory is its Java process's
                print(f"peak_gb_{size}_vs_{peer.name} {peak:.2f} {most:.2f} {peak / most:.3f}", flush=True)


if __name__ == "__main__":
    main()
