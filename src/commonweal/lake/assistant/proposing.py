"""Proposing where an unknown table goes: figures by area, places, or use of a service; a person confirms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from commonweal.lake.assistant.guessing import guess_columns
from commonweal.lake.assistant.mapping import Headers, Mapping, Target, ValueColumn, fingerprint
from commonweal.lake.assistant.meanings import MEASURED, PERSONAL, Guess, Meaning
from commonweal.lake.assistant.words import spoken
from commonweal.lake.opening.model import Sheet
from commonweal.lake.readers.periods import UnknownPeriod, period

_UNITS = {Meaning.PERCENTAGE: "%", Meaning.MONEY: "£", Meaning.COUNT: "count"}
_FINEST = ("oa", "lsoa", "msoa", "ward", "district", "county", "combined", "icb", "region", "country", "")
_PAID = re.compile(
    r"\b(pa(yment|id)|award(ed)?|contract|transaction|publish(ed)?|deadline|decision|grant|invoice)\b|^date$"
)
_KIND = re.compile(r"^(type|kind|category)$|\b(facility|library|museum|site|place|venue|centre) type$|^type of ")
_BESIDE = {
    Meaning.LOWER: "lower95", Meaning.UPPER: "upper95", Meaning.DENOMINATOR: "denominator",
    Meaning.UNIT: "unit", Meaning.SEX: "sex", Meaning.AGE: "age",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a table seems to be, what each column seems to mean, and what only a person can say.

    `mapping` is None where nothing of use was found; `reason` then says why.
    """

    sheet: str
    guesses: tuple[Guess, ...]
    mapping: Mapping | None
    confidence: float
    reason: str
    questions: tuple[str, ...] = ()

    @property
    def personal(self) -> tuple[str, ...]:
        """The columns about people; they are never taken in."""
        return tuple(guess.column for guess in self.guesses if guess.personal)


def propose(sheet: Sheet) -> Proposal:
    """The best proposal for a sheet: observations, then facilities, then use."""
    guesses = guess_columns(sheet)
    by = _Columns(guesses)
    for attempt in (_observations, _facilities, _use):
        mapping = attempt(sheet, by)
        if mapping is not None:
            return _proposal(sheet, guesses, mapping)
    return Proposal(sheet.name, guesses, None, 0.0, _why_not(sheet, by))


class _Columns:
    """Guesses by meaning, in the order of the table."""

    def __init__(self, guesses: tuple[Guess, ...]) -> None:
        self.guesses = guesses

    def first(self, *meanings: Meaning) -> Guess | None:
        """The first column with one of these meanings, tried in turn."""
        found = (guess for meaning in meanings for guess in self.guesses if guess.meaning is meaning)
        return next(found, None)

    def every(self, *meanings: Meaning) -> tuple[Guess, ...]:
        """All columns with one of these meanings."""
        return tuple(guess for guess in self.guesses if guess.meaning in meanings)

    def payments(self) -> bool:
        """Whether the rows are payments, grants or contracts: money on a day, to somebody."""
        paid = any(_PAID.search(spoken(guess.column)) for guess in self.every(Meaning.DAY))
        return paid and bool(self.every(Meaning.MONEY) and self.every(Meaning.NAME, Meaning.WORDS))

    def measured(self) -> tuple[Guess, ...]:
        """The columns of values; a base alone is a value too."""
        return self.every(*MEASURED) or self.every(Meaning.DENOMINATOR)

    def kind(self) -> Guess | None:
        """The column that says what kind of place each is."""
        found = [guess for guess in self.every(Meaning.CATEGORY) if _KIND.search(spoken(guess.column))]
        return min(found, key=lambda guess: len(guess.column), default=None)

    def area(self) -> Guess | None:
        """The area code that tells rows apart best: the one of the smallest areas."""
        return min(self.every(Meaning.AREA_CODE), key=lambda guess: _FINEST.index(guess.kind), default=None)

    def called(self) -> Guess | None:
        """The column a place is called by: the one whose header says name before any other."""
        found = self.every(Meaning.NAME) or self.every(Meaning.AREA_NAME)
        return max(found, key=lambda guess: "name" in spoken(guess.column), default=None)


def _observations(sheet: Sheet, by: _Columns) -> Mapping | None:
    area, measured = by.area(), by.measured()
    if area is None or not measured or by.payments() or (by.first(Meaning.POSTCODE) and by.first(Meaning.NAME)):
        return None
    beside = [pair for pair in _beside(by) if pair[1] not in {guess.column for guess in measured}]
    columns = [("area_code", area.column), *_period(by), *beside]
    indicator = by.first(Meaning.INDICATOR)
    if indicator is not None:
        columns.append(("indicator", indicator.column))
        measured = (max(measured, key=_likeliest_value),)
    columns += _categories(by)
    headers = Headers.PERIOD if _are_periods(measured) and not _period(by) else Headers.INDICATOR
    return _mapping(sheet, Target.OBSERVATIONS, columns, measured, headers=headers)


def _likeliest_value(guess: Guess) -> tuple[bool, float]:
    return "value" in guess.column.lower(), guess.confidence


def _period(by: _Columns) -> list[tuple[str, str]]:
    found = by.first(Meaning.PERIOD, Meaning.DAY)
    return [("period", found.column)] if found else []


