"""How the answer of the rules is set out: one sentence, then routes, notices and times, each with its citation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from commonweal.policy.procurement_facts import Facts, question
from commonweal.policy.procurement_law import Cited, Rule, as_at, review_by
from commonweal.policy.procurement_rules import Answer, NoticeLine
from commonweal.present.status import long_date
from commonweal.present.wording import listed

SHORT = {"V": "read at its source", "S": "second hand", "K": "unchecked"}
LEGEND = (
    "“Read at its source”: somebody read the text itself. “Second hand”: lawyers or public bodies say so. "
    "“Unchecked”: confirm it with your legal officer before you rely on it."
)
NO_REGIME = {
    "grant": "A genuine grant is not procurement, so no threshold and no notice of the Act applies.",
    "trade": "A trade is judged by what each side gives. If one side buys from the other, it is a contract.",
}


@dataclass(frozen=True, slots=True)
class Point:
    """Something the law says, with where, since when and how far it was checked."""

    words: str
    citation: str = ""
    address: str = ""
    since: str = ""
    mark: str = ""
    checked: bool = True

    @property
    def where(self) -> str:
        """Its citation with since when and how far it was checked, as print has it."""
        parts = (self.citation, f"since {self.since}" if self.since else "", self.mark)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class NoticePoint:
    """One notice and when it is due, or why not."""

    code: str
    title: str
    point: Point


@dataclass(frozen=True, slots=True)
class Spared:
    """A lighter way: what to change, what it spares, and the caution that goes with it."""

    words: str
    spares: str
    caution: str
    point: Point


@dataclass(frozen=True, slots=True)
class RulesTold:
    """The whole answer as pages, documents and the data interface show it."""

    answer: str
    determined: bool
    missing: tuple[tuple[str, str], ...]
    settles: tuple[tuple[str, str], ...]
    law: Point | None
    threshold: Point | None
    own: Point | None
    routes: tuple[Point, ...]
    refusals: tuple[Point, ...]
    publish: tuple[NoticePoint, ...]
    maybe: tuple[NoticePoint, ...]
    unsaid: tuple[NoticePoint, ...]
    not_due: tuple[NoticePoint, ...]
    other_notices: tuple[Point, ...]
    times: tuple[Point, ...]
    easier: tuple[Point, ...]
    duties: tuple[Point, ...]
    lighter: tuple[Spared, ...]
    unchecked: tuple[str, ...]
    as_at: date
    review_by: date

    @property
    def doubt(self) -> str:
        """How much of it nobody has checked, in a sentence; nothing where all was."""
        count = len(self.unchecked)
        if not count:
            return ""
        points = "One point is" if count == 1 else f"{count} points are"
        return f"{points} unchecked: confirm with your legal officer."


def rules_told(facts: Facts, found: Answer) -> RulesTold:
    """The answer set out."""
    due = {line.notice.code for line in found.notices}
    points = {sort: tuple(_of_rule(rule) for rule in found.of(sort) if rule.notice not in due)
              for sort in ("route", "refusal", "notice", "time", "lighter", "duty")}
    return RulesTold(
        answer=answer_words(facts, found), determined=found.determined,
        missing=tuple((name, question(name).missing) for name in found.missing),
        settles=tuple((name, question(name).missing) for name in found.open_questions),
        law=_law(found), threshold=_threshold(found), own=_own(found),
        routes=points["route"], refusals=points["refusal"], other_notices=points["notice"], times=points["time"],
        easier=points["lighter"], duties=points["duty"],
        publish=_notices(found.standing("due")), maybe=_notices(found.standing("if")),
        unsaid=_notices(found.standing("ask")), not_due=_notices(found.standing("not")),
        lighter=tuple(
            Spared(way.words, listed([_lowered(one) for one in way.spares]), way.row.caution, _cited("", way.row))
            for way in found.lighter),
        unchecked=found.unchecked, as_at=as_at(), review_by=review_by(),
    )


def answer_words(facts: Facts, found: Answer) -> str:
    """The answer in a sentence or two that could be read aloud."""
    if found.blocked:
        return found.blocked
    if found.missing:
        return f"Cannot determine yet: tell me {listed([question(name).missing for name in found.missing])}."
    if found.regime is None:
        return NO_REGIME.get(facts.deal or "", "") if facts.buyer != "charity" else (
            "Procurement law does not bind a charity, trust or company that stands on its own.")
    if found.threshold is None:
        return f"The {found.regime.title} set no threshold for this: it stood outside them."
    vat = " with VAT" if found.row is not None and found.row.with_vat else " without VAT"
    value = f"{pounds(found.compared)}{vat}"
    if found.above:
        how = ", lightly" if facts.what == "light-touch" else " in full"
        edge = pounds(found.threshold)
        verb = "apply" if "Regulations" in found.regime.title else "applies"
        return f"The {found.regime.title} {verb}{how}: {value} reaches the threshold of {edge}."
    return (f"The full rules do not apply: {value} is below the threshold of {pounds(found.threshold)}. "
            f"The lighter rules of the {found.regime.title} do.")


def pounds(amount: Decimal | None) -> str:
    """£663,540, or with pence where there are any."""
    value = amount or Decimal(0)
    return f"£{value:,.0f}" if value == value.to_integral_value() else f"£{value:,.2f}"


def worth_words(net: Decimal, years: Decimal | None, deal: str | None) -> str:
    """A value with its time: £900,000 without VAT over 5 years."""
    term = "" if not years else " over one year" if years == 1 else f" over {years.normalize():f} years"
    return f"{pounds(net)}{'' if deal == 'grant' else ' without VAT'}{term}"


def _law(found: Answer) -> Point | None:
    if found.regime is None:
        return None
    return _cited(found.regime.title, found.regime, since=found.regime.begins)


def _threshold(found: Answer) -> Point | None:
    if found.row is None or found.threshold is None:
        return None
    vat = "with VAT" if found.row.with_vat else "without VAT"
    words = f"{pounds(found.threshold)} {vat}; this is {pounds(found.compared)}"
    sure = not found.row.citation or found.row.citation not in found.unchecked
    point = _cited(words, found.row, since=found.row.begins)
    return point if sure else Point(words, point.citation, point.address, point.since, SHORT["K"], False)


def _own(found: Answer) -> Point | None:
    if found.own is None:
        return None
    orders, lower = found.own.orders, found.own.lower
    less = f" Under {pounds(found.own.begins)} they ask for {lower.asks}." if lower else ""
    since = long_date(orders.since)
    return Point(f"{found.own.words}{less}", orders.source, "", since, "entered by your administrator")


def _notices(lines: tuple[NoticeLine, ...]) -> tuple[NoticePoint, ...]:
    return tuple(
        NoticePoint(line.notice.code, line.notice.title, _cited(
            line.words, line.notice, since=line.notice.since, checked=line.checked))
        for line in lines
    )


def _of_rule(rule: Rule) -> Point:
    return _cited(rule.words, rule, since=rule.since)


def _cited(words: str, row: Cited, *, since: date | None = None, checked: bool | None = None) -> Point:
    sure = row.checked if checked is None else checked
    mark = SHORT[row.verification] if sure else SHORT["K"]
    return Point(words, row.citation, row.address, long_date(since) if since else "", mark, sure)


def _lowered(words: str) -> str:
    words = words.rstrip(".")
    return words[:1].lower() + words[1:] if words[1:2].islower() else words
