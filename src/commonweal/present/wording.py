"""How numbers, intervals, differences and places are written, the same on every page and in every document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from commonweal.core.figure import Figure, Grade, Release, Unit

MINUS = "\N{MINUS SIGN}"
WHOLE_UNITS = {Unit.PEOPLE, Unit.HOUSEHOLDS, Unit.RANK, Unit.DECILE}
PER = {Unit.RATE_1000: "1,000", Unit.RATE_10000: "10,000", Unit.RATE_100000: "100,000"}
UNIT_WORDS = {
    Unit.PERCENT: "%",
    Unit.PEOPLE: "people",
    Unit.HOUSEHOLDS: "households",
    Unit.COUNT: "number",
    Unit.RATE_1000: "per 1,000",
    Unit.RATE_10000: "per 10,000",
    Unit.RATE_100000: "per 100,000",
    Unit.SCORE: "score",
    Unit.MEAN_0_10: "out of 10",
    Unit.YEARS: "years",
    Unit.RANK: "rank",
    Unit.DECILE: "tenth of 10",
    Unit.RATIO: "ratio",
    Unit.KILOMETRES: "km",
    Unit.POUNDS: "£",
}
GRADE_WORDS = {
    Grade.A: "very strong",
    Grade.B: "strong",
    Grade.C: "fair",
    Grade.D: "weak",
    Grade.E: "very weak",
}
RELEASE_WORDS = {
    Release.PUBLISHED: "Published openly by its publisher",
    Release.RELEASED: "Released after checks that it identifies nobody",
    Release.SUPPRESSED: "Hidden to protect people",
    Release.RESTRICTED: "Not for the public: shared with this partnership only",
}


def number(value: float, decimals: int = 0) -> str:
    """A bare number: halves rounded away from zero, commas at thousands, a true minus sign."""
    step = Decimal(1).scaleb(-decimals)
    rounded = Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP)
    if rounded == 0:
        rounded = abs(rounded)
    return f"{rounded:,.{decimals}f}".replace("-", MINUS)


def ordinal(value: float) -> str:
    """1st, 2nd, 3rd, 11th, 112th."""
    whole = int(Decimal(repr(float(value))).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    last = {1: "st", 2: "nd", 3: "rd"}.get(abs(whole) % 10, "th")  # codespell:ignore nd
    return f"{whole:,}{'th' if abs(whole) % 100 in (11, 12, 13) else last}"


def places_of(value: float, unit: Unit, decimals: int) -> int:
    """How many decimals a value in this unit is written with."""
    if unit in WHOLE_UNITS or (unit is Unit.COUNT and float(value).is_integer()):
        return 0
    if unit is Unit.POUNDS:
        return 2 if decimals >= 2 else 0
    return decimals


def plain(value: float, unit: Unit, decimals: int = 1) -> str:
    """The number as a table cell or a chart axis writes it: with % or £ only, where those belong."""
    text = number(value, places_of(value, unit, decimals))
    if unit is Unit.PERCENT:
        return f"{text}%"
    if unit is Unit.POUNDS:
        return f"{MINUS}£{text[1:]}" if text.startswith(MINUS) else f"£{text}"
    return text


def _counted(one: str, many: str) -> Callable[[str], str]:
    return lambda text: f"{text} {one if text == '1' else many}"


FULL: dict[Unit, Callable[[str], str]] = {
    Unit.PEOPLE: _counted("person", "people"),
    Unit.HOUSEHOLDS: _counted("household", "households"),
    Unit.MEAN_0_10: "{} out of 10".format,
    Unit.YEARS: _counted("year", "years"),
    Unit.DECILE: "tenth {} of 10".format,
    Unit.RATIO: "{} times".format,
    Unit.KILOMETRES: "{} km".format,
}


def written(value: float, unit: Unit, decimals: int = 1) -> str:
    """A value with its unit, as in a sentence: 27.2%, £1,234, 12.3 per 1,000, tenth 1 of 10."""
    if unit is Unit.RANK:
        return ordinal(value)
    text = plain(value, unit, decimals)
    if unit in PER:
        return f"{text} per {PER[unit]}"
    return FULL[unit](text) if unit in FULL else text


def spoken(figure: Figure) -> str:
    """A figure in words, or why it is missing."""
    if figure.value is None:
        return figure.missing
    return written(figure.value, figure.unit, figure.decimals)


def bare(figure: Figure) -> str:
    """A figure as a table cell writes it."""
    if figure.value is None:
        return figure.missing
    return plain(figure.value, figure.unit, figure.decimals)


def one_in(figure: Figure) -> str:
    """'1 in 4' beside a percentage between 2 and 60; empty where that would mislead."""
    if figure.value is None or figure.unit is not Unit.PERCENT or not 2 <= figure.value <= 60:
        return ""
    for whole in range(2, 51):
        if abs(100 / whole - figure.value) <= figure.value * 0.04:
            return f"1 in {whole}"
    for top, bottom in ((2, 5), (3, 5), (3, 10), (2, 3), (3, 4)):
        if abs(100 * top / bottom - figure.value) <= 1.5:
            return f"{top} in {bottom}"
    return ""


def interval(figure: Figure) -> str:
    """'between 24.1% and 30.5%'; empty where no interval is known."""
    if figure.lower is None or figure.upper is None:
        return ""
    low = plain(figure.lower, figure.unit, figure.decimals)
    return f"between {low} and {written(figure.upper, figure.unit, figure.decimals)}"


def tight(figure: Figure) -> bool:
    """Whether both ends of the interval are written as the value is, so that saying them says nothing."""
    ends = (figure.lower, figure.upper)
    return figure.value is not None and all(
        end is not None and plain(end, figure.unit, figure.decimals) == bare(figure) for end in ends
    )


def short_interval(lower: float | None, upper: float | None, unit: Unit, decimals: int = 1) -> str:
    """'24.1% to 30.5%', for a cell."""
    if lower is None or upper is None:
        return ""
    return f"{plain(lower, unit, decimals)} to {plain(upper, unit, decimals)}"


def difference(value: float, unit: Unit, decimals: int = 1) -> str:
    """The size of a difference in words, without its sign: '3.1 percentage points', '12 places'."""
    size = abs(value)
    if unit is Unit.PERCENT:
        text = number(size, decimals)
        return f"{text} percentage point{'' if float(text.replace(',', '')) == 1 else 's'}"
    if unit in {Unit.RANK, Unit.DECILE}:
        noun = "place" if unit is Unit.RANK else "tenth"
        text = number(size)
        return f"{text} {noun}{'' if text == '1' else 's'}"
    if unit in {Unit.SCORE, Unit.MEAN_0_10, Unit.RATIO}:
        return f"{number(size, decimals)} points" if unit is not Unit.RATIO else number(size, decimals)
    return written(size, unit, decimals)


def listed(names: Sequence[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def grade(value: Grade) -> str:
    """'B, strong'."""
    return f"{value.value}, {GRADE_WORDS[value]}"
