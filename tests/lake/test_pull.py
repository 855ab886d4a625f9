"""Pulling a folder: every file has an outcome a person can act on, and the store is whole whatever happens."""

import hashlib
import json
import os
import subprocess
import sys
import textwrap
import zipfile
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.lake import catalogue, pull, pull_file, recognise
from commonweal.lake.assistant.proposing import propose
from commonweal.lake.assistant.remembering import Memory
from commonweal.lake.manifest import Provenance, SourceFile
from commonweal.lake.opening import CannotOpen, open_file
from commonweal.lake.outcome import Outcome
from commonweal.lake.pull import NothingToPull, pull_folder
from commonweal.lake.pull_queue import BUDGET, MIB, Queue, Waiting, memory_needed
from commonweal.lake.store import Store, StoreBusy

REGIONS = "LAD{y}CD,LAD{y}NM,RGN{y}CD,RGN{y}NM\n"
IPSWICH = "E07000202,Ipswich,E12000006,East of England\n"
WIGAN = "E08000010,Wigan,E12000002,North West\n"
UNKNOWN = "Library,Postcode,Visits\nCentral,IP1 1AA,120\nNorth,IP2 0AA,95\nSouth,IP3 0AA,80\n"


class HereSandbox:
    """Runs in this process: what files do is tested elsewhere, and a worker takes a second to start."""

    calls = 0

    def __init__(self, **_caps):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        pass

    def run(self, function, *arguments, about):
        HereSandbox.calls += 1
        return function(*arguments)


@pytest.fixture
def here(monkeypatch):
    monkeypatch.setattr(pull, "Sandbox", HereSandbox)
    HereSandbox.calls = 0


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "lake")


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "files"
    made.mkdir()
    return made


def regions(year, *rows):
    return REGIONS.format(y=year) + "".join(rows)


def put(folder, **files):
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def told(outcomes):
    return {one.name: one.outcome for one in outcomes}


def only(outcomes):
    (one,) = outcomes
    return one


@pytest.mark.promise("N2")
def test_files_are_known_by_what_they_hold_not_by_their_name(here, store, folder):
    put(folder, surprise_dot_dat=regions(24, IPSWICH, WIGAN))
    one = only(pull_folder(store, folder))
    assert (one.outcome, one.dataset, one.rows) == (Outcome.READ, "district-region", 6)
    held = store.dataset("district-region")
    assert held.provenance == catalogue.entry("district-region").provenance
    assert one.title == held.provenance.title
    assert [source.path for source in held.sources] == ["surprise.dat"]


