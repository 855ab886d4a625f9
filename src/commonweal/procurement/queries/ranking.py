"""Bids in the order of advantage, once moderation is closed: quality, price by its formula, who is out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from commonweal.core.errors import NotAllowed
from commonweal.core.viewer import Viewer
from commonweal.methods.bid_price import Pricing, far_below, quality, weighed
from commonweal.procurement.bid_checks import above_the_sum, sum_of
from commonweal.procurement.models import Bid, Competition, Evaluation, LowPrice, Score
from commonweal.procurement.opening import opened_package, require_run
from commonweal.procurement.package import Attached, Member

BLIND = "Names and prices are seen once moderation is closed."


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed for one answer, and what each had given."""

    question: str
    score: int
    reason: str
    given: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """One bid in the order. `out` says why it is out; `place` counts only those that are not; `low` far below.

    `price` is what was agreed after talks, or else what was `offered`; `terms` what was agreed. `above`: it asks
    for more than the sum of a grant.
    """

    bid: UUID
    letter: str
    name: str
    members: tuple[Member, ...]
    files: tuple[Attached, ...]
    price: Decimal | None
    quality: float
    price_points: float
    total: float
    scores: tuple[Agreed, ...]
    out: str
    low: bool
    low_settled: bool | None
    place: int | None = None
    offered: Decimal | None = None
    terms: str = ""
    above: bool = False


def ranking_of(viewer: Viewer, competition: Competition) -> tuple[Ranked, ...]:
    """Every bid, the most advantageous first, those that are out last. A tie of totals goes to quality."""
    require_run(viewer, competition)
    stage = Evaluation.objects.filter(competition=competition).first()
    if stage is None or stage.closed_at is None:
        raise NotAllowed(BLIND)
    rows = [_bare(viewer, competition, bid) for bid in competition.bids.exclude(letter="").order_by("letter")]
    rows = _outed(competition, rows)
    able = [one for one in rows if not one.out]
    ends = float(competition.floor or 0), float(competition.ceiling or 0)
    found = weighed([(one.quality, float(one.price or 0)) for one in able], price_weight=competition.price_weight,
                    pricing=Pricing(competition.formula or "lowest", *ends)) if able else ()
    scored = [replace(one, price_points=each.price, total=each.total)
              for one, each in zip(able, found, strict=True)]
    scored.sort(key=lambda one: (-round(one.total, 9), -one.quality, one.letter))
    placed = [replace(one, place=_place(scored, at)) for at, one in enumerate(scored)]
    return (*placed, *(one for one in rows if one.out))


def _place(scored: list[Ranked], at: int) -> int:
    """Wholly equal bids share a place."""
    def key(one: Ranked) -> tuple[float, float]:
        return round(one.total, 9), one.quality
    return next(first for first, one in enumerate(scored, start=1) if key(one) == key(scored[at]))


def _bare(viewer: Viewer, competition: Competition, bid: Bid) -> Ranked:
    package = opened_package(viewer, bid)
    agreed = {one.question: one for one in bid.moderated.all()}
    given: dict[str, list[int]] = {}
    for one in Score.objects.filter(bid=bid).select_related("evaluator").order_by("evaluator__created", "id"):
        if one.evaluator.scores_count:
            given.setdefault(one.question, []).append(one.score)
    counted = [(key, weight) for key, weight in competition.criteria if weight]
    scores = tuple(Agreed(key, agreed[key].score, agreed[key].reason, tuple(given.get(key, ())))
                   for key, _ in counted)
    last = bid.agreed.order_by("-at", "-id").first()
    return Ranked(
        bid.pk, bid.letter, package.name, package.members, package.files,
        package.price if last is None or last.price is None else last.price,
        quality([one.score for one in scores], [weight for _, weight in counted]), 0.0, 0.0, scores, "", False,
        None, offered=package.price, terms=last.words if last else "",
        above=bool(above_the_sum(sum_of(competition), package.price)))


def _outed(competition: Competition, rows: list[Ranked]) -> list[Ranked]:
    """Below the floor of quality one is out; so is a price far below that could not be explained."""
    floor = competition.quality_floor
    rows = [replace(one, out=f"Its quality, {one.quality:.1f}, is below the floor of {floor}.")
            if one.quality < floor else one for one in rows]
    priced = [one for one in rows if not one.out and one.price] if competition.price_weight else []
    low = far_below([float(one.price or 0) for one in priced], competition.low_percent) if priced else ()
    far = {one.bid for one, is_low in zip(priced, low, strict=True) if is_low}
    settled = {row.bid_id: row for row in LowPrice.objects.filter(bid__in=far)}
    found = []
    for one in rows:
        row = settled.get(one.bid)
        out = one.out or (f"Its price was not explained: {row.reason}" if row and not row.accepted else "")
        found.append(replace(one, out=out, low=one.bid in far, low_settled=row.accepted if row else None))
    return found
