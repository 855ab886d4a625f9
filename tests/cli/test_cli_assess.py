"""The assess command: files where they were asked for, a sentence for what cannot be, never a traceback."""

from __future__ import annotations

import csv
import json

import pytest
from tests.needs import small_land
from typer.testing import CliRunner

from commonweal.cli import app, assessing, filling
from commonweal.lake.store import Store
from commonweal.needs.replay import assessment_from_json


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return small_land.build(Store(tmp_path_factory.mktemp("cli-land")))


@pytest.fixture
def run(store, tmp_path, monkeypatch):
    monkeypatch.setenv("COMMONWEAL_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("COMMONWEAL_DEBUG", raising=False)

    def asked(*words, out=tmp_path / "out"):
        return CliRunner().invoke(app, ["assess", *words, "--store", str(store.root), "--out", str(out)])

    return asked


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.promise("N2")
def test_a_place_gives_its_files_its_headline_and_where_they_are(run, tmp_path):
    found = run("Alton")
    assert found.exit_code == 0, found.output
    assert names(tmp_path / "out") == ["alton.docx", "alton.json", "alton.pdf", "alton.xlsx"]
    assert str(tmp_path / "out" / "alton.pdf") in found.output
    made = assessment_from_json((tmp_path / "out" / "alton.json").read_bytes())
    assert made.headline in found.output


def test_only_the_files_asked_for_are_made(run, tmp_path):
    assert run("Alton", "--form", "json", "--form", "xlsx").exit_code == 0
    assert names(tmp_path / "out") == ["alton.json", "alton.xlsx"]


def test_the_evidence_page_comes_when_asked(run, tmp_path):
    assert run("Alton", "--form", "json", "--evidence").exit_code == 0
    assert {"alton-evidence.docx", "alton-evidence.pdf"} <= set(names(tmp_path / "out"))


def test_several_places_are_each_made_or_made_together(run, tmp_path):
    assert run("Alton", "Corran", "--form", "json").exit_code == 0
    assert names(tmp_path / "out") == ["alton.json", "corran.json"]
    assert run("Alton", "Corran", "--together", "--form", "json", out=tmp_path / "one").exit_code == 0
    assert len(names(tmp_path / "one")) == 1


def test_a_place_that_is_not_there_gives_the_nearest_names_and_exit_code_2(run):
    found = run("Altun")
    assert found.exit_code == 2
    assert "Alton" in found.output
    assert "Traceback" not in found.output


def test_an_abolished_district_is_its_successor_and_says_why(run):
    found = run("North Corran", "--form", "json")
    assert found.exit_code == 0
    assert "Corran took its place" in found.output


@pytest.mark.parametrize(("words", "code", "says"), [
    ((), 2, "Name a place"),
    (("Alton", "--form", "parchment"), 1, "no file of kind parchment"),
    (("Alton", "--weights", "wealth=1"), 1, "no domain called 'wealth'"),
    (("Alton", "--weights", "health"), 1, "write them as"),
    (("Alton", "--weights", "health=lots"), 1, "write them as"),
])
def test_what_cannot_be_done_is_said_in_a_sentence(run, words, code, says):
    found = run(*words)
    assert found.exit_code == code
    assert says in " ".join(found.output.split())
    assert "Traceback" not in found.output


def test_weights_asked_for_are_those_of_the_assessment(run, tmp_path):
    assert run("Alton", "--form", "json", "--weights", "health=1,money=3").exit_code == 0
    made = assessment_from_json((tmp_path / "out" / "alton.json").read_bytes())
    assert dict(made.weights)["money"] == 0.75


def test_a_folder_that_cannot_be_written_to_is_a_sentence(run, tmp_path):
    (tmp_path / "taken").write_text("a file")
    found = run("Alton", "--form", "json", out=tmp_path / "taken")
    assert found.exit_code == 1
    assert "taken" in found.output
    assert "Traceback" not in found.output


def test_an_empty_store_says_how_to_begin(tmp_path):
    found = CliRunner().invoke(app, ["assess", "Alton", "--store", str(tmp_path / "none"), "--out", str(tmp_path)])
    assert found.exit_code != 0
    assert "commonweal pull" in " ".join(found.output.split())


def test_every_district_has_its_files_and_a_line_in_the_summary(store, run, tmp_path, monkeypatch):
    monkeypatch.setattr(assessing, "_in_parts", lambda root, rows, wanted: iter(
        assessing.part_of_districts(root, rows, wanted)
    ))
    found = run("--all", "--form", "json")
    assert found.exit_code == 0, found.output
    rows = list(csv.DictReader((tmp_path / "out" / "summary.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["name"] for row in rows] == ["Alton", "Bury End", "Corran"]
    assert all(row["headline"] and not row["problem"] for row in rows)


def test_one_district_that_fails_stops_no_other_and_is_named(store, run, tmp_path, monkeypatch):
    whole = assessing.assess

    def fails(held, place, **how):
        if place == small_land.BURY_END:
            raise RuntimeError("no ink")
        return whole(held, place, **how)

    monkeypatch.setattr(assessing, "assess", fails)
    monkeypatch.setattr(assessing, "_in_parts", lambda root, rows, wanted: iter(
        assessing.part_of_districts(root, rows, wanted)
    ))
    found = run("--all", "--form", "json")
    assert found.exit_code == 1
    assert "Bury End" in found.output
    assert "no ink" in found.output
    assert {"alton.json", "corran.json"} <= set(names(tmp_path / "out"))


def test_a_folder_is_read_once_for_each_state_it_is_in(tmp_path, monkeypatch):
    folder, store = tmp_path / "files", Store(tmp_path / "store")
    folder.mkdir()
    (folder / "a.csv").write_text("x")
    read = []

    def reads(held, path):
        read.append(path)
        small_land.geography(held)
        return ()

    monkeypatch.setattr("commonweal.cli.pulling.read", reads)
    assert [filling.fill(store, folder), filling.fill(store, folder)] == [True, False]
    (folder / "b.csv").write_text("y")
    assert filling.fill(store, folder)
    (store.root / filling.REMEMBERED).write_text("not json")
    assert filling.fill(store, folder)
    assert len(read) == 3
    assert json.loads((store.root / filling.REMEMBERED).read_text())
