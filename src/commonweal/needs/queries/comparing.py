"""A place beside England, its region and places like it, saying what can be told from chance."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np

from commonweal.core.figure import Figure, PlaceRef
from commonweal.methods.compare import Reading, difference, peers, robust_distance
from commonweal.needs.assessment import Comparison, Direction
from commonweal.needs.card import Card, Kind, Level
from commonweal.needs.queries.evidence import Evidence
from commonweal.needs.queries.figures import Maker
from commonweal.needs.queries.returns import base_words, returns_of
from commonweal.needs.queries.scope import NEIGHBOURS, Scope, england
from commonweal.needs.queries.values import (
    Made,
    Value,
    all_districts,
    at_period,
    england_value,
    key_of,
    of_areas,
    published_at,
    series_of,
)
from commonweal.needs.wording import say, sentence
from commonweal.present import wording

LEAST_NEIGHBOURS = 3
SMALL_GAP = 0.25  # of the robust spread among districts: less is "about the same" where chance cannot be judged
_UNLIKE, _LIKE = ("Better", "Worse", "Higher", "Lower"), "Similar"  # the publisher's own words


@dataclass(frozen=True, slots=True)
class Beside:
    """A comparator: what it is called, its place and its value."""

    label: str
    short: str
    place: PlaceRef
    value: Value
    is_england: bool = False


def comparators(held: Evidence, card: Card, scope: Scope, period: str) -> tuple[Beside, ...]:
    """England, the region and the statistical neighbours, those that have a value."""
    found = [_england(held, card, period), _region(held, card, scope, period),
             _neighbours(held, card, scope, period)]
    return tuple(each for each in found if each is not None and each.value.value is not None)


def warm(held: Evidence) -> None:
    """Work out England's and every district's values of each card in the period most districts have last."""
    for card in held.cards:
        period = _usual_period(held, card)
        england_value(held, card, period)
        if card.source.level is not Level.COUNTRY:
            all_districts(held, card, period)


def _usual_period(held: Evidence, card: Card) -> str:
    """The period that most districts' latest value is of."""
    if card.source.level is Level.AREA:
        column = held.small.columns.get(key_of(card)) or held.small.counts.get(key_of(card))
        return column.period.label if column else ""
    found: Counter[str] = Counter()
    for code in held.geography.districts:
        series = [each for each in series_of(held, card, [code]) if each.value is not None]
        if series:
            found[series[-1].period] += 1
    return found.most_common(1)[0][0] if found else ""


def _england(held: Evidence, card: Card, period: str) -> Beside | None:
    value = england_value(held, card, period)
    if value is None:
        return None
    return Beside(say("labels.england"), say("labels.england"), england(held), value, is_england=True)


def _region(held: Evidence, card: Card, scope: Scope, period: str) -> Beside | None:
    if not scope.region or card.source.level is Level.COUNTRY:
        return None
    districts = held.geography.districts_in(scope.region)
    value = held.once(
        ("region", card.id, scope.region, period),
        lambda: (
            of_areas(held, card, held.geography.areas_in(districts)) if card.source.level is Level.AREA
            else at_period(held, card, districts, period)
        ),
    )
    name = held.geography.name(scope.region)
    place = PlaceRef("region", scope.region, name, scope.place.vintage, scope.place.invented)
    return None if value is None else Beside(name, name, place, value)


def _neighbours(held: Evidence, card: Card, scope: Scope, period: str) -> Beside | None:
    """The median of the neighbours that have a value in the period."""
    if not scope.neighbours or card.source.level is Level.COUNTRY:
        return None
    known = _neighbour_values(held, card, scope, period)
    group = peers(known) if known.size else None
    if group is None or group.n < LEAST_NEIGHBOURS:
        return None
    label = say("labels.neighbours", n=group.n)
    place = PlaceRef("neighbours", scope.place.code, label, scope.place.vintage, scope.place.invented)
    value = Value(group.median, period, "", "", Made.NEIGHBOURS, n=None, parts=group.n)
    return Beside(label, say("labels.neighbours_short"), place, value)


def _neighbour_values(held: Evidence, card: Card, scope: Scope, period: str) -> np.ndarray:
    if card.source.level is Level.UPPER:
        return _upper_values(held, card, scope, period)
    at = {code: place for place, code in enumerate(held.geography.districts)}
    values = all_districts(held, card, period)
    wanted = [at[code] for code in _as_districts(held, scope) if code in at]
    found = values[wanted] if wanted else np.array([])
    return found[~np.isnan(found)]


def peer_values(held: Evidence, card: Card, scope: Scope, value: Value) -> tuple[tuple[str, float], ...]:
    """Each statistical neighbour that has a value, by name."""
    if card.source.level in (Level.UPPER, Level.COUNTRY) or value.value is None:
        return ()
    at = {code: place for place, code in enumerate(held.geography.districts)}
    values = all_districts(held, card, value.period)
    found = [(code, float(values[at[code]])) for code in _as_districts(held, scope) if code in at]
    return tuple((held.geography.name(code), round(each, 4)) for code, each in found if not np.isnan(each))


def _upper_values(held: Evidence, card: Card, scope: Scope, period: str) -> np.ndarray:
    """The values of the neighbours of the county, or of the district where it has no county."""
    code = scope.county or scope.place.code
    wanted = held.geography.upper_neighbours.get(code, ())[:NEIGHBOURS]
    found = [published_at(held, card, other, period) for other in wanted]
    return np.array([each.value for each in found if each is not None and each.value is not None])


