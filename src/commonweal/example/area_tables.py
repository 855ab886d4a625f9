"""The invented country's areas, links, outlines, people and places to go, as tables of the lake."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np
import pyarrow as pa
import shapely

from commonweal.example.geography import District, Indices, Land, land, names, stream
from commonweal.lake.readers.base import ReadTable
from commonweal.lake.schema import TABLES

COUNTRY = "Z92000001"
REGION = "Z12000001"
LSOA_YEAR = 2021
DISTRICT_YEAR = 2024
AS_AT = date(2025, 3, 31)
RURAL_BEYOND = 1.0  # standard deviations of the rurality gradient


def read_table(name: str, columns: Mapping[str, object]) -> ReadTable:
    """Columns (lists, arrays or one value for all rows) in the shape of a lake table."""
    spec = TABLES[name]
    count = max(len(v) for v in columns.values() if isinstance(v, list | np.ndarray | tuple))
    filled = {column: _column(columns.get(column), count) for column in spec.columns}
    return ReadTable(name, pa.table({c: pa.array(v, type=spec.columns[c]) for c, v in filled.items()}))


def _column(given: object, count: int) -> object:
    return given if isinstance(given, list | np.ndarray | tuple) else [given] * count


def areas() -> ReadTable:
    """Every area with its name."""
    here = land()
    rows = [("country", COUNTRY, DISTRICT_YEAR, names()["country"])]
    rows += [("region", REGION, DISTRICT_YEAR, names()["region"])]
    rows += [("district", d.code, DISTRICT_YEAR, d.name) for d in here.districts]
    rows += [("ward", code, DISTRICT_YEAR, name) for code, name, _ in here.wards]
    rows += [("lsoa", code, LSOA_YEAR, name) for code, name in zip(here.codes, here.names, strict=True)]
    kind, code, vintage, name = (list(column) for column in zip(*rows, strict=True))
    return read_table("areas", {"kind": kind, "code": code, "vintage": vintage, "name": name})


def _link(child: tuple[str, str, int], parent: tuple[str, str, int]) -> tuple[str, str, int, str, str, int]:
    return (*child, *parent)


def area_links() -> ReadTable:
    """Small area in ward and district, ward in district, district in region, region in country."""
    here = land()
    region, country = ("region", REGION, DISTRICT_YEAR), ("country", COUNTRY, DISTRICT_YEAR)
    rows = [_link(region, country)]
    for district in here.districts:
        whole = ("district", district.code, DISTRICT_YEAR)
        rows.append(_link(whole, region))
        rows += [_link(("lsoa", here.codes[i], LSOA_YEAR), whole) for i in district.areas]
    main = ("district", here.main.code, DISTRICT_YEAR)
    for code, _, members in here.wards:
        ward = ("ward", code, DISTRICT_YEAR)
        rows.append(_link(ward, main))
        rows += [_link(("lsoa", here.codes[i], LSOA_YEAR), ward) for i in members]
    columns = ["from_kind", "from_code", "from_vintage", "to_kind", "to_code", "to_vintage"]
    data: dict[str, object] = {c: list(v) for c, v in zip(columns, zip(*rows, strict=True), strict=True)}
    return read_table("area_links", data | {"relation": "within", "change": ""})


def _outline(kind: str, code: str, name: str, *, district: str, shape: shapely.Geometry) -> dict[str, object]:
    inside = shapely.point_on_surface(shape)
    vintage = LSOA_YEAR if kind == "lsoa" else DISTRICT_YEAR
    return {
        "kind": kind, "code": code, "vintage": vintage, "name": name, "district_code": district,
        "geometry": shapely.to_wkb(shape), "lon": inside.x, "lat": inside.y,
    }


def outlines() -> ReadTable:
    """The outline of every small area, ward and district."""
    here = land()
    rows = []
    for district in here.districts:
        whole = shapely.union_all([here.shapes[i] for i in district.areas])
        rows.append(_outline("district", district.code, district.name, district=district.code, shape=whole))
        rows += [
            _outline("lsoa", here.codes[i], here.names[i], district=district.code, shape=here.shapes[i])
            for i in district.areas
        ]
    for code, name, members in here.wards:
        shape = shapely.union_all([here.shapes[i] for i in members])
        rows.append(_outline("ward", code, name, district=here.main.code, shape=shape))
    return read_table("boundaries", {c: [row[c] for row in rows] for c in rows[0]})


def centroids() -> ReadTable:
    """A point for every small area."""
    here = land()
    points = [shapely.point_on_surface(shape) for shape in here.shapes]
    return read_table(
        "centroids",
        {
            "kind": "lsoa", "code": list(here.codes), "vintage": LSOA_YEAR, "method": "population_weighted",
            "lon": [p.x for p in points], "lat": [p.y for p in points],
        },
    )


def _ages(rng: np.random.Generator, *, people: int, tilt: float) -> Indices:
    """People by single year of age, 0 to 90 and over; `tilt` makes a place older."""
    age = np.arange(91)
    weight = np.where(age < 60, 1.0, np.exp(-(age - 60) / 16)) * np.exp(tilt * (age - 40) / 60)
    weight[18:24] *= 1.05
    weight[90] *= 1.6
    return rng.multinomial(people, weight / weight.sum())


def population() -> Iterator[ReadTable]:
    """People by age in every small area, added up for districts, region and country."""
    here, rng = land(), stream("population")
    pairs = zip(here.people, here.age, strict=True)
    grid = np.array([_ages(rng, people=int(n), tilt=0.35 * age + 0.15) for n, age in pairs])
    yield _everyone(list(here.codes), grid.sum(axis=1))
    by_district = np.array([grid[d.areas].sum(axis=0) for d in here.districts])
    yield _people("district", [d.code for d in here.districts], by_district)
    yield _people("region", [REGION], by_district.sum(axis=0, keepdims=True))
    yield _people("country", [COUNTRY], by_district.sum(axis=0, keepdims=True))


def _people(kind: str, codes: list[str], grid: Indices) -> ReadTable:
    ages = np.arange(91)
    return read_table(
        "population",
        {
            "area_kind": kind, "area_code": list(np.repeat(codes, 91)), "period": "mid-2024",
            "period_start": date(2024, 6, 30), "sex": "persons",
            "age_from": np.tile(ages, len(codes)), "age_to": np.tile(np.where(ages == 90, 120, ages), len(codes)),
            "count": grid.ravel().astype(float),
        },
    )


def _everyone(codes: list[str], people: Indices) -> ReadTable:
    """All ages together, as small areas are published between censuses."""
    return read_table(
        "population",
        {
            "area_kind": "lsoa", "area_code": codes, "period": "mid-2022", "period_start": date(2022, 6, 30),
            "sex": "persons", "age_from": 0, "age_to": 120, "count": people.astype(float),
        },
    )


def rural_urban() -> ReadTable:
    """Town or country, by how far out a small area lies."""
    here = land()
    return read_table(
        "observations",
        {
            "indicator": "rural-urban-2021", "area_kind": "lsoa", "area_code": list(here.codes), "period": "2021",
            "period_start": date(2021, 1, 1), "period_end": date(2022, 1, 1), "sex": "persons", "age": "all",
            "category_type": "rural_or_urban",
            "category": ["rural" if far > RURAL_BEYOND else "urban" for far in here.rurality],
            "value": 1.0, "unit": "class", "note": "",
        },
    )


def neighbours() -> ReadTable:
    """The districts most like each, by their hidden gradients."""
    here = land()
    traits = np.array(
        [[np.average(g[d.areas], weights=here.people[d.areas]) for g in (here.hardship, here.rurality, here.age)]
         for d in here.districts]
    )
    rows: list[tuple[str, int, str, float]] = []
    for district, own in zip(here.districts, traits, strict=True):
        far = np.linalg.norm(traits - own, axis=1)
        order = [i for i in np.argsort(far) if here.districts[i] is not district]
        rows += [(district.code, r + 1, here.districts[i].code, float(far[i])) for r, i in enumerate(order)]
    code, rank, other, distance = (list(column) for column in zip(*rows, strict=True))
    columns = {"tier": "district", "code": code, "rank": rank, "neighbour_code": other, "distance": distance}
    return read_table("neighbours", columns)


def _postcode(area: int, unit: int) -> str:
    """Postcodes of an area the Royal Mail has not given out."""
    return f"ZZ{area // 9 + 1} {area % 9 + 1}{'ABDEFGHJLN'[unit]}{'ABDEFGHJLN'[area % 10]}"


def postcodes() -> ReadTable:
    """Ten invented postcodes in every small area of the district."""
    here = land()
    ward_of = {int(i): code for code, _, members in here.wards for i in members}
    spots = [int(i) for i in here.main.areas for _ in range(10)]
    rows = [(_postcode(spot, unit % 10), ward_of[spot], here.codes[spot]) for unit, spot in enumerate(spots)]
    code, ward, lsoa = (list(column) for column in zip(*rows, strict=True))
    return read_table(
        "postcodes", {"postcode": code, "district_code": here.main.code, "ward_code": ward, "lsoa_code": lsoa}
    )


def _facility(here: Land, name: str, ward: str, *, kind: str, status: str = "open") -> dict[str, object]:
    members = next(m for _, ward_name, m in here.wards if ward_name == ward)
    spot = int(members[0])
    point = shapely.point_on_surface(here.shapes[spot])
    return {
        "facility": f"example-{kind}-{spot}-{len(name)}", "kind": kind, "name": name, "status": status,
        "operator": "Larkmere Leisure and Culture Trust", "postcode": _postcode(spot, 0),
        "lon": point.x, "lat": point.y, "district_code": here.main.code, "lsoa_code": here.codes[spot],
        "detail": json.dumps({"invented": True}),
    }


def _elsewhere(here: Land, district: District, *, kind: str, count: int) -> Iterator[dict[str, object]]:
    for number in range(count):
        spot = int(district.areas[number * 3])
        point = shapely.point_on_surface(here.shapes[spot])
        yield {
            "facility": f"example-{kind}-{spot}", "kind": kind, "status": "open", "operator": "", "postcode": "",
            "name": f"{district.name} {kind.replace('_', ' ')} {number + 1}", "lon": point.x, "lat": point.y,
            "district_code": district.code, "lsoa_code": here.codes[spot],
            "detail": json.dumps({"invented": True}),
        }


def facilities(kind: str) -> ReadTable:
    """Libraries, museums, pools or sports halls: the district's own by name, the others' by number."""
    here, known = land(), names()
    if kind in {"library", "museum"}:
        own = known["libraries" if kind == "library" else "museums"]
        rows = [_facility(here, name, ward, kind=kind, status=status) for name, ward, status in own]
    else:
        rows = [_facility(here, n, ward, kind=kind) for n, ward, what in known["leisure_centres"] if what == kind]
    per_district = {"library": 3, "museum": 1, "swimming_pool": 1, "sports_hall": 1}[kind]
    for district in here.districts[1:]:
        rows += list(_elsewhere(here, district, kind=kind, count=per_district))
    columns: dict[str, object] = {c: [row[c] for row in rows] for c in rows[0]}
    return read_table("facilities", columns | {"as_at": AS_AT})
