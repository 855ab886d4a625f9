"""What whoever runs services may see of them: their own organisation's alone, and the agreed needs they answer."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from commonweal.core.permissions import ROLES, Permission
from commonweal.core.viewer import Viewer, require
from commonweal.needs.models import Answers, Need, NeedState, Service
from commonweal.needs.queries.services import ServiceCard, cards_of


@dataclass(frozen=True, slots=True)
class OwnService:
    """One service of one's own, the agreed needs it is said to answer, and how many said of it are not agreed yet.

    `needs` are titles and how far; what partners still write among themselves is only counted.
    """

    card: ServiceCard
    needs: tuple[tuple[str, Answers], ...]
    unsettled: int


def sees_own_services(viewer: Viewer, partnership: UUID) -> bool:
    """Whether the viewer runs services there without seeing all the evidence."""
    return not viewer.may(Permission.VIEW_EVIDENCE, partnership) and bool(_runs(viewer, partnership))


def own_services(viewer: Viewer, partnership: UUID) -> tuple[OwnService, ...]:
    """Every service that the viewer's own organisation runs or recorded, by name; nothing of anybody else's."""
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    mine = _runs(viewer, partnership)
    rows = Service.objects.filter(
        Q(organisation__in=mine) | Q(said_for__in=mine), partnership=partnership, ended=None,
    )
    listed = list(rows.select_related("said_for").order_by("name", "id"))
    cards = cards_of(viewer.organisation_in(partnership), listed)
    agreed = _agreed(partnership, {need for card in cards for need in card.said})
    return tuple(_own(card, agreed) for card in cards)


def _runs(viewer: Viewer, partnership: UUID) -> frozenset[UUID]:
    return frozenset(
        one.organisation for one in viewer.grants
        if one.partnership == partnership and Permission.BRING_EVIDENCE in ROLES[one.role]
    )


def _agreed(partnership: UUID, needs: set[UUID]) -> dict[UUID, str]:
    rows = Need.objects.filter(partnership=partnership, pk__in=needs, state=NeedState.AGREED)
    return dict(rows.values_list("pk", "title"))


def _own(card: ServiceCard, agreed: dict[UUID, str]) -> OwnService:
    answered = [one for one in card.judged if one.answers in (Answers.WHOLE, Answers.PART)]
    told = tuple((agreed[one.need], one.answers) for one in answered if one.need in agreed)
    return OwnService(card, told, len(answered) - len(told))