def _as_districts(held: Evidence, scope: Scope) -> tuple[str, ...]:
    """The neighbours under the codes districts have now."""
    now = {other: code for code, others in held.geography.same.items() for other in others}
    return tuple(now.get(code, code) for code in scope.neighbours)


def distance(held: Evidence, card: Card, scope: Scope, value: Value, beside: tuple[Beside, ...]) -> float | None:
    """How far the place is from England and from places like it: the mean of both, in robust spreads of all
    districts, turned so that above 0 is greater need."""
    if value.value is None or card.turn == 0:
        return None
    values = all_districts(held, card, value.period)
    if (~np.isnan(values)).sum() < 20:
        return None
    own = float(robust_distance(value.value, values))
    gaps = [
        own - float(robust_distance(each.value.value, values)) for each in beside
        if each.value.value is not None and each.place.kind in ("country", "neighbours")
    ]
    return card.turn * float(np.mean(gaps)) if gaps else None


def comparison(maker: Maker, card: Card, place: Figure, value: Value, beside: Beside) -> Comparison:
    """The place's figure beside one comparator's, in figures and in a sentence."""
    figure = _theirs(maker, card, _of_its_period(beside.value, value), beside)
    if place.value is None or figure.value is None:
        said = say("comparison.own_missing", label=beside.label, value=wording.spoken(figure))
        return Comparison(beside.label, figure, None, Direction.UNKNOWN, None, sentence(said))
    gap = place.value - figure.value
    certain, why = _certainty(card, value, beside)
    direction = _direction(maker.held, card, value, gap, certain)
    small = abs(gap) < small_gap(maker.held, card, value.period)
    said = _said(card, figure, beside, _as_written(place, figure), small)
    said += "" if small and certain is None else say(why)
    return Comparison(beside.label, figure, gap, direction, certain, sentence(said))


def _as_written(place: Figure, figure: Figure) -> float:
    """The difference of the two figures as they stand on the page, so that a reader finds the same."""
    return round(place.value or 0.0, place.decimals) - round(figure.value or 0.0, figure.decimals)


def _theirs(maker: Maker, card: Card, value: Value, beside: Beside) -> Figure:
    """The comparator's figure; England's says how many authorities it rests on."""
    figure = maker.of_card(card, beside.place, value)
    if not beside.is_england:
        return figure
    return replace(figure, base=base_words(card, returns_of(maker.held, card, value.period)))


def _of_its_period(comparator: Value, value: Value) -> Value:
    """A comparator made from districts is of the place's own period."""
    if comparator.start:
        return comparator
    return Value(
        comparator.value, value.period, value.start, value.end, comparator.made, n=comparator.n,
        parts=comparator.parts, cover=comparator.cover,
    )


def _certainty(card: Card, value: Value, beside: Beside) -> tuple[bool | None, str]:
    """Whether the difference is more than chance, and the words that say so."""
    if beside.is_england and value.note.startswith("compared with England: "):
        verdict = value.note.removeprefix("compared with England: ").split()[0]  # "Higher 99.8" names its limits
        if verdict in _UNLIKE:
            return True, "comparison.publisher"
        if verdict == _LIKE:
            return False, "comparison.publisher_not"
    if value.lower is not None and value.upper is not None and value.value is not None:
        found = difference(_reading(value), _reading(beside.value), comparator_exact=True)
        if found.certain is not None:
            return found.certain, "comparison.certain" if found.certain else "comparison.not_certain"
    if card.source.level is Level.AREA:
        return None, "comparison.exact"
    if card.kind is Kind.COUNT:
        return None, "comparison.counted"
    return None, "comparison.unknown"


def _reading(value: Value) -> Reading:
    assert value.value is not None
    return Reading(value.value, value.lower, value.upper)


def _direction(held: Evidence, card: Card, value: Value, gap: float, certain: bool | None) -> Direction:
    """Worse or better where the difference is certain or, where chance cannot be judged, not small."""
    if certain is False or (certain is None and abs(gap) < small_gap(held, card, value.period)):
        return Direction.SAME
    if gap == 0:
        return Direction.SAME
    if card.turn == 0:
        return Direction.DIFFERENT
    return Direction.WORSE if gap * card.turn > 0 else Direction.BETTER


def small_gap(held: Evidence, card: Card, period: str) -> float:
    """The least difference worth calling one: a quarter of the robust spread among districts."""
    group = peers(all_districts(held, card, period)) if card.source.level is not Level.COUNTRY else None
    rounding = 0.5 * 10.0**-card.decimals
    return max(SMALL_GAP * group.spread, rounding) if group else rounding


def _said(card: Card, figure: Figure, beside: Beside, gap: float, small: bool) -> str:
    value = wording.spoken(figure)
    if small or wording.plain(gap, card.unit, card.decimals).strip("−0.%£") == "":
        return sentence(say("comparison.same", label=beside.label, value=value)).rstrip(".")
    counted = card.unit in wording.PER or card.unit.value in ("percent", "count", "pounds", "years", "kilometres")
    key = ("more" if gap > 0 else "less") if counted else ("higher" if gap > 0 else "lower")
    said = say(
        f"comparison.{key}", difference=wording.difference(gap, card.unit, card.decimals), label=beside.label,
        value=value,
    )
    return sentence(said).rstrip(".")
