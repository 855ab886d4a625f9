"""Whose part in an agreement is whose, once councils have merged or been divided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from commonweal.core import clock
from commonweal.options.models import AgreementPassing


@dataclass(frozen=True, slots=True)
class Passed:
    """One party's part going to another."""

    party: str
    to: str
    day: date
    law: str
    to_come: bool


def standing(rows: Iterable[AgreementPassing]) -> tuple[AgreementPassing, ...]:
    """The latest said of each party, in the order of their days."""
    latest: dict[str, AgreementPassing] = {}
    for row in sorted(rows, key=lambda one: (one.created, one.pk)):
        latest[row.party] = row
    return tuple(sorted(latest.values(), key=lambda one: (one.day, one.party)))


def passed(rows: Iterable[AgreementPassing]) -> tuple[Passed, ...]:
    """The same, to be read."""
    today = clock.today()
    return tuple(Passed(one.party, one.to, one.day, one.law, one.day > today) for one in standing(rows))


def bodies_now(named: Iterable[str], rows: Iterable[AgreementPassing], day: date) -> Mapping[str, str]:
    """By the name that was signed, who holds that part on a day."""
    onward: dict[str, str] = {}
    for one in sorted(standing(rows), key=lambda row: (row.created, row.pk)):
        if one.day <= day:
            if _last(one.to, onward) == one.party:
                onward.pop(one.to, None)   # it came back: what was said last holds
            onward[one.party] = one.to
    return {name: _last(name, onward) for name in named}


def _last(name: str, onward: Mapping[str, str]) -> str:
    seen = {name}
    while (after := onward.get(name)) and after not in seen:
        seen.add(after)
        name = after
    return name
