"""Files of organisations to entries: which register it is follows from its columns, as layouts.yaml says them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from commonweal.lake.opening.matching import normal, normal_columns
from commonweal.lake.opening.model import Form, Opened, Sheet
from commonweal.lake.readers.facility_rows import Record, records, said
from commonweal.lake.registers.cells import amount, day, number_of, once, placed, whole_number
from commonweal.lake.registers.giving import is_giving, read_giving
from commonweal.lake.registers.model import Entry, KeptOut, NotARegister, RegisterFile
from commonweal.lake.registers.names import looks_like_a_person
from commonweal.lake.registers.referral import is_feed, read_feed

_MOST_NAME, _MOST_TEXT, _MOST_KEPT_OUT = 300, 2000, 500
NO_NAME = "No name. Write the organisation's name in this row."
A_PERSON = "This looks like one person. People are never listed; a group's own name may be."
NOTHING = (
    "No organisations were found. Give a register as it is published, an Open Referral or 360Giving file, or a "
    "list with a column headed “Name”."
)


@lru_cache(maxsize=1)
def layouts() -> Mapping[str, Any]:
    """The registers that are known by their columns."""
    loaded: Mapping[str, Any] = yaml.safe_load(
        files("commonweal.lake.registers").joinpath("layouts.yaml").read_text("utf-8")
    )
    return loaded


def read_registers(opened: Iterable[Opened]) -> RegisterFile:
    """The organisations of a file; raises NotARegister where there are none to be found."""
    for one in opened:
        if is_giving(one.document):
            return read_giving(one.document, one.remarks)
        if is_feed(one.document):
            return read_feed(one.document, one.remarks)
        for sheet in _sheets(one):
            layout = _layout_of(sheet)
            if layout is not None and sheet.table.num_rows:
                return _read(sheet, layout, one.remarks)
    raise NotARegister(NOTHING)


def _sheets(opened: Opened) -> tuple[Sheet, ...]:
    known = opened.form is not Form.SHAPES
    return tuple(sorted(opened.sheets, key=lambda one: -one.table.num_rows)) if known else ()


def _layout_of(sheet: Sheet) -> Mapping[str, Any] | None:
    """The register a sheet is of, or a list read by the names of its columns, or nothing."""
    there = normal_columns(sheet)
    for one in layouts()["registers"]:
        if {normal(name) for name in one["needs"]} <= there:
            return {"publisher": "", **one}
    known = layouts()["list"]
    columns = {
        part: found for part in ("name", "postcode", "town", "web", "activities")
        if (found := next((name for name in known[part] if name in there), ""))
    }
    if "name" not in columns:
        return None
    numbers = {name: scheme for scheme, names in known["numbers"].items() for name in names if name in there}
    return {"key": known["key"], "title": known["title"], "publisher": "", "licence": "", "public": False,
            "kind": "group", "columns": {"ref": columns["name"], **columns}, "numbers": numbers}


def _read(sheet: Sheet, layout: Mapping[str, Any], remarks: tuple[str, ...]) -> RegisterFile:
    kept_out: list[KeptOut] = []
    entries = tuple(once(_entries(sheet, layout, kept_out)))
    if not entries:
        raise NotARegister(kept_out[0].why if kept_out else NOTHING)
    return RegisterFile(
        layout["key"], layout["title"], layout["publisher"], layout["licence"], layout["public"], entries,
        tuple(kept_out[:_MOST_KEPT_OUT]), remarks,
    )


def _entries(sheet: Sheet, layout: Mapping[str, Any], kept_out: list[KeptOut]) -> Iterator[Entry]:
    columns = {part: normal(name) for part, name in layout["columns"].items()}
    numbered = {normal(name): scheme for name, scheme in layout.get("numbers", {}).items()}
    personal = set(layouts()["people"]["columns"])
    for row, record in records(sheet):
        name = said(_cell(record, columns, "name"))[:_MOST_NAME]
        why = NO_NAME if not name else ""
        if looks_like_a_person(name) or any(said(record[column]) for column in personal):
            why = A_PERSON
        if why:
            kept_out.append(KeptOut(f"row {row}", why))
            continue
        yield _entry(record, columns, layout, numbered)


def _entry(
    record: Record, columns: Mapping[str, str], layout: Mapping[str, Any], numbered: Mapping[str, str]
) -> Entry:
    name = said(_cell(record, columns, "name"))[:_MOST_NAME]
    code, town, note = placed(_cell(record, columns, "postcode"), _cell(record, columns, "town"))
    numbers = [*_own_number(record, columns, layout), *((s, number_of(s, record[c])) for c, s in numbered.items())]
    ref = said(_cell(record, columns, "ref"))
    if ref == name or not ref:
        ref = f"{name}|{code or town}".casefold()
    linked = said(_cell(record, columns, "linked"))
    if linked not in ("", "0"):
        ref = f"{ref}-{linked}"
    return Entry(
        layout["key"], ref[:200], name, _kind(record, columns, layout), tuple(dict.fromkeys(
            (scheme, value) for scheme, value in numbers if value)),
        code, town[:200], said(_cell(record, columns, "district")), said(_cell(record, columns, "web"))[:300],
        _text(record, columns), amount(_cell(record, columns, "income")),
        day(_cell(record, columns, "registered")),
        day(_cell(record, columns, "removed")), day(_cell(record, columns, "as_at")), (note,) if note else (),
        {"district_name": named} if (named := said(_cell(record, columns, "district_name"))) else {},
    )


def _cell(record: Record, columns: Mapping[str, str], part: str) -> str:
    return record[columns[part]] if part in columns else ""


def _text(record: Record, columns: Mapping[str, str]) -> str:
    found = [said(_cell(record, columns, part)) for part in ("activities", "objects")]
    return " ".join(one for one in found if one)[:_MOST_TEXT]


def _kind(record: Record, columns: Mapping[str, str], layout: Mapping[str, Any]) -> str:
    legal = _cell(record, columns, "legal").casefold()
    return "cic" if "community interest" in legal else str(layout["kind"])


def _own_number(
    record: Record, columns: Mapping[str, str], layout: Mapping[str, Any]
) -> list[tuple[str, str]]:
    """The number the register itself gives; a linked charity has its own after a dash."""
    if "scheme" in layout:
        value = number_of(layout["scheme"], _cell(record, columns, "number"))
        linked = said(_cell(record, columns, "linked"))
        return [(layout["scheme"], f"{value}-{linked}" if linked not in ("", "0") and value else value)]
    whole = record[normal(layout["whole"])] if "whole" in layout else _cell(record, columns, "whole_or_local")
    return [found] if (found := whole_number(whole)) else []
