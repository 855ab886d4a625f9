"""The self-assessment: nobody's answers are shown singly, the plan fits the time, and showing is a choice."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from tests.needs.conftest import words_of
from tests.world import World, signed_in

from commonweal.core import clock
from commonweal.core.actions.organisations import create_organisation
from commonweal.core.actions.partnerships import add_organisation
from commonweal.core.actions.people import add_person
from commonweal.core.actions.roles import give_role
from commonweal.core.errors import NotFound, Refused
from commonweal.core.models import Event, OrganisationKind
from commonweal.core.permissions import Role
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.needs.actions.capacity import answer_capacity, begin_again, change_step, plan_steps, show_result
from commonweal.needs.capacity_content import helping_steps, hours, questions, rules, steps_for, themes
from commonweal.needs.content import read
from commonweal.needs.queries.capacity import Band, own_capacity, shared_capacity, steps_due
from commonweal.needs.ways import capacity as way

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


@pytest.fixture
def world(world):
    with clock.fixed(NOW):
        yield world


def viewer(world: World, role: Role = Role.ADMIN):
    return viewer_of(world.people[role])


def answer_all(world: World, by, level=2, *, agreed=False, low: str = "", leave: int = 0) -> None:
    for question in questions()[: len(questions()) - leave]:
        answer_capacity(by=by, partnership=world.partnership, question=question.key, agreed=agreed,
                        level=0 if question.theme == low else level)


def partner(world: World, name: str = "Testshire Trust", role: Role = Role.PROVIDER):
    organisation = create_organisation(by=SYSTEM, name=name, kind=OrganisationKind.TRUST)
    add_organisation(by=SYSTEM, partnership=world.partnership, organisation=organisation)
    person = add_person(by=SYSTEM, email="ali@trust.org.uk", name=f"Ali of {name}")
    give_role(by=SYSTEM, partnership=world.partnership, person=person, organisation=organisation, role=role)
    return person


def test_the_content_is_whole() -> None:
    schema = json.loads(files("commonweal.needs.content").joinpath("capacity.schema.json").read_text("utf-8"))
    content = json.loads(json.dumps(read("capacity"), default=str))
    problems = list(Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(content))
    assert not problems, problems[0].message
    assert len({one.key for one in questions()}) == len(questions())
    for theme in themes():
        assert sum(one.theme == theme.key for one in questions()) >= 2, theme.key
        assert len(steps_for((theme.key,), most=200)) >= 3, theme.key


@pytest.mark.parametrize("time", [one.key for one in hours()])
@pytest.mark.parametrize("barriers", [("political",), ("time", "skills", "data"), ("attitudes", "managerial")])
def test_a_plan_fits_the_time_and_serves_each_barrier_first(time, barriers) -> None:
    most = next(one.most for one in hours() if one.key == time)
    plan = steps_for(barriers, most=most)
    assert sum(one.hours for one in plan) <= most
    assert plan
    assert all(set(one.helps) & set(barriers) for one in plan)
    if time != "little":
        assert all(any(barrier in one.helps for one in plan) for barrier in barriers)
    assert len({one.key for one in plan}) == len(plan)


@pytest.mark.parametrize(("people", "shown"), [(0, False), (1, False), (2, False), (3, True), (4, True)])
def test_a_result_takes_three_whole_sets_of_answers(world, people, shown) -> None:
    for role in [*Role][:people]:
        answer_all(world, viewer(world, role))
    answer_all(world, viewer(world, [*Role][people]), leave=1)     # not whole: never counts
    own = own_capacity(viewer(world), world.partnership.pk)
    assert (own.result is not None) is shown
    assert own.full == people
    if own.result:
        assert own.result.people == people


def test_one_agreed_answer_is_a_result_and_stands_before_single_ones(world) -> None:
    answer_all(world, viewer(world, Role.CONTRIBUTOR), agreed=True, low="time")
    for role in [*Role][:3]:
        answer_all(world, viewer(world, role), low="skills")
    result = own_capacity(viewer(world), world.partnership.pk).result
    assert result is not None
    assert result.agreed
    assert [one.key for one in result.barriers] == ["time"]
    assert result.barriers[0].words == "Nobody has the time"


def test_what_nobody_can_say_is_said_so_and_counts_for_nothing(world) -> None:
    answer_all(world, viewer(world), level=3, agreed=True)
    for question in questions():
        if question.theme == "data":
            answer_capacity(by=viewer(world), partnership=world.partnership, question=question.key, level=None,
                            agreed=True)
    lines = {line.key: line for line in own_capacity(viewer(world), world.partnership.pk).result.lines}
    assert lines["data"].band is Band.UNKNOWN
    assert lines["data"].words == "Nobody could say"
    assert lines["time"].band is Band.STRENGTH


def test_at_most_three_barriers_are_named_the_worst_first(world) -> None:
    answer_all(world, viewer(world), level=1, agreed=True, low="skills")
    barriers = own_capacity(viewer(world), world.partnership.pk).result.barriers
    assert len(barriers) == rules().most_barriers
    assert barriers[0].key == "skills"


def test_a_result_is_the_organisations_own_until_it_shows_it(world) -> None:
    other = viewer_of(partner(world))
    answer_all(world, other, agreed=True, low="time", level=3)
    before = shared_capacity(viewer(world), world.partnership.pk, seats=2)
    assert (before.shown, before.themes) == (0, ())
    assert own_capacity(viewer(world), world.partnership.pk).result is None
    show_result(by=other, partnership=world.partnership, shown=True)
    answer_all(world, viewer(world), agreed=True, level=3, low="skills")
    show_result(by=viewer(world), partnership=world.partnership, shown=True)
    after = shared_capacity(viewer(world, Role.OBSERVER), world.partnership.pk, seats=2)
    assert after.shown == 2
    helpers = {one.title: (one.held_back, one.helpers) for one in after.themes}
    assert helpers["Nobody has the time"] == (1, ("Testshire District Council",))
    assert helpers["The skills are not in the team"] == (1, ("Testshire Trust",))
    show_result(by=other, partnership=world.partnership, shown=False)
    assert shared_capacity(viewer(world), world.partnership.pk, seats=2).shown == 1
    assert shared_capacity(viewer_of(world.outsider), world.partnership.pk, seats=2).shown == 0


def test_what_is_shown_stays_as_it_was_when_it_was_shown(world) -> None:
    answer_all(world, viewer(world), agreed=True, level=3, low="time")
    held = show_result(by=viewer(world), partnership=world.partnership, shown=True)
    answer_all(world, viewer(world), agreed=True, level=3)
    held.refresh_from_db()
    assert held.shown["time"] == "barrier"


def test_a_plan_has_owners_and_dates_and_is_ticked_off(world) -> None:
    answer_all(world, viewer(world), agreed=True, low="time", level=3)
    made = plan_steps(by=viewer(world), partnership=world.partnership, time="some")
    assert {one.step for one in made} <= set(helping_steps())
    assert plan_steps(by=viewer(world), partnership=world.partnership, time="some") == ()
    first = made[0]
    done = change_step(by=viewer(world), partnership=world.partnership, step=first.pk,
                       owner=world.people[Role.ANALYST].pk, due=date(2026, 12, 1), done=False)
    assert [one.id for one in steps_due(viewer(world), world.partnership.pk)] == [done.pk]
    change_step(by=viewer(world), partnership=world.partnership, step=first.pk, owner=None,
                due=done.due, done=True)
    own = own_capacity(viewer(world), world.partnership.pk)
    assert own.plan[-1].done == NOW.date()
    assert own.hours_left == sum(helping_steps()[one.step].hours for one in made[1:])
    assert steps_due(viewer(world), world.partnership.pk) == ()


def test_a_step_is_its_own_organisations(world) -> None:
    other = partner(world)
    answer_all(world, viewer(world), agreed=True, low="time")
    step = plan_steps(by=viewer(world), partnership=world.partnership, time="little")[0]
    change = {"partnership": world.partnership, "step": step.pk, "due": step.due, "done": False}
    with pytest.raises(NotFound):
        change_step(by=viewer_of(other), owner=None, **change)
    with pytest.raises(Refused, match="your own organisation"):
        change_step(by=viewer(world), owner=other.pk, **change)


def test_it_is_done_again_after_six_months_with_then_beside_now(world) -> None:
    answer_all(world, viewer(world), agreed=True, low="time", level=3)
    with pytest.raises(Refused, match="from 26 May 2027"):
        begin_again(by=viewer(world), partnership=world.partnership)
    with clock.fixed(NOW + timedelta(days=183)):
        begin_again(by=viewer(world), partnership=world.partnership)
        answer_all(world, viewer(world), agreed=True, low="skills", level=3)
        own = own_capacity(viewer(world), world.partnership.pk)
    moved = {line.key: line.moved for line in own.result.lines}
    assert own.number == 2
    assert (moved["time"], moved["skills"], moved["data"]) == (
        "Better than last time", "Worse than last time", "As last time")


def test_events_hold_no_answers(world) -> None:
    answer_all(world, viewer(world), agreed=True, low="time")
    plan_steps(by=viewer(world), partnership=world.partnership, time="little")
    verbs = list(Event.objects.filter(verb__startswith="needs.capacity").values_list("verb", flat=True))
    assert sorted(verbs) == ["needs.capacity_began", "needs.capacity_planned"]


def test_nothing_to_plan_for_or_to_show_is_said(world) -> None:
    with pytest.raises(Refused, match="has not answered yet"):
        plan_steps(by=viewer(world), partnership=world.partnership, time="some")
    answer_all(world, viewer(world), leave=1)
    with pytest.raises(Refused, match="no result to show"):
        show_result(by=viewer(world), partnership=world.partnership, shown=True)


@pytest.mark.promise("N11")
def test_a_partner_goes_from_questions_to_a_plan_on_the_pages(world, settings, tmp_path) -> None:
    settings.VAR = tmp_path
    browser = signed_in(world.people[Role.PROVIDER])
    base = f"/partnership/{world.partnership.pk}/capacity/"
    assert "about ten minutes" in words_of(browser.get(base).content.decode())
    page = browser.get(f"{base}agreed/", follow=True)
    assert "question 1 of 15" in words_of(page.content.decode())
    for number, question in enumerate(questions(), start=1):
        address = f"{base}agreed/{question.key}/"
        assert "nearest" in words_of(browser.post(address, {}).content.decode())
        level = "0" if question.theme == "time" else "3"
        page = browser.post(address, {"level": level}, follow=True)
        if number == 5:
            assert browser.get(f"{base}agreed/").headers["Location"].endswith(f"{questions()[5].key}/")
    words = words_of(page.content.decode())
    assert "One thing holds Testshire District Council back most" in words
    assert "Nobody has the time" in words
    words = words_of(browser.post(f"{base}plan/", {"time": "some"}, follow=True).content.decode())
    assert "steps are in your plan" in words
    step = own_capacity(viewer(world), world.partnership.pk).plan[0]
    assert step.what.smallest in words
    saved = browser.post(f"{base}plan/{step.id}/", {
        "owner": str(world.people[Role.ANALYST].pk), "done": "",
        "due_day": "1", "due_month": "12", "due_year": "2026",
    }, follow=True)
    assert "Pat Analyst, by 1 December 2026" in words_of(saved.content.decode())
    assert way(viewer(world), world.partnership.pk)[0].count.endswith("steps to do")
    home = words_of(browser.get(f"/partnership/{world.partnership.pk}/").content.decode())
    assert step.what.title in home
