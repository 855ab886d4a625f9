"""Whether publicity may go out today: what the councils here have said of their polls, and what they have not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from commonweal.core import clock
from commonweal.core.models import OrganisationKind, PartnershipOrganisation, PartnershipRole
from commonweal.core.permissions import ROLES, Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer
from commonweal.needs.models import Poll
from commonweal.policy.elections import ordinary_polling_day, period_of

COUNCILS = (OrganisationKind.DISTRICT, OrganisationKind.COUNTY, OrganisationKind.UNITARY)


class Door(StrEnum):
    """Whether something may be published."""

    OPEN = "open"
    CLOSED = "closed"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class DoorView:
    """How it stands today, in a sentence that says what to do."""

    state: Door
    sentence: str


def councils_of(viewer: Viewer, partnership: UUID) -> tuple[tuple[UUID, str], ...]:
    """The councils with a seat in the partnership, or one to come; one that will merge is here until its day."""
    seats = PartnershipOrganisation.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(
        partnership=partnership, organisation__kind__in=COUNCILS
    ).exclude(end__lte=clock.today())
    rows = seats.order_by("organisation__name").values_list("organisation_id", "organisation__name")
    return tuple(dict.fromkeys(rows))


def speaks_for(viewer: Viewer, partnership: UUID) -> tuple[tuple[UUID, str], ...]:
    """The councils whose polls the viewer may say: their own, and any that has nobody here who could."""
    councils = councils_of(viewer, partnership)
    if viewer.system:
        return councils
    own, able = viewer.organisation_in(partnership), [
        role for role, allowed in ROLES.items() if Permission.RECORD_EVIDENCE in allowed]
    spoken = set(PartnershipRole.objects.on(clock.today()).filter(
        partnership=partnership, organisation__in=[key for key, _ in councils], role__in=able,
        person__is_active=True,
    ).values_list("organisation_id", flat=True))
    return tuple((key, name) for key, name in councils if key == own or key not in spoken)


def polls_of(viewer: Viewer, partnership: UUID) -> tuple[Poll, ...]:
    """What has been said of polls, latest first."""
    rows = Poll.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(partnership=partnership)
    return tuple(rows.select_related("council").order_by("-day", "council__name"))


def door_on(viewer: Viewer, partnership: UUID, today: date) -> DoorView:
    """Closed by any poll that is held; asked where nobody said whether a council holds the ordinary election."""
    polls = polls_of(viewer, partnership)
    for poll in polls:
        period = period_of(poll.day, poll.notice)
        if poll.held and period.holds(today):
            return DoorView(Door.CLOSED, (
                f"{poll.council.name} holds an election on {poll.day:%-d %B %Y}. From the notice of election "
                f"({period.begins:%-d %B}{'' if poll.notice else ' at the latest'}) until the poll closes nothing "
                f"is published. Publish from {poll.day + timedelta(days=1):%-d %B %Y}."
            ))
    ordinary = ordinary_polling_day(today.year)
    if period_of(ordinary).holds(today):
        said = {poll.council_id for poll in polls if poll.day == ordinary}
        unknown = [name for key, name in councils_of(viewer, partnership) if key not in said]
        if unknown:
            return DoorView(Door.ASK, (
                f"It is not known whether {' and '.join(unknown)} {'holds' if len(unknown) == 1 else 'hold'} an "
                f"election on {ordinary:%-d %B %Y}. Say so first: until then nothing is published."
            ))
    return DoorView(Door.OPEN, "No election that is known here stops it today.")
