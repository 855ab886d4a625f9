"""Where needs and services part: needs without services, services without needs, what always has run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.needs.models import Answers, Need, NeedState, Service, ServiceNeed
from commonweal.needs.queries.services import ServiceCard, services_for


class Served(StrEnum):
    """How a need stands beside all services together."""

    WHOLE = "whole"
    PART = "part"
    NONE = "none"          # every service was looked at, and none answers it
    UNKNOWN = "unknown"    # no service is said to answer it, and not all were looked at


@dataclass(frozen=True, slots=True)
class NeedServed:
    """One need, with the services that answer it and how many nobody has looked at."""

    id: UUID
    title: str
    theme: str
    state: NeedState
    served: Served
    whole: tuple[ServiceCard, ...]
    part: tuple[ServiceCard, ...]
    open: int


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Every need beside every service."""

    needs: tuple[NeedServed, ...]
    services: tuple[ServiceCard, ...]

    @property
    def unserved(self) -> tuple[NeedServed, ...]:
        """Needs that no service is said to answer."""
        return tuple(one for one in self.needs if one.served in (Served.NONE, Served.UNKNOWN))

    @property
    def without(self) -> tuple[ServiceCard, ...]:
        """Services that answer no need, the dearest first."""
        return dearest(one for one in self.services if not one.serves)

    @property
    def continuing(self) -> tuple[ServiceCard, ...]:
        """Services that run because they always have, the dearest first."""
        return dearest(one for one in self.services if one.continues)

    def open(self, service: ServiceCard) -> int:
        """Needs of which nobody knows whether the service answers them."""
        return sum(service.of(need.id) is Answers.UNCLEAR for need in self.needs)

    def count(self, served: Served) -> int:
        """How many needs stand so."""
        return sum(one.served is served for one in self.needs)


def mismatch_for(viewer: Viewer, partnership: UUID) -> Mismatch:
    """Needs that are not withdrawn beside services that run."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    services = services_for(viewer, partnership)
    rows = Need.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    needs = rows.exclude(state=NeedState.WITHDRAWN).order_by("created", "id")
    return Mismatch(tuple(_need(row, services) for row in needs), services)


def unserved_count(viewer: Viewer, partnership: UUID) -> int:
    """How many needs no service is said to answer; 0 where no service is recorded."""
    services = Service.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership, ended=None)
    if not services.exists():
        return 0
    answered = ServiceNeed.objects.filter(service__in=services, answers__in=(Answers.WHOLE, Answers.PART))
    needs = Need.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    return needs.exclude(state=NeedState.WITHDRAWN).exclude(pk__in=answered.values("need")).count()


def dearest(services: Iterable[ServiceCard]) -> tuple[ServiceCard, ...]:
    """The dearest first; those of which no spend is known last."""
    return tuple(sorted(services, key=lambda one: (one.spend is None, -(one.spend or 0), one.name)))


def spend_of(services: Iterable[ServiceCard]) -> tuple[Decimal, int]:
    """Pounds in a year of those whose spend is known, and of how many it is not."""
    held = [one.spend for one in services]
    known = [one for one in held if one is not None]
    return sum(known, Decimal(0)), len(held) - len(known)


def _need(row: Need, services: tuple[ServiceCard, ...]) -> NeedServed:
    whole = tuple(one for one in services if one.of(row.pk) is Answers.WHOLE)
    part = tuple(one for one in services if one.of(row.pk) is Answers.PART)
    unseen = sum(one.of(row.pk) is Answers.UNCLEAR for one in services)
    if whole or part:
        served = Served.WHOLE if whole else Served.PART
    else:
        served = Served.NONE if services and not unseen else Served.UNKNOWN
    return NeedServed(row.pk, row.title, row.theme, NeedState(row.state), served, whole, part, unseen)
