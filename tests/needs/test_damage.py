"""Damaged files give a sentence or are made again; never a server error."""

from __future__ import annotations

import json

import pytest

from commonweal.needs.queries import kept
from commonweal.needs.replay import CannotReplay, from_data
from commonweal.present import picture_cache

SHARED = {"PlaceRef": [], "SourceRef": {}, "Quality": {}}


@pytest.mark.parametrize(
    "data",
    [
        None, [], {}, {"format": "commonweal-assessment"},
        {"format": "commonweal-assessment", "format_version": 99},
        {"format": "commonweal-assessment", "format_version": 1, "shared": SHARED, "assessment": {}},
        {"format": "commonweal-assessment", "format_version": 1, "shared": [], "assessment": {}},
    ],
)
def test_what_is_not_an_assessment_is_said_to_be_none(data) -> None:
    with pytest.raises(CannotReplay):
        from_data(data)


@pytest.mark.parametrize("text", ["", "{", "[" * 300_000, json.dumps({"format": "x"}), "\x00"])
def test_a_damaged_kept_assessment_is_made_again(tmp_path, text) -> None:
    path = tmp_path / "one.json"
    path.write_text(text, encoding="utf-8")
    assert kept._read(path) is None


@pytest.mark.parametrize("content", [b"", b"\xff\xfe<svg", b"not a picture"])
def test_a_damaged_picture_is_drawn_again(tmp_path, monkeypatch, content) -> None:
    monkeypatch.setenv("COMMONWEAL_VAR", str(tmp_path))
    monkeypatch.setattr(picture_cache, "_MEMORY", {})
    folder = tmp_path / "cache" / "charts"
    folder.mkdir(parents=True)
    (folder / "one.svg").write_bytes(content)
    assert picture_cache.kept("one", lambda: "<svg>drawn</svg>") == "<svg>drawn</svg>"


@pytest.mark.parametrize("address", ["/api/places/+/assessment", "/api/places/Z07000001+/assessment"])
def test_a_code_that_is_none_is_said_so(client, db, address) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "is not a place's code" in answer.json()["detail"]


def test_a_damaged_store_is_said_in_a_sentence(client, db, settings, tmp_path) -> None:
    settings.VAR = tmp_path
    example = tmp_path / "lake" / "example"
    example.mkdir(parents=True)
    (example / "manifest.json").write_text("{", encoding="utf-8")
    answer = client.get("/place/Z07000001/")
    assert answer.status_code == 503
    assert "manifest" in answer.content.decode()
