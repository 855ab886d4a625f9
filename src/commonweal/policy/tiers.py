"""How much rigour a commission needs: value, risk and the market's capacity give one of five tiers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from commonweal.policy.procurement_law import in_force, law_content, thresholds

COUNTED = ("no risk", "one risk", "two risks", "three risks", "four risks", "five risks", "six risks")


@dataclass(frozen=True, slots=True)
class Option:
    """A risk, or how able the market is."""

    key: str
    label: str
    lighter: int = 0


@dataclass(frozen=True, slots=True)
class BidQuestion:
    """One question that is put to bidders, in the words that buyer, bidder and public read."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Tier:
    """What a tier asks of both sides."""

    number: int
    name: str
    below: Decimal | str | None
    route: str
    documents: tuple[str, ...]
    timetable: tuple[str, ...]
    asked: tuple[BidQuestion, ...]
    bidder_hours: int
    measures: int
    returns: int
    monitoring: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizing:
    """What the tier follows from. `above` says whether the full rules of the law apply."""

    gross: Decimal
    begun: date
    years: Decimal | None = None
    above: bool | None = None
    risks: frozenset[str] = frozenset()
    market: str = "some"


@dataclass(frozen=True, slots=True)
class Proposal:
    """The tier that is proposed, the lowest that the law allows, and why."""

    tier: Tier
    lowest: int
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weight:
    """What a tier costs bidders beside the one proposed: hours and pounds of all of them together."""

    tier: Tier
    bidders: int
    hours: int
    pounds: Decimal
    more_hours: int
    more_pounds: Decimal


@cache
def tiers() -> tuple[Tier, ...]:
    """The five tiers, lightest first."""
    return tuple(_tier(row) for row in law_content("tiers")["tiers"])


@cache
def tier_risks() -> tuple[Option, ...]:
    """The risks that raise a tier."""
    return tuple(Option(**row) for row in law_content("tiers")["risks"])


@cache
def markets() -> tuple[Option, ...]:
    """How able the market is."""
    return tuple(Option(**row) for row in law_content("tiers")["market"])


def proposed_tier(sizing: Sizing) -> Proposal:
    """The lightest tier that fits: first by value, then risk, then the market, never below the law."""
    rules = law_content("tiers")
    by_value = _by_value(sizing)
    why = [f"Its value of £{sizing.gross:,.0f} with any VAT gives tier {by_value.number}."]
    risks = _risks(sizing, rules["long_years"])
    raised = rules["risk_steps"]["three"] if len(risks) >= 3 else rules["risk_steps"]["one"] if risks else 0
    if raised:
        names = "; ".join(one.label[:1].lower() + one.label[1:] for one in risks)
        verb = "raises" if len(risks) == 1 else "raise"
        why.append(f"{COUNTED[len(risks)].capitalize()} {verb} it by {raised}: {names}.")
    market = next(one for one in markets() if one.key == sizing.market)
    if market.lighter and by_value.number + raised > 1:
        why.append(f"{market.label}: {market.lighter} lighter, so that they can bid.")
    number = max(1, min(len(tiers()), by_value.number + raised - market.lighter))
    lowest = rules["floor_above"] if sizing.above else 1
    if number < lowest:
        why.append(f"The law asks for a published competition or a ground, so tier {lowest} is the lightest.")
    return Proposal(tiers()[max(number, lowest) - 1], lowest, tuple(why))


def weights_of(proposal: Proposal, market: str) -> tuple[Weight, ...]:
    """Each tier's cost to all bidders together: hours a bid, how many would bid, and the cost of an hour."""
    rules = law_content("tiers")
    bidders, hour = rules["bidders"][market], Decimal(rules["hour"]["pounds"])
    base = proposal.tier.bidder_hours * bidders
    return tuple(
        Weight(tier, bidders, tier.bidder_hours * bidders, tier.bidder_hours * bidders * hour,
               tier.bidder_hours * bidders - base, (tier.bidder_hours * bidders - base) * hour)
        for tier in tiers()
    )


def hour_words() -> str:
    """What the money of bidders' hours rests on."""
    hour = law_content("tiers")["hour"]
    return f"£{hour['pounds']} an hour: {hour['source']}. Nobody has measured it, nor the hours."


def _by_value(sizing: Sizing) -> Tier:
    row = in_force(thresholds(), sizing.begun) or thresholds()[-1]
    for tier in tiers():
        end = row.amounts[tier.below] if isinstance(tier.below, str) else tier.below
        if end is None or sizing.gross < end:
            return tier
    return tiers()[-1]


def _risks(sizing: Sizing, long_years: int) -> list[Option]:
    """Those that were ticked, and a long term whether it was ticked or not."""
    held = sizing.risks | ({"long"} if sizing.years is not None and sizing.years > long_years else set())
    return [one for one in tier_risks() if one.key in held]


def _tier(row: Mapping[str, Any]) -> Tier:
    asked = tuple(BidQuestion(one["key"], one["words"]) for one in law_content("tiers")["questions"]
                  if one["from"] <= row["number"])
    below = row["below"] if isinstance(row["below"], str) or row["below"] is None else Decimal(row["below"])
    return Tier(row["number"], row["name"], below, row["route"], tuple(row["documents"]), tuple(row["timetable"]),
                asked[: row["questions"]], row["bidder_hours"], row["measures"], row["returns"], row["monitoring"])
