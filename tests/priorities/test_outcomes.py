"""Outcomes: written on three levels, tied to needs, versions kept, targets with an even path, none of others."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from commonweal.core import clock
from commonweal.core.errors import CommonwealError, NotAllowed, NotFound, Refused
from commonweal.core.models import Event
from commonweal.core.permissions import Role
from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.need import Wording, write_need
from commonweal.needs.models.need import Side
from commonweal.policy.frameworks import frameworks
from commonweal.priorities.actions.outcome import OutcomeSaid, change_outcome, withdraw_outcome, write_outcome
from commonweal.priorities.actions.target import TargetSaid, even_path, set_target
from commonweal.priorities.models import Level, OutcomeTarget
from commonweal.priorities.pages.outcomes import side_by_side, target_pictures
from commonweal.priorities.queries.outcomes import earlier_versions, outcome_for, outcomes_for

FIRST = next(one for framework in frameworks() for one in framework.indicators if not one.unknown)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SAID = OutcomeSaid(title="More girls dance", statement="More girls of 11 to 16 dance each week.",
                   who="Girls of 11 to 16", where="Marsh End")
AIM = TargetSaid(own_measure="Girls who dance each week", unit="girls", place="Testshire", baseline=Decimal(40),
                 baseline_on=date(2026, 4, 1), baseline_source="Count at the studio", target=Decimal(100),
                 target_on=date(2029, 4, 1))


@pytest.fixture(autouse=True)
def then():
    with clock.fixed(NOW):
        yield


def need(world):
    return write_need(
        by=viewer_of(world.admin()), partnership=world.partnership, title="Dance near home", side=Side.FOR_CULTURE,
        theme="culture", said=Wording("Girls", "Marsh End", "somewhere to dance", "Their mothers say so"),
    ).identity


def written(world, said=SAID, level=Level.SERVICE, by=None):
    return write_outcome(
        by=viewer_of(by or world.admin()), partnership=world.partnership, level=level, said=said
    ).identity


def held(world):
    return outcomes_for(viewer_of(world.people[Role.OBSERVER]), world.partnership.pk)


def test_the_thread_from_need_to_outcome_names_both_versions(world):
    asked = need(world)
    top = written(world, replace(SAID, title="Well and together"), Level.OVERARCHING)
    row = written(world, replace(SAID, needs=(asked.pk,), above=(top.pk,)))
    first, second = held(world)
    assert (first.id, first.level, first.orphan) == (top.pk, Level.OVERARCHING, False)
    assert [one.id for one in first.below] == [row.pk]
    assert [one.id for one in second.above] == [top.pk]
    assert [(one.id, one.number, one.newest, one.agreed) for one in second.needs] == [(asked.pk, 1, True, False)]
    events = Event.objects.filter(verb="outcome.written")
    assert set(events.values_list("subject_id", flat=True)) == {top.pk, row.pk}


def test_a_change_keeps_what_was_said(world):
    row = written(world)
    change_outcome(by=viewer_of(world.admin()), outcome=row, said=replace(SAID, title="Girls dance"), over=1,
                   reason="Shorter")
    assert [one.title for one in held(world)] == ["Girls dance"]
    kept = earlier_versions(viewer_of(world.admin()), world.partnership.pk, row.pk)
    assert [(one.number, one.title, one.reason) for one in kept] == [
        (2, "Girls dance", "Shorter"), (1, "More girls dance", "")
    ]


@pytest.mark.parametrize(("change", "words"), [
    ({"over": 2}, "meanwhile"), ({"reason": " "}, "written anew"),
])
def test_a_change_that_cannot_stand_is_refused_in_words(world, change, words):
    with pytest.raises(Refused, match=words):
        change_outcome(**{"by": viewer_of(world.admin()), "outcome": written(world), "said": SAID, "over": 1,
                          "reason": "Shorter", **change})


def test_no_circle_can_be_drawn_in_the_triangle(world):
    row = written(world)
    with pytest.raises(Refused, match="higher level"):
        written(world, replace(SAID, title="Another", above=(row.pk,)))
    with pytest.raises(Refused, match="name already"):
        written(world)


def test_needs_and_outcomes_of_others_are_not_there(world):
    theirs = write_need(
        by=viewer_of(world.outsider), partnership=world.other_partnership, title="Else", side=Side.FOR_CULTURE,
        theme="culture", said=Wording("A", "B", "C", "D"),
    ).identity
    for said in (replace(SAID, needs=(theirs.pk,)), replace(SAID, above=(theirs.pk,))):
        with pytest.raises(NotFound):
            written(world, said)
    row = written(world)
    with pytest.raises(CommonwealError):
        outcomes_for(viewer_of(world.outsider), world.partnership.pk)
    with pytest.raises(NotFound):
        outcome_for(viewer_of(world.outsider), world.partnership.pk, row.pk)
    with pytest.raises(CommonwealError):
        withdraw_outcome(by=viewer_of(world.outsider), outcome=row)
    with pytest.raises(NotAllowed):
        written(world, replace(SAID, title="Mine"), by=world.people[Role.OBSERVER])


def test_what_is_withdrawn_stays_to_be_read_and_takes_no_target(world):
    row = written(world)
    for _ in range(2):
        withdraw_outcome(by=viewer_of(world.admin()), outcome=row)
    assert not held(world)
    assert not outcome_for(viewer_of(world.admin()), world.partnership.pk, row.pk).stands
    with pytest.raises(Refused, match="withdrawn"):
        set_target(by=viewer_of(world.admin()), outcome=row, said=AIM)


def test_a_path_takes_the_same_step_each_year():
    assert even_path(AIM) == (
        (date(2027, 4, 1), Decimal("59.9818")), (date(2028, 4, 1), Decimal("80.0182")),
        (date(2029, 4, 1), Decimal(100)),
    )
    assert even_path(replace(AIM, baseline=None)) == ()
    leap = replace(AIM, baseline_on=date(2024, 3, 1), target_on=date(2028, 2, 29))
    assert even_path(leap)[0][0] == date(2025, 2, 28)


def test_a_target_is_superseded_and_kept(world):
    row, by = written(world), viewer_of(world.admin())
    first = set_target(by=by, outcome=row, said=AIM)
    set_target(by=by, outcome=row, said=replace(AIM, target=Decimal(80), minimum_change=Decimal(50)),
               supersedes=first)
    card = held(world)[0].targets
    assert [(one.target, one.can_be_told, len(one.path)) for one in card] == [(80, False, 3)]
    assert OutcomeTarget.objects.filter(outcome=row).count() == 2
    with pytest.raises(Refused, match="meanwhile"):
        set_target(by=by, outcome=row, said=AIM, supersedes=first)


@pytest.mark.promise("O1")
def test_several_districts_stand_side_by_side_and_two_definitions_never_in_one_line(world):
    row, by = written(world), viewer_of(world.admin())
    for said in (AIM, replace(AIM, place="Otherham", baseline=None), replace(AIM, place="Both districts together"),
                 replace(AIM, own_measure="Girls who danced last year"),
                 replace(AIM, own_measure="", indicator=FIRST.key, unit="%", target=Decimal(30), baseline=None)):
        set_target(by=by, outcome=row, said=said)
    card = held(world)[0]
    assert len(target_pictures(card)) == 5                       # each drawn apart, with its own name
    (table,) = side_by_side(card)
    assert table.caption == "Girls who dance each week: place by place"
    assert [(line[0], str(line[1])) for line in table.rows] == [
        ("Both districts together", "40 girls"), ("Otherham", "not measured"), ("Testshire", "40 girls")]


@pytest.mark.parametrize(("change", "words"), [
    ({"indicator": "x/y"}, "framework"),
    ({"baseline_source": ""}, "from where"),
    ({"target_on": date(2026, 4, 1)}, "after the baseline"),
    ({"target_on": date(2126, 4, 1)}, "30 years away"),
    ({"baseline_on": date(2027, 1, 1)}, "in the future"),
    ({"target": Decimal(40)}, "baseline itself"),
    ({"minimum_change": Decimal(0)}, "more than nothing"),
])
def test_a_target_that_cannot_stand_is_refused_in_words(world, change, words):
    with pytest.raises(Refused, match=words):
        set_target(by=viewer_of(world.admin()), outcome=written(world), said=replace(AIM, **change))
