"""Bids: easy to write, sealed until they are opened, late is late with proof, and nobody else reads one."""

from __future__ import annotations

import json
import re
import zipfile
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from hashlib import sha256
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.access.competitions import published, told
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.actions.organisations import create_organisation
from commonweal.core.actions.partnerships import add_organisation
from commonweal.core.actions.people import add_person
from commonweal.core.actions.roles import give_role
from commonweal.core.errors import CommonwealError, NotAllowed, NotFound, Refused
from commonweal.core.models import Event, OrganisationKind
from commonweal.core.permissions import Role
from commonweal.core.viewer import ANONYMOUS, SYSTEM, viewer_of
from commonweal.lake.opening.model import CannotOpen
from commonweal.procurement.actions.bid_files import attach, detach
from commonweal.procurement.actions.bidding import (
    Meanwhile,
    add_link,
    begin_bid,
    begin_own_bid,
    change_bid,
    invite_bidder,
    send_bid,
    withdraw_bid,
)
from commonweal.procurement.actions.competing import (
    answer_back,
    ask_back,
    extend_deadline,
    letter_at,
    open_bids,
    publish_competition,
)
from commonweal.procurement.actions.deciding import told_in_time
from commonweal.procurement.attachments import kind_of, safe_name
from commonweal.procurement.bidding import Bidding, own_draft
from commonweal.procurement.deadline import comes_twice, london_instant, said
from commonweal.procurement.models import Bid, Commission, Competition
from commonweal.procurement.opening import opened_package, standing_submission
from commonweal.procurement.package import Said
from commonweal.procurement.queries.bids import begun_from_profile, link_behind, sheet_of
from commonweal.procurement.queries.competing import competition_public
from commonweal.procurement.sealing import BidFiles, key_file, seal, unseal
from commonweal.providers.actions.profile import Line, Told, keep_profile
from commonweal.providers.models import LineKind
from commonweal.web.sealed_upload import SealedUploads

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
CLOSES = NOW + timedelta(days=30)
SECRET = "Tuesdays at the Salt Store"


@pytest.fixture(autouse=True)
def now(settings, tmp_path):
    settings.VAR = tmp_path
    settings.BID_KEY = ""
    with clock.fixed(NOW):
        yield


def words(answer):
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def filled(row, name="Marsh End Dance", price="800000"):
    """A whole bid, not sent."""
    bid, token = begin_bid(competition=row, name=name, contact="Jo Bloggs", reach="01234 1")
    who = Bidding(ANONYMOUS, link_behind(token))
    change_bid(who=who, bid=bid, part="all", change=lambda draft: replace(
        draft, alone=True, price=Decimal(price),
        answers={key: Said(f"{SECRET} {key}", 1) for key, _ in row.criteria}))
    return bid, who


def sent(row, at=CLOSES - timedelta(days=1), **more):
    bid, who = filled(row, **more)
    with clock.fixed(at):
        send_bid(who=who, bid=bid)
    return bid, who