def test_each_kind_of_outcome(here, store, folder):
    put(folder, known_dot_csv=regions(24, IPSWICH), notes_dot_md="# Read me\n\nWords, and more words.\n",
        unknown_dot_csv=UNKNOWN, heading_dot_csv="Library,Postcode,Visits\n", nothing_dot_csv="")
    (folder / "broken.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    (folder / "shape.shp").write_bytes(b"\x00\x00\x27\x0a" + bytes(96))
    outcomes = pull_folder(store, folder)
    assert told(outcomes) == {
        "broken.xlsx": Outcome.SET_ASIDE, "heading.csv": Outcome.SET_ASIDE, "known.csv": Outcome.READ,
        "nothing.csv": Outcome.SET_ASIDE, "notes.md": Outcome.NOTES, "shape.shp": Outcome.SET_ASIDE,
        "unknown.csv": Outcome.WAITING,
    }
    for one in outcomes:
        assert one.outcome is Outcome.READ or one.reason.endswith("."), one
        assert json.dumps(one.as_data())
    assert ".dbf" in next(one.reason for one in outcomes if one.path == "shape.shp")


def test_an_unknown_table_waits_with_a_guess(here, store, folder):
    put(folder, unknown_dot_csv=UNKNOWN)
    one = only(pull_folder(store, folder))
    assert one.guess is not None
    assert one.guess.table == "facilities"
    assert 0 < one.guess.sure <= 1
    assert one.guess.sentence


def test_a_table_described_once_is_read_ever_after(here, store, folder):
    put(folder, unknown_dot_csv=UNKNOWN)
    pull_folder(store, folder)
    (opened,) = open_file(folder / "unknown.csv")
    mapping = propose(opened.sheets[0]).mapping
    mapping = replace(mapping, given=(*mapping.given, ("kind", "library")), title="Our libraries")
    Memory(store.root).keep(mapping)
    one = only(pull_folder(store, folder))
    assert one.outcome is Outcome.READ
    assert one.title == "Our libraries"
    assert one.rows == 3
    put(folder, next_dot_csv=UNKNOWN + "East,IP4 1AA,60\n")
    assert told(pull_folder(store, folder)) == {"unknown.csv": Outcome.UNCHANGED, "next.csv": Outcome.READ}
    assert store.dataset(one.dataset).tables == {"facilities": 7}
    Memory(store.root).keep(replace(mapping, given=(("kind", "hub"),)))
    assert {one.outcome for one in pull_folder(store, folder)} == {Outcome.READ}
    assert store.dataset(one.dataset).tables == {"facilities": 7}


def test_the_same_files_again_are_not_even_opened(here, store, folder):
    put(folder, a_dot_csv=regions(24, IPSWICH))
    pull_folder(store, folder)
    version, calls = store.version, HereSandbox.calls
    one = only(pull_folder(store, folder))
    assert one.outcome is Outcome.UNCHANGED
    assert (one.dataset, one.rows) == ("district-region", 3)
    assert (store.version, HereSandbox.calls) == (version, calls)


def test_the_same_bytes_twice_are_read_once(here, store, folder):
    put(folder, a_dot_csv=regions(24, IPSWICH), b__copy_dot_csv=regions(24, IPSWICH))
    assert told(pull_folder(store, folder)) == {"a.csv": Outcome.READ, "b/copy.csv": Outcome.UNCHANGED}
    assert HereSandbox.calls == 1


def test_a_reader_that_has_learnt_reads_again(here, store, folder, monkeypatch):
    put(folder, a_dot_csv=regions(24, IPSWICH))
    pull_folder(store, folder)
    readers = dict(recognise.load_readers())
    readers["district-region"] = replace(readers["district-region"], version=99)
    monkeypatch.setattr(pull, "load_readers", lambda: readers)
    monkeypatch.setattr(pull_file, "recognise", lambda opened: recognise.recognise(opened, readers))
    assert only(pull_folder(store, folder)).outcome is Outcome.READ
    assert store.dataset("district-region").parts[0].reader_version == 99
    assert only(pull_folder(store, folder)).outcome is Outcome.UNCHANGED


def test_the_later_edition_stands_whichever_comes_first(here, store, folder):
    put(folder, a_dot_csv=regions(25, IPSWICH), b_dot_csv=regions(24, IPSWICH, WIGAN))
    assert told(pull_folder(store, folder)) == {"a.csv": Outcome.READ, "b.csv": Outcome.OLDER}
    assert store.dataset("district-region").edition == "2025"
    version = store.version
    put(folder, c_dot_csv=regions(23, WIGAN))
    outcomes = {one.path: one for one in pull_folder(store, folder)}
    assert outcomes["b.csv"].outcome is Outcome.UNCHANGED
    assert "a.csv stands in its place" in outcomes["b.csv"].reason
    assert outcomes["c.csv"].outcome is Outcome.OLDER
    assert "2023" in outcomes["c.csv"].reason
    assert store.version == version


def test_two_layouts_of_one_data_set_are_read_once(here, store, folder):
    tidy = "ltla24_name,ltla24_code,region24_name,region24_code\nIpswich,E07000202,East of England,E12000006\n"
    put(folder, b_dot_csv=tidy, a_dot_csv=regions(24, IPSWICH))
    outcomes = {one.path: one for one in pull_folder(store, folder)}
    assert outcomes["a.csv"].outcome is Outcome.READ
    assert (outcomes["b.csv"].outcome, outcomes["b.csv"].reason) == (
        Outcome.UNCHANGED, "a.csv holds the same data set.",
    )


def test_a_torn_copy_does_not_replace_a_whole_one(here, store, folder):
    whole = regions(24, *(f"E0700{i:04d},Place {i},E12000006,East of England\n" for i in range(40)))
    put(folder, whole_dot_csv=whole)
    pull_folder(store, folder)
    put(folder, torn_dot_csv="".join(whole.splitlines(keepends=True)[:20]))
    torn = next(one for one in pull_folder(store, folder) if one.path == "torn.csv")
    assert torn.outcome is Outcome.UNCHANGED
    assert "fuller" in torn.reason
    put(folder, corrected_dot_csv="".join(whole.splitlines(keepends=True)[:40]))
    assert told(pull_folder(store, folder))["corrected.csv"] is Outcome.READ


def test_a_file_that_gave_way_comes_back_when_it_is_given_alone(here, store, folder):
    put(folder, true_dot_csv=regions(24, IPSWICH, WIGAN))
    pull_folder(store, folder)
    before = store.dataset("district-region")
    put(folder, false_dot_csv=regions(27, IPSWICH, WIGAN))
    assert told(pull_folder(store, folder))["false.csv"] is Outcome.READ
    assert told(pull_folder(store, folder))["true.csv"] is Outcome.UNCHANGED
    assert only(pull_folder(store, folder / "true.csv")).outcome is Outcome.READ
    assert store.dataset("district-region").sources == before.sources
    assert told(pull_folder(store, folder))["false.csv"] is Outcome.UNCHANGED


def test_an_edition_of_a_time_far_ahead_is_set_aside(here, store, folder):
    put(folder, ahead_dot_csv=regions(97, IPSWICH, WIGAN))
    for _twice in range(2):
        one = only(pull_folder(store, folder))
        assert one.outcome is Outcome.SET_ASIDE
        assert "2097" in one.reason
        assert store.datasets() == ()
    put(folder, true_dot_csv=regions(24, IPSWICH, WIGAN))
    assert told(pull_folder(store, folder)) == {"ahead.csv": Outcome.SET_ASIDE, "true.csv": Outcome.READ}


def codes(outcode, *incodes):
    return json.dumps({outcode: {incode: ["E07000202", "E05007117", "E01033124"] for incode in incodes}})


def test_a_data_set_of_many_files_grows_part_by_part(here, store, folder):
    put(folder, IP_dot_json=codes("IP1", "1AA", "1AB"), TF_dot_json=codes("TF1", "1AA"))
    assert set(told(pull_folder(store, folder)).values()) == {Outcome.READ}
    put(folder, WN_dot_json=codes("WN1", "1AA"))
    assert Counter(told(pull_folder(store, folder)).values()) == {Outcome.UNCHANGED: 2, Outcome.READ: 1}
    held = store.dataset("postcodes-by-area")
    assert [part.part for part in held.parts] == ["ip", "tf", "wn"]
    put(folder, IP_dot_json=codes("IP1", "1AA", "1AB", "1AC"))
    pull_folder(store, folder)
    assert store.dataset("postcodes-by-area").tables == {"postcodes": 5}


def test_parts_of_one_name_in_two_folders_are_both_kept(here, store, folder):
    put(folder, a__IP_dot_json=codes("IP1", "1AA"), b__IP_dot_json=codes("IP2", "1AA"))
    pull_folder(store, folder)
    assert store.dataset("postcodes-by-area").tables == {"postcodes": 2}
    (folder / "a" / "IP.json").unlink()
    pull_folder(store, folder)
    assert store.dataset("postcodes-by-area").tables == {"postcodes": 2}


def test_each_file_of_an_archive_has_its_own_outcome(here, store, folder):
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        archive.writestr("one/regions.csv", regions(24, IPSWICH))
        archive.writestr("two/unknown.csv", UNKNOWN)
    outcomes = pull_folder(store, folder)
    assert [(one.inside, one.outcome) for one in outcomes] == [
        ("one/regions.csv", Outcome.READ), ("two/unknown.csv", Outcome.WAITING),
    ]
    assert outcomes[0].name == "all.zip > one/regions.csv"


def test_rows_that_cannot_be_read_are_listed_and_the_rest_goes_in(here, store, folder):
    heading, rest = "LSOA21CD,LSOA21NM,UTLA23CD,UTLA23NM\n", ",E06000006,Halton\n"
    put(folder, a_dot_csv=f"{heading}E01012392,Halton 001A{rest}Total,All{rest}")
    one = only(pull_folder(store, folder))
    assert (one.outcome, one.rejected) == (Outcome.READ, 1)
    (row,) = store.rejected("lsoa21-upper-tier")
    assert row.row == 3
    assert "LSOA21CD" in row.column


def test_a_reader_that_fails_sets_its_file_aside_and_no_other(here, store, folder, monkeypatch):
    readers = dict(recognise.load_readers())

    def fails(_opened):
        raise ZeroDivisionError("unheard of")

    readers["district-region"] = replace(readers["district-region"], read=fails)
    monkeypatch.setattr(pull_file, "recognise", lambda opened: recognise.recognise(opened, readers))
    put(folder, a_dot_csv=regions(24, IPSWICH), b_dot_json=codes("IP1", "1AA"))
    outcomes = {one.path: one for one in pull_folder(store, folder)}
    assert outcomes["a.csv"].outcome is Outcome.SET_ASIDE
    assert "district-region" in outcomes["a.csv"].reason
    assert outcomes["b.json"].outcome is Outcome.READ


def test_a_file_the_sandbox_refuses_is_set_aside_with_its_sentence(store, folder, monkeypatch):
    class Refusing(HereSandbox):
        def run(self, function, *arguments, about):
            raise CannotOpen(f"{about} is a bomb.")

    monkeypatch.setattr(pull, "Sandbox", Refusing)
    put(folder, a_dot_csv=regions(24, IPSWICH))
    assert only(pull_folder(store, folder)).reason == "“a.csv” is a bomb."
    assert not store.exists


def test_new_words_in_the_catalogue_reach_what_is_stored(here, store, folder, monkeypatch):
    put(folder, a_dot_csv=regions(24, IPSWICH))
    pull_folder(store, folder)
    version = store.version
    entry = replace(catalogue.entry("district-region"), title="Districts and their regions")
    monkeypatch.setattr(catalogue, "entry", lambda _key: entry)
    pull_folder(store, folder)
    assert store.dataset("district-region").provenance.title == "Districts and their regions"
    assert store.version == version


def test_a_data_set_not_in_the_catalogue_says_so(here, store, folder, monkeypatch):
    def absent(key):
        raise catalogue.NotInCatalogue(key)

    monkeypatch.setattr(catalogue, "entry", absent)
    put(folder, a_dot_csv=regions(24, IPSWICH))
    pull_folder(store, folder)
    assert "not to be published" in store.dataset("district-region").provenance.licence


def test_a_file_now_known_as_another_data_set_leaves_the_old_one(here, store, folder):
    put(folder, a_dot_csv=regions(24, IPSWICH))
    (opened,) = open_file(folder / "a.csv")
    rows = list(recognise.load_readers()["district-region"].read(opened))
    source = SourceFile("a.csv", opened.sha256, opened.size)
    store.replace("old-name", provenance=Provenance("t", "p", "l"), tables=rows, sources=[source])
    pull_folder(store, folder)
    assert [one.dataset for one in store.datasets()] == ["district-region"]


def test_hidden_files_and_links_are_left_alone(here, store, folder, tmp_path):
    put(folder, a_dot_csv=regions(24, IPSWICH))
    put(tmp_path, secret_dot_csv=regions(24, WIGAN))
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / "b.csv").write_text(UNKNOWN)
    (folder / "link.csv").symlink_to(tmp_path / "secret.csv")
    assert told(pull_folder(store, folder)) == {"a.csv": Outcome.READ}


