"""How an action writes: the record checked against its rules, and the event beside it."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from commonweal.core.errors import Refused
from commonweal.core.models.events import Event
from commonweal.core.viewer import Viewer

Record = TypeVar("Record", bound=models.Model)


def saved(record: Record) -> Record:
    """Write a record once its fields and constraints hold; Refused with their sentences if they do not."""
    try:
        record.full_clean()
        with transaction.atomic():
            record.save()
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    except IntegrityError as error:
        raise Refused(
            f"Somebody else changed this {record._meta.verbose_name} at the same moment. Look again, then retry."
        ) from error
    return record


def record_event(
    *, by: Viewer, verb: str, subject: models.Model, partnership: UUID | None = None, version: int | None = None
) -> Event:
    """Write down the deed, in the transaction that does it."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event is written in the same transaction as what it tells of")
    event = Event(
        actor=by.person,
        on_behalf_of=by.organisation_in(partnership) if partnership else _own_organisation(by, subject),
        partnership=partnership,
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        subject_version=version,
    )
    event.save()
    return event


def _own_organisation(by: Viewer, subject: models.Model) -> UUID | None:
    """Outside any partnership: the organisation the deed is about, where the person takes part for it."""
    about = subject.pk if subject._meta.label_lower == "core.organisation" else getattr(
        subject, "organisation_id", None
    )
    return about if any(grant.organisation == about for grant in by.grants) else None
