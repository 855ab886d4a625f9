"""Exports as they come: every row accounted for, nothing personal past the door, whole or not at all."""

import gzip
import os
import resource
import signal
import subprocess
import sys
import textwrap
import time
from datetime import date

import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from commonweal.lake.opening import CannotOpen
from commonweal.lake.store import StoreBusy
from commonweal.lake.visits.areas import HomeAreas
from commonweal.lake.visits.cleaning import _hundredths
from commonweal.lake.visits.exports import look_at
from commonweal.lake.visits.intake import SameMonth, Wish, bring
from commonweal.lake.visits.keys import KeyTrouble, controller_key, pseudonyms
from commonweal.lake.visits.mapping import CannotMap, Shape, VisitMapping, propose
from commonweal.lake.visits.report import Trouble
from commonweal.lake.visits.store import VisitStore

HOMES = HomeAreas(
    np.array([b"ZZ1 1AA", b"ZZ2 2BB"]), np.array(["Z01000001", "Z01000002"], object),
    {"Z01000001": 1, "Z01000002": 10},
)
HEAD = "Member No,Full name,Date of birth,Visit date,Site,Home postcode,Price\n"


def row(member="M1", when="01/04/2025 09:00", site="Pool", postcode="ZZ1 1AA", price="4.50", born="01/05/1980"):
    return f"{member},Jo Smith,{born},{when},{site},{postcode},{price}\n"


@pytest.fixture
def store(tmp_path):
    return VisitStore(tmp_path / "lake", "larkmere", "leisure")


def wish(tmp_path, **more):
    return Wish(date(2025, 6, 30), HOMES, keys=tmp_path / "keys", **more)


def brought(store, tmp_path, text, name="visits.csv", **more):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return bring(store, path, wish(tmp_path, **more))


def rows_of(store):
    return pa.concat_tables([pq.read_table(path) for path in store.files("visits")]).to_pylist()


PLAIN = [row(f"M{at % 7}", f"{at % 28 + 1:02d}/04/2025 {9 + at % 8:02d}:{at % 60:02d}") for at in range(60)]


def test_a_plain_export_is_understood_and_nothing_personal_is_kept(store, tmp_path):
    report = brought(store, tmp_path, HEAD + "".join(PLAIN))
    assert (report.rows, report.kept, report.visits, report.new_members) == (60, 60, 60, 7)
    assert report.columns_dropped == ("Full name",)
    assert report.months == ("2025-04",)
    assert (report.postcodes, report.postcodes_matched, report.placed_visits) == (60, 60, 60)
    first = rows_of(store)[0]
    assert (first["decile"], first["pence"], first["age"]) == (1, 450, 5)
    written = b"".join(path.read_bytes() for path in store.root.rglob("*") if path.is_file())
    for secret in (b"Jo Smith", b"ZZ1 1AA", b"01/05/1980", b"M1,"):
        assert secret not in written


@pytest.mark.parametrize(
    ("bad", "trouble", "kept"),
    [
        (row(when="01/04/2031 09:00"), Trouble.FUTURE, 60),
        (row(when="04/13/2025 09:00"), Trouble.BAD_DATE, 60),
        (row(when=""), Trouble.NO_DATE, 60),
        (row(when="01/04/1899 09:00"), Trouble.TOO_OLD, 60),
        ("one,cell too few\n", Trouble.MISFIT, 60),
        (PLAIN[0], Trouble.DUPLICATE, 60),
        (row(price="-3.00"), Trouble.NEGATIVE_PRICE, 61),
        (row(price="free"), Trouble.BAD_PRICE, 61),
        (row(member=""), Trouble.NO_MEMBER, 61),
        (row(postcode=""), Trouble.NO_POSTCODE, 61),
        (row(postcode="ZZ1"), Trouble.PART_POSTCODE, 61),
        (row(postcode="ZZ9 9ZZ"), Trouble.UNKNOWN_POSTCODE, 61),
        (row(born="01/05/2090"), Trouble.BAD_BIRTH, 61),
    ],
)
def test_each_trouble_is_reported_with_its_effect(store, tmp_path, bad, trouble, kept):
    report = brought(store, tmp_path, HEAD + "".join(PLAIN) + bad)
    assert report.found(trouble) == 1
    assert (report.rows, report.kept) == (61, kept)
    (finding,) = [one for one in report.findings if one.trouble is trouble]
    assert finding.effect in finding.sentence(61)
    if trouble not in (Trouble.MISFIT, Trouble.DUPLICATE):
        assert finding.examples == (62,)


