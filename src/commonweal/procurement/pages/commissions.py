"""How commissions are set out: the first sentence, the tier beside the others, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.policy.tiers import Weight, weights_of
from commonweal.present.table import Column, DataTable, Kind
from commonweal.procurement.models import CommissionState
from commonweal.procurement.pages.rules import answer_words, pounds, worth_words
from commonweal.procurement.queries.commissions import CommissionCard

MOVES = {
    CommissionState.COMING: (("preparing", "Begin to prepare it"), ("withdrawn", "Withdraw it")),
    CommissionState.PREPARING: (("open", "Open it"), ("withdrawn", "Withdraw it")),
    CommissionState.OPEN: (("decided", "It is decided"), ("withdrawn", "Withdraw it")),
    CommissionState.DECIDED: (),
    CommissionState.WITHDRAWN: (("coming", "Take it up again"),),
}


@dataclass(frozen=True, slots=True)
class TierTold:
    """The tier proposed or chosen, why, and what each would cost bidders."""

    proposed: str
    why: tuple[str, ...]
    chosen: str
    heavier: str
    weights: tuple[Weight, ...]
    hints: dict[int, str]


def sentence_of(card: CommissionCard) -> str:
    """One commission in a sentence: how it is bought, and what is lacking."""
    if card.found.blocked or card.found.missing:
        return answer_words(card.facts, card.found)
    if card.tier is None:
        return f"{answer_words(card.facts, card.found)} Its tier is not chosen yet."
    return f"Tier {card.tier.number}, {_lowered(card.tier.name)}: {_lowered(card.tier.route)}"


def value_of(card: CommissionCard) -> str:
    """What it is worth, in words."""
    if card.facts.net is None:
        return "Value not known"
    return worth_words(card.facts.net, card.facts.years, card.facts.deal)


def list_answer(cards: tuple[CommissionCard, ...]) -> str:
    """The list in a sentence."""
    live = [card for card in cards if card.state != CommissionState.WITHDRAWN]
    if not live:
        return "Nothing is to be commissioned yet."
    unknown = sum(not card.found.determined for card in live)
    lacking = {0: "", 1: " Of one, something must be told before its rules are known."}.get(
        unknown, f" Of {unknown}, something must be told before their rules are known.")
    return f"{len(live)} {'commission' if len(live) == 1 else 'commissions'}.{lacking}"


def tier_told(card: CommissionCard) -> TierTold | None:
    """The tier and its reasons; None until it can be proposed."""
    proposal = card.proposal
    if proposal is None:
        return None
    weights = weights_of(proposal, card.able)
    hints = {one.tier.number: _hint(one, proposal.tier.number) for one in weights}
    chosen, heavier = "", ""
    if card.tier is not None:
        chosen = f"Tier {card.tier.number}, {_lowered(card.tier.name)}, is chosen."
        one = weights[card.tier.number - 1]
        if one.more_hours:
            heavier = f"{_cost(one)} than the tier proposed. Why: {card.tier_reason}"
    said = f"Tier {proposal.tier.number}, {_lowered(proposal.tier.name)}, is the lightest that fits."
    return TierTold(said, proposal.why, chosen, heavier, weights, hints)


def tier_table(told: TierTold) -> DataTable:
    """What each tier asks and costs."""
    head = ("Tier", "Questions", "Documents", "Measures", "Returns a year", "Bidders' hours", "Bidders' cost, £")
    columns = tuple(Column(title, Kind.NUMBER if at else Kind.TEXT) for at, title in enumerate(head))
    rows = tuple(
        (f"{one.tier.number}: {one.tier.name}", len(one.tier.asked), len(one.tier.documents), one.tier.measures,
         one.tier.returns, one.hours, float(one.pounds))
        for one in told.weights
    )
    bidders = told.weights[0].bidders
    return DataTable(f"What each tier asks, if {bidders} would bid", columns, rows, key="tiers")


def _hint(one: Weight, proposed: int) -> str:
    if one.tier.number == proposed:
        return f"Proposed. {one.tier.route}"
    return f"{_cost(one)}. {one.tier.route}"


def _cost(one: Weight) -> str:
    more = "more" if one.more_hours > 0 else "less"
    return f"{abs(one.more_hours):,} hours and {pounds(abs(one.more_pounds))} {more} for bidders"


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]
