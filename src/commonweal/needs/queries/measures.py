"""Every indicator card for a place: its figure, what it is set beside, how it moved, and what it cannot tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from commonweal.core.figure import Figure, PlaceRef
from commonweal.methods.trend import Verdict
from commonweal.needs.assessment import Measure
from commonweal.needs.card import Card, Level
from commonweal.needs.queries.comparing import Beside, comparators, comparison, distance, peer_values
from commonweal.needs.queries.figures import Maker, reason
from commonweal.needs.queries.returns import returns_of, returns_sentence
from commonweal.needs.queries.scales import scale_of
from commonweal.needs.queries.scope import Scope, ScopeKind
from commonweal.needs.queries.small_areas import Period
from commonweal.needs.queries.trending import trend_of
from commonweal.needs.queries.values import Lack, Value, nothing, of_areas, series_of
from commonweal.needs.wording import fill, say, sentence
from commonweal.present import wording


@dataclass(frozen=True, slots=True)
class Weighed:
    """A measure with what the choosing of findings needs to know of it."""

    card: Card
    measure: Measure
    value: Value
    beside: tuple[Beside, ...]
    distance: float | None
    verdict: Verdict | None


def measures_of(maker: Maker, scope: Scope) -> tuple[Weighed, ...]:
    """Every card that can say anything of the place; small places have small-area cards alone."""
    return tuple(
        _weighed(maker, card, scope) for card in maker.held.cards
        if scope.kind is not ScopeKind.SMALL or card.source.level is Level.AREA
    )


def _weighed(maker: Maker, card: Card, scope: Scope) -> Weighed:
    held = maker.held
    series = _series(maker, card, scope)
    value = next((each for each in reversed(series) if each.value is not None), _lack(maker, card, series))
    beside = comparators(held, card, scope, value.period or _england_period(maker, card))
    figure = maker.of_card(card, _place(maker, scope, value), value)
    compared = tuple(comparison(maker, card, figure, value, each) for each in beside)
    moved = trend_of(maker, card, scope.place, series)
    measure = Measure(
        card.id, card.name, card.theme.side, card.theme.key, card.why, figure, compared,
        moved[0] if moved else None, _said(maker, card, scope, figure, value, beside), _limits(maker, card, value),
        peer_values(held, card, scope, value), scale_of(held, card, value.period),
    )
    return Weighed(card, measure, value, beside, distance(held, card, scope, value, beside),
                   moved[1] if moved else None)


def _limits(maker: Maker, card: Card, value: Value) -> tuple[str, ...]:
    """What the card says it cannot tell, and which authorities England's figure goes without."""
    without = returns_sentence(returns_of(maker.held, card, value.period))
    return (*card.cannot_tell, without) if without else card.cannot_tell


def _place(maker: Maker, scope: Scope, value: Value) -> PlaceRef:
    """The place itself, or the county whose figure it is."""
    if not value.wider:
        return scope.place
    return PlaceRef("county", scope.county, value.wider, scope.place.vintage, scope.place.invented)


def _series(maker: Maker, card: Card, scope: Scope) -> Sequence[Value]:
    if card.source.level is Level.AREA:
        return (of_areas(maker.held, card, scope.areas),)
    if card.source.level is Level.COUNTRY:
        return ()
    whole = scope.place.code if scope.place.kind == "county" else ""
    return series_of(maker.held, card, scope.districts, whole)


def _lack(maker: Maker, card: Card, series: Sequence[Value]) -> Value:
    """Why no value is known at all."""
    if card.source.dataset not in maker.held.sources:
        return nothing(Lack.NOT_HELD)
    period = Period(_england_period(maker, card), "", "")
    if card.source.level is Level.COUNTRY:
        return nothing(Lack.COUNTRY_ONLY, period)
    return series[-1] if series else nothing(Lack.NO_ROW, period)


def _england_period(maker: Maker, card: Card) -> str:
    """The latest period England has, for a card the place itself has no figure of."""
    series = maker.held.series.get(card.id, {})
    readings = [each for rows in series.values() for each in rows if each.value is not None]
    return max(readings, key=lambda each: (each.end, each.start)).period if readings else ""


def written(card: Card, template: str, figure: Figure, place: str) -> str:
    """A card's sentence with a figure in it."""
    if figure.value is None:
        return ""
    number = wording.number(figure.value, wording.places_of(figure.value, card.unit, card.decimals))
    return fill(template, value=wording.spoken(figure), number=number, place=place)


def _said(
    maker: Maker, card: Card, scope: Scope, figure: Figure, value: Value, beside: Sequence[Beside]
) -> str:
    place = scope.place.name
    if figure.value is None:
        parts = [say("measure.missing", noun=card.noun, place=place, reason=reason(value))]
        for each in beside:
            theirs = maker.of_card(card, each.place, each.value)
            if each.is_england:
                parts.append(written(card, card.sentence, theirs, each.short))
        return " ".join(sentence(part) for part in parts if part)
    parts = [written(card, card.sentence, figure, value.wider or place)]
    if value.wider:
        parts.append(say("measure.wider", area=value.wider, place=place))
    if value.parts > 1 and card.source.level is not Level.AREA:
        parts.append(say("measure.combined", n=value.parts))
    parts.append(scale_of(maker.held, card, value.period))
    return " ".join(sentence(part) for part in parts if part)
