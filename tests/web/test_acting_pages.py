"""Choosing for whom one acts: before the first deed, changed from the head of every page, checked each time."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.world import World, signed_in

from commonweal.core.actions import roles, seats
from commonweal.core.models import Event, Organisation, OrganisationKind, PartnershipRole
from commonweal.core.permissions import Role
from commonweal.core.viewer import SYSTEM


@pytest.fixture
def trust(world: World) -> Organisation:
    made = seats.seat_new_organisation(
        by=SYSTEM, partnership=world.partnership,
        new=seats.NewOrganisation("Testshire Trust", OrganisationKind.TRUST),
    ).organisation
    roles.give_role(
        by=SYSTEM, partnership=world.partnership, person=world.admin(), organisation=made, role=Role.OBSERVER
    )
    return made


def address(world: World, route: str) -> str:
    return reverse(route, args=[world.partnership.pk])


def text(client, where: str) -> str:
    response = client.get(where)
    assert response.status_code == 200, response.headers
    return response.content.decode()


def choose(client, world: World, organisation: Organisation, onward: str = ""):
    where = address(world, "web:acting") + (f"?next={onward}" if onward else "")
    return client.post(where, {"organisation": str(organisation.pk)})


def test_nothing_is_asked_of_people_of_one_organisation(world):
    client = signed_in(world.admin())
    assert "You act for" not in text(client, address(world, "web:partnership"))
    assert "the only organisation" in text(client, address(world, "web:acting"))
    assert text(client, address(world, "web:people-add"))


def test_the_choice_comes_before_the_deed_and_leads_back_to_it(world, trust):
    client, wanted = signed_in(world.admin()), address(world, "web:people-add")
    home = text(client, address(world, "web:partnership"))
    assert "Say for whom you act" in home
    response = client.get(wanted)
    assert response.headers["Location"].startswith(address(world, "web:acting"))
    page = text(client, response.headers["Location"])
    for words in ("Testshire District Council", "Testshire Trust", "Observer"):
        assert words in page
    assert choose(client, world, world.council, wanted).headers["Location"] == wanted
    assert "You act for Testshire District Council" in text(client, wanted)


def test_each_organisation_opens_what_its_role_does(world, trust):
    client = signed_in(world.admin())
    choose(client, world, trust)
    refused = client.get(address(world, "web:people-add"))
    assert refused.status_code == 403
    assert "Change for whom you act" in refused.content.decode()
    people = text(client, address(world, "web:people"))
    assert "You act for Testshire Trust" in people
    assert "Invite somebody" not in people
    choose(client, world, world.council)
    assert "Invite somebody" in text(client, address(world, "web:people"))


def test_events_carry_the_choice(world, trust):
    client = signed_in(world.admin())
    role = PartnershipRole.objects.get(person=world.people[Role.OBSERVER])
    ending = reverse("web:role-end", args=[world.partnership.pk, role.pk])
    assert client.post(ending).headers["Location"] == f"{address(world, 'web:acting')}?"
    choose(client, world, world.council)
    assert client.post(ending).status_code == 302
    assert Event.objects.latest("id").on_behalf_of == world.council.pk


def test_a_choice_does_not_outlive_the_role(world, trust):
    client = signed_in(world.admin())
    choose(client, world, trust)
    assert "You act for Testshire Trust" in text(client, address(world, "web:people"))
    roles.end_role(by=SYSTEM, role=PartnershipRole.objects.get(person=world.admin(), organisation=trust))
    assert "You act for" not in text(client, address(world, "web:people"))
    assert text(client, address(world, "web:people-add"))


@pytest.mark.parametrize("said", ["", "nonsense", "other"])
def test_only_ones_own_organisations_can_be_chosen(world, trust, said):
    client = signed_in(world.admin())
    answer = str(world.other_council.pk) if said == "other" else said
    response = client.post(address(world, "web:acting"), {"organisation": answer})
    assert "There is a problem" in response.content.decode()
    assert "Say for whom you act" in text(client, address(world, "web:partnership"))


@pytest.mark.parametrize("onward", ["//evil.example/", "https://evil.example/", "javascript:alert(1)"])
def test_the_choice_leads_nowhere_else(world, trust, onward):
    client = signed_in(world.admin())
    assert choose(client, world, world.council, onward).headers["Location"] == address(world, "web:partnership")
