"""The case to each partner: from its own priorities, for and against, with those who say so too."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.world import signed_in

from commonweal.core.actions.organisations import create_organisation
from commonweal.core.actions.partnerships import add_organisation
from commonweal.core.actions.people import add_person
from commonweal.core.actions.roles import give_role
from commonweal.core.errors import CommonwealError, NotFound
from commonweal.core.models import OrganisationKind
from commonweal.core.permissions import Role
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.needs.actions.priority import Said, record_priority
from commonweal.needs.queries.making_case import case_to, cases_for
from commonweal.needs.queries.two_sides import research_on

FALLS = Said("Fewer falls", "They cost us most.", "older", "Joint forward plan", date(2025, 3, 27))


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR = tmp_path


def board(world):
    """A health body in the same partnership, with somebody who may record."""
    made = create_organisation(by=SYSTEM, name="Testshire Health Board", kind=OrganisationKind.HEALTH)
    add_organisation(by=SYSTEM, partnership=world.partnership, organisation=made, signs_off=True)
    person = add_person(by=SYSTEM, email="mo@board.nhs.uk", name="Mo Board")
    give_role(by=SYSTEM, partnership=world.partnership, person=person, organisation=made, role=Role.CONTRIBUTOR)
    return made, person


def recorded(world, person, said=FALLS):
    record_priority(by=viewer_of(person), partnership=world.partnership, said=said)


def seen(world, organisation):
    return case_to(viewer_of(world.admin()), world.partnership.pk, organisation.pk)


def test_a_partner_that_said_nothing_has_no_case_and_the_page_says_so(world):
    case = seen(world, world.council)
    assert (case.priorities, case.themes, case.advocates) == ((), (), ())
    assert case.stands.startswith("No priority recorded yet")


def test_all_research_on_its_theme_stands_there_whichever_way_it_points(world):
    recorded(world, world.admin())
    case = seen(world, world.council)
    (one,) = case.themes
    assert {found.finding.key for found in (*one.speaks, *one.against)} == {
        found.finding.key for found in research_on("older")
    }
    assert all(found.finding.bearing == "against" for found in one.against)
    assert "nobody else says so" in case.stands


def test_who_else_says_so_is_the_others_and_never_itself(world):
    health, person = board(world)
    recorded(world, world.admin())
    recorded(world, person)
    assert seen(world, world.council).advocates == (health.name,)
    assert seen(world, health).advocates == (world.council.name,)
    assert {duty.key for duty in seen(world, health).duties} == {"health-inequalities"}


def test_a_priority_no_research_is_set_beside_is_named_as_not_known(world):
    recorded(world, world.admin(), Said("More dance", "It is wanted.", "culture", "Our plan", date(2025, 4, 1)))
    assert [card.title for card in seen(world, world.council).unmatched] == ["More dance"]


def test_by_hand_from_the_home_to_the_case(world):
    recorded(world, world.admin())
    health, person = board(world)
    recorded(world, person)
    client, key = signed_in(world.admin()), world.partnership.pk
    href = reverse("needs:cases", args=[key])
    assert href in client.get(reverse("web:partnership", args=[key])).content.decode()
    one = reverse("needs:case", args=[key, health.pk])
    assert one in client.get(href).content.decode()
    page = client.get(one).content.decode()
    told = ("Fewer falls", "27 March 2025", "about 23% fewer", "section 14Z35", "unverified")
    for words in (*told, world.council.name):
        assert words in page


def test_another_partnership_sees_no_case_and_no_stranger_has_one(world):
    with pytest.raises(CommonwealError):
        cases_for(viewer_of(world.outsider), world.partnership.pk)
    with pytest.raises(NotFound):
        case_to(viewer_of(world.admin()), world.partnership.pk, uuid4())
