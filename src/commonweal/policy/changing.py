"""May an agreement be changed without letting it anew? Which grounds hold or fail, and what must be told first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from commonweal.policy.procurement_law import Cited, law_content

CONTRACTS = ("contract", "concession")
Told = Mapping[str, bool | Decimal | None]


@dataclass(frozen=True, slots=True)
class ChangeQuestion:
    """One thing the law turns on: yes or no (`flag`), or a share in per cent (`share`)."""

    key: str
    kind: str
    label: str
    missing: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Ground(Cited):
    """One ground on which a change is allowed, with what has to follow."""

    key: str
    regime: str
    title: str
    words: str
    tests: Mapping[str, Mapping[str, Any]]
    then: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """A ground against what was told: "holds", "fails" by some facts, or "ask" for others."""

    ground: Ground
    standing: str
    fails: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Allowed:
    """The answer in a sentence, and every ground behind it."""

    sentence: str
    grounds: tuple[Weighed, ...]
    holds: bool | None      # None: cannot be determined


@dataclass(frozen=True, slots=True)
class StepOf:
    """One step of a plan, so many days after it is decided or before the day it turns on."""

    words: str
    after: int | None
    before: int | None


@dataclass(frozen=True, slots=True)
class Way:
    """One of the things that can be done with an old agreement."""

    key: str
    title: str
    words: str
    anchored: bool          # it turns on a day: a break or the end
    steps: tuple[StepOf, ...]


@cache
def change_questions() -> tuple[ChangeQuestion, ...]:
    """What the law turns on."""
    return tuple(ChangeQuestion(**row) for row in law_content("changing")["questions"])


@cache
def change_grounds() -> tuple[Ground, ...]:
    """Every ground of every law."""
    return tuple(Ground(**row) for row in law_content("changing")["grounds"])


@cache
def ways() -> tuple[Way, ...]:
    """Keep, vary, renegotiate, let lapse."""
    return tuple(Way(row["key"], row["title"], row["words"], row["anchored"], tuple(
        StepOf(one["words"], one.get("after"), one.get("before")) for one in row["steps"]))
        for row in law_content("changing")["options"])


def changing_as_at() -> tuple[date, date]:
    """The day these were written, and the day they are to be read again."""
    content = law_content("changing")
    return content["as_at"], content["review_by"]


def asked_of(regime: str) -> tuple[ChangeQuestion, ...]:
    """The questions on which the grounds of one law turn."""
    used = {name for one in change_grounds() if one.regime == regime for name in one.tests}
    return tuple(one for one in change_questions() if one.key in used)


def may_change(*, form: str, regime: str, told: Told, on: date) -> Allowed:
    """Whether a change is allowed; shares are told in per cent, up or down. Stale rows give no answer."""
    if form not in CONTRACTS:
        return Allowed("No law on procurement binds a change of it: its own terms do, and fairness to those who "
                       "depend on it.", (), True)
    if on > changing_as_at()[1]:
        return Allowed("The grounds kept here are past the day on which somebody had to read them again. Ask your "
                       "legal officer.", (), None)
    rows = [one for one in change_grounds() if one.regime == regime]
    if not rows:
        return Allowed("Cannot determine: tell me under which law it was let.", (), None)
    weighed = tuple(_weighed(one, told) for one in rows)
    return Allowed(*_answer(weighed, told))


def _weighed(one: Ground, told: Told) -> Weighed:
    asks = tuple(name for name in one.tests if told.get(name) is None)
    fails = tuple(name for name, test in one.tests.items() if told.get(name) is not None and not _holds(
        told[name], test))
    standing = "fails" if fails else "ask" if asks else "holds"
    return Weighed(one, standing, fails, () if fails else asks)


def _holds(value: bool | Decimal | None, test: Mapping[str, Any]) -> bool:
    if "is" in test:
        return value is test["is"]
    return abs(Decimal(value or 0)) <= test["up_to"]


def _answer(weighed: tuple[Weighed, ...], told: Told) -> tuple[str, tuple[Weighed, ...], bool | None]:
    ordered = tuple(sorted(weighed, key=lambda one: ("holds", "ask", "fails").index(one.standing)))
    held = [one.ground for one in ordered if one.standing == "holds"]
    sure = [one for one in held if one.checked]
    if sure:
        return f"It may be changed: {_lowered(sure[0].title)} ({sure[0].citation}). {sure[0].then}", ordered, True
    if held:
        return (f"It may be that it can be changed: {_lowered(held[0].title)}. Unchecked: confirm with your legal "
                "officer."), ordered, None
    asking = [one for one in ordered if one.standing == "ask"]
    if asking:
        fewest = min(asking, key=lambda one: len(one.asks))
        names = {one.key: one.missing for one in change_questions()}
        return f"Cannot determine: tell me {_joined([names[name] for name in fewest.asks])}.", ordered, None
    return "No ground allows it: such a change is a new contract, to be let anew.", ordered, False


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]
