"""Sheets, contracts, comparators, budgets, votes and bids: what is refused, in words, and what is locked."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.access import money as made
from tests.world import signed_in

from commonweal.core.errors import CommonwealError, NotAllowed, Refused
from commonweal.core.models import Event
from commonweal.core.permissions import Role
from commonweal.core.viewer import viewer_of
from commonweal.methods.contract_risk import draw, settle
from commonweal.options.actions import budget
from commonweal.options.actions.bidding import Answered, answer_checklist
from commonweal.options.actions.budget import (
    Project,
    VoteSaid,
    begin_vote,
    change_vote,
    count_ballots,
    publish_rule,
)
from commonweal.options.actions.money import LineSaid, SheetSaid, add_line, begin_sheet, change_sheet
from commonweal.options.actions.risk import CaseSaid, LinePlanned, PartyHas, RiskSaid, add_risk, begin_case
from commonweal.options.actions.scale import bodies_of
from commonweal.options.budget_table import BudgetTable, table_of
from commonweal.options.carrying import rule_of
from commonweal.options.models import BallotBox
from commonweal.options.pages.budget import allocation_told, vote_told
from commonweal.options.pages.money import money_told
from commonweal.options.pages.risk import risk_told
from commonweal.options.pages.scale import scale_told
from commonweal.options.queries.budget import allocation_for, vote_for
from commonweal.options.queries.money import sheet_for
from commonweal.options.queries.risk import case_for
from commonweal.options.queries.scale import set_for
from commonweal.options.voting import Papers, papers_of

ONE = Decimal(1)
LINE = LineSaid("running", "Fee", 1, 5, "Budget", ONE)
RISK = RiskSaid("pension", "Rate goes up", "council", ONE, ONE, ONE, ONE, "Watch", "Treasurer")
TABLE = "Option,Cost,North,South\nneed,,10,20\nfloor,,0,{floor}\nBand,50,3,0\nChoir,60,1,4"


def by(world):
    return {"by": viewer_of(world.admin()), "partnership": world.partnership}


@pytest.mark.parametrize(("change", "refused"), [
    ({"edition": "1991"}, "no edition"), ({"years": 0}, "1 to 60"), ({"years": 99}, "1 to 60"),
    ({"income_middle": ONE}, "all three incomes"), ({"price_year": 1999}, "year of the prices"),
])
def test_a_sheet_that_cannot_be_is_refused(world, change, refused):
    with pytest.raises(Refused, match=refused):
        begin_sheet(**by(world), said=replace(SheetSaid("Leisure", 2026, 5, "2026"), **change))


@pytest.mark.parametrize(("change", "refused"), [
    ({"last": 6}, "has 5 years"), ({"first": 4, "last": 3}, "not before the first"),
    ({"kind": "magic"}, "no such kind"), ({"optimism": "x"}, "no such allowance"),
    ({"pounds": Decimal(0)}, "pounds a year"), ({"pounds": -ONE}, "0 or more"),
    ({"kind": "wellbeing"}, "points that were measured"), ({"to_need": 101}, "0 to 100"),
    ({"source": ""}, "blank"),
    ({"kind": "wellbeing", "points": Decimal(11), "people": 1}, "10 points at most"),
])
def test_a_line_that_cannot_be_is_refused(world, change, refused):
    with pytest.raises(Refused, match=refused):
        add_line(by=viewer_of(world.admin()), costing=made.option(world), said=replace(LINE, **change))


def test_a_sheet_is_not_cut_shorter_than_its_lines(world):
    made.line(world)
    shorter = SheetSaid("Leisure", 2026, 3, "2026")
    with pytest.raises(Refused, match="goes on until year 5"):
        change_sheet(by=viewer_of(world.admin()), sheet=made.sheet(world), said=shorter)


def test_a_sheet_without_a_line_says_how_to_begin(world):
    made.option(world)
    told = money_told(sheet_for(viewer_of(world.admin()), world.partnership.pk, made.sheet(world).pk))
    assert told.answer.startswith("No option is costed yet")


def test_who_only_looks_writes_nothing_and_others_see_nothing(world):
    sheet = made.sheet(world)
    with pytest.raises(NotAllowed):
        begin_sheet(by=viewer_of(world.people[Role.OBSERVER]), partnership=world.partnership,
                    said=SheetSaid("Mine", 2026, 5, "2026"))
    for person in (world.outsider, world.people[Role.PROVIDER]):
        with pytest.raises(CommonwealError):
            sheet_for(viewer_of(person), world.partnership.pk, sheet.pk)


@pytest.mark.parametrize(("given_", "refused"), [
    ({"lines": []}, "at least one line"), ({"parties": []}, "put by"),
    ({"parties": [PartyHas("trust", -ONE)]}, "Reserves are 0 or more"),
    ({"said": CaseSaid("Pools", 3, "bands")}, "cap is above 0"),
    ({"said": CaseSaid("Pools", 3, "bands", collar=2 * ONE, cap=ONE)}, "not below the first part"),
    ({"lines": [LinePlanned("income", ONE, Decimal(500))]}, "0 to 200"),
    ({"said": CaseSaid("Pools", 3, "cap")}, "the cap is above 0"),
    ({"said": CaseSaid("Pools", 3, "collar")}, "the collar is above 0"),
    ({"said": CaseSaid("Pools", 3, "passed")}, "Mark at least one line"),
])
def test_a_contract_that_cannot_be_is_refused(world, given_, refused):
    sound = {"said": CaseSaid("Pools", 3, "fixed"), "lines": [LinePlanned("income", ONE, ONE)],
             "parties": [PartyHas("trust", ONE)]}
    with pytest.raises(Refused, match=refused):
        begin_case(**by(world), **(sound | given_))


@pytest.mark.parametrize(("rule", "passed", "says"), [
    ("fixed", False, "bears every loss"), ("cap", False, "So much a year: £50."),
    ("collar", False, "So much a year: £20."), ("bands", False, "keeps 25%"),
    ("open", False, "pays what it costs"),
    ("passed", True, "Passed through to the council whole: income"),
])
def test_each_rule_of_sharing_is_drawn_and_told_and_no_pound_is_lost(world, rule, passed, says):
    case = begin_case(
        **by(world), seed=1, parties=[PartyHas("trust", 500 * ONE)],
        said=CaseSaid("Pools", 3, rule, collar=20 * ONE, cap=50 * ONE, gains=25 if rule == "bands" else None),
        lines=[LinePlanned("income", 1000 * ONE, 10 * ONE, passed=passed), LinePlanned("staff", 900 * ONE, ONE)])
    found = case_for(viewer_of(world.admin()), world.partnership.pk, case.pk)
    assert says in " ".join(line for section in risk_told(found).sections for line in section.words)
    drawn = draw(found.spec.lines, years=3, runs=50, seed=1)
    out = settle(drawn, rule_of(found.spec))
    assert np.allclose(out.operator - out.council, drawn.shared + drawn.passed, atol=0.01)


def test_a_risk_placed_elsewhere_needs_a_reason(world):
    case, viewer = made.case(world), viewer_of(world.admin())
    with pytest.raises(Refused, match="best carried by: the council"):
        add_risk(by=viewer, case=case, said=replace(RISK, bearer="operator"))
    add_risk(by=viewer, case=case, said=replace(RISK, bearer="operator", why="They asked."))
    with pytest.raises(Refused, match="go up"):
        add_risk(by=viewer, case=case, said=replace(RISK, most=Decimal("0.5")))


@pytest.mark.parametrize(("text", "refused"), [
    ("", "no row"), ("A,x,5", "Row 1: the size"), ("A,5", "three cells"), ("A,5,0", "0.01 or more"),
    ("A,NaN,5", "0.01 or more"), (",5,6", "Row 1"), ("A,0.004,5", "0.01 or more"), ("A,5,1e-400", "0.01 or more"),
    ("A,5,6\nB,7,8\na,9,9", "twice"), ("A,5,1e400", "under"), ("A,5,-1e400", "0.01 or more"),
    ("A,sNaN,5", "0.01 or more"), ("\n" * 6_000, "more than 501 rows"), ("A,5,0\rB,6,7", "Row 1"),
    ('A,5,6\n"B,' + "x" * 200_000, "quotation mark"), ("name,size,cost", "no comparator"),
])
def test_comparators_that_do_not_fit_are_refused(text, refused):
    with pytest.raises(Refused, match=refused):
        bodies_of(text)


def test_few_comparators_say_that_they_cannot_tell(world):
    told = scale_told(set_for(viewer_of(world.admin()), world.partnership.pk, made.bodies(world).pk))
    assert told.answer.startswith("2 comparators cannot tell")


@pytest.mark.parametrize(("text", "refused"), [
    ("Option,Cost", "heading row"), ("Option,Cost,A,A\nneed,,1,1\nx,1,1,1", "name of its own"),
    ("Option,Cost,A\nx,1,1", "row called need"), ("Option,Cost,A\nneed,,0\nx,1,1", "anybody in need"),
    ("Option,Cost,A\nneed,,1", "no option"), ("Option,Cost,A\nneed,,1\nx,1", "Row 3"),
    ("Option,Cost,A\nneed,,1\nx,-1,1", "0 or more"), ("Option,Cost,A\nneed,,1\nx,1,1\nX,1,1", "twice"),
])
def test_a_table_that_does_not_fit_is_refused(text, refused):
    with pytest.raises(Refused, match=refused):
        table_of(text)


@settings(max_examples=20)
@given(st.text(max_size=40))
def test_no_text_breaks_the_readers(text):
    for read in (table_of, bodies_of, papers_of):
        try:
            read(text)
        except Refused as refused:
            assert str(refused)  # noqa: PT017 - most texts are read, and that is as good


def test_a_table_comes_back_as_it_was_pasted():
    table = table_of(TABLE.format(floor=4))
    assert table_of(table.as_text()) == table == BudgetTable.from_data(table.as_data())
    large = table_of("Option,Cost,All\nneed,,1234567\nfloor,,0.05\nBand,1234567.89,7654321.5")
    assert table_of(large.as_text()) == large


@pytest.mark.parametrize(("pounds", "floor", "says"), [
    (100, 0, "Fund Choir"), (40, 0, "Nothing fits"), (40, 4, "Lower a floor or raise the budget"),
    (200, 9, "do not reach the floor"), (110, 4, "Fund Band and Choir"),
])
def test_a_budget_says_what_to_fund_or_why_not(world, pounds, floor, says):
    allocation = made.budget(world)
    allocation.budget, allocation.table = pounds, table_of(TABLE.format(floor=floor)).as_data()
    allocation.save()
    told = allocation_told(allocation_for(viewer_of(world.admin()), world.partnership.pk, allocation.pk))
    assert says in told.answer


def test_a_vote_is_locked_when_its_rule_is_published(world):
    viewer, vote = viewer_of(world.admin()), made.vote(world)
    with pytest.raises(Refused, match="Publish the rule first"):
        count_ballots(by=viewer, vote=vote, papers=Papers((("A",),)))
    publish_rule(by=viewer, vote=vote)
    publish_rule(by=viewer, vote=vote)
    assert Event.objects.filter(verb="vote.rule-published").count() == 1
    with pytest.raises(Refused, match="can no longer be changed"):
        change_vote(by=viewer, vote=vote, said=VoteSaid("Other", ONE, "add1"), projects=[])
    with pytest.raises(Refused, match="on no list"):
        count_ballots(by=viewer, vote=vote, papers=Papers((("Z",),)))
    vote.projects.filter(code="B").update(cost=Decimal("0.5"))
    with pytest.raises(Refused, match="not the one that was published"):
        count_ballots(by=viewer, vote=vote, papers=Papers((("A",),)))


@pytest.mark.parametrize(("pounds", "step", "least"), [
    ("400000", "0.01", r"£0\.40 or more"), ("100", "0", r"£0\.01 or more"), ("3000000.01", "3", r"£3\.01 or more"),
])
def test_a_step_so_small_that_nobody_could_wait_for_the_count_is_refused(world, pounds, step, least):
    said = VoteSaid("You decide", Decimal(pounds), "add1", Decimal(step))
    with pytest.raises(Refused, match=least):
        begin_vote(**by(world), said=said, projects=[])
    with pytest.raises(Refused, match=least):
        change_vote(by=viewer_of(world.admin()), vote=made.vote(world), said=said, projects=[])


def test_nobody_waits_for_the_database_while_ballots_are_counted(world, monkeypatch):
    viewer, vote = viewer_of(world.admin()), made.vote(world)
    publish_rule(by=viewer, vote=vote)
    depth, inside = len(connection.savepoint_ids), []
    outcome_of = budget.outcome_of

    def counts(*given):
        inside.append(len(connection.savepoint_ids) - depth)
        return outcome_of(*given)

    monkeypatch.setattr(budget, "outcome_of", counts)
    count_ballots(by=viewer, vote=vote, papers=Papers((("A",),)))
    assert inside == [0]


def test_a_project_dearer_than_the_sum_is_refused(world):
    with pytest.raises(Refused, match="could never be funded"):
        begin_vote(**by(world), said=VoteSaid("You decide", ONE, "add1"), projects=[Project("A", "Hall", 2 * ONE)])


def test_a_vote_from_paper_to_result_keeps_no_voter(world):
    client, viewer, vote = signed_in(world.admin()), viewer_of(world.admin()), made.vote(world)
    keys = [world.partnership.pk, vote.pk]
    client.post(reverse("options:vote-publish", args=keys))
    wrong = client.post(reverse("options:vote-ballots", args=keys), {
        "ballots": SimpleUploadedFile("b.csv", b"\xff\xfe\x00")})
    assert "save as CSV UTF-8" in wrong.content.decode()
    csv = b"voter_id;vote;age\n70001;A,B;44\n70002;B;19\n70003;B;51\n"
    client.post(reverse("options:vote-ballots", args=keys), {"ballots": SimpleUploadedFile("b.csv", csv)})
    box = BallotBox.objects.get()
    assert (box.voters, box.papers) == (3, [[[0, 1], 1], [[1], 2]])
    told = vote_told(vote_for(viewer, world.partnership.pk, vote.pk))
    assert told.answer == "2 of 2 projects are funded, for £2. 100% of 3 voters get at least one they chose."
    again = client.post(reverse("options:vote-ballots", args=keys), {"ballots": SimpleUploadedFile("b.csv", csv)})
    assert "cannot be counted a second time" in again.content.decode()


def test_a_checklist_takes_only_its_own_answers(world):
    with pytest.raises(Refused, match="no such question"):
        answer_checklist(by=viewer_of(world.admin()), bid=made.bid(world), answers={"moon": Answered("yes")})


@pytest.mark.parametrize("text", ["\x00", "9" * 400, "NaN", "x" * 10_001, "-5"])
def test_forms_answer_bad_input_with_a_sentence(world, text):
    client, key = signed_in(world.admin()), world.partnership.pk
    for name in ("money-begin", "risk-begin", "budget-begin", "vote-begin", "scale-bring", "bid-begin"):
        fields = ("title", "years", "price_year", "budget", "income", "table", "projects",
                  "bodies")
        answer = client.post(reverse(f"options:{name}", args=[key]), dict.fromkeys(fields, text))
        assert answer.status_code == 200
        assert "There is a problem" in answer.content.decode()
    found = reverse("options:scale", args=[key, made.bodies(world).pk])
    assert client.get(found, {"body": text, "share": text, "once": text}).status_code == 200


def test_a_sheet_as_data(world):
    made.line(world)
    key, sheet = world.partnership.pk, made.sheet(world)
    client = signed_in(world.admin())
    assert [one["title"] for one in client.get(f"/api/partnerships/{key}/money").json()] == [sheet.title]
    told = client.get(f"/api/partnerships/{key}/money/options/{sheet.pk}").json()
    assert told["answer"] == "As it is costs more than it brings in pounds: −£5 in present pounds."
    assert told["sections"][0]["tables"][0]["rows"][0][:2] == ["As it is", 5]
    assert signed_in(world.outsider).get(f"/api/partnerships/{key}/money/options/{sheet.pk}").status_code == 404
