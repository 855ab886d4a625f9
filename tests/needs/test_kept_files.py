"""Documents are made once; what nobody asks for in a week goes, and what is asked for stays."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from commonweal.core import clock
from commonweal.core.jobs import upkeep
from commonweal.core.stores import stores
from commonweal.core.viewer import ANONYMOUS
from commonweal.needs import kept_files
from commonweal.needs.pages.loading import assessment_for
from commonweal.needs.queries import kept
from commonweal.present import picture_cache

DRAWN = "/place/Z01000001+Z01000002+Z01000003/assessment."


@pytest.fixture
def cache(pages, tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("COMMONWEAL_VAR", str(tmp_path))
    kept._KEPT.clear()
    yield tmp_path / "cache"
    kept._KEPT.clear()


def aged(path: Path, days: float) -> Path:
    then = (clock.now() - timedelta(days=days)).timestamp()
    os.utime(path, (then, then))
    return path


def test_a_document_of_a_drawn_set_is_made_once(pages, cache, monkeypatch):
    first = {ending: pages.get(DRAWN + ending).content for ending in ("docx", "pdf", "xlsx")}
    assert len(list((cache / "documents").glob("*.*"))) == 3
    monkeypatch.setattr("commonweal.needs.views.files.made_file", lambda *_: pytest.fail("made again"))
    for ending, body in first.items():
        assert pages.get(DRAWN + ending).content == body
    assert pages.get(DRAWN + "exe").status_code == 404


def test_a_mended_maker_makes_anew(pages, cache, monkeypatch):
    made = assessment_for(ANONYMOUS, "Z07000001")
    assert kept_files.kept_document(made, "pdf", lambda: b"old") == b"old"
    assert kept_files.kept_document(made, "pdf", lambda: b"new") == b"old"
    monkeypatch.setattr(kept_files, "makers_version", lambda: "mended")
    assert kept_files.kept_document(made, "pdf", lambda: b"new") == b"new"


def test_what_nobody_asked_for_in_a_week_goes(pages, cache, monkeypatch):
    pages.get(DRAWN + "xlsx")
    (document,), (assessment,) = (cache / "documents").iterdir(), (cache / "assessments").iterdir()
    index = stores().example.root / "derived" / "need-index-unasked.npz"
    index.parent.mkdir(exist_ok=True)
    index.write_bytes(b"x")
    for path in (document, assessment):
        aged(path, 6.9)
    aged(index, 7.1)
    monkeypatch.setattr(upkeep, "expire_uploads", lambda _store: 0)
    upkeep.tidy(now=True)
    assert (document.exists(), assessment.exists(), index.exists()) == (True, True, False)
    aged(document, 8)
    aged(assessment, 8)
    upkeep.tidy(now=True)
    assert not document.exists()
    assert not assessment.exists()
    assert pages.get(DRAWN + "xlsx").status_code == 200


def test_what_is_asked_for_stays(pages, cache):
    pages.get(DRAWN + "xlsx")
    for path in (*(cache / "documents").iterdir(), *(cache / "assessments").iterdir()):
        aged(path, 8)
    pages.get(DRAWN + "xlsx")
    kept_files.clear_unasked()
    assert list((cache / "documents").iterdir())
    assert list((cache / "assessments").iterdir())


def test_a_picture_nobody_asked_for_goes_and_one_that_was_stays(pages, cache):
    for key in ("old", "asked"):
        picture_cache.kept(key, lambda: "<svg/>")
        picture_cache._MEMORY.pop(key)
        aged(cache / "charts" / f"{key}.svg", 8)
    assert picture_cache.kept("asked", lambda: pytest.fail("drawn again")) == "<svg/>"
    kept_files.clear_unasked()
    assert [path.stem for path in (cache / "charts").iterdir()] == ["asked"]
    picture_cache._MEMORY.pop("asked")


def test_what_weighs_too_much_goes_longest_unasked_first(pages, cache, monkeypatch):
    (cache / "documents").mkdir(parents=True)
    for days, name in enumerate(("new.pdf", "older.pdf", "oldest.pdf")):
        (cache / "documents" / name).write_bytes(b"x" * 400)
        aged(cache / "documents" / name, days)
    monkeypatch.setattr(kept_files, "_kept", (cache / "documents").iterdir)
    monkeypatch.setattr(kept_files, "MOST_BYTES", 1000)
    assert kept_files.clear_unasked() == 1
    assert sorted(path.name for path in (cache / "documents").iterdir()) == ["new.pdf", "older.pdf"]


def test_a_folder_that_cannot_be_written_to_is_no_reason_to_fail(pages, cache, monkeypatch):
    monkeypatch.setattr("pathlib.Path.mkdir", lambda *_a, **_k: (_ for _ in ()).throw(OSError("full")))
    assert pages.get(DRAWN + "xlsx").status_code == 200
