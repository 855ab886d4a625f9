"""The typed tables of the lake: every reader writes these columns and no others."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

TEXT = pa.string()
REAL = pa.float64()
DAY = pa.date32()
WHOLE = pa.int32()


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table of the lake: its columns in order, those never empty, and the order rows are stored in."""

    name: str
    columns: dict[str, pa.DataType]
    required: tuple[str, ...]
    sort: tuple[str, ...]

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema, with required columns not nullable."""
        return pa.schema(
            [pa.field(name, kind, nullable=name not in self.required) for name, kind in self.columns.items()]
        )


def _spec(name: str, columns: dict[str, pa.DataType], required: str, sort: str) -> TableSpec:
    return TableSpec(name, columns, tuple(required.split()), tuple(sort.split()))


# kind: lsoa, msoa, ward, district (lower tier), county (upper tier), region, icb, combined, country.
# vintage: the year of the code set (2021 for LSOA 2021). Dates are half-open; empty where not known.
AREAS = _spec(
    "areas",
    {"kind": TEXT, "code": TEXT, "vintage": WHOLE, "name": TEXT, "valid_from": DAY, "valid_to": DAY},
    "kind code vintage name",
    "kind code vintage",
)

# relation: within (a part of), best_fit (mostly within), becomes (the same land under a later code).
# change: U unchanged, S split, M merged, X complex; empty where the publisher gives none.
AREA_LINKS = _spec(
    "area_links",
    {
        "from_kind": TEXT, "from_code": TEXT, "from_vintage": WHOLE,
        "to_kind": TEXT, "to_code": TEXT, "to_vintage": WHOLE,
        "relation": TEXT, "change": TEXT,
    },
    "from_kind from_code from_vintage to_kind to_code to_vintage relation",
    "from_kind to_kind from_code",
)

# One published value. indicator is the slug of the name as published (imd2025-score, ...); sex is
# persons, male or female; age as published ("16+"); category_type/category empty for the whole.
# value empty where suppressed or missing, and then note says why in the publisher's own mark.
OBSERVATIONS = _spec(
    "observations",
    {
        "indicator": TEXT, "area_kind": TEXT, "area_code": TEXT, "period": TEXT,
        "period_start": DAY, "period_end": DAY, "sex": TEXT, "age": TEXT,
        "category_type": TEXT, "category": TEXT, "value": REAL, "lower95": REAL, "upper95": REAL,
        "count": REAL, "denominator": REAL, "unit": TEXT, "note": TEXT,
    },
    "indicator area_kind area_code period period_start period_end sex age category_type category unit note",
    "indicator area_kind area_code period_start",
)

# People by age: age_to is inclusive, 120 for "and over". One row an age or band, sex and area.
POPULATION = _spec(
    "population",
    {
        "area_kind": TEXT, "area_code": TEXT, "period": TEXT, "period_start": DAY, "sex": TEXT,
        "age_from": WHOLE, "age_to": WHOLE, "count": REAL,
    },
    "area_kind area_code period period_start sex age_from age_to",
    "area_kind area_code sex age_from",
)

# A place people go: library, museum, swimming_pool, sports_hall, gym, pitch, green_space, club, hub ...
# status: open, closed, temporarily_closed, unknown. detail is a JSON object of what else was published.
# as_at is empty where the publisher gives no date, and never guessed.
FACILITIES = _spec(
    "facilities",
    {
        "facility": TEXT, "kind": TEXT, "name": TEXT, "status": TEXT, "operator": TEXT, "postcode": TEXT,
        "lon": REAL, "lat": REAL, "district_code": TEXT, "lsoa_code": TEXT,
        "opened": TEXT, "closed": TEXT, "as_at": DAY, "detail": TEXT,
    },
    "facility kind name status",
    "district_code kind name",
)

POSTCODES = _spec(
    "postcodes",
    {
        "postcode": TEXT, "district_code": TEXT, "ward_code": TEXT, "lsoa_code": TEXT,
        "easting": WHOLE, "northing": WHOLE, "quality": WHOLE,
    },
    "postcode",
    "postcode",
)

# geometry is WKB in longitude and latitude (EPSG:4326); lon, lat a point inside it.
BOUNDARIES = _spec(
    "boundaries",
    {
        "kind": TEXT, "code": TEXT, "vintage": WHOLE, "name": TEXT, "district_code": TEXT,
        "geometry": pa.binary(), "lon": REAL, "lat": REAL,
    },
    "kind code vintage geometry lon lat",
    "district_code kind code",
)

# method: geometric or population_weighted.
CENTROIDS = _spec(
    "centroids",
    {
        "kind": TEXT, "code": TEXT, "vintage": WHOLE, "method": TEXT,
        "lon": REAL, "lat": REAL, "easting": WHOLE, "northing": WHOLE,
    },
    "kind code vintage method lon lat",
    "kind code",
)

# tier: district or county. distance empty where the publisher gives ranks alone.
NEIGHBOURS = _spec(
    "neighbours",
    {"tier": TEXT, "code": TEXT, "rank": WHOLE, "neighbour_code": TEXT, "distance": REAL},
    "tier code rank neighbour_code",
    "tier code rank",
)

# Use of a site or of a whole service in a period; site empty for the whole service.
USE = _spec(
    "use",
    {
        "service": TEXT, "site": TEXT, "area_kind": TEXT, "area_code": TEXT, "measure": TEXT, "category": TEXT,
        "period": TEXT, "period_start": DAY, "period_end": DAY, "value": REAL, "note": TEXT,
    },
    "service site area_kind area_code measure category period period_start period_end note",
    "area_code service measure site period_start",
)

# What publishers say of their indicators: names, definitions, polarity.
INDICATORS = _spec(
    "indicators",
    {"indicator": TEXT, "name": TEXT, "definition": TEXT, "unit": TEXT, "polarity": TEXT, "publisher_id": TEXT},
    "indicator name",
    "indicator",
)

TABLES: dict[str, TableSpec] = {
    spec.name: spec
    for spec in (
        AREAS, AREA_LINKS, OBSERVATIONS, POPULATION, FACILITIES, POSTCODES,
        BOUNDARIES, CENTROIDS, NEIGHBOURS, USE, INDICATORS,
    )
}