def test_a_name_that_is_no_text_and_a_file_nobody_may_read_keep_no_other_out(here, store, folder, monkeypatch):
    region = (REGIONS.format(y=24) + IPSWICH).encode()
    with open(os.fsencode(folder) + b"/caf\xe9 \xe2\x80\xae1.csv", "wb") as file:
        file.write(region)
    with open(os.fsencode(folder) + b"/caf\xe9 2.csv", "wb") as file:
        file.write(b"MZ\x90\x00")
    (folder / "locked.csv").write_text("a,b\n1,2\n")
    digest = hashlib.file_digest

    def refused(file, kind):
        if file.name.endswith("locked.csv"):
            raise PermissionError(13, "Permission denied", file.name)
        return digest(file, kind)

    monkeypatch.setattr(hashlib, "file_digest", refused)
    program, read, locked = pull_folder(store, folder)
    assert (read.path, read.outcome) == ("caf\\udce9 \\u202e1.csv", Outcome.READ)
    assert (program.path, program.outcome) == ("caf\\udce9 2.csv", Outcome.SET_ASIDE)
    assert "“caf\\udce9 2.csv” is a program" in program.reason
    assert (locked.outcome, "Permission denied" in locked.reason) == (Outcome.SET_ASIDE, True)
    assert store.datasets()[0].parts[0].sources[0].path == "caf\\udce9 \\u202e1.csv"


