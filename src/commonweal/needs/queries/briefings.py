"""Briefings for members and kept cases: the list, one with what has changed, and what everybody may read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.needs.documents.briefing import Brief, thawed
from commonweal.needs.models import Briefing, BriefingVersion, NeedState
from commonweal.needs.queries.advocates import with_advocates
from commonweal.needs.queries.needs import needs_for


@dataclass(frozen=True, slots=True)
class BriefingCard:
    """One briefing in the list."""

    id: UUID
    place: str
    code: str
    number: int
    written_at: datetime
    written_by: str
    public_number: int | None
    issued_at: datetime | None
    partner: UUID | None = None


@dataclass(frozen=True, slots=True)
class BriefingView:
    """One version, read; `whole` is false where it is not what was frozen."""

    card: BriefingCard
    brief: Brief
    whole: bool


def briefings_for(viewer: Viewer, partnership: UUID) -> tuple[BriefingCard, ...]:
    """Every briefing on a place of the partnership."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    rows = BriefingVersion.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    latest = rows.filter(identity__partner=None).latest_each().select_related("identity", "written_by")
    return tuple(_card(row) for row in latest.order_by("identity__place_name"))


def kept_case(viewer: Viewer, partnership: UUID, partner: UUID) -> BriefingCard | None:
    """The newest kept copy of the case to a partner, if there is one."""
    rows = BriefingVersion.objects.visible_to(viewer, Purpose.ASSESSMENT)
    found = rows.filter(partnership=partnership, identity__partner=partner).order_by("-number").first()
    return _card(found) if found else None


def briefing_for(viewer: Viewer, partnership: UUID, briefing: UUID) -> BriefingView:
    """The newest version of one."""
    rows = BriefingVersion.objects.visible_to(viewer, Purpose.ASSESSMENT)
    found = rows.filter(partnership=partnership, identity=briefing).order_by("-number").first()
    return _view(found, public=False)


def briefing_row(viewer: Viewer, partnership: UUID, briefing: UUID) -> Briefing:
    """The row itself, for an action."""
    rows = Briefing.objects.visible_to(viewer, Purpose.ASSESSMENT)
    found: Briefing | None = rows.filter(partnership=partnership, pk=briefing).first()
    if found is None:
        raise NotFound("There is no such briefing, or none that you may see.")
    return found


def public_briefing(viewer: Viewer, briefing: UUID) -> BriefingView:
    """The published version, for anybody at all; `viewer` is asked for so that no page forgets who looks."""
    row = Briefing.objects.filter(pk=briefing).first()
    if row is None or row.public_number is None:
        raise NotFound("There is no such page, or it was taken down.")
    return _view(row.versions.filter(number=row.public_number).first(), public=True)


def agreed_statements(viewer: Viewer, partnership: UUID) -> tuple[str, ...]:
    """The needs that every signing partner has signed, as sentences."""
    return tuple(card.statement for card in needs_for(viewer, partnership) if card.state is NeedState.AGREED)


def _view(row: BriefingVersion | None, *, public: bool) -> BriefingView:
    if row is None:
        raise NotFound("There is no such briefing, or none that you may see.")
    whole = hashlib.sha256(row.frozen.encode()).hexdigest() == row.digest
    return BriefingView(_card(row), with_advocates(thawed(row.frozen), public=public), whole)


def _card(row: BriefingVersion) -> BriefingCard:
    known = row.identity
    return BriefingCard(
        known.pk, known.place_name, known.place_code, row.number, row.written_at, row.written_by.name,
        known.public_number, known.issued_at, known.partner_id,
    )
