"""A file that somebody brings is written down, read, mapped, settled and let go."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, Sum

from commonweal.core import clock
from commonweal.core.actions.recording import record_event, saved
from commonweal.core.errors import NotAllowed, Refused
from commonweal.core.models import Partnership, Upload, UploadState, Verb
from commonweal.core.permissions import Permission
from commonweal.core.quarantine import Quarantine, plain_name
from commonweal.core.viewer import SYSTEM, Viewer, require

MOST_WAITING, WAITING_BYTES = 100, 1024**3  # files of one person that are not read yet
ARRIVING = timedelta(hours=1)  # longer than any file takes to come in
EXPIRED = "The file was deleted because nobody finished with it in time. Upload it again to go on."


class Deed(models.TextChoices):
    """What is done with the outcome of a file."""

    PUT_AWAY = "upload.put_away"


@dataclass(frozen=True, slots=True)
class Brought:
    """What is known of a file before it is opened."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class KeptOut:
    """One row, or one whole part of a file, that did not go in."""

    sheet: str
    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Part:
    """What became of one part of the file: a sheet of it, or a member of an archive."""

    name: str
    state: str
    sentence: str
    dataset: str = ""
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file, in words and rows; `kept_out` holds the first ones, `kept_out_count` all."""

    sentence: str
    parts: tuple[Part, ...] = ()
    kept_out: tuple[KeptOut, ...] = ()
    kept_out_count: int = 0


@transaction.atomic
def record_upload(*, by: Viewer, partnership: Partnership, brought: Brought, upload_id: UUID) -> Upload:
    """A file has come in; its bytes are in the quarantine under `upload_id`."""
    require(by, Permission.UPLOAD, partnership.pk)
    _refuse_too_many(by, brought.size)
    upload = saved(Upload(
        id=upload_id, partnership=partnership, by_id=by.person, name=plain_name(brought.name), size=brought.size,
        organisation_id=by.organisation_in(partnership.pk),
        sha256=brought.sha256, expires=clock.now() + timedelta(hours=settings.UPLOAD_KEPT_HOURS),
    ))
    record_event(by=by, verb=Verb.UPLOAD_RECORDED, subject=upload, partnership=partnership.pk)
    return upload


def _refuse_too_many(by: Viewer, size: int) -> None:
    """One person cannot fill the disk with files that wait."""
    waiting = Upload.objects.filter(by_id=by.person, state__in=(UploadState.WAITING, UploadState.MAPPING))
    held = waiting.aggregate(files=Count("pk"), size=Sum("size"))
    if by.person and (held["files"] >= MOST_WAITING or (held["size"] or 0) + size > WAITING_BYTES):
        raise Refused(
            f"{held['files']} of your files wait to be read. Say what their columns are, or wait until they are "
            "read, then send this one again."
        )


def _require_ours(by: Viewer, upload: Upload) -> None:
    ours = upload.organisation_id in by.organisations_in(upload.partnership_id)
    if not (by.system or upload.by_id == by.person or ours):
        raise NotAllowed("Another organisation brought this file, and says what is in it.")


@transaction.atomic
def settle_upload(*, by: Viewer, upload: Upload, state: UploadState, outcome: Outcome, dataset: str = "") -> None:
    """What became of the file."""
    require(by, Permission.UPLOAD, upload.partnership_id)
    upload.state, upload.outcome, upload.dataset = state, _storable(asdict(outcome)), dataset
    upload.question = {}
    saved(upload)
    record_event(by=by, verb=Verb.UPLOAD_SETTLED, subject=upload, partnership=upload.partnership_id)


@transaction.atomic
def ask_about(*, by: Viewer, upload: Upload, question: dict[str, Any], sentence: str) -> None:
    """The file holds a table that nobody knows: a person must say what its columns are."""
    require(by, Permission.UPLOAD, upload.partnership_id)
    upload.state, upload.outcome = UploadState.MAPPING, _storable(asdict(Outcome(sentence)))
    upload.question = _storable(question)
    saved(upload)


@transaction.atomic
def answer_mapping(*, by: Viewer, upload: Upload, answer: dict[str, Any]) -> None:
    """A person has said what the columns are: of the organisation that brought the file."""
    require(by, Permission.UPLOAD, upload.partnership_id)
    _require_ours(by, upload)
    held = Upload.objects.select_for_update().get(pk=upload.pk)  # of several answers at once the first counts
    if held.state != UploadState.MAPPING:
        raise Refused("This file does not wait for an answer any more.")
    held.state, held.answer = UploadState.WAITING, answer
    saved(held)
    record_event(by=by, verb=Verb.MAPPING_CONFIRMED, subject=held, partnership=held.partnership_id)


@transaction.atomic
def ask_again(*, by: Viewer, upload: Upload, why: str) -> None:
    """The answer does not fit the file: the same question waits again, with what was wrong."""
    require(by, Permission.UPLOAD, upload.partnership_id)
    upload.state, upload.outcome = UploadState.MAPPING, _storable(asdict(Outcome(why)))
    saved(upload)


@transaction.atomic
def put_away(*, by: Viewer, upload: Upload) -> None:
    """Whoever brought a file that could not be read has seen why: it stops waiting for them."""
    require(by, Permission.UPLOAD, upload.partnership_id)
    if upload.by_id is None or upload.by_id != by.person:
        raise Refused("Whoever brought this file puts it away. You can read here what became of it.")
    if upload.state != UploadState.SET_ASIDE:
        raise Refused("Only a file that could not be read is put away.")
    if upload.put_away is None:
        upload.put_away = clock.now()
        saved(upload)
        record_event(by=by, verb=Deed.PUT_AWAY, subject=upload, partnership=upload.partnership_id)


def expire_uploads(store: Quarantine) -> int:
    """Delete the bytes of uploads past their hour, and any that no upload owns; how many went."""
    due = Upload.objects.filter(expires__lte=clock.now(), state__in=(UploadState.WAITING, UploadState.MAPPING))
    for upload in due:
        _expire(upload)
    wanted = set(
        Upload.objects.filter(state__in=(UploadState.WAITING, UploadState.MAPPING)).values_list("pk", flat=True)
    )
    store.clear_away(before=clock.now() - ARRIVING)
    gone = [pk for pk in store.held(before=clock.now() - ARRIVING) if pk not in wanted]
    for pk in gone:
        store.let_go(pk)
    return len(gone)


def _storable(data: dict[str, Any]) -> dict[str, Any]:
    """The same without NUL characters, which PostgreSQL keeps in no text."""
    kept: dict[str, Any] = json.loads(json.dumps(data).replace("\\u0000", ""))
    return kept


@transaction.atomic
def _expire(upload: Upload) -> None:
    upload.state = UploadState.EXPIRED
    upload.outcome, upload.question = asdict(Outcome(EXPIRED)), {}
    saved(upload)
    record_event(by=SYSTEM, verb=Verb.UPLOAD_EXPIRED, subject=upload, partnership=upload.partnership_id)
