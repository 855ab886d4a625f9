"""The public calendar: what was chosen and nothing else; an answer in minutes; hours right when clocks change."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.access.commissions import FACTS, made
from tests.access.pipeline import SAID, TOLD, answered, listed
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.actions.organisations import add_department, create_organisation
from commonweal.core.actions.partnerships import add_organisation
from commonweal.core.actions.roles import give_role
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.models import Event, OrganisationKind
from commonweal.core.permissions import Role
from commonweal.core.viewer import ANONYMOUS, SYSTEM, viewer_of
from commonweal.methods.answering_time import COMPOSED, READ
from commonweal.policy.tiers import tiers
from commonweal.present.ical import ZONE, escaped, folded
from commonweal.procurement.actions.commission import (
    CommissionSaid,
    begin_commission,
    change_commission,
    tell_facts,
)
from commonweal.procurement.actions.pipeline import (
    KEPT,
    erase_interest,
    express_interest,
    let_old_interests_go,
    publish_listing,
    withdraw_listing,
)
from commonweal.procurement.actions.subscribing import let_unconfirmed_go, send_digests, subscribe, token_of
from commonweal.procurement.facts_of import facts_of
from commonweal.procurement.forms_pipeline import TakePart
from commonweal.procurement.ical import calendar_of
from commonweal.procurement.models import Commission, Interest, Listing, Subscription
from commonweal.procurement.queries.pipeline import (
    EACH,
    WHO,
    Sought,
    coming,
    coming_one,
    interest_behind,
    receipt_of,
)

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def now(settings, tmp_path):
    settings.VAR = tmp_path
    settings.SITE_ADDRESS = "https://calendar.example"
    with clock.fixed(NOW):
        yield


def words(answer):
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def titles(**sought):
    return [one.title for one in coming(ANONYMOUS, Sought(**sought))]


@pytest.mark.promise("R5")
def test_from_the_partner_to_a_club_and_back(world, now, client):
    browser, row = signed_in(world.admin()), made(world)
    tell_facts(by=viewer_of(world.admin()), commission=row, facts=facts_of(row), engage_on=date(2027, 1, 12),
               starts_on=date(2027, 9, 1))
    parks = add_department(by=SYSTEM, organisation=world.council, name="Parks")
    one = [world.partnership.pk, row.pk]
    assert "Nothing is published yet" in words(client.get(reverse("procurement:coming")))
    assert "not in the public calendar" in words(browser.get(reverse("procurement:interests", args=one)))
    page = browser.post(reverse("procurement:listing-publish", args=one), {
        "plain": "Girls will dance near home.", "size": "large", "department": str(parks.pk), "engage_at": "18:30",
        "engage_where": "Town Hall", "contact": "Leisure team, 01234 567890"}, follow=True)
    assert "Nobody has said so yet" in words(page)
    listed_page = words(client.get(reverse("procurement:coming"), {"place": "testshire", "when": "3"}))
    for said in ("1 commission fits that", "Testshire District Council, Parks", "Talk: 12 January 2027 at 18:30"):
        assert said in listed_page
    here = Listing.objects.get()
    shown = words(client.get(reverse("procurement:coming-one", args=[here.pk])))
    assert "3 short questions, no account" in shown
    assert "900,000" not in shown
    feed = client.get(reverse("procurement:coming-feed")).content.decode()
    assert "DTSTART;TZID=Europe/London:20270112T183000" in feed
    ask = reverse("procurement:coming-take-part", args=[here.pk])
    assert "Enter your name" in words(client.post(ask, {"organisation": "Marsh End Dance"}))
    receipt = client.post(ask, {"organisation": "Marsh End Dance", "name": "Jo", "reach": "01234 1",
                                "answer-what": "Dance on Tuesdays.", "answer-difference": "We count."},
                          follow=True)
    assert "Testshire District Council has it" in words(receipt)
    seen = words(browser.get(reverse("procurement:interests", args=one)))
    assert "1 said that they might" in seen
    assert "Dance on Tuesdays." in seen
    told = client.get("/api/procurement/coming").json()
    assert [(line["title"], line["size"]) for line in told] == [("Dance", "£200,000 to £1 million")]
    taken = client.post(receipt.redirect_chain[-1][0], follow=True)
    assert "deleted" in words(taken)
    assert "Dance on Tuesdays." not in words(browser.get(reverse("procurement:interests", args=one)))


def test_nothing_shows_that_was_not_published_and_no_later_change_leaks(world, now):
    row, by = made(world), viewer_of(world.admin())
    assert titles() == []
    publish_listing(by=by, commission=row, said=SAID)
    change_commission(by=by, commission=row, said=CommissionSaid(title="Secret", purpose="Not yet.", place="X"))
    assert titles() == ["Dance"]
    assert not {"Secret", "Not yet."} & set(re.findall(r"Secret|Not yet\.", str(coming(ANONYMOUS, Sought()))))
    publish_listing(by=by, commission=Commission.objects.get(), said=SAID)
    assert titles() == ["Secret"]
    withdraw_listing(by=by, listing=Listing.objects.get())
    assert titles() == []
    verbs = set(Event.objects.filter(partnership=world.partnership.pk).values_list("verb", flat=True))
    assert {"listing.published", "listing.withdrawn"} <= verbs


def test_invented_places_never_stand_among_real_ones(world, now):
    listed(world)
    by = viewer_of(world.invented_person)
    other = begin_commission(by=by, partnership=world.invented, said=CommissionSaid(
        title="Invented", purpose="x", place="Larkmere"))
    tell_facts(by=by, commission=other, facts=facts_of(made_up(world)))
    publish_listing(by=by, commission=other, said=SAID)
    assert titles() == ["Dance"]
    assert titles(invented=True) == ["Invented"]


def test_a_town_council_lists_its_own_beside_the_district(world, now):
    town = create_organisation(by=SYSTEM, name="Marsh End Town Council", kind=OrganisationKind.PARISH)
    add_organisation(by=SYSTEM, partnership=world.partnership, organisation=town)
    give_role(by=SYSTEM, partnership=world.partnership, person=world.loner, organisation=town,
              role=Role.CONTRIBUTOR)
    listed(world)
    clerk = viewer_of(world.loner)
    row = begin_commission(by=clerk, partnership=world.partnership, said=CommissionSaid(
        title="Benches", purpose="People rest on the way.", place="Marsh End"))
    tell_facts(by=clerk, commission=row, facts=FACTS)
    publish_listing(by=clerk, commission=row, said=SAID)
    assert {one.buyer for one in coming(ANONYMOUS, Sought())} == {"Testshire District Council",
                                                                 "Marsh End Town Council"}
    assert titles(place="marsh end town") == ["Benches"]


def made_up(world):
    return Commission.objects.get(title="Dance", partnership=world.partnership)


@pytest.mark.parametrize(("sought", "found"), [
    ({"place": "TESTSHIRE"}, True), ({"place": "Otherham"}, False), ({"kind": "contract"}, True),
    ({"kind": "grant"}, False), ({"size": "small"}, True), ({"size": "major"}, False), ({"when": "3"}, True),
    ({"when": "99"}, True), ({"place": "'; drop"}, False),
])  # fmt: skip
def test_filters(world, now, sought, found):
    row, by = made(world), viewer_of(world.admin())
    tell_facts(by=by, commission=row, facts=facts_of(row), engage_on=date(2027, 1, 12))
    publish_listing(by=by, commission=row, said=SAID)
    assert bool(titles(**sought)) == found


@pytest.mark.parametrize(("deed", "error", "said"), [
    (lambda w, row, one: publish_listing(by=viewer_of(w.outsider), commission=row, said=SAID), NotAllowed, "."),
    (lambda w, row, one: withdraw_listing(by=viewer_of(w.outsider), listing=one), NotAllowed, "."),
    (lambda w, row, one: publish_listing(by=viewer_of(w.admin()), commission=row, said=replace(
        SAID, engage_at=time(9))), Refused, "Give the day"),
    (lambda w, row, one: publish_listing(by=viewer_of(w.admin()), commission=row, said=replace(
        SAID, department=w.council.pk)), NotFound, "no such department"),
    (lambda w, row, one: publish_listing(by=viewer_of(w.admin()), commission=row, said=replace(
        SAID, interest_by=date(2026, 1, 1))) and express_interest(by=ANONYMOUS, listing=one, said=TOLD),
        Refused, "takes no more"),
    (lambda w, row, one: erase_interest(by=viewer_of(w.outsider), interest=answered(w)), NotAllowed, "."),
    (lambda w, row, one: interest_behind("made-up"), NotFound, "not whole"),
])  # fmt: skip
def test_what_cannot_be_is_refused(world, now, deed, error, said):
    row = made(world)
    one = publish_listing(by=viewer_of(world.admin()), commission=row, said=SAID)
    with pytest.raises(error, match=said):
        deed(world, row, one)


def test_an_answer_sent_twice_is_one_and_a_program_in_the_trap_leaves_none(world, now, client):
    first, again = answered(world), answered(world)
    assert first.pk == again.pk
    ask = reverse("procurement:coming-take-part", args=[listed(world).pk])
    sent = {"organisation": "Robot", "name": "R", "reach": "r", "answer-what": "x", "website": "http://spam",
            "answer-done": "x", "answer-together": "x"}
    client.post(ask, sent)
    assert Interest.objects.count() == 1
    page = ""
    for number in range(22):
        page = words(client.post(ask, sent | {"website": "", "organisation": f"Club {number}"}, follow=True))
    assert "Too many were sent from here" in page
    assert Interest.objects.count() == 1 + 20


def test_who_somebody_was_goes_after_a_year(world, now):
    row = answered(world)
    with clock.fixed(NOW + KEPT + timedelta(days=1)):
        let_old_interests_go()
    row.refresh_from_db()
    assert (row.organisation, row.name, row.reach, row.answers) == ("Taken out", "", "", {})
    assert interest_behind(receipt_of(row)).erased_at


def test_news_is_confirmed_goes_once_a_week_and_ends_in_one_press(world, now, client):
    news = reverse("procurement:coming-news")
    assert "Look in your e-mail" in words(client.post(news, {"email": "Club@Club.example", "kind": "contract"}))
    assert "Look in your e-mail" in words(client.post(news, {"email": "club@club.example"}))
    assert len(mail.outbox) == 1                                     # asked twice, written to once
    link = re.search(r"https://calendar\.example(\S+)", mail.outbox[0].body)[1]
    assert send_digests().sent == 0                                  # unconfirmed
    assert "Yes, send me news" in words(client.get(link))            # opening alone confirms nothing
    assert Subscription.objects.get().confirmed_at is None
    client.post(link)
    with clock.fixed(NOW + timedelta(days=2)):
        listed(world)
    with clock.fixed(NOW + timedelta(days=8)):
        out = StringIO()
        call_command("send_calendar_news", stdout=out)
        assert out.getvalue() == "1 sent.\n"
        assert send_digests().sent == 0
    with clock.fixed(NOW + timedelta(days=16)):
        assert send_digests().sent == 0                              # nothing new
    letter = mail.outbox[1]
    assert "Dance (Testshire District Council, Testshire)" in letter.body
    end = letter.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("https://calendar.example")
    assert Client(enforce_csrf_checks=True).post(end).status_code == 200
    assert not Subscription.objects.exists()
    assert client.get(link).status_code == 404


def test_an_address_that_never_answers_is_not_kept(world, now):
    subscribe(email="gone@club.example")
    with clock.fixed(NOW + timedelta(days=8)):
        let_unconfirmed_go()
    assert not Subscription.objects.exists()


def test_a_digest_that_could_not_be_sent_is_tried_again(world, now, monkeypatch):
    listed(world)
    row = Subscription.objects.create(email="a@b.example", confirmed_at=NOW - timedelta(days=9),
                                      told_at=NOW - timedelta(days=8))
    assert token_of(row)

    def down(self):
        raise OSError("no server")

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", down)
        assert send_digests().failed == 1
    assert send_digests().sent == 1


def read(feed):
    """A strict reading: CRLF, 75 octets a line, folded lines joined, balanced parts."""
    assert feed.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in feed.replace(b"\r\n", b"")
    assert all(len(row) <= 75 for row in feed.split(b"\r\n"))
    rows = feed.decode().replace("\r\n ", "").split("\r\n")[:-1]
    open_parts, events = [], []
    for row in rows:
        name, _, value = row.partition(":")
        if name == "BEGIN":
            open_parts.append(value)
            events += [{}] if value == "VEVENT" else []
        elif name == "END":
            assert open_parts.pop() == value
        elif open_parts[-1] == "VEVENT":
            assert name not in events[-1]
            events[-1][name] = value
    assert open_parts == []
    return events


@pytest.mark.parametrize("day", [date(2027, 3, 27), date(2027, 3, 28), date(2027, 10, 30), date(2027, 10, 31)])
def test_hours_are_right_on_the_days_when_clocks_change(world, now, day):
    row, by = made(world), viewer_of(world.admin())
    tell_facts(by=by, commission=row, facts=facts_of(row), engage_on=day, starts_on=date(2028, 1, 1))
    publish_listing(by=by, commission=row, said=replace(SAID, engage_at=time(18, 30),
                                                             engage_where="Hall; room 1, up"))
    talk, start = read(calendar_of(coming(ANONYMOUS, Sought()), "Coming"))
    local = datetime.fromisoformat(talk["DTSTART;TZID=Europe/London"])
    assert local.replace(tzinfo=LONDON).astimezone(UTC).hour == (17 if offset(local) else 18)
    assert local.replace(tzinfo=LONDON).utcoffset() == timedelta(hours=offset(local))
    assert talk["LOCATION"] == r"Hall\; room 1\, up"
    assert (start["DTSTART;VALUE=DATE"], start["DTEND;VALUE=DATE"]) == ("20280101", "20280102")
    assert talk["UID"] != start["UID"]


def offset(local):
    """Hours ahead of UTC by the rules written out in the feed, not by Python's."""
    assert "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU" in ZONE
    assert "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU" in ZONE

    def last_sunday(month, hour):
        end = datetime.combine(date(local.year, month, 31), time(hour))
        return end - timedelta(days=(end.weekday() + 1) % 7)

    return 1 if last_sunday(3, 1) <= local < last_sunday(10, 2) else 0


