"""How far an appraisal is, as the list of what is to be done; each step says what it waits for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from commonweal.options.appraisal_view import AppraisalView


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step, as the task list shows it."""

    title: str
    href: str
    hint: str
    status: str
    tone: str


def steps_of(
    view: AppraisalView, partnership: object, *, may_write: bool, may_decide: bool
) -> tuple[StepLine, ...]:
    """The steps; links only for those who may take them."""

    def line(title: str, route: str, hint: str, state: tuple[str, str], open_to: bool = may_write) -> StepLine:
        status, tone = state
        href = reverse(f"options:{route}", args=[partnership, view.id]) if open_to and tone != "waiting" else ""
        return StepLine(title, href, hint, status, tone)

    fixed = view.choice is not None
    write = may_write and not fixed
    opened = {"choose": may_decide, "criteria": True, "gates": True, "groups": True, "scores": True}
    return tuple(
        line(title, route, hint, state, opened.get(route, write)) for title, route, hint, state in _states(view)
    )


def _states(view: AppraisalView) -> Iterable[tuple[str, str, str, tuple[str, str]]]:
    agreed = view.ends_agreed_at is not None
    stands = len(view.needs) + len(view.outcomes)
    yield ("Question, needs and outcomes", "appraisal-change", "", (f"{stands} to answer", "done"))
    yield ("Long list", "long-list", "From the catalogue, and your own",
           (f"{len(view.options)} options", "done" if view.options else "blue"))
    yield ("Sift", "sift", "Keep or put aside, each with a reason",
           _counted(len(view.options) - len(view.unsifted), len(view.options)))
    yield ("Criteria and their ends", "criteria", "Agreed before anything is scored",
           ("Agreed", "done") if agreed else (f"{len(view.criteria)} set, not agreed", "blue"))
    wanted = len(view.short) * len(view.criteria)
    yield ("Scores", "scores", "With a range, and what they rest on",
           _counted(wanted - len(view.unscored), wanted) if agreed and wanted else ("Not yet", "waiting"))
    yield ("Weights of each group", "groups", "What each step from worst to best is worth to whom",
           _counted(len(view.weighed), len(view.groups)) if agreed else ("Not yet", "waiting"))
    yield ("Price and risk", "tie-money", "Beside the value, never inside it",
           ("Tied", "done") if view.sheet else ("Not tied", "blue"))
    yield ("Gates", "gates", "What must be answered before a decision",
           _counted(len(view.gates) - len(view.unmet), len(view.gates)))
    yield ("Business case", "notes", "What is recommended, how it is paid for, bought and run",
           ("Written", "done") if view.notes.recommended and view.notes.because else ("Not written", "blue"))
    ready = not view.unmet and not view.missing
    yield ("Decision", "choose", "Closes only when every gate is met",
           ("Decided", "done") if view.choice else ("Ready", "blue") if ready else ("Not yet", "waiting"))


def _counted(done: int, of: int) -> tuple[str, str]:
    if not of:
        return ("None yet", "blue")
    return (f"{done} of {of}", "done" if done == of else "blue")
