"""What may be said of a whole area: whether the dose could be seen at all, then the change."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from commonweal.methods.arrays import MethodError
from commonweal.methods.interrupted import difference_in_differences, largest_change, step_change

MONTHS, PAIRS = 12, 2


@dataclass(frozen=True, slots=True)
class AreaTold:
    """The answer, what it rests on, how, and what it cannot say."""

    answer: str
    rests: tuple[str, ...]
    method: str
    cannot: tuple[str, ...]


@cache
def area_content() -> dict[str, Any]:
    """The methods in words, and what the answers cannot say."""
    found: dict[str, Any] = yaml.safe_load(
        files("commonweal.measures").joinpath("content/area_change.yaml").read_text("utf-8"))
    return found


def series_told(counts: tuple[float, ...], *, people: int, began: int, reached: int, in_year: int) -> AreaTold:
    """One area over time: refused where the series is short, and where nobody could see the dose in it."""
    words, cannot = area_content()["series"]["method"], area_content()["cannot"]
    pairs = PAIRS if in_year == MONTHS and began > 2 * MONTHS else 0
    try:
        dose = largest_change(reached, people)
        found = step_change(counts, [people] * len(counts), began - 1, harmonics=pairs, in_year=in_year)
    except MethodError as wrong:
        return AreaTold(f"Nothing can be said of the area. {wrong}", (), words, (cannot["alone"],))
    told = 1 - found.lower / found.ratio
    rests = (f"{found.before} periods before and {found.after} after; {sum(counts):,.0f} counted among {people:,} "
             "people.",
             f"Counts vary {found.dispersion:.1f} times as much as chance alone would make them.",
             f"It reached {reached:,} people, {_percent(dose)} of the area.")
    if dose < told:
        return AreaTold(
            f"Nothing can be said of the area: had everybody it reached changed, the number could move by "
            f"{_percent(dose)} at most, and this series can tell {_percent(told)} or more. "
            "Look at those who came instead.",
            rests, words, (cannot["alone"],))
    side = "below" if found.ratio < 1 else "above"
    sure = found.upper < 1 or found.lower > 1
    gap = _percent(abs(found.ratio - 1))
    span = f"{_percent(found.lower)} to {_percent(found.upper)}"
    answer = (f"After it began, the number was {gap} {side} what the trend before would have given ({span} of it)."
              if sure else f"No change of the area can be told from chance: it was {span} of the trend before.")
    return AreaTold(answer, rests, words, (cannot["alone"], cannot["bends"]))


def areas_told(areas: tuple[tuple[float, float, int], ...]) -> AreaTold:
    """Several areas: how much more those reached changed."""
    words, cannot = area_content()["areas"]["method"], area_content()["cannot"]
    before, after, reached = zip(*areas, strict=True) if areas else ((), (), ())
    try:
        found = difference_in_differences(before, after, reached)
    except MethodError as wrong:
        return AreaTold(f"Nothing can be said of the areas. {wrong}", (), words, (cannot["alike"],))
    span = f"{found.lower:,.2f} to {found.upper:,.2f}"
    sure = found.lower > 0 or found.upper < 0
    answer = (f"Areas reached changed by {found.difference:+,.2f} beside the others ({span})." if sure
              else f"No difference can be told from chance: {found.difference:+,.2f} ({span}).")
    return AreaTold(answer.replace("-", "\N{MINUS SIGN}"), (
        f"{sum(reached)} areas reached and {len(reached) - sum(reached)} others.",), words,
        (cannot["alike"], cannot["alone"]))


def _percent(share: float) -> str:
    hundredths = 100 * share
    return f"{hundredths:.1f}%" if hundredths < 10 else f"{hundredths:.0f}%"
