"""The store keeps its promises: whole or not at all, one writer, readers never wait."""

import json
import os
import re
import subprocess
import sys
import textwrap
import threading
from datetime import UTC, date, datetime, timedelta

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from commonweal.lake import engine
from commonweal.lake.checks import WrongShape, checked, in_order, plain
from commonweal.lake.manifest import ManifestBroken, Provenance, SourceFile, load
from commonweal.lake.readers.base import ReadTable, RejectedRow
from commonweal.lake.schema import TABLES
from commonweal.lake.store import NewPart, Store, StoreBusy, StoreDamaged

OURS = Provenance("Names of places", "Office for Places", "OGL v3.0", attribution="Contains public data")
NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


def areas(*names, valid_from=None):
    rows = [
        {"kind": "district", "code": f"E0600000{i}", "vintage": 2024, "name": name,
         "valid_from": valid_from, "valid_to": None}
        for i, name in enumerate(names)
    ]
    return ReadTable("areas", pa.Table.from_pylist(rows, schema=TABLES["areas"].schema))


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "lake", now=lambda: NOON)


def put(store, *names, dataset="places", **more):
    return store.replace(dataset, provenance=OURS, tables=[areas(*names)], **more)


def names(store, *datasets):
    return store.arrow(store.table("areas", *datasets).order_by("code").select("name"))["name"].to_pylist()


def test_an_empty_store_is_empty_and_still_answers(store):
    assert not store.exists
    assert store.version == ""
    assert store.datasets() == ()
    for table in TABLES:
        answer = store.arrow(store.table(table))
        assert answer.num_rows == 0
        assert answer.column_names == [*TABLES[table].columns, "dataset"]


def test_empty_and_full_tables_have_the_same_types(store):
    empty = store.table("areas").schema()
    put(store, "Ipswich")
    assert store.table("areas").schema() == empty


def test_what_is_put_in_comes_out_with_its_data_set_and_provenance(store):
    put(store, "Ipswich", "Wigan")
    put(store, "Invented", dataset="other")
    assert names(store, "places") == ["Ipswich", "Wigan"]
    assert sorted(names(store)) == ["Invented", "Ipswich", "Wigan"]
    assert set(store.arrow(store.table("areas"))["dataset"].to_pylist()) == {"places", "other"}
    held = store.dataset("places")
    assert held.provenance == OURS
    assert held.tables == {"areas": 2}
    assert held.read_at == "2026-01-02T12:00:00+00:00"


def test_version_changes_with_any_data_set_and_with_nothing_else(store):
    put(store, "Ipswich")
    first = store.version
    put(store, "Ipswich")
    assert store.version == first
    put(store, "Wigan", dataset="other")
    second = store.version
    put(store, "Wigan", "Bedford", dataset="other")
    assert len({first, second, store.version}) == 3
    put(store, "Wigan", dataset="other")
    assert store.version == second


def test_another_process_or_thread_sees_the_new_state_at_once(store):
    put(store, "Ipswich")
    beside = Store(store.root)
    assert names(beside) == ["Ipswich"]
    put(store, "Wigan")
    assert names(beside) == ["Wigan"]
    seen = []
    thread = threading.Thread(target=lambda: seen.extend(names(beside)))
    thread.start()
    thread.join()
    assert seen == ["Wigan"]


def test_a_reader_holding_an_old_expression_is_not_disturbed(store):
    put(store, "Ipswich")
    held = store.table("areas").select("name")
    put(store, "Wigan")
    assert store.arrow(held)["name"].to_pylist() == ["Ipswich"]


def test_three_old_versions_are_kept_and_older_ones_cleared(tmp_path):
    hours = iter(range(100))
    store = Store(tmp_path, now=lambda: NOON + timedelta(hours=next(hours)))
    versions = [put(store, f"Name {i}").version for i in range(6)]
    folders = {path.name for path in (store.root / "data" / "places").iterdir()}
    history = [past.version for past in store.manifest.history]
    assert history == versions[2:5]
    assert len(folders) == 4


