"""Invitations: those a partnership has open, and what stands behind the link of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto
from uuid import UUID

from commonweal.core import clock
from commonweal.core.actions.roles import may_give
from commonweal.core.errors import NotFound
from commonweal.core.models import Invitation, Partnership, PartnershipOrganisation, Person
from commonweal.core.models.invitations import hash_of
from commonweal.core.permissions import Role, role_hints
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """An invitation nobody has accepted yet."""

    id: UUID
    address: str
    organisation: str
    role: str
    sent_by: str
    expires: datetime
    expired: bool
    mine: bool  # whether the viewer may send it again or withdraw it


class Behind(StrEnum):
    """What whoever opened the link can do."""

    NEW = auto()      # make an account
    SIGN_IN = auto()  # there is an account for the address
    ACCEPT = auto()   # it is theirs, and they have signed in
    OTHER = auto()    # somebody else has signed in
    CLOSED = auto()   # the account for the address is closed
    USED = auto()
    WITHDRAWN = auto()
    EXPIRED = auto()

    @property
    def over(self) -> bool:
        """Whether the link opens nothing any more."""
        return self in {Behind.USED, Behind.WITHDRAWN, Behind.EXPIRED}


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """An invitation as its link shows it."""

    behind: Behind
    partnership: UUID
    partnership_name: str
    organisation: str
    role: str
    does: str
    invited_by: str
    expires: datetime
    invented: bool
    address: str


def pending_invitations(viewer: Viewer, partnership: UUID) -> tuple[InvitationLine, ...]:
    """Those of one partnership, for its administrators; oldest first."""
    seen = Invitation.objects.visible_to(viewer, Purpose.ADMINISTRATION)
    rows = seen.filter(partnership=partnership, accepted=None, withdrawn=None)
    return tuple(
        InvitationLine(
            row.pk, row.address, row.organisation.name, str(Role(row.role).label), row.by.name, row.expires,
            row.expired, may_give(viewer, row.partnership, row.organisation),
        )
        for row in rows.select_related("organisation", "by", "partnership").order_by("id")
    )


def organisations_to_invite_for(viewer: Viewer, partnership: UUID) -> tuple[tuple[UUID, str], ...]:
    """The organisations whose people the viewer may invite."""
    row = Partnership.objects.filter(pk=partnership).first()
    seats = PartnershipOrganisation.objects.visible_to(viewer, Purpose.ADMINISTRATION).on(clock.today())
    found = seats.filter(partnership=partnership).select_related("organisation").order_by("organisation__name")
    return tuple(
        (seat.organisation_id, seat.organisation.name) for seat in found
        if row is not None and may_give(viewer, row, seat.organisation)
    )


def invitation_behind(viewer: Viewer, token: str) -> InvitationPage:
    """What the link opens for this viewer; NotFound where nobody was ever sent it."""
    rows = Invitation.objects.select_related("partnership", "organisation", "by")
    row = rows.filter(token_hash=hash_of(token)).first()
    if row is None:
        raise NotFound("There is no such invitation. Open the link in the e-mail again, whole.")
    role = Role(row.role)
    return InvitationPage(
        behind=_behind(viewer, row), partnership=row.partnership_id, partnership_name=row.partnership.name,
        organisation=row.organisation.name, role=str(role.label), does=role_hints()[role], invited_by=row.by.name,
        expires=row.expires, invented=row.partnership.invented, address=row.address,
    )


def _behind(viewer: Viewer, row: Invitation) -> Behind:
    if row.accepted:
        return Behind.USED
    if row.withdrawn or row.expired:
        return Behind.WITHDRAWN if row.withdrawn else Behind.EXPIRED
    known = Person.objects.filter(email__iexact=row.address).first()
    if viewer.person is not None:
        return Behind.ACCEPT if known and known.pk == viewer.person else Behind.OTHER
    if known is None:
        return Behind.NEW
    return Behind.SIGN_IN if known.is_active else Behind.CLOSED
