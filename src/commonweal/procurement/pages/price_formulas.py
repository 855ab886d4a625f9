"""The same bids under each price formula: who wins, and whether one that loses decides it."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.methods.bid_price import Pricing, Weighed, turned_by, weighed, winner
from commonweal.policy.bidding import Formula, formulas
from commonweal.present.table import Column, DataTable, Kind

TRIED = (("A", 80.0, 900_000.0), ("B", 60.0, 600_000.0), ("C", 20.0, 300_000.0))


@dataclass(frozen=True, slots=True)
class Trial:
    """Invented bids: name, quality per cent, price; what price counts for; the ends of a fixed scale."""

    bids: tuple[tuple[str, float, float], ...]
    price_weight: int
    floor: float
    ceiling: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one formula makes of them."""

    formula: Formula
    sentence: str
    turned: tuple[str, ...]
    table: DataTable


def outcomes(trial: Trial) -> tuple[Outcome, ...]:
    """Each formula's answer to the same bids."""
    return tuple(_outcome(trial, one) for one in formulas())


def _outcome(trial: Trial, one: Formula) -> Outcome:
    bids = [(quality, price) for _, quality, price in trial.bids]
    pricing = Pricing(one.key, trial.floor, trial.ceiling)
    found = weighed(bids, price_weight=trial.price_weight, pricing=pricing)
    best = winner(found)
    names = [name for name, _, _ in trial.bids]
    turned = tuple(f"Had {names[out]} not bid, {names[then]} would win."
                   for out, then in turned_by(bids, price_weight=trial.price_weight, pricing=pricing))
    said = "It is a tie." if best is None else f"{names[best]} wins with {found[best].total:.1f} of 100."
    return Outcome(one, said, turned, _table(trial, one, found))


def _table(trial: Trial, one: Formula, found: tuple[Weighed, ...]) -> DataTable:
    columns = (Column("Bid"), Column("Price, £", Kind.NUMBER), Column("Quality, of 100", Kind.NUMBER),
               Column("Price points, of 100", Kind.NUMBER), Column("Together, of 100", Kind.NUMBER))
    rows = tuple((name, price, quality, round(each.price, 1), round(each.total, 1))
                 for (name, quality, price), each in zip(trial.bids, found, strict=True))
    caption = f"{one.name}: price {trial.price_weight}%, quality {100 - trial.price_weight}%"
    return DataTable(caption, columns, rows, key=one.key)
