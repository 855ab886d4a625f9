"""A batch of an export made plain: dates, pence and counts, and for each row what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from commonweal.lake.visits.mapping import Shape, VisitMapping
from commonweal.lake.visits.report import Tally, Trouble
from commonweal.lake.visits.words import words

Flags = NDArray[np.bool_]
_SECONDS_A_DAY = 86_400
_MOST = 10**12  # numbers of more digits are no prices and no counts


@dataclass(frozen=True, slots=True)
class Clean:
    """The rows let in, as arrays of one length. `moment` is seconds since 1970; pence is -1 where unknown."""

    rows: NDArray[np.int64]
    moment: NDArray[np.int64]
    visits: NDArray[np.int32]
    pence: NDArray[np.int32]
    keep: Flags


def texts(column: pa.Array) -> pa.DictionaryArray:
    """Any column as text by its different cells, so that each is looked at once."""
    coded = column if pa.types.is_dictionary(column.type) else pc.dictionary_encode(column)
    if pa.types.is_string(coded.dictionary.type):
        return coded
    return pa.DictionaryArray.from_arrays(coded.indices, coded.dictionary.cast(pa.string()))


def spread(coded: pa.DictionaryArray, values: NDArray[np.int64], missing: int) -> NDArray[np.int64]:
    """What each different cell means, put back on the rows."""
    at = pc.fill_null(coded.indices, -1).to_numpy(zero_copy_only=False)
    return np.append(values, missing)[at]


class Cleaner:
    """Cleans batches of one export and counts what is wrong."""

    def __init__(self, mapping: VisitMapping, today: date, tally: Tally, first_row: int = 2) -> None:
        self.mapping, self._tally = mapping, tally
        self._limit = (np.datetime64(today) + 1).astype("datetime64[s]").astype(np.int64)
        self._oldest = np.datetime64(f"{words().first_year}-01-01", "s").astype(np.int64)
        self._row = first_row
        self._ever_timed = False

    @property
    def timed(self) -> bool:
        """Whether any date had a time of day: without one, two rows alike can be two visits."""
        return self._ever_timed and self.mapping.shape is Shape.VISITS

    def clean(self, batch: pa.RecordBatch) -> Clean:
        """The rows that are let in, with every trouble counted."""
        rows = np.arange(self._row, self._row + batch.num_rows, dtype=np.int64)
        self._row += batch.num_rows
        moment, blank = _moments(batch.column(self.mapping.when))
        visits, bad_count = self._counts(batch)
        keep = np.ones(batch.num_rows, bool)
        for trouble, column, wrong in (
            (Trouble.NO_DATE, self.mapping.when, blank),
            (Trouble.BAD_DATE, self.mapping.when, (moment == NEVER) & ~blank),
            (Trouble.FUTURE, self.mapping.when, moment >= self._limit),
            (Trouble.TOO_OLD, self.mapping.when, (moment != NEVER) & (moment < self._oldest)),
            (Trouble.BAD_COUNT, self.mapping.count, bad_count),
        ):
            self._count(trouble, column, wrong & keep, rows, visits)
            keep &= ~wrong
        pence = self._pence(batch, keep, rows, visits)
        if not self._ever_timed:
            self._ever_timed = bool((moment[keep] % _SECONDS_A_DAY).any())
        return Clean(rows[keep], moment[keep], visits[keep], pence[keep], keep)

    def _count(
        self, trouble: Trouble, column: str, wrong: Flags, rows: NDArray[np.int64], visits: NDArray[np.int32]
    ) -> None:
        number = int(np.count_nonzero(wrong))
        if number:
            first = rows[np.flatnonzero(wrong)[:20]].tolist()
            self._tally.add(trouble, column, number, visits=int(visits[wrong].sum()), examples=first)

    def _counts(self, batch: pa.RecordBatch) -> tuple[NDArray[np.int32], Flags]:
        if not self.mapping.count:
            return np.ones(batch.num_rows, np.int32), np.zeros(batch.num_rows, bool)
        hundredths = _hundredths(batch.column(self.mapping.count))
        bad = (hundredths < 0) | (hundredths % 100 != 0) | (hundredths >= 2**31 * 100)
        return np.where(bad, 0, hundredths // 100).astype(np.int32), bad

    def _pence(
        self, batch: pa.RecordBatch, keep: Flags, rows: NDArray[np.int64], visits: NDArray[np.int32]
    ) -> NDArray[np.int32]:
        if not self.mapping.price:
            return np.full(batch.num_rows, -1, np.int32)
        pence = _hundredths(batch.column(self.mapping.price))
        bad, blank = (pence == NEVER) | (pence >= 2**31), pence == BLANK
        negative = (pence < 0) & ~bad & ~blank
        self._count(Trouble.NEGATIVE_PRICE, self.mapping.price, negative & keep, rows, visits)
        self._count(Trouble.BAD_PRICE, self.mapping.price, bad & keep, rows, visits)
        return np.where(bad | blank | negative, -1, pence).astype(np.int32)


NEVER = np.iinfo(np.int64).min  # a cell that cannot be read
BLANK = NEVER + 1               # a cell with nothing in it


def _moments(column: pa.Array) -> tuple[NDArray[np.int64], Flags]:
    """Seconds since 1970 of each row, NEVER where there is none; and whether the cell was blank."""
    if pa.types.is_timestamp(column.type) or pa.types.is_date(column.type):
        blank = pc.is_null(column).to_numpy(zero_copy_only=False)
        seconds = pc.cast(pc.cast(column, pa.timestamp("s"), safe=False), pa.int64())
        return pc.fill_null(seconds, NEVER).to_numpy(zero_copy_only=False), blank
    coded = texts(column)
    cells = pc.utf8_trim_whitespace(coded.dictionary)
    read = spread(coded, _read_dates(cells), NEVER)
    empty = (pc.utf8_length(cells).to_numpy(zero_copy_only=False) == 0).astype(np.int64)
    return read, spread(coded, empty, 1).astype(bool)


@lru_cache(maxsize=1)
def _reader() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"threads": 1})


def _read_dates(cells: pa.Array) -> NDArray[np.int64]:
    """Dates in any of the known styles, in seconds; each style is tried on what the ones before could not read."""
    con = _reader().cursor()
    styles = ", ".join(f"'{one}'" for one in words().dates)
    con.register("cells", pa.table({"cell": cells}))
    found = con.execute(
        f"SELECT coalesce(epoch_us(try_strptime(cell, [{styles}])) // 1000000, -9e18::BIGINT) AS at FROM cells"  # noqa: S608 - our own styles
    ).to_arrow_table()["at"]
    con.close()
    seconds = found.to_numpy()
    return np.where(seconds < -8_000_000_000_000_000_000, NEVER, seconds)


def _hundredths(column: pa.Array) -> NDArray[np.int64]:
    """Money or counts in hundredths, exactly; NEVER where a cell is no number, BLANK where it is empty."""
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        return _of_numbers(column)
    coded = texts(column)
    cells = pc.utf8_trim_whitespace(coded.dictionary)
    return spread(coded, np.array([_exact(cell) for cell in cells.to_pylist()], np.int64), BLANK)


def _of_numbers(column: pa.Array) -> NDArray[np.int64]:
    """The same of numbers held as such: those of no more than two places at once, the rest as they are written."""
    values = pc.fill_null(column, 0).to_numpy(zero_copy_only=False).astype(np.float64, copy=False)
    with np.errstate(invalid="ignore", over="ignore"):
        whole = np.rint(values * 100)
        plain = (np.abs(values) < _MOST) & (whole / 100 == values)
    found = np.where(plain, whole, 0).astype(np.int64)
    odd = np.flatnonzero(~plain)
    if len(odd):
        found[odd] = _hundredths(column.take(pa.array(odd)).cast(pa.string()))
    if column.null_count:
        found[pc.is_null(column).to_numpy(zero_copy_only=False)] = BLANK
    return found


@lru_cache(maxsize=65_536)
def _exact(cell: str) -> int:
    """Hundredths of one number as people write it: "£4.50", "1,200", "(3.00)", "-2"."""
    if not cell:
        return BLANK
    bare = cell.replace("£", "").replace(",", "").replace(" ", "")
    if bare.startswith("(") and bare.endswith(")"):
        bare = f"-{bare[1:-1]}"
    sign, bare = (-1, bare[1:]) if bare[:1] in ("-", "−") else (1, bare.removeprefix("+"))
    whole, point, part = bare.partition(".")
    if not (whole + part).isascii() or not (whole + part).isdigit() or len(whole) > 12 or (point and not part):
        return NEVER
    if part[2:].strip("0"):
        return sign * (int(whole or 0) * 100 + round(int(part[:3]) / 10))
    return sign * (int(whole or 0) * 100 + int(part[:2].ljust(2, "0")))


def coded_by(
    column: pa.Array, meaning: Callable[[list[str]], NDArray[np.int64]], missing: int
) -> NDArray[np.int64]:
    """Each row's cell by what its different cells mean."""
    coded = texts(column)
    return spread(coded, meaning(pc.utf8_trim_whitespace(coded.dictionary).to_pylist()), missing)
