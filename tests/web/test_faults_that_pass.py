"""A full disk and a database that is away: a sentence, nothing half kept, and all well afterwards."""

from __future__ import annotations

import errno
import os
import sqlite3
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from tests.access.competitions import TOKEN, begun
from tests.access.returns import agreed
from tests.world import signed_in

from commonweal.core.faults import AWAY, NO_ROOM, is_away, is_full, sentence_of
from commonweal.core.models import Event, Upload
from commonweal.core.quarantine import CHUNK, Quarantine
from commonweal.procurement.models import Bid


def quiet(client: Client) -> Client:
    """One that is answered as people are, and is not told of faults otherwise."""
    client.raise_request_exception = False
    return client


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device", "/srv/secret")


def bringing(world) -> tuple[Client, str]:
    return signed_in(world.admin()), reverse("web:files", args=[world.partnership.pk])


def bidding(world) -> tuple[Client, str]:
    bid, client = begun(world), Client()
    client.post(reverse("procurement:bid-link", args=[TOKEN]))
    return client, reverse("procurement:bid-files", args=[bid.pk])


def full_at_the_end(patch: pytest.MonkeyPatch) -> None:
    """All is written but not yet safe on the disk."""
    patch.setattr("commonweal.core.quarantine.os", SimpleNamespace(**{**vars(os), "fsync": full}))


def full_on_the_way(patch: pytest.MonkeyPatch) -> None:
    """While a large file still comes in."""
    patch.setattr(Quarantine, "unnamed", lambda _: os.fdopen(os.open("/dev/full", os.O_RDWR), "r+b", buffering=0))


@pytest.mark.parametrize("where", [bringing, bidding])
@pytest.mark.parametrize("when", [full_at_the_end, full_on_the_way])
def test_a_full_disk_is_said_and_nothing_of_the_file_stays(world, var, settings, where, when):
    settings.BID_KEY = ""
    client, address = where(world)
    before, drafts = Event.objects.count(), [bytes(one.draft) for one in Bid.objects.all()]
    data = b"name,value\n" + b"a,1\n" * (CHUNK // 3)

    def send():
        return quiet(client).post(address, {"file": SimpleUploadedFile("figures.csv", data)})

    with pytest.MonkeyPatch.context() as patch:
        when(patch)
        answer = send()
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert NO_ROOM in answer.content.decode()
    assert "secret" not in answer.content.decode()
    assert [path for path in var.rglob("*") if path.suffix in (".sealed", ".arriving")] == []
    assert not Upload.objects.exists()
    assert (Event.objects.count(), [bytes(one.draft) for one in Bid.objects.all()]) == (before, drafts)
    assert send().status_code in (200, 302)


def away(at: str):
    """Every question to the database that has these words is not answered."""
    def asked(execute, sql, params, many, context):
        if at in sql:
            raise OperationalError("could not connect to secret.host")
        return execute(sql, params, many, context)
    return connection.execute_wrapper(asked)


@pytest.mark.parametrize("at", ["", 'INSERT INTO "core_event"'])
def test_a_database_that_is_away_is_said_and_all_is_well_afterwards(world, at):
    row, client = agreed(world), quiet(signed_in(world.admin()))
    keys = [world.partnership.pk, row.pk]
    page, add = reverse("agreements:agreement", args=keys), reverse("agreements:term-add", args=[*keys, "clause"])
    said = {"words": "Four evenings.", "number": ""}
    before = Event.objects.count()
    with away(at):
        answers = [client.post(add, said), *([] if at else [client.get(page)])]
        program = None if at else quiet(Client()).get(reverse("api:competitions"))
    for answer in answers:
        assert (answer.status_code, answer["Retry-After"]) == (503, "60")
        assert AWAY in answer.content.decode()
        assert "secret" not in answer.content.decode()
        assert "script-src 'self'" in answer["Content-Security-Policy"]
        assert not answer.cookies
    assert program is None or (program.status_code, program.json()) == (503, {"detail": AWAY})
    assert (row.clauses.count(), Event.objects.count()) == (0, before)
    assert client.get(page).status_code == 200
    assert client.post(add, said).status_code == 302
    assert row.clauses.count() == 1


def caused(**said: str) -> OperationalError:
    error, cause = OperationalError("x"), sqlite3.OperationalError("x")
    for name, value in said.items():
        setattr(cause, name, value)
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(("fault", "is_told"), [
    (caused(sqlite_errorname="SQLITE_FULL"), NO_ROOM), (caused(sqlstate="53100"), NO_ROOM),
    (OSError(errno.EDQUOT, "x"), NO_ROOM), (caused(sqlite_errorname="SQLITE_BUSY"), AWAY),
    (caused(sqlstate="57P01"), AWAY), (caused(sqlite_errorname="SQLITE_ERROR"), ""),
    (caused(sqlstate="54001"), ""), (OSError(errno.EACCES, "x"), ""), (KeyError("x"), ""), (None, ""),
])  # fmt: skip
def test_only_faults_that_pass_are_told_as_such(fault, is_told):
    assert sentence_of(fault) == is_told
    assert (is_full(fault), is_away(fault)) == (is_told == NO_ROOM, is_told == AWAY)
