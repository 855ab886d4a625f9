"""Who is looking or acting: made once a request, handed to every query and action."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef

from commonweal.core import clock
from commonweal.core.asked_once import asked_once
from commonweal.core.errors import ActForWhom, NotAllowed
from commonweal.core.permissions import ROLES, SEEING, STAFF, Permission, Role

if TYPE_CHECKING:
    from django.http import HttpRequest

    from commonweal.core.models import Person

ACTING = "acting"  # where a session keeps it
NO_ROLE = "You do not have permission to do this. Ask an administrator of the partnership."
OTHER_ROLE = "Your role for the organisation you act for does not allow this. Change for whom you act."


@dataclass(frozen=True, slots=True)
class Grant:
    """One role in one partnership, for one organisation; `inherited` for one whose work goes on in theirs."""

    partnership: UUID
    organisation: UUID
    role: Role
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person as seen by the rules, or nobody in particular. `system` is the program's own upkeep."""

    person: UUID | None = None
    grants: tuple[Grant, ...] = ()
    staff: bool = False
    example: bool = False
    system: bool = False
    acting: tuple[tuple[UUID, UUID], ...] = ()  # (partnership, organisation) they said they act for

    @property
    def anonymous(self) -> bool:
        """Whether nobody has signed in."""
        return self.person is None and not self.system

    def partnerships(self, permission: Permission = Permission.VIEW_PARTNERSHIP) -> frozenset[UUID]:
        """The partnerships in which this viewer has the permission through a role."""
        return frozenset(g.partnership for g in self.grants if permission in ROLES[g.role])

    def roles_in(self, partnership: UUID) -> tuple[Role, ...]:
        """The viewer's roles in one partnership."""
        return tuple(g.role for g in self.grants if g.partnership == partnership and not g.inherited)

    def organisations_in(self, partnership: UUID) -> tuple[UUID, ...]:
        """The organisations for which the viewer has a role there, and those whose work went on in these."""
        return tuple(dict.fromkeys(g.organisation for g in self.grants if g.partnership == partnership))

    def deeds_in(self, partnership: UUID) -> tuple[Grant, ...]:
        """The roles that count for what the viewer does there: those for the organisation they act for."""
        acted = self.organisation_in(partnership)
        held = (g for g in self.grants if g.partnership == partnership)
        return tuple(g for g in held if acted is None or g.organisation == acted)

    def may(self, permission: Permission, partnership: UUID | None = None) -> bool:
        """Whether the viewer has the permission: in that partnership, or anywhere at all when none is named."""
        if self.system or (self.staff and permission in STAFF):
            return True
        if partnership is None or permission in SEEING:
            held = self.partnerships(permission)
            return bool(held) if partnership is None else partnership in held
        return any(permission in ROLES[g.role] for g in self.deeds_in(partnership))

    def organisation_in(self, partnership: UUID) -> UUID | None:
        """On whose behalf the viewer acts in one partnership: as they said, or the only one there is."""
        there = self.organisations_in(partnership)
        said = dict(self.acting).get(partnership)
        if said in there:
            return said
        own = {g.organisation for g in self.grants if g.partnership == partnership and not g.inherited}
        return own.pop() if len(own) == 1 else None


ANONYMOUS = Viewer()
SYSTEM = Viewer(system=True)


def viewer_of(person: Person, acting: tuple[tuple[UUID, UUID], ...] = ()) -> Viewer:
    """The viewer that a person is today, with the roles in force today, acting as they said."""
    from commonweal.core.models import OrganisationSuccession, PartnershipRole

    if not person.is_active:
        return ANONYMOUS
    today = clock.today()
    held = PartnershipRole.objects.on(today).filter(person=person).exclude(partnership__end__lte=today)
    took_over = OrganisationSuccession.objects.filter(after=OuterRef("organisation"), keeps=True, day__lte=today)
    rows = held.annotate(heir=Exists(took_over)).order_by("id")
    grants = tuple(Grant(one.partnership_id, one.organisation_id, Role(one.role)) for one in rows)
    if any(one.heir for one in rows):
        grants += _inherited(grants, today)
    return Viewer(person=person.pk, grants=grants, staff=person.is_staff, example=person.example, acting=acting)


def _inherited(grants: tuple[Grant, ...], today: date) -> tuple[Grant, ...]:
    """The same roles for the organisations that went into theirs, however far back."""
    from commonweal.core.queries.councils import kept_from

    kept = kept_from({grant.organisation for grant in grants}, today)
    held = {(grant.partnership, grant.organisation) for grant in grants}
    return tuple(
        Grant(grant.partnership, old, grant.role, inherited=True)
        for grant in grants for old in kept.get(grant.organisation, ()) if (grant.partnership, old) not in held
    )


def viewer_from(request: HttpRequest) -> Viewer:
    """The viewer behind a request, found once and kept on it."""
    kept = getattr(request, "commonweal_viewer", None)
    if isinstance(kept, Viewer):
        return kept
    user = getattr(request, "user", None)
    known = user is not None and user.is_authenticated
    viewer = viewer_of(user, said_in(request)) if user is not None and known else ANONYMOUS
    request.commonweal_viewer = viewer  # type: ignore[attr-defined]
    return viewer


def said_in(request: HttpRequest) -> tuple[tuple[UUID, UUID], ...]:
    """For whom the person said they act, in each partnership, since they signed in."""
    kept = getattr(request, "session", {}).get(ACTING, {})
    return tuple((UUID(partnership), UUID(organisation)) for partnership, organisation in kept.items())


def acted_for(viewer: Viewer, partnership: UUID) -> UUID | None:
    """The organisation the viewer acts for there, None where they have none; refused until they have chosen."""
    acted = viewer.organisation_in(partnership)
    if acted is None and viewer.organisations_in(partnership):
        raise ActForWhom(partnership)
    return acted


def require(by: Viewer, permission: Permission, partnership: UUID | None = None) -> None:
    """Refuse unless `by` holds the permission now, asking the database again rather than the request's copy."""
    now = _as_of_now(by)
    if not now.may(permission, partnership):
        elsewhere = partnership is not None and partnership in now.partnerships(permission)
        raise NotAllowed(OTHER_ROLE if elsewhere else NO_ROLE)
    by_role = not (now.system or (now.staff and permission in STAFF))
    if by_role and partnership is not None and permission not in SEEING:
        acted_for(now, partnership)


@asked_once
def _as_of_now(by: Viewer) -> Viewer:
    """The same viewer with the roles in force at this moment."""
    from commonweal.core.models import Person

    if by.system or by.person is None:
        return by
    person = Person.objects.filter(pk=by.person).first()
    return viewer_of(person, by.acting) if person else ANONYMOUS
