"""Want and need side by side, and the decision: two orders that part, what flips them, kept as it stood."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from tests.access.deciding import decided, outcomes, weighed
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.errors import CommonwealError, Immutable, NotAllowed, NotFound, Refused
from commonweal.core.permissions import Role
from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.evidence import Told, place_evidence, record_evidence
from commonweal.needs.actions.need import Wording, hold_evidence, write_need
from commonweal.needs.models import Side, Verdict
from commonweal.priorities.actions.decision import Decided, decide_priorities
from commonweal.priorities.actions.outcome import OutcomeSaid, change_outcome, withdraw_outcome
from commonweal.priorities.actions.weighing import Candidate, begin_weighing, give_weights, score_candidates
from commonweal.priorities.models import Decision, DecisionVersion, Outcome, Weighing, WeighingSide
from commonweal.priorities.queries.decisions import decision_for, decisions_for
from commonweal.priorities.queries.held_evidence import CLOSED
from commonweal.priorities.queries.weighings import weighing_for
from commonweal.priorities.two_rankings import two_rankings

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def then(settings, tmp_path):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        yield


@pytest.fixture
def member(world):
    return viewer_of(world.people[Role.ELECTED_MEMBER])


def said(row, member, **more):
    """A decision for every scored outcome, in the order in which they stand."""
    view = weighing_for(member, row.partnership_id, row.pk)
    return Decided(**{
        "title": "Priorities", "order": tuple(one.outcome for one in view.scored), "body": "Cabinet",
        "reasons": "Members were asked.", "decided_on": date(2026, 11, 20), "people": (member.person,), **more,
    })


def test_two_orders_part_and_the_smallest_change_is_said():
    told = two_rankings(("Dance", "Sundays"), ("Popular", "Reach"), ((100, 0), (0, 100)), (70, 30), (20, 80))
    assert told.answer == (
        "Members put Dance first, need puts Sundays first. The two part over one pair of outcomes."
    )
    assert [(one.wanted, one.needed, round(one.moved, 6)) for one in told.partings] == [("Dance", "Sundays", 0.2)]
    assert "20.0 of 100 points" in told.partings[0].words
    assert "from Popular (-20.0) to Reach (+20.0)" in told.partings[0].words
    assert told.turns == ("Where need counts for 40% and want for the rest, Sundays comes first.",)


def test_a_criterion_that_tells_nothing_apart_is_named():
    told = two_rankings(("A", "B"), ("Same", "Other"), ((50, 0), (50, 10)), (1, 1), (3, 1))
    assert told.same == ("Same",)
    assert told.answer == "Want and need both put B first. No two outcomes stand the other way round."


@pytest.mark.parametrize(("more", "words"), [
    ({"criteria": ("One",)}, "2 to 8 criteria"), ({"criteria": ("One", " one ")}, "the same"),
    ({"criteria": ("x" * 81, "y")}, "80 letters"), ({"outcomes": ()}, "2 to 12"),
])
def test_what_cannot_be_weighed_is_refused_in_words(world, more, words):
    with pytest.raises(Refused, match=words):
        begin_weighing(**{"by": viewer_of(world.admin()), "partnership": world.partnership, "title": "T",
                          "criteria": ("A", "B"), "outcomes": (), **more})


def test_scores_and_weights_that_cannot_stand_are_refused_in_words(world, member):
    row, by = weighed(world), viewer_of(world.admin())
    keys = [one.outcome for one in weighing_for(by, row.partnership_id, row.pk).candidates]
    for scores, over, words in (
        ((1.0,), 2, "missing"), ((1.0, 101.0), 2, "0 to 100"), ((1.0, 1.0), 1, "meanwhile"),
        ((1.0, float("nan")), 2, "0 to 100"),
    ):
        with pytest.raises(Refused, match=words):
            score_candidates(by=by, weighing=row, over=over,
                             candidates=tuple(Candidate(outcome=key, scores=scores) for key in keys))
    for weights, reason, words in (((0, 0), "x", "sum to nothing"), ((1,), "x", "every criterion"),
                                   ((1, 1), " ", "rest on"), ((1, 1), "Ask Cllr Jones", "name a person")):
        with pytest.raises(Refused, match=words):
            give_weights(by=member, weighing=row, side=WeighingSide.WANT, weights=weights, reason=reason)
    with pytest.raises(NotAllowed):
        give_weights(by=by, weighing=row, side=WeighingSide.WANT, weights=(1, 1), reason="x")


def test_what_must_be_done_stands_apart_and_needs_no_score(world, member):
    row, by = weighed(world), viewer_of(world.admin())
    view = weighing_for(by, row.partnership_id, row.pk)
    score_candidates(by=by, weighing=row, over=2, candidates=(
        Candidate(outcome=view.candidates[0].outcome, must="A duty in law"),
        *(Candidate(outcome=one.outcome, scores=one.scores) for one in view.candidates[1:]),
    ))
    view = weighing_for(by, row.partnership_id, row.pk)
    assert [one.title for one in view.musts] == ["Dance"]
    assert [one.name for one in view.told.rows] == ["Sundays", "Evenings"]
    decide_priorities(by=member, weighing=row, said=said(row, member), read=3)
    found, = decisions_for(by, row.partnership_id)
    assert [one.title for one in found.musts] == ["Dance"]


@pytest.mark.promise("O4")
def test_a_decision_stays_as_it_was_taken_and_is_only_superseded(world, member):
    row = decided(world)
    before = decision_for(member, row.partnership_id, row.pk, 1)
    assert before.takers == ("Pat Elected member, Testshire District Council",)
    change_outcome(
        by=viewer_of(world.admin()), outcome=Outcome.objects.get(title="Dance"), over=1, reason="Clearer",
        said=OutcomeSaid(title="Ballet", statement="All else.", who="Some", where="Elsewhere"),
    )
    assert decision_for(member, row.partnership_id, row.pk, 1) == before
    version = DecisionVersion.objects.get()
    with pytest.raises(Immutable):
        version.save()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE priorities_decisionversion SET reasons = 'other'")
    weighing = Weighing.objects.get()
    decide_priorities(by=member, weighing=weighing, read=2, supersedes=row,
                      said=said(weighing, member, reasons="Anew.", over=1))
    assert not decision_for(member, row.partnership_id, row.pk, 1).newest
    assert [one.number for one in decisions_for(member, row.partnership_id)] == [2]
    with pytest.raises(Refused, match="superseded meanwhile"):
        decide_priorities(by=member, weighing=weighing, read=2, supersedes=row,
                          said=said(weighing, member, over=1))


def test_a_decision_keeps_the_evidence_its_needs_stood_on(world, member):
    by, there = viewer_of(world.admin()), world.partnership
    need = write_need(by=by, partnership=there, title="Dance near home", side=Side.FOR_CULTURE, theme="culture",
                      said=Wording("Girls", "Here", "somewhere to dance", "They say so")).identity
    told = Told(title="At the desk", kind="interviews", perspective="users", summary="They want to dance.")
    item = record_evidence(by=by, partnership=there, told=told)
    place_evidence(by=by, partnership=there, item=item.pk)
    hold_evidence(by=by, need=need, item=item.pk, verdict=Verdict.SUPPORTS)
    dance = Outcome.objects.get(pk=outcomes(world)[0])
    change_outcome(by=by, outcome=dance, over=1, reason="The need", said=OutcomeSaid(
        title="Dance", statement="Dance for all.", who="Everybody", where="Here", needs=(need.pk,)))
    row = decided(world)
    found = decision_for(member, there.pk, row.pk, 1)
    assert found.candidates[0].needs == ("Dance near home, version 1 (not agreed then); 1 piece of evidence",)
    assert [(one.title, one.verdict, one.anew) for one in found.pieces] == [("At the desk", "Supports it", False)]
    type(item).objects.filter(pk=item.pk).update(summary="They want to sing.", title="Another name")
    assert [(one.title, one.anew) for one in decision_for(member, there.pk, row.pk, 1).pieces] == [
        ("At the desk", True)]
    type(item).objects.filter(pk=item.pk).update(placed=None, organisation=world.other_council)
    assert [(one.title, one.href) for one in decision_for(member, there.pk, row.pk, 1).pieces] == [(CLOSED, "")]
    page = signed_in(world.admin()).get(reverse("priorities:decision", args=[there.pk, row.pk, 1]))
    assert "The evidence as it stood" in page.content.decode()


@pytest.mark.parametrize(("more", "words"), [
    ({"order": ()}, "at least one"), ({"reasons": " "}, "Say why"), ({"people": ()}, "who decided"),
    ({"decided_on": date(2027, 1, 1)}, "in the future"),
])
def test_a_decision_that_cannot_stand_is_refused_in_words(world, member, more, words):
    row = weighed(world)
    with pytest.raises(Refused, match=words):
        decide_priorities(by=member, weighing=row, said=said(row, member, **more), read=2)


def test_those_who_may_not_decide_and_old_readings_are_refused(world, member):
    row = weighed(world)
    with pytest.raises(NotAllowed):
        decide_priorities(by=viewer_of(world.admin()), weighing=row, said=said(row, member), read=2)
    with pytest.raises(Refused, match="scored anew"):
        decide_priorities(by=member, weighing=row, said=said(row, member), read=1)
    order = said(row, member)
    with pytest.raises(Refused, match="one place"):
        decide_priorities(by=member, weighing=row, said=replace(order, order=order.order[:1] * 2), read=2)
    withdraw_outcome(by=viewer_of(world.admin()), outcome=Outcome.objects.get(title="Dance"))
    with pytest.raises(Refused, match="withdrawn"):
        decide_priorities(by=member, weighing=row, said=order, read=2)


def test_others_see_nothing_of_it(world):
    row = decided(world)
    other = viewer_of(world.outsider)
    with pytest.raises(NotFound):
        decision_for(other, row.partnership_id, row.pk, 1)
    with pytest.raises(CommonwealError):
        decisions_for(other, row.partnership_id)


@pytest.mark.promise("O3")
def test_by_hand_from_the_outcomes_to_a_decision(world, member):
    row = weighed(world)
    key, client = world.partnership.pk, signed_in(world.people[Role.ELECTED_MEMBER])
    home = reverse("priorities:weighings", args=[key])
    assert home in client.get(reverse("priorities:outcomes", args=[key])).content.decode()
    page = client.get(reverse("priorities:weighing", args=[key, row.pk])).content.decode()
    for words in ("Members put Dance first, need puts Sundays first", "<svg", "would draw level",
                  "Where need counts"):
        assert words in page
    asked = reverse("priorities:decide", args=[key, row.pk])
    form = {"title": "For 2027", "body": "Cabinet", "reasons": "Need first.", "people": [str(member.person)],
            "read": "2", "place-0": "2", "place-1": "1", "decided_on_day": "20", "decided_on_month": "11",
            "decided_on_year": "2026"}
    twice = client.post(asked, {**form, "place-0": "1"}).content.decode()
    assert "Two outcomes have the same place" in twice
    page = client.post(asked, form, follow=True).content.decode()
    for words in ("Cabinet put Sundays first, then Dance.", "Need first.", "Pat Elected member", "not a priority"):
        assert words in page
    made = Decision.objects.get()
    for ending, start in (("docx", b"PK"), ("pdf", b"%PDF")):
        file = reverse("priorities:decision-file", args=[key, made.pk, 1, ending])
        assert client.get(file).content.startswith(start)
    told = client.get(f"/api/partnerships/{key}/decisions").json()
    assert [(one["title"], one["priorities"]) for one in told] == [("For 2027", ["Sundays", "Dance"])]


@pytest.mark.parametrize("change", [
    {"weight-0": "NaN"}, {"weight-0": "1e9"}, {"weight-0": "-1"}, {"reason": "x" * 10_000}, {"reason": "a\0b"},
    {"weight-0": "0", "weight-1": "0"},
])
def test_weights_that_are_none_are_said_on_the_form(world, change):
    row = weighed(world)
    client = signed_in(world.people[Role.ELECTED_MEMBER])
    answer = client.post(reverse("priorities:weighing-weights", args=[world.partnership.pk, row.pk, "want"]),
                         {"weight-0": "1", "weight-1": "2", "reason": "Because", **change})
    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()
