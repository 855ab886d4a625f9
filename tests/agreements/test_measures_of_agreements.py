"""Measures of an agreement: set, aimed, put right, dropped; and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal as D
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.world import signed_in

from commonweal.agreements.actions.measures import (
    MeasureSaid,
    TargetSaid,
    change_measure,
    drop_measure,
    set_measure,
    take_up_measure,
)
from commonweal.agreements.models import Measure
from commonweal.agreements.waiting import ending
from commonweal.core import clock
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.permissions import Role
from commonweal.core.viewer import viewer_of
from commonweal.options.actions.agreements import AgreementSaid, record_agreement
from commonweal.priorities.actions.outcome import OutcomeSaid, write_outcome
from commonweal.priorities.models import Level

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)   # the world is built then
YEAR = TargetSaid(start=date(2026, 4, 1), end=date(2027, 4, 1), target=D(100))
SAID = MeasureSaid(title="Girls who dance", what="Different girls at any session.", unit="girls", kind="use",
                   adds="never", every="quarter", targets=(YEAR,))


@pytest.fixture(autouse=True)
def at():
    with clock.fixed(NOW):
        yield


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


def test_the_register_leads_from_an_agreement_to_its_measures_and_what_they_answer(world, by, agreement):
    outcome = write_outcome(by=by, partnership=world.partnership, level=Level.SERVICE, said=OutcomeSaid(
        title="Girls go on dancing", statement="More girls dance.", who="Girls", where="Testshire")).identity
    browser, keys = signed_in(world.admin()), [world.partnership.pk, agreement.pk]
    at = reverse("agreements:register", args=keys[:1])
    assert "Why is this here?" in browser.get(at).content.decode()
    browser.post(reverse("agreements:answers", args=keys), {"outcomes": [str(outcome.pk)]})
    typed = {"title": "Girls who dance", "what": "Different girls.", "unit": "girls", "kind": "use",
             "adds": "never", "every": "quarter", "better": "more", "outcome": str(outcome.pk)}
    wrong = browser.post(reverse("agreements:measure-set", args=keys), {**typed, "targets": "2026-28: 9"})
    assert "Line 1 cannot be read" in wrong.content.decode()
    browser.post(reverse("agreements:measure-set", args=keys), {**typed, "targets": "2026-27: 1,120"})
    page = browser.get(reverse("agreements:agreement", args=keys)).content.decode()
    assert "1 April 2026 to 31 March 2027: 1,120 girls" in page
    assert "Answers Girls go on dancing" in page
    row = Measure.objects.get()
    change = reverse("agreements:measure-change", args=[keys[0], row.pk])
    browser.post(change, {**typed, "outcome": "", "targets": "2026-27: 1,200"})
    assert "1 measure answers nothing" in browser.get(at).content.decode()
    drop = reverse("agreements:measure-drop", args=[keys[0], row.pk])
    assert "Answer the question: Why does it go?" in browser.post(drop, {"because": ""}).content.decode()
    browser.post(drop, {"because": "Nobody reads it."})
    told = browser.get(reverse("api:agreement_measures", args=keys[:1])).json()[0]
    assert (told["measures"][0]["stands"], told["measures"][0]["dropped_because"]) == (False, "Nobody reads it.")
    assert [one["title"] for one in told["answers"]] == ["Girls go on dancing"]


@pytest.mark.parametrize(("ends", "found"), [
    (date(2028, 3, 31), []), (date(2027, 6, 30), [False]), (date(2027, 1, 31), [True]), (date(2026, 11, 26), []),
])
def test_an_end_within_a_year_waits_and_within_three_months_is_urgent(world, by, agreement, ends, found):
    agreement.ends = ends
    agreement.save()
    assert [one.urgent for one in ending(by, world.partnership.pk)] == found
    assert ending(viewer_of(world.people[Role.OBSERVER]), world.partnership.pk) == ()
