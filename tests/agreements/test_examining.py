"""An old agreement against today's needs: through its pages, with the law in force for it, to a dated plan."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal as D

import pytest
from django.urls import reverse
from tests.world import signed_in

from commonweal.agreements.actions.clauses import change_clause
from commonweal.agreements.actions.examining import choose_way, do_step, tell_change
from commonweal.agreements.actions.measures import MeasureSaid, set_measure
from commonweal.agreements.actions.terms import ClauseSaid, add_clause, remove_term, watch_day
from commonweal.agreements.models import AgreementDay, Clause, Examination, PlanStep
from commonweal.agreements.queries.examining import examined
from commonweal.core import clock
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.viewer import viewer_of
from commonweal.options.actions.agreements import AgreementSaid, record_agreement
from commonweal.priorities.actions.outcome import OutcomeSaid, write_outcome
from commonweal.priorities.models import Level

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
MEASURE = MeasureSaid(title="Towels issued", what="Towels.", unit="towels", kind="use", adds="sum", every="month")


@pytest.fixture
def now(settings, tmp_path):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        yield


@pytest.fixture
def by(world):
    return viewer_of(world.admin())


@pytest.fixture
def old(world, by, now):
    return record_agreement(by=by, partnership=world.partnership, said=AgreementSaid(
        title="Leisure 2019", service="leisure", form="contract", begins=date(2019, 4, 1), ends=date(2029, 3, 31),
        regime="pcr2015", source="File", parties=(("Council", "pays"), ("Trust", "delivers")),
        years=(("2026-27", D(640000)),)))


@pytest.fixture
def outcome(world, by, now):
    version = write_outcome(by=by, partnership=world.partnership, level=next(iter(Level)), said=OutcomeSaid(
        title="Girls go on dancing", statement="More girls dance.", who="Girls", where="Testshire"))
    return version.identity


def words(answer):
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


@pytest.mark.promise("R9")
def test_an_old_contract_is_examined_to_a_dated_plan(world, by, old, outcome):
    browser, one = signed_in(world.admin()), [world.partnership.pk, old.pk]
    here = reverse("agreements:examination", args=one)
    assert "Nothing of what it asks is entered yet" in words(browser.get(here))
    enter = reverse("agreements:term-add", args=[*one, "clause"])
    browser.post(enter, {"number": "4.2", "words": "Open every evening.", "need": "", "outcome": str(outcome.pk)})
    browser.post(enter, {"number": "7.1", "words": "Issue towels.", "need": "", "outcome": ""})
    set_measure(by=by, agreement=old, said=MEASURE)
    watch_day(by=by, agreement=old, kind="break", day=date(2028, 4, 1), words="Clause 31")
    watch_day(by=by, agreement=old, kind="notice", day=date(2027, 10, 1))
    page = words(browser.get(here))
    assert "1 of 2 clauses and 0 of 1 measure answer something that is agreed today." in page
    assert "7.1 Issue towels. Nothing Goes: answers nothing" in page
    assert "renegotiate it at a break" in page
    assert "it can be broken on 1 April 2028" in page
    assert "Cannot determine: tell me" in page
    change = reverse("agreements:change-tell", args=one)
    page = words(browser.post(change, {"change": "No more towels", "nature": "no", "scope": "no", "balance": "no",
                                       "others": "no", "value": "-2"}, follow=True))
    assert "It may be changed: not substantial ( PCR 2015 reg 72)" in page
    assert "Thought of: No more towels" in page
    chosen = words(browser.post(reverse("agreements:way-choose", args=one), {
        "way": "renegotiate", "because": "Half of it answers nothing.", "turns_on": "2028-04-01"}, follow=True))
    assert "Renegotiate it at a break , chosen on 22 November 2026, by 1 April 2028." in chosen
    assert "Give notice, or agree in writing that none is needed By 24 September 2027" in chosen
    step = PlanStep.objects.order_by("position").first()
    assert "Done 22 November 2026" in words(browser.post(
        reverse("agreements:plan-step", args=[world.partnership.pk, step.pk]), follow=True))
    for ending in ("docx", "pdf"):
        assert browser.get(reverse("agreements:examination-file", args=[*one, ending])).status_code == 200
    told = browser.get(f"/api/partnerships/{world.partnership.pk}/agreements/{old.pk}/examination").json()
    assert (told["way"], told["allowed"]) == ("renegotiate", True)
    assert [row["stays"] for row in told["clauses"]] == [True, False]
    assert told["plan"][0]["done_on"] == "2026-11-22"


def test_each_standing_and_each_proposal(world, by, old, outcome):
    fits = add_clause(by=by, agreement=old, said=ClauseSaid(words="Dance.", outcome=outcome.pk))
    look = lambda: examined(by, world.partnership.pk, old.pk)  # noqa: E731
    assert (look().proposed.key, look().clauses[0].standing) == ("keep", "answers")
    set_measure(by=by, agreement=old, said=MEASURE)
    assert look().proposed.key == "vary"
    change_clause(by=by, clause=fits, said=ClauseSaid(words="Dance."))
    assert look().proposed.key == "renegotiate"
    watch_day(by=by, agreement=old, kind="break", day=date(2027, 6, 1), words="Clause 9")
    assert look().proposed.key == "lapse"
    remove_term(by=by, term=AgreementDay.objects.get())
    tell_change(by=by, agreement=old, change="x", told={"provided": True, "nature": False})
    assert look().proposed.key == "vary"
    remove_term(by=by, term=Clause.objects.get())
    assert look().clauses == ()


@pytest.mark.parametrize(("deed", "error", "said"), [
    (lambda w, by, a: change_clause(by=viewer_of(w.outsider), said=ClauseSaid(words="x"), clause=add_clause(
        by=by, agreement=a, said=ClauseSaid(words="y"))), NotAllowed, "."),
    (lambda w, by, a: tell_change(by=viewer_of(w.outsider), agreement=a, change="", told={}), NotAllowed, "."),
    (lambda w, by, a: examined(viewer_of(w.outsider), w.partnership.pk, a.pk), (NotFound, NotAllowed), "."),
    (lambda w, by, a: tell_change(by=by, agreement=a, change="", told={"colour": True}), Refused, "not one"),
    (lambda w, by, a: tell_change(by=by, agreement=a, change="", told={"value": True}), Refused, "yes or no"),
    (lambda w, by, a: tell_change(by=by, agreement=a, change="", told={"value": D(10) ** 7}), Refused, "share"),
    (lambda w, by, a: choose_way(by=by, agreement=a, way="burn", because="x"), Refused, "Choose what"),
    (lambda w, by, a: choose_way(by=by, agreement=a, way="keep", because=" "), Refused, "Say why"),
    (lambda w, by, a: choose_way(by=by, agreement=a, way="lapse", because="x", turns_on=date(2028, 2, 2)), Refused,
     "Choose its end"),
])  # fmt: skip
def test_what_cannot_be_is_refused(world, by, old, deed, error, said):
    with pytest.raises(error, match=said):
        deed(world, by, old)


def test_a_plan_made_before_gives_way_and_days_gone_by_are_due_at_once(by, old):
    choose_way(by=by, agreement=old, way="keep", because="For now.")
    do_step(by=by, step=PlanStep.objects.first())
    with clock.fixed(datetime(2029, 1, 1, tzinfo=UTC)):
        row = choose_way(by=by, agreement=old, way="lapse", because="It ends.")
    steps = list(row.steps.order_by("position").values_list("due_on", "done_on"))
    assert steps[0] == (date(2029, 1, 1), None)
    assert steps[-1] == (date(2029, 3, 31), None)
    assert Examination.history.filter(way="keep").exists()
