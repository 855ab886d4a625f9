"""Uploads wait encrypted, come out byte for byte, and go when their time is up."""

from __future__ import annotations

import hashlib
import os
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from unittest.mock import Mock
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from commonweal.core import clock
from commonweal.core.actions.uploads import ARRIVING, Brought, expire_uploads, record_upload
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.ids import uuid7
from commonweal.core.jobs import worker
from commonweal.core.jobs.upkeep import tidy
from commonweal.core.models import Event, Upload, UploadState, Verb
from commonweal.core.permissions import Role
from commonweal.core.quarantine import CHUNK, Quarantine, quarantine
from commonweal.core.viewer import viewer_of

SECRET = b"Name,E-mail\nA Person,person@example.com\n"


@pytest.fixture
def held(tmp_path) -> Quarantine:
    return Quarantine(tmp_path)


def test_what_goes_in_comes_out_and_is_unreadable_between(held):
    upload = uuid4()
    taken = held.take_in(upload, [SECRET[:10], SECRET[10:]], limit=1000)
    assert (taken.size, taken.sha256) == (len(SECRET), hashlib.sha256(SECRET).hexdigest())
    sealed = (held.root / "quarantine" / f"{upload}.sealed").read_bytes()
    assert b"person" not in sealed
    with held.opened(upload, "people.csv") as path:
        assert path.read_bytes() == SECRET
        assert path.name == "people.csv"
        folder = path.parent
    assert not folder.exists()


@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK + 17])
def test_any_length_comes_back_whole(held, length):
    upload, data = uuid4(), os.urandom(length)
    held.take_in(upload, [data], limit=10 * CHUNK)
    with held.opened(upload, "x") as path:
        assert path.read_bytes() == data


def test_too_large_leaves_nothing_behind(held):
    upload = uuid4()
    with pytest.raises(Refused, match="larger than"):
        held.take_in(upload, [b"x" * 100] * 3, limit=250)
    assert not held.holds(upload)
    assert list((held.root / "quarantine").iterdir()) == []


def test_a_changed_or_swapped_piece_is_refused(held):
    one, other = uuid4(), uuid4()
    held.take_in(one, [b"one" * 100], limit=CHUNK)
    held.take_in(other, [b"two" * 100], limit=CHUNK)
    folder = held.root / "quarantine"
    sealed = bytearray((folder / f"{one}.sealed").read_bytes())
    (folder / f"{one}.sealed").write_bytes((folder / f"{other}.sealed").read_bytes())
    with pytest.raises(Refused, match="damaged"), held.opened(one, "x"):
        pass
    sealed[40] ^= 1
    (folder / f"{one}.sealed").write_bytes(sealed)
    with pytest.raises(Refused, match="damaged"), held.opened(one, "x"):
        pass


def test_gone_is_said_in_words_and_letting_go_twice_is_no_harm(held):
    upload = uuid4()
    held.take_in(upload, [b"x"], limit=10)
    held.let_go(upload)
    held.let_go(upload)
    with pytest.raises(NotFound, match="Upload it again"), held.opened(upload, "x"):
        pass


def test_key_and_files_are_for_their_owner_alone(held):
    held.take_in(uuid4(), [b"x"], limit=10)
    for path in (held.root / "quarantine.key", *(held.root / "quarantine").iterdir()):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((held.root / "quarantine").stat().st_mode) == 0o700


@examples(max_examples=60)
@given(name=st.text(max_size=300))
def test_no_name_leads_out_of_the_folder(tmp_path_factory, name):
    held = Quarantine(tmp_path_factory.getbasetemp() / "names")
    upload = uuid4()
    held.take_in(upload, [b"x"], limit=10)
    with held.opened(upload, name) as path:
        assert path.parent.parent == held.root / "quarantine"
        assert path.read_bytes() == b"x"


def bring(world, name: str = "figures.csv") -> Upload:
    upload = uuid7()
    taken = quarantine().take_in(upload, [SECRET], limit=1000)
    brought = Brought(name, taken.size, taken.sha256)
    return record_upload(
        by=viewer_of(world.people[Role.ANALYST]), partnership=world.partnership, brought=brought, upload_id=upload
    )


