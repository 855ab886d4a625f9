"""How people may answer a price: a dated, cited range of elasticities, never one number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

CHECKS = ("seen", "second-hand", "assumed")


class PriceAnswersWrong(ValueError):
    """The file does not fit; the text says where."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: per cent more people, and more visits a person, for 1 per cent on the price."""

    key: str
    title: str
    people: float
    visits: float


@dataclass(frozen=True, slots=True)
class Account:
    """What a study tells of it, by whom it is told, and whether we saw the study itself."""

    about: str
    says: str
    source: str
    told_by: str
    verification: str


@dataclass(frozen=True, slots=True)
class PriceAnswers:
    """From the weakest to the strongest, with what they rest on."""

    checked: date
    next_review: date
    answers: tuple[Answer, ...]
    basis: str
    verification: str
    accounts: tuple[Account, ...]

    @property
    def middle(self) -> Answer:
        """The one in the middle."""
        return self.answers[len(self.answers) // 2]


@cache
def price_answers() -> PriceAnswers:
    """The range held today. Raises PriceAnswersWrong."""
    text = (files("commonweal.policy") / "data" / "price_answers.yaml").read_text(encoding="utf-8")
    return answers_from(yaml.safe_load(text))


def answers_from(data: dict[str, Any]) -> PriceAnswers:
    """The file's content, checked: dated, cited, at least three answers, each stronger than the one before."""
    try:
        answers = tuple(Answer(**one) for one in data["answers"])
        accounts = tuple(
            Account(**{key: value for key, value in one.items() if key != "key"}) for one in data["accounts"])
        basis = data["basis"]
        found = PriceAnswers(
            data["checked"], data["next_review"], answers, basis["says"].strip(), basis["verification"], accounts)
    except (KeyError, TypeError, AttributeError) as error:
        raise PriceAnswersWrong(f"price_answers.yaml lacks or misspells something: {error}.") from error
    _check(found)
    return found


def _check(found: PriceAnswers) -> None:
    if len(found.answers) < 3 or len(found.answers) % 2 == 0:
        raise PriceAnswersWrong("Give an odd number of answers to a price, three or more: a range has a middle.")
    if any(one.people > 0 or one.visits > 0 for one in found.answers):
        raise PriceAnswersWrong("When the price goes up fewer come: an elasticity is 0 or below.")
    sums = [one.people + one.visits for one in found.answers]
    if sums != sorted(sums, reverse=True):
        raise PriceAnswersWrong("Answers run from the weakest to the strongest.")
    marks = [found.verification, *(one.verification for one in found.accounts)]
    if any(mark not in CHECKS for mark in marks):
        raise PriceAnswersWrong(f"A verification is one of {', '.join(CHECKS)}.")
    if not all(isinstance(day, date) for day in (found.checked, found.next_review)):
        raise PriceAnswersWrong("Say on which day it was checked, and when it is next.")
    if not all(one.source.strip() and one.told_by.strip() for one in found.accounts):
        raise PriceAnswersWrong("An account names its source and who tells it.")
