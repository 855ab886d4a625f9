"""An evaluation by hand: blind, alone, moderated, ordered by the rules laid down, and frozen when decided."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from tests.access.competitions import published
from tests.procurement.test_bids import SECRET, sent
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.actions.organisations import create_organisation
from commonweal.core.actions.partnerships import add_organisation
from commonweal.core.actions.people import add_person
from commonweal.core.actions.roles import give_role
from commonweal.core.errors import CommonwealError, NotAllowed, Refused
from commonweal.core.models import Organisation, OrganisationKind
from commonweal.core.permissions import Role
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.methods.bid_price import far_below, quality
from commonweal.needs.views.files import as_paper
from commonweal.policy.procurement_facts import Facts
from commonweal.policy.standstill import last_day, standstill_of
from commonweal.present.paper import on_paper
from commonweal.procurement.actions.competing import open_bids
from commonweal.procurement.actions.deciding import DecisionSaid, decide, settle_low_price
from commonweal.procurement.actions.scoring import (
    ScoreSaid,
    begin_moderation,
    close_moderation,
    declare_interests,
    moderate,
    name_evaluator,
    score_answer,
    take_out_evaluator,
)
from commonweal.procurement.documents.feedback import decision_document
from commonweal.procurement.models import Bid, Decision, Evaluator, Score
from commonweal.procurement.opening import opened_package, scored_questions
from commonweal.procurement.package import Member
from commonweal.procurement.queries.decisions import decision_for
from commonweal.procurement.queries.evaluation import answers_to_agree, answers_to_score, bidders_to_declare
from commonweal.procurement.queries.ranking import ranking_of

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
OPENED = NOW + timedelta(days=30, hours=1)
TWO = (Role.ANALYST, Role.CONTRIBUTOR)


@pytest.fixture(autouse=True)
def now(settings, tmp_path):
    settings.VAR = tmp_path
    settings.BID_KEY = ""
    with clock.fixed(NOW):
        yield


def words(answer):
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def boss(world):
    return viewer_of(world.admin())


def seen_by(world, role):
    return viewer_of(world.people[role])


def opened(world, prices=("800000", "900000"), **more):
    """Bids at these prices, opened, with two who score and have no conflict."""
    with clock.fixed(NOW):
        row = published(world, weights={"what": 10, "done": 10, "safe": 10}, **more)
    for number, price in enumerate(prices, start=1):
        with clock.fixed(NOW):
            sent(row, name=f"Marsh End Dance {number}", price=price)
    row = open_bids(by=boss(world), competition=row)
    for role in TWO:
        name_evaluator(by=boss(world), competition=row, person=world.people[role].pk)
        declare_interests(by=seen_by(world, role), competition=row, conflict=False, words="")
    return row


def scored(world, row, give):
    """Each gives `give(role, price, question)`."""
    prices = {one.letter: price_of(world, one) for one in row.bids.exclude(letter="")}
    for role in TWO:
        for letter, price in prices.items():
            for question in scored_questions(row):
                score_answer(by=seen_by(world, role), competition=row, letter=letter, told=ScoreSaid(
                    question=question, score=give(role, price, question), reason=f"{role} says {question}."))
    return prices


def price_of(world, bid):
    return price_of_as(boss(world), bid)


def price_of_as(viewer, bid):
    return opened_package(viewer, bid).price


def closed(world, row):
    begin_moderation(by=boss(world), competition=row)
    close_moderation(by=boss(world), competition=row)


@pytest.fixture
def after(world):
    """The hour after the opening."""
    with clock.fixed(OPENED):
        yield


@pytest.mark.promise("R6")
def test_from_the_opening_to_the_letter_through_the_pages(world, after):
    row = opened(world)
    where = [world.partnership.pk, row.commission_id]
    run, one = signed_in(world.admin()), signed_in(world.people[Role.ELECTED_MEMBER])
    here = reverse("procurement:evaluation", args=where)
    run.post(reverse("procurement:evaluation-people", args=where), {"people": [str(
        world.people[Role.ELECTED_MEMBER].pk)]})
    page = one.get(reverse("procurement:evaluation-declare", args=where))
    assert "Marsh End Dance 1" in words(page)
    one.post(reverse("procurement:evaluation-declare", args=where), {"conflict": "no"})
    first = reverse("procurement:score", args=[*where, "A", "what"])
    shown = words(one.get(first))
    assert SECRET in shown
    assert "Marsh End" not in shown
    assert "800,000" not in shown
    assert "Enter your reason" in words(one.post(first, {"score": "4"}))
    onward = one.post(first, {"score": "4", "reason": "Convincing."})
    assert onward.url == reverse("procurement:score", args=[*where, "B", "what"])
    assert "Convincing." not in words(run.get(here))
    assert "has not scored everything yet" in words(run.post(reverse("procurement:moderation-begin", args=where)))
    seat = Evaluator.objects.get(person=world.people[Role.ELECTED_MEMBER])
    run.post(reverse("procurement:evaluation-take-out", args=[*where, seat.pk]), {"why": "Ill."})
    prices = scored(world, row, lambda role, price, question: 5 if price > 850000 else 4 - (
        question == "what" and role == Role.ANALYST))
    cheap = next(letter for letter, price in prices.items() if price < 850000)
    run.post(reverse("procurement:moderation-begin", args=where))
    assert "5 of 6 scores are agreed." in words(run.get(here))
    agree = reverse("procurement:moderate", args=[*where, cheap, "what"])
    assert "Pat Analyst: 3." in words(run.get(agree))
    run.post(agree, {"score": "4", "reason": "What was doubted stands in the answer on risk."})
    one_of_two = signed_in(world.people[Role.ANALYST])
    assert "scores are not changed any more" in words(one_of_two.get(
        reverse("procurement:score", args=[*where, cheap, "what"])))
    assert "You declared no conflict." in words(one_of_two.get(
        reverse("procurement:evaluation-declare", args=where)))
    late = one_late(world, row, cheap)
    assert "Moderation began" in late
    run.post(reverse("procurement:moderation-close", args=where))
    page = words(run.get(here))
    assert "Marsh End Dance 2 is the most advantageous, with 95.6 of 100." in page
    decide_at = reverse("procurement:decide-commission", args=where)
    told = {"reasons": "Best for the place.", "authority": "Cabinet", "decided_on_day": "22",
            "decided_on_month": "12", "decided_on_year": "2026"}
    assert "The most advantageous is bid" in words(run.post(decide_at, told | {"letters": [cheap]}))
    best = next(letter for letter in prices if letter != cheap)
    run.post(decide_at, told | {"letters": [best], "wait": "on"})
    done = words(run.get(here))
    assert "Marsh End Dance 2 is chosen." in done
    assert "Sign after the end of 5 January 2027" in done
    letter = run.get(reverse("procurement:feedback", args=[*where, cheap]))
    text = "\n".join([one.text for one in Document(BytesIO(letter.content)).paragraphs]
                     + [cell.text for table in Document(BytesIO(letter.content)).tables for row in table.rows
                        for cell in row.cells])
    for said in ("To Marsh End Dance 1", "It came second of 2", "What was doubted stands in the answer on risk.",
                 "Chosen: Marsh End Dance 2"):
        assert said in text
    assert run.get(reverse("procurement:decision-file", args=[*where, "docx"])).status_code == 200
    assert "You need not wait" not in text      # that is for whoever chooses
    card = decision_for(boss(world), row.commission_id)
    several = replace(card, chosen=(replace(card.chosen[0], members=(Member("Quay Rowing", "Boats", 30),)),))
    with on_paper():
        assert as_paper(decision_document(several, "Dance", "Testshire", "Council", invented=False), "pdf")
    assert "Chosen: Marsh End Dance 2." in words(Client().get(reverse("procurement:competition", args=[row.pk])))


def one_late(world, row, letter):
    with pytest.raises(Refused) as refusal:
        score_answer(by=seen_by(world, Role.ANALYST), competition=row, letter=letter, told=ScoreSaid(
            question="what", score=0, reason="Too late"))
    return str(refusal.value)


def test_what_is_decided_is_frozen_and_keeps_what_each_gave(world, after):
    row = opened(world)
    scored(world, row, lambda role, price, question: 3)
    closed(world, row)
    assert "Moderation closed on 22 December 2026" in one_late(world, row, "A")
    with pytest.raises(Refused, match="Moderation closed"):
        moderate(by=boss(world), competition=row, letter="A", told=ScoreSaid(
            question="what", score=0, reason="No"))
    best = ranking_of(boss(world), row)[0]
    assert (best.name, best.quality, best.price_points, best.total) == ("Marsh End Dance 1", 60.0, 100.0, 76.0)
    decide(by=boss(world), competition=row, said=DecisionSaid(
        letters=(best.letter,), reasons="Cheapest of equals.", authority="Cabinet", decided_on=clock.today()))
    card = decision_for(boss(world), row.commission_id)
    assert [one.name for one in card.chosen] == ["Marsh End Dance 1"]
    assert card.order[0].scores[0].given == (3, 3)
    assert card.rules["formula"] == "lowest"
    assert decision_for(viewer_of(world.outsider), row.commission_id) is None
    assert decision_for(seen_by(world, Role.PROVIDER), row.commission_id) is None
    with pytest.raises(Refused, match="decided already"):
        decide(by=boss(world), competition=row, said=DecisionSaid(
            letters=(), reasons="x", authority="x", decided_on=clock.today()))
    with pytest.raises(CommonwealError):
        Decision.objects.get().save()


def test_nobody_scores_without_a_declaration_with_a_conflict_or_unasked(world, after):
    row = opened(world)
    told = ScoreSaid(question="what", score=3, reason="Fair.")
    name_evaluator(by=boss(world), competition=row, person=world.people[Role.OBSERVER].pk)
    with pytest.raises(Refused, match="Declare your interests first"):
        score_answer(by=seen_by(world, Role.OBSERVER), competition=row, letter="A", told=told)
    with pytest.raises(Refused, match="what the conflict is"):
        declare_interests(by=seen_by(world, Role.OBSERVER), competition=row, conflict=True, words="")
    declare_interests(by=seen_by(world, Role.OBSERVER), competition=row, conflict=True, words="My sister runs it.")
    for role, error in ((Role.OBSERVER, "conflict"), (Role.ELECTED_MEMBER, "not asked")):
        with pytest.raises(NotAllowed, match=error):
            score_answer(by=seen_by(world, role), competition=row, letter="A", told=told)
    with pytest.raises(CommonwealError, match="sees its evidence"):
        name_evaluator(by=boss(world), competition=row, person=world.people[Role.PROVIDER].pk)
    with pytest.raises(NotAllowed):
        answers_to_score(seen_by(world, Role.OBSERVER), row)
    with pytest.raises(Refused, match="reason"):
        score_answer(by=seen_by(world, Role.ANALYST), competition=row, letter="A", told=ScoreSaid(
            question="what", score=3, reason=" "))


def test_an_organisation_that_bids_under_its_name_is_a_conflict(world, after):
    own = seen_by(world, Role.OBSERVER).organisations_in(world.partnership.pk)[0]
    with clock.fixed(NOW):
        row = published(world, weights={"what": 10, "done": 10, "safe": 10})
        sent(row, name=f"{Organisation.objects.get(pk=own).name.upper()} ")
    row = open_bids(by=boss(world), competition=row)
    name_evaluator(by=boss(world), competition=row, person=world.people[Role.OBSERVER].pk)
    with pytest.raises(Refused, match="bids, alone or with others"):
        declare_interests(by=seen_by(world, Role.OBSERVER), competition=row, conflict=False, words="")


def test_others_scores_names_and_prices_come_out_in_their_time(world, after):
    row = opened(world)
    score_answer(by=seen_by(world, Role.ANALYST), competition=row, letter="A", told=ScoreSaid(
        question="what", score=5, reason="Splendid"))
    for viewer in (boss(world), seen_by(world, Role.CONTRIBUTOR)):
        with pytest.raises(NotAllowed, match="all have scored"):
            answers_to_agree(viewer, row)
        with pytest.raises(NotAllowed, match="moderation is closed"):
            ranking_of(viewer, row)
    assert "Splendid" not in repr(answers_to_score(seen_by(world, Role.CONTRIBUTOR), row))
    assert bidders_to_declare(seen_by(world, Role.ANALYST), row) == ("Marsh End Dance 1", "Marsh End Dance 2")
    with pytest.raises(NotAllowed):
        bidders_to_declare(viewer_of(world.outsider), row)
    seat = Evaluator.objects.get(person=world.people[Role.ANALYST])
    take_out_evaluator(by=boss(world), evaluator=seat, why="Left the council.")
    with pytest.raises(Refused, match="At least 2 must score"):
        begin_moderation(by=boss(world), competition=row)
    assert Score.objects.count() == 1    # kept, and does not count


def test_a_price_far_below_must_be_explained_and_a_poor_answer_is_out(world, after):
    row = opened(world, ("300000", "900000", "1000000"), quality_floor=50)
    letters = scored(world, row, lambda role, price, question: 1 if price == 1_000_000 else 4)
    closed(world, row)
    low = next(letter for letter, price in letters.items() if price == 300_000)
    told = DecisionSaid(letters=(low,), reasons="x", authority="Cabinet", decided_on=clock.today())
    with pytest.raises(Refused, match="far below"):
        decide(by=boss(world), competition=row, said=told)
    settle_low_price(by=boss(world), competition=row, letter=low, said="We forgot the hall.", accepted=False,
                     reason="It could not be run for it.")
    order = ranking_of(boss(world), row)
    assert [(one.place, one.price) for one in order if not one.out] == [(1, Decimal(900_000))]
    assert {one.out.split(",")[0].split(":")[0] for one in order if one.out} == {
        "Its quality", "Its price was not explained"}
    with pytest.raises(Refused, match="not out"):
        decide(by=boss(world), competition=row, said=told)
    decide(by=boss(world), competition=row, said=DecisionSaid(
        letters=(), reasons="Nobody fits.", authority="Cabinet", decided_on=clock.today()))
    assert decision_for(boss(world), row.commission_id).chosen == ()


def test_several_may_be_chosen_only_where_that_was_laid_down(world, after):
    row = opened(world, several=True, price_weight=0)
    scored(world, row, lambda role, price, question: 4)
    closed(world, row)
    decide(by=boss(world), competition=row, said=DecisionSaid(
        letters=("A", "B"), reasons="Each does a part.", authority="Cabinet", decided_on=clock.today()))
    assert len(decision_for(boss(world), row.commission_id).chosen) == 2
    assert [one.place for one in decision_for(boss(world), row.commission_id).order] == [1, 1]


def test_a_letter_hides_names_however_they_are_written(world, after):
    from commonweal.procurement.blinding import HIDDEN, blinded

    assert blinded("MARSH END Dance and marsh end dance", ("Marsh End Dance",)) == f"{HIDDEN} and {HIDDEN}"
    assert not Bid.objects.exists()


@pytest.mark.parametrize(("first", "last"), [
    (date(2026, 12, 22), date(2027, 1, 5)),    # over Christmas and New Year
    (date(2026, 12, 5), date(2026, 12, 16)),   # a Saturday is not counted
    (date(2027, 3, 22), date(2027, 4, 2)),     # over Good Friday and Easter Monday
    (date(2027, 1, 11), date(2027, 1, 20)),
])  # fmt: skip
def test_eight_working_days(first, last):
    assert last_day(first, 8) == last


@pytest.mark.parametrize(("what", "net", "wait", "required"), [
    ("light-touch", 900_000, False, False), ("services", 900_000, False, True),
    ("light-touch", 900_000, True, False),
    (None, 900_000, False, None),
])  # fmt: skip
def test_when_one_must_wait(what, net, wait, required):
    facts = Facts(begun=date(2026, 12, 1), nation="england", buyer="sub-central", deal="contract", what=what,
                  net=Decimal(net), vat_rate=Decimal("0.2"))
    found = standstill_of(facts, told_on=date(2027, 1, 11), wait=wait)
    assert found.required is required
    assert (found.last == date(2027, 1, 20)) == bool(required or wait)


@pytest.mark.parametrize(("prices", "per_cent", "far"), [
    ((50, 100, 100), 25, (True, False, False)), ((75, 100, 100), 25, (False, False, False)),
    ((74, 100, 100), 25, (True, False, False)), ((100,), 25, (False,)), ((), 25, ()),
])  # fmt: skip
def test_far_below(prices, per_cent, far):
    assert far_below(prices, per_cent) == far


def test_quality():
    assert quality([5, 0], [1, 1]) == 50
    assert quality([4, 2], [3, 1]) == 70


def test_a_partner_who_may_bid_too_reads_nothing_of_what_others_bid(world, after):
    """Somebody who works in the partnership, for an organisation that does not commission it."""
    trust = create_organisation(by=SYSTEM, name="Test Trust", kind=OrganisationKind.TRUST)
    add_organisation(by=SYSTEM, partnership=world.partnership, organisation=trust)
    person = add_person(by=SYSTEM, email="t@trust.example", name="Tess", password="a long pass phrase 7")
    give_role(by=SYSTEM, partnership=world.partnership, person=person, organisation=trust, role=Role.ADMIN)
    partner, row = viewer_of(person), opened(world)
    name_evaluator(by=boss(world), competition=row, person=world.people[Role.OBSERVER].pk)
    declare_interests(by=seen_by(world, Role.OBSERVER), competition=row, conflict=True, words="Dance 2 is ours.")
    there = reverse("procurement:evaluation", args=[world.partnership.pk, row.commission_id])
    assert "Dance 2" not in words(signed_in(person).get(there))     # a declared conflict names who bids
    assert "Dance 2" in words(signed_in(world.admin()).get(there))
    scored(world, row, lambda role, price, question: 3)
    begin_moderation(by=boss(world), competition=row)
    for look in (lambda: ranking_of(partner, row), lambda: answers_to_agree(partner, row),
                 lambda: price_of_as(partner, row.bids.first())):
        with pytest.raises(NotAllowed, match="commissions it read"):
            look()
    close_moderation(by=boss(world), competition=row)
    decide(by=boss(world), competition=row, said=DecisionSaid(
        letters=(ranking_of(boss(world), row)[0].letter,), reasons="x", authority="Cabinet",
        decided_on=clock.today()))
    card = decision_for(partner, row.commission_id)
    assert [one.name for one in card.chosen] == ["Marsh End Dance 1"]
    assert card.order == ()
    page = words(signed_in(person).get(reverse("procurement:evaluation", args=[
        world.partnership.pk, row.commission_id])))
    assert "Marsh End Dance 1 is chosen." in page
    assert "Marsh End Dance 2" not in page