def test_an_upload_is_written_down_by_those_who_may(world):
    upload = bring(world)
    assert Event.objects.filter(verb=Verb.UPLOAD_RECORDED, subject_id=upload.pk).exists()
    for person in (world.people[Role.CONTRIBUTOR], world.outsider, world.staff):
        with pytest.raises(NotAllowed):
            record_upload(
                by=viewer_of(person), partnership=world.partnership, brought=Brought("x", 1, "0" * 64),
                upload_id=uuid7(),
            )


@pytest.mark.parametrize(("limit", "value"), [("MOST_WAITING", 1), ("WAITING_BYTES", 2 * len(SECRET) - 1)])
def test_nobody_fills_the_disk_with_files_that_wait(world, monkeypatch, limit, value):
    monkeypatch.setattr(f"commonweal.core.actions.uploads.{limit}", value)
    first = bring(world)
    with pytest.raises(Refused, match="wait to be read"):
        bring(world)
    Upload.objects.filter(pk=first.pk).update(state=UploadState.READ)
    bring(world)


def test_bytes_go_after_a_day_and_the_row_says_so(world, settings):
    upload = bring(world)
    assert expire_uploads(quarantine()) == 0
    with clock.fixed(clock.now() + timedelta(hours=settings.UPLOAD_KEPT_HOURS, minutes=1)):
        assert expire_uploads(quarantine()) == 1
    upload.refresh_from_db()
    assert upload.state == UploadState.EXPIRED
    assert "Upload it again" in upload.outcome["sentence"]
    assert not quarantine().holds(upload.pk)
    assert Event.objects.filter(verb=Verb.UPLOAD_EXPIRED, actor=None).exists()


def test_what_a_crash_left_behind_goes_too(world):
    folder = quarantine()._folder()
    (folder / f"{uuid4()}.arriving").write_bytes(b"half")
    (folder / "open-abc").mkdir()
    (folder / "open-abc" / "people.csv").write_bytes(SECRET)
    tidy(now=True)
    assert [path.suffix for path in folder.iterdir()] == [".arriving"]
    with clock.fixed(clock.now() + ARRIVING + timedelta(minutes=1)):
        tidy(now=True)
    assert list(folder.iterdir()) == []


OPENER = """
import sys, time
from pathlib import Path
from unittest.mock import Mock
from uuid import UUID
from commonweal.core.quarantine import Quarantine
with Quarantine(Path(sys.argv[1])).opened(UUID(sys.argv[2]), "people.csv") as path:
    print(path, flush=True)
    time.sleep(60)
"""


def test_a_file_in_the_clear_stays_while_its_process_lives_and_goes_once_it_is_killed(held):
    upload = uuid4()
    held.take_in(upload, [SECRET], limit=1000)
    process = subprocess.Popen(
        [sys.executable, "-c", OPENER, str(held.root), str(upload)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        path = Path(process.stdout.readline().strip())
        assert path.read_bytes() == SECRET
        assert held.clear_opened() == 0
        held.clear_away(before=clock.now() + timedelta(days=2))
        assert path.exists()
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
    assert path.exists()
    assert held.clear_opened() == 1
    assert not path.parent.exists()
    assert held.holds(upload)


def test_a_worker_clears_what_a_dead_one_left_before_it_works(world, monkeypatch):
    left = quarantine()._folder() / "open-abc"
    left.mkdir()
    (left / "people.csv").write_bytes(SECRET)
    queue = Mock()
    queue.return_value.run.side_effect = lambda: seen.append(left.exists())
    seen = []
    monkeypatch.setattr(worker, "QueueWorker", queue)  # the queue itself would close this test's connection
    monkeypatch.setattr(worker, "Pulse", Mock())
    worker.work(until_empty=True)
    assert seen == [False]


def test_bytes_that_no_upload_owns_go_but_not_while_arriving(world):
    stray = uuid4()
    quarantine().take_in(stray, [b"x"], limit=10)
    tidy(now=True)
    assert quarantine().holds(stray)
    with clock.fixed(clock.now() + ARRIVING + timedelta(minutes=1)):
        tidy(now=True)
    assert not quarantine().holds(stray)