def test_a_club_bids_on_a_phone_and_the_buyer_reads_it_after_the_deadline(world):
    row, club, buyer = published(world), Client(), signed_in(world.admin())
    page = words(club.get(reverse("procurement:competition", args=[row.pk])))
    assert "12 questions, 500 words each at most. No account is needed" in page
    assert "22 December 2026, 09:00 GMT" in page
    begun = club.post(reverse("procurement:bid-begin", args=[row.pk]),
                      {"name": "Marsh End Dance", "contact": "Jo", "reach": "01234 1"}, follow=True)
    assert "0 of 12 questions answered" in words(begun)
    link = re.search(r'href="http://testserver(/bids/link/[^"]+)"', begun.content.decode())[1]
    bid, colleague = Bid.objects.get(), Client()
    assert "Your bid is here" in words(colleague.get(link))
    assert colleague.get(reverse("procurement:bid", args=[bid.pk])).status_code == 404   # looking lets nobody in
    assert "0 of 12" in words(colleague.post(link, follow=True))
    colleague.post(reverse("procurement:bid-together", args=[bid.pk]), {
        "alone": "no", "name-1": "Marsh End Dance", "part-1": "Leads", "share-1": "60",
        "name-2": "Quay Rowing", "part-2": "Boats", "share-2": "30"})
    who = Bidding(ANONYMOUS, bid.links.get())
    change_bid(who=who, bid=bid, part="all", change=lambda draft: replace(
        draft, answers={key: Said(f"{SECRET} {key}", 1) for key, _ in row.criteria}))
    here = reverse("procurement:bid-answer", args=[bid.pk, "done"])
    long = club.post(here, {"words": "x " * 501, "seen": "0"}, follow=True)
    assert "Kept, but too long: 1 over" in words(long)
    assert "A colleague saved this" in words(colleague.post(here, {"words": "Ours", "seen": "0"}))
    assert club.post(here, {"words": "We hand over.", "seen": "1"}).status_code == 302
    club.post(reverse("procurement:bid-price", args=[bid.pk]), {"price": "£800,000", "seen": "0"})
    check = reverse("procurement:bid-check", args=[bid.pk])
    assert "add up to 90%, not 100%" in words(club.post(check))
    club.post(reverse("procurement:bid-together", args=[bid.pk]), {
        "seen": "1", "alone": "no", "name-1": "Marsh End Dance", "part-1": "Leads", "share-1": "70",
        "name-2": "Quay Rowing", "part-2": "Boats", "share-2": "30"})
    receipt = club.post(check, follow=True)
    assert "Testshire District Council has it" in words(receipt)
    number = re.search(r"<code>([0-9a-f]{64})</code>", receipt.content.decode())[1]
    taken = club.get(reverse("procurement:bid-sent", args=[bid.pk, 1]))
    assert sha256(taken.content).hexdigest() == number
    assert json.loads(taken.content)["members"][1]["name"] == "Quay Rowing"
    run = reverse("procurement:competing", args=[world.partnership.pk, row.commission_id])
    assert "How many have answered is not shown" in words(buyer.get(run))
    with clock.fixed(CLOSES + timedelta(hours=1)):
        assert "Open what was sent" in words(buyer.get(run))
        opened = buyer.post(reverse("procurement:competing-open", args=[
            world.partnership.pk, row.commission_id]), follow=True)
        assert "Opened by Pat Member organisation administrator" in words(opened)
        assert opened_package(viewer_of(world.admin()), Bid.objects.get()).answer("what").words == f"{SECRET} what"


def test_before_the_opening_nothing_that_is_kept_or_shown_gives_a_bid_away(world, tmp_path):
    row = published(world)
    bid, who = sent(row)
    attach(who=who, bid=bid, file=SimpleUploadedFile("plan.txt", SECRET.encode()))
    for name in ("admin", "analyst", "contributor", "elected_member", "observer", "certifier", "provider"):
        viewer = viewer_of(world.people[Role(name)])
        with pytest.raises(CommonwealError):
            opened_package(viewer, bid)
        with pytest.raises(NotFound):
            own_draft(Bidding(viewer), bid)
    assert not Bid.objects.visible_to(viewer_of(world.admin()), None).exists()
    with connection.cursor() as cursor:      # every value of every table, as bytes
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            rows = repr([[bytes(one) if isinstance(one, memoryview) else one for one in line]
                         for line in cursor.fetchall()])
            assert SECRET not in rows, model
            assert "Marsh End Dance" not in rows, model
            assert "01234 1'" not in rows, model
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path for path in files if SECRET.encode() in path.read_bytes()]
    assert key_file().stat().st_mode & 0o777 == 0o600
    assert {one.actor for one in Event.objects.filter(verb__startswith="bid.")} == {None}
    seen = Client().get(f"/api/procurement/competitions/{row.pk}").content.decode()
    assert SECRET not in seen
    assert "Marsh" not in seen


@pytest.mark.parametrize(("at", "late"), [
    (CLOSES - timedelta(milliseconds=1), False), (CLOSES, False), (CLOSES + timedelta(microseconds=1), True),
    (CLOSES + timedelta(seconds=3), True),
])  # fmt: skip
def test_at_the_deadline_second(world, at, late):
    row = published(world)
    bid, who = sent(row, at=at)
    assert bid.submissions.get().late == late
    receipt = sheet_of(who, bid).receipts[0]
    assert (receipt.seconds_late > 0) == late
    with clock.fixed(CLOSES + timedelta(hours=1)):
        open_bids(by=viewer_of(world.admin()), competition=row)
    bid.refresh_from_db()
    assert bool(bid.letter) != late
    assert Event.objects.filter(verb="bid.came_late").exists() == late


