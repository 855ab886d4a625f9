"""Somebody asks for everything held about them, or staff for whoever wrote in; the file goes after a week."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.jobs import start_job
from commonweal.core.actions.recording import acting_person, record_event, saved
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.models import Job, Person, SubjectRequest
from commonweal.core.permissions import Permission
from commonweal.core.viewer import SYSTEM, Viewer, require

KIND = "subject.gather"
KEPT = timedelta(days=7)


class Verb(models.TextChoices):
    """The deeds of requests to see what is held."""

    ASKED = "subject.asked"
    READY = "subject.ready"
    FETCHED = "subject.fetched"


@transaction.atomic
def ask_for_own(*, by: Viewer) -> SubjectRequest:
    """What is held about oneself; asking while one is under way gives the same."""
    person = acting_person(by)
    waiting = SubjectRequest.objects.filter(person=person, ready_at=None, gone_at=None)
    under_way = waiting.order_by("-created").first()
    if under_way is not None and Job.objects.filter(subject=under_way.pk).active().exists():
        return under_way
    return _asked(by, SubjectRequest(person=person, asked_by=person))


@transaction.atomic
def ask_for_somebody(*, by: Viewer, address: str, received: date, identity: str) -> SubjectRequest:
    """For whoever wrote in, once staff know that it is them."""
    require(by, Permission.ERASE_PERSON)
    person = Person.objects.filter(email__iexact=address.strip()).first()
    if person is None:
        raise Refused("No account has this address. Look for the name with the search, and answer by letter.")
    if not identity.strip():
        raise Refused("Say how you know that it is them who ask")
    if received > clock.today():
        raise Refused("It cannot have come after today. Check the date.")
    row = SubjectRequest(person=person, asked_by=acting_person(by), received=received, identity=identity.strip())
    return _asked(by, row)


def _asked(by: Viewer, row: SubjectRequest) -> SubjectRequest:
    saved(row)
    record_event(by=by, verb=Verb.ASKED, subject=row)
    start_job(by=SYSTEM, kind=KIND, key=f"{KIND}:{row.pk}", subject=row.pk)
    return row


def place_of(request: UUID) -> Path:
    """Where the file of a request lies."""
    return Path(settings.VAR) / "answers" / f"{request}.zip"


@transaction.atomic
def gathered(*, request: SubjectRequest, body: bytes, rows: int) -> None:
    """The file is put away, readable by the program alone."""
    path = place_of(request.pk)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    path.write_bytes(body)
    SubjectRequest.objects.filter(pk=request.pk).update(rows=rows, ready_at=clock.now())
    record_event(by=SYSTEM, verb=Verb.READY, subject=request)


@transaction.atomic
def fetch(*, by: Viewer, request: UUID) -> bytes:
    """The file, for the person it is about or the staff who asked; that it was fetched is written down."""
    row = SubjectRequest.objects.filter(pk=request).first()
    if row is None or by.person not in (row.person_id, row.asked_by_id):
        raise NotFound("There is no such file.")
    if by.person != row.person_id and not by.may(Permission.ERASE_PERSON):
        raise NotAllowed("Only staff may fetch what is held about somebody else.")
    path = place_of(row.pk)
    if row.ready_at is None or row.gone_at is not None or not path.exists():
        raise NotFound("The file is not there any more, or not yet. Ask for it anew.")
    SubjectRequest.objects.filter(pk=row.pk).update(fetched_at=clock.now())
    record_event(by=by, verb=Verb.FETCHED, subject=row)
    return path.read_bytes()


def old_answers() -> Any:
    """Those whose week is over."""
    return SubjectRequest.objects.filter(ready_at__lt=clock.now() - KEPT, gone_at=None)


def let_old_answers_go() -> int:
    """The files go; that they were asked for stays."""
    due = list(old_answers())
    for row in due:
        place_of(row.pk).unlink(missing_ok=True)
        SubjectRequest.objects.filter(pk=row.pk).update(gone_at=clock.now())
    return len(due)