@given(text=st.text(max_size=300))
@settings(max_examples=30)
def test_any_words_survive_folding_and_end_no_line(text):
    row = folded(f"SUMMARY:{escaped(text)}")
    assert all(len(one.encode()) <= 75 for one in row.split("\r\n"))
    assert row.replace("\r\n ", "") == f"SUMMARY:{escaped(text)}"
    assert "\n" not in escaped(text)


def test_an_expression_of_interest_takes_under_ten_minutes(world, now, client):
    row = listed(world)
    for tier in tiers():
        Listing.objects.filter(pk=row.pk).update(tier=tier.number, plain="word " * 60)
        card = coming_one(ANONYMOUS, row.pk)
        assert card.minutes < 10
        shown = words(client.get(reverse("procurement:coming-one", args=[row.pk])))
        assert f"about {card.minutes} minutes at 40 words each" in shown
        asked = [name for name, field in TakePart(questions=card.interest).fields.items() if field.required]
        assert len(asked) <= 3 + len(card.interest)     # who, name, how to reach them, and one box a question
        assert len(card.interest) <= len(tier.asked)


def read_in(answer):
    """How many words the page shows as it opens, without what the reader wrote and what is folded away."""
    main = answer.content.decode().split("<main", 1)[1].split("</main>")[0].partition(">")[2]
    shown = re.sub(r"<details.*?</details>", " ", main, flags=re.DOTALL)
    return sum(one != "mine" for one in re.sub(r"<[^>]*>", " ", shown).split())


@pytest.mark.parametrize(("tier", "boxes", "minutes"), [(1, 5, 7), (5, 6, 9)])
def test_a_club_walks_from_the_public_page_to_its_receipt_in_minutes(world, now, client, tier, boxes, minutes):
    """Every page is read as it opens at 238 words a minute, and what must be answered is thought out at 19."""
    row = listed(world)
    Listing.objects.filter(pk=row.pk).update(tier=tier, plain="word " * 60)
    ask = reverse("procurement:coming-take-part", args=[row.pk])
    pages = [client.get(one) for one in (
        reverse("procurement:coming"), reverse("procurement:coming-one", args=[row.pk]), ask)]
    said = {name: "mine " * (EACH if name.startswith("answer-") else WHO // 3)
            for name, field in TakePart(questions=coming_one(ANONYMOUS, row.pk).interest).fields.items()
            if field.required}
    pages.append(client.post(ask, said, follow=True))
    read, written = sum(map(read_in, pages)), sum(len(words.split()) for words in said.values())
    assert "Receipt" in pages[-1].content.decode()
    assert len(said) == boxes
    assert read / READ + written / COMPOSED < minutes
