"""Who else says so, as far as each agreed to be shown; and what one's own organisation still has to ask about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from commonweal.core.errors import NotFound
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer
from commonweal.needs.actions.advocate import token_of
from commonweal.needs.documents.briefing import Brief
from commonweal.needs.models import Advocate, Reach

KEY = "advocate:"


@dataclass(frozen=True, slots=True)
class AdvocateCard:
    """One advocate; `token` and what was agreed only for the organisation that wrote it down."""

    id: UUID
    partner: UUID
    name: str
    stands_for: str
    words: str
    said_where: str
    said_on: date
    reach: Reach
    agreed_on: date | None
    written_by: str
    mine: bool
    token: str

    @property
    def shown(self) -> bool:
        """Whether they agreed that the partners read it."""
        return self.reach is not Reach.NOBODY

    @property
    def public(self) -> bool:
        """Whether they agreed that anybody reads it."""
        return self.reach is Reach.ANYBODY

    @property
    def sentence(self) -> str:
        """What is said, by whom, where and when, in one line."""
        return (f"{self.name}, {self.stands_for}: “{self.words}” "
                f"({self.said_where}, {self.said_on:%-d %B %Y}).")


def advocates_for(viewer: Viewer, partnership: UUID) -> tuple[AdvocateCard, ...]:
    """Everybody the viewer may see who speaks for the case to any partner, the latest first."""
    rows = Advocate.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    found = rows.select_related("recorded_for").order_by("-said_on", "name", "pk")
    return tuple(_card(row, viewer.organisation_in(partnership)) for row in found)


def advocate_row(viewer: Viewer, partnership: UUID, advocate: UUID) -> Advocate:
    """The row itself, for an action."""
    rows = Advocate.objects.visible_to(viewer, Purpose.ASSESSMENT)
    found: Advocate | None = rows.filter(partnership=partnership, pk=advocate).first()
    if found is None:
        raise NotFound("There is no such advocate, or none that you may see.")
    return found


def advocate_card(viewer: Viewer, row: Advocate) -> AdvocateCard:
    """One row as it is shown."""
    return _card(row, viewer.organisation_in(row.partnership_id))


def with_advocates(brief: Brief, *, public: bool) -> Brief:
    """A kept page with what its advocates agree to today; those who withdrew are left out of old copies too."""
    keys = [UUID(point.key.removeprefix(KEY)) for point in brief.points if point.key.startswith(KEY)]
    if not keys:
        return brief
    agreed = (Reach.ANYBODY,) if public else (Reach.ANYBODY, Reach.PARTNERS)
    rows = Advocate.objects.filter(pk__in=keys, withdrawn=None, reach__in=agreed).select_related("recorded_for")
    said = {f"{KEY}{row.pk}": _card(row, None).sentence for row in rows}
    points = (replace(point, text=said.get(point.key, "")) if point.key.startswith(KEY) else point
              for point in brief.points)
    return replace(brief, points=tuple(point for point in points if point.text))


def _card(row: Advocate, mine: UUID | None) -> AdvocateCard:
    own = row.recorded_for_id == mine
    return AdvocateCard(
        row.pk, row.partner_id, row.name, row.stands_for, row.words, row.said_where, row.said_on, Reach(row.reach),
        row.agreed_on, row.recorded_for.name, own, token_of(row) if own else "",
    )
