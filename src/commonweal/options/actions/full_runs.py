"""Long work on options is asked for, and what it gave back is kept."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models, transaction

from commonweal.core.actions.jobs import start_job
from commonweal.core.actions.recording import record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.models import Job, Partnership
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.options.appraisal_view import given_of
from commonweal.options.budget_table import BudgetTable
from commonweal.options.models import FullKind, FullRun
from commonweal.options.queries.appraisal import appraisal_for
from commonweal.options.queries.budget import allocation_row
from commonweal.options.queries.full_runs import SUBJECT, full_run, inputs_of, key_of
from commonweal.options.queries.risk import case_row, spec_of


class Verb(models.TextChoices):
    """The deeds of long work."""

    KEPT = "options.full-run-kept"


def ask_full_run(*, by: Viewer, partnership: Partnership, kind: FullKind, subject: UUID) -> Job:
    """Have it worked out in the background on what stands now; asking again gives the same work."""
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    inputs = inputs_of(*given_for(by, partnership.pk, kind, subject))
    if full_run(kind, subject, inputs) is not None:
        raise Refused("It is worked out already, on everything as it stands now.")
    return start_job(by=by, kind=f"options.{kind}", key=key_of(kind, subject, inputs), partnership=partnership,
                     subject=subject)


@transaction.atomic
def keep_full_run(
    *, by: Viewer, partnership: Partnership, kind: FullKind, subject: UUID, inputs: str, result: Any
) -> FullRun:
    """Keep a result; the same inputs are kept once."""
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    there = full_run(kind, subject, inputs)
    if there is not None:
        return there
    said = {"partnership": partnership, "kind": kind, "inputs": inputs, "result": result}
    made: FullRun = saved(FullRun(**said, **{f"{SUBJECT[kind]}_id": subject}))
    record_event(by=by, verb=Verb.KEPT, subject=made, partnership=partnership.pk)
    return made


def given_for(by: Viewer, partnership: UUID, kind: FullKind, subject: UUID) -> tuple[Any, ...]:
    """What it is worked from, as it stands now; Refused where something is missing."""
    if kind == FullKind.CONTRACT:
        return (spec_of(case_row(by, partnership, subject)),)
    if kind == FullKind.BUDGET:
        row = allocation_row(by, partnership, subject)
        return BudgetTable.from_data(row.table), float(row.budget)
    view = appraisal_for(by, partnership, subject)
    if view.missing:
        raise Refused(" ".join(view.missing))
    return (given_of(view),)
