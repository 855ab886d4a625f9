"""Who is looking or acting: made once a request, handed to every query and action."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from commonweal.core import clock
from commonweal.core.errors import NotAllowed
from commonweal.core.permissions import ROLES, STAFF, Permission, Role

if TYPE_CHECKING:
    from django.http import HttpRequest

    from commonweal.core.models import Person


@dataclass(frozen=True, slots=True)
class Grant:
    """One role in one partnership, for one organisation."""

    partnership: UUID
    organisation: UUID
    role: Role


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person as seen by the rules, or nobody in particular. `system` is the program's own upkeep."""

    person: UUID | None = None
    grants: tuple[Grant, ...] = ()
    staff: bool = False
    example: bool = False
    system: bool = False

    @property
    def anonymous(self) -> bool:
        """Whether nobody has signed in."""
        return self.person is None and not self.system

    def partnerships(self, permission: Permission = Permission.VIEW_PARTNERSHIP) -> frozenset[UUID]:
        """The partnerships in which this viewer has the permission through a role."""
        return frozenset(g.partnership for g in self.grants if permission in ROLES[g.role])

    def roles_in(self, partnership: UUID) -> tuple[Role, ...]:
        """The viewer's roles in one partnership."""
        return tuple(g.role for g in self.grants if g.partnership == partnership)

    def may(self, permission: Permission, partnership: UUID | None = None) -> bool:
        """Whether the viewer has the permission: in that partnership, or anywhere at all when none is named."""
        if self.system or (self.staff and permission in STAFF):
            return True
        held = self.partnerships(permission)
        return bool(held) if partnership is None else partnership in held

    def organisation_in(self, partnership: UUID) -> UUID | None:
        """On whose behalf the viewer acts in one partnership."""
        return next((g.organisation for g in self.grants if g.partnership == partnership), None)


ANONYMOUS = Viewer()
SYSTEM = Viewer(system=True)


def viewer_of(person: Person) -> Viewer:
    """The viewer that a person is today, with the roles in force today."""
    from commonweal.core.models import PartnershipRole

    if not person.is_active:
        return ANONYMOUS
    held = PartnershipRole.objects.on(clock.today()).filter(person=person)
    rows = held.order_by("id").values_list("partnership_id", "organisation_id", "role")
    grants = tuple(Grant(partnership, organisation, Role(role)) for partnership, organisation, role in rows)
    return Viewer(person=person.pk, grants=grants, staff=person.is_staff, example=person.example)


def viewer_from(request: HttpRequest) -> Viewer:
    """The viewer behind a request, found once and kept on it."""
    kept = getattr(request, "commonweal_viewer", None)
    if isinstance(kept, Viewer):
        return kept
    user = getattr(request, "user", None)
    viewer = viewer_of(user) if user is not None and user.is_authenticated else ANONYMOUS
    request.commonweal_viewer = viewer  # type: ignore[attr-defined]
    return viewer


def require(by: Viewer, permission: Permission, partnership: UUID | None = None) -> None:
    """Refuse unless `by` holds the permission now, asking the database again rather than the request's copy."""
    if not _as_of_now(by).may(permission, partnership):
        raise NotAllowed("You do not have permission to do this. Ask an administrator of the partnership.")


def _as_of_now(by: Viewer) -> Viewer:
    """The same viewer with the roles in force at this moment."""
    from commonweal.core.models import Person

    if by.system or by.person is None:
        return by
    person = Person.objects.filter(pk=by.person).first()
    return viewer_of(person) if person else ANONYMOUS
