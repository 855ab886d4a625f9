"""An export of visits through the door: names left outside, every row accounted for, months added whole."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from commonweal.lake.engine import _config
from commonweal.lake.visits.areas import HomeAreas, is_part, written
from commonweal.lake.visits.cleaning import BLANK, NEVER, Clean, Cleaner, _exact, _read_dates, coded_by
from commonweal.lake.visits.exports import Export, Noticed, look_at, sha256_of
from commonweal.lake.visits.keys import controller_key
from commonweal.lake.visits.layout import STAGED, Laid, lay_month, quoted
from commonweal.lake.visits.mapping import Remembered, VisitMapping, propose
from commonweal.lake.visits.register import Register
from commonweal.lake.visits.report import IntakeReport, Tally, Trouble, mended
from commonweal.lake.visits.store import WORDS, Month, VisitManifest, VisitStore
from commonweal.lake.visits.words import words

Progress = Callable[[int], None]
_DAY = 86_400


class SameMonth(ValueError):
    """Months of an export are stored already from another file; the text says what either choice would do."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How an export is to be read: its mapping if confirmed, today, where people live, and the key folder."""

    today: date
    homes: HomeAreas
    mapping: VisitMapping | None = None
    again: str = "refuse"  # months stored already from another file: refuse or replace
    keys: Path | None = None
    site: str = "one site"
    progress: Progress = lambda rows: None


def bring(store: VisitStore, path: Path, wish: Wish) -> IntakeReport:
    """Bring one export in, whole or not at all.

    Raises CannotOpen, CannotMap, KeyTrouble, SameMonth or StoreBusy, each with what to do; nothing then changes.
    """
    with store.writer() as draft:
        sha = sha256_of(path)
        for report in store.reports():
            if report.sha256 == sha:
                return replace(report, unchanged=True)
        export = look_at(path)
        memory = Remembered(store.root)
        mapping = wish.mapping or memory.recall(export.columns) or propose(export.sample)
        memory.keep(export.columns, mapping)
        work = _Work(store, export, mapping, wish)
        work.stage(draft)
        work.refuse_again()
        manifest, report = work.lay(draft, sha)
        store.adopt(draft, manifest.words, manifest)
        return report


class _Numbers:
    """Words as small numbers, going on from those given before."""

    def __init__(self, held: tuple[str, ...]) -> None:
        self._held = {word: at for at, word in enumerate(held)}

    def of(self, cells: list[str]) -> NDArray[np.int64]:
        return np.array([self._held.setdefault(cell, len(self._held)) if cell else -1 for cell in cells], np.int64)

    @property
    def held(self) -> tuple[str, ...]:
        return tuple(self._held)


