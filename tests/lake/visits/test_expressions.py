"""The same questions answered by plain counting, DuckDB, PostgreSQL and Spark: equal to the last person."""

import os
from collections import Counter, defaultdict

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from commonweal.lake.visits import expressions as ask

SPAN = {"first": 202504, "last": 202603}


@pytest.fixture(scope="module")
def rows():
    rng = np.random.default_rng(4)
    n = 3_000
    months = np.array([*range(202401, 202413), *range(202501, 202513), 202601, 202602, 202603])
    unknown = {"member": 0.1, "area": 0.3, "decile": 0.3, "age": 0.2, "grp": 0.5, "pence": 0.4}
    values = {
        "member": rng.integers(0, 400, n), "site": rng.integers(0, 6, n), "month": rng.choice(months, n),
        "area": rng.integers(0, 90, n), "decile": rng.integers(1, 11, n), "age": rng.integers(0, 10, n),
        "grp": rng.integers(0, 3, n), "visits": rng.integers(1, 9, n), "pence": rng.integers(0, 900, n),
    }
    return pa.table({
        name: pa.array(
            one, pa.int64() if name == "pence" else pa.int32(), mask=rng.random(n) < unknown.get(name, 0)
        )
        for name, one in values.items()
    })


def questions(rollup):
    who = ask.people(rollup, **SPAN)
    return {
        "histogram": ask.histogram(who), "decile": ask.by(who, "decile"), "area": ask.by(who, "area"),
        "age": ask.by(who, "age"), "sites": ask.site_people(rollup, **SPAN),
        "visits": ask.visits_by(rollup, **SPAN),
        "movement": ask.movement(rollup, **SPAN, before=202404),
    }


def answers(con, rollup):
    return {
        name: sorted(tuple(one[key] for key in sorted(one)) for one in con.to_pyarrow(expr).to_pylist())
        for name, expr in questions(rollup).items()
    }


@pytest.fixture(scope="module")
def ours(rows):
    con = ibis.duckdb.connect()
    return answers(con, con.create_table("rollup", rows))


def test_duckdb_says_what_plain_counting_says(rows, ours):
    known = [one for one in rows.to_pylist() if one["member"] is not None]
    inside = [one for one in known if SPAN["first"] <= one["month"] <= SPAN["last"]]
    each, last, sites = Counter(), {}, defaultdict(set)
    for one in sorted(inside, key=lambda one: (one["month"], one["decile"] or 0)):
        each[one["member"]] += one["visits"]
        sites[one["site"]].add(one["member"])
        if one["decile"] is not None:
            last[one["member"]] = one["decile"]
    assert ours["histogram"] == sorted((people, visits) for visits, people in Counter(each.values()).items())
    deciles = Counter(last.get(member, -1) for member in each)
    assert {key: people for key, _, people, _ in ours["decile"]} == deciles
    assert ours["sites"] == sorted((len(people), site) for site, people in sites.items())
    now, lately, early = (
        {one["member"] for one in known if low <= one["month"] < high}
        for low, high in ((202504, 202604), (202404, 202504), (0, 202404))
    )
    assert ours["movement"] == [
        (len(now & lately), len(lately - now), len(now - lately - early), len((now & early) - lately))
    ]


def test_people_of_sites_bound_the_people_of_all(ours):
    whole, sites = sum(people for people, _ in ours["histogram"]), [people for people, _ in ours["sites"]]
    assert max(sites) <= whole <= sum(sites)


def test_postgresql_says_the_same(rows, ours):
    url = os.environ.get("COMMONWEAL_DATABASE_URL", "")
    if not url.startswith("postgres"):
        pytest.skip("only on PostgreSQL")
    con = ibis.connect(url.replace("postgresql://", "postgres://"))
    try:
        table = con.create_table("visits_rollup_test", rows, temp=True)
        assert answers(con, table) == ours
    finally:
        con.disconnect()


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")  # Spark's own sockets
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_spark_says_the_same(rows, ours, tmp_path, monkeypatch):
    """One local Spark, two threads; a cluster differs in its address alone."""
    from pyspark.sql import SparkSession

    for name, value in (("SPARK_LOCAL_IP", "127.0.0.1"), ("SPARK_LOCAL_DIRS", str(tmp_path)), ("TZ", "UTC")):
        monkeypatch.setenv(name, value)
    settings = {
        "spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "1", "spark.driver.host": "127.0.0.1",
        "spark.sql.warehouse.dir": str(tmp_path / "warehouse"), "spark.driver.memory": "1g",
        "spark.sql.session.timeZone": "UTC",
        # a few thousand rows are read sooner than code for them is compiled
        "spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.sql.adaptive.enabled": "false",
    }
    builder = SparkSession.builder.master("local[2]").appName("visits")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        pq.write_table(rows, tmp_path / "rollup.parquet")
        session.read.parquet(str(tmp_path / "rollup.parquet")).createOrReplaceTempView("rollup")
        con = ibis.pyspark.connect(session)
        for name, expr in questions(con.table("rollup")).items():
            said = [one.asDict() for one in session.sql(con.compile(expr)).collect()]
            assert sorted(tuple(one[key] for key in sorted(one)) for one in said) == ours[name], name
    finally:
        session.stop()
