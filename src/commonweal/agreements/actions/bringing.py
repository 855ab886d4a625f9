"""A register in use elsewhere is brought, its columns are named, and its rows become agreements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import models, transaction

from commonweal.agreements.models import RegisterDraft
from commonweal.agreements.register_columns import Columns, agreement_in
from commonweal.core import clock
from commonweal.core.actions.recording import record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.quarantine import plain_name
from commonweal.core.viewer import Viewer, require
from commonweal.lake.opening.limits import MIB, Limits
from commonweal.lake.opening.model import CannotOpen
from commonweal.lake.sandbox import Caps, Sandbox
from commonweal.options.actions.agreements import record_agreement
from commonweal.present.guard import printable, unguarded

MOST_ROWS, MOST_COLUMNS, KEPT = 1_000, 60, timedelta(days=2)
SMALL = Limits(file_bytes=5 * MIB, inside_bytes=50 * MIB, workbook_bytes=50 * MIB, rows=5_000, columns=300,
               workbook_cells=500_000, sheets=20, members=200)
CAPS = Caps(memory_bytes=2048 * MIB, cpu_seconds=30, wall_seconds=45.0)


class Verb(models.TextChoices):
    """The deeds of a register that is brought."""

    BROUGHT = "register.brought"
    TAKEN = "register.taken"


@dataclass(frozen=True, slots=True)
class KeptOut:
    """A row that did not go in, and why."""

    row: int
    why: str


@dataclass(frozen=True, slots=True)
class Entered:
    """How many went in, and which did not."""

    count: int
    kept_out: tuple[KeptOut, ...]


def bring_agreements(*, by: Viewer, partnership: Partnership, name: str, data: bytes) -> RegisterDraft:
    """Open the file in a process of its own, and keep its largest table until its columns are named."""
    require(by, Permission.UPLOAD, partnership.pk)
    try:
        with Sandbox(caps=CAPS) as sandbox:
            opened = sandbox.open_bytes(plain_name(name), data, limits=SMALL)
    except CannotOpen as error:
        raise Refused(str(error)) from error
    sheets = [sheet for one in opened for sheet in one.sheets if sheet.table.num_rows]
    if not sheets:
        raise Refused("There is no table in the file. Bring the register as CSV or Excel, one line an agreement.")
    sheet = max(sheets, key=lambda one: one.table.num_rows)
    if sheet.table.num_rows > MOST_ROWS or len(sheet.columns) > MOST_COLUMNS:
        raise Refused(f"A register may have {MOST_ROWS:,} lines and {MOST_COLUMNS} columns. Bring it in parts.")
    rows = [[sheet.row_of(at), [_plain(cell) for cell in line.values()]]
            for at, line in enumerate(sheet.table.to_pylist())]
    return _kept(by, RegisterDraft(partnership=partnership, name=plain_name(name),
                                   headings=[_plain(one) for one in sheet.columns], rows=rows))


@transaction.atomic
def enter_agreements(*, by: Viewer, draft: RegisterDraft, columns: Columns) -> Entered:
    """Enter every row that can be; the others are told with their reason. The draft goes."""
    require(by, Permission.UPLOAD, draft.partnership_id)
    require(by, Permission.RECORD_EVIDENCE, draft.partnership_id)
    held: RegisterDraft = RegisterDraft.objects.select_for_update().get(pk=draft.pk)
    count, kept_out = 0, list[KeptOut]()
    for number, cells in held.rows:
        try:
            said = agreement_in(dict(zip(held.headings, cells, strict=True)), columns)
            record_agreement(by=by, partnership=held.partnership, said=said)
            count += 1
        except Refused as wrong:
            kept_out.append(KeptOut(number, str(wrong)))
    if not count:
        raise Refused(f"No line can be entered. Line {kept_out[0].row}: {kept_out[0].why}")
    record_event(by=by, verb=Verb.TAKEN, subject=held, partnership=held.partnership_id)
    held.delete()
    return Entered(count, tuple(kept_out))


def let_old_drafts_go() -> int:
    """Drafts that nobody finished with are deleted."""
    count, _ = old_drafts().delete()
    return count


def old_drafts() -> Any:
    """Those past their time."""
    return RegisterDraft.objects.filter(created__lt=clock.now() - KEPT)


@transaction.atomic
def _kept(by: Viewer, draft: RegisterDraft) -> RegisterDraft:
    saved(draft)
    record_event(by=by, verb=Verb.BROUGHT, subject=draft, partnership=draft.partnership_id)
    return draft


def _plain(cell: object) -> str:
    return unguarded(printable("" if cell is None else str(cell)))[:1_000]
