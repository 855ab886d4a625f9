"""Which law a commission falls under and what follows, answered from its facts only as far as they reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from commonweal.policy.procurement_law import (
    Regime,
    Rule,
    Thresholds,
    in_force,
    regimes,
    review_by,
    rules,
    thresholds,
)

NATIONS = ("england", "wales", "northern-ireland")
BOUGHT, DEALS = ("services", "light-touch", "works"), ("contract", "concession", "grant", "trade")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a commission; None is untold. Pounds; VAT as a rate, 0 when none is charged."""

    begun: date | None = None
    nation: str | None = None
    deal: str | None = None
    what: str | None = None
    net: Decimal | None = None
    vat_rate: Decimal | None = None
    years: Decimal | None = None
    spend: Decimal | None = None
    advertised: bool | None = None
    cross_border: bool | None = None
    engaged: bool | None = None
    unique_art: bool = False
    varying: bool = False
    reserve: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the law asks, or what must be told or done before that can be said."""

    regime: Regime | None = None
    threshold: Decimal | None = None
    compared: Decimal | None = None
    above: bool | None = None
    found: tuple[Rule, ...] = ()
    open_questions: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    blocked: str = ""
    unchecked: tuple[str, ...] = ()

    @property
    def determined(self) -> bool:
        """Whether the regime could be said."""
        return not self.missing and not self.blocked

    @property
    def qualified(self) -> bool:
        """Whether it rests on a row that nobody has checked: "unchecked - confirm with your legal officer"."""
        return bool(self.unchecked)

    def of(self, sort: str) -> tuple[Rule, ...]:
        """The rules of one sort that hold."""
        return tuple(rule for rule in self.found if rule.sort == sort)


def answer(facts: Facts, *, on: date) -> Answer:
    """What the law asks of a commission, as known on a day."""
    blocked = _blocked(facts, on)
    missing = _missing(facts)
    if blocked or missing:
        return Answer(blocked=blocked, missing=missing)
    assert facts.begun is not None
    if facts.deal in ("grant", "trade"):
        return _told(facts, {"deal": facts.deal, "begun": facts.begun}, Answer())
    return _of_contract(facts, in_force(regimes(), facts.begun), in_force(thresholds(), facts.begun))


def _blocked(facts: Facts, on: date) -> str:
    if on > review_by():
        return f"These rules were to be read again by {review_by():%d.%m.%Y}: nobody has, so they give no answer."
    if facts.begun is not None and (facts.begun < regimes()[0].begins or facts.begun > thresholds()[-1].ends):
        return "No rules are held for the day on which this began."
    if facts.nation is not None and facts.nation not in NATIONS:
        return "Scotland has its own procurement law, which is not held here: ask your legal officer."
    if facts.what == "mixed":
        return "Works with services: take legal advice on which part decides (Procurement Act 2023 ss5 and 10)."
    return _unknown_words(facts)


def _unknown_words(facts: Facts) -> str:
    for value, allowed in ((facts.what, BOUGHT), (facts.deal, DEALS)):
        if value is not None and value not in allowed:
            return f"{value!r} is not an answer; choose one of: {', '.join(allowed)}."
    for number in (facts.net, facts.vat_rate, facts.years, facts.spend):
        if number is not None and (not number.is_finite() or number < 0):
            return "A value, rate or term must be a number of nought or more."
    return ""


def _missing(facts: Facts) -> tuple[str, ...]:
    needed = {"begun": "the day it began", "nation": "the nation", "deal": "contract, concession, grant or trade"}
    if facts.deal not in ("grant", "trade"):
        needed |= {"what": "what is bought: light-touch or other services, or works", "net": "its estimated value"}
        needed |= _vat_needed(facts.begun)
        needed |= {"years": "how long it lasts"} if facts.reserve == "mutual" else {}
    return tuple(f"tell me {words}" for name, words in needed.items() if getattr(facts, name) is None)


def _vat_needed(begun: date | None) -> dict[str, str]:
    row = in_force(thresholds(), begun) if begun is not None else None
    return {} if row is not None and not row.with_vat else {"vat_rate": "whether VAT is charged, and at what rate"}


def _of_contract(facts: Facts, regime: Regime, row: Thresholds) -> Answer:
    net, rate = facts.net or Decimal(0), facts.vat_rate or Decimal(0)
    compared = net * (1 + rate) if row.with_vat else net
    threshold = row.amounts[_column(facts)]
    above = threshold is not None and compared >= threshold
    unchecked = () if row.checked else (row.citation,)
    case = {name: getattr(facts, name) for name in Facts.__dataclass_fields__}
    case |= {"regime": regime.key, "above": above, "gross": compared}
    return _told(facts, case, Answer(regime, threshold, compared, above, unchecked=unchecked))


def _column(facts: Facts) -> str:
    if facts.deal != "concession":
        return str(facts.what)
    return "light-touch-concession" if facts.what == "light-touch" else "concession"


def _told(facts: Facts, case: Mapping[str, Any], so_far: Answer) -> Answer:
    """The answer with every rule that holds, and the facts that would say whether others do."""
    verdicts = [(rule, *_holds(rule, case)) for rule in rules()]
    found = tuple(rule for rule, holds, _ in verdicts if holds)
    asked = tuple(dict.fromkeys(name for _, _, name in verdicts if name))
    unchecked = so_far.unchecked + tuple(rule.citation for rule in found if not rule.checked)
    return Answer(
        so_far.regime, so_far.threshold, so_far.compared, so_far.above, found, asked, unchecked=unchecked
    )


def _holds(rule: Rule, case: Mapping[str, Any]) -> tuple[bool, str]:
    """Whether a rule holds; and, when only one fact's absence keeps that from being said, that fact's name."""
    unknown = ""
    for name, wanted in rule.when.items():
        told = case.get(name)
        if told is None:
            unknown = unknown or name
        elif not _meets(told, wanted):
            return False, ""
    return (not unknown, unknown if unknown in ("advertised", "cross_border", "engaged", "spend") else "")


def _meets(told: Any, wanted: Any) -> bool:
    if isinstance(wanted, list):
        return told in wanted
    tests = {"at_least": lambda a, b: a >= b, "over": lambda a, b: a > b, "under": lambda a, b: a < b}
    return all(tests[name](told, bound) for name, bound in wanted.items())
