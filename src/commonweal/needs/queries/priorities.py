"""What drives each partner, as it recorded it, and the figures of the place that speak to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from commonweal.core.errors import NotFound
from commonweal.core.figure import Figure
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import Viewer, require
from commonweal.needs.assessment import Direction, Measure
from commonweal.needs.card import themes
from commonweal.needs.models import PartnerPriority, PartnerPriorityVersion, PriorityState
from commonweal.needs.pages.loading import partnership_assessment

MOST_FIGURES = 2


@dataclass(frozen=True, slots=True)
class PriorityCard:
    """One priority as its newest version says it; `mine` where the viewer acts for the organisation."""

    id: UUID
    organisation: str
    organisation_id: UUID
    title: str
    why: str
    theme: str
    theme_title: str
    source: str
    source_date: date
    address: str
    number: int
    written_at: datetime
    stands: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class PlaceFigure:
    """One figure of the place on a theme, and the sentence that sets it beside another."""

    card: str
    name: str
    says: str
    figure: Figure


def priorities_for(viewer: Viewer, partnership: UUID) -> tuple[PriorityCard, ...]:
    """Every priority that stands, by organisation and in the order in which they were first recorded."""
    require(viewer, Permission.VIEW_PARTNERSHIP, partnership)
    rows = _rows(viewer, partnership).latest_each().filter(identity__state=PriorityState.STANDS)
    return _cards(viewer, rows.order_by("identity__organisation__name", "identity__created", "identity"))


def priority_for(viewer: Viewer, partnership: UUID, priority: UUID) -> PriorityCard:
    """One of the viewer's own organisation, in its newest version; NotFound otherwise."""
    found = _cards(viewer, _rows(viewer, partnership).filter(identity=priority).order_by("-number")[:1])
    if not found or not found[0].mine:
        raise NotFound("There is no such priority, or it is another organisation's.")
    return found[0]


def earlier_priorities(viewer: Viewer, partnership: UUID) -> tuple[PriorityCard, ...]:
    """What was said before: older versions and what was withdrawn, the newest first."""
    newest = _rows(viewer, partnership).latest_each().filter(identity__state=PriorityState.STANDS)
    rows = _rows(viewer, partnership).exclude(pk__in=newest.values("pk"))
    return _cards(viewer, rows.order_by("-written_at")[:100])


def priority_row(viewer: Viewer, partnership: UUID, priority: UUID) -> PartnerPriority:
    """The row itself, for an action."""
    rows = PartnerPriority.objects.visible_to(viewer, Purpose.ASSESSMENT)
    found: PartnerPriority | None = rows.filter(partnership=partnership, pk=priority).first()
    if found is None:
        raise NotFound("There is no such priority, or none that you may see.")
    return found


def place_figures(viewer: Viewer, partnership: UUID) -> dict[str, tuple[PlaceFigure, ...]]:
    """By theme, the published figures of the partnership's places: where need is greater than elsewhere first."""
    codes = [one.code for one in partnership_for(viewer, partnership).places if one.code]
    made = partnership_assessment(viewer, codes)
    if made is None:
        return {}
    return {theme.key: _figures(theme.measures) for theme in made.themes}


def _figures(measures: tuple[Measure, ...]) -> tuple[PlaceFigure, ...]:
    known = [one for one in measures if one.figure.value is not None]
    known.sort(key=lambda one: one.standing is not Direction.WORSE)
    return tuple(
        PlaceFigure(one.card, one.name, one.england.sentence if one.england else one.sentence, one.figure)
        for one in known[:MOST_FIGURES]
    )


def _rows(viewer: Viewer, partnership: UUID) -> Any:
    rows = PartnerPriorityVersion.objects.visible_to(viewer, Purpose.ASSESSMENT)
    return rows.filter(partnership=partnership)


def _cards(viewer: Viewer, rows: Any) -> tuple[PriorityCard, ...]:
    titles = {one.key: one.title for one in themes()}
    return tuple(
        PriorityCard(
            row.identity_id, row.identity.organisation.name, row.identity.organisation_id, row.title, row.why,
            row.theme, titles.get(row.theme, row.theme), row.source, row.source_date, row.address, row.number,
            row.written_at, row.identity.state == PriorityState.STANDS,
            viewer.organisation_in(row.partnership_id) == row.identity.organisation_id,
        )
        for row in rows.select_related("identity__organisation")
    )
