"""Those who may be missed are named, answered for at each step, and hold a step open until they are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from tests.needs.conftest import words_of
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.actions.organisations import create_organisation
from commonweal.core.actions.partnerships import add_organisation, add_place
from commonweal.core.actions.steps import close_step, reopen_step
from commonweal.core.closing import still_open
from commonweal.core.cycle import cycle_for
from commonweal.core.errors import Immutable, NotAllowed, NotFound, Refused
from commonweal.core.models import Event, OrganisationKind, StepClosing
from commonweal.core.permissions import Role
from commonweal.core.queries.steps import closing_of, history_of
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.needs.actions.evidence import Told, place_evidence, record_evidence
from commonweal.needs.actions.missed import Answer, answer_group, name_group
from commonweal.needs.models import MissedAnswer, MissedVerdict
from commonweal.needs.queries.carried import Found, carried_for, carried_steps, groups_of

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
USERS = "perspective-users"


@pytest.fixture
def world(world, settings, tmp_path):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        yield world


@pytest.fixture
def admin(world):
    return viewer_of(world.admin())


def keys(viewer, world, found=None):
    return [one.key for one in groups_of(viewer, world.partnership.pk) if found is None or one.found is found]


def said(viewer, world, group=USERS, step="needs", **more):
    told = {"verdict": MissedVerdict.ANSWERED, "words": "We ask at the desk in May.", **more}
    return answer_group(by=viewer, partnership=world.partnership, answer=Answer(group=group, step=step, **told))


def at(viewer, world, step, group=USERS):
    return next(one for one in carried_for(viewer, world.partnership.pk, step) if one.group.key == group)


def test_nobody_heard_and_nobody_seated_is_named(world, admin):
    assert keys(admin, world, Found.PERSPECTIVE) == [
        "perspective-users", "perspective-community", "perspective-partners", "perspective-providers",
    ]
    assert keys(admin, world, Found.SEAT) == ["seat-health", "seat-police", "seat-schools", "seat-third-sector",
                                              "seat-providers"]


def test_who_is_heard_or_takes_a_seat_leaves_the_list(world, admin):
    told = Told(title="At the desk", kind="interviews", perspective="users", summary="It costs too much.")
    item = record_evidence(by=admin, partnership=world.partnership, told=told)
    assert USERS in keys(admin, world)  # heard by its owner alone is not heard
    place_evidence(by=admin, partnership=world.partnership, item=item.pk)
    board = create_organisation(by=SYSTEM, name="Testshire Health", kind=OrganisationKind.HEALTH)
    add_organisation(by=SYSTEM, partnership=world.partnership, organisation=board)
    assert USERS not in keys(admin, world)
    assert "seat-health" not in keys(admin, world)


def test_groups_and_wards_of_the_place_come_from_published_figures(world, admin, settings, example_var):
    settings.VAR = example_var
    larkmere = {"kind": "district", "code": "Z07000001", "vintage": 2024, "name": "Larkmere"}
    add_place(by=SYSTEM, partnership=world.invented, **larkmere)
    by = viewer_of(world.invented_person)
    found = groups_of(by, world.invented.pk)
    published = {one.key for one in found if one.found is Found.PUBLISHED}
    assert {"group-disabled", "group-teenagers", "group-carers"} <= published
    areas = [one for one in found if one.found is Found.AREA]
    assert 1 <= len(areas) <= 5
    name = areas[0].title.split(":")[0]
    told = Told(title=f"Doorsteps in {name}", kind="interviews", perspective="community", summary="They come.")
    item = record_evidence(by=by, partnership=world.invented, told=told)
    assert areas[0].key in {one.key for one in groups_of(by, world.invented.pk)}
    place_evidence(by=by, partnership=world.invented, item=item.pk)
    assert areas[0].key not in {one.key for one in groups_of(by, world.invented.pk)}


def test_an_answer_stands_at_its_own_step_and_no_other(world, admin):
    said(admin, world)
    assert not at(admin, world, "needs").unanswered
    assert at(admin, world, "procurement").unanswered
    assert at(admin, world, "procurement").others[0].words == "We ask at the desk in May."


@pytest.mark.parametrize(
    ("step", "stands"), [("evidence", False), ("needs", True), ("options", True), ("review", True)]
)
def test_an_answer_given_onward_stands_at_the_later_steps(world, admin, step, stands):
    said(admin, world, onward=True)
    assert at(admin, world, step).unanswered is not stands


def test_a_later_answer_stands_and_the_earlier_stays(world, admin):
    said(admin, world)
    with clock.fixed(NOW + timedelta(minutes=1)):
        said(admin, world, verdict=MissedVerdict.OPEN, words="The desk has closed.")
    assert at(admin, world, "needs").unanswered
    assert MissedAnswer.objects.count() == 2
    with pytest.raises(Immutable):
        MissedAnswer.objects.update(words="x")


@pytest.mark.parametrize(("change", "error"), [
    ({"step": "places"}, NotFound), ({"step": "nonsense"}, NotFound), ({"group": "seat-martians"}, NotFound),
    ({"words": "  "}, Refused), ({"words": "Mrs Patel will ask."}, Refused),
])
def test_what_cannot_be_answered_is_refused(world, admin, change, error):
    with pytest.raises(error):
        said(admin, world, **change)
    assert not MissedAnswer.objects.exists()


@pytest.mark.parametrize("role", [Role.PROVIDER, Role.OBSERVER, Role.ELECTED_MEMBER, Role.CERTIFIER])
def test_who_only_reads_answers_nothing_and_names_nobody(world, role):
    by = viewer_of(world.people[role])
    with pytest.raises(NotAllowed):
        said(by, world)
    with pytest.raises(NotAllowed):
        name_group(by=by, partnership=world.partnership, title="Anglers", why="Nobody asks them.")


def test_a_named_group_is_carried_like_the_rest_and_once(world, admin):
    row = name_group(by=admin, partnership=world.partnership, title="Night workers", why="They sleep by day.")
    assert at(admin, world, "review", str(row.pk)).unanswered
    with pytest.raises(Refused, match="named already"):
        name_group(by=admin, partnership=world.partnership, title="Night workers", why="Again.")
    assert Event.objects.filter(verb="needs.group_named", subject_id=row.pk).exists()
    other = viewer_of(world.outsider)
    assert str(row.pk) not in [one.key for one in groups_of(other, world.other_partnership.pk)]


def test_a_step_with_groups_unanswered_closes_only_with_a_reason(world, admin):
    with pytest.raises(Refused, match=r"still unanswered: .*nobody has been asked"):
        close_step(by=admin, partnership=world.partnership, step="needs")
    assert closing_of(world.partnership.pk, "needs") is None
    for short in ("x", "Becauseofthedeadline."):
        with pytest.raises(Refused, match="Say it in a sentence"):
            close_step(by=admin, partnership=world.partnership, step="needs", reason=short)
    row = close_step(by=admin, partnership=world.partnership, step="needs", reason="Funding ends on Friday.")
    assert len(row.left) == len(carried_for(admin, world.partnership.pk, "needs"))
    step = next(one for one in cycle_for(admin, world.partnership.pk) if one.key == "needs")
    assert (step.status, step.tone) == ("Closed 22 November 2026", "done")


def test_a_step_without_open_groups_closes_without_a_word(world, admin):
    for one in carried_for(admin, world.partnership.pk, "needs"):
        said(admin, world, one.group.key)
    assert not still_open(admin, world.partnership.pk, "needs")
    assert close_step(by=admin, partnership=world.partnership, step="needs").left == []


def test_a_step_is_closed_once_and_opened_again_with_a_reason(world, admin):
    close_step(by=admin, partnership=world.partnership, step="places")
    with pytest.raises(Refused, match="closed already"):
        close_step(by=admin, partnership=world.partnership, step="places")
    with pytest.raises(Refused, match="why it is opened"):
        reopen_step(by=admin, partnership=world.partnership, step="places", reason=" ")
    with clock.fixed(NOW + timedelta(minutes=1)):
        reopen_step(by=admin, partnership=world.partnership, step="places", reason="A ward joined.")
    with pytest.raises(Refused, match="not closed"):
        reopen_step(by=admin, partnership=world.partnership, step="places", reason="Again.")
    assert [one.closed for one in history_of(admin, world.partnership.pk, "places")] == [False, True]
    assert closing_of(world.other_partnership.pk, "places") is None


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_an_administrator_closes_a_step(world, role):
    with pytest.raises(NotAllowed):
        close_step(by=viewer_of(world.people[role]), partnership=world.partnership, step="places")
    assert not StepClosing.objects.exists()


def test_an_unknown_step_is_not_closed(world, admin):
    with pytest.raises(NotFound):
        close_step(by=admin, partnership=world.partnership, step="victory")


@pytest.mark.parametrize("step", carried_steps())
def test_every_carried_step_is_a_step_of_the_cycle(world, admin, step):
    assert step in {one.key for one in cycle_for(admin, world.partnership.pk)}


@pytest.mark.promise("N10")
def test_through_the_pages_a_group_is_answered_and_the_step_closed(world):
    browser, place = signed_in(world.admin()), {"partnership": world.partnership.pk}
    shown = words_of(browser.get(reverse("needs:carried", kwargs=place)).content.decode())
    assert "Existing users: nobody has been asked" in shown
    answer = reverse("needs:carried-answer", kwargs={**place, "step": "needs", "group": USERS})
    refused = browser.post(answer, {"verdict": "set_aside", "words": ""})
    assert "Enter in a few words" in words_of(refused.content.decode())
    told = {"verdict": "set_aside", "words": "Two hundred members were asked last month; it is not typed up yet."}
    assert browser.post(answer, told).status_code == 302
    here = reverse("needs:carried-step", kwargs={**place, "step": "needs"})
    shown = words_of(browser.get(here).content.decode())
    assert "We set it aside, for a reason. Two hundred members" in shown
    closing = reverse("web:step", kwargs={**place, "step": "needs"})
    assert "still unanswered" in words_of(browser.get(closing).content.decode())
    assert "still unanswered" in words_of(browser.post(closing, {"reason": ""}).content.decode())
    assert browser.post(closing, {"reason": "The board meets tonight."}).status_code == 302
    shown = words_of(browser.get(here).content.decode())
    assert "This step is closed. Pat Member organisation administrator closed it" in shown
    assert "and wrote: The board meets tonight." in shown
    home = words_of(browser.get(reverse("web:partnership", kwargs=place)).content.decode())
    assert "Closed 22 November 2026" in home
    again = words_of(browser.get(closing).content.decode())
    assert "Left unanswered: " in again
    assert "The board meets tonight." in again
