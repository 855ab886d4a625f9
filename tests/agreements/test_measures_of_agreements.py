"""Measures of an agreement: set, aimed, put right, dropped; and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from uuid import uuid4

import pytest

from commonweal.agreements.actions.measures import (
    MeasureSaid,
    TargetSaid,
    change_measure,
    drop_measure,
    set_measure,
    take_up_measure,
)
from commonweal.agreements.models import Measure
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.permissions import Role
from commonweal.core.viewer import viewer_of
from commonweal.options.actions.agreements import AgreementSaid, record_agreement

YEAR = TargetSaid(start=date(2026, 4, 1), end=date(2027, 4, 1), target=D(100))
SAID = MeasureSaid(title="Girls who dance", what="Different girls at any session.", unit="girls", kind="use",
                   adds="never", every="quarter", targets=(YEAR,))


@pytest.fixture
def by(world):
    return viewer_of(world.admin())


@pytest.fixture
def agreement(world, by):
    return record_agreement(by=by, partnership=world.partnership, said=AgreementSaid(
        title="Dance", service="arts", form="grant", begins=date(2026, 4, 1), ends=None, regime="", source="File",
        parties=(("Council", "pays"), ("Club", "delivers")), years=(("2026-27", D(8000)),)))


def test_a_measure_is_set_aimed_put_right_dropped_and_taken_up(by, agreement):
    row = set_measure(by=by, agreement=agreement, said=SAID)
    later = TargetSaid(start=date(2027, 4, 1), end=date(2028, 4, 1), target=D(140))
    change_measure(by=by, measure=row, said=replace(SAID, targets=(replace(YEAR, target=D(110)), later)))
    assert [(one.start.year, one.target) for one in row.targets.all()] == [(2026, D(110)), (2027, D(140))]
    drop_measure(by=by, measure=row, because="It answers no need.")
    with pytest.raises(Refused, match="dropped"):
        change_measure(by=by, measure=row, said=SAID)
    assert take_up_measure(by=by, measure=row).dropped_because == ""


@pytest.mark.parametrize(("change", "wrong", "words"), [
    ({"need": uuid4()}, NotFound, "need is not there"),
    ({"outcome": uuid4()}, NotFound, "outcome is not there"),
    ({"clause": uuid4()}, NotFound, "no such clause"),
    ({"baseline": D(3)}, Refused, "of which day the baseline is"),
    ({"targets": (YEAR, replace(YEAR, start=date(2026, 10, 1)))}, Refused, "overlap at 01 October 2026"),
    ({"targets": (replace(YEAR, end=date(2026, 4, 1)),)}, Refused, "not before its first"),
    ({"unit": " "}, Refused, "blank"),
])
def test_what_cannot_be_measured_is_refused_in_a_sentence(by, agreement, change, wrong, words):
    with pytest.raises(wrong, match=words):
        set_measure(by=by, agreement=agreement, said=replace(SAID, **change))


def test_a_name_is_used_once_and_only_those_who_work_set_it(world, by, agreement):
    row = set_measure(by=by, agreement=agreement, said=SAID)
    with pytest.raises(Refused, match="already in this agreement"):
        set_measure(by=by, agreement=agreement, said=SAID)
    with pytest.raises(Refused, match="Say why this measure goes"):
        drop_measure(by=by, measure=row, because=" ")
    with pytest.raises(NotAllowed):
        set_measure(by=viewer_of(world.people[Role.OBSERVER]), agreement=agreement, said=SAID)
    assert Measure.objects.get().title == "Girls who dance"
