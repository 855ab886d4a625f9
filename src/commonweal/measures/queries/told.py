"""What returns tell of a measure so far, as a Figure with the bounds of what may be true."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from commonweal.core.figure import Figure, Grade, PlaceRef, Quality, Release, SourceRef, Unit
from commonweal.measures.models import Return, ReturnPlan
from commonweal.measures.performance_content import Reading, content
from commonweal.measures.periods import period_words
from commonweal.methods.intervals import wilson

METHOD = {
    "sum": "Added up over the periods returned",
    "mean": "All who say yes, of all who answered, over the periods returned; Wilson interval",
    "never": "The most of any one period: at least so many; at most all periods added up",
}
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Told:
    """One measure as returns tell it: its figure, the days told of (first, last) and how many days these are."""

    figure: Figure
    first: date
    last: date
    days: int
    periods: tuple[tuple[str, float, int | None], ...]    # period in words, value, n
    bounds: tuple[float, float]    # the least and most that may be true; the value itself where it is a count


@dataclass(frozen=True, slots=True)
class Seen:
    """One sent return with its answers by question."""

    row: Return
    answers: Mapping[str, Any]


def told_of(
    plan: ReturnPlan, reading: Reading, part: str, sent: Iterable[Seen], place: PlaceRef
) -> Told | None:
    """What these returns tell; None where none of them answers it."""
    found = [(one.row, pair) for one in sent if (pair := _pair(plan, reading, part, one.answers)) is not None]
    if not found:
        return None
    tops, bottoms = [top for _, (top, _) in found], [bottom for _, (_, bottom) in found]
    value, low, high, n = _together(reading, tops, bottoms)
    share, sent_at = reading.adds == "mean", max(row.sent_at for row, _ in found if row.sent_at)
    first, last = min(row.first for row, _ in found), max(row.last for row, _ in found)
    periods = tuple(
        (period_words(row.first, row.last), *_alone(reading, top, bottom)) for row, (top, bottom) in found)
    figure = Figure(
        value=value, unit=reading.unit, base=_base(plan, reading, part, (low, high)), place=place,
        period=period_words(first, last), source=_source(plan, len(found), sent_at, place.invented),
        method=METHOD[reading.adds], method_version="1", quality=_quality(reading, n), n=n,
        lower=low if share else None, upper=high if share else None, interval_method="Wilson" if share else "",
        period_end=last, release=Release.RESTRICTED, decimals=0 if reading.unit is not Unit.PERCENT else 1,
    )
    days = sum((row.last - row.first + ONE_DAY).days for row, _ in found)
    return Told(figure, first, last, days, periods, (low, high))


def _pair(plan: ReturnPlan, reading: Reading, part: str, answers: Mapping[str, Any]) -> tuple[int, int] | None:
    """The two numbers of one return; the second is 0 where there is none."""
    top = answers.get(reading.top)
    if reading.parts:
        key = next((key for key, title in getattr(plan, reading.parts) if title == part), None)
        top = top.get(key) if isinstance(top, dict) and key else None
    if not isinstance(top, int):
        return None
    if not reading.bottom:
        return top, 0
    bottom = answers.get(reading.bottom)
    return (top, bottom) if isinstance(bottom, int) and bottom >= max(top, 1) else None


def _together(
    reading: Reading, tops: list[int], bottoms: list[int]
) -> tuple[float, float, float, int | None]:
    """Value, the least and most that may be true, and n of all periods."""
    if reading.adds == "mean":
        yes, base = sum(tops), sum(bottoms)
        low, high = wilson(yes, base)
        return 100 * yes / base, 100 * float(low), 100 * float(high), base
    if reading.adds == "never":
        most = max(tops)
        return float(most), float(most), float(sum(tops)), most
    total = sum(tops)
    return float(total), float(total), float(total), total if reading.unit is Unit.PEOPLE else None


def _alone(reading: Reading, top: int, bottom: int) -> tuple[float, int | None]:
    return (100 * top / bottom, bottom) if reading.bottom else (float(top), None)


def _base(plan: ReturnPlan, reading: Reading, part: str, bounds: tuple[float, float]) -> str:
    said = f"{reading.title}{f' ({part})' if part else ''}"
    if reading.bottom:
        return f"{said}: people who told {plan.provider_name} what they thought, under {plan.agreement.title}"
    low, high = bounds
    over = f"; at least {low:,.0f}, at most {high:,.0f} over these periods" if high > low else ""
    return f"{said}: as {plan.provider_name} counted under {plan.agreement.title}{over}"


def _source(plan: ReturnPlan, count: int, last: Any, invented: bool) -> SourceRef:
    many = "1 return" if count == 1 else f"{count} returns"
    return SourceRef(
        dataset=f"returns-{plan.pk}", title=f"Returns under {plan.agreement.title} ({many})",
        publisher=plan.provider_name, licence="Shared within the partnership", version=f"sent to {last:%-d %B %Y}",
        published=f"{last:%-d %B %Y}", invented=invented,
    )


def _quality(reading: Reading, n: int | None) -> Quality:
    few = reading.adds == "mean" and n is not None and n < 30
    reasons = [str(content()["quality"])]
    if few:
        reasons.append("fewer than 30 answers")
    return Quality(Grade.D if few else Grade.C, tuple(reasons))
