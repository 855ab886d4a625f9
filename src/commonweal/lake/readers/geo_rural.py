"""How rural each small area is: the 2011 and 2021 classifications, as published and tidied.

Indicators `rural-urban-2011` and `rural-urban-2021`, value 1 in unit `class`; two rows an area: category_type
`ruc11` or `ruc21` with the class as published, and category_type `rural_or_urban` with `rural` or `urban`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from commonweal.lake.opening.model import Opened
from commonweal.lake.readers.base import Reader, ReadTable, register
from commonweal.lake.readers.cells import rows_for, text
from commonweal.lake.readers.geo_levels import kept_out


def _columns(year: str, opened: Opened) -> tuple[str, str, str] | None:
    """The columns of area code, class code and class name, in either heading style."""
    if len(opened.sheets) != 1:
        return None
    there = {column.strip().lower(): column for column in opened.sheets[0].columns}
    styles = (
        (f"lsoa{year}cd", f"ruc{year}cd", f"ruc{year}nm"),
        (f"lsoa{year}cd", f"ruc{year}cd", f"ruc{year}"),
        (f"lsoa{year}_code", f"ruc{year}_code", "classification"),
    )
    for style in styles:
        if set(style) <= set(there):
            return there[style[0]], there[style[1]], there[style[2]]
    return None


def _recognises(year: str, opened: Opened) -> bool:
    return _columns(year, opened) is not None


def _read(year: str, opened: Opened) -> Iterator[ReadTable]:
    columns = _columns(year, opened)
    if columns is None:
        return
    sheet, census = opened.sheets[0], 2000 + int(year)
    area, code, label = (text(sheet.table[column]) for column in columns)
    good = pc.match_substring_regex(area, r"^[EW]01\d{6}$")
    broad = pc.if_else(pc.match_substring_regex(code, "^(R|[D-F])"), "rural", "urban")
    rows = [
        rows_for(
            "observations", len(area),
            indicator=f"rural-urban-{census}", area_kind="lsoa", area_code=area, period=str(census),
            period_start=date(census, 1, 1), period_end=date(census + 1, 1, 1), category_type=kind,
            category=category, value=1.0, unit="class",
        ).filter(good)
        for kind, category in ((f"ruc{year}", label), ("rural_or_urban", broad))
    ]
    out = kept_out(sheet, pc.invert(good), columns[0], "not a small area's code")
    yield ReadTable("observations", pa.concat_tables(rows), out)
    yield ReadTable("indicators", rows_for(
        "indicators", 1, indicator=f"rural-urban-{census}", name=f"Rural-urban classification {census}",
        definition="The rural-urban class of each small area.", unit="class",
    ))


for _year in ("11", "21"):
    register(Reader(f"rural-urban-20{_year}", 1, partial(_recognises, _year), partial(_read, _year)))
