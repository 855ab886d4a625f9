"""Long work: asked for once, told as it goes, settled whatever happens, taken up after a crash."""

from __future__ import annotations

import errno
import os
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.template.loader import render_to_string
from django.utils.module_loading import autodiscover_modules

from commonweal.core import clock
from commonweal.core.actions.jobs import cancel_job, finish_job, retry_job, start_job
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.faults import NO_ROOM
from commonweal.core.jobs import kinds
from commonweal.core.jobs.handle import Handle
from commonweal.core.jobs.running import (
    ATTEMPTS,
    FAULT,
    STALE,
    beat,
    claim,
    let_go_of_the_dead,
    run,
    take_up_abandoned,
)
from commonweal.core.jobs.task import worker_name
from commonweal.core.jobs.worker import alive
from commonweal.core.models import Event, Job, JobState, Verb
from commonweal.core.permissions import Role
from commonweal.core.queries.jobs import job_for, jobs_for
from commonweal.core.viewer import SYSTEM, Viewer, viewer_of


@pytest.fixture(autouse=True)
def own_kinds(monkeypatch) -> None:
    autodiscover_modules("background")  # into the real table, not into this test's copy
    monkeypatch.setattr(kinds, "_KINDS", dict(kinds._KINDS))


@pytest.fixture
def analyst(world) -> Viewer:
    return viewer_of(world.people[Role.ANALYST])


@pytest.fixture
def ask(world, analyst):
    def asked(work=lambda handle: "All done.", **said) -> Job:
        kinds._KINDS["demo"] = work
        return start_job(**{"by": analyst, "kind": "demo", "key": "k1", "partnership": world.partnership, **said})

    return asked


def test_done_with_its_closing_sentence_and_its_events(ask, analyst):
    job = ask()
    run(job.pk, worker="w-1")
    card = job_for(analyst, job.pk)
    assert (card.state, card.progress, card.message, card.attempt) == (JobState.DONE, 100, "All done.", 1)
    assert set(Event.objects.filter(subject_id=job.pk).values_list("verb", flat=True)) == {
        Verb.JOB_STARTED, Verb.JOB_FINISHED
    }


def test_the_same_key_is_the_same_job(ask):
    assert ask() == ask()
    assert Job.objects.count() == 1


def test_one_active_writer_a_data_set(ask):
    first = ask(dataset="imd-2025-lsoa")
    with pytest.raises(Refused, match="is being read just now"):
        ask(key="k2", dataset="imd-2025-lsoa")
    ask(key="k3", dataset="another")
    run(first.pk)
    assert ask(key="k2", dataset="imd-2025-lsoa").state == JobState.WAITING


def test_progress_is_told_and_a_resume_point_kept(ask):
    seen = []

    def work(handle: Handle) -> str:
        handle.progress(140, "Half way", resume={"done": 7})
        row = Job.objects.get(pk=handle.job.pk)
        seen.append((row.progress, row.message, row.resume, handle.resume))
        return "ok"

    run(ask(work).pk)
    assert seen == [(100, "Half way", {"done": 7}, {"done": 7})]


def test_a_refusal_is_told_in_its_own_words_and_a_fault_is_not(ask, caplog):
    def refused(handle: Handle) -> str:
        raise NotFound("The uploaded file is no longer here. Upload it again.")

    def broken(handle: Handle) -> str:
        raise KeyError("secret detail")

    first, second = ask(refused), ask(broken, key="k2")
    kinds._KINDS["demo"] = refused
    run(first.pk)
    kinds._KINDS["demo"] = broken
    run(second.pk)
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.state == JobState.FAILED
    assert first.message == "The uploaded file is no longer here. Upload it again."
    assert (second.state, second.message) == (JobState.FAILED, FAULT)
    assert "secret detail" in caplog.text


def test_an_unknown_kind_fails_with_a_sentence(ask):
    job = ask(kind="nobody.knows", key="k9")
    run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "Nothing here knows" in job.message


def test_cancelled_while_waiting_never_runs(ask, analyst):
    ran = []
    job = ask(lambda handle: ran.append(1) or "ok")
    cancel_job(by=analyst, job=job)
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, ran) == (JobState.CANCELLED, [])
    with pytest.raises(Refused, match="already ended"):
        cancel_job(by=analyst, job=job)


def test_cancelled_while_running_stops_at_the_next_safe_point(ask, analyst):
    reached = []

    def work(handle: Handle) -> str:
        cancel_job(by=analyst, job=handle.job)
        handle.progress(50, "Half way")
        reached.append("past the safe point")
        return "ok"

    job = ask(work)
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, reached) == (JobState.CANCELLED, [])


def test_failed_work_can_be_tried_again_and_done_work_cannot(ask, analyst):
    job = ask(kind="nobody.knows", key="k9")
    run(job.pk)
    retry_job(by=analyst, job=job)
    kinds._KINDS["nobody.knows"] = lambda handle: "Now it is known."
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.message) == (JobState.DONE, "Now it is known.")
    with pytest.raises(Refused, match="failed or was cancelled"):
        retry_job(by=analyst, job=job)


