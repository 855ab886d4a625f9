"""Paid time as the partnership sees it: each entry, and what it comes to in each financial year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import reduce
from itertools import groupby
from uuid import UUID

from commonweal.core import clock
from commonweal.core.actions.paid_time import VOLUNTARY
from commonweal.core.models import PaidTime, PartnershipOrganisation, VatBasis
from commonweal.core.money import Money
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer

Named = tuple[tuple[UUID, str], ...]


@dataclass(frozen=True, slots=True)
class PaidTimeLine:
    """One entry."""

    id: UUID
    organisation: str
    payer: str
    purpose: str
    hours: Decimal
    rate: Decimal
    vat: str
    first: date
    last: date
    cost: Money
    withdrawn: date | None
    mine: bool  # whether the viewer may take it back


@dataclass(frozen=True, slots=True)
class YearTotal:
    """What counts in one financial year on one VAT basis."""

    year: str
    vat: str
    entries: int
    organisations: int
    payers: int
    hours: Decimal
    cost: Money


@dataclass(frozen=True, slots=True)
class PaidTimePage:
    """Every entry, newest first, and the totals by year."""

    lines: tuple[PaidTimeLine, ...]
    totals: tuple[YearTotal, ...]
    as_at: date


def paid_time_for(viewer: Viewer, partnership: UUID) -> PaidTimePage:
    """What partners have written down; everybody in the partnership sees it."""
    seen = PaidTime.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(partnership=partnership)
    rows = [*seen.select_related("organisation", "payer").order_by("-start", "-id")]
    manages, mine = viewer.may(Permission.MANAGE_PARTNERSHIP, partnership), viewer.organisation_in(partnership)
    return PaidTimePage(
        tuple(
            PaidTimeLine(
                row.pk, row.organisation.name, row.payer.name, row.purpose, row.hours, row.rate,
                str(VatBasis(row.vat).label), row.start, row.end - timedelta(days=1), row.cost, row.withdrawn,
                manages and not row.withdrawn and mine in {row.organisation_id, row.payer_id},
            )
            for row in rows
        ),
        _totals(row for row in rows if not row.withdrawn), clock.today(),
    )


def parties(viewer: Viewer, partnership: UUID) -> tuple[Named, Named]:
    """The voluntary organisations here, whose time may be paid for, and all that could pay."""
    seats = PartnershipOrganisation.objects.visible_to(viewer, Purpose.ADMINISTRATION).on(clock.today())
    rows = [*seats.filter(partnership=partnership).select_related("organisation").order_by("organisation__name")]
    everybody = tuple((row.organisation_id, row.organisation.name) for row in rows)
    voluntary = tuple(
        (row.organisation_id, row.organisation.name) for row in rows if row.organisation.kind in VOLUNTARY
    )
    return voluntary, everybody


def _totals(rows: Iterable[PaidTime]) -> tuple[YearTotal, ...]:
    """Newest year first; amounts on different VAT bases are never added up."""

    def key(row: PaidTime) -> tuple[str, str]:
        return row.year, row.vat

    found = []
    for (year, vat), group in groupby(sorted(rows, key=key, reverse=True), key):
        held = list(group)
        found.append(YearTotal(
            year, str(VatBasis(vat).label), len(held), len({one.organisation_id for one in held}),
            len({one.payer_id for one in held}), sum((one.hours for one in held), Decimal(0)),
            reduce(Money.plus, (one.cost for one in held)),
        ))
    return tuple(found)
