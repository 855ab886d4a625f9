"""What bidders wrote goes by its rule, and with whoever is forgotten; scores, sums, hashes and receipts stay."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import DatabaseError, models, transaction
from django.urls import reverse
from tests.access.competitions import published
from tests.procurement.test_bids import CLOSES, SECRET, filled
from tests.procurement.test_evaluation import OPENED, closed, opened, scored
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.actions.people import erase_person
from commonweal.core.models import TombstoneReason
from commonweal.core.permissions import Role
from commonweal.core.rewording import role_alone, without
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.policy.keeping import keeping
from commonweal.procurement.actions.bid_files import attach
from commonweal.procurement.actions.bidding import change_bid, send_bid, withdraw_bid
from commonweal.procurement.actions.deciding import DecisionSaid, decide
from commonweal.procurement.actions.letting_go import due_to_go, let_bids_go
from commonweal.procurement.bidding import own_draft
from commonweal.procurement.models import Bid, Decision, Score, Submission
from commonweal.procurement.package import Said
from commonweal.procurement.queries.decisions import decision_for
from commonweal.procurement.queries.ranking import ranking_of
from commonweal.procurement.sealing import BidFiles, key_file

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
DAY = timedelta(days=1)
YEAR = 366 * DAY


@pytest.fixture(autouse=True)
def now(settings, tmp_path):
    settings.VAR = tmp_path
    settings.BID_KEY = ""
    with clock.fixed(NOW):
        yield


def words(page):
    return " ".join(re.sub(r"<[^>]*>", " ", page.content.decode()).split())


def decided(world, name="Pat Analyst"):
    """One chosen, one not, one taken back, one never sent with a file; the decision names somebody."""
    with clock.fixed(NOW):
        row = published(world, weights={"what": 10, "done": 10, "safe": 10})
        taken, who = filled(row, name="Taken Back")
        send_bid(who=who, bid=taken)
        withdraw_bid(who=who, bid=taken)
        draft, whose = filled(row, name="Never Sent")
        change_bid(who=whose, bid=draft, part="all", change=lambda held: replace(
            held, contact=name, reach="analyst@testshire.gov.uk",
            answers={**held.answers, "what": Said(f"Ask {name.lower()} first.", 1)}))
        attach(who=whose, bid=draft, file=SimpleUploadedFile("plan.txt", b"A plan"))
    row = opened(world)
    scored(world, row, lambda role, price, question: 5 if price > 850000 else 3)
    closed(world, row)
    by = viewer_of(world.admin())
    decide(by=by, competition=row, said=DecisionSaid(
        letters=(ranking_of(by, row)[0].letter,), reasons=f"{name} put it well.", decided_on=clock.today(),
        authority=f"{name}, Head of Sport"))
    return row, by, (draft, whose)


def test_once_its_time_is_over_what_was_bid_goes_and_the_record_stays(world, django_capture_on_commit_callbacks):
    with clock.fixed(OPENED):
        row, by, (draft, whose) = decided(world)
        before = decision_for(by, row.commission_id)
        files = BidFiles(row.pk)
        held = len(list(files._folder().glob("*.sealed")))
    assert due_to_go(CLOSES.date() + 360 * DAY) == ()
    with clock.fixed(OPENED + YEAR):
        told = StringIO()
        call_command("let_bids_go", "--dry-run", stdout=told)
        assert "Dance: 2 (not-sent)" in told.getvalue()
        assert "2 would go. Nothing was changed." in told.getvalue()
        assert Bid.objects.exclude(let_go_at=None).count() == 0
        with django_capture_on_commit_callbacks(execute=True):
            assert let_bids_go() == 2
        assert (held, len(list(files._folder().glob("*.sealed")))) == (1, 0)
        draft.refresh_from_db()
        assert own_draft(whose, draft).answers == {}
        assert let_bids_go() == 0
    with clock.fixed(OPENED + 3 * YEAR):
        lost = Submission.objects.filter(bid__let_go_at=None)
        hashes = dict(lost.values_list("pk", "sha256"))
        call_command("let_bids_go", stdout=StringIO())
        gone = Bid.objects.exclude(letter="").exclude(let_go_at=None).get()
        assert dict(Submission.objects.filter(pk__in=hashes).values_list("pk", "sha256")) == hashes
        assert decision_for(by, row.commission_id) == before
        assert [one.price for one in ranking_of(by, row)] == [Decimal(900000), Decimal(800000)]
        page = words(signed_in(world.admin()).get(reverse(
            "procurement:opened-bid", args=[world.partnership.pk, row.commission_id, gone.letter])))
        assert "let go on" in page
        assert SECRET not in page
        kept = Bid.objects.exclude(letter="").get(let_go_at=None)
        assert SECRET in words(signed_in(world.admin()).get(reverse(
            "procurement:opened-bid", args=[world.partnership.pk, row.commission_id, kept.letter])))
        with pytest.raises(DatabaseError), transaction.atomic():      # the guard is on again
            models.QuerySet(Submission).filter(bid=gone).update(number=9)


def test_nothing_goes_of_what_is_not_over_nor_without_its_key(world):
    with clock.fixed(OPENED):
        row, _, _ = decided(world)
    Bid.objects.filter(competition=row).update(let_go_at=None)
    key = key_file().read_bytes()
    key_file().write_bytes(b"0" * len(key))
    with clock.fixed(OPENED + YEAR):
        assert len(due_to_go(clock.today())) == 2
        assert let_bids_go() == 0
    row.commission.state = "open"
    row.commission.save()
    assert due_to_go(date(2040, 1, 1)) == ()


def test_a_rule_with_years_on_a_leap_day():
    assert keeping()["not-sent"].goes_on(date(2028, 2, 29)) == date(2029, 3, 1)
    assert keeping()["chosen"].goes_on(date(2028, 2, 29)) is None


def test_who_is_forgotten_leaves_drafts_and_decisions_and_the_figures_stay(world):
    with clock.fixed(OPENED):
        row, by, (draft, whose) = decided(world)
        sent_bid = row.bids.exclude(letter="").first()
        digest = list(sent_bid.submissions.values_list("sha256", flat=True))
        before = decision_for(by, row.commission_id)
        scores = list(Score.objects.order_by("id").values_list("score", flat=True))
        Score.objects.filter(pk=Score.objects.first().pk).update(reason="As Pat Analyst says.")
        erase_person(by=SYSTEM, person=world.people[Role.ANALYST], reason=TombstoneReason.ASKED)
        draft.refresh_from_db()
        left = own_draft(whose, draft)
        assert (left.contact, left.reach, left.answer("what").words) == ("", "", "Ask somebody first.")
        assert left.name == "Never Sent"
        after = decision_for(by, row.commission_id)
        assert (after.authority, after.reasons) == ("Head of Sport", "somebody put it well.")
        assert [(one.total, one.price) for one in after.order] == [(one.total, one.price) for one in before.order]
        assert list(Score.objects.order_by("id").values_list("score", flat=True)) == scores
        assert not Score.objects.filter(reason__contains="Pat").exists()
        assert list(sent_bid.submissions.values_list("sha256", flat=True)) == digest
        with pytest.raises(DatabaseError), transaction.atomic():      # a decision is fixed again
            models.QuerySet(Decision).update(reasons="x")


def test_a_draft_that_no_key_opens_is_left_and_keeps_nobody(world):
    bid = Bid.objects.get(pk=filled(published(world))[0].pk)
    key_file().write_bytes(b"0" * 32)
    erase_person(by=SYSTEM, person=world.people[Role.ANALYST], reason=TombstoneReason.ASKED)
    assert bytes(Bid.objects.get(pk=bid.pk).draft) == bytes(bid.draft)


@pytest.mark.parametrize(("said", "left"), [
    ("Jo Bloggs, Head of Sport", "Head of Sport"), ("Head of Sport (Jo Bloggs)", "Head of Sport"),
    ("jo bloggs", "somebody"), ("Cabinet", "Cabinet"), ("Jo Bloggson", "Jo Bloggson"),
])  # fmt: skip
def test_who_decided_keeps_the_role_alone(said, left):
    assert role_alone("Jo Bloggs")(said) == left
    assert without("Jo Bloggs")(said).count("Bloggs") == said.count("Bloggson")