def test_one_file_may_be_given(here, store, folder):
    put(folder, a_dot_csv=regions(24, IPSWICH))
    assert told(pull_folder(store, folder / "a.csv")) == {"a.csv": Outcome.READ}


def test_nothing_to_pull_is_a_sentence(store, folder):
    with pytest.raises(NothingToPull, match="has no files"):
        pull_folder(store, folder)
    with pytest.raises(NothingToPull, match="not a folder"):
        pull_folder(store, folder / "nowhere")


def test_a_second_pull_gets_a_sentence(here, store, folder):
    put(folder, a_dot_csv=regions(24, IPSWICH))
    with store.writer(pull.PULL), pytest.raises(StoreBusy, match="Wait for them"):
        pull_folder(store, folder)


def test_progress_counts_every_file_and_byte(here, store, folder):
    put(folder, a_dot_csv=regions(24, IPSWICH), b_dot_csv=UNKNOWN, c_dot_json=codes("IP1", "1AA"))
    seen = []
    pull_folder(store, folder, progress=seen.append)
    assert [one.files_done for one in seen] == [1, 2, 3]
    assert seen[-1].bytes_done == seen[-1].bytes == sum(path.stat().st_size for path in folder.iterdir())


def test_a_fault_of_ours_is_not_swallowed(store, folder, monkeypatch):
    class Faulty(HereSandbox):
        def run(self, function, *arguments, about):
            raise AssertionError("a fault of ours")

    monkeypatch.setattr(pull, "Sandbox", Faulty)
    put(folder, a_dot_csv=UNKNOWN)
    with pytest.raises(AssertionError, match="a fault of ours"):
        pull_folder(store, folder)


