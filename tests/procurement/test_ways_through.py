"""Ways carried through: terms agreed after answers, a community's challenge, competitions kept for some."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from tests.access.commissions import FACTS, made
from tests.access.competitions import told
from tests.procurement.test_bids import filled
from tests.procurement.test_evaluation import OPENED, closed, opened, scored
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.actions.organisations import create_organisation
from commonweal.core.actions.partnerships import add_organisation
from commonweal.core.actions.roles import give_role
from commonweal.core.errors import CommonwealError, NotAllowed, NotFound, Refused
from commonweal.core.models import OrganisationKind
from commonweal.core.permissions import Role
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.policy.procurement_rules import answer
from commonweal.procurement.actions.agreeing import TermsSaid, agree_terms
from commonweal.procurement.actions.bidding import change_bid, send_bid
from commonweal.procurement.actions.challenging import (
    ChallengeSaid,
    VerdictSaid,
    compete_for_challenged,
    decide_challenge,
    receive_challenge,
)
from commonweal.procurement.actions.commission import CommissionSaid, choose_tier, tell_facts
from commonweal.procurement.actions.competing import publish_competition
from commonweal.procurement.actions.deciding import DecisionSaid, decide
from commonweal.procurement.actions.other_ways import note_talk
from commonweal.procurement.models import Challenge
from commonweal.procurement.queries.challenges import challenge_for, challenges_for
from commonweal.procurement.queries.decisions import decision_for
from commonweal.procurement.queries.ranking import ranking_of

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TERMS = TermsSaid(held_on=date(2026, 12, 22), words="Two halls, not three.", price=Decimal(700000))
CHOICE = DecisionSaid(letters=(), reasons="Best.", authority="Cabinet", decided_on=date(2026, 12, 22))


@pytest.fixture(autouse=True)
def now(settings, tmp_path):
    settings.VAR = tmp_path
    settings.BID_KEY = ""
    with clock.fixed(NOW):
        yield


def words(page):
    return " ".join(re.sub(r"<[^>]*>", " ", page.content.decode()).split())


def negotiated(world):
    """Two bids whose scores are agreed; talks after the answers were laid down."""
    row = opened(world, way="negotiated")
    scored(world, row, lambda role, price, question: 4)
    closed(world, row)
    return row


@pytest.mark.promise("R8")
def test_terms_are_agreed_after_the_answers_and_stand_in_the_decision(world):
    with clock.fixed(OPENED):
        row, by, run = negotiated(world), viewer_of(world.admin()), signed_in(world.admin())
        where = [world.partnership.pk, row.commission_id]
        dear = next(one.letter for one in ranking_of(by, row) if one.offered == 900000)
        cheap = next(one.letter for one in ranking_of(by, row) if one.offered == 800000)
        assert "talk with those who may be chosen" in words(run.get(reverse("procurement:evaluation", args=where)))
        run.post(reverse("procurement:agree-terms", args=[*where, dear]), {
            "words": TERMS.words, "price": "£700,000", "held_on_day": "22", "held_on_month": "12",
            "held_on_year": "2026"})
        first = ranking_of(by, row)[0]
        assert (first.letter, first.price, first.offered) == (dear, 700000, 900000)
        assert "£700,000 now; £900,000 was sent." in words(run.get(
            reverse("procurement:opened-bid", args=[*where, dear])))
        with pytest.raises(Refused, match=f"bid {cheap} has had none"):
            decide(by=by, competition=row, said=replace(CHOICE, letters=(dear,)))
        note_talk(by=by, competition=row, stage="", held_on=clock.today(), words="The hall is free on Sundays.")
        agree_terms(by=by, competition=row, letter=cheap, said=replace(TERMS, words="As sent.", price=None))
        decide(by=by, competition=row, said=replace(CHOICE, letters=(dear,)))
        card = decision_for(by, row.commission_id)
        assert (card.chosen[0].terms, card.chosen[0].price, card.order[0].offered) == (TERMS.words, 700000, 900000)
        assert "Two halls, not three." in words(run.get(reverse("procurement:evaluation", args=where)))
        public = words(Client().get(reverse("procurement:competition", args=[row.pk])))
        assert "The hall is free on Sundays." in public
        assert "Two halls" not in public
        with pytest.raises(Refused, match="decided or withdrawn"):
            agree_terms(by=by, competition=row, letter=dear, said=TERMS)


def test_terms_that_cannot_be(world):
    with clock.fixed(OPENED):
        row, by = opened(world, way="co-design"), viewer_of(world.admin())
        with pytest.raises(Refused, match="Close moderation first"):
            agree_terms(by=by, competition=row, letter="A", said=TERMS)
        scored(world, row, lambda role, price, question: 4)
        closed(world, row)
        for change, why in (({"held_on": date(2026, 12, 23)}, "lies ahead"), ({"words": " "}, "Write what"),
                            ({"held_on": date(2026, 12, 1)}, "before the deadline"),
                            ({"price": Decimal(-1)}, "nought or more")):
            with pytest.raises(Refused, match=why):
                agree_terms(by=by, competition=row, letter="A", said=replace(TERMS, **change))
        row.way = "open"
        row.save()
        with pytest.raises(Refused, match="No talks after"):
            agree_terms(by=by, competition=row, letter="A", said=TERMS)


EOI = {"body": "Marsh End Dance", "kind": "voluntary", "service": "Marsh End hall", "able": "Ten years of it.",
       "difference": "Open on Sundays.", "answer_by": date(2027, 1, 20)}
YES = VerdictSaid(verdict="accepted", reasons="It is wanted.", decider="Cabinet", begins_after=date(2026, 12, 1),
                  begins_by=date(2027, 3, 1))


def challenger(world):
    """Somebody of a group in the partnership that provides."""
    group = create_organisation(by=SYSTEM, name="Marsh End Dance", kind=OrganisationKind.THIRD_SECTOR)
    add_organisation(by=SYSTEM, partnership=world.partnership, organisation=group)
    give_role(by=SYSTEM, partnership=world.partnership, person=world.loner, organisation=group, role=Role.PROVIDER)
    return viewer_of(world.loner)


@pytest.mark.promise("R8")
def test_a_challenge_is_written_decided_told_and_sets_off_a_competition(world):
    theirs, ours = challenger(world), viewer_of(world.admin())
    club, council, there = signed_in(world.loner), signed_in(world.admin()), world.partnership.pk
    told_of = {**EOI, "authority": str(world.council.pk), "answer_by_day": "20", "answer_by_month": "1",
               "answer_by_year": "2027"}
    club.post(reverse("procurement:challenge-write", args=[there]), told_of)
    club.post(reverse("procurement:challenge-write", args=[there]), told_of)      # pressed twice
    row = Challenge.objects.get()
    assert "Decide on a challenge: Marsh End hall" in words(council.get(reverse("web:partnership", args=[there])))
    here = reverse("procurement:challenge", args=[there, row.pk])
    assert "answers by 20 January 2027" in words(club.get(here))
    decide_at = reverse("procurement:challenge-decide", args=[there, row.pk])
    assert club.get(decide_at).status_code == 403
    refused = words(council.post(decide_at, {"verdict": "rejected", "reasons": "No.", "decider": "Cabinet"}))
    assert "on one of the grounds listed alone" in refused
    public = reverse("procurement:challenges-public")
    assert "Marsh End hall" not in words(Client().get(public))
    council.post(decide_at, {
        "verdict": "accepted", "reasons": "It is wanted.", "decider": "Cabinet", "begins_after_day": "1",
        "begins_after_month": "12", "begins_after_year": "2026", "begins_by_day": "1", "begins_by_month": "3",
        "begins_by_year": "2027"})
    page = words(Client().get(public))
    assert "Begins between 1 December 2026 and 1 March 2027" in page
    assert "Ten years of it." not in page
    council.post(reverse("procurement:challenge-compete", args=[there, row.pk]),
                 {"title": "Marsh End hall", "purpose": "Open on Sundays.", "place": "Marsh End"})
    assert "a competition for everybody has begun" in words(club.get(here))
    assert challenge_for(ours, there, row.pk).commission is not None
    assert [one.ours for one in challenges_for(theirs, there)] == [False]
    assert challenges_for(viewer_of(world.people[Role.PROVIDER]), there) == ()


@pytest.mark.parametrize(("deed", "error", "why"), [
    (lambda world, row, by: receive_challenge(by=by, partnership=world.partnership, said=ChallengeSaid(
        **{**EOI, "authority": world.other_council.pk})), NotFound, "no council of the partnership"),
    (lambda world, row, by: receive_challenge(by=by, partnership=world.partnership, said=ChallengeSaid(
        **{**EOI, "authority": world.council.pk, "kind": "firm"})), Refused, "what kind of body"),
    (lambda world, row, by: receive_challenge(by=by, partnership=world.partnership, said=ChallengeSaid(
        **{**EOI, "authority": world.council.pk, "kind": "staff"})), Refused, "would talk with those"),
    (lambda world, row, by: receive_challenge(by=by, partnership=world.partnership, said=ChallengeSaid(
        **{**EOI, "authority": world.council.pk, "able": " "})), Refused, "why they are able"),
    (lambda world, row, by: decide_challenge(by=by, challenge=row, said=replace(YES, verdict="changed")), Refused,
     "Say which change"),
    (lambda world, row, by: decide_challenge(by=by, challenge=row, said=replace(YES, begins_by=None)), Refused,
     "Name the days"),
    (lambda world, row, by: decide_challenge(by=by, challenge=row, said=replace(
        YES, begins_by=date(2026, 11, 1), begins_after=date(2026, 11, 30))), Refused, "after the first"),
    (lambda world, row, by: compete_for_challenged(by=by, challenge=row, said=CommissionSaid(
        title="x", purpose="x", place="x")), Refused, "that was accepted"),
    (lambda world, row, by: decide_challenge(by=viewer_of(world.outsider), challenge=row, said=YES), NotAllowed,
     None),
])  # fmt: skip
def test_what_a_challenge_refuses(world, deed, error, why):
    by = viewer_of(world.admin())
    row = receive_challenge(by=by, partnership=world.partnership,
                            said=ChallengeSaid(**{**EOI, "authority": world.council.pk}))
    with pytest.raises(error, match=why):
        deed(world, row, by)
    assert not Challenge.objects.exclude(verdict="").exists()


def test_past_their_review_the_rules_decide_no_challenge(world):
    by = viewer_of(world.admin())
    row = receive_challenge(by=by, partnership=world.partnership,
                            said=ChallengeSaid(**{**EOI, "authority": world.council.pk}))
    with clock.fixed(datetime(2027, 6, 1, tzinfo=UTC)), pytest.raises(Refused, match="nobody has, so nothing"):
        decide_challenge(by=by, challenge=row, said=YES)


@pytest.mark.parametrize(("reserve", "more", "tick"), [
    ("supported", {}, "at least 30% of those who will do this"), ("mutual", {}, "run by our employees"),
    ("local", {"net": Decimal(80000)}, "based in the area"),
    ("small", {"net": Decimal(80000)}, "voluntary, community or social enterprise"),
])  # fmt: skip
def test_a_competition_is_kept_for_some_and_who_bids_says_it_is_one(world, reserve, more, tick):
    commission, by = made(world), viewer_of(world.admin())
    facts = replace(FACTS, reserve=reserve, **more)
    assert any(one.sort == "route" and "reserve" in one.words for one in answer(facts, on=clock.today()).found)
    tell_facts(by=by, commission=commission, facts=facts)
    choose_tier(by=by, commission=commission, tier=4, reason="" if not more else "Wanted.")
    row = publish_competition(by=by, commission=commission, said=told())
    assert "Kept for" in words(Client().get(reverse("procurement:competition", args=[row.pk])))
    bid, who = filled(row)
    page = Client()
    page.get(reverse("procurement:bid-begin", args=[row.pk]))
    page.post(reverse("procurement:bid-begin", args=[row.pk]), {
        "name": "Quay", "contact": "Jo", "reach": "01234 1"})
    own = row.bids.exclude(pk=bid.pk).get()
    assert tick in words(page.get(reverse("procurement:bid-who", args=[own.pk])))
    with pytest.raises(Refused, match="one of those it is kept for"):
        send_bid(who=who, bid=bid)
    change_bid(who=who, bid=bid, part="who", change=lambda draft: replace(draft, eligible=True))
    assert not send_bid(who=who, bid=bid).late


@pytest.mark.parametrize(("more", "why"), [
    ({"reserve": "mutual", "years": Decimal(6)}, "five years at most"),
    ({"reserve": "mutual", "what": "services"}, "Only light-touch"),
    ({"reserve": "local"}, "below the threshold may be reserved"),
    ({"reserve": "local", "net": Decimal(80000), "begun": date(2026, 2, 3)}, "before 4 February 2026"),
    ({"reserve": "small"}, "below the threshold may be reserved"),
])  # fmt: skip
def test_what_may_not_be_kept_does_not_open(world, more, why):
    commission, by = made(world), viewer_of(world.admin())
    tell_facts(by=by, commission=commission, facts=replace(FACTS, **more))
    choose_tier(by=by, commission=commission, tier=4, reason="Wanted.")
    with pytest.raises(CommonwealError, match=why):
        publish_competition(by=by, commission=commission, said=told())