def test_two_press_send_in_the_same_second_and_it_is_kept_once(world):
    bid, who = filled(published(world))
    with clock.fixed(CLOSES):
        first = send_bid(who=who, bid=bid)
        assert send_bid(who=who, bid=bid) == first
    assert bid.submissions.count() == 1


@pytest.mark.parametrize("closes", [CLOSES, london_instant(date(2027, 10, 31), time(1, 30))])
def test_two_people_at_the_deadline_second_lose_nothing_also_when_clocks_change(world, closes):
    row = published(world, closes=closes, questions_by=CLOSES)
    (one, hers), (two, his) = filled(row), filled(row, name="Quay Rowing", price="700000")
    colleague = Bidding(ANONYMOUS, link_behind(add_link(who=his, bid=two)))
    with clock.fixed(closes):
        send_bid(who=hers, bid=one)
        send_bid(who=his, bid=two)
        change_bid(who=colleague, bid=two, part="price", change=lambda draft: replace(draft, price=Decimal(1)))
        assert send_bid(who=colleague, bid=two).number == 2
    with clock.fixed(closes + timedelta(microseconds=1)):
        assert send_bid(who=hers, bid=one).late
    with clock.fixed(closes + timedelta(hours=1)):
        open_bids(by=viewer_of(world.admin()), competition=row)
        for bid, price in ((one, 800000), (two, 1)):
            bid.refresh_from_db()
            assert opened_package(viewer_of(world.admin()), bid).price == price
    assert [one.submissions.count(), two.submissions.count()] == [2, 2]


def test_what_came_in_time_stands_when_a_later_try_is_late(world):
    row = published(world)
    bid, who = sent(row)
    with pytest.raises(Refused, match="The deadline passed on 22 December 2026, 09:00 GMT"), \
            clock.fixed(CLOSES + timedelta(seconds=1)):
        change_bid(who=who, bid=bid, part="price", change=lambda draft: replace(draft, price=Decimal(1)))
    with clock.fixed(CLOSES + timedelta(hours=1)):
        open_bids(by=viewer_of(world.admin()), competition=row)
        bid.refresh_from_db()
        assert opened_package(viewer_of(world.admin()), bid).price == Decimal(800000)
        assert send_bid(who=who, bid=bid).late
        assert standing_submission(bid).number == 1


def test_withdrawn_and_sent_again(world):
    row = published(world)
    bid, who = sent(row)
    withdraw_bid(who=who, bid=bid)
    assert standing_submission(Bid.objects.get()) is None
    with pytest.raises(Refused, match="nothing to take back"):
        withdraw_bid(who=who, bid=bid)
    again = send_bid(who=who, bid=bid)
    assert again.number == 2
    assert standing_submission(Bid.objects.get()) == again


def test_colleagues_lose_nothing(world):
    bid, who = filled(published(world))
    seen = own_draft(who, bid).seen.get("answer-what", 0)

    def say(text):
        return lambda draft: draft.with_answer("what", Said(text, 2))

    change_bid(who=who, bid=bid, part="answer-what", change=say("Mine"), seen=seen)
    with pytest.raises(Meanwhile, match="A colleague saved this meanwhile"):
        change_bid(who=who, bid=bid, part="answer-what", change=say("Theirs"), seen=seen)
    change_bid(who=who, bid=bid, part="answer-done", change=lambda draft: draft.with_answer(
        "done", Said("Other", 2)), seen=0)
    bid.refresh_from_db()
    draft = own_draft(who, bid)
    assert (draft.answer("what").words, draft.answer("done").words) == ("Mine", "Other")


def test_with_an_account_it_begins_with_what_was_said_before(world):
    row = published(world)
    trust = create_organisation(by=SYSTEM, name="Test Trust", kind=OrganisationKind.TRUST)
    add_organisation(by=SYSTEM, partnership=world.partnership, organisation=trust)
    person = add_person(by=SYSTEM, email="t@trust.example", name="Tess", password="a long pass phrase 7")
    give_role(by=SYSTEM, partnership=world.partnership, person=person, organisation=trust, role=Role.PROVIDER)
    viewer = viewer_of(person)
    keep_profile(by=viewer, partnership=world.partnership, told=Told("We run halls.", lines=(
        Line(LineKind.POLICY, "Safeguarding policy 2026"),)))
    page = signed_in(person).post(reverse("procurement:bid-begin", args=[row.pk]), follow=True)
    assert "Taken over from what you said before" in words(page)
    bid = Bid.objects.get(organisation=trust)
    draft = own_draft(Bidding(viewer), bid)
    assert draft.answer("safe") == Said("Safeguarding policy 2026", 0, taken_over=True)
    with pytest.raises(Refused, match="say who you are"):
        send_bid(who=Bidding(viewer), bid=bid)
    card = competition_public(viewer, row.pk)
    assert begin_own_bid(by=viewer, competition=row, begun=begun_from_profile(viewer, card)) == bid
    with pytest.raises(Refused, match="commissions this"):
        begin_own_bid(by=viewer_of(world.admin()), competition=row, begun=draft)


