"""Drafts of notices: each field filled from the commission and its award, and what is still missing named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta
from decimal import Decimal

from commonweal.policy.notice_fields import NoticeField, NoticeForm, fields_as_at, notice_forms
from commonweal.policy.procurement_facts import question
from commonweal.policy.procurement_rules import NoticeLine, gross_of
from commonweal.present.status import long_date
from commonweal.present.wording import listed
from commonweal.procurement.models import Basis, CommissionState
from commonweal.procurement.pages.rules import answer_words, pounds
from commonweal.procurement.queries.awards import AwardCard, SupplierCard
from commonweal.procurement.queries.commissions import CommissionCard
from commonweal.procurement.queries.specifications import SpecificationCard

PAST = "past"


@dataclass(frozen=True, slots=True)
class Filling:
    """What a draft is filled from."""

    card: CommissionCard
    award: AwardCard | None = None
    spec: SpecificationCard | None = None
    buyer_number: str = ""
    contact: str = ""
    talk_at: time | None = None
    talk_where: str = ""


@dataclass(frozen=True, slots=True)
class DraftField:
    """One field of a draft: what fills it, or nothing."""

    field: NoticeField
    value: str

    @property
    def missing(self) -> bool:
        """Whether it has still to be written, and is always asked."""
        return not self.value and not self.field.when


@dataclass(frozen=True, slots=True)
class Draft:
    """One notice, as far as it can be filled."""

    form: NoticeForm
    standing: str
    timing: str
    fields: tuple[DraftField, ...]

    @property
    def missing(self) -> tuple[DraftField, ...]:
        """What the buyer has still to write."""
        return tuple(one for one in self.fields if one.missing)

    @property
    def sentence(self) -> str:
        """How far it is filled."""
        filled = sum(bool(one.value) for one in self.fields)
        lacks = f"{len(self.missing)} still to write" if self.missing else "nothing always asked is missing"
        return f"{filled} of {len(self.fields)} fields filled; {lacks}."


def drafts_of(filling: Filling) -> tuple[Draft, ...]:
    """Every notice that can be drafted, those due first."""
    found = [draft_of(filling, one) for one in notice_forms()]
    order = ("due", "if", "ask", "", PAST, "not")
    return tuple(sorted(found, key=lambda one: order.index(one.standing)))


def drafts_answer(filling: Filling, drafts: tuple[Draft, ...]) -> str:
    """Which are due, in a sentence; where the rules cannot be said, neither can this."""
    if not filling.card.found.determined:
        return f"{answer_words(filling.card.facts, filling.card.found)} Which notices are due hangs on it."
    due = [one for one in drafts if one.standing == "due"]
    said = (f"By what is known of it, {len(due)} of these {'is' if len(due) == 1 else 'are'} due: {_named(due)}."
            if due else "By what is known of it, none of these notices is due now.")
    past = [one for one in drafts if one.standing == PAST]
    return f"{said} The time of {_named(past)} has passed." if past else said


def draft_of(filling: Filling, form: NoticeForm) -> Draft:
    """One notice."""
    line = next((one for one in filling.card.found.notices if one.notice.code == form.code), None)
    fields = tuple(DraftField(one, SLOTS[one.slot](filling) if one.slot else "") for one in form.fields)
    return Draft(form, *(_when(filling, line) if line else ("", "")), fields)


def _when(given: Filling, line: NoticeLine) -> tuple[str, str]:
    """How a notice stands as far as the commission has come, and its time in words."""
    if line.standing not in ("due", "if"):
        return line.standing, line.words
    if _reached(given, line.notice.until):
        if line.standing == "if":
            return PAST, f"Its time has passed. {line.words}"
        return PAST, f"Its time has passed: see that it was published. {line.words}"
    days = next((case.days for case in line.notice.cases if case.key == line.key), None)
    signed = given.award.signed_on if given.award else None
    if days and signed:
        last = long_date(signed + timedelta(days=days))
        return line.standing, f"By {last}: within {days} days of {long_date(signed)}, when it was signed."
    return line.standing, line.words


def _reached(given: Filling, step: str) -> bool:
    state = given.card.state
    return {
        "": False, "open": state in (CommissionState.OPEN, CommissionState.DECIDED),
        "decided": state == CommissionState.DECIDED or given.award is not None,
        "signed": given.award is not None and given.award.signed_on is not None,
    }[step]


def _named(drafts: list[Draft]) -> str:
    return listed([f"{one.form.title.lower()} ({one.form.code})" for one in drafts])


def draft_json(draft: Draft, filling: Filling) -> dict[str, object]:
    """A draft as data."""
    as_at, _, statement = fields_as_at()
    return {
        "notice": draft.form.code, "title": draft.form.title, "draft": True, "statement": statement,
        "fields_as_at": as_at.isoformat(), "commission": filling.card.title, "standing": draft.standing,
        "fields": [{
            "key": one.field.key, "label": one.field.label, "value": one.value or None, "missing": one.missing,
            "asked_when": one.field.when, "citation": one.field.citation, "checked": one.field.checked,
        } for one in draft.fields]}


def _term(given: Filling) -> str:
    award, card = given.award, given.card
    if award is not None:
        more = f"; with every extension to {long_date(award.extends_to)}" if award.extends_to else ""
        return f"{long_date(award.starts_on)} to {long_date(award.ends_on)}{more}"
    years = card.facts.years
    if card.starts_on is None or not years:
        return ""
    return f"From {long_date(card.starts_on)} for {years.normalize():f} year{'' if years == 1 else 's'}"


def _net(given: Filling) -> Decimal | None:
    return given.award.net if given.award else given.card.facts.net


def _gross(given: Filling) -> str:
    facts = given.card.facts
    if given.award or facts.net is None or facts.vat_rate is None:
        rate = facts.vat_rate
        return pounds(given.award.net * (1 + rate)) if given.award and rate is not None else ""
    return pounds(gross_of(facts))


def _subject(given: Filling) -> str:
    if given.spec is not None:
        return f"{given.spec.difference} For: {given.spec.people}. Where: {given.spec.where}."
    return f"{given.card.purpose} Where: {given.card.place}."


def _regime(given: Filling) -> str:
    facts = given.card.facts
    said = [*(["Light touch"] if facts.what == "light-touch" else []),
            *(["Concession"] if facts.deal == "concession" else [])]
    return ", ".join(said)


def _engagement(given: Filling) -> str:
    if given.card.engage_on is None:
        return ""
    at = f" at {given.talk_at:%H:%M}" if given.talk_at else ""
    where = f", {given.talk_where}" if given.talk_where else ""
    return f"Talk with suppliers on {long_date(given.card.engage_on)}{at}{where}"


def _threshold(given: Filling) -> str:
    above = given.card.found.above
    return "" if above is None else "Above the threshold" if above else "Below the threshold"


def _lots(given: Filling) -> str:
    if given.award is None or not given.award.lots:
        return ""
    return "; ".join(title if net is None else f"{title} ({pounds(net)})" for title, net in given.award.lots)


def _chosen(name: str) -> Callable[[Filling], str]:
    """A fact of the commission in the words of its question's choices."""
    def told(given: Filling) -> str:
        value = getattr(given.card.facts, name)
        return next((one.label for one in question(name).choices if one.value == value and value), "")
    return told


