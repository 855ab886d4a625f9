"""Rounds of ranking as a viewer may see them: what is ranked, who has answered, and what has been unsealed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.models import PartnershipOrganisation
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.needs.models import Need, NeedState, PoolingRule, RankedNeed, Ranking, RankingRound, RankingVersion
from commonweal.needs.models.ranking import Side
from commonweal.needs.support import statement


@dataclass(frozen=True, slots=True)
class RoundCard:
    """One round in the list."""

    id: UUID
    title: str
    opens: date
    closes: date
    open: bool
    closed: bool
    rule: PoolingRule
    needs: int
    given: int       # organisations that have ranked
    seats: int
    may_rank: bool
    waits_for_me: bool
    complete: bool = False  # no order is waited for: it is over, or every organisation that signs has ranked


@dataclass(frozen=True, slots=True)
class RankedLine:
    """A need as it is ranked."""

    need: UUID
    title: str
    statement: str
    number: int


@dataclass(frozen=True, slots=True)
class RankingLine:
    """A ranking that the viewer may see; `places` in the order of the round's needs, None where left blank."""

    organisation: UUID
    name: str
    side: Side
    places: tuple[int | None, ...]
    note: str
    number: int
    given_at: datetime
    mine: bool


@dataclass(frozen=True, slots=True)
class SeatAnswer:
    """An organisation of the partnership: how it counts, and whether it has ranked (never what)."""

    organisation: UUID
    name: str
    weight: int
    given: bool


@dataclass(frozen=True, slots=True)
class RoundView:
    """One round. `sealed` says that rankings of others are kept from the viewer for now."""

    card: RoundCard
    needs: tuple[RankedLine, ...]
    seats: tuple[SeatAnswer, ...]
    weights_reason: str
    rankings: tuple[RankingLine, ...]
    sealed: bool

    @property
    def mine(self) -> tuple[RankingLine, ...]:
        """What the viewer's own organisation gave."""
        return tuple(one for one in self.rankings if one.mine)

    @property
    def equal(self) -> bool:
        """Whether every organisation counts the same."""
        return len({seat.weight for seat in self.seats}) <= 1


def rounds_for(viewer: Viewer, partnership: UUID) -> tuple[RoundCard, ...]:
    """Every round of the partnership, newest first."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    rows = list(_rounds(viewer, partnership).order_by("-created", "-id"))
    given: dict[UUID, set[UUID]] = defaultdict(set)
    for key, organisation in Ranking.objects.filter(round__in=rows).values_list("round_id", "organisation_id"):
        given[key].add(organisation)
    needs: dict[UUID, int] = defaultdict(int)
    for key in RankedNeed.objects.filter(round__in=rows).values_list("round_id", flat=True):
        needs[key] += 1
    seats, signing = seats_of(partnership), set(seats_of(partnership, signs_off=True))
    return tuple(_card(viewer, row, needs[row.pk], given[row.pk], seats, signing) for row in rows)


def round_for(viewer: Viewer, partnership: UUID, round_id: UUID) -> RoundView:
    """One round in full; NotFound where there is none that the viewer may see."""
    row = round_row(viewer, partnership, round_id)
    needs = tuple(
        RankedLine(one.version.identity_id, one.version.identity.title,
                   statement(one.version.who, one.version.where, one.version.what), one.version.number)
        for one in row.needs.select_related("version__identity").order_by("position")
    )
    every = list(Ranking.objects.filter(round=row).select_related("organisation"))
    given = {one.organisation_id: one.organisation.name for one in every}
    names = {**given, **seats_of(partnership)}
    shown = _rankings(viewer, row, needs)
    seats = tuple(
        SeatAnswer(key, name, int(row.weights.get(str(key), 1)), key in given)
        for key, name in sorted(names.items(), key=lambda one: one[1])
    )
    signing = set(seats_of(partnership, signs_off=True))
    card = _card(viewer, row, len(needs), set(given), seats_of(partnership), signing)
    sealed = not card.closed and not set(viewer.organisations_in(partnership)) <= set(given)
    return RoundView(card, needs, seats, row.weights_reason, shown, sealed)


def round_row(viewer: Viewer, partnership: UUID, round_id: UUID) -> RankingRound:
    """The round itself, for an action."""
    found: RankingRound | None = _rounds(viewer, partnership).filter(pk=round_id).first()
    if found is None:
        raise NotFound("There is no such round, or none that you may see.")
    return found


def rankable(viewer: Viewer, partnership: UUID) -> tuple[tuple[UUID, str, str], ...]:
    """Needs that can be put in a round: id, title and how far each is."""
    rows = Need.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    kept = rows.exclude(state=NeedState.WITHDRAWN).order_by("created", "id")
    return tuple((row.pk, row.title, str(NeedState(row.state).label)) for row in kept)


def seats_of(partnership: UUID, **more: bool) -> dict[UUID, str]:
    """The organisations that have a seat today, by name; with `signs_off=True` those that sign."""
    seats = PartnershipOrganisation.objects.on(clock.today()).filter(partnership=partnership, **more)
    return dict(seats.order_by("organisation__name").values_list("organisation_id", "organisation__name"))


def may_rank(viewer: Viewer, partnership: UUID) -> bool:
    """Whether the viewer may rank for an organisation."""
    speaks = any(viewer.may(one, partnership) for one in (Permission.AGREE, Permission.BRING_EVIDENCE))
    return speaks and viewer.may(Permission.VIEW_EVIDENCE, partnership)


def _rounds(viewer: Viewer, partnership: UUID) -> Any:
    return RankingRound.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)


def _card(
    viewer: Viewer, row: RankingRound, needs: int, given: set[UUID], seats: dict[UUID, str], signing: set[UUID]
) -> RoundCard:
    today, mine = clock.today(), viewer.organisation_in(row.partnership_id)
    may = may_rank(viewer, row.partnership_id) and row.open_on(today) and (mine is None or mine in seats)
    return RoundCard(
        id=row.pk, title=row.title, opens=row.opens, closes=row.closes, open=row.open_on(today),
        closed=row.closed_on(today), rule=PoolingRule(row.rule), needs=needs, given=len(given),
        seats=len(set(seats) | given), may_rank=may, waits_for_me=may and mine is not None and mine not in given,
        complete=row.closed_on(today) or (bool(signing) and signing <= given),
    )


def _rankings(viewer: Viewer, row: RankingRound, needs: tuple[RankedLine, ...]) -> tuple[RankingLine, ...]:
    """The newest version of every ranking that the seal lets through."""
    mine = viewer.organisation_in(row.partnership_id)
    seen = RankingVersion.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(identity__round=row).latest_each()
    found = [
        RankingLine(
            one.identity.organisation_id, one.identity.organisation.name, Side(one.identity.side),
            tuple(one.places.get(str(need.need)) for need in needs), one.note, one.number, one.given_at,
            one.identity.organisation_id == mine,
        )
        for one in seen.select_related("identity__organisation")
    ]
    return tuple(sorted(found, key=lambda one: (one.name, one.side)))
