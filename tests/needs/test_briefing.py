"""A page for members: one sheet, its own figures frozen, changes shown, publishing stopped before an election."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from tests.access.briefings import SAID
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.actions.organisations import create_organisation
from commonweal.core.actions.partnerships import add_organisation, add_place
from commonweal.core.actions.people import add_person
from commonweal.core.actions.roles import give_role
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.models import OrganisationKind, PartnershipOrganisation
from commonweal.core.permissions import Role
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.example.geography import land
from commonweal.needs.actions.briefing import make_briefing, publish_briefing, say_poll, take_briefing_down
from commonweal.needs.documents.briefing import Change, Point, changes, frozen, thawed
from commonweal.needs.models import Briefing
from commonweal.needs.queries.briefings import briefing_for, public_briefing
from commonweal.needs.queries.elections import Door, door_on

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
POLL = date(2027, 5, 6)


@pytest.fixture
def world(world, example_var, settings):
    settings.VAR = example_var
    with clock.fixed(NOW):
        yield world


def on(day: date):
    return clock.fixed(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


def made(world, brief=SAID):
    return make_briefing(by=viewer_of(world.admin()), partnership=world.partnership, code="E07000999",
                         brief=brief)


def publish(world, row, number=1, *, confirmed=True):
    publish_briefing(by=viewer_of(world.admin()), briefing=row, number=number, confirmed=confirmed)


def test_what_is_frozen_comes_back_whole_and_shows_what_moved():
    now = replace(SAID, points=(Point("place", "place", "Many live here."), Point("help", "h", "Sport.")))
    assert thawed(frozen(SAID)) == SAID
    assert changes(SAID, SAID) == ()
    assert changes(SAID, now) == (Change("Few live here.", "Many live here."), Change("", "Sport."))


@pytest.mark.parametrize(("day", "held", "state"), [
    (date(2027, 3, 29), None, Door.OPEN),
    (date(2027, 4, 1), None, Door.ASK),
    (date(2027, 4, 1), False, Door.OPEN),
    (date(2027, 4, 1), True, Door.CLOSED),
    (POLL, True, Door.CLOSED),
    (date(2027, 5, 7), True, Door.OPEN),
])
def test_the_door_before_an_election(world, day, held, state):
    council = world.council.pk
    if held is not None:
        say_poll(by=viewer_of(world.admin()), partnership=world.partnership, council=council, day=POLL,
                 answer=(held, None))
    view = door_on(viewer_of(world.admin()), world.partnership.pk, day)
    assert view.state is state
    assert state is Door.OPEN or "Testshire District Council" in view.sentence
    row = made(world).identity
    with on(day):
        if state is Door.OPEN:
            publish(world, row)
        else:
            with pytest.raises(Refused, match="6 May 2027"):
                publish(world, row)
            assert make_briefing(by=viewer_of(world.admin()), partnership=world.partnership, code="E07000998",
                                 brief=SAID).number == 1


def test_a_notice_earlier_than_the_last_lawful_day_closes_earlier(world):
    by = viewer_of(world.admin())
    say_poll(by=by, partnership=world.partnership, council=world.council.pk, day=POLL,
             answer=(True, date(2027, 3, 15)))
    assert door_on(by, world.partnership.pk, date(2027, 3, 15)).state is Door.CLOSED
    with pytest.raises(Refused, match="before polling day"):
        say_poll(by=by, partnership=world.partnership, council=world.council.pk, day=POLL, answer=(True, POLL))
    with pytest.raises(Refused, match="Choose a council"):
        say_poll(by=by, partnership=world.partnership, council=world.other_council.pk, day=POLL,
                 answer=(True, None))


def test_a_council_that_will_merge_still_says_its_polls_and_is_asked(world):
    PartnershipOrganisation.objects.filter(organisation=world.council).update(end=date(2027, 10, 1))
    say_poll(by=viewer_of(world.admin()), partnership=world.partnership, council=world.council.pk,
             day=date(2027, 3, 4), answer=(False, None))
    assert door_on(viewer_of(world.admin()), world.partnership.pk, date(2027, 4, 1)).state is Door.ASK


def test_a_council_says_its_own_polls_and_nobody_says_those_of_another(world):
    county = create_organisation(by=SYSTEM, name="Greater Test County", kind=OrganisationKind.COUNTY)
    add_organisation(by=SYSTEM, partnership=world.partnership, organisation=county)
    said = {"partnership": world.partnership, "council": county.pk, "day": POLL, "answer": (False, None)}
    say_poll(by=viewer_of(world.admin()), **said)  # the county has nobody here who could
    person = add_person(by=SYSTEM, email="chief@greatertest.gov.uk", name="Chris County")
    give_role(by=SYSTEM, partnership=world.partnership, person=person, organisation=county, role=Role.CONTRIBUTOR)
    with pytest.raises(NotAllowed, match="Greater Test County has people here who say this themselves"):
        say_poll(by=viewer_of(world.admin()), **said | {"answer": (True, None)})
    with pytest.raises(NotAllowed, match="Testshire District Council"):
        say_poll(by=viewer_of(person), **said | {"council": world.council.pk})
    assert say_poll(by=viewer_of(person), **said | {"answer": (True, None)}).held
    page = signed_in(world.admin()).get(reverse("needs:briefing-polls", args=[world.partnership.pk]))
    assert list(dict(page.context["form"].fields["council"].choices)) == ["", str(world.council.pk)]
    assert "Greater Test County says this itself: ask its people." in page.content.decode()


def test_what_may_not_be_published(world):
    row = made(world).identity
    with pytest.raises(Refused, match="tick the box"):
        publish(world, row, confirmed=False)
    with pytest.raises(Refused, match="Nothing has changed"):
        made(world)
    made(world, replace(SAID, points=()))
    with pytest.raises(Refused, match="version 2 meanwhile"):
        publish(world, row)
    with pytest.raises(NotAllowed):
        publish_briefing(by=viewer_of(world.people[Role.ANALYST]), briefing=row, number=2, confirmed=True)
    with pytest.raises(Refused, match="Invented places"):
        made(world, replace(SAID, invented=True))


def test_only_what_is_published_is_read_outside_and_nobody_elses(world):
    row = made(world).identity
    anybody = viewer_of(world.outsider)
    publish(world, row)
    made(world, replace(SAID, points=()))
    assert public_briefing(anybody, row.pk).brief == SAID
    with pytest.raises(NotFound):
        briefing_for(anybody, world.partnership.pk, row.pk)
    take_briefing_down(by=viewer_of(world.admin()), briefing=row)
    with pytest.raises(NotFound):
        public_briefing(anybody, row.pk)


def test_through_the_pages(world):
    main = land().main
    ward = land().wards[0][0]
    add_place(by=SYSTEM, partnership=world.invented, kind="district", code=main.code, vintage=2024, name=main.name)
    officer = signed_in(world.invented_person)
    base = reverse("needs:briefings", args=[world.invented.pk])
    for code in (main.code, ward):
        page = officer.post(base, {"code": code})["Location"]
        text = officer.get(page).content.decode()
        assert "Its figures are those of today." in text
        body = officer.get(f"{page}briefing.pdf").content
        assert len(PdfReader(io.BytesIO(body)).pages) == 1
        assert officer.get(f"{page}briefing.docx").content[:2] == b"PK"
    row = Briefing.objects.get(place_code=main.code)
    officer.post(reverse("needs:briefing-publish", args=[world.invented.pk, row.pk]),
                 {"number": "1", "confirmed": "on"})
    text = Client().get(reverse("needs:public-briefing", args=[row.pk])).content.decode()
    assert main.name in text
    assert "What stands out" in text
