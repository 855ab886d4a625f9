"""Opportunities come from agreements of several, costed by a method; proposals are joined and leak nothing."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.urls import reverse
from tests.access.together import bought, two
from tests.needs.small_land import put, rows
from tests.world import signed_in

from commonweal.agreements.actions.joint import join_proposal, leave_proposal, propose_joint, withdraw_proposal
from commonweal.agreements.models import JointProposal
from commonweal.agreements.queries.joint import ALIKE, opportunities_for, opportunity_for
from commonweal.agreements.queries.proposals import proposal_for
from commonweal.core.actions.organisations import create_organisation
from commonweal.core.actions.partnerships import add_organisation, add_place
from commonweal.core.actions.people import add_person
from commonweal.core.actions.roles import give_role
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.models import OrganisationKind
from commonweal.core.permissions import Role
from commonweal.core.stores import stores
from commonweal.core.viewer import SYSTEM, viewer_of


def words(answer):
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def other_here(world):
    """Somebody of a second organisation in the partnership."""
    made = create_organisation(by=SYSTEM, name="Southside Council", kind=OrganisationKind.DISTRICT)
    add_organisation(by=SYSTEM, partnership=world.partnership, organisation=made)
    person = add_person(by=SYSTEM, email="s@southside.gov.uk", name="Sol")
    give_role(by=SYSTEM, partnership=world.partnership, person=person, organisation=made, role=Role.CONTRIBUTOR)
    return viewer_of(person)


@pytest.mark.promise("K5")
def test_found_costed_proposed_and_joined(world):
    two(world)
    browser, here = signed_in(world.admin()), [world.partnership.pk]
    page = words(browser.get(reverse("agreements:together", args=here)))
    for told in ("Buy together", "Pools", "Halls", "a cost of £16,000", "£90,000",
                 "Northside: a cost of £8,000 to a saving of £25,000", "One card for several places",
                 "cannot be costed from agreements", "nobody has checked them"):
        assert told in page
    sent = browser.post(reverse("agreements:together-propose", args=[*here, "purchase-leisure"]),
                        {"about": "One purchase in 2027. Ring Pat."}, follow=True)
    assert "1 organisation has joined" in words(sent)
    row = JointProposal.objects.get(partnership=world.partnership)
    other = other_here(world)
    join_proposal(by=other, proposal=row, wants="Lanes for schools")
    shown = words(browser.get(reverse("agreements:together-one", args=[*here, row.pk])))
    assert "Southside Council" in shown
    assert "Lanes for schools" in shown
    leave_proposal(by=other, proposal=row)
    assert len(proposal_for(other, world.partnership.pk, row.pk).joined) == 1
    with pytest.raises(Refused, match="lead"):
        leave_proposal(by=viewer_of(world.admin()), proposal=row)
    with pytest.raises(NotAllowed):
        withdraw_proposal(by=other, proposal=row)
    with pytest.raises(Refused, match="already"):
        propose_joint(by=other, partnership=world.partnership, key="purchase-leisure", about="Again")
    withdraw_proposal(by=viewer_of(world.admin()), proposal=row)
    with pytest.raises(Refused, match="withdrawn"):
        join_proposal(by=other, proposal=row, wants="")


def test_those_that_end_far_apart_are_not_one_purchase(world):
    bought(world, "Pools", "Northside", days=100)
    bought(world, "Halls", "Southside", days=600)
    kinds = {one.kind for one in opportunities_for(viewer_of(world.admin()), world.partnership.pk)}
    assert kinds == {"service", "card"}


def test_another_partnerships_agreements_are_counted_for_whoever_sees_both_and_never_kept(world):
    bought(world, "Pools", "Northside")
    by = viewer_of(world.admin())
    assert not opportunities_for(by, world.partnership.pk)
    give_role(by=SYSTEM, partnership=world.other_partnership, person=world.admin(),
              organisation=world.other_council, role=Role.ADMIN)
    both = viewer_of(world.admin())
    elsewhere = replace(world, partnership=world.other_partnership)
    bought(elsewhere, "Their halls", "Otherham", pounds=300_000)
    found = opportunity_for(both, world.partnership.pk, "purchase-leisure")
    assert (found.elsewhere, [one.title for one in found.agreements]) == (1, ["Pools"])
    row = propose_joint(by=both, partnership=world.partnership, key="purchase-leisure", about="Ring us.")
    assert (row.low, row.shares, row.rests_on) == (None, [], ["Pools"])
    colleague = viewer_of(world.people[Role.ANALYST])
    assert "Otherham" not in repr(proposal_for(colleague, world.partnership.pk, row.pk))
    assert not opportunities_for(colleague, world.partnership.pk)
    with pytest.raises(NotFound):
        proposal_for(viewer_of(world.outsider), world.partnership.pk, row.pk)


def test_places_most_like_ours_come_first_and_are_named(world, tmp_path, settings):
    """By the published neighbours: what another partnership buys too says so, and whom to ask is named."""
    settings.VAR = tmp_path
    put(stores().published, "neighbours", rows("neighbours", [
        {"tier": "district", "code": "E07000999", "rank": rank, "neighbour_code": code}
        for rank, code in ((2, "E07000997"), (1, "E07000998"))]))
    put(stores().published, "names", rows("areas", [
        {"kind": "district", "code": code, "vintage": 2024, "name": name}
        for code, name in (("E07000998", "Nearshire"), ("E07000997", "Farshire"))]))
    bought(world, "Pools", "Northside")
    give_role(by=SYSTEM, partnership=world.other_partnership, person=world.admin(),
              organisation=world.other_council, role=Role.ADMIN)
    by = viewer_of(world.admin())
    bought(replace(world, partnership=world.other_partnership), "Their halls", "Otherham")
    assert not any(ALIKE in one.why for one in opportunities_for(by, world.partnership.pk))
    add_place(by=SYSTEM, partnership=world.other_partnership, kind="district", code="E07000998", vintage=2024,
              name="Nearshire")
    found = opportunities_for(by, world.partnership.pk)
    assert found
    assert all(ALIKE in one.why for one in found)
    page = words(signed_in(world.admin()).get(reverse("agreements:together", args=[world.partnership.pk])))
    assert "Places most like yours, whom to ask first: Nearshire and Farshire." in page
