"""A return as a spreadsheet to fill in, and read back: locked but for its answers, mistakes named by cell."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.worksheet.datavalidation import DataValidation

from commonweal.core.errors import Refused
from commonweal.lake.opening.limits import MIB, Limits
from commonweal.lake.opening.model import CannotOpen, Sheet
from commonweal.lake.opening.workbooks import read_cells
from commonweal.lake.sandbox import Caps, Sandbox
from commonweal.measures.actions.answering import Said
from commonweal.measures.answers import reason_of, value_of, whole
from commonweal.measures.asking import Asked
from commonweal.measures.queries.sheet import AnswerView
from commonweal.measures.queries.sheet import Sheet as ReturnSheet
from commonweal.policy.returns import QuestionKind, cannot_reasons
from commonweal.present import palette
from commonweal.present.guard import printable

HEADS = ("Question", "Of whom", "Your answer", "Cannot answer because", "Last time", "Key", "Return")
HEAD_ROW, ANSWER, REASON = 4, 3, 4
WIDTHS = (52, 30, 22, 34, 22, 4, 4)
SMALL = Limits(file_bytes=2 * MIB, inside_bytes=20 * MIB, workbook_bytes=20 * MIB, rows=2_000, columns=200,
               workbook_cells=100_000, sheets=5, members=100)
CAPS = Caps(memory_bytes=2048 * MIB, cpu_seconds=20, wall_seconds=30.0)
NAMED = re.compile(r"^“[^”]*” ")


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong in one or more cells."""

    words: str
    cells: tuple[str, ...]


class Mistaken(Refused):
    """A workbook with mistakes; `wrong` groups its cells by what is the matter."""

    def __init__(self, wrong: tuple[Wrong, ...]) -> None:
        super().__init__("Nothing of the file was kept. Mend these cells, then send it again.")
        self.wrong = wrong


def workbook_of(sheet: ReturnSheet) -> bytes:
    """The return to fill in: one line a question, or a part of one; only answers and reasons can be changed."""
    book = Workbook()
    page: Any = book.active
    page.title = "Return"
    _write(page, 1, 1, f"{sheet.title}: {sheet.period}", bold=True, size=16)
    _write(page, 2, 1, f"{sheet.provider}. Fill in the coloured cells, save, and bring it by the page of your "
                       f"link by {sheet.due:%-d %B %Y}. Name nobody.")
    for at, head in enumerate(HEADS, start=1):
        _write(page, HEAD_ROW, at, head, bold=True)
    row = HEAD_ROW + 1
    for view in sheet.answers:
        row = _question(page, row, view, sheet)
    for at, width in enumerate(WIDTHS):
        page.column_dimensions["ABCDEFG"[at]].width = width
    page.column_dimensions["F"].hidden = page.column_dimensions["G"].hidden = True
    page.freeze_panes = page.cell(row=HEAD_ROW + 1, column=1)
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = False
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _question(page: Any, row: int, view: AnswerView, sheet: ReturnSheet) -> int:
    asked = view.asked
    held = view.value if isinstance(view.value, dict) else {}
    before = view.last_value if isinstance(view.last_value, dict) else {}
    lines: list[tuple[str, str, object, object]] = [
        (f"{asked.key}.{key}", title, held.get(key), before.get(key)) for key, title in asked.parts]
    for key, title, value, last in lines or [(asked.key, "", view.value, view.last_time)]:
        _write(page, row, 1, asked.words)
        _write(page, row, 2, title)
        cell = page.cell(row=row, column=ANSWER, value=value if isinstance(value, int) else None)
        if isinstance(value, str):
            cell.value, cell.data_type = printable(value), "s"
        _write(page, row, 5, "" if last is None else str(last))
        _write(page, row, 6, key)
        _write(page, row, 7, f"{sheet.id}:{view.number}")
        _open(page, row, asked, first=key in (asked.key, lines[0][0] if lines else ""), reason=view.cannot)
        row += 1
    return row


def _open(page: Any, row: int, asked: Asked, *, first: bool, reason: str) -> None:
    """The cells that may be filled in, with what they take."""
    cells = [page.cell(row=row, column=ANSWER)]
    if first and asked.kind is not QuestionKind.TEXT:
        choices = {one.key: one.label for one in cannot_reasons()}
        cells.append(page.cell(row=row, column=REASON, value=choices.get(reason)))
        offered = DataValidation(type="list", formula1='"' + ",".join(choices.values()) + '"', allow_blank=True,
                                 showErrorMessage=True, error="Choose one of the reasons.", errorTitle="Reason")
        offered.add(cells[1])
        page.add_data_validation(offered)
    if asked.kind in (QuestionKind.WHOLE, QuestionKind.PARTS, QuestionKind.POUNDS):
        number = DataValidation(
            type="decimal" if asked.kind is QuestionKind.POUNDS else "whole", operator="between",
            formula1="0", formula2=str(asked.question.most), allow_blank=True,
            showErrorMessage=True, errorTitle="A number", error=f"A number from 0 to {asked.question.most:,}.")
        number.add(cells[0])
        page.add_data_validation(number)
    for cell in cells:
        cell.protection = Protection(locked=False)
        cell.fill = PatternFill("solid", fgColor="E3EFED")
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _write(page: Any, row: int, column: int, words: str, *, bold: bool = False, size: int = 11) -> None:
    cell = page.cell(row=row, column=column)
    if words:
        cell.value, cell.data_type = printable(words), "s"
    cell.font = Font(bold=bold, size=size, color=palette.INK.lstrip("#"))
    cell.alignment = Alignment(wrap_text=row > HEAD_ROW - 1, vertical="top")


