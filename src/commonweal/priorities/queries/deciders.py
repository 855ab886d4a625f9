"""Who may decide in a partnership today."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from commonweal.core import clock
from commonweal.core.models import PartnershipRole
from commonweal.core.permissions import ROLES, Permission


@dataclass(frozen=True, slots=True)
class Decider:
    """A person who may decide, and for which organisation."""

    person: UUID
    name: str
    organisation_id: UUID
    organisation: str


def deciders_of(partnership: UUID) -> tuple[Decider, ...]:
    """By name, each once."""
    roles = [role for role, may in ROLES.items() if Permission.DECIDE in may]
    rows = PartnershipRole.objects.on(clock.today()).filter(partnership=partnership, role__in=roles)
    found = {
        row.person_id: Decider(row.person_id, row.person.name, row.organisation_id, row.organisation.name)
        for row in rows.select_related("person", "organisation").order_by("person__name")
    }
    return tuple(found.values())