CUT = textwrap.dedent(
    """
    import os, sys
    from commonweal.lake import pull
    from commonweal.lake.store import Store

    class Here:
        def __init__(self, **caps): pass
        def __enter__(self): return self
        def __exit__(self, *_): pass
        def close(self): pass
        def run(self, function, *arguments, about): return function(*arguments)

    pull.Sandbox = Here
    Store.adopt = lambda *_: os._exit(9)
    pull.pull_folder(Store(sys.argv[1]), pull.Path(sys.argv[2]))
    """
)


def test_a_power_cut_leaves_the_store_as_it_was_and_the_next_pull_clears_up(here, store, folder):
    put(folder, a_dot_csv=regions(24, IPSWICH))
    pull_folder(store, folder)
    version = store.version
    put(folder, a_dot_csv=regions(25, IPSWICH, WIGAN))
    cut = subprocess.run([sys.executable, "-c", CUT, str(store.root), str(folder)], check=False)
    assert cut.returncode == 9
    assert store.version == version
    assert list((store.root / "drafts").iterdir())
    assert told(pull_folder(store, folder)) == {"a.csv": Outcome.READ}
    assert list((store.root / "drafts").iterdir()) == []
    assert store.dataset("district-region").edition == "2025"


def test_in_worker_processes_for_real(store, folder):
    put(folder, a_dot_csv=regions(24, IPSWICH), b_dot_csv=UNKNOWN, c_dot_json=codes("IP1", "1AA"))
    (folder / "d.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    assert told(pull_folder(store, folder)) == {
        "a.csv": Outcome.READ, "b.csv": Outcome.WAITING, "c.json": Outcome.READ, "d.xlsx": Outcome.SET_ASIDE,
    }