@pytest.mark.parametrize(
    "when", ["2025-04-01", "2025-04-01T09:00:00", "1 Apr 2025", "01.04.2025", "1/4/25", "01-04-2025", "20250401"]
)
def test_dates_in_several_styles_in_one_file(store, tmp_path, when):
    brought(store, tmp_path, HEAD + "".join(PLAIN) + row("M9", when))
    days = {np.datetime64(one["moment"], "s").astype("datetime64[D]").item() for one in rows_of(store)}
    assert date(2025, 4, 1) in days
    assert len(rows_of(store)) == 61


def test_a_card_used_four_thousand_times_is_no_person(store, tmp_path):
    days = [f"{at % 28 + 1:02d}/04/2025 {at % 24:02d}:{at // 28 % 60:02d}" for at in range(4_000)]
    swipes = "".join(row("HOUSE", day) for day in days)
    report = brought(store, tmp_path, HEAD + "".join(PLAIN) + swipes)
    assert report.found(Trouble.HOUSE_CARD) == report.visits - 60
    assert report.known_member_visits == 60
    assert any("used too often" in one and "count as nobody's in particular" in one for one in report.sentences())


def test_thirty_in_a_hundred_without_a_postcode_are_counted(store, tmp_path):
    codes = ["", "", "", *["ZZ2 2BB"] * 7] * 5
    some = [row(f"M{at}", f"02/04/2025 10:{at:02d}", postcode=code) for at, code in enumerate(codes)]
    report = brought(store, tmp_path, HEAD + "".join(some))
    assert report.found(Trouble.NO_POSTCODE) == 15
    assert report.placed_visits == 35
    assert any("30.0%" in sentence for sentence in report.sentences())


def test_mixed_encodings(store, tmp_path):
    cafe = [row(member, site="Café").encode(kind) for member, kind in (("A", "utf-8"), ("B", "cp1252"))]
    text = (HEAD + "".join(PLAIN)).encode() + b"".join(cafe)
    report = brought(store, tmp_path, text)
    assert store.dictionary().site == ("Pool", "Café")
    assert any(one.startswith("1 letter is saved in an older way") and "No visit is lost" in one for one in
               report.sentences())
    assert (report.rows, report.kept) == (62, 62)


def test_a_month_is_added_without_reading_old_ones_and_members_keep_their_numbers(store, tmp_path):
    brought(store, tmp_path, HEAD + "".join(PLAIN))
    old = store.files("visits")[0]
    stamp = old.stat().st_mtime_ns
    may = "".join(PLAIN).replace("/04/", "/05/") + row("NEW", "03/05/2025 10:10")
    report = brought(store, tmp_path, HEAD + may, "may.csv")
    assert report.new_members == 1
    assert old.stat().st_mtime_ns == stamp
    assert [one.month for one in store.manifest.months] == [202504, 202505]
    assert len({one["member"] for one in rows_of(store)}) == 8


def test_the_same_file_again_changes_nothing_and_another_of_the_same_month_is_refused(store, tmp_path):
    brought(store, tmp_path, HEAD + "".join(PLAIN))
    before = store.manifest
    assert brought(store, tmp_path, HEAD + "".join(PLAIN)).unchanged
    with pytest.raises(SameMonth, match=r"2025-04 are stored already.*60 visits.*twice"):
        brought(store, tmp_path, HEAD + "".join(PLAIN[:30]), "again.csv")
    assert store.manifest == before
    report = brought(store, tmp_path, HEAD + "".join(PLAIN[:30]), "again.csv", again="replace")
    assert len(rows_of(store)) == 30
    assert [one.sha256 for one in store.reports()] == [report.sha256]


def test_counts_of_members_and_totals_of_sites(store, tmp_path):
    lines = "".join(f"C{at},2025-04,Hill,{at}\n" for at in range(1, 30))
    counts = "Membership number,Month,Library,Visits\n" + lines
    report = brought(store, tmp_path, counts)
    assert (report.visits, report.known_member_visits) == (435, 435)
    other = VisitStore(tmp_path / "lake", "larkmere", "doors")
    totals = "Month,Library,Footfall\n" + "".join(f"2025-0{at},Hill,{at}00\n" for at in range(1, 6))
    report = brought(other, tmp_path, totals, "totals.csv")
    assert (report.visits, report.known_member_visits, report.found(Trouble.NO_MEMBER)) == (1_500, 0, 5)


