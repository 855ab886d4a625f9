"""Which law a commission falls under and what follows, answered from its facts only as far as they reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Any

from commonweal.policy.conditions import verdict
from commonweal.policy.procurement_facts import Facts, asked_of, case_of, not_an_answer, question
from commonweal.policy.procurement_law import (
    Lighter,
    Notice,
    Regime,
    Rule,
    Thresholds,
    in_force,
    lower_limits,
    notices,
    regimes,
    review_by,
    rules,
    thresholds,
    ways_lighter,
)
from commonweal.policy.standing_orders import OwnRule, StandingOrders, own_rule

NO_THRESHOLD = ("grant", "trade")
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One notice and how it stands: "due", "if" (should something happen), "ask" (a fact is missing), "not"."""

    notice: Notice
    standing: str
    words: str
    key: str = ""
    asks: tuple[str, ...] = ()
    checked: bool = True

    @property
    def name(self) -> str:
        """Its title and code."""
        return f"{self.notice.title} ({self.notice.code})"


@dataclass(frozen=True, slots=True)
class LighterWay:
    """A change that would spare something, and what."""

    row: Lighter
    words: str
    spares: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the law asks, or what must be told or done before that can be said."""

    regime: Regime | None = None
    row: Thresholds | None = None
    threshold: Decimal | None = None
    compared: Decimal | None = None
    above: bool | None = None
    found: tuple[Rule, ...] = ()
    notices: tuple[NoticeLine, ...] = ()
    open_questions: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    blocked: str = ""
    unchecked: tuple[str, ...] = ()
    lighter: tuple[LighterWay, ...] = ()
    own: OwnRule | None = None

    @property
    def determined(self) -> bool:
        """Whether the regime could be said."""
        return not self.missing and not self.blocked

    @property
    def qualified(self) -> bool:
        """Whether it rests on a row that nobody has checked: "unchecked - confirm with your legal officer"."""
        return bool(self.unchecked)

    @property
    def asks(self) -> tuple[str, ...]:
        """What is missing, each as "tell me ..."."""
        return tuple(f"tell me {question(name).missing}" for name in self.missing)

    def of(self, sort: str) -> tuple[Rule, ...]:
        """The rules of one sort that hold."""
        return tuple(rule for rule in self.found if rule.sort == sort)

    def standing(self, *standings: str) -> tuple[NoticeLine, ...]:
        """The notices that stand so."""
        return tuple(line for line in self.notices if line.standing in standings)

    @property
    def burdens(self) -> tuple[str, ...]:
        """What must be published or waited for, in words."""
        due = tuple(line.name for line in self.standing("due"))
        told = (rule for rule in self.found if rule.sort in ("notice", "time") and not rule.notice)
        return due + tuple(rule.words for rule in told)


def answer(facts: Facts, *, on: date, orders: StandingOrders | None = None) -> Answer:
    """What the law asks of a commission, as known on a day; standing orders are laid over it."""
    found = _answer(facts, on)
    if not found.determined:
        return found
    return replace(found, lighter=_lighter(facts, found, on), own=_own(facts, orders))


def _answer(facts: Facts, on: date) -> Answer:
    blocked = _blocked(facts, on)
    if blocked:
        return Answer(blocked=blocked)
    missing = _missing(facts)
    if missing:
        return Answer(missing=missing)
    assert facts.begun is not None
    if facts.buyer == "charity":
        return _told({"deal": facts.deal, "begun": facts.begun, "buyer": facts.buyer}, Answer())
    if facts.deal in NO_THRESHOLD:
        told = {name: getattr(facts, name) for name in ("deal", "begun", "buyer", "nation")}
        return _told(told, Answer())
    return _of_contract(facts, in_force(regimes(), facts.begun), in_force(thresholds(), facts.begun))


def _blocked(facts: Facts, on: date) -> str:
    if on > review_by():
        return f"These rules were to be read again by {review_by():%d.%m.%Y}: nobody has, so they give no answer."
    if facts.nation == "scotland":
        return "Scotland has its own procurement law, which is not covered here: ask your legal officer."
    wrong = not_an_answer(facts)
    if wrong:
        return wrong
    if facts.begun is not None and (facts.begun < regimes()[0].begins or facts.begun > thresholds()[-1].ends):
        return "No rules are held for the day on which this began."
    if facts.buyer == "charity" or facts.deal in NO_THRESHOLD:
        return ""
    return _another_law(facts)


def _another_law(facts: Facts) -> str:
    if facts.what == "mixed":
        return "Works with services: take legal advice on which part decides (Procurement Act 2023 ss5 and 10)."
    if facts.what == "health":
        return ("Health care for the NHS falls under the Provider Selection Regime, which is not covered here: "
                "ask your legal officer.")
    if facts.buyer == "utility" and facts.begun is not None and facts.begun < regimes()[-1].begins:
        return "Utilities had regulations of their own until 23 February 2025, which are not held here."
    return ""


def _missing(facts: Facts) -> tuple[str, ...]:
    needed = ["deal", "buyer", "nation", "begun"]
    if facts.deal not in NO_THRESHOLD and facts.buyer != "charity":
        needed += ["what", "net"]
        row = in_force(thresholds(), facts.begun) if facts.begun is not None else None
        needed += ["vat_rate"] if row is None or row.with_vat else []
        needed += ["years"] if facts.reserve == "mutual" else []
    return tuple(name for name in needed if getattr(facts, name) is None)


def _of_contract(facts: Facts, regime: Regime, row: Thresholds) -> Answer:
    net = facts.net or Decimal(0)
    gross = gross_of(facts)
    compared, column = gross if row.with_vat else net, _column(facts)
    threshold = row.amounts[column]
    above = threshold is not None and compared >= threshold
    unchecked = () if row.sure(column) else (row.citation,)
    case = case_of(facts) | {"regime": regime.key, "above": above, "gross": compared}
    old = regime.key == "pcr2015"
    case |= {"lower_2015": _above_lower(facts, net, gross) if old else None,
             "under_services": _under_services(facts, row, compared) if old else None}
    return _told(case, Answer(
        regime=regime, row=row, threshold=threshold, compared=compared, above=above, unchecked=unchecked))


def gross_of(facts: Facts) -> Decimal:
    """The value with the VAT that will be charged."""
    return (facts.net or Decimal(0)) * (1 + (facts.vat_rate or Decimal(0)))


def _column(facts: Facts) -> str:
    if facts.deal == "concession":
        return "light-touch-concession" if facts.what == "light-touch" else "concession"
    if facts.what == "works":
        return "works"
    if facts.buyer == "utility":
        return f"utility-{facts.what}"
    return "central-services" if facts.buyer == "central" and facts.what == "services" else str(facts.what)


def _above_lower(facts: Facts, net: Decimal, gross: Decimal) -> bool:
    """Whether the below-threshold chapter of the regulations of 2015 bound this buyer at this value."""
    limit = in_force(lower_limits(), facts.begun or date.min)
    return bool((gross if limit.with_vat else net) >= (limit.central if facts.buyer == "central" else limit.other))


def _under_services(facts: Facts, row: Thresholds, compared: Decimal) -> bool:
    """Whether it is worth less than the threshold for services that are not light touch, whatever it is itself."""
    edge = row.amounts["central-services" if facts.buyer == "central" else "services"]
    return edge is not None and compared < edge


def _told(case: Mapping[str, Any], so_far: Answer) -> Answer:
    """The answer with every rule that holds, every notice, and the facts that would say whether others do."""
    verdicts = [(rule, verdict(rule.when, case)) for rule in rules()]
    found = tuple(rule for rule, given in verdicts if given.holds)
    lines = tuple(_line(one, case) for one in notices()) if case.get("regime") == "pa2023" else ()
    found += tuple(case_row for line in lines if line.standing == "due"
                   for case_row in line.notice.cases if case_row.key == line.key)
    asked = [name for _, given in verdicts if len(given.unknown) == 1 for name in given.unknown]
    asked += [name for line in lines for name in line.asks]
    unchecked = so_far.unchecked + tuple(rule.citation for rule in found if not rule.checked)
    return replace(so_far, found=_once(found), notices=lines, unchecked=tuple(dict.fromkeys(unchecked)),
                   open_questions=asked_of(dict.fromkeys(asked)))


def _once(found: tuple[Rule, ...]) -> tuple[Rule, ...]:
    return tuple({rule.key: rule for rule in found}.values())


def _line(notice: Notice, case: Mapping[str, Any]) -> NoticeLine:
    """Whether one notice is due: an exemption that holds comes first, then the cases in their order."""
    for one in notice.exempt:
        if verdict(one.when, case).holds:
            return NoticeLine(notice, "not", one.words, checked=one.checked)
    asks: tuple[str, ...] = ()
    for row in notice.cases:
        given = verdict(row.when, case)
        timing = row.words.removeprefix(f"{notice.title}: ")
        if given.holds and row.event:
            return NoticeLine(notice, "if", f"If {row.event}: {timing[:1].lower()}{timing[1:]}", row.key,
                              checked=notice.checked)
        if given.holds:
            return NoticeLine(notice, "due", timing, row.key, checked=notice.checked)
        asks = asks or given.unknown
    if asks:
        told = " and ".join(question(name).missing for name in asked_of(asks))
        return NoticeLine(notice, "ask", f"Tell me {told}.", asks=asked_of(asks))
    return NoticeLine(notice, "not", "None of its cases is met.", checked=notice.checked)


def _lighter(facts: Facts, found: Answer, on: date) -> tuple[LighterWay, ...]:
    """Each change that would spare something, found by asking the rules again."""
    case = case_of(facts) | {"regime": found.regime.key if found.regime else None, "above": found.above}
    ways = []
    for row in ways_lighter():
        if not verdict(row.when, case).holds:
            continue
        after = _answer(_changed(facts, found, row), on)
        left = {*after.burdens, *(line.name for line in after.standing("ask"))}
        spared = tuple(one for one in found.burdens if one not in left)
        if after.determined and spared and len(after.burdens) <= len(found.burdens):
            ways.append(LighterWay(row, row.words.replace("{gap}", _gap(found)), spared))
    return tuple(ways)


def _changed(facts: Facts, found: Answer, row: Lighter) -> Facts:
    change = dict(row.change)
    if change.get("net") == "under_threshold" and found.threshold is not None and found.row is not None:
        rate = (facts.vat_rate or Decimal(0)) if found.row.with_vat else Decimal(0)
        just_under = (found.threshold / (1 + rate)).quantize(CENT, ROUND_DOWN)
        change["net"] = just_under - CENT if just_under * (1 + rate) >= found.threshold else just_under
    return replace(facts, **change)


def _gap(found: Answer) -> str:
    """How far it stands above its threshold, in whole pounds and never too little."""
    over = (found.compared or Decimal(0)) - (found.threshold or Decimal(0))
    return f"{int(over) + 1:,}"


def _own(facts: Facts, orders: StandingOrders | None) -> OwnRule | None:
    if orders is None or facts.net is None or facts.deal in NO_THRESHOLD:
        return None
    return own_rule(orders, net=facts.net, gross=gross_of(facts))
