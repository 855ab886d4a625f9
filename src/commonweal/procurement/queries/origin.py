"""What led to a commission, and what could be said to have led to one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.urls import reverse

from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer
from commonweal.options.models import ChoiceVersion
from commonweal.present.status import long_date
from commonweal.priorities.models import DecisionVersion
from commonweal.procurement.models import Commission, CommissionOrigin

V = TypeVar("V", ChoiceVersion, DecisionVersion)


@dataclass(frozen=True, slots=True)
class Led:
    """One thing that led to another: what it is, its title and its page."""

    what: str
    title: str
    href: str


def choices_in(viewer: Viewer, partnership: UUID) -> dict[UUID, ChoiceVersion]:
    """Every choice in its newest version, by its identity."""
    return _newest(_of(ChoiceVersion, viewer, partnership).select_related("option", "identity"))


def decisions_in(viewer: Viewer, partnership: UUID) -> dict[UUID, DecisionVersion]:
    """Every decision on priorities in its newest version, by its identity."""
    return _newest(_of(DecisionVersion, viewer, partnership).select_related("identity").defer("frozen"))


def led_to(viewer: Viewer, partnership: UUID, commission: UUID) -> tuple[Led, ...]:
    """What led to the commission, as far as the viewer may see it."""
    row = CommissionOrigin.objects.visible_to(viewer, Purpose.PROCUREMENT).filter(
        partnership=partnership, commission=commission).select_related(
            "choice__option", "choice__identity", "decision__identity").first()
    if row is None:
        return ()
    return (*((told_choice(row.choice),) if row.choice else ()), *((_told(row.decision),) if row.decision else ()))


def told_choice(row: ChoiceVersion) -> Led:
    """A choice, as a link."""
    href = reverse("options:choice", args=[row.partnership_id, row.identity.appraisal_id, row.number])
    return Led("the option chosen", f"{row.option.title}, {long_date(row.decided_on)}", href)


def _told(row: DecisionVersion) -> Led:
    href = reverse("priorities:decision", args=[row.partnership_id, row.identity_id, row.number])
    return Led("the priorities decided", row.identity.title, href)


def _of(model: Any, viewer: Viewer, partnership: UUID) -> Any:
    return model.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership).order_by("number")


def _newest(rows: Iterable[V]) -> dict[UUID, V]:
    return {row.identity_id: row for row in rows}


def origin_as_said(commission: Commission) -> dict[str, str]:
    """What was said before, as the form asks it."""
    row = CommissionOrigin.objects.filter(commission=commission).select_related("choice", "decision").first()
    if row is None:
        return {}
    return {"choice": str(row.choice.identity_id) if row.choice else "",
            "decision": str(row.decision.identity_id) if row.decision else ""}