def said_in(name: str, data: bytes, sheet: ReturnSheet) -> tuple[Said, ...]:
    """The answers in a file that came back: the workbook itself, or a table from ODK or Kobo.

    Errors: Refused where it cannot be opened or is no such file; Mistaken with every cell that is wrong.
    """
    try:
        with Sandbox(caps=CAPS) as sandbox:
            if data[:2] == b"PK":
                cells = sandbox.run(read_cells, name, data, SMALL, about=f"“{name}”")
                for title, rows in cells.items():
                    if rows.get(HEAD_ROW, ())[:len(HEADS)] == HEADS:
                        return _from_workbook(title, rows, sheet)
            opened = sandbox.open_bytes(name, data, limits=SMALL)
    except CannotOpen as error:
        raise Refused(str(error)) from error
    for table in (table for one in opened for table in one.sheets):
        columns = _collected(table, sheet)
        if columns:
            return _from_collection(table, columns, sheet)
    raise Refused(f"“{name}” is not this return's workbook, nor a table from ODK or Kobo. Download the workbook "
                  "again, fill it in, and send that.")


def _from_workbook(title: str, rows: Mapping[int, tuple[str, ...]], sheet: ReturnSheet) -> tuple[Said, ...]:
    lines: list[dict[str, Any]] = [
        {**dict(zip_longest(HEADS, row[:len(HEADS)], fillvalue="")), "row": number}
        for number, row in rows.items() if number > HEAD_ROW and len(row) >= len(HEADS) and row[5]]
    if {str(line[HEADS[6]]).split(":")[0] for line in lines} != {str(sheet.id)}:
        raise Refused("This workbook is of another return. Download the one of this page, and fill that in.")
    found: list[Said] = []
    mistakes: dict[str, list[str]] = {}
    for view in sheet.answers:
        own = [line for line in lines if str(line[HEADS[5]]).split(".")[0] == view.asked.key]
        said = _one(view.asked, own, title, mistakes)
        if said is not None:
            found.append(said)
    if mistakes:
        raise Mistaken(tuple(Wrong(words, tuple(cells)) for words, cells in mistakes.items()))
    return tuple(found)


def _one(asked: Asked, lines: list[dict[str, Any]], where: str, mistakes: dict[str, list[str]]) -> Said | None:
    """One question's answer; what is wrong is put with the others of its kind. None where it was left empty."""
    typed: dict[str, object] = {}
    reason = ""
    for line in lines:
        name = str(line[HEADS[1]] or "") or asked.question.short
        cell, said = f"sheet “{where}”, row {line['row']}, column C ({name})", str(line[HEADS[2]] or "").strip()
        try:
            reason = reason_of(line[HEADS[3]]) or reason
        except Refused as wrong:
            mistakes.setdefault(str(wrong), []).append(cell.replace("column C", "column D"))
        if not said:
            continue
        key = str(line[HEADS[5]]).partition(".")[2]
        try:
            if key:
                whole(said, name, asked.question.most)
            else:
                value_of(asked, said)
        except Refused as wrong:
            mistakes.setdefault(_general(str(wrong)), []).append(cell)
        typed[key] = said
    if not typed and not reason:
        return None
    seen = int(str(lines[0][HEADS[6]]).rpartition(":")[2] or 0)
    return Said(question=asked.key, typed=typed if asked.parts else typed.get(""), cannot=reason, seen=seen)


def _general(words: str) -> str:
    """A sentence without the name of its question, so that cells with the same fault stand together."""
    plain = NAMED.sub("", words)
    return plain[:1].upper() + plain[1:]


def _collected(table: Sheet, sheet: ReturnSheet) -> dict[str, str]:
    """Columns of a collection by the name of what they answer: `people`, `groups_young-1`, `people_cannot`."""
    names = {name for view in sheet.answers for name in names_of(view.asked)}
    found = {re.split(r"[/]", column)[-1].removeprefix("groups-").removeprefix("areas-"): column
             for column in table.columns}
    return {name: column for name, column in found.items() if name in names}


def names_of(asked: Asked) -> tuple[str, ...]:
    """What a form calls the answers of a question, and its reason."""
    own = tuple(f"{asked.key}_{key}" for key, _ in asked.parts) or (asked.key,)
    return own if asked.kind is QuestionKind.TEXT else (*own, f"{asked.key}_cannot")


def _from_collection(table: Sheet, columns: dict[str, str], sheet: ReturnSheet) -> tuple[Said, ...]:
    rows = table.table.to_pylist()
    if len(rows) != 1:
        raise Refused(f"The table has {len(rows)} submissions. Leave only the one that is this return.")
    row, found = rows[0], []
    mistakes: dict[str, list[str]] = {}
    for view in sheet.answers:
        asked = view.asked
        given = {name: str(row[columns[name]] or "") for name in names_of(asked) if name in columns}
        parts = {key: given.get(f"{asked.key}_{key}", "") for key, _ in asked.parts}
        typed: object = parts if asked.parts else given.get(asked.key, "")
        reason = given.get(f"{asked.key}_cannot", "")
        if not reason and not (any(parts.values()) if asked.parts else typed):
            continue
        try:
            value_of(asked, typed)
            found.append(Said(question=asked.key, typed=typed, cannot=reason_of(reason), seen=view.number))
        except Refused as wrong:
            mistakes.setdefault(_general(str(wrong)), []).append(
                f"row {table.row_of(0)}, column {columns.get(asked.key, asked.key)}")
    if mistakes:
        raise Mistaken(tuple(Wrong(words, tuple(cells)) for words, cells in mistakes.items()))
    return tuple(found)
