"""People record what drives their own organisation, say it anew, or withdraw it; never another's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_organisation, acting_person, record_event, saved
from commonweal.core.errors import NotAllowed, Refused
from commonweal.core.models import Partnership, PartnershipOrganisation
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, acted_for, require
from commonweal.needs.card import themes
from commonweal.needs.models import PartnerPriority, PartnerPriorityVersion, PriorityState

MOST = 10
SAID = ("title", "why", "theme", "source", "source_date", "address")


class Verb(models.TextChoices):
    """The deeds of priorities."""

    RECORDED = "priority.recorded"
    WITHDRAWN = "priority.withdrawn"


@dataclass(frozen=True, slots=True)
class Said:
    """What a version says."""

    title: str
    why: str
    theme: str
    source: str
    source_date: date
    address: str = ""


@transaction.atomic
def record_priority(*, by: Viewer, partnership: Partnership, said: Said) -> PartnerPriorityVersion:
    """A priority of the organisation one acts for; ten of them at most. The same again gives the one there is."""
    require(by, Permission.BRING_EVIDENCE, partnership.pk)
    whose = acting_organisation(by, partnership)
    list(PartnershipOrganisation.objects.select_for_update().filter(partnership=partnership, organisation=whose))
    held = PartnerPriority.objects.filter(
        partnership=partnership, organisation=whose, state=PriorityState.STANDS
    )
    latest = (PartnerPriorityVersion.objects.filter(identity=one).latest("number") for one in held)
    same = next((one for one in latest if _same(one, said)), None)
    if same is not None:
        return same
    if held.count() >= MOST:
        raise Refused(f"Your organisation has {MOST} priorities here already. Withdraw one first.")
    _sound(said)
    return _version(by, saved(PartnerPriority(partnership=partnership, organisation=whose)), said)


@transaction.atomic
def change_priority(*, by: Viewer, priority: PartnerPriority, said: Said, over: int) -> PartnerPriorityVersion:
    """A next version over the one that was read; the old one stays to be read."""
    held = _own(by, priority)
    if held.state == PriorityState.WITHDRAWN:
        raise Refused("This priority was withdrawn. Record a new one instead.")
    latest = PartnerPriorityVersion.objects.filter(identity=held).latest("number")
    if latest.number != over:
        raise Refused(f"A colleague wrote version {latest.number} meanwhile. Read it, then write yours over it.")
    if _same(latest, said):
        raise Refused("Nothing was changed, so there is no new version.")
    _sound(said)
    return _version(by, held, said)


@transaction.atomic
def withdraw_priority(*, by: Viewer, priority: PartnerPriority) -> None:
    """It no longer drives the organisation. Again changes nothing."""
    held = _own(by, priority)
    if held.state == PriorityState.WITHDRAWN:
        return
    held.state = PriorityState.WITHDRAWN
    saved(held)
    record_event(by=by, verb=Verb.WITHDRAWN, subject=held, partnership=held.partnership_id)


def _own(by: Viewer, priority: PartnerPriority) -> PartnerPriority:
    """The row, locked, where it is of the organisation the person acts for."""
    require(by, Permission.BRING_EVIDENCE, priority.partnership_id)
    held: PartnerPriority = PartnerPriority.objects.select_for_update().get(pk=priority.pk)
    if acted_for(by, held.partnership_id) != held.organisation_id:
        raise NotAllowed("This is another organisation's priority. Only its own people change it.")
    return held


def _sound(said: Said) -> None:
    if said.theme not in {one.key for one in themes()}:
        raise Refused("There is no such theme. Choose one of the list.")
    if said.source_date > clock.today():
        raise Refused("The document's date is in the future. Give the day it was published.")


def _same(version: PartnerPriorityVersion, said: Said) -> bool:
    return all(getattr(version, name) == getattr(said, name) for name in SAID)


def _version(by: Viewer, priority: PartnerPriority, said: Said) -> PartnerPriorityVersion:
    version = saved(PartnerPriorityVersion(
        partnership_id=priority.partnership_id, identity=priority, number=priority.next_number(),
        **{name: getattr(said, name) for name in SAID}, written_by=acting_person(by),
    ))
    record_event(
        by=by, verb=Verb.RECORDED, subject=priority, partnership=priority.partnership_id, version=version.number
    )
    return version
