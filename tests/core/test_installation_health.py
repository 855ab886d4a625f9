"""What the doctor finds, and that an older backup forgets whoever was forgotten after it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from commonweal.core.actions.people import FORGOTTEN, erase_person
from commonweal.core.errors import Refused
from commonweal.core.forgotten_list import NAME, take_up_forgotten
from commonweal.core.keeping import backup, doctor, rows
from commonweal.core.keeping.backup import take_backup
from commonweal.core.keeping.doctor import Health, look_over
from commonweal.core.keeping.restore import restore_backup
from commonweal.core.models import Person, Tombstone, TombstoneReason
from commonweal.core.permissions import Role
from commonweal.core.viewer import SYSTEM

KEY = "k" * 64


def test_whoever_was_forgotten_since_is_forgotten_again(
    world, tmp_path, settings, django_capture_on_commit_callbacks
):
    person = world.people[Role.ANALYST]
    path = take_backup(tmp_path / "far", KEY)
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(by=SYSTEM, person=person, reason=TombstoneReason.ASKED)
    listed = tmp_path / NAME
    shutil.copy(Path(settings.VAR) / NAME, listed)
    rows.empty("default")
    found = restore_backup(path, KEY, forgotten=listed)
    assert found.forgotten_again == 1
    assert Person.objects.get(pk=person.pk).name == FORGOTTEN
    assert take_up_forgotten(listed) == 0
    assert Tombstone.objects.filter(subject_id=person.pk).count() == 1
    listed.write_text("{}\n")
    with pytest.raises(Refused, match="Line 1"):
        take_up_forgotten(listed)


def told() -> dict[str, tuple[Health, str]]:
    return {one.about: (one.health, one.words) for one in look_over()}


def test_the_doctor_finds_what_is_ill(world, settings, monkeypatch, tmp_path):
    var = Path(settings.VAR)
    (var / "keys").mkdir(parents=True, mode=0o700)
    var.chmod(0o700)
    assert {health for health, _ in told().values()} <= {Health.WELL, Health.WATCH}
    assert told()["Guards"][0] is Health.WELL
    (var / "keys" / "a.key").write_text("x")
    (var / "keys" / "a.key").chmod(0o644)
    assert told()["Keys"] == (
        Health.ILL, "Others on this computer can read a.key. Run: chmod 600 on each."
    )
    monkeypatch.setattr(doctor, "ROOM_WANTED", 10**18)
    assert told()["Data folder"][0] is Health.WATCH
    (var / backup.LAST).write_text(json.dumps({"made": "2020-01-01T00:00:00+00:00"}))
    assert told()["Backup"] == (Health.WATCH, "The last backup is of 1 January 2020, 00:00.")
    monkeypatch.setattr(doctor, "append_only_models", lambda: [Person])
    assert "lack their guard" in told()["Guards"][1]
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", 9
    )
    assert told()["Letters"][0] is Health.ILL
