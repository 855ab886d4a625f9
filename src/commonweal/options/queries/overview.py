"""What there is of money, risk, size, budgets and bids, for whoever looks, and how each is begun."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.options.queries.bidding import bids_for
from commonweal.options.queries.budget import allocations_for, votes_for
from commonweal.options.queries.money import sheets_for
from commonweal.options.queries.risk import cases_for
from commonweal.options.queries.scale import sets_for


@dataclass(frozen=True, slots=True)
class Row:
    """One thing and its page."""

    title: str
    detail: str
    href: str


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of thing: what it answers, what there is, and how one is begun by those who may."""

    title: str
    says: str
    rows: tuple[Row, ...]
    begin: str
    begin_text: str
    may_begin: bool


def overview_for(viewer: Viewer, partnership: UUID) -> tuple[Part, ...]:
    """The parts that this viewer may see."""
    require(viewer, Permission.VIEW_PARTNERSHIP, partnership)
    return tuple(_parts(viewer, partnership))


def _parts(viewer: Viewer, key: UUID) -> Iterator[Part]:
    may = viewer.may(Permission.RECORD_EVIDENCE, key)
    if viewer.may(Permission.VIEW_EVIDENCE, key):
        yield from _weighing(viewer, key, may)
    yield _part(
        key, "Let the public decide", "A public vote on projects, by a rule that is locked before anybody votes.",
        [_row(key, "vote", one.id, one.title, one.detail) for one in votes_for(viewer, key)],
        ("vote-begin", "Prepare a vote", may),
    )
    if viewer.may(Permission.BRING_EVIDENCE, key) and viewer.organisation_in(key) is not None:
        yield _part(
            key, "Bid or no bid", "Your own workbook before you bid elsewhere. No one else sees it.",
            [_row(key, "bid", one.id, one.title, one.buyer) for one in bids_for(viewer, key)],
            ("bid-begin", "Weigh a bid", True),
        )


def _weighing(viewer: Viewer, key: UUID, may: bool) -> Iterator[Part]:
    """What is for those who see evidence."""
    yield _part(
        key, "What options cost and bring", "Options beside one another in pounds of now, by the Green Book.",
        [_row(key, "money-sheet", one.id, one.title, f"{one.options} options") for one in sheets_for(viewer, key)],
        ("money-begin", "Compare options in pounds", may),
    )
    yield _part(
        key, "Who carries the risk", "A contract drawn many times over: who could bear it, and what share is fit.",
        [_row(key, "risk", one.id, one.title, f"{one.years} years") for one in cases_for(viewer, key)],
        ("risk-begin", "Share the risk of a contract", may),
    )
    yield _part(
        key, "Does size matter?", "Cost against size from bodies that do the same, and what joining may save.",
        [_row(key, "scale", one.id, one.title, f"{one.bodies} bodies") for one in sets_for(viewer, key)],
        ("scale-bring", "Bring comparators", may),
    )
    yield _part(
        key, "Share out a budget", "The set of options that does most, with floors for those in need.",
        [_row(key, "budget", one.id, one.title, one.detail) for one in allocations_for(viewer, key)],
        ("budget-begin", "Share out a budget", may),
    )


def _part(key: UUID, title: str, says: str, rows: list[Row], begin: tuple[str, str, bool]) -> Part:
    route, text, may = begin
    return Part(title, says, tuple(rows), reverse(f"options:{route}", args=[key]), text, may)


def _row(key: UUID, route: str, pk: UUID, title: str, detail: str) -> Row:
    return Row(title, detail, reverse(f"options:{route}", args=[key, pk]))
