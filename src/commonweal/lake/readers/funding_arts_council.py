"""Arts Council England's money by district: project grants awarded, and the Investment Programme of 2023 to 2026.

Slugs: ace-project-grants-awarded (a count) and ace-project-grants-total (pounds) a calendar year;
ace-investment-programme-organisations and ace-investment-programme-annual-funding (pounds a year). Each by
discipline (category_type "Main discipline") and over all disciplines, which is summed here and says so in its
note. Both publish council names and no codes: a name gives the code of the council that held it in that year,
so that awards to abolished councils stay theirs. Awards outside the United Kingdom stay out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from commonweal.lake.opening.matching import column_named, has_only_columns, sheet_with
from commonweal.lake.opening.model import Opened, Sheet
from commonweal.lake.readers.base import Reader, ReadTable, RejectedRow, register
from commonweal.lake.readers.cells import numbers, rows_for
from commonweal.lake.readers.periods import UnknownPeriod, period
from commonweal.lake.readers.sheets import WHY_NO_NUMBER, column
from commonweal.policy.place_names import council_named

SUMMED = "summed over disciplines here"
_GRANTS = ("Local authority", "year", "Main discipline", "awards", "total")
_PROGRAMME = ("Applicant Name", "Main Discipline", "Local authority", "Levelling Up For Culture Place")
_ANNUAL = "2023-26 Annual Funding (Offered 4 Nov 2022)"
_SPAN = "2023/24 - 25/26"

_Key = tuple[str, str, str]  # district, period, discipline


def is_grants(opened: Opened) -> bool:
    """A row a council, year and discipline."""
    return has_only_columns(opened, _GRANTS)


def is_programme(opened: Opened) -> bool:
    """A row an organisation, with its funding a year."""
    sheet = sheet_with(opened, _PROGRAMME)
    return sheet is not None and column_named(sheet, _ANNUAL) is not None


def read_grants(opened: Opened) -> Iterable[ReadTable]:
    """Awards and pounds a district, calendar year and discipline."""
    return _read(opened.sheets[0], ("awards", "total"), year="year", slugs=(
        ("ace-project-grants-awarded", "count"), ("ace-project-grants-total", "pounds")))


def read_programme(opened: Opened) -> Iterable[ReadTable]:
    """Organisations and pounds a year by district and discipline."""
    sheet = sheet_with(opened, _PROGRAMME)
    if sheet is None:
        return ()
    return _read(sheet, ("", _ANNUAL), year="", slugs=(
        ("ace-investment-programme-organisations", "count"),
        ("ace-investment-programme-annual-funding", "pounds"),
    ))


def _read(
    sheet: Sheet, columns: tuple[str, str], *, year: str, slugs: tuple[tuple[str, str], ...]
) -> tuple[ReadTable, ...]:
    """Observations of two columns, added up by district, period and discipline ("" a column: count its rows)."""
    length = sheet.table.num_rows
    amounts = [numbers(column(sheet, name)) if name else None for name in columns]
    when = column(sheet, year).to_pylist() if year else [_SPAN] * length
    codes, rejected = _districts(sheet, when)
    bad = {
        index: name
        for name, amount in zip(columns, amounts, strict=True)
        if amount is not None
        for index in pc.indices_nonzero(pc.or_(amount.bad, pc.is_null(amount.value))).to_pylist()
    }
    rejected += [RejectedRow(sheet.name, sheet.row_of(index), name, WHY_NO_NUMBER) for index, name in bad.items()
                 if codes[index]]
    disciplines = column(sheet, "Main discipline").to_pylist()
    keys = [(code, label, kind) if code and index not in bad else None
            for index, (code, label, kind) in enumerate(zip(codes, when, disciplines, strict=True))]
    tables = []
    for (indicator, unit), amount in zip(slugs, amounts, strict=True):
        values = amount.value.to_pylist() if amount is not None else [1.0] * length
        tables.append(_observations(indicator, unit, _sums(keys, values)))
    return (ReadTable("observations", pa.concat_tables(tables), tuple(rejected)),)


def _districts(sheet: Sheet, when: list[str]) -> tuple[list[str], list[RejectedRow]]:
    """The code of each row's council in the year of its row, and the rows that have none."""
    names = column(sheet, "Local authority").to_pylist()
    codes: list[str] = []
    rejected: list[RejectedRow] = []
    seen: dict[tuple[str, str], str] = {}
    for index, (name, label) in enumerate(zip(names, when, strict=True)):
        try:
            seen.setdefault((name, label), council_named(name, on=_middle(label), kinds=("district",)))
            code, why = seen[name, label], f'"{name}" is not the name of a council'
        except UnknownPeriod as unknown:
            code, why = "", str(unknown)
        codes.append(code)
        if not code:
            rejected.append(RejectedRow(sheet.name, sheet.row_of(index), "Local authority", why))
    return codes, rejected


def _middle(label: str) -> date:
    span = period(label)
    return span.start + (span.end - span.start) / 2


def _sums(keys: list[_Key | None], values: list[float]) -> Mapping[_Key, float]:
    """Sums by district, period and discipline, and over disciplines under ""."""
    sums: dict[_Key, float] = {}
    for key, value in zip(keys, values, strict=True):
        for one in (key, (key[0], key[1], "")) if key else ():
            sums[one] = sums.get(one, 0.0) + value
    return sums


def _observations(indicator: str, unit: str, sums: Mapping[_Key, float]) -> pa.Table:
    spans = {label: period(label) for label in {key[1] for key in sums}}
    return rows_for(
        "observations",
        len(sums),
        indicator=indicator,
        area_kind="district",
        area_code=[key[0] for key in sums],
        period=[key[1] for key in sums],
        period_start=[spans[key[1]].start for key in sums],
        period_end=[spans[key[1]].end for key in sums],
        category_type=["Main discipline" if key[2] else "" for key in sums],
        category=[key[2] for key in sums],
        value=list(sums.values()),
        unit=unit,
        note=["" if key[2] else SUMMED for key in sums],
    )


register(Reader("ace-project-grants", 1, is_grants, read_grants))
register(Reader("ace-investment-programme", 1, is_programme, read_programme))
