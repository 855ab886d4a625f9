"""A commission's specification as it stands, what it would begin from, and what in it answers nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer
from commonweal.needs.models import MissedAnswer, MissedVerdict, NeedVersion
from commonweal.policy.over_specifying import Flag, flags_of
from commonweal.policy.tiers import Tier
from commonweal.priorities.pages.outcomes import amount
from commonweal.priorities.queries.outcomes import OutcomeCard, outcomes_for
from commonweal.procurement.models import CommissionAnswers, Requirement, SpecificationVersion
from commonweal.procurement.queries.commissions import AnswerRef, CommissionCard
from commonweal.procurement.specified import words_of

PARTS = ("difference", "people", "where", "known", "missed")


@dataclass(frozen=True, slots=True)
class RequirementCard:
    """One requirement, what it answers, and what in its words lays down too much."""

    words: str
    answers: AnswerRef | None
    because: str
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class SpecificationCard:
    """The newest version, with its orphans: requirements that answer nothing, needs that none serves."""

    number: int
    difference: str
    people: str
    where: str
    known: str
    missed: str
    written_by: str
    written_at: datetime
    requirements: tuple[RequirementCard, ...]
    loose: tuple[RequirementCard, ...]
    unserved: tuple[AnswerRef, ...]
    flags: tuple[tuple[str, Flag], ...]


@dataclass(frozen=True, slots=True)
class Start:
    """What a specification begins from: the words of the needs and outcomes that the commission answers."""

    difference: str
    people: str
    where: str
    known: str
    missed: str
    requirements: tuple[tuple[str, UUID], ...]


def asked_in(card: CommissionCard) -> dict[UUID, str]:
    """What each need or outcome that the commission answers says itself, by the tie to it."""
    rows = CommissionAnswers.objects.filter(pk__in=[one.link for one in card.answers])
    return {row.pk: words_of(row.need, row.outcome) for row in rows.select_related("need", "outcome")}


def specification_of(viewer: Viewer, card: CommissionCard) -> SpecificationCard | None:
    """The newest version, or None where none is written."""
    rows = SpecificationVersion.objects.visible_to(viewer, Purpose.ASSESSMENT)
    row: SpecificationVersion | None = rows.filter(identity__commission=card.id).select_related(
        "written_by").order_by("-number").first()
    if row is None:
        return None
    made = tuple(_requirement(one, card.answers) for one in row.requirements.select_related(
        "need__identity", "outcome__identity"))
    served = {one.answers.id for one in made if one.answers}
    return SpecificationCard(
        row.number, row.difference, row.people, row.where, row.known, row.missed, row.written_by.name,
        row.written_at, made, tuple(one for one in made if one.answers is None),
        tuple(one for one in card.answers if one.id not in served),
        tuple((one.words, flag) for one in made for flag in one.flags),
    )


def start_of(viewer: Viewer, partnership: UUID, card: CommissionCard) -> Start:
    """Grown from what the commission answers, in their own words; and what partners said of who may be missed."""
    outcomes = {one.id: one for one in outcomes_for(viewer, partnership)}
    aims = [outcomes[one.id] for one in card.answers if one.kind == "outcome" and one.id in outcomes]
    needs = list(NeedVersion.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(
        identity__in=[one.id for one in card.answers if one.kind == "need"]).latest_each())
    links = {one.id: one.link for one in card.answers}
    return Start(
        difference=" ".join([one.statement for one in aims] or [one.what for one in needs])[:2000],
        people="; ".join(dict.fromkeys([one.who for one in aims] + [one.who for one in needs]))[:500],
        where="; ".join(dict.fromkeys([one.where for one in aims] + [one.where for one in needs]))[:500],
        known=" ".join(words for one in aims for words in _known(one))[:2000],
        missed=_missed(viewer, partnership)[:2000],
        requirements=tuple((one.statement[:500], links[one.id]) for one in aims)
        + tuple((one.what[:500], links[one.identity_id]) for one in needs),
    )


def measures_of(tier: Tier | None) -> str:
    """How many measures the tier allows, in a sentence."""
    if tier is None:
        return ""
    returns = "one return" if tier.returns == 1 else f"{tier.returns} returns"
    return f"Tier {tier.number} allows {tier.measures} measures and {returns} a year."


def _missed(viewer: Viewer, partnership: UUID) -> str:
    """What partners said last of each group that may be missed, where it was said for the steps to come."""
    rows = MissedAnswer.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership, onward=True)
    last = {row.group: row for row in rows.order_by("id")}
    return "\n".join(f"{row.title}: {row.words}" for row in last.values() if row.verdict == MissedVerdict.ANSWERED)


def _known(card: OutcomeCard) -> list[str]:
    return [f"{one.own_measure or one.indicator}: {amount(one.target, one.unit)} by {one.target_on:%B %Y}."
            for one in card.targets]


def _requirement(row: Requirement, answers: tuple[AnswerRef, ...]) -> RequirementCard:
    version = row.need or row.outcome
    key = version.identity_id if version else None
    return RequirementCard(row.words, next((one for one in answers if one.id == key), None), row.because,
                           flags_of(row.words, words_of(row.need, row.outcome)))
