"""Departments and paid time through the pages: by whoever keeps them, for everybody in the partnership to read."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from tests.access.departments import department, paid
from tests.world import World, signed_in

from commonweal.core.actions.people import add_member
from commonweal.core.actions.seats import NewOrganisation, seat_new_organisation
from commonweal.core.models import Department, OrganisationKind, PaidTime, PartnershipOrganisation
from commonweal.core.permissions import Role
from commonweal.core.viewer import SYSTEM


def at(world: World, route: str, **keys) -> str:
    return reverse(route, kwargs={"partnership": world.partnership.pk, **keys})


def text(response, status: int = 200) -> str:
    assert response.status_code == status, response.headers
    return response.content.decode()


def test_from_adding_a_department_to_seeing_who_commissions_what(world):
    client, own = signed_in(world.admin()), {"organisation": world.council.pk}
    person = world.people[Role.ANALYST]
    member = add_member(by=SYSTEM, person=person, organisation=world.council, job="Leisure officer")
    where = at(world, "web:departments", **own)
    assert "There is a problem" in text(client.post(where, {"name": " "}))
    said = {"name": "Leisure", "commissions": "Two pools and a library"}
    assert "Leisure is a department now" in text(client.post(where, said, follow=True))
    assert "already a department" in text(client.post(where, said))
    made = Department.objects.get(organisation=world.council)
    placing = at(world, "web:departments-people", **own)
    assert "Leisure officer" in text(client.get(placing))
    assert "There is a problem" in text(client.post(placing, {str(member.pk): "nonsense"}))
    assert "1 person has moved" in text(client.post(placing, {str(member.pk): str(made.pk)}, follow=True))
    retire = at(world, "web:department-retire", department=made.pk, **own)
    assert "1 person is in Leisure" in text(client.post(retire, follow=True))
    change = at(world, "web:department", department=made.pk, **own)
    assert "Two pools" in text(client.get(change))
    text(client.post(change, {"name": "Leisure and culture", "commissions": "Two pools"}, follow=True))
    reader = signed_in(world.people[Role.OBSERVER])
    page = text(reader.get(at(world, "web:commissioners")))
    for words in ("Leisure and culture", "Two pools", person.name, "Testshire District Council"):
        assert words in page
    shown = text(reader.get(at(world, "web:organisation", **own)))
    assert "Commissions or funds: Two pools" in shown
    assert "Change departments" not in shown
    assert "Who commissions what" in text(reader.get(at(world, "web:partnership")))
    client.post(placing, {str(member.pk): ""})
    assert "is retired" in text(client.post(retire, follow=True))
    assert "Nobody has said yet" in text(reader.get(at(world, "web:commissioners")))
    assert text(client.get(change), 404)


def test_another_bodys_department_is_not_found(world):
    keys = department(world)
    client = signed_in(world.outsider)
    theirs = {**keys, "partnership": world.other_partnership.pk, "organisation": world.other_council.pk}
    assert client.get(reverse("web:department", kwargs=theirs)).status_code == 404
    assert client.post(reverse("web:department-retire", kwargs=theirs)).status_code == 404


def test_paid_time_is_written_down_totalled_and_taken_back(world):
    client = signed_in(world.admin())
    assert "No voluntary organisation has a seat yet" in text(client.get(at(world, "web:paid-time-add")))
    club = seat_new_organisation(
        by=SYSTEM, partnership=world.partnership, new=NewOrganisation("Choir", OrganisationKind.THIRD_SECTOR)
    ).organisation
    PartnershipOrganisation.objects.filter(partnership=world.partnership).update(start=date(2026, 1, 1))
    said = {
        "organisation": str(club.pk), "payer": str(world.council.pk), "purpose": "The board", "hours": "12.5",
        "rate": "20", "vat": "outside", "first_day": 1, "first_month": 5, "first_year": 2026, "last_day": 31,
        "last_month": 5, "last_year": 2026,
    }
    for wrong in ({"hours": ""}, {"hours": "many"}, {"rate": "-1"}, {"first_day": 40}, {"last_year": 2027},
                  {"payer": str(club.pk)}, {"organisation": str(world.other_council.pk)}):
        assert "There is a problem" in text(client.post(at(world, "web:paid-time-add"), {**said, **wrong})), wrong
    assert not PaidTime.objects.exists()
    page = text(client.post(at(world, "web:paid-time-add"), said, follow=True))
    for words in ("In 2026-27, 12.50 hours of 1 voluntary organisation are paid for by 1 partner", "£250", "Choir",
                  "1 May 2026 to 31 May 2026", "No VAT applies", "1 entry"):
        assert words in page
    reading = text(signed_in(world.people[Role.OBSERVER]).get(at(world, "web:paid-time")))
    assert "Take back" not in reading
    row = PaidTime.objects.get()
    page = text(client.post(at(world, "web:paid-time-withdraw", paid=row.pk), follow=True))
    assert "taken back" in page
    assert "Nothing has been written down yet" in page


@pytest.mark.parametrize("partnership", ["own", "theirs"])
def test_another_partnerships_paid_time_is_not_found(world, partnership):
    keys = paid(world)
    where = {**keys, "partnership": world.other_partnership.pk} if partnership == "own" else keys
    response = signed_in(world.outsider).post(reverse("web:paid-time-withdraw", kwargs=where))
    assert response.status_code == 404
    assert PaidTime.objects.get().withdrawn is None