def bomb():
    body = BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 60_000_000)
    return body.getvalue()


def packed(*names):
    body = BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return body.getvalue()


@pytest.mark.parametrize(("name", "data", "said"), [
    ("bomb.docx", bomb(), "times its size"), ("tool.docm", packed("word/document.xml", "word/vbaProject.bin"),
                                             "macros"),
    ("all.zip", packed("a.txt"), "one by one"), ("run.pdf", b"MZ\x90\x00" + b"\x00" * 50, "of a kind"),
    ("empty.pdf", b"", "is empty"), ("cut.docx", packed("word/document.xml")[:40], "damaged"),
    ("big.pdf", b"%PDF-" + b"0" * (20 * 1024 ** 2), "larger than 20 MB"),
])  # fmt: skip
def test_files_that_do_not_go_with_a_bid(world, name, data, said):
    bid, who = filled(published(world))
    with pytest.raises(CannotOpen, match=said):
        attach(who=who, bid=bid, file=SimpleUploadedFile(name, data))
    assert not list(BidFiles(bid.competition_id)._folder().glob("*.sealed"))


def test_a_file_of_two_gigabytes_is_refused_and_next_to_nothing_of_it_is_kept(
        world, settings, monkeypatch):
    settings.UPLOAD_LIMIT = 1024 ** 2
    taking = SealedUploads()
    taking.new_file("file", "film.pdf", "application/pdf", None)
    piece = b"%PDF-" + b"0" * (64 * 1024 - 5)
    for start in range(0, 2 * 1024 ** 3, len(piece)):
        taking.receive_data_chunk(piece, start)
    file = taking.file_complete(2 * 1024 ** 3)
    assert file.size == settings.UPLOAD_LIMIT + 1
    bid, who = filled(published(world))
    monkeypatch.setattr("commonweal.procurement.actions.bid_files.LARGEST", 1024 ** 2)
    monkeypatch.setattr("commonweal.procurement.attachments.LARGEST", 1024 ** 2)
    with pytest.raises(CannotOpen, match="larger than"):
        attach(who=who, bid=bid, file=file)
    assert not list(BidFiles(bid.competition_id)._folder().glob("*.sealed"))


def test_a_file_is_kept_sealed_and_only_ones_own_comes_out(world):
    row = published(world)
    bid, who = filled(row)
    other, them = filled(row, name="Others")
    assert [safe_name(name, kind) for name, kind in (
        ("page.html", "txt"), ("a.PDF", "pdf"), ("a.jpeg", "jpg"), ("run.exe", "pdf"))] == [
            "page.html.txt", "a.PDF", "a.jpeg", "run.exe.pdf"]
    assert kind_of("a.bin", packed("word/document.xml")) == "docx"
    made = attach(who=who, bid=bid, file=SimpleUploadedFile("../../plan.txt", b"A plan"))
    file = UUID(made.files[0].id)
    assert made.files[0].name == "plan.txt"
    with pytest.raises(Refused, match="very file"):
        attach(who=who, bid=bid, file=SimpleUploadedFile("again.txt", b"A plan"))
    with pytest.raises(NotFound):
        detach(who=them, bid=other, file=file)
    assert BidFiles(row.pk).whole(file) == b"A plan"
    detach(who=who, bid=bid, file=file)
    assert not BidFiles(row.pk).holds(file)