def test_settled_once(ask):
    job = ask()
    run(job.pk)
    finish_job(by=SYSTEM, job=job, message="again")
    job.refresh_from_db()
    assert job.message == "All done."
    assert Event.objects.filter(verb=Verb.JOB_FINISHED).count() == 1


def test_claimed_by_one_worker_until_it_falls_silent(ask):
    job = ask()
    assert claim(job.pk, "a-1") is not None
    assert claim(job.pk, "b-2") is None
    later = clock.now() + STALE + timedelta(seconds=1)
    with clock.fixed(later):
        taken = claim(job.pk, "b-2")
    assert taken is not None
    assert (taken.worker, taken.attempt) == ("b-2", 2)


def test_a_beating_worker_keeps_its_job(ask):
    job = ask()
    claim(job.pk, "a-1")
    later = clock.now() + STALE + timedelta(seconds=1)
    with clock.fixed(later):
        beat("a-1")
        assert claim(job.pk, "b-2") is None
        assert take_up_abandoned() == []


def test_work_without_a_worker_says_that_it_waits_for_one(ask, analyst):
    job = ask()
    assert not job_for(analyst, job.pk).unattended
    claim(job.pk, "a-1")
    assert not job_for(analyst, job.pk).unattended
    with clock.fixed(clock.now() + STALE + timedelta(seconds=1)):
        (listed,) = jobs_for(analyst)
        assert listed.unattended
        said = render_to_string("web/jobs/progress.html", {"job": listed})
        assert "Held up" in said
        assert "goes on" not in said
        beat("a-1")
        assert not job_for(analyst, job.pk).unattended
    Job.objects.filter(pk=job.pk).update(state=JobState.DONE, heartbeat=None)
    assert not job_for(analyst, job.pk).unattended


def test_a_clock_that_jumps_hands_work_on_and_who_had_it_stops(ask):
    jumps = (timedelta(hours=1), -timedelta(hours=1))
    for number, jump in enumerate(jumps):
        def work(handle: Handle, jump: timedelta = jump) -> str:
            with clock.fixed(clock.now() + jump):
                assert take_up_abandoned() == [handle.job.pk]
                assert claim(handle.job.pk, "b-2") is not None
            handle.progress(50, "Half way", resume={"done": 9})
            return "Not reached."

        job = ask(work, key=f"jump {number}")
        run(job.pk, worker="a-1")
        job.refresh_from_db()
        assert (job.state, job.worker, job.attempt, job.message, job.resume) == (
            JobState.RUNNING, "b-2", 2, "", {})


def test_work_waits_for_a_database_that_goes_away_and_says_that_a_disk_is_full(ask):
    faults = [OperationalError("gone"), OSError(errno.ENOSPC, "secret place")]

    def work(handle: Handle) -> str:
        raise faults.pop(0)

    job = ask(work)
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempt) == (JobState.WAITING, 1)
    with clock.fixed(clock.now() + STALE + timedelta(seconds=1)):
        assert take_up_abandoned() == [job.pk]
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.message) == (JobState.FAILED, NO_ROOM)


def test_abandoned_work_is_queued_again_once_and_given_up_in_the_end(ask):
    job = ask()
    claim(job.pk, "a-1")
    with clock.fixed(clock.now() + STALE + timedelta(seconds=1)):
        assert take_up_abandoned() == [job.pk]
        assert take_up_abandoned() == []
    Job.objects.filter(pk=job.pk).update(attempt=ATTEMPTS, heartbeat=None)
    run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "Given up" in job.message


def test_work_of_a_dead_process_here_is_free_at_once(ask):
    job = ask()
    claim(job.pk, "here-4242")
    assert let_go_of_the_dead("there", lambda pid: False) == 0
    assert let_go_of_the_dead("here", lambda pid: True) == 0
    assert let_go_of_the_dead("here", lambda pid: False) == 1
    assert claim(job.pk, "here-2") is not None
    assert alive(os.getpid())
    assert worker_name().endswith(f"-{os.getpid()}")


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.PROVIDER, Role.CONTRIBUTOR, Role.ELECTED_MEMBER])
def test_only_those_who_may_bring_files_ask_for_work(world, role):
    with pytest.raises(NotAllowed):
        start_job(by=viewer_of(world.people[role]), kind="demo", key="k", partnership=world.partnership)


def test_upkeep_of_the_installation_is_for_those_who_may_load(world):
    start_job(by=viewer_of(world.staff), kind="demo", key="pull", dataset="x")
    with pytest.raises(NotAllowed):
        start_job(by=viewer_of(world.loner), kind="demo", key="pull2")


def test_only_its_owner_or_an_administrator_calls_it_off(ask, world):
    job = ask()
    with pytest.raises(NotAllowed):
        cancel_job(by=viewer_of(world.outsider), job=job)
    with pytest.raises(NotFound):
        job_for(viewer_of(world.outsider), job.pk)
    assert jobs_for(viewer_of(world.outsider)) == ()
    cancel_job(by=viewer_of(world.admin()), job=job)


def test_two_works_of_one_kind_are_refused():
    kinds.job_kind("demo.once")(len)
    with pytest.raises(ValueError, match="two kinds"):
        kinds.job_kind("demo.once")(repr)
