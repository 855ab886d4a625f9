"""How long to wait between telling bidders and signing: working days, and which law asks it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from commonweal.policy.elections import bank_holidays
from commonweal.policy.procurement_facts import Facts
from commonweal.policy.procurement_law import Cited, law_content
from commonweal.policy.procurement_rules import Answer, answer

DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Standstill(Cited):
    """Whether one must wait, in words, and the last day of waiting; None where nobody waits or nobody can tell."""

    required: bool | None
    words: str
    last: date | None


def standstill_of(facts: Facts, *, told_on: date, wait: bool = False) -> Standstill:
    """What holds for a commission when bidders are told on a day; `wait` is to wait although one need not."""
    row = law_content("competing")["standstill"]
    days, citation, mark = int(row["working_days"]), row["citation"], row["verification"]
    found: Answer = answer(facts, on=told_on)
    if not found.determined:
        lacking = ", ".join(found.asks)
        return Standstill(citation, mark, None, f"It cannot be said whether you must wait: {lacking}.", None)
    required = any(rule.key == "standstill" for rule in found.found)
    if required or wait:
        why = "The law asks you to wait" if required else "You need not wait and choose to"
        words = f"{why}: {days} working days, the day you tell bidders counted."
        return Standstill(citation, mark, required, words, last_day(told_on, days))
    return Standstill(citation, mark, False, "No standstill is required here.", None)


def last_day(first: date, days: int) -> date:
    """The last of so many working days, `first` counted where it is one."""
    day = first
    left = days - counts(day)
    while left > 0:
        day += DAY
        left -= counts(day)
    return day


def counts(day: date) -> bool:
    """Whether it is a working day: no Saturday, Sunday or bank holiday of England and Wales."""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)
