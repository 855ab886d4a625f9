"""The access log: every line kept, ids alone, written by many threads in groups."""

from __future__ import annotations

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import uuid4

from commonweal.core import clock
from commonweal.core.access_log import Access, AccessFile, access_log


def test_every_line_is_kept_whoever_writes(tmp_path):
    log = AccessFile(tmp_path)
    person = uuid4()
    with ThreadPoolExecutor(8) as pool:
        for number in range(400):
            pool.submit(log.write, Access(person, "GET", f"route-{number}", 200))
    log.flush()
    lines = [json.loads(line) for path in tmp_path.iterdir() for line in path.read_text().splitlines()]
    assert {line["route"] for line in lines} == {f"route-{number}" for number in range(400)}
    assert {line["person"] for line in lines} == {str(person)}


def test_one_file_a_month_for_its_owner_alone_and_only_added_to(tmp_path):
    log = AccessFile(tmp_path / "log")
    with clock.fixed(datetime(2026, 12, 31, 23, 59, tzinfo=UTC)):
        for status in (200, 404):
            log.write(Access(None, "GET", "web:start", status, {"place": "E07000001"}))
            log.flush()
    (path,) = (tmp_path / "log").iterdir()
    assert path.name == "access-2026-12.jsonl"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    first, second = map(json.loads, path.read_text().splitlines())
    assert first == {
        "at": "2026-12-31T23:59:00.000+00:00", "person": None, "method": "GET", "route": "web:start",
        "subject": {"place": "E07000001"}, "status": 200,
    }
    assert second["status"] == 404


def test_lines_wait_while_the_folder_cannot_be_written(tmp_path, monkeypatch):
    monkeypatch.setattr(AccessFile, "_start", lambda self: None)
    monkeypatch.setattr("commonweal.core.access_log.RETRY_SECONDS", 0.0)
    blocked = tmp_path / "log"
    blocked.write_text("a file where the folder should be")
    log = AccessFile(blocked)
    for route in ("first", "second"):
        log.write(Access(None, "GET", route, 200))
        log._try()
    blocked.unlink()
    log.write(Access(None, "GET", "third", 200))
    log._try()
    log._try()
    (path,) = blocked.iterdir()
    assert [json.loads(line)["route"] for line in path.read_text().splitlines()] == ["first", "second", "third"]


def test_one_log_an_installation(settings, tmp_path):
    settings.VAR = tmp_path / "one"
    assert access_log() is access_log()
    assert access_log().folder == tmp_path / "one" / "log"
