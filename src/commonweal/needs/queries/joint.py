"""Joint workshops that shared needs suggest: who should come and why, what is on the table, what each reads."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from commonweal.core.errors import NotFound
from commonweal.core.models import OrganisationKind
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.queries.partnerships import PartnershipView, SeatCard, partnership_for
from commonweal.core.viewer import Viewer, require
from commonweal.needs.content import read
from commonweal.needs.models import NeedState, SignOff
from commonweal.needs.queries.needs import NeedCard, needs_for
from commonweal.needs.queries.priorities import PriorityCard, priorities_for
from commonweal.needs.support import missing_sentence, support_sentence

MOST_NEEDS = 6


@dataclass(frozen=True, slots=True)
class Guest:
    """One who should come, the reasons, and the one page they read first."""

    organisation: UUID
    name: str
    why: tuple[str, ...]
    reads: str
    href: str


@dataclass(frozen=True, slots=True)
class Topic:
    """One need on the table, and what is known of it."""

    need: UUID
    title: str
    statement: str
    known: str


@dataclass(frozen=True, slots=True)
class JointWorkshop:
    """One workshop between a sector and culture and sport."""

    key: str
    title: str
    guests: tuple[Guest, ...]
    topics: tuple[Topic, ...]
    left_out: int
    missing: str

    @property
    def minutes(self) -> int:
        """How long it takes."""
        told = read("joint")["minutes"]
        return int(told["opening"] + told["closing"] + told["each"] * len(self.topics))

    @property
    def answer(self) -> str:
        """Why it is proposed."""
        needs, guests = len(self.topics) + self.left_out, len(self.guests)
        return (f"{needs} shared {'need' if needs == 1 else 'needs'}, {guests} "
                f"{'organisation' if guests == 1 else 'organisations'}, about {self.minutes} minutes.")


def joint_workshops(viewer: Viewer, partnership: UUID) -> tuple[JointWorkshop, ...]:
    """Those whose needs are written, the ones with most shared needs first."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    view = partnership_for(viewer, partnership)
    needs = [one for one in needs_for(viewer, partnership) if one.state != NeedState.WITHDRAWN]
    priorities, signed = priorities_for(viewer, partnership), _signed(viewer, partnership)
    found = (_workshop(view, told, needs, priorities, signed) for told in read("joint")["sectors"])
    proposed = [one for one in found if one.topics and len(one.guests) > 1]
    return tuple(sorted(proposed, key=lambda one: (-len(one.topics) - one.left_out, one.title)))


def joint_workshop(viewer: Viewer, partnership: UUID, key: str) -> JointWorkshop:
    """One of them."""
    for one in joint_workshops(viewer, partnership):
        if one.key == key:
            return one
    raise NotFound("The needs written here do not suggest this workshop any more.")


def _workshop(
    view: PartnershipView, told: dict[str, Any], needs: list[NeedCard], priorities: tuple[PriorityCard, ...],
    signed: dict[UUID, set[UUID]],
) -> JointWorkshop:
    shared = sorted((one for one in needs if one.theme in told["themes"]),
                    key=lambda one: (one.state != NeedState.AGREED, told["themes"].index(one.theme), one.title))
    reasons = {seat.id: _reasons(seat, told, shared, priorities, signed) for seat in view.seats}
    guests = tuple(_guest(view, seat, reasons[seat.id]) for seat in view.seats if reasons[seat.id])
    present = {_kind(seat) for seat in view.seats}
    return JointWorkshop(
        told["key"], told["title"], guests, tuple(_topic(one) for one in shared[:MOST_NEEDS]),
        max(len(shared) - MOST_NEEDS, 0), "" if present & set(told["kinds"]) else told["missing"],
    )


def _reasons(
    seat: SeatCard, told: dict[str, Any], shared: list[NeedCard], priorities: tuple[PriorityCard, ...],
    signed: dict[UUID, set[UUID]],
) -> tuple[str, ...]:
    """Why it should come: its duty, what it runs, what it made a priority, what it signed."""
    kind, culture, support = _kind(seat), read("joint")["culture"], read("joint")["support"]
    why = []
    if kind in told["kinds"]:
        why.append(told["why"])
    elif kind in culture["kinds"]:
        why.append(culture["why"])
    elif kind in support["kinds"]:
        why.append(support["why"])
    own = [one for one in priorities if one.organisation_id == seat.id and one.theme in told["themes"]]
    if own:
        why.append(f"It made “{own[0].title}” a priority.")
    count = sum(seat.id in signed[one.id] for one in shared)
    if count:
        why.append(f"It signed {count} of these needs.")
    return tuple(why)


def _guest(view: PartnershipView, seat: SeatCard, why: tuple[str, ...]) -> Guest:
    return Guest(seat.id, seat.name, why, f"The case to {seat.name}",
                 reverse("needs:case", args=[view.id, seat.id]))


def _topic(one: NeedCard) -> Topic:
    missing = missing_sentence(one.strip)
    return Topic(one.id, one.title, one.statement, f"{support_sentence(one.strip)} {missing}".strip())


def _signed(viewer: Viewer, partnership: UUID) -> dict[UUID, set[UUID]]:
    """Which organisations have signed a version of each need."""
    rows = SignOff.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for need, organisation in rows.values_list("version__identity", "organisation"):
        found[need].add(organisation)
    return found


def _kind(seat: SeatCard) -> str:
    return next((str(kind.value) for kind in OrganisationKind if kind.label == seat.kind), "")
