"""Bring the numbers of data one's organisation described: read in a capped process, small counts left out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import PurePath

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_organisation, person_of, record_event, saved
from commonweal.core.errors import NotAllowed, Refused
from commonweal.core.models import HeldDataset, HeldNumbers
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.lake.opening.limits import MIB, Limits
from commonweal.lake.opening.model import CannotOpen, Sheet
from commonweal.lake.sandbox import Caps, Sandbox

LIMIT = MIB
MOST_ROWS = 2_000
FEWEST = 5
CAPS = Caps(memory_bytes=1536 * MIB, cpu_seconds=20, wall_seconds=30.0)
LIMITS = Limits(file_bytes=LIMIT, inside_bytes=8 * LIMIT, workbook_bytes=8 * LIMIT, document_bytes=LIMIT,
                rows=20_000, columns=60, cell_chars=1_000)
NUMBERS_BROUGHT = "sharing.numbers_brought"


class Verb(models.TextChoices):
    """The deeds of pooled numbers."""

    BROUGHT = NUMBERS_BROUGHT


@dataclass(frozen=True, slots=True)
class Brought:
    """A file, which of its columns holds the numbers, what one number counts, and the period it speaks of."""

    name: str
    data: bytes
    measure: str
    base: str
    period: str


@dataclass(frozen=True, slots=True)
class Table:
    """What was read: labels, then a number or nothing where it is hidden."""

    labels: tuple[str, ...]
    rows: tuple[tuple[str | float | None, ...], ...]
    hidden: int


def bring_numbers(*, by: Viewer, held: HeldDataset, brought: Brought) -> Table:
    """The table of a described data set, in place of the one before; Refused where it does not fit."""
    require(by, Permission.BRING_EVIDENCE, held.partnership_id)
    if acting_organisation(by, held.partnership).pk != held.organisation_id:
        raise NotAllowed("This is another organisation's data. Only its own people bring its numbers.")
    if held.personal or held.special:
        raise Refused("This data is about single people. Describe the counts from it as a data set of their own.")
    try:
        fields = [str(one["name"]) for one in held.fields]
        table = table_of(_sheet(brought), fields=fields, measure=brought.measure)
    except CannotOpen as error:
        raise Refused(str(error)) from error
    with transaction.atomic():
        row = HeldNumbers.objects.select_for_update().filter(held=held).first()
        row = row or HeldNumbers(partnership_id=held.partnership_id, held=held)
        row.labels, row.rows = list(table.labels), [list(one) for one in table.rows]
        row.measure, row.base, row.period = brought.measure, brought.base, brought.period
        row.brought_by, row.brought_at = person_of(by), clock.now()
        row.sha256 = hashlib.sha256(brought.data).hexdigest()
        saved(row)
        record_event(by=by, verb=Verb.BROUGHT, subject=held, partnership=held.partnership_id)
    return table


def table_of(sheet: Sheet, *, fields: Sequence[str], measure: str) -> Table:
    """A sheet whose columns are the described fields, one of which holds numbers."""
    columns = [name.strip() for name in sheet.columns]
    strange = [name for name in columns if name.casefold() not in {one.casefold() for one in fields}]
    if strange:
        raise Refused(f"The file has the column {', '.join(strange)}, which is not described. Take it out first.")
    if measure.casefold() not in {name.casefold() for name in columns}:
        raise Refused(f"The file has no column “{measure}”. Its columns are {', '.join(columns)}.")
    if not 0 < sheet.table.num_rows <= MOST_ROWS:
        raise Refused(f"The file has {sheet.table.num_rows:,} rows, and {MOST_ROWS:,} are the most. Bring counts.")
    at = next(place for place, name in enumerate(columns) if name.casefold() == measure.casefold())
    cells = [["" if cell is None else str(cell).strip() for cell in one.to_pylist()]
             for one in sheet.table.columns]
    numbers = [_number(text, sheet.row_of(place)) for place, text in enumerate(cells[at])]
    small = [number is not None and 0 < number < FEWEST and number == int(number) for number in numbers]
    labels = [one for place, one in enumerate(cells) if place != at]
    kept = [None if few else number for number, few in zip(numbers, small, strict=True)]
    return Table(
        tuple(name for place, name in enumerate(columns) if place != at),
        tuple((*line, number) for *line, number in zip(*labels, kept, strict=True)), sum(small),
    )


def _sheet(brought: Brought) -> Sheet:
    name = PurePath(brought.name).name
    if len(brought.data) > LIMIT:
        raise Refused(f"The file is over {LIMIT // MIB} MB. Bring counts, not rows about people.")
    with Sandbox(caps=CAPS) as sandbox:
        opened = sandbox.open_bytes(name, brought.data, limits=LIMITS)
    sheets = [sheet for one in opened for sheet in one.sheets if sheet.table.num_rows]
    if not sheets:
        raise CannotOpen(f"“{name}” holds no table with rows. Save it as CSV or Excel.")
    return max(sheets, key=lambda one: one.table.num_rows)


def _number(text: str, row: int) -> float | None:
    if not text:
        return None
    try:
        number = float(text.replace(",", ""))
    except ValueError:
        number = float("nan")
    if not isfinite(number) or number < 0:
        raise Refused(f"Row {row} holds “{text[:40]}”, which is no number from 0 up. Mend it, or leave it empty.")
    return number
