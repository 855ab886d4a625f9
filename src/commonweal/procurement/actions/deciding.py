"""A low price explains itself, and somebody is chosen: the decision is frozen with all it stood on."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date, timedelta

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_person, record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.viewer import Viewer
from commonweal.policy.standstill import standstill_of
from commonweal.procurement.actions.commission import move_commission
from commonweal.procurement.actions.competing import held_competition
from commonweal.procurement.actions.pipeline import own_commission
from commonweal.procurement.facts_of import facts_of
from commonweal.procurement.models import CommissionState, Competition, Decision, LowPrice
from commonweal.procurement.opening import bid_of_letter
from commonweal.procurement.queries.ranking import Ranked, ranking_of

LATEST_TOLD = timedelta(days=366)


class Verb(models.TextChoices):
    """The deeds that end an evaluation."""

    LOW = "evaluation.low_price_settled"
    DECIDED = "evaluation.decided"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionSaid:
    """Who is chosen, why, on whose word, and when bidders are told; `wait` keeps a standstill that none asks."""

    letters: tuple[str, ...]
    reasons: str
    authority: str
    decided_on: date
    told_on: date | None = None
    wait: bool = field(default=False)


@transaction.atomic
def settle_low_price(
    *, by: Viewer, competition: Competition, letter: str, said: str, accepted: bool, reason: str
) -> LowPrice:
    """What the bidder said of a price far below the others', and whether the work can be done for it."""
    own_commission(by, competition.commission)
    row = held_competition(competition)
    bid = bid_of_letter(row, letter)
    found = next((one for one in ranking_of(by, row) if one.letter == letter), None)
    if found is None or not found.low:
        raise Refused("This price is not far below the others', so there is nothing to settle.")
    if Decision.objects.filter(competition=row).exists():
        raise Refused("It is decided already.")
    if not said.strip() or not reason.strip():
        raise Refused("Write down what the bidder said, and why you accept it or not.")
    made = LowPrice.objects.filter(bid=bid).first() or LowPrice(partnership_id=bid.partnership_id, bid=bid)
    made.said, made.accepted, made.reason = said.strip(), accepted, reason.strip()
    made.by, made.at = acting_person(by), clock.now()
    saved(made)
    record_event(by=by, verb=Verb.LOW, subject=made, partnership=bid.partnership_id)
    return made


@transaction.atomic
def decide(*, by: Viewer, competition: Competition, said: DecisionSaid) -> Decision:
    """Choose the most advantageous, or several where several may be chosen, or nobody; then it is decided."""
    own_commission(by, competition.commission)
    row = held_competition(competition)
    if Decision.objects.filter(competition=row).exists():
        raise Refused("It is decided already. A decision is not changed: a new commission begins anew.")
    order = ranking_of(by, row)
    _sound(row, order, said)
    held = standstill_of(facts_of(row.commission), told_on=said.told_on or said.decided_on, wait=said.wait)
    made = saved(Decision(
        partnership_id=row.partnership_id, commission=row.commission, competition=row, how="competition",
        chosen=[_chosen(one) for one in order if one.letter in said.letters],
        order=[_frozen(one) for one in order],
        rules=_rules(row), reasons=said.reasons.strip(), authority=said.authority.strip(),
        decided_on=said.decided_on, told_on=said.told_on, standstill_last=held.last, standstill_words=held.words,
        recommended_by=acting_person(by)))
    move_commission(by=by, commission=row.commission, to=CommissionState.DECIDED)
    record_event(by=by, verb=Verb.DECIDED, subject=made, partnership=row.partnership_id)
    return made


def told_in_time(decided_on: date, told_on: date | None) -> None:
    """Bidders are told on the day of the decision or within a year; anything else is a slip of the hand."""
    if told_on is not None and not decided_on <= told_on <= decided_on + LATEST_TOLD:
        raise Refused("Bidders are told on the day of the decision or soon after. Look at the day you gave.")


def _sound(row: Competition, order: tuple[Ranked, ...], said: DecisionSaid) -> None:
    if any(one.low and one.low_settled is None for one in order if not one.out):
        raise Refused("A price lies far below the others'. Ask the bidder, and settle it first.")
    if not said.reasons.strip() or not said.authority.strip():
        raise Refused("Say why, and who decides: a committee, a portfolio holder, an officer under a scheme.")
    if said.decided_on > clock.today():
        raise Refused("The day of the decision lies ahead. Record it when it is taken.")
    told_in_time(said.decided_on, said.told_on)
    able = [one for one in order if not one.out]
    talked = [one.letter for one in able if one.terms]
    if talked and len(talked) < len(able) and row.commission.deal in ("contract", "concession"):
        raise Refused("You talked with some and not with others. Give each that is not out the same chance first: "
                      f"bid {next(one.letter for one in able if not one.terms)} has had none.")
    chosen = [one for one in order if one.letter in said.letters]
    if len(chosen) != len(set(said.letters)) or any(one.out for one in chosen):
        raise Refused("Choose among those that are not out.")
    if len(chosen) > 1 and not row.several:
        raise Refused("Only one may be chosen here: that was laid down before it opened.")
    if len(chosen) == 1 and not row.several and able and chosen[0].place != 1:
        raise Refused(f"The most advantageous is bid {able[0].letter}. The rules laid down before choose it; "
                      "choose that one, or nobody.")


def _chosen(one: Ranked) -> dict[str, object]:
    return {"bid": str(one.bid), "letter": one.letter, "name": one.name, "price": _money(one),
            "terms": one.terms, "members": [asdict(member) for member in one.members]}


def _frozen(one: Ranked) -> dict[str, object]:
    return {"bid": str(one.bid), "letter": one.letter, "name": one.name, "place": one.place, "out": one.out,
            "price": _money(one), "offered": None if one.offered is None else f"{one.offered:.2f}",
            "terms": one.terms, "quality": round(one.quality, 4), "price_points": round(one.price_points, 4),
            "total": round(one.total, 4),
            "scores": [{"question": score.question, "score": score.score, "reason": score.reason,
                        "given": list(score.given)} for score in one.scores]}


def _money(one: Ranked) -> str | None:
    return None if one.price is None else f"{one.price:.2f}"


def _rules(row: Competition) -> dict[str, object]:
    return {"way": row.way, "criteria": row.criteria, "price_weight": row.price_weight, "formula": row.formula,
            "floor": None if row.floor is None else f"{row.floor:.2f}", "quality_floor": row.quality_floor,
            "ceiling": None if row.ceiling is None else f"{row.ceiling:.2f}", "low_percent": row.low_percent}