def _procedure(given: Filling) -> str:
    if given.award is not None:
        return given.award.basis.label
    return f"{given.card.tier.route}" if given.card.tier else ""


def _suppliers(word: Callable[[SupplierCard], str]) -> Callable[[Filling], str]:
    def told(given: Filling) -> str:
        said = [word(one) for one in given.award.suppliers] if given.award else []
        return "; ".join(one for one in said if one)
    return told


def _kind(one: SupplierCard) -> str:
    said = [*(["small or medium business"] if one.sme else []), *(["social enterprise"] if one.vcse else [])]
    return f"{one.name}: {', '.join(said)}" if said else ""


def _of_award(word: Callable[[AwardCard], str]) -> Callable[[Filling], str]:
    return lambda given: word(given.award) if given.award else ""


SLOTS: dict[str, Callable[[Filling], str]] = {
    "buyer": lambda given: given.card.buyer,
    "buyer-number": lambda given: given.buyer_number,
    "contact": lambda given: given.award.contact if given.award else given.contact,
    "title": lambda given: given.card.title,
    "description": _subject,
    "category": _chosen("what"),
    "net": lambda given: pounds(net) if (net := _net(given)) is not None else "",
    "gross": _gross,
    "term": _term,
    "threshold": _threshold,
    "regime": _regime,
    "engagement": _engagement,
    "no-engagement": lambda given: "No engagement took place" if given.card.facts.engaged is False else "",
    "procedure": _procedure,
    "lots": _lots,
    "reserved": lambda given: _chosen("reserve")(given) or "Not reserved",
    "ground": _chosen("ground"),
    "because": _of_award(lambda one: one.because if one.basis == Basis.DIRECT else ""),
    "suppliers": _suppliers(lambda one: one.name),
    "supplier-numbers": _suppliers(lambda one: f"{one.name}: {one.scheme} {one.number}" if one.number else ""),
    "supplier-kinds": _suppliers(_kind),
    "consortium": _of_award(lambda one: "Yes" if len(one.suppliers) > 1 else "No"),
    "decided": _of_award(lambda one: long_date(one.decided_on)),
    "signed": _of_award(lambda one: long_date(one.signed_on) if one.signed_on else ""),
    "bids": _of_award(lambda one: "" if one.bids is None else str(one.bids)),
}
