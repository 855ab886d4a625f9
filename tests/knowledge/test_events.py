"""Events from planning to podcast: places and a waiting list, hours of London, feedback without a name."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import docx
import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from tests.access.events import SAID, booked, made
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.permissions import Role
from commonweal.core.viewer import ANONYMOUS, viewer_of
from commonweal.core.waiting import waiting_for
from commonweal.knowledge.actions.booking import (
    KEPT,
    Booker,
    book,
    give_feedback,
    leave,
    let_old_bookings_go,
    mark_attendance,
)
from commonweal.knowledge.actions.events import (
    Recording,
    add_recording,
    agree_event_action,
    cancel_gathering,
    change_gathering,
    plan_gathering,
    write_notes,
)
from commonweal.knowledge.event_summary import Said, summary_of
from commonweal.knowledge.models import Booking, Feedback
from commonweal.knowledge.queries.event_links import calendar_token, token_of
from commonweal.knowledge.queries.events import event_for, events_in, public_events, summary_for

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def now(settings, tmp_path):
    settings.VAR = tmp_path
    settings.SITE_ADDRESS = "https://events.example"
    with clock.fixed(NOW):
        yield


def said(**more):
    return replace(SAID, **{"day": date(2026, 12, 1), **more})


def plan(world, **more):
    return plan_gathering(by=viewer_of(world.admin()), partnership=world.partnership, said=said(**more))


def booker(name):
    return Booker(name=name, email=f"{name.lower()}@club.example")


def words(answer):
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


@pytest.mark.promise("K3")
def test_from_planning_to_podcast(world, now, django_capture_on_commit_callbacks):
    host = signed_in(world.admin())
    here = [world.partnership.pk]
    planned = host.post(reverse("knowledge:event-plan", args=here), {
        "kind": "workshop", "title": "Dance near home", "about": "For clubs and schools.", "day_day": "1",
        "day_month": "12", "day_year": "2026", "begins": "18:00", "ends": "19:30", "where": "Town Hall",
        "access": "Level entrance.", "joining": "Side door.", "places": "1", "contact": "01234 567890",
        "public": "on"}, follow=True)
    assert "1 of 1 places left" in words(planned)
    event = public_events(ANONYMOUS)[0]
    anybody = Client()
    with django_capture_on_commit_callbacks(execute=True):
        receipt = anybody.post(reverse("knowledge:event-book", args=[event.id]), {
            "name": "Ann", "email": "ann@club.example", "access_needs": "A chair with arms"}, follow=True)
    assert "Side door" in words(receipt)
    assert len(mail.outbox) == 1
    assert "Side door" not in words(anybody.get(reverse("knowledge:event", args=[event.id])))
    again = anybody.post(reverse("knowledge:event-book", args=[event.id]),
                         {"name": "Eve", "email": "ANN@club.example"})
    assert "booked already" in words(again)
    assert "A chair" not in words(again)
    second = anybody.post(reverse("knowledge:event-book", args=[event.id]),
                          {"name": "Bea", "email": "bea@club.example"}, follow=True)
    assert "on the waiting list" in words(second)
    assert "Side door" not in words(second)
    link = token_of(Booking.objects.get(name="Ann"))
    with django_capture_on_commit_callbacks(execute=True):
        assert "taken out" in words(anybody.post(reverse("knowledge:booking-leave", args=[link]), follow=True))
    assert "You have a place" in mail.outbox[-1].subject
    bea = Booking.objects.get(name="Bea")
    assert (bea.state, Booking.objects.get(pk=Booking.objects.exclude(pk=bea.pk).get().pk).email) == ("place", "")
    one = [world.partnership.pk, event.id]
    with clock.fixed(NOW + timedelta(days=10)):
        host.post(reverse("knowledge:event-came", args=one), {"came": [str(bea.pk)]})
        host.post(reverse("knowledge:event-notes", args=one), {"notes": "- Buses stop at six\n\nAsk the school"})
        anybody.post(reverse("knowledge:event-feedback", args=[token_of(bea)]), {
            "worth": "4", "useful": "I met the school.", "next": "Look at the bus.", "quote": "on"})
        host.post(reverse("knowledge:event-action", args=one), {
            "words": "Ask the bus company", "owner": str(world.council.pk), "due_day": "20", "due_month": "12",
            "due_year": "2026"})
        host.post(reverse("knowledge:event-recording", args=one), {
            "address": "https://sound.example/dance.mp3", "megabytes": "12.5", "minutes": "61",
            "about": "Pat asks Bea."})
        page = words(host.get(reverse("knowledge:own-event", args=one)))
        for told in ("1 person came", "1 of the 1 who answered", "Getting there and the building: 1",
                     "Buses stop at six", "I met the school.", "Ask the bus company", "Only 1 answered"):
            assert told in page
        paper = docx.Document(io.BytesIO(
            host.get(reverse("knowledge:event-summary", args=[*one, "docx"])).content))
        assert any("Buses stop at six" in each.text for each in paper.paragraphs)
        assert "Bea" not in " ".join(each.text for each in paper.paragraphs)
        feed = ElementTree.fromstring(anybody.get(reverse("knowledge:podcast")).content)
    item = feed.find("channel/item")
    assert item.find("enclosure").attrib == {
        "url": "https://sound.example/dance.mp3", "length": "12500000", "type": "audio/mpeg"}
    assert item.find("{http://www.itunes.com/dtds/podcast-1.0.dtd}duration").text == "1:01:00"
    with clock.fixed(NOW + timedelta(days=60)):
        assert any("Ask the bus company" in each.title
                   for each in waiting_for(viewer_of(world.admin()), world.partnership.pk))


@pytest.mark.parametrize(("day", "offset"), [
    (date(2027, 3, 27), 0), (date(2027, 3, 28), 1), (date(2027, 10, 30), 1), (date(2027, 10, 31), 0)])
def test_hours_are_londons_across_clock_changes(world, now, day, offset):
    event = plan(world, day=day, begins=time(18), ends=time(20))
    text = Client().get(reverse("knowledge:event-ics", args=[event.pk])).content.decode()
    assert f"DTSTART;TZID=Europe/London:{day:%Y%m%d}T180000" in text
    assert f"DTEND;TZID=Europe/London:{day:%Y%m%d}T200000" in text
    local = datetime.combine(day, time(18), ZoneInfo("Europe/London"))
    assert local.utcoffset() == timedelta(hours=offset)
    assert "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU" in text


def test_what_is_not_public_stays_in(world, now):
    inner, outsider = plan(world, public=False, title="Only us"), viewer_of(world.outsider)
    assert not public_events(ANONYMOUS)
    assert not events_in(outsider, world.partnership.pk)
    for looks in (ANONYMOUS, outsider):
        with pytest.raises(NotFound):
            event_for(looks, inner.pk)
    with pytest.raises(NotAllowed):
        book(by=outsider, gathering=inner, booker=booker("Oli"))
    open_one = plan(world, public=True)
    with pytest.raises(NotFound):
        summary_for(outsider, open_one)
    observer = signed_in(world.people[Role.OBSERVER])
    booked_one = book(by=ANONYMOUS, gathering=open_one, booker=booker("Ann")).booking
    page = observer.get(reverse("knowledge:own-event", args=[world.partnership.pk, open_one.pk]))
    assert booked_one.email not in page.content.decode()
    assert "Ring the bell" not in words(page)
    own = calendar_token(viewer_of(world.admin()), world.partnership.pk)
    feed = reverse("knowledge:own-events-feed", args=[own])
    text = Client().get(feed).content.decode()
    assert "Only us" in text
    assert "Ring the bell" not in text
    stolen = calendar_token(outsider, world.partnership.pk)
    assert Client().get(reverse("knowledge:own-events-feed", args=[stolen])).status_code in (403, 404)


def test_places_are_kept_and_handed_on_in_turn(world, now):
    event = plan(world, places=2)
    made_bookings = [book(by=ANONYMOUS, gathering=event, booker=booker(name)).booking for name in "ABCD"]
    assert [one.state for one in made_bookings] == ["place", "place", "waiting", "waiting"]
    with pytest.raises(Refused, match="2 people have a place"):
        change_gathering(by=viewer_of(world.admin()), gathering=event, said=said(places=1))
    change_gathering(by=viewer_of(world.admin()), gathering=event, said=said(places=3))
    leave(by=ANONYMOUS, booking=made_bookings[0])
    assert [Booking.objects.get(pk=one.pk).state for one in made_bookings] == ["left", "place", "place", "place"]
    cancel_gathering(by=viewer_of(world.admin()), gathering=event, because="Snow")
    with pytest.raises(Refused, match="no more bookings"):
        book(by=ANONYMOUS, gathering=event, booker=booker("Eve"))


def test_names_go_after_sixty_days_and_feedback_never_had_any(world, now):
    event = plan(world)
    one = book(by=ANONYMOUS, gathering=event, booker=Booker(name="Ann", email="a@club.example",
                                                           access_needs="Loop")).booking
    with pytest.raises(Refused, match="afterwards"):
        give_feedback(by=ANONYMOUS, booking=one, worth=3, useful="", following="", quote=False)
    with clock.fixed(NOW + timedelta(days=9)):
        give_feedback(by=ANONYMOUS, booking=one, worth=3, useful="Food", following="", quote=False)
        with pytest.raises(Refused, match="already"):
            give_feedback(by=ANONYMOUS, booking=one, worth=1, useful="", following="", quote=False)
        mark_attendance(by=viewer_of(world.admin()), gathering=event, came=[one.pk])
    assert "booking" not in {each.name for each in Feedback._meta.get_fields()}
    with clock.fixed(NOW + KEPT + timedelta(days=12)):
        let_old_bookings_go()
        row = Booking.objects.get(pk=one.pk)
        assert (row.name, row.email, row.access_needs, row.came) == ("", "", "", True)
        assert summary_for(viewer_of(world.admin()), event).answered == 1


def test_themes_are_counted_once_an_answer_and_quotations_need_leave():
    told = summary_of(
        answers=[Said(5, "The bus, the bus and parking", "", quote=True),
                 Said(2, "", "Cheaper: cost is too high", quote=False), Said(4, "Biscuits", "", quote=False)],
        notes="", booked=4, came=[True, False, None, True])
    assert [(one.title, one.answers) for one in told.themes] == [
        ("Getting there and the building", 1), ("Money and cost", 1)]
    assert (told.unthemed, told.came, told.booked, told.few) == (1, 2, 4, True)
    assert told.quotations == (("What was most useful?", ("The bus, the bus and parking",)),)
    assert dict(told.worth)["Very much"] == 1
    assert told.answer.startswith("2 people came. 2 of the 3")


@pytest.mark.parametrize("address", ["http://a.example/b.mp3", "https://a.example/b.exe", "javascript:x.mp3"])
def test_a_recording_is_an_audio_file_over_https(world, now, address):
    with pytest.raises(Refused, match="https://"):
        add_recording(by=viewer_of(world.admin()), gathering=plan(world),
                      recording=Recording(address=address, octets=1, minutes=1, about="x"))


def test_only_its_host_runs_it_and_only_partners_own_actions(world, now):
    event = plan(world)
    with pytest.raises(NotAllowed):
        write_notes(by=viewer_of(world.outsider), gathering=event, notes="x")
    with pytest.raises(NotAllowed):
        write_notes(by=viewer_of(world.people[Role.OBSERVER]), gathering=event, notes="x")
    with pytest.raises(Refused, match="organisation of the partnership"):
        agree_event_action(by=viewer_of(world.admin()), gathering=event, words="x",
                           owner=world.other_council.pk, due=date(2027, 1, 1))


def test_a_link_that_is_cut_short_is_a_sentence(world, now):
    assert made(world)
    whole = token_of(booked(world))
    for cut in (whole[:-3], "nothing", whole + "x"):
        assert Client().get(reverse("knowledge:booking", args=[cut])).status_code == 404