def test_a_reader_keeps_its_files_however_often_they_are_replaced_meanwhile(store):
    put(store, "Ipswich")
    held = store.table("areas").select("name")
    for i in range(8):
        put(store, f"Name {i}")
    assert store.arrow(held)["name"].to_pylist() == ["Ipswich"]


def test_parts_are_added_beside_one_another(store):
    for letter, name in (("AL", "Adur"), ("IP", "Ipswich")):
        part = NewPart((areas(name),), (SourceFile(f"{letter}.json", letter * 32),), part=letter)
        store.replace_parts("places", provenance=OURS, parts=[part], keep_others=True)
    assert sorted(names(store)) == ["Adur", "Ipswich"]
    assert [part.part for part in store.dataset("places").parts] == ["AL", "IP"]
    part = NewPart((areas("Adur and Worthing"),), part="AL")
    store.replace_parts("places", provenance=OURS, parts=[part], keep_others=True)
    assert sorted(names(store)) == ["Adur and Worthing", "Ipswich"]
    assert [source.path for source in store.dataset("places").replaced] == ["AL.json"]


def test_pieces_of_one_table_become_one_sorted_table(store):
    tables = [areas("Zeal"), areas("Ayr", "Bath")]
    store.replace("places", provenance=OURS, tables=tables)
    rows = store.arrow(store.table("areas")).to_pylist()
    assert [row["code"] for row in rows] == sorted(row["code"] for row in rows)


def test_edition_is_the_latest_date_rows_speak_of(store):
    tables = [areas("Old", valid_from=date(2019, 4, 1)), areas("New", valid_from=date(2023, 4, 1))]
    assert store.replace("places", provenance=OURS, tables=tables).edition == "2023-04-01"


def test_rows_kept_out_can_be_read_again(store):
    out = RejectedRow("Sheet 1", 14, "Score", "'abc' is not a number")
    store.replace("places", provenance=OURS, tables=[ReadTable("areas", areas("Wem").rows, (out,))])
    assert store.dataset("places").rejected == 1
    assert store.rejected("places") == (out,)
    assert store.rejected("unknown") == ()


def test_forgetting_leaves_no_trace(store):
    put(store, "Ipswich")
    store.forget("places")
    assert not store.exists
    assert not (store.root / "data" / "places").exists()


def test_a_second_writer_gets_a_sentence(store):
    with store.writer("places"), pytest.raises(StoreBusy, match="somebody else just now"):
        put(store, "Ipswich")
    put(store, "Ipswich")


def test_another_data_set_can_be_written_meanwhile(store):
    with store.writer("places"):
        put(store, "Wigan", dataset="other")
    assert names(store) == ["Wigan"]


WRONG = [
    (lambda t: t.drop_columns(["name"]), "missing name"),
    (lambda t: t.append_column("colour", pa.array(["red"])), "unknown colour"),
    (lambda t: t.append_column("name", pa.array(["again"])), "twice"),
    (lambda t: t.set_column(2, "vintage", pa.array(["new"])), "areas.vintage: holds string"),
    (lambda t: t.set_column(3, "name", pa.array([None], pa.string())), "may not be empty"),
]


@pytest.mark.parametrize(("spoil", "words"), WRONG)
def test_rows_that_do_not_fit_change_nothing(store, spoil, words):
    put(store, "Ipswich")
    before = store.version
    with pytest.raises(WrongShape, match=words):
        store.replace("places", provenance=OURS, tables=[ReadTable("areas", spoil(areas("Wem").rows))])
    assert store.version == before
    assert names(store) == ["Ipswich"]


def test_unknown_tables_are_named(store):
    with pytest.raises(WrongShape, match="no table 'weather'"):
        store.table("weather")
    with pytest.raises(WrongShape, match="no table 'weather'"):
        checked("weather", areas("Wem").rows)


