"""Paid time: hours times rate, by financial year and VAT basis, said by whoever is paid or pays."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.world import World

from commonweal.core.actions.paid_time import Time, record_paid_time, withdraw_paid_time
from commonweal.core.actions.roles import give_role
from commonweal.core.actions.seats import NewOrganisation, seat_new_organisation
from commonweal.core.errors import NotAllowed, Refused
from commonweal.core.models import (
    Event,
    Organisation,
    OrganisationKind,
    PaidTime,
    PartnershipOrganisation,
    VatBasis,
)
from commonweal.core.permissions import Role
from commonweal.core.queries.paid_time import _totals, paid_time_for, parties
from commonweal.core.viewer import SYSTEM, viewer_of

MAY = (date(2026, 5, 1), date(2026, 5, 31))


@pytest.fixture
def club(world) -> Organisation:
    made = seat_new_organisation(
        by=SYSTEM, partnership=world.partnership, new=NewOrganisation("Choir", OrganisationKind.THIRD_SECTOR)
    ).organisation
    seats = PartnershipOrganisation.objects.filter(partnership=world.partnership)
    seats.update(start=date(2026, 1, 1))
    return made


def record(world: World, club: Organisation, **said) -> PaidTime:
    time = Time(**{
        "purpose": "The board", "hours": Decimal(10), "rate": Decimal("18.55"), "first": MAY[0], "last": MAY[1],
        **{key: said.pop(key) for key in ("purpose", "hours", "rate", "first", "last", "vat") if key in said},
    })
    return record_paid_time(**{
        "by": viewer_of(world.admin()), "partnership": world.partnership, "organisation": club,
        "payer": world.council, "time": time, **said,
    })


def test_the_cost_is_hours_times_rate_in_its_year(world, club):
    paid = record(world, club, hours=Decimal("7.25"))
    assert str(paid.cost) == "£134.49"  # 134.4875, halves to even
    assert (paid.year, paid.cost.year, paid.end) == ("2026-27", "2026-27", date(2026, 6, 1))
    event = Event.objects.latest("id")
    assert (event.subject_id, event.on_behalf_of) == (paid.pk, world.council.pk)


def test_totals_by_year_and_vat_basis_without_what_was_taken_back(world, club):
    record(world, club)
    record(world, club, hours=Decimal(2), rate=Decimal(20))
    record(world, club, hours=Decimal(1), rate=Decimal(100), vat=VatBasis.EXCLUDED)
    record(world, club, first=date(2026, 2, 1), last=date(2026, 3, 31), hours=Decimal(1), rate=Decimal(15))
    wrong = record(world, club, hours=Decimal(999))
    withdraw_paid_time(by=viewer_of(world.admin()), paid=wrong)
    page = paid_time_for(viewer_of(world.people[Role.OBSERVER]), world.partnership.pk)
    found = {(one.year, one.vat): (one.entries, one.hours, str(one.cost)) for one in page.totals}
    assert found == {
        ("2026-27", "No VAT applies"): (2, Decimal(12), "£225.50"),
        ("2026-27", "VAT comes on top"): (1, Decimal(1), "£100"),
        ("2025-26", "No VAT applies"): (1, Decimal(1), "£15"),
    }
    assert len(page.lines) == 5
    assert [line.mine for line in page.lines] == [False] * 5
    with pytest.raises(Refused, match="already"):
        withdraw_paid_time(by=viewer_of(world.admin()), paid=wrong)


@given(st.lists(st.tuples(
    st.decimals("0.01", "5000", places=2), st.decimals("0.01", "500", places=2), st.sampled_from(VatBasis),
    st.dates(date(2024, 1, 1), date(2028, 1, 1)),
), max_size=8))
def test_totals_are_the_sum_of_their_parts(entries):
    rows = [PaidTime(hours=hours, rate=rate, vat=vat, start=day) for hours, rate, vat, day in entries]
    totals = _totals(rows)
    assert sum(one.entries for one in totals) == len(rows)
    assert sum(one.hours for one in totals) == sum(row.hours for row in rows)
    assert sum(one.cost.pounds for one in totals) == sum(row.cost.pounds for row in rows)
    assert len({(one.year, one.vat) for one in totals}) == len(totals)


@pytest.mark.parametrize(("said", "sentence"), [
    ({"hours": Decimal(0)}, "Enter the hours"), ({"rate": Decimal(-1)}, "pounds an hour"),
    ({"first": MAY[1], "last": MAY[0]}, "before the first"),
    ({"first": date(2026, 3, 1), "last": date(2026, 4, 1)}, "two financial years"),
    ({"first": date(2025, 5, 1), "last": date(2025, 5, 2)}, "no seat"), ({"purpose": " "}, "cannot be blank"),
])
def test_what_makes_no_sense_is_refused(world, club, said, sentence):
    with pytest.raises(Refused, match=sentence):
        record(world, club, **said)
    assert not PaidTime.objects.exists()


def test_it_is_for_voluntary_organisations_and_paid_by_another(world, club):
    with pytest.raises(Refused, match="not a voluntary organisation"):
        record(world, world.council, payer=club)
    with pytest.raises(Refused, match="does not pay itself"):
        record(world, club, payer=club, by=SYSTEM)
    with pytest.raises(Refused, match="no seat"):
        record(world, club, payer=world.other_council, by=SYSTEM)
    voluntary, everybody = parties(viewer_of(world.admin()), world.partnership.pk)
    assert [name for _, name in voluntary] == ["Choir"]
    assert len(everybody) == 2


def test_only_whoever_is_paid_or_pays_says_so(world, club):
    other = seat_new_organisation(
        by=SYSTEM, partnership=world.partnership, new=NewOrganisation("Band", OrganisationKind.THIRD_SECTOR)
    ).organisation
    give_role(
        by=SYSTEM, partnership=world.partnership, person=world.loner, organisation=other, role=Role.ADMIN
    )
    for by in (viewer_of(world.loner), viewer_of(world.people[Role.ANALYST]), viewer_of(world.outsider)):
        with pytest.raises(NotAllowed):
            record(world, club, by=by)
    paid = record(world, club)
    with pytest.raises(NotAllowed):
        withdraw_paid_time(by=viewer_of(world.loner), paid=paid)
    assert not paid_time_for(viewer_of(world.outsider), world.partnership.pk).lines
