"""Use and satisfaction in one financial year: attendances are added up, different people never are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from commonweal.core import clock
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.measures.models import Return, ReturnPlan, ReturnState
from commonweal.methods.people_bounds import different_people

APRIL = 4
Bounds = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Group:
    """A group that may be missed: how many agreements counted it, and the bounds of its people who came."""

    title: str
    counted: int
    people: Bounds


@dataclass(frozen=True, slots=True)
class UseLine:
    """One agreement's year. None where no return says it."""

    agreement: UUID
    title: str
    provider: str
    returns: int
    sessions: int | None
    attendances: int | None
    people: Bounds | None
    asked: int | None
    answered: int | None
    satisfied: int | None
    different: int | None
    difference: str


@dataclass(frozen=True, slots=True)
class Use:
    """A year of all agreements: those that told, those that did not, and the groups that were counted."""

    year: str
    years: tuple[str, ...]
    lines: tuple[UseLine, ...]
    silent: tuple[str, ...]
    groups: tuple[Group, ...]

    @property
    def attendances(self) -> int:
        """All attendances, added up: an attendance is in one return alone."""
        return sum(one.attendances or 0 for one in self.lines)

    @property
    def people(self) -> Bounds:
        """At least and at most how many different people came."""
        told = [one.people for one in self.lines if one.people is not None]
        return different_people([low for low, _ in told])[0], different_people([high for _, high in told])[1]


def use_for(viewer: Viewer, partnership: UUID, year: str = "") -> Use:
    """The year asked for, or the last that is over, for whoever sees the evidence."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    rows = Return.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(
        partnership=partnership, state=ReturnState.SENT)
    years = {year_of(day) for day in rows.order_by().values_list("last", flat=True).distinct()}
    over = years - {year_of(clock.today())}
    chosen = year if year in years else max(over or years, default=year_of(clock.today()))
    first, after = date(int(chosen[:4]), APRIL, 1), date(int(chosen[:4]) + 1, APRIL, 1)
    sent = list(rows.filter(last__gte=first, last__lt=after).select_related("plan__agreement").prefetch_related(
        "answers").order_by("first", "pk"))
    plans = ReturnPlan.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(
        partnership=partnership).select_related("agreement").order_by("agreement__title")
    by_plan: dict[UUID, list[Return]] = {}
    for row in sent:
        by_plan.setdefault(row.plan_id, []).append(row)
    lines = tuple(_line(plan, by_plan[plan.pk]) for plan in plans if plan.pk in by_plan)
    silent = tuple(plan.agreement.title for plan in plans if plan.pk not in by_plan)
    return Use(chosen, tuple(sorted(years, reverse=True)), lines, silent, _groups(sent))


def year_of(day: date) -> str:
    """The financial year of a day, as 2026-27."""
    first = day.year - (day.month < APRIL)
    return f"{first}-{(first + 1) % 100:02}"


def _line(plan: ReturnPlan, rows: Sequence[Return]) -> UseLine:
    answers = [{one.question: one.value for one in row.answers.all()} for row in rows]
    people = _numbers(answers, "people")

    def added(key: str) -> int | None:
        found = _numbers(answers, key)
        return sum(found) if found else None

    return UseLine(
        plan.agreement_id, plan.agreement.title, plan.provider_name, len(rows), added("sessions"),
        added("attendances"), different_people(people) if people else None, added("asked"), added("answered"),
        added("satisfied"), added("different"), plan.difference)


def _numbers(answers: Iterable[dict[str, Any]], key: str) -> list[int]:
    return [one[key] for one in answers if isinstance(one.get(key), int)]


def _groups(rows: Iterable[Return]) -> tuple[Group, ...]:
    """Groups of the same name in several agreements, each agreement's own periods bounded first."""
    found: dict[str, dict[UUID, list[int]]] = {}
    for row in rows:
        titles = dict(row.plan.groups)
        for answer in row.answers.all():
            if answer.question == "groups" and isinstance(answer.value, dict):
                for key, count in answer.value.items():
                    if key in titles:
                        found.setdefault(titles[key], {}).setdefault(row.plan_id, []).append(count)
    groups = []
    for title, plans in sorted(found.items()):
        each = [different_people(counts) for counts in plans.values()]
        bounds = max(low for low, _ in each), sum(high for _, high in each)
        groups.append(Group(title, len(plans), bounds))
    return tuple(groups)
