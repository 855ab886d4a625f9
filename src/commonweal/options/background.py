"""The long work of the options stage: a million weightings, 100,000 draws of a contract, the best set proven."""

from __future__ import annotations

from typing import Any

from commonweal.core.jobs.handle import Handle
from commonweal.core.jobs.kinds import job_kind
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.methods.additive import ratings
from commonweal.methods.smaa import ANY, Held, smaa
from commonweal.options.actions.full_runs import given_for, keep_full_run
from commonweal.options.appraised import Given
from commonweal.options.budget_table import BudgetTable
from commonweal.options.carrying import FULL, Spec, as_data, carried
from commonweal.options.models import FullKind
from commonweal.options.queries.budget import LONG, each_way, ways_data
from commonweal.options.queries.full_runs import inputs_of

MILLION = 1 << 20
WEIGHTINGS, CONTRACT, BUDGET = (f"options.{kind}" for kind in FullKind)


@job_kind(WEIGHTINGS, asking=Permission.RECORD_EVIDENCE)
def draw_weightings(handle: Handle) -> str:
    """A million weightings of each group, and of anybody."""
    (given,) = _given(handle, FullKind.WEIGHTINGS)
    assert isinstance(given, Given)
    rating, done = ratings(given.low, given.likely, given.high), handle.resume.get("done", [])
    holds = [*((one.title, Held(one.low, one.high)) for one in given.groups), ("", ANY)]
    for place, (title, held) in enumerate(holds[len(done):], start=len(done)):
        said = f"Drawing for {title or 'any weights at all'}."
        handle.progress(100 * place / len(holds), said, resume={"done": done})
        found = smaa(rating, held, samples=MILLION, seed=place + 1 if title else 1)
        done = [*done, [title, [float(one) for one in found.first]]]
    _keep(handle, FullKind.WEIGHTINGS, (given,), {
        "drawn": MILLION, "groups": done[:-1], "anybody": done[-1][1]})
    return f"{MILLION:,} weightings were drawn for each group."


@job_kind(CONTRACT, asking=Permission.RECORD_EVIDENCE)
def draw_contract(handle: Handle) -> str:
    """A contract drawn 100,000 times."""
    (spec,) = _given(handle, FullKind.CONTRACT)
    assert isinstance(spec, Spec)
    handle.progress(10, f"Drawing {FULL:,} times.")
    _keep(handle, FullKind.CONTRACT, (spec,), as_data(carried(spec, FULL)))
    return f"The contract was drawn {FULL:,} times."


@job_kind(BUDGET, asking=Permission.RECORD_EVIDENCE)
def look_for_sets(handle: Handle) -> str:
    """The best set of options, looked for at length."""
    table, budget = _given(handle, FullKind.BUDGET)
    assert isinstance(table, BudgetTable)
    found = []
    handle.progress(5, "Looking for the set that does most.")
    for way in each_way(table, budget, LONG):
        found.append(way)
        handle.progress(33 * len(found), f"{way.title}: found.")
    _keep(handle, FullKind.BUDGET, (table, budget), ways_data(found))
    proven = all(one.chosen is not None and one.chosen.proven for one in found)
    if proven:
        return "Each set is proven to be the best of its kind."
    return "Not every set could be proven in the time."


def _given(handle: Handle, kind: FullKind) -> tuple[Any, ...]:
    return given_for(handle.by, _there(handle).pk, kind, handle.subject)


def _keep(handle: Handle, kind: FullKind, given: tuple[Any, ...], result: Any) -> None:
    keep_full_run(by=handle.by, partnership=_there(handle), kind=kind, subject=handle.subject,
                  inputs=inputs_of(*given), result=result)


def _there(handle: Handle) -> Partnership:
    there = handle.job.partnership
    assert there is not None
    return there
