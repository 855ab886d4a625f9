"""Appraisals: what is refused and in which words, what is locked when, what a choice keeps, who sees nothing."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from docx import Document
from tests.access import appraisal as made
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.errors import CommonwealError, Immutable, NotAllowed, NotFound, Refused
from commonweal.core.permissions import Role
from commonweal.core.viewer import viewer_of
from commonweal.options.actions.agreements import change_agreement
from commonweal.options.actions.appraisal import (
    AppraisalSaid,
    CriterionSaid,
    OptionSaid,
    Sifted,
    add_from_catalogue,
    add_option,
    agree_ends,
    begin_appraisal,
    change_appraisal,
    change_option,
    open_ends,
    remove_option,
    set_criteria,
    sift_options,
)
from commonweal.options.actions.choosing import Chosen, NotesSaid, answer_gate, choose_option, write_notes
from commonweal.options.actions.judging import (
    PointsSaid,
    ScoreSaid,
    add_group,
    give_group_weights,
    score_option,
    tie_money,
)
from commonweal.options.models import Appraisal, ChoiceVersion, Sift, StakeholderGroup
from commonweal.options.pages.appraisal import appraisal_told
from commonweal.options.pages.trying import tried_weights
from commonweal.options.queries.agreements import agreement_for
from commonweal.options.queries.appraisal import appraisal_for, appraisals_for, money_of
from commonweal.options.queries.choice import choice_for, choices_for, marks_of

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ONE = Decimal(1)


@pytest.fixture(autouse=True)
def then(settings, tmp_path):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        yield


@pytest.fixture
def by(world):
    return viewer_of(world.admin())


@pytest.fixture
def member(world):
    return viewer_of(world.people[Role.ELECTED_MEMBER])


def seen(by, row):
    return appraisal_for(by, row.partnership_id, row.pk)


def picked(member, row, **more):
    return Chosen(**{"option": row.options.get(title="Trust").pk, "body": "Cabinet", "reasons": "It reaches most.",
                     "decided_on": date(2026, 11, 1), "people": (member.person,), **more})


@pytest.mark.parametrize(("more", "words"), [
    ({"service": "moon"}, "no such service"), ({}, "at least one need or outcome"),
    ({"outcomes": (uuid4(),)}, "withdrawn"), ({"title": " ", "outcomes": "own"}, "cannot be blank"),
    ({"question": "Ask Cllr Jones", "outcomes": "own"}, "name a person"),
])
def test_a_question_that_cannot_stand_is_refused_in_words(world, by, more, words):
    if more.get("outcomes") == "own":
        more = {**more, "outcomes": made.outcomes(world)[:1]}
    said = AppraisalSaid(**{"title": "T", "question": "Q?", "service": "libraries", "where": "Here", **more})
    with pytest.raises(CommonwealError, match=words):
        begin_appraisal(by=by, partnership=world.partnership, said=said)


def test_the_long_list_takes_from_the_catalogue_once_and_own_options_too(world, by):
    row = made.begun(world)
    add_from_catalogue(by=by, appraisal=row, keys=("stop", "outreach"))
    assert {"stop", "outreach"} <= {one.vehicle.key for one in seen(by, row).options}
    for keys, words in ((("stop",), "not on the list"), (("moon",), "not in the catalogue")):
        with pytest.raises(CommonwealError, match=words):
            add_from_catalogue(by=by, appraisal=row, keys=keys)
    for said, words in (
        (OptionSaid(title="Trust"), "of this name already"), (OptionSaid(title="Two", baseline=True), "Only one"),
        (OptionSaid(title="X", vehicle="moon"), "no such vehicle"),
        (OptionSaid(title="X", agreement=uuid4()), "no such"),
    ):
        with pytest.raises(CommonwealError, match=words):
            add_option(by=by, appraisal=row, said=said)
    remove_option(by=by, option=row.options.get(vehicle="stop"))
    assert not row.options.filter(vehicle="stop").exists()


def test_the_sift_asks_for_reasons_and_keeps_what_happens_anyway(world, by):
    row = made.begun(world)
    trust, now = row.options.get(title="Trust"), row.options.get(baseline=True)
    for sifted, words in (
        (Sifted(trust.pk, Sift.DROPPED, " "), "say why it is put aside"),
        (Sifted(uuid4(), Sift.KEPT, "x"), "not there"),
        (Sifted(now.pk, Sift.DROPPED, "Dear"), "Keep it to compare"),
        (Sifted(trust.pk, Sift.KEPT, "It could be"), "Keep As now too: it is what happens if nothing is changed"),
    ):
        with pytest.raises(CommonwealError, match=words):
            sift_options(by=by, appraisal=row, sifted=(sifted,))
    sift_options(by=by, appraisal=row, sifted=(Sifted(trust.pk, Sift.DROPPED, "No trust would."),))
    assert [(one.title, one.sift_reason) for one in seen(by, row).dropped] == [("Trust", "No trust would.")]
    assert trust.history.count() == 2
    with pytest.raises(Refused, match="Put it aside"):
        remove_option(by=by, option=row.options.get(title="Trust"))
    change_option(by=by, option=now, said=OptionSaid(title="As now"))
    with pytest.raises(Refused, match="None of these options is what happens if nothing is changed"):
        sift_options(by=by, appraisal=row, sifted=(Sifted(now.pk, Sift.KEPT, "It could be"),))


@pytest.mark.parametrize(("lines", "words"), [
    ((), "1 to 8 criteria"), ((CriterionSaid(title="A"),), "worst and the best end mean"),
    ((CriterionSaid(title="A", unit="hours", worst=ONE, best=ONE),), "Give two that differ"),
    ((CriterionSaid(title="A", unit="h"), CriterionSaid(title=" a ", unit="h")), "Two criteria are the same"),
    ((CriterionSaid(title="A", unit="h", outcome=uuid4()),), "stands on"),
])
def test_criteria_that_cannot_stand_are_refused_in_words(world, by, lines, words):
    with pytest.raises(Refused, match=words):
        set_criteria(by=by, appraisal=made.begun(world), lines=lines)


def test_nothing_is_scored_or_weighed_before_the_ends_are_agreed(world, by):
    row = made.begun(world)
    with pytest.raises(Refused, match="no criterion yet"):
        agree_ends(by=by, appraisal=row)
    set_criteria(by=by, appraisal=row, lines=(CriterionSaid(title="Hours", unit="h"),))
    group = add_group(by=by, appraisal=row, title="Parents", took_part="Some")
    hours = row.criteria.get().pk
    with pytest.raises(Refused, match="Agree the ends"):
        score_option(by=by, option=row.options.first(), scores=(ScoreSaid(hours, ONE, ONE, ONE, "x"),))
    with pytest.raises(Refused, match="Agree the ends"):
        give_group_weights(by=by, group=group, points=(PointsSaid(hours, 100),), reason="x")
    agree_ends(by=by, appraisal=row)
    with pytest.raises(Refused, match="agreed already"):
        agree_ends(by=by, appraisal=row)
    with pytest.raises(Refused, match="Open them first"):
        set_criteria(by=by, appraisal=row, lines=())


def test_scores_that_cannot_stand_are_refused_in_words(world, by):
    row = made.agreed(world)
    reach, hours = row.criteria.order_by("position")
    option, nan = row.options.get(title="Trust"), Decimal("NaN")
    for score, words in (
        (ScoreSaid(hours.pk, ONE, ONE, Decimal(101), "x"), "Trust, Hours: give scores from 0 to 100"),
        (ScoreSaid(reach.pk, 2 * ONE, ONE, 2 * ONE, "x"), "goes up"),
        (ScoreSaid(reach.pk, ONE, ONE, ONE, " "), "rests on"),
        (ScoreSaid(uuid4(), ONE, ONE, ONE, "x"), "not there"),
    ):
        with pytest.raises(CommonwealError, match=words):
            score_option(by=by, option=option, scores=(score,))
    with pytest.raises((CommonwealError, ArithmeticError)):
        score_option(by=by, option=option, scores=(ScoreSaid(hours.pk, nan, nan, nan, "x"),))
    with pytest.raises(Refused, match="at least one score"):
        score_option(by=by, option=option, scores=())


def test_weights_that_cannot_stand_are_refused_in_words(world, by, member):
    row = made.judged(world)
    group = row.groups.get(title="Parents")
    reach, hours = row.criteria.order_by("position").values_list("pk", flat=True)
    for points, reason, words in (
        ((PointsSaid(reach, 0), PointsSaid(hours, 0)), "x", "sum to nothing"),
        ((PointsSaid(reach, 5),), "x", "every criterion"),
        ((PointsSaid(reach, 101), PointsSaid(hours, 1)), "x", "0 to 100"),
        ((PointsSaid(reach, float("nan")), PointsSaid(hours, 1)), "x", "0 to 100"),
        ((PointsSaid(reach, 1), PointsSaid(hours, 1)), " ", "rest on"),
    ):
        with pytest.raises(Refused, match=words):
            give_group_weights(by=member, group=group, points=points, reason=reason)
    with pytest.raises(NotAllowed):
        give_group_weights(by=viewer_of(world.people[Role.OBSERVER]), group=group, points=(), reason="x")
    with pytest.raises(Immutable):
        group.weights.get().save()


def test_which_option_wins_for_whom_and_what_would_turn_it(world, by):
    row = made.judged(world)
    view = seen(by, row)
    assert view.result.robust.answer == (
        "The groups differ: Trust comes first for Parents, Volunteers for Villages.")
    told = appraisal_told(view, *money_of(by, row.partnership_id, view))
    words = " ".join(line for section in told.sections for line in section.words)
    for said in ("Parents: Trust is first in all weightings they might hold.", "would draw level if",
                 "Price is not among", "No option is costed yet", "mostly where “Reach” counts"):
        assert said in words
    first = told.sections[0]
    assert first.tables[0].rows[1][:3] == ("Trust", 100, 0)
    assert "<svg" in first.chart.svg
    assert {section.heading for section in told.sections} >= {
        "How firm is that?", "What would change it, option by option?", "Scores and criteria"}


def test_one_group_that_has_not_weighed_is_named_and_the_rest_stands(world, by):
    row = made.judged(world)
    add_group(by=by, appraisal=row, title="Staff", took_part="Nobody yet")
    view = seen(by, row)
    assert view.waiting == ("Staff has not given its weights yet, and is left out.",)
    assert len(view.result.groups) == 2


def test_what_waits_is_told_to_those_who_can_do_it(world, by, member):
    from commonweal.options.waiting import appraisals as waits

    row = made.gated(world)
    assert [one.title for one in waits(member, row.partnership_id)] == ["Decide: Libraries from 2028"]
    assert waits(by, row.partnership_id) == ()
    add_group(by=by, appraisal=row, title="Staff", took_part="Nobody yet")
    assert [one.title for one in waits(by, row.partnership_id)] == ["Give a group's weights: Libraries from 2028"]
    assert waits(viewer_of(world.people[Role.PROVIDER]), row.partnership_id) == ()


def test_missing_scores_and_same_scores_are_said(world, by):
    row = made.agreed(world)
    view = seen(by, row)
    assert view.result is None
    assert view.missing[0].startswith("Scores are missing: As now, Reach; As now, Hours; Trust, Reach and 3 more.")
    reach, hours = row.criteria.order_by("position")
    for at, option in enumerate(row.options.order_by("position")):
        score_option(by=by, option=option, scores=(
            ScoreSaid(reach.pk, 10 * ONE, 10 * ONE, 10 * ONE, "x"),
            ScoreSaid(hours.pk, at * ONE, at * ONE, at * ONE, "x")))
    group = add_group(by=by, appraisal=row, title="Staff", took_part="Five")
    give_group_weights(by=by, group=group, reason="x", points=(PointsSaid(reach.pk, 100), PointsSaid(hours.pk, 1)))
    view = seen(by, row)
    assert view.result.same == ("Reach",)
    assert not any("Reach" in line for line in view.result.groups[0].turns)
    told = appraisal_told(view, None, {})
    assert any("Reach tells nothing apart" in line for section in told.sections for line in section.words)


def test_where_less_is_better_the_most_is_the_worst(world, by):
    row = made.begun(world)
    set_criteria(by=by, appraisal=row, lines=(
        CriterionSaid(title="Walk", unit="minutes", worst=Decimal(60), best=Decimal(0)),))
    sift_options(by=by, appraisal=row, sifted=tuple(
        Sifted(pk, Sift.KEPT, "x") for pk in row.options.values_list("pk", flat=True)))
    agree_ends(by=by, appraisal=row)
    walk = row.criteria.get().pk
    for option in row.options.all():
        score_option(by=by, option=option, scores=(ScoreSaid(walk, 15 * ONE, 30 * ONE, 60 * ONE, "Measured"),))
    group = add_group(by=by, appraisal=row, title="All", took_part="x")
    give_group_weights(by=by, group=group, points=(PointsSaid(walk, 100),), reason="x")
    given = seen(by, row).result.given
    assert (given.low[0], given.likely[0], given.high[0]) == ((0.0,), (50.0,), (75.0,))


def test_opening_the_ends_keeps_scores_and_asks_for_weights_again(world, by):
    row = made.judged(world)
    open_ends(by=by, appraisal=row)
    set_criteria(by=by, appraisal=row, lines=tuple(
        CriterionSaid(title=one.title, unit=one.unit, worst_means=one.worst_means, best_means=one.best_means,
                      worst=one.worst, best=one.best if one.title == "Reach" else Decimal(50), pk=one.pk)
        for one in row.criteria.order_by("position")))
    with clock.fixed(NOW + timedelta(days=1)):
        agree_ends(by=by, appraisal=row)
    view = seen(by, row)
    assert view.unscored == ("Volunteers, Hours",)      # 90 hours lie outside the new ends, the rest stands
    assert view.missing[-1] == "No group has given its weights yet."
    assert all(one.stale for one in view.groups)
    assert "Ask them again" in view.waiting[0]


def test_other_weights_are_tried_and_nothing_is_kept(world, by):
    view = seen(by, made.judged(world))
    reach, hours = (one.id for one in view.criteria)
    plain = tried_weights(view, {})
    assert plain.answer.startswith("Trust is first under these weights, by ")
    assert plain.turn.startswith("Nearest turn: Reach down from 91% to")
    for points, lead in (("49.8", "by 0.2 of 100 over"), ("49.99", "by less than 0.1 of 100 over")):
        near = tried_weights(view, {f"w-{reach}": points, f"w-{hours}": "50"})
        assert lead in near.answer, near.answer
    turned = tried_weights(view, {f"w-{reach}": "10", f"w-{hours}": "90"})
    assert "Volunteers is first" in turned.answer
    assert "by the weights Parents gave it is Trust" in turned.answer
    asked = tried_weights(view, {"group": str(uuid4()), "points-0": "10", "points-1": "90"})  # a form half filled
    assert asked.answer.startswith("Volunteers is first under these weights")
    assert "gave" not in asked.answer
    for given, words in (({f"w-{reach}": "0", f"w-{hours}": "0"}, "sum to nothing"),
                         ({f"w-{reach}": "NaN"}, "Reach: points"),
                         ({f"w-{reach}": "many"}, "0 to 100"), ({f"w-{hours}": "1e9"}, "Hours: points")):
        assert words in tried_weights(view, given).wrong
    assert "Scores are missing" in tried_weights(replace(view, groups=view.groups, options=tuple(
        replace(one, scores={}) for one in view.options)), {}).wrong


@pytest.mark.parametrize(("key", "fields", "why", "words"), [
    ("equality", {"found": "Women more"}, "", "Still to be answered: What will be done about it"),
    ("libraries", {"need": "Counted"}, "No site changes", "not both"),
    ("finance", {}, "We are rich", "always applies"), ("moon", {}, "", "no such gate"),
    ("legal", {"comment": "Ring Dr Smith", "by": "x", "on": "2026-01-01"}, "", "name a person"),
    ("legal", {"comment": "x" * 2001, "by": "x", "on": "2026-01-01"}, "", "2,000 letters"),
])
def test_gates_are_answered_whole_or_said_not_to_apply(world, by, key, fields, why, words):
    row = made.begun(world)
    with pytest.raises(CommonwealError, match=words):
        answer_gate(by=by, appraisal=row, key=key, fields=fields, not_applying=why)


def test_a_decision_closes_only_when_every_gate_is_met_and_keeps_what_it_stood_on(world, by, member):
    row = made.judged(world)
    with pytest.raises(Refused, match=r"close yet\. Not answered: Equality, Consultation, Library duty, Fi"):
        choose_option(by=member, appraisal=row, said=picked(member, row))
    for gate in seen(by, row).gates:
        why = "No site changes" if gate.gate.key == "libraries" else ""
        answer_gate(by=by, appraisal=row, key=gate.gate.key, not_applying=why,
                    fields={} if why else {one.key: "2026-10-01" for one in gate.gate.fields})
    for more, words in (({"option": uuid4()}, "short list"), ({"reasons": " "}, "Say why"),
                        ({"people": ()}, "who decided"),
                        ({"decided_on": date(2027, 1, 1)}, "in the future"), ({"over": 3}, "decided meanwhile")):
        with pytest.raises(Refused, match=words):
            choose_option(by=member, appraisal=row, said=picked(member, row, **more))
    with pytest.raises(NotAllowed):
        choose_option(by=by, appraisal=row, said=picked(member, row))
    write_notes(by=by, appraisal=row, said=NotesSaid(recommended=row.options.get(title="Trust").pk))
    choose_option(by=member, appraisal=row, said=picked(member, row, conditions="All six stay."))
    before = choice_for(by, row.partnership_id, row.pk, 1)
    assert (before.option, before.vehicle.key, before.conditions, before.whole) == (
        "Trust", "trust-existing", "All six stay.", True)
    assert before.marks == ("No option was costed.",)
    assert [(one.title, one.number) for one in before.outcomes] == [("Dance", 1), ("Sundays", 1)]
    assert [one.lines for one in before.gates if one.title == "Library duty"] == [
        (("Does not apply", "No site changes"),)]
    with pytest.raises(Refused, match="Begin a new appraisal"):
        open_ends(by=by, appraisal=row)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE options_choiceversion SET reasons = 'other'")
    last = row.options.get(title="As now").pk
    choose_option(by=member, appraisal=row, said=picked(member, row, option=last, reasons="Anew.", over=1))
    assert choice_for(by, row.partnership_id, row.pk, 2).marks == (
        "As now was first for no group: Trust for Parents and Volunteers for Villages.", "Trust was recommended.",
        "No option was costed.")
    assert not choice_for(by, row.partnership_id, row.pk, 1).newest
    assert [one.number for one in choices_for(by, row.partnership_id)] == [2]
    assert "Pat" not in json.dumps(json.loads(ChoiceVersion.objects.first().frozen))


def test_a_decision_on_nothing_costed_and_no_baseline_says_so():
    one = {"title": "A", "sift": "kept", "net_present_value": None, "baseline": False}
    other = {**one, "title": "B", "net_present_value": 5}
    stood = {"options": [one, other], "first": {"Staff": {"A": 0.5, "B": 0.5}}}
    assert [said.split(",")[0] for said in marks_of(stood, one)] == [
        "A was not costed.", "None of the options was what happens if nothing is changed"]
    assert list(marks_of({**stood, "options": [{**one, "baseline": True}, other]}, other)) == []


def test_the_case_names_an_option_and_the_rule_of_its_exempt_part(world, by):
    row = made.judged(world)
    with pytest.raises(Refused, match="by which rule"):
        write_notes(by=by, appraisal=row, said=NotesSaid(exempt="Their bid"))
    with pytest.raises(NotFound):
        write_notes(by=by, appraisal=row, said=NotesSaid(recommended=uuid4()))
    trust = row.options.get(title="Trust").pk
    write_notes(by=by, appraisal=row, said=NotesSaid(recommended=trust, because="It reaches most."))
    assert seen(by, row).notes.recommended == trust


@pytest.mark.parametrize(("role", "query", "inside"), [
    (Role.ELECTED_MEMBER, {}, True), (Role.ADMIN, {"public": "1"}, False), (Role.OBSERVER, {}, False),
])
def test_the_exempt_part_goes_only_to_those_who_work_on_it_or_decide(world, by, role, query, inside):
    row = made.judged(world)
    write_notes(by=by, appraisal=row, said=NotesSaid(exempt="Fee offered", exempt_why="Schedule 12A"))
    address = reverse("options:business-case", args=[row.partnership_id, row.pk, "docx"])
    answer = signed_in(world.people[role]).get(address, query)
    text = " ".join(one.text for one in Document(io.BytesIO(answer.content)).paragraphs)
    assert ("Fee offered" in text) is inside
    assert ("public" in answer["Content-Disposition"]) is not inside


def test_money_is_tied_to_options_of_its_own_sheet(world, by):
    from tests.access import money

    row, costing = made.judged(world), money.option(world)
    trust = row.options.get(title="Trust").pk
    tie_money(by=by, appraisal=row, sheet=costing.sheet, costings={trust: costing.pk}, cases={})
    assert seen(by, row).option(trust).costing == costing.pk
    for costings, words in (({trust: uuid4()}, "not there"), ({uuid4(): costing.pk}, "not there"),
                            ({trust: costing.pk, uuid4(): costing.pk}, "same money")):
        with pytest.raises(CommonwealError, match=words):
            tie_money(by=by, appraisal=row, sheet=costing.sheet, costings=costings, cases={})
    assert seen(by, row).option(trust).costing == costing.pk        # nothing lost


@pytest.mark.parametrize(("more", "words"), [
    ({"parties": (("A", "pays"),)}, "one who delivers"), ({"years": ()}, "at least one year"),
    ({"years": (("2026", ONE),)}, "financial year"), ({"form": "oath"}, "no such form"),
    ({"regime": "moon"}, "no such law"),
    ({"ends": date(2019, 1, 1)}, "before the first"), ({"years": (("2026-27", ONE),) * 2}, "given once"),
])
def test_an_agreement_that_cannot_stand_is_refused_in_words(world, by, more, words):
    row = made.contract(world)
    card = agreement_for(by, row.partnership_id, row.pk)
    with pytest.raises(Refused, match=words), transaction.atomic():
        change_agreement(by=by, agreement=row, said=replace(AGREED, **more))
    assert agreement_for(by, row.partnership_id, row.pk) == card


AGREED = made.AgreementSaid(
    title="Library agreement", service="libraries", form="in-house", begins=date(2020, 4, 1), ends=None, regime="",
    source="Budget book", parties=(("A", "pays"), ("B", "delivers")), years=(("2026-27", ONE),))


def test_an_agreement_is_the_option_of_no_change(world, by):
    row, contract = made.begun(world), made.contract(world)
    add_option(by=by, appraisal=row, said=OptionSaid(title="The agreement runs on", agreement=contract.pk))
    assert agreement_for(by, row.partnership_id, contract.pk).answers == ((row.pk, "Libraries from 2028"),)
    assert seen(by, row).options[-1].agreement == "Library agreement"


def test_others_see_nothing_and_change_nothing(world, by):
    row, other = made.judged(world), viewer_of(world.outsider)
    with pytest.raises(CommonwealError):
        appraisals_for(other, row.partnership_id)
    with pytest.raises(NotFound):
        appraisal_for(other, row.partnership_id, row.pk)
    said = AppraisalSaid(title="T", question="Q", service="libraries", where="W")
    for deed in (lambda: change_appraisal(by=other, appraisal=row, said=said),
                 lambda: add_group(by=other, appraisal=row, title="G", took_part="x"),
                 lambda: answer_gate(by=other, appraisal=row, key="legal", fields={})):
        with pytest.raises(CommonwealError):
            deed()
    assert Appraisal.objects.count() == 1
    assert StakeholderGroup.objects.count() == 2