@pytest.mark.parametrize("kind", ["xlsx", "parquet"])
def test_workbooks_and_parquet_say_the_same(store, tmp_path, kind):
    cells = [line.strip().split(",") for line in [HEAD, *PLAIN]]
    path = tmp_path / f"visits.{kind}"
    if kind == "xlsx":
        book = openpyxl.Workbook()
        for line in cells:
            book.active.append(line)
        book.save(path)
    else:
        columns = {name: [line[at] for line in cells[1:]] for at, name in enumerate(cells[0])}
        pq.write_table(pa.table(columns), path)
    report = bring(store, path, wish(tmp_path))
    assert (report.visits, report.new_members, report.columns_dropped) == (60, 7, ("Full name",))


def parquet(columns):
    """These columns as somebody else's program writes them: no word of how Arrow would keep them."""
    out = pa.BufferOutputStream()
    pq.write_table(columns if isinstance(columns, pa.Table) else pa.table(columns), out, store_schema=False)
    return out.getvalue().to_pybytes()


def bomb(letters, rows):
    """Two thousand bytes that hold one text so many times over."""
    long = pa.DictionaryArray.from_arrays(pa.array(np.zeros(rows, np.int32)), pa.array(["x" * letters]))
    return parquet({"Visit date": ["2025-04-01"] * rows, "Member": long})


