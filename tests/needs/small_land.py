"""A country of twelve small areas, three districts and a county, small enough to work every number out by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pyarrow as pa
import shapely

from commonweal.lake.manifest import Provenance
from commonweal.lake.readers.base import ReadTable
from commonweal.lake.schema import TABLES
from commonweal.lake.store import Store

AREAS = tuple(f"E010000{number:02d}" for number in range(1, 13))
ALTON, BURY_END, CORRAN = "E07000901", "E07000902", "E06000903"  # Corran replaced two districts in 2023
OLD = ("E07000911", "E07000912")
COUNTY, REGION, ENGLAND = "E10000901", "E12000901", "E92000001"
WARD = "E05000901"
DISTRICT_OF = dict(zip(AREAS, [ALTON] * 4 + [BURY_END] * 4 + [CORRAN] * 4, strict=True))
NAMES = {ALTON: "Alton", BURY_END: "Bury End", CORRAN: "Corran", OLD[0]: "North Corran", OLD[1]: "South Corran",
         COUNTY: "Westshire", REGION: "Far North", ENGLAND: "England", WARD: "Mill"}
PEOPLE = {area: 1000.0 + 100 * at for at, area in enumerate(AREAS)}
DISTRICT_PEOPLE = {ALTON: 4600.0, BURY_END: 6200.0, CORRAN: 7800.0, OLD[0]: 3000.0, OLD[1]: 1000.0}
YEARS = ("2020/21", "2021/22", "2022/23", "2023/24", "2024/25")


def rows(table: str, found: Iterable[Mapping[str, Any]]) -> ReadTable:
    """Rows with every other column empty."""
    schema = TABLES[table].schema
    blank = {field.name: "" if pa.types.is_string(field.type) else None for field in schema}
    return ReadTable(table, pa.Table.from_pylist([{**blank, **one} for one in found], schema=schema))


def put(store: Store, dataset: str, *tables: ReadTable, invented: bool = False) -> None:
    """One data set into the store."""
    store.replace(
        dataset, tables=tables,
        provenance=Provenance(dataset.replace("-", " "), "A publisher", "Open Government Licence v3.0",
                              vintage="2025", invented=invented),
    )


def observation(indicator: str, area: str, value: float | None, **other: Any) -> dict[str, Any]:
    """One published value, of 2024/25 and persons unless said."""
    kinds = {"E01": "lsoa", "E10": "county", "E12": "region", "E92": "country"}
    return {
        "indicator": indicator, "area_kind": kinds.get(area[:3], "district"), "area_code": area, "value": value,
        "period": "2024/25", "period_start": date(2024, 11, 1), "period_end": date(2025, 11, 1), "sex": "persons",
        "unit": "percent", **other,
    }


def over_years(indicator: str, area: str, values: Iterable[float | None], **other: Any) -> list[dict[str, Any]]:
    """A series, one value a year of YEARS from the last back."""
    known = list(values)
    years = YEARS[-len(known):]
    return [
        observation(indicator, area, value, period=year, period_start=date(2000 + int(year[2:4]), 11, 1),
                    period_end=date(2001 + int(year[2:4]), 11, 1), **other)
        for year, value in zip(years, known, strict=True)
    ]


def geography(store: Store) -> None:
    """Names, and what is part of what."""
    link = {"from_vintage": 2021, "to_vintage": 2024, "relation": "within"}
    links = [
        {"from_kind": "lsoa", "from_code": area, "to_kind": "district", "to_code": DISTRICT_OF[area], **link}
        for area in AREAS
    ]
    links += [
        {"from_kind": "lsoa", "from_code": area, "to_kind": "ward", "to_code": WARD, **link,
         "relation": "best_fit"}
        for area in AREAS[:2]
    ]
    place = {**link, "from_vintage": 2024}
    links += [
        {"from_kind": "district", "from_code": code, "to_kind": "county", "to_code": COUNTY, **place}
        for code in (ALTON, BURY_END)
    ]
    links += [
        {"from_kind": "district", "from_code": code, "to_kind": "region", "to_code": REGION, **place}
        for code in (ALTON, BURY_END, CORRAN)
    ]
    links += [
        {"from_kind": "district", "from_code": code, "to_kind": "district", "to_code": CORRAN, **place,
         "from_vintage": 2022, "to_vintage": 2023, "relation": "becomes"}
        for code in OLD
    ]
    links += [{"from_kind": "ward", "from_code": WARD, "to_kind": "district", "to_code": ALTON, **place},
              {"from_kind": "region", "from_code": REGION, "to_kind": "country", "to_code": ENGLAND, **place}]
    kinds = {"E05": "ward", "E10": "county", "E12": "region", "E92": "country"}
    named = [
        {"kind": kinds.get(code[:3], "district"), "code": code, "vintage": 2024, "name": name}
        for code, name in NAMES.items()
    ]
    named += [
        {"kind": "lsoa", "code": area, "vintage": 2021, "name": f"{NAMES[DISTRICT_OF[area]]} 00{area[-1]}A"}
        for area in AREAS
    ]
    put(store, "places", rows("area_links", links), rows("areas", named))
    neighbours = [
        {"tier": tier, "code": code, "rank": rank, "neighbour_code": other}
        for tier in ("district", "county") for code in (ALTON, BURY_END, CORRAN, COUNTY)
        for rank, other in enumerate((each for each in (BURY_END, CORRAN, ALTON) if each != code), start=1)
    ]
    put(store, "neighbours", rows("neighbours", neighbours))


def people(store: Store) -> None:
    """Small areas' totals, and a fifth of every district's people in each of five ages."""
    total = {"area_kind": "lsoa", "period": "mid-2022", "period_start": date(2022, 6, 30), "sex": "persons",
             "age_from": 0, "age_to": 120}
    put(store, "population-2022-lsoa21",
        rows("population", [{**total, "area_code": area, "count": PEOPLE[area]} for area in AREAS]))
    for dataset, codes, year in (
        ("population-2020-district", OLD, 2020), ("population-2024-district", (ALTON, BURY_END, CORRAN), 2024)
    ):
        found = [
            {"area_kind": "district", "area_code": code, "period": f"mid-{year}", "sex": "persons",
             "period_start": date(year, 6, 30), "age_from": age, "age_to": age, "count": DISTRICT_PEOPLE[code] / 5}
            for code in codes for age in (3, 10, 30, 50, 85)
        ]
        put(store, dataset, rows("population", found))


def small_area_values(store: Store) -> None:
    """Deprivation that rises with the number of the area, and a census count."""
    score = {"period": "2025", "period_start": date(2022, 1, 1), "period_end": date(2023, 1, 1), "unit": "score"}
    found = []
    for at, area in enumerate(AREAS):
        found += [
            observation("imd2025-score", area, 10.0 + at, **score),
            observation("imd2025-decile", area, 1.0 if at > 9 else 5.0, **score),
            observation("imd2025-income-rate", area, 5.0 + at, **score),
            observation("imd2025-employment-rate", area, 4.0 + at, **score),
        ]
    put(store, "imd-2025-lsoa", rows("observations", found))
    census = {"period": "2021", "period_start": date(2021, 3, 21), "period_end": date(2021, 3, 22)}
    counted = []
    for area in AREAS:
        disabled = 300.0 if DISTRICT_OF[area] == ALTON else 100.0
        for category, count in (("Disabled under the Equality Act", disabled),
                                ("Not disabled under the Equality Act", 1000 - disabled)):
            counted.append(observation(
                "census2021-disability", area, count / 10, count=count, denominator=1000.0, category=category,
                category_type="Disability", **census,
            ))
    put(store, "census-2021-disability-lsoa21", rows("observations", counted))


def published(store: Store) -> None:
    """Values of whole districts, with the publisher's own test, hidden values and predecessors."""
    inactive = "percentage-of-physically-inactive-adults"
    found = over_years(inactive, ALTON, (20, 22, 24, 26, 28), note="compared with England: Worse")
    found += over_years(inactive, BURY_END, (20, 20, 20, 20, 20), note="compared with England: Similar")
    found += over_years(inactive, CORRAN, (18, 19), note="")
    for old, values in zip(OLD, ((10, 10, 10, 10, 10), (30, 30, 30, 30, 30)), strict=True):
        found += over_years(inactive, old, values)
    found += over_years(inactive, ENGLAND, (21, 21, 21, 21, 21))
    put(store, "fingertips-inactive-adults", rows("observations", found))
    depression = "depression-qof-prevalence"
    put(store, "fingertips-adults-depression", rows("observations", [
        observation(depression, ALTON, 20.0, note="compared with England: Higher 99.8"),
        observation(depression, BURY_END, 10.0, note="compared with England: Lower 99.8"),
        observation(depression, CORRAN, 14.0, note="Not compared"),
        observation(depression, ENGLAND, 14.0),
    ]))
    healthy = {"sex": "male", "unit": "years"}
    put(store, "fingertips-healthy-life-expectancy", rows("observations", [
        observation("healthy-life-expectancy-at-birth", COUNTY, 61.0, **healthy),
        observation("healthy-life-expectancy-at-birth", CORRAN, 59.0, **healthy),
        observation("healthy-life-expectancy-at-birth", ENGLAND, 60.0, **healthy),
    ]))
    put(store, "fingertips-obese-year6", rows("observations", [
        observation("year-6-prevalence-of-obesity-including-severe-obesity", ALTON, None, note="*"),
        observation("year-6-prevalence-of-obesity-including-severe-obesity", BURY_END, 20.0),
        observation("year-6-prevalence-of-obesity-including-severe-obesity", CORRAN, 30.0),
    ]))
    grants = {"unit": "pounds", "period": "2024", "period_start": date(2024, 1, 1), "period_end": date(2025, 1, 1)}
    put(store, "ace-project-grants", rows("observations", [
        observation("ace-project-grants-total", ALTON, 9200.0, **grants),
        observation("ace-project-grants-total", OLD[0], 3900.0, **grants),
    ]))


