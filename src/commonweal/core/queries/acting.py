"""For whom a person acts in a partnership, and for whom they could."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from commonweal.core.errors import NotFound
from commonweal.core.models import Organisation
from commonweal.core.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Choice:
    """One organisation, and what the viewer is there for it."""

    id: UUID
    name: str
    roles: str


@dataclass(frozen=True, slots=True)
class Acting:
    """The organisation chosen (no name: none yet), and all that may be."""

    partnership: UUID
    organisation: UUID | None
    name: str
    choices: tuple[Choice, ...]


def acting_in(viewer: Viewer, partnership: UUID) -> Acting:
    """Where the viewer stands in one partnership; NotFound where they have no part in it."""
    there = viewer.organisations_in(partnership)
    if not there:
        raise NotFound("There is no such partnership, or you are not in it.")
    roles: dict[UUID, list[str]] = {}
    for grant in viewer.grants:
        if grant.partnership == partnership:
            roles.setdefault(grant.organisation, []).append(str(grant.role.label))
    rows = Organisation.objects.filter(pk__in=there).order_by("name", "id")
    choices = tuple(Choice(row.pk, row.name, ", ".join(roles[row.pk])) for row in rows)
    chosen = viewer.organisation_in(partnership)
    return Acting(partnership, chosen, next((one.name for one in choices if one.id == chosen), ""), choices)
