"""How an action writes: the record checked against its rules, and the event beside it."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from commonweal.core.errors import NotAllowed, Refused
from commonweal.core.models.events import Event
from commonweal.core.models.organisations import Organisation
from commonweal.core.models.partnerships import Partnership
from commonweal.core.models.people import Person
from commonweal.core.search.indexing import note
from commonweal.core.viewer import Viewer, acted_for

Record = TypeVar("Record", bound=models.Model)


def saved(record: Record) -> Record:
    """Write a record whose fields and constraints hold; Refused with their sentences if they do not."""
    try:
        record.full_clean(exclude=_known(record), validate_unique=False, validate_constraints=False)
        with transaction.atomic():
            record.save()
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    except IntegrityError as error:
        raise _refusal(record) from error
    return record


def _known(record: models.Model) -> set[str]:
    """The fields that need no asking: each holds a record that was read from the database."""
    held = record._state.fields_cache
    return {name for name, one in held.items() if one is not None and not one._state.adding}


def _refusal(record: models.Model) -> Refused:
    """The database keeps the constraints; which one it was, and its sentence, is only asked where it said no."""
    try:
        record.validate_unique()
        record.validate_constraints()
    except ValidationError as error:
        return Refused(" ".join(error.messages))
    return Refused(
        f"Somebody else changed this {record._meta.verbose_name} at the same moment. Look again, then retry."
    )


def in_turn(partnership: Partnership) -> None:
    """Whoever else asks for this partnership's turn waits: what is sent twice at once is seen the second time."""
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)


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
    note(event.subject_type, event.subject_id)
    return event


def _own_organisation(by: Viewer, subject: models.Model) -> UUID | None:
    """Outside any partnership: the organisation the deed is about, where the person takes part for it."""
    about = subject.pk if subject._meta.label_lower == "core.organisation" else getattr(
        subject, "organisation_id", None
    )
    return about if any(grant.organisation == about for grant in by.grants) else None


def person_of(by: Viewer) -> Person | None:
    """Who acts; nobody in particular where the program does."""
    return Person.objects.filter(pk=by.person).first() if by.person else None


def acting_person(by: Viewer) -> Person:
    """Who acts, where only a person can."""
    person = person_of(by)
    if person is None:
        raise Refused("Only a person who has signed in can do this.")
    return person


def acting_organisation(by: Viewer, partnership: Partnership) -> Organisation:
    """The organisation the person acts for in a partnership; asked to say which where there are several."""
    organisation = acted_for(by, partnership.pk)
    if organisation is None:
        raise NotAllowed("Only people of an organisation in the partnership can do this.")
    return Organisation.objects.get(pk=organisation)
