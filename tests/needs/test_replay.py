"""A kept assessment replays exactly, and what is not one is refused in a sentence."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from commonweal.example.store import build_store
from commonweal.lake.store import Store
from commonweal.needs import queries
from commonweal.needs.queries import kept
from commonweal.needs.replay import CannotReplay, assessment_from_json, assessment_json, from_data, to_data

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    made = Store(tmp_path_factory.mktemp("replay-example"))
    build_store(made)
    return made


@pytest.fixture(scope="module")
def made(store):
    return queries.assess(store, "Larkmere", today=TODAY)


def test_a_frozen_copy_gives_the_same_assessment_back(made):
    assert assessment_from_json(assessment_json(made)) == made
    assert assessment_json(assessment_from_json(assessment_json(made))) == assessment_json(made)


def test_sources_places_and_grades_stand_once(made):
    data = to_data(made)
    assert len(data["shared"]["SourceRef"]) == len({str(one) for one in data["shared"]["SourceRef"].values()})
    assert len(assessment_json(made)) < 1_000_000


def test_the_json_is_plain_and_holds_no_number_that_is_not_one(made):
    text = assessment_json(made)
    json.loads(text, parse_constant=lambda word: pytest.fail(f"{word} is not JSON"))


@pytest.mark.parametrize(("spoil", "says"), [
    (lambda data: "not json {", "not JSON"),
    (lambda data: json.dumps([1, 2]), "not a needs assessment"),
    (lambda data: json.dumps({**data, "format": "other"}), "not a needs assessment"),
    (lambda data: json.dumps({**data, "format_version": 99}), "form 99"),
    (lambda data: json.dumps({**data, "assessment": {}}), "not whole"),
    (lambda data: json.dumps({**data, "shared": {}}), "not whole"),
])
def test_what_is_not_a_kept_assessment_is_refused(made, spoil, says):
    with pytest.raises(CannotReplay, match=says):
        assessment_from_json(spoil(to_data(made)))


def test_a_field_added_later_has_its_default_in_an_older_copy(made):
    data = to_data(made)
    for theme in data["assessment"]["themes"]:
        for measure in theme["measures"]:
            del measure["peers"]
    older = from_data(data)
    assert older.themes[0].measures[0].peers == ()


# --- kept on disk -----------------------------------------------------------------------------------


@pytest.fixture
def var(tmp_path, monkeypatch):
    monkeypatch.setenv("COMMONWEAL_VAR", str(tmp_path))
    kept._KEPT.clear()
    yield tmp_path
    kept._KEPT.clear()


def test_the_second_asking_is_answered_from_disk(store, var, monkeypatch):
    first = kept.kept_assessment(store, "Larkmere", today=TODAY)
    kept._KEPT.clear()
    monkeypatch.setattr("commonweal.needs.queries.assessments.assess", lambda *_: pytest.fail("worked out again"))
    assert kept.kept_assessment(store, "Larkmere", today=TODAY) == first


def test_a_torn_copy_is_made_again(store, var):
    first = kept.kept_assessment(store, "Larkmere", today=TODAY)
    kept._KEPT.clear()
    path = next((var / "cache" / "assessments").glob("*.json"))
    path.write_text(path.read_text()[:1000])
    assert kept.kept_assessment(store, "Larkmere", today=TODAY) == first


def test_the_copy_depends_on_place_store_weights_and_month(store, monkeypatch):
    plain = kept.checked_weights(None)
    usual = kept.key_of(store, "Larkmere", TODAY, plain)
    assert usual == kept.key_of(store, " larkmere ", date(2026, 11, 1), plain)
    others = {
        kept.key_of(store, "Fenby", TODAY, plain),
        kept.key_of(store, "Larkmere", date(2026, 12, 1), plain),
        kept.key_of(store, "Larkmere", TODAY, kept.checked_weights({"reach": 1})),
    }
    monkeypatch.setattr(type(store), "version", property(lambda self: "another"))
    others.add(kept.key_of(store, "Larkmere", TODAY, plain))
    assert len({usual, *others}) == 5


def test_a_folder_that_cannot_be_written_to_is_no_reason_to_fail(store, var, monkeypatch):
    monkeypatch.setattr("pathlib.Path.write_text", lambda *_a, **_k: (_ for _ in ()).throw(OSError("full")))
    assert kept.kept_assessment(store, "Larkmere", today=TODAY).place.name == "Larkmere"


def test_values_of_a_figure_survive_whole(made):
    figure = made.themes[0].measures[0].figure
    copy = assessment_from_json(assessment_json(replace(made, population=figure)))
    assert copy.population == figure
