"""The engine inside the process: capped, one connection a thread, nothing fetched, readers never waiting."""

import threading

import duckdb
import pyarrow as pa
import pytest

from commonweal.lake import engine, roots
from commonweal.lake.manifest import Provenance
from commonweal.lake.readers.base import ReadTable
from commonweal.lake.schema import TABLES
from commonweal.lake.store import Store

OURS = Provenance("t", "p", "l")


def setting(name):
    return engine.backend().raw_sql(f"SELECT current_setting('{name}')").fetchone()[0]


def test_memory_and_threads_are_capped():
    assert setting("memory_limit").endswith("MiB")
    assert int(setting("threads")) == 2


@pytest.mark.parametrize("name", ["autoinstall_known_extensions", "autoload_known_extensions"])
def test_no_extension_is_fetched(name):
    assert setting(name) is False


@pytest.mark.parametrize(("given", "memory", "threads"), [("512MB", "488.2 MiB", 1), ("2GB", "1.8 GiB", 3)])
def test_caps_are_settings(monkeypatch, given, memory, threads):
    monkeypatch.setenv("COMMONWEAL_MEMORY", given)
    monkeypatch.setenv("COMMONWEAL_THREADS", str(threads))
    with duckdb.connect(":memory:", config=engine._config()) as con:
        assert con.execute("SELECT current_setting('memory_limit')").fetchone()[0] == memory
        assert con.execute("SELECT current_setting('threads')").fetchone()[0] == threads


def test_each_thread_has_a_connection_of_its_own_and_all_share_one_engine():
    seen = {}

    def look(name):
        engine.view(f"only_{name}", f"SELECT '{name}' AS who")
        seen[name] = (id(engine.backend()), engine.run(engine.view(f"only_{name}", ""))["who"].to_pylist())

    threads = [threading.Thread(target=look, args=(name,)) for name in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen["a"][1] == ["a"]
    assert seen["b"][1] == ["b"]
    assert engine._engine.cache_info().currsize == 1


def rows(name, count):
    one = {"kind": "district", "vintage": 2024, "name": name, "valid_from": None, "valid_to": None}
    made = [{**one, "code": f"E{i:08d}"} for i in range(count)]
    return ReadTable("areas", pa.Table.from_pylist(made, schema=TABLES["areas"].schema))


def test_readers_never_see_half_of_a_change(tmp_path):
    store = Store(tmp_path)
    store.replace("places", provenance=OURS, tables=[rows("v0", 100)])
    stop, seen, failures = threading.Event(), set(), []

    def look():
        mine = Store(tmp_path)
        try:
            while not stop.is_set():
                table = mine.table("areas")
                found = mine.arrow(table.group_by("name").agg(n=table.count())).to_pylist()
                seen.add(tuple((row["name"], row["n"]) for row in found))
        except Exception as error:
            failures.append(error)

    readers = [threading.Thread(target=look) for _ in range(3)]
    for reader in readers:
        reader.start()
    for i in range(1, 16):
        store.replace("places", provenance=OURS, tables=[rows(f"v{i}", 100 + i)])
    stop.set()
    for reader in readers:
        reader.join()
    assert failures == []
    assert seen <= {((f"v{i}", 100 + i),) for i in range(16)}


def test_the_two_stores_are_never_one(monkeypatch, tmp_path):
    monkeypatch.setenv("COMMONWEAL_VAR", str(tmp_path))
    assert roots.published() == tmp_path / "lake" / "published"
    assert roots.example() == tmp_path / "lake" / "example"
    assert roots.downloads() == tmp_path / "downloads"
    monkeypatch.delenv("COMMONWEAL_VAR")
    assert str(roots.var()) == "var"
