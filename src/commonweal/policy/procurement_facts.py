"""What may be told of a commission, and the questions by which it is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from commonweal.policy.procurement_law import law_content


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a commission; None is untold. Pounds; VAT as a rate, 0 when none is charged."""

    begun: date | None = None
    nation: str | None = None
    buyer: str | None = None
    deal: str | None = None
    what: str | None = None
    net: Decimal | None = None
    vat_rate: Decimal | None = None
    years: Decimal | None = None
    spend: Decimal | None = None
    advertised: bool | None = None
    cross_border: bool | None = None
    engaged: bool | None = None
    ground: str = ""
    reserve: str = ""
    varying: bool = False
    market: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that may be chosen."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question: how it is asked, and how its absence is put."""

    key: str
    label: str
    kind: str
    needed: bool
    missing: str
    hint: str
    choices: tuple[Choice, ...]
    myths: tuple[int, ...]

    @property
    def values(self) -> tuple[str, ...]:
        """The answers that may be chosen."""
        return tuple(one.value for one in self.choices)


@cache
def questions() -> tuple[Question, ...]:
    """Every question in the order in which it is asked."""
    return tuple(_question(row) for row in law_content("questions")["questions"])


@cache
def question(key: str) -> Question:
    """The question about one fact."""
    return next(one for one in questions() if one.key == key)


def asked_of(names: Iterable[str]) -> tuple[str, ...]:
    """Those of these facts that somebody can be asked for."""
    known = {one.key for one in questions()}
    return tuple(name for name in names if name in known)


def case_of(facts: Facts) -> dict[str, Any]:
    """The facts by their names, as conditions speak of them."""
    return {name: getattr(facts, name) for name in Facts.__dataclass_fields__}


def not_an_answer(facts: Facts) -> str:
    """The sentence about the first fact that is not one of the answers there are, or nothing."""
    for one in questions():
        told = getattr(facts, one.key)
        if one.kind == "choice" and one.key != "vat_rate" and told not in (None, *one.values):
            among = ", ".join(filter(None, one.values))
            return f"{told!r} is not an answer to “{one.label}”; choose one of: {among}."
        if isinstance(told, Decimal) and (not told.is_finite() or told < 0):
            return "A value, rate or term must be a number of nought or more."
    return ""


def _question(row: Mapping[str, Any]) -> Question:
    choices = tuple(Choice(**one) for one in row.get("choices", ()))
    return Question(row["key"], row["label"], row["kind"], row["needed"], row["missing"], row.get("hint", ""),
                    choices, tuple(row["myths"]))
