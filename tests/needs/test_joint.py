"""Workshops between sectors come from the needs they share, say who is missing, and become events in one press."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.needs.conftest import words_of
from tests.world import signed_in

from commonweal.core.actions.organisations import create_organisation
from commonweal.core.actions.partnerships import add_organisation
from commonweal.core.errors import NotAllowed, NotFound
from commonweal.core.models import OrganisationKind
from commonweal.core.permissions import Role
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.knowledge.models import Gathering
from commonweal.needs.actions.joint import hold_joint_workshop
from commonweal.needs.actions.need import Wording, write_need
from commonweal.needs.content import read
from commonweal.needs.models import Side
from commonweal.needs.queries.joint import joint_workshop, joint_workshops


def need(world, theme, title):
    said = Wording(who="people over 60", where="Northside", what="need warmth", how_we_know="They said so.")
    return write_need(by=viewer_of(world.admin()), partnership=world.partnership, title=title,
                      side=Side.HELPED_BY_CULTURE, theme=theme, said=said)


def join(world, name, kind):
    made = create_organisation(by=SYSTEM, name=name, kind=kind)
    add_organisation(by=SYSTEM, partnership=world.partnership, organisation=made)
    return made


def test_themes_of_sectors_are_themes_of_an_assessment():
    themes = {one["key"] for one in read("themes")["themes"]}
    kinds = {kind.value for kind in OrganisationKind}
    for told in read("joint")["sectors"]:
        assert set(told["themes"]) <= themes
        assert set(told["kinds"]) <= kinds


@pytest.mark.promise("K4")
def test_shared_needs_become_a_workshop_in_one_press(world):
    join(world, "Testshire Leisure Trust", OrganisationKind.TRUST)
    join(world, "Testshire Health Board", OrganisationKind.HEALTH)
    need(world, "wellbeing", "Company in winter")
    need(world, "children", "Somewhere to play")
    browser = signed_in(world.admin())
    page = browser.get(reverse("needs:joint", args=[world.partnership.pk]))
    words = words_of(page.content.decode())
    for told in ("Health together with culture and sport", "Company in winter", "Health is its duty.",
                 "The case to Testshire Health Board", "No council with adult social care is in this partnership"):
        assert told in words
    browser.post(reverse("needs:joint-hold", args=[world.partnership.pk, "health"]))
    event = Gathering.objects.get(partnership=world.partnership)
    shown = words_of(browser.get(reverse("knowledge:own-event", args=[world.partnership.pk, event.pk]))
                     .content.decode())
    for told in ("Company in winter", "Testshire Health Board", "Reads first: The case to Testshire Health Board"):
        assert told in shown
    assert not event.public
    assert event.day.weekday() < 5


def test_nothing_is_proposed_without_needs_or_for_others(world):
    viewer = viewer_of(world.admin())
    assert joint_workshops(viewer, world.partnership.pk) == ()
    need(world, "older", "Company in winter")
    assert joint_workshops(viewer, world.partnership.pk) == ()  # one organisation alone is no joint workshop
    join(world, "Testshire County Council", OrganisationKind.COUNTY)
    assert joint_workshop(viewer, world.partnership.pk, "adult-care").topics[0].title == "Company in winter"
    with pytest.raises(NotFound):
        joint_workshop(viewer, world.partnership.pk, "children")
    with pytest.raises((NotAllowed, NotFound)):
        joint_workshops(viewer_of(world.outsider), world.partnership.pk)
    with pytest.raises(NotAllowed):
        hold_joint_workshop(by=viewer_of(world.people[Role.OBSERVER]), partnership=world.partnership,
                            key="adult-care")
