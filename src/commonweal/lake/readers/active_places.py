"""Sport England's Active Places: public swimming pools of England, and every kind of facility in its full layout.

Ids are "active-places-<site>-<kind>", so that the same hall in two of these files has the same id. Kinds:
swimming_pool, sports_hall, gym, studio, grass_pitch, artificial_pitch, tennis_court, indoor_tennis_court,
squash_court, athletics_track, golf_course, ski_slope, ice_rink. No file says whether a site is open, so status
is unknown. The pools come with French words for their types, put into English here; a pool is marked as a
hotel's where its name says so. Telephone and e-mail columns are never read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from commonweal.lake.opening.matching import has_only_columns, normal, sheet_with
from commonweal.lake.opening.model import Opened, Sheet
from commonweal.lake.readers.base import Reader, ReadTable, RejectedRow, register
from commonweal.lake.readers.facility_rows import (
    Facility,
    Record,
    day,
    facilities,
    filled,
    identity,
    nameless,
    position,
    postcode,
    records,
    said,
)
from commonweal.lake.readers.sheets import column, distinct

_POOLS = (
    "active_places_site_id", "name", "town", "postcode", "latitude", "longitude", "environment", "pool_lengths_m",
    "pool_types_fr",
)
_SITES = (
    "site_id", "site_name", "facility_type", "access_type", "street", "postcode", "lsoa_code", "lon", "lat",
    "site_last_updated_date",
)
_FRENCH = {
    "principal": "main", "apprentissage": "learner", "lido": "lido", "ludique": "leisure", "plongeon": "diving",
}
_WHERE = {"int": "indoor", "ext": "outdoor", "mix": "indoor and outdoor"}
_HOTEL = re.compile(r"\b(hotels?|inn|marriott|hilton|mercure|novotel)\b", re.IGNORECASE)
_KINDS = {
    "swimming pools": "swimming_pool", "sports halls": "sports_hall", "studios": "studio",
    "health and fitness gyms": "gym", "health and fitness gym stations": "gym", "grass pitches": "grass_pitch",
    "artificial grass pitches": "artificial_pitch", "outdoor tennis courts": "tennis_court",
    "indoor tennis centres": "indoor_tennis_court", "indoor tennis courts": "indoor_tennis_court",
    "squash courts": "squash_court", "athletics": "athletics_track", "golf": "golf_course",
    "ski slopes": "ski_slope", "ice rinks": "ice_rink",
}
_COUNTED = re.compile(r".+ (on site|total|facility areas|pitches|courts|stations|spaces)")


def is_pools(opened: Opened) -> bool:
    """Sites with public pools, their lengths and French types."""
    return has_only_columns(opened, _POOLS)


def read_pools(opened: Opened) -> Iterable[ReadTable]:
    """One swimming pool a site."""
    return (facilities(_pools(opened.sheets[0])),)


def is_every_type(opened: Opened) -> bool:
    """The list of every facility at every site."""
    return _types_in(opened) > 1


def is_one_type(opened: Opened) -> bool:
    """The facilities of one type, with what is counted of such."""
    return _types_in(opened) == 1


def read_sites(opened: Opened) -> Iterable[ReadTable]:
    """One facility a row."""
    sheet = sheet_with(opened, _SITES)
    return (facilities(_sites(sheet)),) if sheet is not None else ()


def _types_in(opened: Opened) -> int:
    sheet = sheet_with(opened, _SITES)
    return len(distinct(column(sheet, "facility_type"))) if sheet is not None else 0


def _pools(sheet: Sheet) -> Iterator[Facility | RejectedRow]:
    for row, record in records(sheet):
        name = said(record["name"])
        if not name:
            yield nameless(sheet, row, "name")
            continue
        lon, lat = position(record["longitude"], record["latitude"])
        types = [_FRENCH.get(word, word) for word in record["pool types fr"].split(";") if word]
        yield Facility(
            facility=identity("active-places", record["active places site id"], "swimming-pool"),
            kind="swimming_pool",
            name=name,
            postcode=postcode(record["postcode"]),
            lon=lon,
            lat=lat,
            detail=filled(
                site=record["active places site id"],
                town=said(record["town"]),
                environment=_WHERE.get(record["environment"], record["environment"]),
                lengths_m=_lengths(record["pool lengths m"]),
                pool_types=types,
                hotel=True if _HOTEL.search(name) else None,
            ),
        )


def _lengths(cell: str) -> list[float]:
    """The lengths of a site's pools in metres, longest first as published; what is no number is left out."""
    return [float(length) for length in re.findall(r"\d+(?:\.\d+)?", cell)]


def _sites(sheet: Sheet) -> Iterator[Facility | RejectedRow]:
    for row, record in records(sheet):
        if not said(record["site name"]):
            yield nameless(sheet, row, "site_name")
            continue
        kind = _KINDS.get(normal(record["facility type"]), "sports_facility")
        lon, lat = position(record["lon"], record["lat"])
        yield Facility(
            facility=identity("active-places", record["site id"], kind.replace("_", "-")),
            kind=kind,
            name=said(record["site name"]),
            postcode=postcode(record["postcode"]),
            lon=lon,
            lat=lat,
            lsoa_code=said(record["lsoa code"]),
            as_at=day(record["site last updated date"]),
            detail=_detail(record),
        )


def _detail(record: Record) -> dict[str, object]:
    """Type, access, counts of what is there and what is made accessible; never a telephone or e-mail address."""
    counts = {
        name.replace(" ", "_"): int(cell)
        for name, cell in record.items()
        if cell.isdecimal() and _COUNTED.fullmatch(name)
    }
    accessible = [
        name.removeprefix("disability ") for name, cell in record.items()
        if name.startswith("disability ") and cell == "Yes"
    ]
    return filled(
        site=record["site id"],
        type=said(record["facility type"]),
        access=said(record["access type"]),
        address=", ".join(filter(None, (said(record["street"]), said(record.get("town", ""))))),
        website=said(record.get("website", "")),
        ward_code=said(record.get("ward code", "")),
        accessible=accessible,
        counts=counts,
    )


register(Reader("active-places-pools-england", 1, is_pools, read_pools))
register(Reader("active-places-sites", 1, is_every_type, read_sites))
register(Reader("active-places-sites-by-type", 1, is_one_type, read_sites))
