"""The pull command: what a person sees, what a program reads, and no traceback ever."""

import json

import pytest
from typer.testing import CliRunner

from commonweal.cli import app, pulling
from commonweal.cli.frame import sentences
from commonweal.lake import catalogue, pull
from commonweal.lake.download import Fetch, Fetched
from commonweal.lake.store import Store, StoreBusy

REGIONS = "LAD24CD,LAD24NM,RGN24CD,RGN24NM\nE07000202,Ipswich,E12000006,East of England\n"
UNKNOWN = "Library,Postcode,Visits\nCentral,IP1 1AA,120\nNorth,IP2 0AA,95\nSouth,IP3 0AA,80\n"
ODD = "LSOA21CD,LSOA21NM,UTLA23CD,UTLA23NM\nE01012392,Halton 001A,E06000006,Halton\nTotal,All,E06000006,Halton\n"


class HereSandbox:
    def __init__(self, **_caps):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def close(self):
        pass

    def run(self, function, *arguments, about):
        return function(*arguments)


@pytest.fixture
def run(monkeypatch, tmp_path):
    monkeypatch.setattr(pull, "Sandbox", HereSandbox)
    monkeypatch.setenv("COMMONWEAL_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("COMMONWEAL_DEBUG", raising=False)
    return lambda *words: CliRunner().invoke(app, list(map(str, words)))


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "files"
    made.mkdir()
    (made / "regions.csv").write_text(REGIONS)
    (made / "libraries.csv").write_text(UNKNOWN)
    (made / "broken.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    return made


@pytest.mark.promise("N2")
def test_what_needs_a_person_comes_first_then_what_went_in(run, folder, tmp_path):
    done = run("pull", "--from", folder)
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert lines[0] == "Waiting for mapping (1)"
    assert "  libraries.csv" in lines
    assert "Set aside (1)" in lines
    assert "3 files: 1 read, 1 waiting for mapping, 1 set aside." in lines
    assert lines[-1].startswith("1 data set, 3 rows, version ")
    assert Store(tmp_path / "var" / "lake" / "published").exists


def test_every_file_is_named_when_asked(run, folder):
    done = run("pull", "--from", folder, "--all")
    assert "  regions.csv: district-region, 3 rows" in done.stdout.splitlines()


def test_a_reason_many_share_is_said_once(run, folder):
    (folder / "worse.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    (folder / "copy.csv").write_text(UNKNOWN + "East,IP4 1AA,60\n")
    done = run("pull", "--from", folder)
    assert done.stdout.count("figures by area") + done.stdout.count("list of places") == 1


def test_rows_kept_out_are_counted_with_the_first(run, tmp_path):
    (tmp_path / "odd.csv").write_text(ODD)
    done = run("pull", "--from", tmp_path / "odd.csv")
    assert "1 row of lsoa21-upper-tier kept out; the first is row 3" in done.stdout


def test_a_program_reads_json(run, folder):
    done = run("pull", "--from", folder, "--json")
    found = json.loads(done.stdout)
    assert found["version"]
    assert {one["outcome"] for one in found["files"]} == {"read", "waiting for mapping", "set aside"}
    assert found["fetched"] == []


def test_the_store_may_be_elsewhere(run, folder, tmp_path):
    run("pull", "--from", folder, "--store", tmp_path / "other")
    assert Store(tmp_path / "other").exists
    assert not (tmp_path / "var").exists()


WRONG = [
    (["pull", "--from", "/nowhere/at/all"], "/nowhere/at/all is not a folder that can be read."),
    (["pull", "weather"], "'weather' is not in the catalogue of data sets"),
]


@pytest.mark.parametrize(("words", "sentence"), WRONG)
def test_what_is_typed_wrong_gets_a_sentence(run, words, sentence):
    done = run(*words)
    assert done.exit_code == 1
    assert sentence in done.output
    assert "Traceback" not in done.output


def test_a_folder_of_nothing_readable_is_a_failure(run, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "broken.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    done = run("pull", "--from", tmp_path / "in")
    assert done.exit_code == 1
    assert "Set aside (1)" in done.stdout


def test_a_folder_of_which_nothing_goes_into_a_store_that_stands_is_a_failure_too(run, folder, tmp_path):
    assert run("pull", "--from", folder).exit_code == 0
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "broken.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    assert run("pull", "--from", tmp_path / "in").exit_code == 1
    assert run("pull", "--from", folder).exit_code == 0


def test_without_a_folder_it_asks_the_publishers(run, monkeypatch, tmp_path):
    saved = tmp_path / "var" / "downloads" / "district-region" / "regions.csv"

    def fetch_all(self, entries):
        for entry in entries:
            saved.parent.mkdir(parents=True)
            saved.write_text(REGIONS)
            yield Fetched(entry.dataset, Fetch.FETCHED, "80 bytes from example.org.", "https://example.org/r.csv")
            yield Fetched(entry.dataset, Fetch.FAILED, "example.org could not be reached.", "https://example.org/x")
            yield Fetched(entry.dataset, Fetch.BY_HAND, "No address of a file is known.")

    monkeypatch.setattr(pulling.Downloader, "fetch_all", fetch_all)
    done = run("pull", "district-region")
    assert done.exit_code == 0, done.output
    assert "Fetched (1)" in done.stdout
    assert "unchecked" in done.stdout
    assert "No address of a file is known" in done.stdout
    assert "1 file: 1 read." in done.stdout


def test_where_nothing_could_be_fetched_it_says_so(run, monkeypatch):
    failed = Fetched("district-region", Fetch.FAILED, "There is no network.", "https://example.org/x")
    monkeypatch.setattr(pulling.Downloader, "fetch_all", lambda self, entries: [failed])
    done = run("pull")
    assert done.exit_code == 1
    assert "There is no network." in done.stdout
    assert "commonweal pull --from FOLDER" in done.stdout


def test_by_itself_it_asks_for_what_has_an_address_or_is_needed(run, monkeypatch):
    asked = []
    monkeypatch.setattr(pulling.Downloader, "fetch_all", lambda self, entries: asked.extend(entries) or [])
    run("pull")
    assert {one.dataset for one in asked} == {
        one.dataset for one in catalogue.entries().values() if one.files or one.needed
    }


def raises(error):
    @sentences
    def command():
        raise error

    return command


@pytest.mark.parametrize("name", ["", "  "])
def test_an_empty_name_of_a_folder_is_refused_and_nothing_is_fetched(run, monkeypatch, name):
    monkeypatch.setattr(pulling, "fetch", lambda *_: pytest.fail("fetched"))
    done = run("pull", "--from", name)
    assert done.exit_code == 1
    assert "--from was given no folder" in done.stderr


SAID = [
    (StoreBusy("Data are being written by somebody else."), "Data are being written by somebody else."),
    (PermissionError(13, "Permission denied", "/var/lake"), "/var/lake: Permission denied."),
    (OSError(28, "No space left on device", "/var/lake/x"), "The disk is full. Make room"),
    (ZeroDivisionError("division by zero"), "not because of what you typed (ZeroDivisionError"),
    (KeyboardInterrupt(), "Stopped. What was already stored is whole"),
]


@pytest.mark.parametrize(("error", "words"), SAID, ids=lambda one: type(one).__name__)
def test_errors_are_said_and_never_traced(error, words, capsys, monkeypatch):
    import typer

    monkeypatch.delenv("COMMONWEAL_DEBUG", raising=False)
    with pytest.raises(typer.Exit):
        raises(error)()
    assert words in capsys.readouterr().err.replace("\n", " ")


def test_who_asks_for_a_traceback_gets_it(monkeypatch):
    monkeypatch.setenv("COMMONWEAL_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        raises(ZeroDivisionError("division by zero"))()


def test_the_command_says_what_it_can_do(run):
    done = run("--help")
    assert done.exit_code == 0
    assert "pull" in done.stdout
