"""Whatever is brought through the page: a sentence comes back, and nothing of it lies on the disk in the clear."""

from __future__ import annotations

import io
import os
import secrets
import tempfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.lake.hostile_files import CORPUS, Hostile
from tests.world import signed_in

from commonweal.core.jobs.running import run
from commonweal.core.models import Job, JobState, Upload
from commonweal.core.permissions import Role
from commonweal.core.quarantine import CHUNK, quarantine
from commonweal.web.sealed_upload import Sealed, SealedUploads

PIECE = 32  # bytes of a file by which it would be known again
LITTLE = 10_000_000


@pytest.fixture
def temp(tmp_path, monkeypatch) -> Path:
    """The system's temp folder, ours alone for once."""
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def lies_open(mark: bytes, *folders: Path) -> list[Path]:
    """The files in which the mark stands."""
    found = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [path for path in found if mark in path.read_bytes()]


@pytest.mark.parametrize("hostile", CORPUS, ids=lambda one: one.name)
def test_a_hostile_file_brought_through_the_page_gives_a_sentence(world, var, temp, hostile: Hostile):
    client, data = signed_in(world.people[Role.ANALYST]), hostile.make()
    answer = client.post(
        reverse("web:files", args=[world.partnership.pk]), {"file": SimpleUploadedFile(hostile.name, data)}
    )
    if not data:
        assert answer.status_code == 200
        assert "The file is empty" in answer.content.decode()
    else:
        _told(client, world, answer)
    assert not list((var / "quarantine").glob("open-*"))
    assert not list(temp.iterdir())
    if len(set(data)) > 20 and len(data) < LITTLE:
        assert not lies_open(data[:PIECE * 4][-PIECE:], var, temp)


def _told(client, world, answer):
    """The job comes to its end, and the pages of job and file say in words what became of it."""
    assert answer.status_code == 302, answer.content.decode()
    job = Job.objects.get()
    run(job.pk)
    job.refresh_from_db()
    assert job.state in (JobState.DONE, JobState.FAILED)
    assert "fault in Commonweal" not in job.message
    assert job.message.endswith((".", "?", "!")), job.message
    upload = Upload.objects.get()
    for address in (answer["Location"], reverse("web:upload", args=[world.partnership.pk, upload.pk]),
                    reverse("web:files", args=[world.partnership.pk])):
        assert client.get(address).status_code == 200
    assert client.get(reverse("web:mapping", args=[world.partnership.pk, upload.pk])).status_code in (200, 404)


def test_no_clear_copy_stands_on_the_disk_while_a_file_comes_in(world, var, temp, monkeypatch):
    mark, seen = secrets.token_hex(PIECE).encode(), []
    taking = SealedUploads.receive_data_chunk

    def watched(self, raw_data, start):
        taking(self, raw_data, start)
        opened = [Path(f"/proc/self/fd/{one}") for one in os.listdir("/proc/self/fd")]
        seen.append(lies_open(mark, var, temp) or [one for one in opened if _reads(one, var, mark)])

    monkeypatch.setattr(SealedUploads, "receive_data_chunk", watched)
    data = b"code,value\n" + mark * (3 * CHUNK // len(mark))
    client = signed_in(world.people[Role.ANALYST])
    answer = client.post(
        reverse("web:files", args=[world.partnership.pk]), {"file": SimpleUploadedFile("a.csv", data)}
    )
    assert answer.status_code == 302
    assert len(seen) > 40
    assert not any(seen)
    assert not lies_open(mark, var, temp)
    with quarantine().opened(Upload.objects.get().pk, "a.csv") as path:
        assert path.read_bytes() == data


def _reads(descriptor: Path, var: Path, mark: bytes) -> bool:
    """Whether an open file of the data folder, named or not, holds the mark."""
    where = os.path.realpath(descriptor)
    return where.startswith(str(var)) and "sqlite" not in where and mark in descriptor.read_bytes()


def test_a_sealed_file_reads_as_it_was_written_from_any_place(var):
    data = secrets.token_bytes(2 * CHUNK + 7)
    sealed = Sealed(quarantine().unnamed())
    for at in range(0, len(data), 65_536):
        sealed.take(data[at : at + 65_536])
    reading = io.BufferedReader(sealed)
    assert reading.read() == data
    for at in (0, CHUNK - 3, 2 * CHUNK, len(data) - 1, len(data), len(data) + 5):
        reading.seek(at)
        assert reading.read(10) == data[at : at + 10]
    assert reading.seek(-4, io.SEEK_END) == len(data) - 4
    assert reading.read() == data[-4:]


def test_more_than_the_limit_is_refused_and_not_kept(world, var, settings):
    settings.UPLOAD_LIMIT = CHUNK
    client = signed_in(world.people[Role.ANALYST])
    two = {"file": SimpleUploadedFile("a.csv", b"x" * 9 * CHUNK), "other": SimpleUploadedFile("b.csv", b"y")}
    answer = client.post(reverse("web:files", args=[world.partnership.pk]), two)
    assert "larger than 1 MB" in answer.content.decode()
    assert not list((var / "quarantine").iterdir())
