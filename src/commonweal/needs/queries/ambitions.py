"""The ambitions of a partnership: the list, one with its versions, and the row for an action."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.needs.card import themes
from commonweal.needs.models import Ambition, AmbitionReading, AmbitionState, AmbitionVersion, Bearing, NeedState


@dataclass(frozen=True, slots=True)
class AmbitionCard:
    """An aim as its newest version says it, with how many things read speak for it and against it."""

    id: UUID
    aim: str
    who: str
    place_code: str
    place_name: str
    theme: str
    theme_title: str
    said_by: str
    organisation: str
    reason: str
    number: int
    written_at: datetime
    written_by: str
    state: AmbitionState
    read_for: int
    read_against: int

    @property
    def stands(self) -> bool:
        """Whether it is open."""
        return self.state is AmbitionState.OPEN


def ambitions_for(viewer: Viewer, partnership: UUID) -> tuple[AmbitionCard, ...]:
    """Every ambition, open ones first and the newest of them first."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    rows = AmbitionVersion.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    cards = _cards(rows.latest_each().order_by("-written_at"))
    return tuple(sorted(cards, key=lambda card: not card.stands))


def ambition_for(viewer: Viewer, partnership: UUID, ambition: UUID) -> AmbitionCard:
    """One ambition; NotFound where there is none that the viewer may see."""
    return _cards(_versions(viewer, partnership, ambition).order_by("-number")[:1])[0]


def earlier_versions(viewer: Viewer, partnership: UUID, ambition: UUID) -> tuple[AmbitionCard, ...]:
    """What it said before, the newest first."""
    return _cards(_versions(viewer, partnership, ambition).order_by("-number")[1:])


def ambition_row(viewer: Viewer, partnership: UUID, ambition: UUID) -> Ambition:
    """The row itself, for an action."""
    rows = Ambition.objects.visible_to(viewer, Purpose.ASSESSMENT)
    found: Ambition | None = rows.filter(partnership=partnership, pk=ambition).first()
    if found is None:
        raise NotFound("There is no such ambition, or none that you may see.")
    return found


def _versions(viewer: Viewer, partnership: UUID, ambition: UUID) -> Any:
    row = ambition_row(viewer, partnership, ambition)
    return AmbitionVersion.objects.filter(identity=row)


def _cards(rows: Any) -> tuple[AmbitionCard, ...]:
    found = list(rows.select_related("identity__organisation", "written_by"))
    titles = {one.key: one.title for one in themes()}
    kept = AmbitionReading.objects.filter(ambition__in=[row.identity_id for row in found])
    kept = kept.exclude(item__withdrawn__isnull=False).exclude(need__state=NeedState.WITHDRAWN)
    read = Counter(kept.values_list("ambition_id", "bearing"))
    return tuple(
        AmbitionCard(
            row.identity_id, row.aim, row.who, row.place_code, row.place_name, row.theme,
            titles.get(row.theme, row.theme), row.said_by, row.identity.organisation.name, row.reason, row.number,
            row.written_at, row.written_by.name, AmbitionState(row.identity.state),
            read[row.identity_id, Bearing.FOR.value], read[row.identity_id, Bearing.AGAINST.value],
        )
        for row in found
    )