def waiting(name, memory):
    return Waiting(folder_path(name), name, name, 1, memory)


def folder_path(name):
    from pathlib import Path

    return Path(name)


@given(st.lists(st.integers(1, 120), max_size=20))
def test_no_more_is_read_at_once_than_memory_allows(sizes):
    queue = Queue([waiting(str(i), size) for i, size in enumerate(sizes)], budget=100)
    reading, seen = [], []
    while len(seen) < len(sizes):
        fits = [one for one in queue._files if not reading or sum(r.memory for r in reading) + one.memory <= 100]
        if not fits:
            queue.done(reading.pop(0))
            continue
        one = queue.take()
        reading.append(one)
        seen.append(one.shown)
        assert len(reading) == 1 or sum(r.memory for r in reading) <= 100
    assert sorted(seen) == sorted(str(i) for i in range(len(sizes)))
    assert queue.take() is None


def test_memory_is_guessed_from_what_a_file_unpacks_to(folder):
    import gzip

    (folder / "a.csv").write_bytes(b"x" * MIB)
    (folder / "b.csv.gz").write_bytes(gzip.compress(b"x" * 10 * MIB))
    with zipfile.ZipFile(folder / "c.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("big.csv", b"x" * 200 * MIB)
    needed = {path.name: memory_needed(path, path.stat().st_size) for path in sorted(folder.iterdir())}
    assert needed["a.csv"] < needed["b.csv.gz"] < needed["c.zip"] == BUDGET


@pytest.mark.real_data
@pytest.mark.promise("N2")
def test_published_lookups_go_in_whole(here, store, published):
    outcomes = pull_folder(store, published / "01_geography" / "ons")
    assert set(told(outcomes).values()) == {Outcome.READ}
    held = store.dataset("lsoa11-lsoa21")
    assert held.tables == {"areas": 70_756, "area_links": 71_468}


@pytest.mark.real_data
@pytest.mark.soak
@pytest.mark.promise("N2")
def test_every_published_file_has_an_outcome(store, published):
    files = [path for path in published.rglob("*") if path.is_file()]
    outcomes = pull_folder(store, published)
    assert {one.path for one in outcomes} == {str(path.relative_to(published)) for path in files}
    for one in outcomes:
        assert one.outcome is Outcome.READ or one.reason, one.name
    version = store.version
    again = pull_folder(store, published)
    assert Outcome.READ not in {one.outcome for one in again}
    assert store.version == version
    assert os.listdir(store.root / "drafts") == []
