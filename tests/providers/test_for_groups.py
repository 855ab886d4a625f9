"""The one page for a club: open without an account, kept fresh, each thing written once, nobody's plans told."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from tests.access.for_groups import offer
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.actions.organisations import create_organisation
from commonweal.core.actions.partnerships import add_organisation
from commonweal.core.actions.people import add_person, erase_person
from commonweal.core.actions.roles import give_role
from commonweal.core.errors import NotFound, Refused
from commonweal.core.models import OrganisationKind, TombstoneReason
from commonweal.core.permissions import Role
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.providers.actions.help import ApplicationSaid, OfferSaid, check_offer, keep_application, keep_offer
from commonweal.providers.models import Application, ApplicationState, Offer, OfferKind, Welcome
from commonweal.providers.queries.help import application_row, applications_for, offers_for

NOW = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
SAID = ApplicationSaid(title="Chairs", to="Small sparks", state=ApplicationState.WRITING, due=date(2026, 5, 11))


@pytest.fixture(autouse=True)
def var(tmp_path, settings):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        yield


def words(answer):
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def club(world):
    """A club of its own, and who speaks for it."""
    made = create_organisation(by=SYSTEM, name="Marsh End Choir", kind=OrganisationKind.THIRD_SECTOR)
    add_organisation(by=SYSTEM, partnership=world.partnership, organisation=made)
    person = add_person(by=SYSTEM, email="kim@choir.example", name="Kim Singer", password="a long pass phrase 7")
    give_role(by=SYSTEM, partnership=world.partnership, person=person, organisation=made, role=Role.PROVIDER)
    return person


@pytest.mark.promise("V3")
def test_a_club_finds_all_on_one_page_and_writes_each_thing_once(world):
    key, admin, person = world.partnership.pk, signed_in(world.admin()), club(world)
    assert Client().get(reverse("procurement:stop", args=[key])).status_code == 404
    admin.post(reverse("providers:welcome", args=[key]), {
        "words": "Money and help.", "name": "Groups desk", "phone": "01632 960145", "shown": "on"})
    made = admin.post(reverse("providers:offer-new", args=[key]), {
        "kind": "money", "title": "Small sparks", "words": "Any group.", "giver": "Community Fund", "most": "2000",
        "closes_day": "1", "closes_month": "6", "closes_year": "2026", "source": "Its page"})
    assert made.status_code == 302
    page = words(Client().get(reverse("procurement:stop", args=[key])))
    for said in ("Groups desk, Testshire District Council", "01632 960145", "Up to £2,000", "Closes 1 June 2026",
                 "Source: Its page, looked up 1 May 2026", "Evidence for your own bids", "What is coming"):
        assert said in page
    assert "Testshire" in words(Client().get(reverse("procurement:stops")))
    secretary = signed_in(person)
    secretary.post(reverse("providers:profile", args=[key]), {
        "about": "We sing on Sundays.", "activity": "weekly singing", "group": "people over 60"})
    form = secretary.get(reverse("providers:application-new", args=[key]) + f"?offer={Offer.objects.get().pk}")
    assert 'value="Community Fund"' in form.content.decode()
    assert 'value="2026"' in form.content.decode()  # the day it closes is filled in
    secretary.post(reverse("providers:application-new", args=[key]), {
        "title": "Chairs", "to": "Community Fund", "state": "writing", "due_day": "11", "due_month": "5",
        "due_year": "2026", "why": "Forty people can sit."})
    row = Application.objects.get()
    assert "10 days left to send it" in words(secretary.get(reverse("procurement:stop", args=[key])))
    file = secretary.get(reverse("providers:application-answers", args=[key, row.pk, "docx"]))
    told = "\n".join(cell.text for table in Document(BytesIO(file.content)).tables for cell in table._cells)
    for said in ("Forty people can sit.", "We sing on Sundays.", "people over 60", "Public liability is asked"):
        assert said in told


def test_nobody_else_sees_what_a_group_applied_for(world):
    by, admin = viewer_of(club(world)), viewer_of(world.admin())
    row = keep_application(by=by, partnership=world.partnership, said=SAID)
    assert [one.title for one in applications_for(by, world.partnership.pk)] == ["Chairs"]
    for other in (admin, viewer_of(world.outsider), viewer_of(world.staff)):
        assert applications_for(other, world.partnership.pk) == ()
        with pytest.raises(NotFound):
            application_row(other, world.partnership.pk, row.pk)
    with pytest.raises(NotFound):
        keep_application(by=admin, partnership=world.partnership, said=SAID, over=row)


@pytest.mark.parametrize(("days", "state", "due", "answer", "following"), [
    (0, "writing", 10, None, "10 days left"), (9, "writing", 10, None, "1 day left"),
    (10, "thinking", 10, None, "in today"), (11, "writing", 10, None, "Its day was 11 May 2026"),
    (0, "sent", -3, 5, "due by 6 May"), (9, "sent", -3, 5, "was due on 6 May 2026: ask"), (0, "won", 1, None, ""),
])
def test_the_tracker_says_what_comes_next(world, days, state, due, answer, following):
    by = viewer_of(world.admin())
    day = lambda count: None if count is None else NOW.date() + timedelta(days=count)  # noqa: E731
    keep_application(by=by, partnership=world.partnership, said=ApplicationSaid(
        title="Chairs", to="Fund", state=ApplicationState(state), due=day(due), answer_by=day(answer)))
    with clock.fixed(NOW + timedelta(days=days)):
        assert following in applications_for(by, world.partnership.pk)[0].next


def test_what_is_offered_fades_closes_and_is_its_givers_own(world):
    by, key = viewer_of(world.admin()), world.partnership.pk
    row = Offer.objects.get(pk=offer(world)["offer"])
    with clock.fixed(NOW + timedelta(days=190)):
        assert offers_for(by, key)[0].old
        check_offer(by=by, offer=row, still=True)
        assert not offers_for(by, key)[0].old
    with pytest.raises(Refused, match="Another organisation"):
        check_offer(by=viewer_of(club(world)), offer=row, still=False)
    check_offer(by=by, offer=row, still=False)
    assert offers_for(by, key) == ()
    with pytest.raises(Refused, match="cannot be less"):
        keep_offer(by=by, partnership=world.partnership, said=OfferSaid(
            kind=OfferKind.MONEY, title="t", words="w", giver="g", source="s", least=2, most=1))


def test_a_person_who_is_forgotten_is_off_the_page(world):
    person, admin = club(world), signed_in(world.admin())
    key = world.partnership.pk
    answer = admin.post(reverse("providers:welcome", args=[key]), {"words": "All.", "name": "Kim Singer"})
    assert "Give a phone number or an e-mail address" in words(answer)
    admin.post(reverse("providers:welcome", args=[key]), {
        "words": "Ask Kim Singer.", "name": "Kim Singer", "email": person.email, "shown": "on"})
    assert "Kim Singer" in words(Client().get(reverse("procurement:stop", args=[key])))
    erase_person(by=SYSTEM, person=person, reason=TombstoneReason.ASKED)
    row = Welcome.objects.get()
    assert (row.name, row.words, row.email, row.shown) == ("somebody", "Ask somebody.", "", False)
    assert not Welcome.history.filter(name__contains="Kim").exists()
