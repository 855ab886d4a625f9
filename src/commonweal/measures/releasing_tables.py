"""Counts from returns as tables fit for anybody: through the one door, with what was hidden and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from commonweal.core.models import Partnership
from commonweal.core.release import CountTable, ReleasedTable, release
from commonweal.measures.models import Return, ReturnState
from commonweal.measures.performance_content import content
from commonweal.policy.delivery_vehicles import catalogue
from commonweal.present.wording import listed

RULE = "place"
FEW = 3     # fewer organisations than this behind a row, and it is hidden: a return can show up a charity


@dataclass(frozen=True, slots=True)
class Made:
    """A table as it is and as it may be shown."""

    title: str
    true: CountTable
    shown: ReleasedTable


def answers_by_service(partnership: Partnership, what: str, first: date, last: date) -> Made | None:
    """Who said so and who did not, of those who answered, by service; None where no return tells."""
    rows = Return.objects.filter(partnership=partnership, state=ReturnState.SENT, first__gte=first, last__lte=last)
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    bodies: dict[str, set[str]] = defaultdict(set)
    for row in rows.select_related("plan__agreement").prefetch_related("answers").order_by("first", "pk"):
        pair = said_so({one.question: one.value for one in row.answers.all()}, what)
        if pair is not None:
            service = catalogue().service(row.plan.agreement.service)
            counts[service][0] += pair[0]
            counts[service][1] += pair[1] - pair[0]
            bodies[service].add(row.plan.provider_name)
    if not counts:
        return None
    names = tuple(sorted(counts))
    title = content()["compared"][what]["title"]
    true = CountTable(names, (title, "Not"), tuple(tuple(counts[name]) for name in names))
    hide = np.array([[len(bodies[name]) < FEW] * 2 for name in names])
    return Made(f"{title}: answers by service", true, release(true, RULE, hide=hide))


def share_of(title: str, yes: int, answered: int) -> Made:
    """One share as the two counts behind it."""
    true = CountTable((title,), ("Said so", "Did not"), ((yes, answered - yes),))
    return Made(title, true, release(true, RULE))


def people_of(title: str, people: int) -> Made:
    """One number of people."""
    true = CountTable((title,), ("People",), ((people,),))
    return Made(title, true, release(true, RULE))


def said_so(answers: dict[str, object], what: str) -> tuple[int, int] | None:
    """How many said so, of how many who answered; None where a return does not tell both."""
    yes, base = answers.get(what), answers.get("answered")
    return (yes, base) if isinstance(yes, int) and isinstance(base, int) and base >= max(yes, 1) else None


def about(made: Made, column: int = 0) -> int | None:
    """A count of the first row as it may be said; None where it is hidden."""
    return made.shown.cells[0][column].value


def grouped(pairs: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """What was done to which tables: each reason once, after those it is about."""
    found: dict[str, list[str]] = defaultdict(list)
    for title, reason in pairs:
        found[reason].append(title)
    return tuple(f"{listed(list(dict.fromkeys(titles)))}: {reason}" for reason, titles in found.items())


def true_counts(tables: Iterable[Made]) -> dict[str, dict[str, int]]:
    """What tables were made from, by table and label, as the register of releases compares them."""
    return {
        one.title: {f"{row}: {column}": one.true.counts[down][across]
                    for down, row in enumerate(one.true.rows) for across, column in enumerate(one.true.columns)}
        for one in tables
    }
