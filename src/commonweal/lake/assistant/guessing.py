"""Guessing what each column of an unknown table means, from its cells first and its header second."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pyarrow as pa

from commonweal.lake.assistant.meanings import Guess, Meaning
from commonweal.lake.assistant.sampling import Column, columns_of
from commonweal.lake.opening.model import Sheet
from commonweal.lake.readers.cells import area_kinds, periods

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")
_PHONE = re.compile(r"(\+44|\(?0)[\d\s()-]{9,15}")
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\.?", re.IGNORECASE)
_TITLED = re.compile(r"(mr|mrs|ms|miss|mx|dr|cllr|councillor|rev|prof|sir|dame|lord|lady)\.? [A-Z]", re.IGNORECASE)
_BODY = re.compile(
    r"\b(ltd|limited|plc|llp|cic|trust|council|company|theatre|museum|gallery|orchestra|association|society|club|"
    r"festival|foundation|university|college|school|centre|services?|group|arts?)\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"[A-Za-z]*[-_/ ]?\d[\w/.-]*")
_ALL_SEXES = "male female persons person men women m f p all both boys girls males females"
_SEXES = frozenset(_ALL_SEXES.split())
_KINGDOM = {  # where each coordinate lies for places in the United Kingdom
    Meaning.LONGITUDE: (-9.0, 2.5), Meaning.LATITUDE: (49.0, 61.5),
    Meaning.EASTING: (0.0, 700_000.0), Meaning.NORTHING: (0.0, 1_300_000.0),
}
_ENOUGH = 0.8

Test = Callable[[Column], Guess | None]


def guess_columns(sheet: Sheet) -> tuple[Guess, ...]:
    """A guess for every column, in order."""
    return tuple(guess(column) for column in columns_of(sheet))


def guess(column: Column) -> Guess:
    """The first meaning the cells bear out; a header alone never makes a number of words."""
    for test in _TESTS:
        if (found := test(column)) is not None:
            return found
    return _made(column, Meaning.WORDS, 0.4, "the cells are words that recur too seldom to be a category")


def _made(column: Column, meaning: Meaning, confidence: float, reason: str, kind: str = "") -> Guess:
    """A guess whose confidence rises where the header says the same."""
    if meaning in column.hints:
        reason = f"{reason}, and the header says so"
        confidence = min(0.99, confidence + 0.5 * (1 - confidence))
    return Guess(column.name, meaning, round(confidence, 2), f"{reason[0].upper()}{reason[1:]}.", kind)


def _of(column: Column, share: float) -> str:
    return f"{round(share * len(column.cells)):,} of {len(column.cells):,} cells looked at"


def _empty(column: Column) -> Guess | None:
    if column.cells:
        return None
    return Guess(column.name, Meaning.EMPTY, 0.99, "Every cell looked at is blank or a mark for a missing value.")


def _email(column: Column) -> Guess | None:
    share = column.share(_EMAIL.fullmatch)
    if share < 0.2:
        return None
    return _made(column, Meaning.EMAIL, 0.6 + 0.39 * share, f"{_of(column, share)} are e-mail addresses")


def _phone(column: Column) -> Guess | None:
    share = column.share(_PHONE.fullmatch)
    if share < (0.2 if Meaning.PHONE in column.hints else 0.7):
        return None
    return _made(column, Meaning.PHONE, 0.5 + 0.4 * share, f"{_of(column, share)} are telephone numbers")


def _birth(column: Column) -> Guess | None:
    if Meaning.BIRTH not in column.hints:
        return None
    return Guess(column.name, Meaning.BIRTH, 0.95, "The header says these are dates of birth.")


def _person(column: Column) -> Guess | None:
    titled = column.share(_TITLED.match)
    if titled >= 0.3:
        return _made(column, Meaning.PERSON, 0.7, f"{_of(column, titled)} begin with a title such as Mr or Cllr")
    if Meaning.PERSON not in column.hints or column.numeric > 0.2:
        return None
    if column.share(_BODY.search) > 0.15:
        return _made(column, Meaning.NAME, 0.7, "the cells name organisations, with words such as Trust or Ltd")
    return Guess(column.name, Meaning.PERSON, 0.8, "The header says these are names of people.")


def _postcode(column: Column) -> Guess | None:
    share = column.share(_POSTCODE.fullmatch)
    needed = 0.5 if Meaning.POSTCODE in column.hints else _ENOUGH
    if share < needed:
        return None
    return _made(column, Meaning.POSTCODE, 0.6 + 0.35 * share, f"{_of(column, share)} are postcodes")


def _area_code(column: Column) -> Guess | None:
    kinds = [kind for kind in area_kinds(pa.array(column.cells, pa.string())).to_pylist() if kind]
    share = len(kinds) / len(column.cells)
    if share < (0.5 if Meaning.AREA_CODE in column.hints else _ENOUGH) or _all_short_numbers(column):
        return None
    counted = Counter(kinds).most_common()
    said = " and ".join(f"{kind} ({times:,})" for kind, times in counted[:3])
    reason = f"{_of(column, share)} are official area codes: {said}"
    return _made(column, Meaning.AREA_CODE, 0.55 + 0.4 * share, reason, counted[0][0])


def _all_short_numbers(column: Column) -> bool:
    """Two digits alone were codes of counties once, and are numbers everywhere else."""
    return column.share(str.isdecimal) > 0.5


def _coordinate(column: Column) -> Guess | None:
    for meaning, (low, high) in _KINGDOM.items():
        inside = [value for value in column.values if low <= value <= high]
        if meaning in column.hints and column.numeric >= _ENOUGH and len(inside) >= _ENOUGH * len(column.values):
            reason = f"The header says {meaning} and the numbers lie in the United Kingdom."
            return Guess(column.name, meaning, 0.95, reason)
    return None


def _time(column: Column) -> Guess | None:
    hinted = bool(column.hints & {Meaning.DAY, Meaning.PERIOD})
    if column.numeric > 0.5 and not _are_years(column, hinted):
        return None
    texts = sorted(column.distinct)[:400]
    read = periods(pa.array(texts, pa.string()))
    ends = zip(read.start.to_pylist(), read.end.to_pylist(), strict=True)
    spans = [(end - start).days for start, end in ends if start]
    share = len(spans) / len(texts)
    if share < (0.6 if hinted else _ENOUGH):
        return None
    such = f"such as “{texts[0]}”"
    if all(span == 1 for span in spans):
        return _made(column, Meaning.DAY, 0.6 + 0.3 * share, f"{_of(column, share)} are dates, {such}")
    return _made(column, Meaning.PERIOD, 0.55 + 0.3 * share, f"{_of(column, share)} are periods, {such}")


def _are_years(column: Column, hinted: bool) -> bool:
    """Whether numbers are years: all near the present, and few of them unless the header speaks of time."""
    near = bool(column.values) and all(value == int(value) and 1900 <= value <= 2100 for value in column.values)
    return near and (hinted or (len(column.distinct) <= 40 and (column.unique <= 0.5 or len(column.cells) <= 10)))


def _number(column: Column) -> Guess | None:
    if column.numeric < _ENOUGH and not _all_but_one(column):
        return None
    for meaning in (Meaning.LOWER, Meaning.UPPER, Meaning.DENOMINATOR):
        if meaning in column.hints:
            return Guess(column.name, meaning, 0.85, f"The cells are numbers and the header says {meaning}.")
    return _percentage(column) or _money(column) or _whole(column) or _made(
        column, Meaning.NUMBER, 0.6, f"{_of(column, column.numeric)} are numbers"
    )


def _all_but_one(column: Column) -> bool:
    """Whether a single cell of a short table is no number, and at least two are: a slip, not words."""
    return len(column.values) >= max(2, len(column.cells) - 1)


def _percentage(column: Column) -> Guess | None:
    signed = column.share(lambda cell: cell.rstrip().endswith("%"))
    if signed > 0.5:
        return _made(column, Meaning.PERCENTAGE, 0.9, f"{_of(column, signed)} end with %")
    inside = all(-100 <= value <= 100 for value in column.values)
    if Meaning.PERCENTAGE in column.hints and inside:
        reason = "The header says a percentage and no cell is above 100."
        return Guess(column.name, Meaning.PERCENTAGE, 0.75, reason)
    return None


def _money(column: Column) -> Guess | None:
    signed = column.share(lambda cell: "£" in cell)
    if signed > 0.5:
        return _made(column, Meaning.MONEY, 0.9, f"{_of(column, signed)} have a £")
    if Meaning.MONEY in column.hints:
        return Guess(column.name, Meaning.MONEY, 0.75, "The cells are numbers and the header speaks of money.")
    return None


def _whole(column: Column) -> Guess | None:
    if not all(value == int(value) for value in column.values):
        return None
    if Meaning.IDENTIFIER in column.hints and column.unique > 0.95 and Meaning.COUNT not in column.hints:
        reason = "The numbers are all different and the header says a reference."
        return Guess(column.name, Meaning.IDENTIFIER, 0.8, reason)
    if all(value >= 0 for value in column.values):
        reason = f"{_of(column, column.numeric)} are whole numbers, none below zero"
        return _made(column, Meaning.COUNT, 0.65, reason)
    return None


def _sex(column: Column) -> Guess | None:
    share = column.share(lambda cell: cell.lower() in _SEXES)
    if share < 0.9 or (Meaning.SEX not in column.hints and len(column.distinct) < 2):
        return None
    return _made(column, Meaning.SEX, 0.8, f"the cells say {_listed(column)}")


def _age(column: Column) -> Guess | None:
    if Meaning.AGE not in column.hints or len(column.distinct) > 200:
        return None
    return Guess(column.name, Meaning.AGE, 0.9, f"The header says age and the cells say {_listed(column)}.")


def _by_header(column: Column) -> Guess | None:
    """Words whose header says what they are."""
    if Meaning.IDENTIFIER in column.hints and column.share(_CODE.fullmatch) >= _ENOUGH:
        return None
    for meaning in (Meaning.INDICATOR, Meaning.UNIT, Meaning.AREA_NAME):
        if meaning in column.hints:
            return Guess(column.name, meaning, 0.75, f"The header says this is {meaning}: {_listed(column)}.")
    if Meaning.NAME in column.hints and Meaning.CATEGORY not in column.hints:
        return Guess(column.name, Meaning.NAME, 0.75, f"The header says this is the {Meaning.NAME}.")
    return None


def _listed(column: Column) -> str:
    common = [word for word, _ in Counter(column.cells).most_common(3)]
    return ", ".join(f"“{word[:40]}”" for word in common)


def _category(column: Column) -> Guess | None:
    few = max(12, 0.05 * len(column.cells))
    if len(column.distinct) > few or (len(column.distinct) == len(column.cells) > 1):
        return None
    reason = f"{len(column.distinct):,} different words fill {len(column.cells):,} cells: {_listed(column)}"
    return _made(column, Meaning.CATEGORY, 0.7, reason)


def _identifier(column: Column) -> Guess | None:
    share = column.share(_CODE.fullmatch)
    if share < _ENOUGH or column.unique < 0.5:
        return None
    return _made(column, Meaning.IDENTIFIER, 0.6, f"{_of(column, share)} are references, nearly all different")


_TESTS: tuple[Test, ...] = (
    _empty, _email, _phone, _birth, _postcode, _area_code, _person, _coordinate, _age, _sex, _time,
    _number, _by_header, _category, _identifier,
)
