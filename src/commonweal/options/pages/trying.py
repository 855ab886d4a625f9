"""Other weights tried on the scores as they stand: which option is first, and how it differs from a group's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from commonweal.methods.arrays import MethodError
from commonweal.methods.flip import places, shares, values
from commonweal.methods.robustness import holds
from commonweal.options.appraisal_view import AppraisalView, CriterionLine, GroupLine
from commonweal.options.appraised import Given
from commonweal.present.table import DataTable, number_column, text_column
from commonweal.present.wording import listed

MOST = 100.0
LEAST = 0.05     # a lead below this would be told as nothing


@dataclass(frozen=True, slots=True)
class TriedLine:
    """One criterion with the points that are tried."""

    criterion: CriterionLine
    points: float
    share: float


@dataclass(frozen=True, slots=True)
class TriedOption:
    """One option under the weights tried."""

    title: str
    value: float
    place: int
    was: int


@dataclass(frozen=True, slots=True)
class Tried:
    """The answer to other weights; `wrong` says what cannot be weighed."""

    group: GroupLine | None
    lines: tuple[TriedLine, ...]
    options: tuple[TriedOption, ...] = ()
    answer: str = ""
    turn: str = ""
    wrong: str = ""

    @property
    def table(self) -> DataTable:
        """Every option with its value and place, and the place by the group's own weights."""
        columns = (text_column("Option"), number_column("Value", decimals=1), number_column("Place"),
                   number_column("Was"))
        rows = tuple((one.title, round(one.value, 1), one.place, one.was) for one in self.options)
        return DataTable("Value from 0 to 100 under these weights", columns, rows, key="tried")


def tried_weights(view: AppraisalView, asked: Mapping[str, str]) -> Tried:
    """The weights asked for; those of the first group where none are."""
    group = _group(view, asked.get("group", ""))
    points, wrong = _points(view, asked, group)
    total = sum(points) or 1.0
    lines = tuple(
        TriedLine(one, given, given / total) for one, given in zip(view.criteria, points, strict=True)
    )
    result = view.result
    if result is None:
        return Tried(group, lines, wrong=" ".join(view.missing))
    if wrong:
        return Tried(group, lines, wrong=wrong)
    try:
        worth = values(points, result.given.likely)
    except MethodError as error:
        return Tried(group, lines, wrong=str(error))
    order = places(worth)
    was = next((one.places for one in result.groups if group and one.title == group.title), order)
    options = tuple(sorted(
        (TriedOption(name, float(worth[at]), order[at], was[at]) for at, name in enumerate(result.names)),
        key=lambda one: one.place,
    ))
    return Tried(group, lines, options, _answer(options, group), _turn(result.given, points))


def _answer(options: tuple[TriedOption, ...], group: GroupLine | None) -> str:
    firsts = [one.title for one in options if one.place == 1]
    said = f"{listed(firsts)} {'are level' if len(firsts) > 1 else 'is first'} under these weights"
    if len(firsts) == 1 and len(options) > 1:
        lead = options[0].value - options[1].value
        by = "less than 0.1" if lead < LEAST else f"{lead:.1f}"
        said += f", by {by} of 100 over {options[1].title}"
    before = [one.title for one in options if one.was == 1]
    if group is not None and before and before != firsts:
        verb = "it is" if len(before) == 1 else "they are"
        said += f"; by the weights {group.title} gave {verb} {listed(before)}"
    return f"{said}."


def _turn(given: Given, points: list[float]) -> str:
    """The nearest turn as one weight moves by itself."""
    start, nearest = shares(points), ""
    least = 1.0
    for at, name in enumerate(given.criteria):
        found = holds(points, given.likely, at)
        for edge, taker in ((found.low, found.below), (found.high, found.above)):
            if taker is not None and abs(edge - start[at]) < least:
                least = abs(edge - start[at])
                way = "up" if edge > start[at] else "down"
                nearest = (f"Nearest turn: {name} {way} from {100 * start[at]:.0f}% to {100 * edge:.0f}% of all "
                           f"weight; then {given.options[taker]} is first.")
    return nearest or "No one weight by itself changes which is first."


def _group(view: AppraisalView, key: str) -> GroupLine | None:
    weighed = view.weighed
    if key:
        return next((one for one in weighed if str(one.id) == key), None)
    return weighed[0] if weighed else None


def _points(
    view: AppraisalView, asked: Mapping[str, str], group: GroupLine | None
) -> tuple[list[float], str]:
    found, wrong = [], ""
    for at, one in enumerate(view.criteria):
        held = group.points.get(one.id, (0.0, 0.0))[0] if group else 0.0
        given, fault = _number(asked.get(f"w-{one.id}", asked.get(f"points-{at}")), held)
        wrong = wrong or (f"{one.title}: {fault}" if fault else "")
        found.append(given)
    return found, wrong


def _number(text: str | None, held: float) -> tuple[float, str]:
    if text is None:
        return held, ""
    try:
        given = float(text.strip() or "0")
    except ValueError:
        return held, "points are a number from 0 to 100."
    if not np.isfinite(given) or not 0 <= given <= MOST:
        return held, "points are a number from 0 to 100."
    return given, ""
