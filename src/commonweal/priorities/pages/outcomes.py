"""How outcomes are set out: the triangle's levels, the first sentence, each target as a chart with its table."""

from __future__ import annotations

from dataclasses import dataclass, replace

from commonweal.core.figure import Unit
from commonweal.policy.frameworks import FrameworkIndicator, indicators_by_key
from commonweal.present.chart import Chart, Message
from commonweal.present.charts import trend
from commonweal.present.series import Line, Point, Role
from commonweal.present.status import long_date
from commonweal.present.table import Cell, DataTable, Missing, text_column
from commonweal.present.wording import number
from commonweal.priorities.models import Level
from commonweal.priorities.queries.outcomes import OutcomeCard, TargetCard


@dataclass(frozen=True, slots=True)
class Tier:
    """One level of the triangle."""

    level: Level
    cards: tuple[OutcomeCard, ...]


@dataclass(frozen=True, slots=True)
class Pictured:
    """A target with its measure's definition, its sentence, its warning, and its path drawn where there is one."""

    target: TargetCard
    name: str
    indicator: FrameworkIndicator | None
    sentence: str
    caution: str
    chart: Chart | None
    beside: bool = False        # it stands in a table of several places too
    again: bool = False         # its measure was defined by one before it


def triangle(cards: tuple[OutcomeCard, ...]) -> tuple[Tier, ...]:
    """The three levels from the top."""
    return tuple(Tier(level, tuple(card for card in cards if card.level == level)) for level in Level)


def answer_of(cards: tuple[OutcomeCard, ...]) -> str:
    """The page in a sentence."""
    if not cards:
        return "No outcome is written yet."
    counts = [f"{len(tier.cards)} {str(tier.level.label).lower()}" for tier in triangle(cards) if tier.cards]
    with_target = sum(bool(card.targets) for card in cards)
    said = "None has" if not with_target else f"{with_target} of them {'has' if with_target == 1 else 'have'}"
    plural = "outcome" if len(cards) == 1 else "outcomes"
    return f"{', '.join(counts)} {plural}. {said} a target."


def target_pictures(card: OutcomeCard) -> tuple[Pictured, ...]:
    """Each target apart: two definitions are never one line."""
    measures = [_measure(one) for one in card.targets]
    return tuple(
        replace(_pictured(one), again=measures[at] in measures[:at],
                beside=len({each.place for each in card.targets if _measure(each) == measures[at]}) > 1)
        for at, one in enumerate(card.targets)
    )


def side_by_side(card: OutcomeCard) -> tuple[DataTable, ...]:
    """Places beside one another, a table a definition: two definitions never stand in one."""
    found: dict[tuple[str, str, str], list[TargetCard]] = {}
    for one in card.targets:
        found.setdefault(_measure(one), []).append(one)
    return tuple(_places(held) for held in found.values() if len({one.place for one in held}) > 1)


def _measure(one: TargetCard) -> tuple[str, str, str]:
    return one.indicator, one.own_measure.strip().casefold(), one.unit


def _places(held: list[TargetCard]) -> DataTable:
    first = held[0]
    known = indicators_by_key().get(first.indicator)
    columns = tuple(map(text_column, ("Place", "Baseline", "Measured", "Target", "By")))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.place, Missing("not measured") if one.baseline is None else amount(one.baseline, one.unit),
         one.baseline_on or Missing("not measured"), amount(one.target, one.unit), one.target_on)
        for one in sorted(held, key=lambda each: each.place)
    )
    return DataTable(
        f"{known.title if known else first.own_measure or first.indicator}: place by place", columns, rows,
        ("One definition. Places are not added up: a share of several places is not the mean of their shares.",),
        key="places")


def amount(value: object, unit: str) -> str:
    """A number in its unit, with no more decimals than it needs."""
    text = number(float(str(value)), 1).removesuffix(".0")
    return f"{text}%" if unit == "%" else f"{text} {unit}"


def _pictured(one: TargetCard) -> Pictured:
    found = indicators_by_key().get(one.indicator)
    name = found.title if found else one.own_measure or one.indicator
    return Pictured(one, name, found, target_sentence(one), _caution(one), _chart(one, name))


def target_sentence(one: TargetCard) -> str:
    """From where to where, in words."""
    to = f"{amount(one.target, one.unit)} by {long_date(one.target_on)}"
    if one.baseline is None or one.baseline_on is None:
        return f"To {to}. Nobody has measured where it is now."
    return (f"From {amount(one.baseline, one.unit)} on {long_date(one.baseline_on)} to {to}. "
            f"Baseline: {one.baseline_source}.")


def _caution(one: TargetCard) -> str:
    if one.baseline is None:
        return "Without a baseline nobody will be able to say how far it moved."
    if one.can_be_told is None:
        return "How small a change this measure can show is not known."
    if not one.can_be_told:
        return (f"This measure shows no change smaller than {amount(one.minimum_change, one.unit)}. "
                "The target asks for less, so reaching it could be chance.")
    return ""


def _chart(one: TargetCard, name: str) -> Chart | None:
    if one.baseline is None or one.baseline_on is None:
        return None
    steps = [(one.baseline_on, one.baseline), *one.path]
    points = tuple(Point(f"{on:%b %Y}", float(value), Role.PLACE) for on, value in steps)
    if len({point.label for point in points}) != len(points):
        return None
    message = Message(f"{name}: the path to the target", f"{target_sentence(one)} The same step each year.")
    unit = Unit.PERCENT if one.unit == "%" else Unit.COUNT
    return trend(message, (Line("Planned", points, Role.PLACE),), unit=unit)
