"""The tokens of programs, and the viewer that one stands for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from commonweal.core.errors import NotFound
from commonweal.core.models import ProgramToken, TokenScope
from commonweal.core.models.invitations import hash_of
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require, viewer_of


@dataclass(frozen=True, slots=True)
class TokenLine:
    """One token in the list."""

    id: UUID
    name: str
    whose: str
    mine: bool
    may: tuple[str, ...]
    expires: datetime
    ended: datetime | None
    used_on: date | None
    works: bool
    every: str
    exported_at: datetime | None
    export_said: str


def tokens_for(viewer: Viewer, partnership: UUID) -> tuple[TokenLine, ...]:
    """One's own, newest first; an administrator sees everybody's."""
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    return tuple(_line(viewer, row) for row in _seen(viewer, partnership).order_by("-created", "-pk"))


def token_row(viewer: Viewer, partnership: UUID, identifier: UUID) -> ProgramToken:
    """The row itself; NotFound where there is none that the viewer may see."""
    found: ProgramToken | None = _seen(viewer, partnership).filter(pk=identifier).first()
    if found is None:
        raise NotFound("There is no such token in this partnership.")
    return found


def token_behind(secret: str) -> ProgramToken | None:
    """The token that says this, where it works and its person still may."""
    rows = ProgramToken.objects.select_related("person")
    found: ProgramToken | None = rows.filter(token_hash=hash_of(secret)).first()
    return found if found is not None and found.works() and found.person.is_active else None


def viewer_by(token: ProgramToken) -> Viewer:
    """Its person with today's roles, in this partnership alone, for the organisation it was made for."""
    acting = ((token.partnership_id, token.on_behalf_of_id),) if token.on_behalf_of_id else ()
    whole = viewer_of(token.person, acting)
    here = tuple(grant for grant in whole.grants if grant.partnership == token.partnership_id)
    return Viewer(person=whole.person, grants=here, example=whole.example, acting=acting)


def _seen(viewer: Viewer, partnership: UUID) -> Any:
    rows = ProgramToken.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(partnership=partnership)
    rows = rows.select_related("person")
    return rows if viewer.may(Permission.MANAGE_PARTNERSHIP, partnership) else rows.filter(person=viewer.person)


def _line(viewer: Viewer, row: ProgramToken) -> TokenLine:
    return TokenLine(row.pk, row.name, row.person.name, row.person_id == viewer.person,
                     tuple(TokenScope(one).label for one in row.scopes), row.expires, row.ended, row.used_on,
                     row.works(), row.get_every_display() if row.every else "", row.exported_at, row.export_said)