def test_a_file_gone_or_torn_is_a_sentence(store):
    put(store, "Ipswich")
    (path,) = store.files("areas")
    held = store.table("areas")
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(StoreDamaged, match="commonweal pull"):
        store.arrow(held)
    path.unlink()
    with pytest.raises(StoreDamaged, match="commonweal pull"):
        store.arrow(held.count())


def test_files_of_an_older_shape_are_a_sentence(store):
    put(store, "Ipswich")
    manifest = store.root / "manifest.json"
    manifest.write_text(re.sub(r'"shape": "\w+"', '"shape": "older"', manifest.read_text()))
    with pytest.raises(StoreDamaged, match="older version"):
        store.table("areas")


@pytest.mark.filterwarnings("ignore:The 'future.infer_string' option")  # Ibis's own path, through pandas
def test_answers_are_those_ibis_itself_gives(store):
    put(store, "Ipswich", "Wigan", "Bedford")
    table = store.table("areas")
    beside = ibis.memtable({"name": ["Wigan", "Bedford"], "people": [3, 4]})
    asked = [
        table.order_by("code"),
        table.group_by("kind").agg(n=table.count(), years=table.vintage.sum(), mean=table.vintage.mean()),
        table.join(beside, "name").select("name", "people").order_by("name"),
        table.group_by("kind").agg(codes=table.code.collect()),
        table.filter(table.name == "Nowhere"),
    ]
    for expr in asked:
        ours, theirs = store.arrow(expr), engine.backend().to_pyarrow(expr)
        assert ours.schema == theirs.schema
        assert ours.to_pylist() == theirs.to_pylist()
    assert store.arrow(table.count()).as_py() == 3


def test_views_do_not_grow_without_end(store, monkeypatch):
    monkeypatch.setattr(engine, "MOST_VIEWS", 3)
    for i in range(6):
        put(store, f"Name {i}")
        assert names(store) == [f"Name {i}"]
    assert len(engine._local.views) <= 3


def test_not_a_number_becomes_empty():
    point = {"kind": "lsoa", "code": "E01", "vintage": 2021, "method": "geometric", "lon": 1.0, "lat": 2.0}
    spec = TABLES["observations"]
    row = {name: ("" if kind == pa.string() else None) for name, kind in spec.columns.items()}
    row |= {"period_start": date(2020, 1, 1), "period_end": date(2021, 1, 1), "value": float("nan")}
    rows = checked("observations", pa.Table.from_pylist([row], schema=spec.schema))
    assert rows["value"].to_pylist() == [None]
    fixed = checked("centroids", pa.Table.from_pylist([point | {"easting": 1, "northing": None}]))
    assert plain("centroids", fixed).schema == TABLES["centroids"].schema


def test_order_is_the_alphabet_even_where_text_is_encoded():
    every = [f"Name {i % 7}" for i in range(500)]
    rows = checked("areas", areas(*every).rows)
    assert pa.types.is_dictionary(rows["kind"].type)
    ordered = plain("areas", rows.take(in_order("areas", rows)))
    kept = [(row["kind"], row["code"], row["vintage"]) for row in ordered.to_pylist()]
    assert kept == sorted(kept)
    assert ordered.num_rows == 500


BROKEN = ["", "{", "[]", '{"format": 99}', '{"format": 1}', '{"format": 1, "datasets": [{}]}']


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_manifest_is_a_sentence(store, text):
    store.root.mkdir(parents=True)
    (store.root / "manifest.json").write_text(text)
    with pytest.raises(ManifestBroken, match="run 'commonweal pull' again"):
        store.datasets()


def test_the_manifest_reads_back_as_written(store):
    put(store, "Ipswich", sources=[SourceFile("a.csv", "0" * 64, 10)])
    put(store, "Wigan", sources=[SourceFile("b.csv", "1" * 64, 10)])
    manifest = load(store.root)
    assert json.loads(manifest.as_text()) == json.loads((store.root / "manifest.json").read_text())
    assert manifest.get("places").replaced[0].path == "a.csv"


