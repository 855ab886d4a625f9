"""What a return asks at each tier, what that costs those who answer, and how answers are checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

YEAR = 12


class QuestionKind(StrEnum):
    """What an answer is."""

    WHOLE = "whole"
    POUNDS = "pounds"
    TEXT = "text"
    PARTS = "parts"


@dataclass(frozen=True, slots=True)
class ReturnQuestion:
    """One question; `tier` is the lightest that asks it, `minutes` what finding and giving the answer takes."""

    key: str
    tier: int
    kind: QuestionKind
    about: str
    most: int
    minutes: int
    short: str
    words: str
    hint: str
    why: str


@dataclass(frozen=True, slots=True)
class ReturnTier:
    """What a tier asks, how often (`every` so many months), and what that costs."""

    number: int
    name: str
    every: int
    questions: tuple[ReturnQuestion, ...]

    @property
    def minutes(self) -> int:
        """Minutes that one return takes, counting and all."""
        return sum(one.minutes for one in self.questions)


@dataclass(frozen=True, slots=True)
class Burden:
    """What a year of returns costs those who answer."""

    times: int
    minutes: int
    pounds: Decimal

    @property
    def hours(self) -> Decimal:
        """Hours a year."""
        return (Decimal(self.times * self.minutes) / 60).quantize(Decimal("0.1"))


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a question cannot be answered."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class ReturnCheck:
    """One check: it warns from `since`, and refuses from `refuses` if ever."""

    key: str
    kind: str
    words: str
    since: date
    refuses: date | None
    left: str = ""
    right: str = ""
    times: int = 0


@dataclass(frozen=True, slots=True)
class ReturnRules:
    """Days, hours and numbers that returns go by."""

    days_to_send: int
    grace_days: int
    session_hours: int
    first_reminder: int
    second_reminder: int
    call_after: int
    least_compared: int
    seen_within: int


@cache
def return_questions() -> tuple[ReturnQuestion, ...]:
    """Every question in the order it is asked."""
    return tuple(_question(row) for row in _content()["questions"])


def return_question(key: str) -> ReturnQuestion:
    """One by its key. Errors: KeyError where there is none."""
    return _by_key()[key]


@cache
def return_tiers() -> tuple[ReturnTier, ...]:
    """The five tiers, lightest first."""
    return tuple(
        ReturnTier(row["tier"], row["name"], row["every"],
                   tuple(one for one in return_questions() if one.tier <= row["tier"]))
        for row in _content()["tiers"]
    )


def burden_of(questions: tuple[ReturnQuestion, ...], every: int) -> Burden:
    """What answering these questions every so many months costs in a year."""
    times, minutes = YEAR // every, sum(one.minutes for one in questions)
    return Burden(times, minutes, Decimal(_content()["hour"]["pounds"] * times * minutes) / 60)


@cache
def cannot_reasons() -> tuple[Reason, ...]:
    """Why a question may stay without an answer."""
    return tuple(Reason(**row) for row in _content()["cannot"])


@cache
def return_checks() -> tuple[ReturnCheck, ...]:
    """Every check."""
    return tuple(ReturnCheck(**row) for row in _content()["checks"])


@cache
def return_rules() -> ReturnRules:
    """The days, hours and numbers."""
    return ReturnRules(**_content()["rules"])


def return_hour_words() -> str:
    """What the money of volunteers' hours rests on."""
    hour = _content()["hour"]
    return f"£{hour['pounds']} an hour: {hour['source']}. Nobody has measured it, nor the minutes."


@cache
def _by_key() -> Mapping[str, ReturnQuestion]:
    return {one.key: one for one in return_questions()}


@cache
def _content() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(
        files("commonweal.policy").joinpath("data/returns/returns.yaml").read_text("utf-8"))
    return found


def _question(row: Mapping[str, Any]) -> ReturnQuestion:
    return ReturnQuestion(row["key"], row["from"], QuestionKind(row["kind"]), row["about"], row["most"],
                          row["minutes"], row["short"], row["words"], row.get("hint", ""), row["why"])