@pytest.mark.parametrize(("name", "data", "words"), [
    ("sample.parquet", lambda: bomb(50_000, 2_000), "far more in its cells"),
    ("group.parquet", lambda: bomb(9_000, 31_000), "far more in its cells"),
    ("lists.parquet", lambda: parquet({"Visit date": ["2025-04-01"], "Member": [[1, 2]]}), "no plain cells"),
    ("twice.parquet", lambda: parquet(pa.Table.from_arrays([pa.array(["2025-04-01"])] * 2, ["Visit date"] * 2)),
     "two columns called"),
    ("cut.parquet", lambda: parquet({"Visit date": ["2025-04-01"]})[:-9], "damaged Parquet"),
    ("visits.csv.gz", lambda: gzip.compress(HEAD.encode()), "Unpack it"),
    ("visits.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 900, "save it as .xlsx"),
    ("picture.csv", b"<svg xmlns='http://www.w3.org/2000/svg'>a,b\n1,2</svg>".strip, "picture"),
])
def test_a_hostile_export_is_refused_in_a_sentence_and_little_memory(store, tmp_path, name, data, words):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(CannotOpen, match=words):
        brought(store, tmp_path, data(), name, mapping=VisitMapping(when="Visit date", member="Member"))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kB, in this process
    assert store.manifest.months == ()


def test_dates_and_numbers_of_parquet_are_read_by_row_groups(store, tmp_path):
    day, rows = np.datetime64("2025-04-01T09:00:00"), np.arange(60)
    days = day + 3600 * rows.astype("timedelta64[s]")
    table = pa.table({"Visit date": days, "Member": rows % 7, "Site": ["Pool"] * 60})
    pq.write_table(table, tmp_path / "many.parquet", row_group_size=25)
    report = bring(store, tmp_path / "many.parquet", wish(tmp_path))
    assert (report.visits, report.new_members, report.rows) == (60, 7, 60)


@pytest.mark.parametrize("kind", [pa.float64(), pa.float32(), pa.int64(), pa.decimal128(9, 2)])
def test_numbers_are_read_as_their_text_is(kind):
    said = ["4.35", "0.1", "1000000.07", "-3", "0", "2.675", "1e13", "nan", None, "7", "123456.78"]
    if kind in (pa.int64(), pa.decimal128(9, 2)):
        said = ["4", "-3", "0", None, "700"]
    held = pa.array(said, pa.string()).cast(kind)
    assert _hundredths(held).tolist() == _hundredths(held.cast(pa.string())).tolist()


def test_repeated_text_of_parquet_stays_coded_and_text_that_is_none_is_refused(store, tmp_path):
    members, sites = [f"M{at}" for at in range(900)], ["Pool", None] * 450
    rows = {"Visit date": ["2025-04-01"] * 900, "Member": members, "Site": sites}
    path = tmp_path / "coded.parquet"
    path.write_bytes(parquet(rows))
    (batch,) = look_at(path).batches(("Member", "Site"))
    assert [pa.types.is_dictionary(one.type) for one in batch.columns] == [False, True]
    bring(store, path, wish(tmp_path))
    assert {one["site"] for one in rows_of(store)} == {0, None}
    wrong = pa.Array.from_buffers(pa.string(), 1, pa.array([b"\xff\xfe"]).buffers())
    with pytest.raises(CannotOpen, match="damaged Parquet"):
        brought(store, tmp_path, parquet({"Visit date": ["2025-04-01"], "Member": wrong}), "wrong.parquet")


def test_a_day_that_stands_for_never_is_no_fault(store, tmp_path):
    report = brought(store, tmp_path, HEAD + "".join(PLAIN) + row(when="31/12/9999") * 3)
    assert (report.visits, report.rows) == (60, 63)


def test_a_mapping_is_proposed_and_one_confirmed_is_remembered(store, tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text("a,b\n" + "".join(f"0{at % 9 + 1}/04/2025,P{at}\n" for at in range(40)))
    assert propose(look_at(path).sample).when == "a"
    bring(store, path, wish(tmp_path, mapping=VisitMapping(when="a", member="b")))
    path.write_text("a,b\n" + "".join(f"0{at % 9 + 1}/05/2025,P{at}\n" for at in range(40)))
    assert bring(store, path, wish(tmp_path)).known_member_visits == 40
    assert VisitMapping(when="a", count="n").shape is Shape.TOTALS


def test_what_tells_no_date_is_refused(store, tmp_path):
    with pytest.raises(CannotMap, match="No column is the date"):
        brought(store, tmp_path, "name,colour\n" + "Ann,red\nBob,blue\nCat,green\n" * 9)
    assert store.manifest.months == ()


def test_keys_are_the_owners_alone_and_part_controllers(tmp_path, monkeypatch):
    one, other = (controller_key(name, folder=tmp_path) for name in ("one", "other"))
    assert one == controller_key("one", folder=tmp_path)
    assert (tmp_path / "visits-one.key").stat().st_mode & 0o777 == 0o600
    assert pseudonyms(one, ["m1 "]).tobytes() == pseudonyms(one, ["M1"]).tobytes()
    assert pseudonyms(one, ["M1"]).tobytes() != pseudonyms(other, ["M1"]).tobytes()
    (tmp_path / "visits-one.key").chmod(0o644)
    with pytest.raises(KeyTrouble, match="chmod 600"):
        controller_key("one", folder=tmp_path)
    monkeypatch.setenv("COMMONWEAL_VISITS_KEY_ONE", "ab" * 32)
    assert controller_key("one", folder=tmp_path) == bytes.fromhex("ab" * 32)


CHILD = """
    import sys, time
    from datetime import date
    from pathlib import Path
    import numpy as np
    from commonweal.lake.visits.areas import HomeAreas
    from commonweal.lake.visits.intake import Wish, bring
    from commonweal.lake.visits.store import VisitStore
    here = Path(sys.argv[1])

    def slowly(rows):
        print(rows, flush=True)
        time.sleep(60)

    homes = HomeAreas(np.array([], "S8"), np.array([], object), {})
    bring(VisitStore(here / "lake", "larkmere", "leisure"), here / "may.csv",
          Wish(date(2025, 6, 30), homes, keys=here / "keys", progress=slowly))
"""


def test_one_writer_and_a_killed_import_leaves_no_trace(store, tmp_path):
    brought(store, tmp_path, HEAD + "".join(PLAIN))
    before = store.manifest
    may = HEAD + "".join(PLAIN).replace("/04/", "/05/")
    (tmp_path / "may.csv").write_text(may)
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(CHILD), str(tmp_path)], stdout=subprocess.PIPE, env=os.environ
    ) as child:
        assert child.stdout.readline()
        with pytest.raises(StoreBusy, match="somebody else"):
            brought(store, tmp_path, may, "other.csv")
        child.send_signal(signal.SIGKILL)
        child.wait()
    assert store.manifest == before
    time.sleep(0.05)
    assert brought(store, tmp_path, may, "may.csv").visits == 60
    assert {path.name for path in store.root.iterdir()} == {"data", "lock", "mappings", "visits.json"}
