"""Long work on options: what was worked out in full, what is under way, and who may ask for it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from commonweal.core.models import JobState
from commonweal.core.permissions import Permission
from commonweal.core.queries.jobs import latest_jobs
from commonweal.core.viewer import Viewer
from commonweal.options.appraisal_view import AppraisalView
from commonweal.options.models import FullKind, FullRun

METHOD = "1"
SUBJECT = {FullKind.WEIGHTINGS: "appraisal", FullKind.CONTRACT: "case", FullKind.BUDGET: "allocation"}


@dataclass(frozen=True, slots=True)
class FullDraw:
    """Shares of first places over a million weightings, by group and by any weights at all."""

    drawn: int
    names: tuple[str, ...]
    groups: tuple[tuple[str, tuple[float, ...]], ...]
    anybody: tuple[float, ...]
    made_at: datetime


@dataclass(frozen=True, slots=True)
class FullState:
    """Where it stands: done on a day, under way as a job, failed with its message, or still to be asked for."""

    kind: FullKind
    subject: UUID
    done_at: datetime | None
    job: UUID | None
    active: bool
    failed: str
    may_ask: bool


def inputs_of(*given: Any) -> str:
    """The fingerprint of what a sum is worked from: frozen values, written out."""
    return hashlib.sha256(repr((METHOD, *given)).encode()).hexdigest()


def full_run(kind: FullKind, subject: UUID, inputs: str) -> FullRun | None:
    """The result for these inputs. The caller has found the subject to be the viewer's to see."""
    rows = FullRun.objects.filter(kind=kind, inputs=inputs, **{SUBJECT[kind]: subject})
    found: FullRun | None = rows.first()
    return found


def full_state(viewer: Viewer, partnership: UUID, kind: FullKind, subject: UUID, inputs: str) -> FullState:
    """Where the full sum of these inputs stands; work asked for on other inputs does not count."""
    found = full_run(kind, subject, inputs)
    job = latest_jobs([subject]).get(subject)
    mine = job is not None and job.key == key_of(kind, subject, inputs)
    return FullState(
        kind, subject, found.made_at if found else None, job.pk if job and mine else None,
        bool(job and mine and job.active),
        job.message if job and mine and job.state in (JobState.FAILED, JobState.CANCELLED) else "",
        viewer.may(Permission.RECORD_EVIDENCE, partnership),
    )


def key_of(kind: FullKind, subject: UUID, inputs: str) -> str:
    """Asking twice for the same is asking once."""
    return f"options.{kind}:{subject}:{inputs}"


def full_of(view: AppraisalView) -> FullDraw | None:
    """The million weightings of an appraisal, where they were drawn on what stands now."""
    if view.result is None:
        return None
    given = view.result.given
    found = full_run(FullKind.WEIGHTINGS, view.id, inputs_of(given))
    if found is None:
        return None
    held = found.result
    return FullDraw(
        held["drawn"], given.options, tuple((title, tuple(first)) for title, first in held["groups"]),
        tuple(held["anybody"]), found.made_at,
    )
