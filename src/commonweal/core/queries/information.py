"""Requests for information: the log, one of them with its items, and what the search finds for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.models import InformationItem, InformationRequest
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.search.finding import Hit, find
from commonweal.core.viewer import Viewer, require
from commonweal.policy.information_requests import Regime, exemptions, regimes


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item as it goes out, or why it does not."""

    row: InformationItem
    exemption: str


@dataclass(frozen=True, slots=True)
class RequestView:
    """One request, its law, its items, and how it stands."""

    row: InformationRequest
    regime: Regime
    items: tuple[ItemView, ...]

    @property
    def late(self) -> bool:
        """Past its day and not answered."""
        return self.row.answered is None and clock.today() > self.row.answer_by

    @property
    def standing(self) -> str:
        """What is to be done, and until when."""
        if self.row.answered:
            late: date = self.row.answer_by
            return f"Answered on {self.row.answered:%-d %B %Y}" + (", late" if self.row.answered > late else "")
        return f"Answer it by {self.row.answer_by:%-d %B %Y}"

    @property
    def released(self) -> tuple[ItemView, ...]:
        """What goes out."""
        return tuple(one for one in self.items if not one.exemption)

    @property
    def held_back(self) -> tuple[ItemView, ...]:
        """What does not."""
        return tuple(one for one in self.items if one.exemption)


def information_requests(viewer: Viewer, partnership: UUID) -> tuple[RequestView, ...]:
    """Open ones first, the nearest day first."""
    require(viewer, Permission.MANAGE_PARTNERSHIP, partnership)
    rows = InformationRequest.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(partnership=partnership)
    found = [_view(row) for row in rows.prefetch_related("items").order_by("answer_by", "created")]
    return tuple(sorted(found, key=lambda one: one.row.answered is not None))


def information_request(viewer: Viewer, partnership: UUID, request: UUID) -> RequestView:
    """One of them; NotFound where there is none in this partnership."""
    require(viewer, Permission.MANAGE_PARTNERSHIP, partnership)
    rows = InformationRequest.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(partnership=partnership)
    row = rows.filter(pk=request).first()
    if row is None:
        raise NotFound("There is no such request.")
    return _view(row)


def what_answers(viewer: Viewer, words: str) -> tuple[Hit, ...]:
    """What the viewer may find with these words: nobody gathers what they may not see."""
    return find(viewer, words).hits[:50] if words.strip() else ()


def _view(row: InformationRequest) -> RequestView:
    items = sorted(row.items.all(), key=lambda one: (one.created, one.pk))
    known = exemptions()
    return RequestView(row, regimes()[row.regime], tuple(
        ItemView(one, known[one.exemption].title if one.exemption in known else "") for one in items))
