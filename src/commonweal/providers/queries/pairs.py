"""Entries that may be one body, with what agrees and by how much; never one that chose to be only counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import Viewer, require
from commonweal.lake.registers.linking import FIELDS
from commonweal.providers.content import read
from commonweal.providers.models import EntryPair, PairState, RegisterEntry, Seen

MOST = 50


@dataclass(frozen=True, slots=True)
class Side:
    """One entry of a pair."""

    name: str
    where: str
    numbers: str
    source: str


@dataclass(frozen=True, slots=True)
class PairCard:
    """Two entries, why they may be one, and what was decided."""

    id: UUID
    first: Side
    second: Side
    says: tuple[str, ...]
    chance: int
    state: str
    words: str


def pairs_for(viewer: Viewer, partnership: UUID, *, decided: bool = False) -> tuple[PairCard, ...]:
    """The questions that wait, the likeliest first; or what was joined or decided already."""
    require(viewer, Permission.UPLOAD, partnership)
    rows = _rows(viewer, partnership)
    rows = rows.exclude(state=PairState.UNDECIDED) if decided else rows.filter(state=PairState.UNDECIDED)
    order = (F("decided_at").desc(nulls_last=True), "chance", "id") if decided else ("-chance", "id")
    return tuple(_card(one) for one in rows.order_by(*order)[:MOST])


def pair_for(viewer: Viewer, partnership: UUID, pair: UUID) -> EntryPair:
    """One that the viewer may decide; NotFound otherwise."""
    row: EntryPair | None = _rows(viewer, partnership).filter(pk=pair).first()
    if row is None:
        raise NotFound("This question is no longer open, or you may not see it.")
    return row


def waiting_pairs(viewer: Viewer, partnership: UUID) -> int:
    """How many wait."""
    return int(_rows(viewer, partnership).filter(state=PairState.UNDECIDED).count())


def _rows(viewer: Viewer, partnership: UUID) -> Any:
    """Pairs of entries that are published, or of this partnership's own list; none of who chose to stay hidden.

    A group of one's own list that has not chosen yet may be named here, to those who brought the list, and nowhere
    else: they hold its name already, and somebody has to say whether it is there twice.
    """
    invented = partnership_for(viewer, partnership).invented
    rows = EntryPair.objects.select_related("first", "second", "first__provider", "second__provider")
    for side in ("first", "second"):
        ours = Q(**{f"{side}__scope": ""}) | Q(**{f"{side}__partnership": partnership})
        hidden = Q(**{f"{side}__provider__visibility__in": (Seen.COUNTED, Seen.NAMED)}) & ~Q(
            **{f"{side}__provider__chosen": None})
        rows = rows.filter(ours, **{f"{side}__example": invented}).exclude(hidden)
    districts = [one.code for one in partnership_for(viewer, partnership).places if one.code]
    near = Q(first__partnership=partnership) | Q(second__partnership=partnership)
    return rows.filter(near | Q(first__district__in=districts) | Q(second__district__in=districts))


def _card(one: EntryPair) -> PairCard:
    words = read("agreeing")
    says = tuple(
        words["fields"][name][level]
        for name, level in zip(FIELDS, one.levels, strict=False) if level >= 0
    )
    return PairCard(one.pk, _side(one.first), _side(one.second), says, min(99, round(one.chance * 100)), one.state,
                    PairState(one.state).label)


def _side(row: RegisterEntry) -> Side:
    where = ", ".join(part for part in (row.town, row.postcode) if part)
    return Side(row.name, where, ", ".join(f"{scheme}-{value}" for scheme, value in row.numbers), row.title)