CRASH = textwrap.dedent(
    """
    import os, sys
    import pyarrow as pa
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    from commonweal.lake import drafts as module
    from commonweal.lake.manifest import Provenance
    from commonweal.lake.store import Store
    from commonweal.lake.readers.base import ReadTable
    from commonweal.lake.schema import TABLES

    def rows(name):
        row = {"kind": "district", "code": "E06000001", "vintage": 2024, "name": name}
        return ReadTable("areas", pa.Table.from_pylist([row | {"valid_from": None, "valid_to": None}]))

    ours = Provenance("t", "p", "l")
    root = sys.argv[1]
    Store(root).replace("places", provenance=ours, tables=[rows("before")])
    steps = 0

    def dying(real, last):
        def step(*args, **kwargs):
            global steps
            steps += 1
            if steps == last:
                os._exit(9)
            return real(*args, **kwargs)
        return step

    def write_and_die(last):
        for owner, name in ((os, "fsync"), (os, "replace"), (module.pq, "ParquetWriter"),
                            (module.pq, "ParquetFile"), (module.shutil, "rmtree")):
            setattr(owner, name, dying(getattr(owner, name), last))
        Store(root).replace("places", provenance=ours, tables=[rows("after")])
        os._exit(0)

    for last in range(1, 60):
        child = os.fork()
        if child == 0:
            write_and_die(last)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        held = Store(root)
        names = [module.pq.read_table(path, partitioning=None)["name"].to_pylist() for path in held.files("areas")]
        print(last, code, names)
        if code == 0:
            break
        Store(root).replace("places", provenance=ours, tables=[rows("before")])
    """
)


@pytest.mark.promise("N2")
def test_a_writer_killed_at_any_step_leaves_the_old_state_or_the_new(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", CRASH, str(tmp_path / "lake")], capture_output=True, text=True, check=False,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stderr
    lines = [line.split(" ", 2) for line in done.stdout.splitlines()]
    outcomes = [(code, held) for _, code, held in lines]
    assert outcomes[-1] == ("0", "[['after']]")
    killed = [held for code, held in outcomes[:-1] if code == "9"]
    assert len(killed) == len(outcomes) - 1 >= 8
    swapped = killed.index("[['after']]") if "[['after']]" in killed else len(killed)
    assert killed[:swapped] == ["[['before']]"] * swapped
    assert set(killed[swapped:]) <= {"[['after']]"}
    assert swapped >= 6
    assert len(list((tmp_path / "lake" / "data" / "places").iterdir())) <= 4



def test_a_few_rows_are_read_by_their_values(store):
    put(store, "Ipswich", "Wigan", "Oldham")
    assert store.read("areas", ("name",), {"code": ["E06000001", "X"], "vintage": [2024]})["name"].to_pylist() == [
        "Wigan"
    ]
    assert store.read("areas", ("name", "code"), {"code": []}).num_rows == 0
    assert store.read("areas", ("code", "name"), {}).column_names == ["code", "name"]


def test_a_few_rows_of_a_damaged_store_say_what_to_do(store):
    assert store.read("areas", ("name",), {"code": ["E06000000"]}).num_rows == 0
    put(store, "Ipswich")
    for path in store.files("areas"):
        path.unlink()
    with pytest.raises(StoreDamaged, match="commonweal pull"):
        store.read("areas", ("name",), {"code": ["E06000000"]})


def test_shapes_are_written_in_small_groups_so_that_a_place_reads_few(store):
    rows = [{"kind": "lsoa", "code": f"E01{at:06}", "vintage": 2021, "name": "",
             "lon": 0.0, "lat": 51.0, "geometry": b"x"} for at in range(5_000)]
    shapes = ReadTable("boundaries", pa.Table.from_pylist(rows, schema=TABLES["boundaries"].schema))
    store.replace("shapes", provenance=OURS, tables=[shapes])
    (path,) = store.files("boundaries")
    assert pq.ParquetFile(path).num_row_groups == 3
    assert store.read("boundaries", ("code",), {"code": ["E01004999"]})["code"].to_pylist() == ["E01004999"]
