"""A place's figures over time, and whether they changed by more than could be chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from commonweal.core.figure import Figure, PlaceRef
from commonweal.methods.trend import TrendResult, Verdict, standard_error, trend
from commonweal.needs.assessment import Direction, Trend
from commonweal.needs.card import Card, Kind
from commonweal.needs.queries.figures import Maker
from commonweal.needs.queries.scope import england
from commonweal.needs.queries.values import Made, Value, published_at
from commonweal.needs.wording import say, sentence
from commonweal.present import wording

LEAST = 3


def trend_of(maker: Maker, card: Card, place: PlaceRef, series: Sequence[Value]) -> tuple[Trend, Verdict] | None:
    """The trend of a series with three or more values; nothing where there are fewer."""
    known = [value for value in series if value.value is not None]
    if len(known) < LEAST:
        return None
    result = _fitted(known)
    if card.kind is Kind.MODELLED and not _bounded(known):
        result = replace(result, verdict=Verdict.NO_CLEAR_CHANGE)
    figures = tuple(maker.of_card(card, place, value) for value in series)
    if _steady(card, result, known):
        shown = [figure for figure in figures if figure.value is not None]
        said = say("trend.steady", first=known[0].period, last=known[-1].period,
                   from_value=wording.spoken(shown[0]), to_value=wording.spoken(shown[-1]))
        still = Trend(figures, 0.0, None, Direction.SAME, sentence(said), _england(maker, card, series))
        return still, Verdict.NO_CLEAR_CHANGE
    return (
        Trend(figures, result.change, result.detectable, _direction(card, result.verdict),
              _said(maker, card, result, known, figures), _england(maker, card, series)),
        result.verdict,
    )


def _england(maker: Maker, card: Card, series: Sequence[Value]) -> tuple[Figure, ...]:
    """England's own published figures of the same periods; none where any is missing."""
    found = [published_at(maker.held, card, maker.held.geography.country, value.period) for value in series]
    if any(each is None or each.value is None for each in found):
        return ()
    return tuple(maker.of_card(card, england(maker.held), each) for each in found if each is not None)


def _steady(card: Card, result: TrendResult, known: Sequence[Value]) -> bool:
    """Whether every value is written the same, or the whole change is too small to write."""
    written = {wording.plain(value.value or 0.0, card.unit, card.decimals) for value in known}
    unit = 10.0**-card.decimals
    apart = abs((known[-1].value or 0.0) - (known[0].value or 0.0))
    return len(written) == 1 or (abs(result.change or 0.0) < 0.5 * unit and apart < 1.5 * unit)


def _fitted(known: Sequence[Value]) -> TrendResult:
    times = [_middle(value) for value in known]
    values = [value.value or 0.0 for value in known]
    if _bounded(known):
        bounds = [(value.lower, value.upper) for value in known]
        errors = standard_error([low or 0.0 for low, _ in bounds], [high or 0.0 for _, high in bounds])
        if (errors > 0).all():
            return trend(times, values, standard_errors=errors)
    return trend(times, values)


def _bounded(known: Sequence[Value]) -> bool:
    """Whether every value has an interval to judge a change by."""
    return all(value.lower is not None and value.upper is not None for value in known)


def _middle(value: Value) -> float:
    start, end = date.fromisoformat(value.start), date.fromisoformat(value.end or value.start)
    return (start.toordinal() + end.toordinal()) / 2 / 365.25


def _direction(card: Card, verdict: Verdict) -> Direction:
    if verdict not in (Verdict.RISING, Verdict.FALLING):
        return Direction.SAME
    if card.turn == 0:
        return Direction.DIFFERENT
    return Direction.WORSE if (verdict is Verdict.RISING) == (card.turn > 0) else Direction.BETTER


def _said(
    maker: Maker, card: Card, result: TrendResult, known: Sequence[Value], figures: Sequence[Figure]
) -> str:
    first, last = known[0], known[-1]
    shown = [figure for figure in figures if figure.value is not None]
    guessed = card.kind is Kind.MODELLED and not _bounded(known)
    key = "trend.modelled" if guessed else f"trend.{result.verdict}"
    parts = [say(
        key, first=first.period, last=last.period, from_value=wording.spoken(shown[0]),
        to_value=wording.spoken(shown[-1]), detectable=_size(card, result.detectable),
    )]
    parts += _beside_england(maker, card, first, last)
    old = [value for value in known if value.made is Made.PREDECESSORS]
    if old and len(old) < len(known):
        names = wording.listed([maker.held.geography.name(code) for code in _was(maker, shown[0])])
        parts.append(say("trend.predecessors", year=known[len(old)].period, names=names))
    return " ".join(sentence(part) for part in parts)


def _beside_england(maker: Maker, card: Card, first: Value, last: Value) -> list[str]:
    """How England moved over the same years, where its own figures are published."""
    country = maker.held.geography.country
    then, now = (published_at(maker.held, card, country, each.period) for each in (first, last))
    if then is None or now is None or then.value is None or now.value is None:
        return []
    words = (wording.written(each.value or 0.0, card.unit, card.decimals) for each in (then, now))
    return [say("trend.england", **dict(zip(("from_value", "to_value"), words, strict=True)))]


def _was(maker: Maker, figure: Figure) -> tuple[str, ...]:
    return maker.held.geography.was.get(figure.place.code, ())


def _size(card: Card, size: float | None) -> str:
    return "" if size is None else wording.difference(size, card.unit, card.decimals)
