"""mySociety's register of local authorities: names people use, when each began and ended, what replaced it.

`areas` holds the council's area under its GSS code with its dates (half-open) and, as kind `alias`, other names.
`area_links` says what an abolished one becomes, and what a code of before 2009 (00CC, 42UD) or a former GSS code
is now.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pyarrow as pa

from commonweal.lake.opening.model import Opened, Sheet
from commonweal.lake.readers.base import Reader, ReadTable, RejectedRow, register
from commonweal.lake.readers.cells import area_kinds
from commonweal.lake.schema import TABLES

_NEEDS = {"local-authority-code", "official-name", "nice-name", "gss-code", "start-date", "end-date"}
OLD_CODES = 2009  # the last year of the codes that GSS codes replaced


@dataclass(frozen=True, slots=True)
class Council:
    """One row of the register."""

    key: str
    gss: str
    kind: str
    name: str
    others: tuple[str, ...]
    began: date | None
    ended: date | None
    replaced_by: tuple[str, ...]
    former: tuple[str, ...]
    old_code: str


def _recognises(opened: Opened) -> bool:
    return len(opened.sheets) == 1 and set(opened.sheets[0].columns) >= _NEEDS


def _day(text: str, *, last: bool = False) -> date | None:
    """A date; `last` for a day that ends a span, made the day after where the register gives 31 March itself."""
    if not text:
        return None
    day = date.fromisoformat(text[:10])
    return day + timedelta(days=1) if last and (day.month, day.day) == (3, 31) else day


def _council(row: dict[str, str]) -> Council:
    gss = row["gss-code"]
    others = {row["official-name"], *_names(row.get("alt-names", ""), row["nice-name"])} - {row["nice-name"], ""}
    return Council(
        row["local-authority-code"], gss, area_kinds(pa.array([gss]))[0].as_py(), row["nice-name"],
        tuple(sorted(others)), _day(row["start-date"]), _day(row["end-date"], last=True),
        tuple(_split(row.get("replaced-by", ""))), tuple(_split(row.get("former-gss-codes", ""))),
        row.get("snac", ""),
    )


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _names(text: str, name: str) -> list[str]:
    """Other names that are a name on their own: the register parts "Bristol, City of" at its comma too."""
    parts = _split(text)
    return [part for part in parts if part.lower() not in ("city of", "county of") and len(part) > 2] + [name]


def _councils(sheet: Sheet) -> tuple[list[Council], list[RejectedRow]]:
    found, out = [], []
    for i, row in enumerate(sheet.table.to_pylist()):
        try:
            council = _council(row)
        except ValueError as error:
            out.append(RejectedRow(sheet.name, sheet.row_of(i), "start-date, end-date", f"not a date: {error}"))
            continue
        if council.kind:
            found.append(council)
        else:
            reason = f"{council.name} has no GSS code, so nothing else can be joined to it"
            out.append(RejectedRow(sheet.name, sheet.row_of(i), "gss-code", reason))
    return found, out


def _areas(councils: list[Council], year: int) -> Iterator[dict[str, object]]:
    for one in councils:
        vintage = one.ended.year - 1 if one.ended else year
        dates = {"valid_from": one.began, "valid_to": one.ended}
        yield {"kind": one.kind, "code": one.gss, "vintage": vintage, "name": one.name, **dates}
        for name in one.others:
            yield {"kind": "alias", "code": one.gss, "vintage": vintage, "name": name, **dates}
        if one.old_code:
            yield {"kind": one.kind, "code": one.old_code, "vintage": OLD_CODES, "name": one.name}


def _links(councils: list[Council], year: int) -> Iterator[dict[str, object]]:
    by_key = {one.key: one for one in councils}
    for one in councils:
        vintage = one.ended.year - 1 if one.ended else year
        after = [by_key[key] for key in one.replaced_by if key in by_key]
        for new in after:
            change = "M" if len(after) == 1 else "X"
            yield _becomes((one.kind, one.gss, vintage), (new.kind, new.gss, year), change)
        for code in one.former:
            yield _becomes((one.kind, code, vintage), (one.kind, one.gss, year), "U")
        if one.old_code:
            yield _becomes((one.kind, one.old_code, OLD_CODES), (one.kind, one.gss, vintage), "U")


def _becomes(old: tuple[str, str, int], new: tuple[str, str, int], change: str) -> dict[str, object]:
    return {
        "from_kind": old[0], "from_code": old[1], "from_vintage": old[2],
        "to_kind": new[0], "to_code": new[1], "to_vintage": new[2], "relation": "becomes", "change": change,
    }


def _read(opened: Opened) -> Iterator[ReadTable]:
    councils, out = _councils(opened.sheets[0])
    year = max((one.began.year for one in councils if one.began), default=2020)
    areas = [{"valid_from": None, "valid_to": None, **row} for row in _areas(councils, year)]
    links = list(_links(councils, year))
    yield ReadTable("areas", pa.Table.from_pylist(areas, schema=TABLES["areas"].schema), tuple(out))
    yield ReadTable("area_links", pa.Table.from_pylist(links, schema=TABLES["area_links"].schema))


register(Reader("uk-local-authorities", 1, _recognises, _read))