def use_and_places(store: Store) -> None:
    """Library visits of authorities, one of them impossible, and places people go."""
    visit = {"service": "libraries", "measure": "visits", "period": "2023/24", "period_start": date(2023, 4, 1),
             "period_end": date(2024, 4, 1)}
    put(store, "ace-libraries-services", rows("use", [
        {**visit, "area_kind": "county", "area_code": COUNTY, "value": 21600.0},
        {**visit, "area_kind": "district", "area_code": CORRAN, "value": 78.0},
    ]))
    put(store, "libraries-england-2023", rows("facilities", [
        {"facility": str(at), "kind": "library", "name": f"Library {at}", "status": status,
         "district_code": district, "lsoa_code": area, "as_at": date(2023, 12, 31)}
        for at, (status, district, area) in enumerate([
            ("open", ALTON, AREAS[0]), ("closed", ALTON, AREAS[1]), ("open", OLD[0], AREAS[8]),
        ])
    ]))
    square = 0.01
    shapes = []
    for at, area in enumerate(AREAS):
        box = shapely.box(at * square, 52.0, (at + 1) * square, 52.0 + square)
        shapes.append({"kind": "lsoa", "code": area, "vintage": 2021, "name": area,
                       "district_code": DISTRICT_OF[area], "geometry": shapely.to_wkb(box),
                       "lon": (at + 0.5) * square, "lat": 52.0 + square / 2})
    put(store, "boundaries-lsoa21", rows("boundaries", shapes))


def build(store: Store) -> Store:
    """The whole of it."""
    for part in (geography, people, small_area_values, published, use_and_places):
        part(store)
    return store