def _beside(by: _Columns) -> list[tuple[str, str]]:
    pairs = [(lake, by.first(meaning)) for meaning, lake in _BESIDE.items()]
    return [(lake, found.column) for lake, found in pairs if found]


def _categories(by: _Columns) -> list[tuple[str, str]]:
    found = by.first(Meaning.CATEGORY)
    return [("category", found.column)] if found else []


def _are_periods(measured: Iterable[Guess]) -> bool:
    """Whether at least two headers of value columns, and most of them, name periods."""
    read = [_is_period(guess.column) for guess in measured]
    return sum(read) >= 2 and sum(read) > 0.7 * len(read)


def _is_period(header: str) -> bool:
    try:
        period(header)
    except UnknownPeriod:
        return False
    return True


def _facilities(sheet: Sheet, by: _Columns) -> Mapping | None:
    name, postcode = by.called(), by.first(Meaning.POSTCODE)
    lon, lat = by.first(Meaning.LONGITUDE), by.first(Meaning.LATITUDE)
    if name is None or by.payments() or (postcode is None and (lon is None or lat is None)):
        return None
    found = {"name": name, "postcode": postcode, "lon": lon, "lat": lat, "facility": by.first(Meaning.IDENTIFIER)}
    found["kind"] = by.kind()
    found["district_code"] = next((one for one in by.every(Meaning.AREA_CODE) if one.kind == "district"), None)
    found["lsoa_code"] = next((one for one in by.every(Meaning.AREA_CODE) if one.kind == "lsoa"), None)
    columns = [(lake, guess.column) for lake, guess in found.items() if guess is not None]
    return _mapping(sheet, Target.FACILITIES, columns, ())


def _use(sheet: Sheet, by: _Columns) -> Mapping | None:
    when, measured = by.first(Meaning.PERIOD, Meaning.DAY), by.every(Meaning.COUNT, Meaning.NUMBER)
    wide = _are_periods(measured)
    if (when is None and not wide) or not measured or by.payments() or by.every(*PERSONAL):
        return None
    site = by.called()
    columns = [] if wide else _period(by)
    if site is not None:
        columns.append(("site", site.column))
    columns += _categories(by)
    headers = Headers.PERIOD if wide else Headers.MEASURE if site or len(measured) == 1 else Headers.SITE
    return _mapping(sheet, Target.USE, columns, measured, headers=headers)


def _mapping(
    sheet: Sheet, target: Target, columns: list[tuple[str, str]], measured: Iterable[Guess], *,
    headers: Headers = Headers.INDICATOR,
) -> Mapping:
    has_unit = any(lake == "unit" for lake, _ in columns)
    units = {} if has_unit else _UNITS
    values = tuple(ValueColumn(guess.column, guess.column, units.get(guess.meaning, "")) for guess in measured)
    used = {published for _, published in columns} | {value.column for value in values}
    left_out = tuple(name for name in sheet.columns if name not in used)
    return Mapping(
        fingerprint(sheet), target, tuple(columns), values, headers, left_out=left_out, title=sheet.name
    )


def _proposal(sheet: Sheet, guesses: tuple[Guess, ...], mapping: Mapping) -> Proposal:
    used = set(mapping.used())
    sure = [guess.confidence for guess in guesses if guess.column in used]
    return Proposal(
        sheet.name, guesses, mapping, round(min(sure), 2), _REASONS[mapping.target], _questions(mapping)
    )


_REASONS = {
    Target.OBSERVATIONS: "There are area codes and a number for each, so this looks like figures by area.",
    Target.FACILITIES: "Each row has a name and a postcode or a position, so this looks like a list of places.",
    Target.USE: "There are counts for periods and no area codes, so this looks like the use of a service.",
}


def _questions(mapping: Mapping) -> tuple[str, ...]:
    """What the table itself does not say."""
    filled = {name for name, _ in mapping.columns}
    if mapping.target is Target.FACILITIES:
        return () if "kind" in filled else ("What kind of places are these?",)
    asked = []
    if "period" not in filled and mapping.headers is not Headers.PERIOD:
        asked.append("Which period are these figures for?")
    if mapping.target is Target.USE:
        asked.append("Which service is this the use of?")
        if mapping.headers in (Headers.SITE, Headers.PERIOD):
            asked.append("What is counted: visits, loans, people?")
    if mapping.target is Target.OBSERVATIONS and mapping.headers is Headers.PERIOD and "indicator" not in filled:
        asked.append("What is measured?")
    return tuple(asked)


def _why_not(sheet: Sheet, by: _Columns) -> str:
    if not sheet.table.num_rows:
        return "The table has a header and no rows. Download it again, or ask for the figures themselves."
    if by.payments():
        return (
            "Each row has money and a date, so this looks like payments, grants or contracts. "
            "They say nothing of need by area and are not taken in; there is nothing to do."
        )
    if by.every(*PERSONAL):
        return "The table is about people and is not taken in. Count them by area or period and bring the counts."
    if len(by.every(Meaning.AREA_CODE)) > 1 and not by.measured():
        return "Each row pairs area codes, so this says which areas lie in which; it holds no figures to take in."
    if not by.measured():
        return "There are no numbers and no places with a postcode, so there is nothing in it to take in."
    return (
        "There are numbers, but nothing says which area, place or period each is for. "
        "Add a column of area codes or of periods and bring it again."
    )