class _Work:
    def __init__(self, store: VisitStore, export: Export, mapping: VisitMapping, wish: Wish) -> None:
        self.store, self.export, self.mapping, self.wish = store, export, mapping, wish
        self.tally = Tally()
        self.cleaner = Cleaner(mapping, wish.today, self.tally, export.first_row)
        key = controller_key(store.controller, folder=wish.keys)
        self.register = Register(key, store.member_files())
        held = store.dictionary()
        self.numbers = {name: _Numbers(getattr(held, name)) for name in WORDS}
        self.deciles: dict[int, int] = {}
        self.rows = self.postcodes = self.matched = self.letters = 0
        self.months: Counter[int] = Counter()

    # --- from the export to whole numbers ----------------------------------------------------------

    def stage(self, draft: Path) -> None:
        """Every row that is let in, as whole numbers alone, each month in a file of its own."""
        noticed = Noticed()
        with ExitStack() as files:
            months: dict[int, pq.ParquetWriter] = {}
            for batch in self.export.batches(self.mapping.columns, noticed):
                clean = self.cleaner.clean(batch)
                self.rows += batch.num_rows
                if len(clean.rows):
                    for month, rows in self._by_month(batch.filter(pa.array(clean.keep)), clean):
                        if month not in months:
                            new = pq.ParquetWriter(_staged(draft, month), STAGED, compression="lz4")
                            months[month] = files.enter_context(new)
                        months[month].write_table(rows)
                self.wish.progress(self.rows)
        self.rows += noticed.misfits
        self.tally.add(Trouble.MISFIT, "", noticed.misfits)
        self.letters = noticed.letters

    def _by_month(self, batch: pa.RecordBatch, clean: Clean) -> Iterator[tuple[int, pa.Table]]:
        at = clean.moment.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64)
        month = (at // 12 + 1970) * 100 + at % 12 + 1
        table = self._whole(batch, clean, month)
        for one, count in zip(*np.unique(month, return_counts=True), strict=True):
            self.months[int(one)] += int(count)
            yield int(one), table if count == len(month) else table.filter(pa.array(month == one))

    def _whole(self, batch: pa.RecordBatch, clean: Clean, month: NDArray[np.int64]) -> pa.Table:
        area = self._areas(batch, clean)
        columns: dict[str, NDArray[Any]] = {
            "month": month, "member": self._members(batch, clean), "moment": clean.moment, "visits": clean.visits,
            "site": self._word(batch, "site", "site", self.wish.site), "area": area,
            "decile": self._deciles(area), "age": self._ages(batch, clean),
            "grp": self._word(batch, "group", "grp"), "activity": self._word(batch, "activity", "activity"),
            "pence": clean.pence,
        }
        return pa.table([_column(columns[one.name], one) for one in STAGED], schema=STAGED)

    def _members(self, batch: pa.RecordBatch, clean: Clean) -> NDArray[np.int64]:
        if not self.mapping.member:
            self._told(Trouble.NO_MEMBER, "", np.ones(batch.num_rows, bool), clean)
            return np.full(batch.num_rows, -1, np.int64)
        found = coded_by(batch.column(self.mapping.member), self.register.numbers, -1)
        self._told(Trouble.NO_MEMBER, self.mapping.member, found < 0, clean)
        return found

    def _word(self, batch: pa.RecordBatch, meaning: str, kind: str, default: str = "") -> NDArray[np.int64]:
        column, numbers = getattr(self.mapping, meaning), self.numbers[kind]
        if column:
            return coded_by(batch.column(column), numbers.of, -1)
        return np.full(batch.num_rows, numbers.of([default])[0], np.int64)

    def _areas(self, batch: pa.RecordBatch, clean: Clean) -> NDArray[np.int64]:
        if self.mapping.area:
            return coded_by(batch.column(self.mapping.area), self.numbers["area"].of, -1)
        if not self.mapping.postcode:
            return np.full(batch.num_rows, -1, np.int64)
        found = coded_by(batch.column(self.mapping.postcode), self._homes, -1)
        for trouble, code in (
            (Trouble.NO_POSTCODE, -1), (Trouble.PART_POSTCODE, -2), (Trouble.UNKNOWN_POSTCODE, -3),
        ):
            self._told(trouble, self.mapping.postcode, found == code, clean)
        self.postcodes += int((found != -1).sum())
        self.matched += int((found >= 0).sum())
        return np.maximum(found, -1)

    def _homes(self, cells: list[str]) -> NDArray[np.int64]:
        whole = [written(cell) for cell in cells]
        areas = self.wish.homes.find(whole)
        number = self.numbers["area"].of([area or "" for area in areas])
        why = [-1 if not cell else -3 if full else -2 if is_part(cell) else -3
               for cell, full in zip(cells, whole, strict=True)]
        return np.where(number >= 0, number, np.array(why, np.int64))

    def _deciles(self, area: NDArray[np.int64]) -> NDArray[np.int64]:
        held = self.numbers["area"].held
        of = np.array([self.wish.homes.deciles.get(code, -1) for code in held] + [-1], np.int64)
        return of[area]

    def _ages(self, batch: pa.RecordBatch, clean: Clean) -> NDArray[np.int64]:
        """Bands of age on the day of the visit, whole years by the calendar's mean year; birth is not kept."""
        bands = np.array(words().age_bands)
        if self.mapping.birth:
            born = coded_by(batch.column(self.mapping.birth), _births, NEVER)
            years = np.where(born == NEVER, -1, (clean.moment - born) // (_DAY * 365.2425)).astype(np.int64)
            bad = (born != NEVER) & ((years < 0) | (years > 120))
            self._told(Trouble.BAD_BIRTH, self.mapping.birth, bad, clean)
            years = np.where(bad, -1, years)
        elif self.mapping.age:
            years = coded_by(batch.column(self.mapping.age), _years, -1)
        else:
            return np.full(batch.num_rows, -1, np.int64)
        return np.where(years < 0, -1, np.searchsorted(bands, years, side="right") - 1)

    def _told(self, trouble: Trouble, column: str, wrong: NDArray[np.bool_], clean: Clean) -> None:
        number = int(np.count_nonzero(wrong))
        if number:
            first = clean.rows[np.flatnonzero(wrong)[:20]].tolist()
            self.tally.add(trouble, column, number, visits=int(clean.visits[wrong].sum()), examples=first)

    # --- from whole numbers to months --------------------------------------------------------------

    def refuse_again(self) -> None:
        """Refuse months that another file gave already, unless they are to be replaced."""
        held = {one.month: one for one in self.store.manifest.months}
        both = sorted(set(held) & set(self.months))
        if both and self.wish.again != "replace":
            listed = ", ".join(_said(one) for one in both)
            visits = sum(held[one].visits for one in both)
            raise SameMonth(
                f"Visits of {listed} are stored already, from another file ({visits:,} visits). Adding these "
                f"would count people's visits twice. Replace those months with this file, or leave them."
            )

    def lay(self, draft: Path, sha: str) -> tuple[VisitManifest, IntakeReport]:
        """Write the months and all that goes with them into the draft."""
        version = uuid4().hex[:16]
        laid = self._months(draft)
        self.register.write(draft / "members.parquet")
        held = {name: self.numbers[name].held for name in WORDS}
        (draft / "words.json").write_text(json.dumps(held), "utf-8")
        report = self._report(laid, sha)
        (draft / "report.json").write_text(json.dumps(report.as_data()), "utf-8")
        old = self.store.manifest
        months = {one.month: one for one in old.months}
        months.update({one: Month(one, version, (sha,), what.visits) for one, what in laid.items()})
        ordered = tuple(months[one] for one in sorted(months))
        stand = {source for one in ordered for source in one.sources}
        reports = tuple(
            folder for folder, told in zip(old.reports, self.store.reports(), strict=True) if told.sha256 in stand
        )
        return VisitManifest(ordered, (*old.members, version), version, (*reports, version)), report

    def _months(self, draft: Path) -> dict[int, Laid]:
        spill, laid = draft / "spill", {}
        con = duckdb.connect(config={**_config(), "temp_directory": str(spill)})
        try:
            for month in sorted(self.months):
                staged = _staged(draft, month)
                laid[month] = lay_month(con, staged, draft / str(month), timed=self.cleaner.timed)
                staged.unlink()
            return laid
        finally:
            con.close()
            shutil.rmtree(spill, ignore_errors=True)

    def _report(self, laid: dict[int, Laid], sha: str) -> IntakeReport:
        told = laid.values()
        self.tally.add(Trouble.DUPLICATE, "", sum(one.duplicates for one in told))
        same = sum(one.same_day for one in told)
        self.tally.add(Trouble.SAME_DAY, "", same, visits=same)
        house, by = sum(one.house_rows for one in told), sum(one.house_visits for one in told)
        self.tally.add(Trouble.HOUSE_CARD, self.mapping.member, house, visits=by)
        return IntakeReport(
            self.export.path.name, sha, self.rows, sum(one.rows for one in told), sum(one.visits for one in told),
            tuple(_said(one) for one in laid), sum(one.known for one in told), sum(one.placed for one in told),
            self.register.new, self.postcodes, self.matched,
            tuple(one for one in self.export.columns if one not in self.mapping.columns), self.tally.findings(),
            (mended(self.letters),) if self.letters else (),
        )


def _column(values: NDArray[Any], field: pa.Field) -> pa.Array:
    """A column with -1 as empty, save moments."""
    narrow = values.astype(np.int64 if field.name == "moment" else np.int32)
    missing = None if field.name in ("moment", "month", "visits") else np.less(narrow, 0)
    return pa.array(narrow, field.type, mask=missing)


def _staged(draft: Path, month: int) -> Path:
    return draft / f"staged-{month}.parquet"


def _said(month: int) -> str:
    return f"{month // 100}-{month % 100:02d}"


def _births(cells: list[str]) -> NDArray[np.int64]:
    """Dates of birth in seconds, the middle of the year where a year alone is given."""
    return _read_dates(pa.array([f"{cell}-07-01" if len(cell) == 4 else cell for cell in cells], pa.string()))


def _years(cells: list[str]) -> NDArray[np.int64]:
    """Ages in years, the youngest of a band ("16-24"); -1 where there is none."""
    first = (cell.replace("+", " ").replace("-", " ").split() for cell in cells)
    read = [_exact(one[0]) if one else BLANK for one in first]
    return np.array([value // 100 if 0 <= value <= 120_00 else -1 for value in read], np.int64)


__all__ = ["SameMonth", "Wish", "bring", "quoted"]
