"""Local lists of places for sport and community life published by Trafford Data Lab and its borough.

Kinds: leisure_centre, club, hub, green_space (with its type in the detail; green flag parks carry the award)
and asset. An asset is land or a building the council owns, read because community use of such is a common
option; it is not a facility until somebody makes it one, so nothing counts it as provision. Statuses are
unknown: no list says which places are open. Contact columns are never read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

import shapely

from commonweal.lake.opening.matching import cells_match, has_properties, sheet_with
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

_CENTRES = ("name", "address", "postcode", "website", "opening_hours", "facilities", "managed_by", "lon", "lat")
_CLUBS = ("name", "category", "address", "postcode")
_HUBS = ("community_hub", "address", "postcode", "website", "opening_hours", "lon", "lat")
_FLAGS = ("name", "managed", "website", "area_code", "area_name", "lon", "lat")
_ASSETS = (
    "OrganisationLabel", "EffectiveDate", "UPRN", "AssetCode", "PropertyName", "TenureType", "TenureDetail",
    "HoldingType",
)
_GREEN = ("site_type", "site_name", "area_code", "area_name")
_SPORTS = (
    r"(?i).*(football|bowl|martial|golf|badminton|rugby|swim|tennis|cricket|athletic|netball|hockey|cycling|boxing"
    r"|gymnast|judo|karate|running|rowing|sailing|squash|volleyball|basketball|archery|dance|croquet|lacrosse).*"
)


def is_centres(opened: Opened) -> bool:
    """Leisure centres with what they offer and who manages them."""
    return sheet_with(opened, _CENTRES) is not None


def is_clubs(opened: Opened) -> bool:
    """Clubs by sport."""
    sheet = sheet_with(opened, _CLUBS)
    return sheet is not None and cells_match(sheet, "category", _SPORTS, share=0.6)


def is_hubs(opened: Opened) -> bool:
    """Community hubs."""
    return sheet_with(opened, _HUBS) is not None


def is_flags(opened: Opened) -> bool:
    """Parks with a Green Flag award, by who manages them."""
    return sheet_with(opened, _FLAGS) is not None


def is_assets(opened: Opened) -> bool:
    """A council's register of land and buildings in the transparency code's columns."""
    return sheet_with(opened, _ASSETS) is not None


def is_green_spaces(opened: Opened) -> bool:
    """Outlines of green spaces by type."""
    return has_properties(opened, _GREEN)


def _read(columns: tuple[str, ...], name: str, opened: Opened) -> Iterable[ReadTable]:
    sheet = sheet_with(opened, columns)
    return (facilities(_places(sheet, name)),) if sheet is not None else ()


def _places(sheet: Sheet, name: str) -> Iterator[Facility | RejectedRow]:
    make = {
        "name": _club if "category" in sheet.columns else _flag if "managed" in sheet.columns else _centre,
        "community_hub": _hub,
        "PropertyName": _asset,
    }[name]
    key = "propertyname" if name == "PropertyName" else name.replace("_", " ")
    for row, record in records(sheet):
        yield make(record) if said(record[key]) else nameless(sheet, row, name)


def _centre(record: Record) -> Facility:
    lon, lat = position(record["lon"], record["lat"])
    return Facility(
        identity(record["name"]), "leisure_centre", said(record["name"]),
        operator=said(record["managed by"]).rstrip("."),
        postcode=postcode(record["postcode"]), lon=lon, lat=lat,
        detail=filled(
            address=said(record["address"]), website=said(record["website"]), hours=said(record["opening hours"]),
            offers=said(record["facilities"]),
        ),
    )


def _club(record: Record) -> Facility:
    return Facility(
        identity(record["name"]), "club", said(record["name"]), postcode=postcode(record["postcode"]),
        detail=filled(sport=said(record["category"]), address=said(record["address"])),
    )


def _hub(record: Record) -> Facility:
    lon, lat = position(record["lon"], record["lat"])
    name = f"{said(record['community hub'])} community hub"
    return Facility(
        identity(name), "hub", name,
        postcode=postcode(record["postcode"]), lon=lon, lat=lat,
        detail=filled(
            address=said(record["address"]), website=said(record["website"]), hours=said(record["opening hours"])
        ),
    )


def _flag(record: Record) -> Facility:
    lon, lat = position(record["lon"], record["lat"])
    return Facility(
        identity(record["area name"], record["name"]), "green_space", said(record["name"]),
        operator=said(record["managed"]), lon=lon, lat=lat, district_code=said(record["area code"]),
        detail=filled(award="Green Flag", website=said(record["website"])),
    )


def _asset(record: Record) -> Facility:
    lon, lat = position(record["geox"], record["geoy"])
    street = (said(record[name]) for name in ("streetnumber", "streetname", "posttown"))
    return Facility(
        identity(record["assetcode"]), "asset", said(record["propertyname"]),
        operator=said(record["organisationlabel"]), postcode=postcode(record["postcode"]), lon=lon, lat=lat,
        as_at=day(record["effectivedate"]),
        detail=filled(
            address=", ".join(filter(None, street)), postcode_published=said(record["postcode"]),
            uprn=said(record["uprn"]), tenure=said(record["tenuretype"]), let=said(record["tenuredetail"]),
            use=said(record["otherdetail"]), holding=said(record["holdingtype"]),
            floor_m2=said(record["buildingsize"]), energy_rating=said(record["energyrating"]),
        ),
    )


def read_green_spaces(opened: Opened) -> Iterable[ReadTable]:
    """A green space each, at a point inside its outline; most have no name, and say so."""
    document = opened.document if isinstance(opened.document, dict) else {}
    return (facilities(_green(document.get("features") or [])),)


def _green(features: list[dict[str, object]]) -> Iterator[Facility | RejectedRow]:
    for at, feature in enumerate(features, start=1):
        said_of = feature.get("properties")
        known = said_of if isinstance(said_of, dict) else {}
        area, kind, name = (said(str(known.get(key) or "")) for key in ("area_name", "site_type", "site_name"))
        try:
            middle = shapely.point_on_surface(shapely.geometry.shape(feature.get("geometry")))
            lon, lat = position(str(middle.x), str(middle.y))
        except (ValueError, TypeError, AttributeError, KeyError, shapely.errors.ShapelyError):
            yield RejectedRow("", at, "geometry", "not an outline that can be read")
            continue
        yield Facility(
            identity(area, kind, name), "green_space", name or f"{kind} without a name",
            lon=lon, lat=lat, district_code=str(known.get("area_code") or ""), detail=filled(type=kind),
        )


register(Reader("trafford-leisure-centres", 1, is_centres, partial(_read, _CENTRES, "name")))
register(Reader("trafford-sports-clubs", 1, is_clubs, partial(_read, _CLUBS, "name")))
register(Reader("trafford-community-hubs", 1, is_hubs, partial(_read, _HUBS, "community_hub")))
register(Reader("green-flag-parks-greater-manchester", 1, is_flags, partial(_read, _FLAGS, "name")))
register(Reader("trafford-land-and-building-assets", 1, is_assets, partial(_read, _ASSETS, "PropertyName")))
register(Reader("trafford-green-spaces", 1, is_green_spaces, read_green_spaces))