def test_the_deadline_moves_for_all_and_never_after_it_passed(world):
    row, by = published(world), viewer_of(world.admin())
    later = CLOSES + timedelta(days=7)
    for reason, closes, why in (("", later, "Say why"), ("x", CLOSES, "only moved later")):
        with pytest.raises(Refused, match=why):
            extend_deadline(by=by, competition=row, closes=closes, reason=reason)
    extend_deadline(by=by, competition=row, closes=later, reason="The hall plans were late.")
    page = words(Client().get(reverse("procurement:competition", args=[row.pk])))
    assert "moved for all, from 22 December 2026, 09:00 GMT to 29 December 2026, 09:00 GMT" in page
    assert "The hall plans were late." in page
    with clock.fixed(later + timedelta(seconds=1)), pytest.raises(Refused, match="stays late"):
        extend_deadline(by=by, competition=row, closes=later + timedelta(days=9), reason="x")


def test_what_one_asks_all_read_and_nobody_is_told_who_asked(world):
    row = published(world)
    asked = ask_back(competition=row, words="May we begin in May?")
    assert ask_back(competition=row, words="May we begin in May?") == asked
    page = reverse("procurement:competition", args=[row.pk])
    assert "May we begin" not in words(Client().get(page))
    answer_back(by=viewer_of(world.admin()), clarification=asked, words="Yes.")
    assert "May we begin in May? Yes." in words(Client().get(page))
    with pytest.raises(Refused, match="answered already"):
        answer_back(by=viewer_of(world.admin()), clarification=asked, words="No.")
    with clock.fixed(row.questions_by + timedelta(seconds=1)), pytest.raises(Refused, match="until 12 December"):
        ask_back(competition=row, words="And now?")


@pytest.mark.parametrize(("more", "why"), [
    ({"way": "lottery"}, "Choose a way"), ({"closes": NOW - timedelta(days=1)}, "in the past"),
    ({"weights": {}}, "weight from 0"), ({"formula": ""}, "how prices become points"),
    ({"formula": "absolute"}, "two ends"), ({"questions_by": CLOSES + timedelta(days=1)}, "before the deadline"),
    ({"opens": CLOSES + timedelta(days=1)}, "after it opens"),
])  # fmt: skip
def test_what_cannot_be_published(world, more, why):
    with pytest.raises(Refused, match=why):
        published(world, **more)


def test_only_those_asked_take_part_where_they_alone_may(world):
    row = published(world, way="restricted")
    with pytest.raises(Refused, match="Only those who were asked"):
        begin_bid(competition=row, name="X", contact="X", reach="X")
    bid, token = invite_bidder(by=viewer_of(world.admin()), competition=row, name="Quay Rowing")
    assert own_draft(Bidding(ANONYMOUS, link_behind(token)), bid).name == "Quay Rowing"
    with pytest.raises(NotAllowed):
        invite_bidder(by=viewer_of(world.outsider), competition=row, name="X")


def test_published_twice_and_opened_early_are_refused(world):
    row, by = published(world), viewer_of(world.admin())
    with pytest.raises(Refused, match="published already"):
        publish_competition(by=by, commission=Commission.objects.get(), said=told())
    for at in (CLOSES, CLOSES + timedelta(seconds=60)):
        with clock.fixed(at), pytest.raises(Refused, match="sealed until a minute after"):
            open_bids(by=by, competition=row)
    with clock.fixed(CLOSES + timedelta(minutes=2)):
        first = open_bids(by=by, competition=row)
        assert open_bids(by=by, competition=row).opened_at == first.opened_at


@pytest.mark.parametrize(("day", "hour", "want"), [
    (date(2027, 3, 28), time(1, 30), None), (date(2027, 3, 28), time(2), "28 March 2027, 02:00 BST"),
    (date(2027, 3, 27), time(23, 59), "27 March 2027, 23:59 GMT"),
    (date(2027, 10, 31), time(0, 59), "31 October 2027, 00:59 BST"),
    (date(2027, 10, 31), time(1, 30), "31 October 2027, 01:30 GMT, the second time clocks show it that night"),
])  # fmt: skip
def test_nights_when_clocks_change(day, hour, want):
    if want is None:
        with pytest.raises(Refused, match="clocks skip it"):
            london_instant(day, hour)
    else:
        assert said(london_instant(day, hour)) == want


@given(day=st.dates(date(2024, 1, 1), date(2032, 1, 1)), hour=st.times())
@settings(max_examples=60)
def test_an_hour_is_what_clocks_show_and_the_last_such(day, hour):
    try:
        found = london_instant(day, hour)
    except Refused:
        return
    shown = found.astimezone(clock.LONDON)
    assert (shown.date(), shown.hour, shown.minute) == (day, hour.hour, hour.minute)
    after = (found + timedelta(hours=1)).astimezone(clock.LONDON)
    assert (after.date(), after.hour, after.minute) != (day, hour.hour, hour.minute)
    assert comes_twice(found) == (shown.hour == 1 and shown.month == 10 and day.weekday() == 6 and day.day > 24)


