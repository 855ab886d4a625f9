"""Long work on options: asked for by those who record evidence, done off the request, kept, and come back to."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from tests.access import appraisal as made
from tests.access import money
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.actions.jobs import cancel_job, start_job
from commonweal.core.errors import CommonwealError, NotAllowed
from commonweal.core.jobs.running import run
from commonweal.core.models import Event, Job, JobState
from commonweal.core.permissions import Role
from commonweal.core.viewer import viewer_of
from commonweal.options import background
from commonweal.options.actions.full_runs import ask_full_run
from commonweal.options.actions.judging import PointsSaid, give_group_weights
from commonweal.options.carrying import as_data, carried, from_data
from commonweal.options.models import FullKind, FullRun
from commonweal.options.queries.appraisal import appraisal_for
from commonweal.options.queries.budget import allocation_for, each_way, ways_data, ways_from
from commonweal.options.queries.full_runs import full_of
from commonweal.options.queries.risk import case_for, spec_of

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def then(settings, tmp_path, monkeypatch):
    settings.VAR = tmp_path
    monkeypatch.setattr(background, "MILLION", 4096)
    monkeypatch.setattr(background, "FULL", 1000)
    with clock.fixed(NOW):
        yield


@pytest.fixture
def by(world):
    return viewer_of(world.people[Role.CONTRIBUTOR])


def asked(by, world, kind, row):
    return ask_full_run(by=by, partnership=world.partnership, kind=kind, subject=row.pk)


def read(client, name, *keys):
    answer = client.get(reverse(name, args=keys))
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_million_weightings_are_asked_for_left_and_come_back_to(world, by):
    row, client = made.judged(world), signed_in(world.people[Role.CONTRIBUTOR])
    page = ("options:appraisal", world.partnership.pk, row.pk)
    assert "Draw a million weightings in the background" in read(client, *page)
    answer = client.post(reverse("options:full-run", args=[world.partnership.pk, "weightings", row.pk]))
    job = Job.objects.get()
    assert answer["Location"] == reverse("web:job", args=[job.pk])
    shown = read(client, "web:job", job.pk)
    assert "Draw a million weightings" in shown
    assert "You can leave this page" in shown
    assert "are being drawn. See how far it is" in read(client, *page)
    run(job.pk)
    assert "See the result" in read(client, "web:job", job.pk)
    shown = read(client, *page)
    assert "Drawn again over 4,096 weightings on 22 November 2026: no share differs by more than" in shown
    assert "The same over 4,096 weightings" in shown
    assert Event.objects.filter(verb="options.full-run-kept").count() == 1
    again = client.post(reverse("options:full-run", args=[world.partnership.pk, "weightings", row.pk]))
    assert again["Location"] == reverse("options:appraisal", args=page[1:])      # worked out already


def test_a_result_holds_only_for_what_it_was_worked_from(world, by):
    row = made.judged(world)
    run(asked(by, world, FullKind.WEIGHTINGS, row).pk)
    assert full_of(appraisal_for(by, world.partnership.pk, row.pk)) is not None
    group = row.groups.get(title="Parents")
    with clock.fixed(NOW + timedelta(hours=1)):
        give_group_weights(by=by, group=group, reason="Anew", points=tuple(
            PointsSaid(pk, 50, 5) for pk in row.criteria.values_list("pk", flat=True)))
    assert full_of(appraisal_for(by, world.partnership.pk, row.pk)) is None


def test_what_a_dead_worker_left_is_taken_up_and_a_cancelled_one_keeps_nothing(world, by):
    row = made.judged(world)
    job = asked(by, world, FullKind.WEIGHTINGS, row)
    Job.objects.filter(pk=job.pk).update(resume={"done": [["Parents", [1.0, 0.0, 0.0]]]})
    run(job.pk)
    assert FullRun.objects.get().result["groups"][0] == ["Parents", [1.0, 0.0, 0.0]]
    FullRun.objects.all().delete()
    case = money.case(world)
    other = asked(by, world, FullKind.CONTRACT, case)
    cancel_job(by=by, job=other)
    run(other.pk)
    assert Job.objects.get(pk=other.pk).state == JobState.CANCELLED
    assert not FullRun.objects.exists()


def test_a_contract_and_a_budget_come_back_as_they_were_worked_out(world, by):
    case, budget = money.case(world), money.budget(world)
    spec = spec_of(case)
    assert from_data(spec, as_data(carried(spec, 1000))) == carried(spec, 1000)
    run(asked(by, world, FullKind.CONTRACT, case).pk)
    assert case_for(by, world.partnership.pk, case.pk).carried == carried(spec, 1000)
    shown = read(signed_in(world.admin()), "options:risk", world.partnership.pk, case.pk)
    assert "Drawn 100,000 times on" in shown
    found = allocation_for(by, world.partnership.pk, budget.pk)
    assert not found.unproven
    run(asked(by, world, FullKind.BUDGET, budget).pk)
    kept = allocation_for(by, world.partnership.pk, budget.pk).ways
    assert ways_data(kept) == ways_data(ways_from(ways_data(each_way(found.table, found.budget, 1))))
    assert {job.state for job in Job.objects.all()} == {JobState.DONE}


def test_asking_takes_what_the_kind_of_work_says(world, by):
    case, there = money.case(world), world.partnership
    with pytest.raises(NotAllowed):                  # a contributor records evidence but brings no file
        start_job(by=by, kind="upload.read", key="k", partnership=there)
    assert asked(by, world, FullKind.CONTRACT, case).kind == "options.contract"
    for role in (Role.OBSERVER, Role.PROVIDER):
        with pytest.raises(CommonwealError):
            asked(viewer_of(world.people[role]), world, FullKind.CONTRACT, case)
    with pytest.raises(CommonwealError):
        ask_full_run(by=viewer_of(world.outsider), partnership=world.other_partnership, kind=FullKind.CONTRACT,
                     subject=case.pk)
    with pytest.raises(CommonwealError, match="not agreed yet"):
        asked(by, world, FullKind.WEIGHTINGS, made.begun(world))
