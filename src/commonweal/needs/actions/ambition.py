"""An aim is said, said anew or withdrawn; a person says what one thing says of it, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_organisation, acting_person, in_turn, record_event, saved
from commonweal.core.errors import NotFound, Refused
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.needs.card import themes
from commonweal.needs.models import (
    Ambition,
    AmbitionReading,
    AmbitionState,
    AmbitionVersion,
    Bearing,
    EvidenceItem,
    Need,
)
from commonweal.needs.personal_text import warning_for


class Verb(models.TextChoices):
    """The deeds of ambitions."""

    SAID = "ambition.said"
    READ = "ambition.read"
    WITHDRAWN = "ambition.withdrawn"


@dataclass(frozen=True, slots=True)
class Aim:
    """What a version says; `said_by` is an office or a body, never a name."""

    aim: str
    who: str
    place_code: str
    place_name: str
    theme: str
    said_by: str
    reason: str = ""


@transaction.atomic
def say_ambition(*, by: Viewer, partnership: Partnership, aim: Aim) -> AmbitionVersion:
    """A first version of an aim. The same again gives the one that is there."""
    require(by, Permission.STATE_AMBITION, partnership.pk)
    _sound(aim)
    whose = acting_organisation(by, partnership)
    in_turn(partnership)
    open_ones = Ambition.objects.filter(partnership=partnership, organisation=whose, state=AmbitionState.OPEN)
    latest = (AmbitionVersion.objects.filter(identity=one).latest("number") for one in open_ones)
    same = next((one for one in latest if _same(one, aim)), None)
    if same is not None:
        return same
    return _version(by, saved(Ambition(partnership=partnership, organisation=whose)), aim)


@transaction.atomic
def say_ambition_anew(*, by: Viewer, ambition: Ambition, aim: Aim, over: int) -> AmbitionVersion:
    """A next version over the one that was read; what was read for the aim stays and is read again if need be."""
    require(by, Permission.STATE_AMBITION, ambition.partnership_id)
    held = _standing(ambition)
    latest = AmbitionVersion.objects.filter(identity=held).latest("number")
    if latest.number != over:
        raise Refused(f"Somebody else wrote version {latest.number} meanwhile. Read it, then write yours over it.")
    if not aim.reason.strip():
        raise Refused("Say in a few words why it is said anew.")
    if _same(latest, aim):
        raise Refused("Nothing was changed, so there is no new version.")
    _sound(aim)
    return _version(by, held, aim)


@transaction.atomic
def read_for_ambition(
    *, by: Viewer, ambition: Ambition, bearing: Bearing, reason: str, item: UUID | None = None,
    need: UUID | None = None,
) -> AmbitionReading:
    """Say what a piece of evidence or a stated need says of the aim, and why; again changes what was said."""
    require(by, Permission.STATE_AMBITION, ambition.partnership_id)
    held, reader = _standing(ambition), acting_person(by)
    found = _warned(reason)
    if found:
        raise Refused(found)
    thing = _thing(by, held.partnership_id, item, need)
    row = AmbitionReading.objects.filter(ambition=held, **thing).first() or AmbitionReading(ambition=held, **thing)
    row.partnership_id, row.bearing, row.reason = held.partnership_id, bearing, reason.strip()
    row.read_by, row.read_at = reader, clock.now()
    saved(row)
    record_event(by=by, verb=Verb.READ, subject=row, partnership=held.partnership_id)
    return row


@transaction.atomic
def withdraw_ambition(*, by: Viewer, ambition: Ambition) -> None:
    """Take it off the list; what was written stays readable. Again changes nothing."""
    require(by, Permission.STATE_AMBITION, ambition.partnership_id)
    held = Ambition.objects.select_for_update().get(pk=ambition.pk)
    if held.state == AmbitionState.WITHDRAWN:
        return
    held.state = AmbitionState.WITHDRAWN
    saved(held)
    record_event(by=by, verb=Verb.WITHDRAWN, subject=held, partnership=held.partnership_id)


def _standing(ambition: Ambition) -> Ambition:
    held: Ambition = Ambition.objects.select_for_update().get(pk=ambition.pk)
    if held.state == AmbitionState.WITHDRAWN:
        raise Refused("This ambition was withdrawn. Write a new one instead.")
    return held


def _thing(by: Viewer, partnership: UUID, item: UUID | None, need: UUID | None) -> dict[str, Any]:
    """The one thing that was read, as the row names it; only what all partners can read."""
    if (item is None) == (need is None):
        raise Refused("Say which one piece of evidence, or which one need, was read.")
    if need is not None:
        needs = Need.objects.visible_to(by, Purpose.ASSESSMENT).filter(partnership=partnership)
        return {"need": _there(needs.filter(pk=need).first())}
    seen = EvidenceItem.objects.visible_to(by, Purpose.ASSESSMENT).filter(partnership=partnership)
    return {"item": _there(seen.filter(pk=item, withdrawn=None, placed__isnull=False).first())}


def _there(row: models.Model | None) -> models.Model:
    if row is None:
        raise NotFound("There is no such evidence or need, or not all partners can read it.")
    return row


def _sound(aim: Aim) -> None:
    if aim.theme not in {one.key for one in themes()}:
        raise Refused("There is no such theme. Choose one of the list.")
    found = _warned(aim.aim, aim.who, aim.said_by, aim.reason)
    if found:
        raise Refused(found)


def _warned(*texts: str) -> str:
    """What may point at a person, and what to write in its place."""
    if not warning_for(*texts):
        return ""
    return "The words seem to name a person, or how to reach one. Write the office or the body in their place."


def _same(version: AmbitionVersion, aim: Aim) -> bool:
    names = ("aim", "who", "place_code", "theme", "said_by")
    return all(getattr(version, name) == getattr(aim, name).strip() for name in names)


def _version(by: Viewer, ambition: Ambition, aim: Aim) -> AmbitionVersion:
    version = saved(AmbitionVersion(
        partnership_id=ambition.partnership_id, identity=ambition, number=ambition.next_number(),
        aim=aim.aim.strip(), who=aim.who.strip(), place_code=aim.place_code, place_name=aim.place_name,
        theme=aim.theme, said_by=aim.said_by.strip(), reason=aim.reason.strip(), written_by=acting_person(by),
    ))
    record_event(
        by=by, verb=Verb.SAID, subject=ambition, partnership=ambition.partnership_id, version=version.number
    )
    return version
