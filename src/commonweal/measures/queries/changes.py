"""Kept changes of people, for those who see evidence: the newest of each scale and period stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.core.errors import NotFound
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer
from commonweal.measures.instrument_packs import instruments_here
from commonweal.measures.models import KeptChange
from commonweal.measures.pages.change import ChangeTold, Row
from commonweal.measures.periods import period_words


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One kept change, as it was worked out."""

    id: UUID
    agreement: UUID
    agreement_title: str
    title: str
    period: str
    people: int
    at: datetime
    licence: str
    told: ChangeTold


def changes_for(viewer: Viewer, agreement: UUID) -> tuple[ChangeView, ...]:
    """Those that stand of one agreement, the latest period first."""
    rows = KeptChange.objects.visible_to(viewer, Purpose.MONITORING).filter(agreement=agreement)
    newest = {(one.instrument, one.first, one.last): one
              for one in rows.select_related("agreement").order_by("at", "pk")}
    return tuple(_view(one) for one in sorted(newest.values(), key=lambda one: (one.last, one.at), reverse=True))


def changes_in(viewer: Viewer, partnership: UUID) -> tuple[ChangeView, ...]:
    """Those that stand of all agreements, by name."""
    rows = KeptChange.objects.visible_to(viewer, Purpose.MONITORING).filter(partnership=partnership)
    newest = {(one.agreement_id, one.instrument): one
              for one in rows.select_related("agreement").order_by("last", "at", "pk")}
    return tuple(sorted(map(_view, newest.values()), key=lambda one: (one.agreement_title, one.title)))


def change_of(viewer: Viewer, partnership: UUID, change: UUID) -> ChangeView:
    """One; NotFound where there is none that the viewer may see."""
    rows = KeptChange.objects.visible_to(viewer, Purpose.MONITORING).filter(partnership=partnership, pk=change)
    row = rows.select_related("agreement").first()
    if row is None:
        raise NotFound("There is no such change, or none that you may see.")
    return _view(row)


def _view(row: KeptChange) -> ChangeView:
    """What a scale is called and asks stays readable where its pack has gone."""
    told = ChangeTold(
        instruments_here().find(row.instrument) or instruments_here().of("own"), row.answer,
        row.counts or "Fewer than five people were measured twice: how many fared better is not kept.",
        tuple(Row(*one) for one in row.rows), row.claim, tuple(row.cannot), row.method)
    return ChangeView(row.pk, row.agreement_id, row.agreement.title, row.title, period_words(row.first, row.last),
                      row.people, row.at, row.licence, told)
