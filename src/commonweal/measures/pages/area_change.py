"""What may be said of a whole area: whether the dose could be seen at all, then the change."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.methods.arrays import MethodError
from commonweal.methods.interrupted import difference_in_differences, largest_change, step_change

MONTHS, PAIRS = 12, 2
METHOD = ("Segmented quasi-Poisson regression with a step and a trend, and pairs of sine and cosine for months "
          "where two years come before (Lopez Bernal and others 2017, corrected 2020); bounds at 95%.")
WELCH = "Mean change of areas reached less that of the others; Welch's t-interval over areas, 95%."
LIKE = "It holds only if areas reached and others would have changed alike without it."
ALONE = "Whatever else began at the same time is in this number too."


@dataclass(frozen=True, slots=True)
class AreaTold:
    """The answer, what it rests on, how, and what it cannot say."""

    answer: str
    rests: tuple[str, ...]
    method: str
    cannot: tuple[str, ...]


def series_told(counts: tuple[float, ...], *, people: int, began: int, reached: int, in_year: int) -> AreaTold:
    """One area over time: refused where the series is short, and where nobody could see the dose in it."""
    pairs = PAIRS if in_year == MONTHS and began > 2 * MONTHS else 0
    try:
        dose = largest_change(reached, people)
        found = step_change(counts, [people] * len(counts), began - 1, harmonics=pairs, in_year=in_year)
    except MethodError as wrong:
        return AreaTold(f"Nothing can be said of the area. {wrong}", (), METHOD, (ALONE,))
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
            rests, METHOD, (ALONE,))
    side = "below" if found.ratio < 1 else "above"
    sure = found.upper < 1 or found.lower > 1
    gap = _percent(abs(found.ratio - 1))
    span = f"{_percent(found.lower)} to {_percent(found.upper)}"
    answer = (f"After it began, the number was {gap} {side} what the trend before would have given ({span} of it)."
              if sure else f"No change of the area can be told from chance: it was {span} of the trend before.")
    return AreaTold(answer, rests, METHOD, (ALONE, "A trend that bends by itself looks like a change."))


def areas_told(areas: tuple[tuple[float, float, int], ...]) -> AreaTold:
    """Several areas: how much more those reached changed."""
    before, after, reached = zip(*areas, strict=True) if areas else ((), (), ())
    try:
        found = difference_in_differences(before, after, reached)
    except MethodError as wrong:
        return AreaTold(f"Nothing can be said of the areas. {wrong}", (), WELCH, (LIKE,))
    span = f"{found.lower:,.2f} to {found.upper:,.2f}"
    sure = found.lower > 0 or found.upper < 0
    answer = (f"Areas reached changed by {found.difference:+,.2f} beside the others ({span})." if sure
              else f"No difference can be told from chance: {found.difference:+,.2f} ({span}).")
    return AreaTold(answer.replace("-", "\N{MINUS SIGN}"), (
        f"{sum(reached)} areas reached and {len(reached) - sum(reached)} others.",), WELCH, (LIKE, ALONE))


def _percent(share: float) -> str:
    hundredths = 100 * share
    return f"{hundredths:.1f}%" if hundredths < 10 else f"{hundredths:.0f}%"