@given(clear=st.binary(max_size=200), place=st.binary(max_size=30), at=st.integers(0, 10_000))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_seal(clear, place, at):
    one, other = UUID(int=1), UUID(int=2)
    sealed = seal(one, place, clear)
    assert unseal(one, place, sealed) == clear
    assert len(clear) < 4 or clear not in sealed
    assert seal(one, place, clear) != sealed
    spoilt = bytearray(sealed)
    spoilt[at % len(sealed)] ^= 1
    for wrong in ((one, place, bytes(spoilt)), (other, place, sealed), (one, place + b"x", sealed),
                  (one, place, sealed[:5])):
        with pytest.raises(Refused, match="key that is here"):
            unseal(*wrong)


DEEDS = ["send", "late", "withdraw", "change", "open", "extend"]
STEPS = st.lists(st.sampled_from(DEEDS), min_size=3, max_size=8)


@given(steps=STEPS)
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_tried_nothing_opens_early_and_what_counts_came_in_time(world, steps):
    row = held_competition(world)
    bid, who = filled(row, name=uuid4().hex)
    by, closes, at, opened = viewer_of(world.admin()), row.closes, NOW, False
    for number, step in enumerate(steps):
        at = max(at + timedelta(hours=1), closes + timedelta(minutes=5) if step in ("late", "open") else at)
        row.refresh_from_db()
        closes = row.closes
        with clock.fixed(at):
            deeds = {
                "send": lambda: send_bid(who=who, bid=bid), "late": lambda: send_bid(who=who, bid=bid),
                "withdraw": lambda: withdraw_bid(who=who, bid=bid),
                "change": lambda price=Decimal(number + 1): change_bid(
                    who=who, bid=bid, part="price", change=lambda draft: replace(draft, price=price)),
                "open": lambda: open_bids(by=by, competition=row),
                "extend": lambda: extend_deadline(by=by, competition=row, reason="x",
                                                  closes=row.closes + timedelta(days=1)),
            }
            with suppress(Refused):
                deeds[step]()
            row.refresh_from_db()
            opened = row.opened_at is not None
            assert not opened or row.opened_at > row.closes
            standing = standing_submission(Bid.objects.get(pk=bid.pk))
            assert standing is None or standing.at <= row.closes
            if not opened:
                with pytest.raises(NotAllowed):
                    opened_package(by, bid)
    row.opened_at = row.opened_by = None
    row.save()


def held_competition(world):
    held = Competition.objects.first()
    if held is None:
        return published(world)
    Competition.objects.filter(pk=held.pk).update(closes=CLOSES, opened_at=None)
    held.refresh_from_db()
    return held


def test_letters():
    assert [letter_at(place) for place in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]



def test_what_came_in_before_the_deadline_is_in_time_though_the_database_was_busy(world):
    bid, who = filled(published(world))
    waited = clock.fixed(CLOSES + timedelta(seconds=2))    # three seconds for a lock
    with clock.fixed(CLOSES - timedelta(seconds=1)), clock.arriving(), waited:
        made = send_bid(who=who, bid=bid)
    assert (made.late, made.at) == (False, CLOSES - timedelta(seconds=1))


def test_nothing_is_taken_into_a_commission_that_is_over(world):
    bid, who = filled(published(world))
    Commission.objects.filter(pk=bid.competition.commission_id).update(state="withdrawn")
    with pytest.raises(Refused, match="This commission is over"):
        send_bid(who=who, bid=Bid.objects.get(pk=bid.pk))
    assert not bid.submissions.exists()


@pytest.mark.parametrize(("told_on", "sound"), [
    (None, True), (date(2026, 11, 20), True), (date(2027, 3, 1), True), (date(2026, 11, 19), False),
    (date(9999, 12, 31), False),
])
def test_bidders_are_told_soon_after_the_decision(told_on, sound):
    if sound:
        told_in_time(date(2026, 11, 20), told_on)
        return
    with pytest.raises(Refused, match="soon after"):
        told_in_time(date(2026, 11, 20), told_on)
