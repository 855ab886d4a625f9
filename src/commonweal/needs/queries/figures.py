"""Values into figures: the number with its base, date, source, method and a grade that says its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from commonweal.core.figure import Figure, Grade, PlaceRef, Quality, SourceRef, Unit
from commonweal.needs.card import Card, Kind, Level
from commonweal.needs.content import read
from commonweal.needs.queries.evidence import Evidence
from commonweal.needs.queries.values import Lack, Made, Value, years_old
from commonweal.needs.wording import say
from commonweal.present.period_words import said

METHOD_VERSION = "1.0"
_GRADES = tuple(Grade)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a figure that is not of a card rests on."""

    period: str
    dataset: str
    method: str
    quality: Quality
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes figures from the evidence as it stands today."""

    held: Evidence
    today: date

    def of_card(self, card: Card, place: PlaceRef, value: Value) -> Figure:
        """A card's figure for a place, or the reason why there is none."""
        return Figure(
            value=value.value, unit=card.unit, base=card.base, place=place,
            period=said(value.period) or say("missing.no_period"), source=self.source(card),
            method=method_words(value.made, parts=value.parts), method_version=METHOD_VERSION,
            quality=self.quality(card, value), n=value.n, lower=value.lower, upper=value.upper,
            interval_method=value.interval,
            period_end=_day(value.end), missing="" if value.value is not None else reason(value),
            decimals=card.decimals,
        )

    def source(self, card: Card) -> SourceRef:
        """The data set a card's figures come from."""
        return self.held.source(card.source.dataset)

    def quality(self, card: Card, value: Value) -> Quality:
        """The grade by the stated rule of content/quality.yaml."""
        return graded(card.kind, card.n_published, value, years_old(value, self.today), card.source.level)

    def simple(
        self, value: float | None, unit: Unit, base: str, place: PlaceRef, *, facts: Facts, decimals: int = 0,
        missing: str = "",
    ) -> Figure:
        """A figure that is not of a card: a count of people, of places, an index score."""
        return Figure(
            value=value, unit=unit, base=base, place=place, period=said(facts.period) or say("missing.no_period"),
            source=self.held.source(facts.dataset), method=facts.method, method_version=METHOD_VERSION,
            quality=facts.quality, n=facts.n, decimals=decimals, missing=missing,
        )


def method_words(made: Made | str, **values: object) -> str:
    """How a figure was made, in words."""
    return say(f"method.{made}", **values)


def reason(value: Value) -> str:
    """Why a figure is missing, in a few words."""
    return say(f"missing.{value.lack or Lack.NO_ROW}", mark=value.mark)


def graded(kind: Kind, n_published: bool, value: Value, years: int, level: Level) -> Quality:
    """A grade from facts: kind, whether n is known, age, and whether it is for the place itself."""
    rule = read("quality")
    if value.value is None:
        return Quality(Grade.E, (rule["no_figure"],))
    lost, reasons = 0, [rule["kinds"][kind.value]]
    if not n_published and kind.value in rule["n_not_published"]["kinds"]:
        lost += rule["n_not_published"]["lose"]
        reasons.append(rule["n_not_published"]["reason"])
    age = next(step for step in rule["ages"] if years <= step["years"])
    lost += age["lose"]
    reasons.append(age["reason"])
    for key in _circumstances(value, level):
        lost += rule[key]["lose"]
        reasons.append(rule[key]["reason"])
    start = _GRADES.index(Grade(rule["start"][kind.value]))
    return Quality(_GRADES[min(start + lost, len(_GRADES) - 1)], tuple(reasons))


def _circumstances(value: Value, level: Level) -> list[str]:
    found = []
    if value.wider:
        found.append("wider_area")
    if value.made is Made.WEIGHTED:
        found.append("combined")
    if value.made is Made.PREDECESSORS:
        found.append("predecessors")
    if level is Level.AREA:
        found.append("small_areas")
    if value.cover < 0.999:
        found.append("partly_missing")
    return found


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def middle(qualities: list[Quality], reason_words: str) -> Quality:
    """The middle grade of several."""
    grades = sorted(_GRADES.index(quality.grade) for quality in qualities)
    place = grades[len(grades) // 2] if grades else len(_GRADES) - 1
    return Quality(_GRADES[place], (reason_words,))
