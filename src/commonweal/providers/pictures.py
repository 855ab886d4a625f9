"""The map of organisations with its sentence, and the tables that compare by need, place and group."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import shapely
from django.urls import reverse

from commonweal.present.chart import Chart, Message
from commonweal.present.maps import AreaShape, Band, Outline, Scale, Site, choropleth, decile_scale
from commonweal.present.maps.shapes import surface
from commonweal.present.table import Cell, DataTable, Linked, Missing, number_column, text_column
from commonweal.providers.content import read
from commonweal.providers.queries.directory import Listed
from commonweal.providers.queries.on_map import Ground, OnMap

MARKED = 150        # with more the ground would be covered, and areas are shaded by how many stand there
SPREAD = 0.32       # of the width of a small area: how far marks of one area lie apart at most
GOLDEN = math.pi * (3 - math.sqrt(5))
NAMED_WARDS = 40
NOT_KNOWN = "Not known"
MANY = Scale("Organisations in each small area", (
    Band(16, 10_000, "16 or more"), Band(8, 16, "8 to 15"), Band(4, 8, "4 to 7"), Band(1, 4, "1 to 3"),
    Band(0, 1, "none")))


@dataclass(frozen=True, slots=True)
class MapView:
    """The answer, the picture, and what stands beside it."""

    answer: str
    chart: Chart | None
    marked: bool
    beside: tuple[DataTable, ...]
    folded: tuple[DataTable, ...]
    notes: tuple[str, ...]


def map_view(found: OnMap, place: str) -> MapView:
    """All that the page shows."""
    marked = len(found.stands) <= MARKED
    many = bool(found.stands)
    folded = (*((_places(found),) if many else ()), *((_listing(found),) if many and marked else ()))
    return MapView(_answer(found, place), _chart(found, place, marked=marked) if found.grounds else None, marked,
                   _beside(found) if many else (), folded, tuple(read("map")["notes"]))


def _answer(found: OnMap, place: str) -> str:
    words = read("map")["words"]
    if not found.grounds:
        return str(words["no_ground"]).format(place=place)
    many = len(found.stands)
    parts = [str(words["one" if many == 1 else "many" if many else "nobody"]).format(n=f"{many:,}", place=place)]
    if found.unplaced:
        parts.append(str(words["unplaced"]).format(n=f"{found.unplaced:,}"))
    if found.pressed and many:
        parts.append(str(words["bare" if found.bare else "none_bare"]).format(
            n=len(found.pressed), bare=found.bare))
    return " ".join(parts)


def _chart(found: OnMap, place: str, *, marked: bool) -> Chart:
    words = read("map")["words"]
    many = found.by_area()
    scale = decile_scale(words["scale"]) if marked else MANY
    areas = tuple(AreaShape(
        one.code, one.name, one.shape, float(one.tenth) if marked and one.tenth else None if marked
        else float(many[one.code]), "" if marked else f"{many[one.code]} organisations") for one in found.grounds)
    kind = "marks" if marked else "many"
    message = Message(words[f"title_{kind}"].format(place=place), words[f"reads_{kind}"], source=words["source"])
    drawing = choropleth(message, areas, scale=scale, outlines=_outlines(found.grounds, place),
                         sites=_sites(found) if marked else ())
    return replace(drawing, table=_areas(found))


def _sites(found: OnMap) -> tuple[Site, ...]:
    """A mark for each, spread over the middle of its small area and never at its door."""
    drawn = []
    for code, many in found.by_area().items():
        ground = next(one for one in found.grounds if one.code == code)
        shape = shapely.from_wkb(ground.shape)
        reach = math.sqrt(shapely.area(shape)) * SPREAD
        wide = 1 / max(math.cos(math.radians(ground.lat)), 0.2)
        here = [one for one, at in found.stands if at.code == code]
        for place, one in enumerate(here):
            far = reach * math.sqrt((place + (many > 1) * 0.5) / many)
            turn = place * GOLDEN
            drawn.append(Site(one.name, one.kind, ground.lon + far * math.cos(turn) * math.sqrt(wide),
                              ground.lat + far * math.sin(turn) / math.sqrt(wide)))
    return tuple(sorted(drawn, key=lambda site: (site.kind, site.name)))


def _outlines(grounds: tuple[Ground, ...], place: str) -> tuple[Outline, ...]:
    """Wards, named where there are few enough, and the edge of the whole."""
    wards = sorted({one.ward for one in grounds if one.ward})
    inside = {ward: _joined([one.shape for one in grounds if one.ward == ward]) for ward in wards}
    named = len(wards) <= NAMED_WARDS
    inner = (Outline(ward, shape, label=named) for ward, shape in inside.items() if len(wards) > 1)
    return (*inner, Outline(place, _joined([one.shape for one in grounds]), label=False, strong=True))


def _joined(shapes: list[bytes]) -> bytes:
    joined: bytes = shapely.to_wkb(surface(shapely.union_all(shapely.make_valid(shapely.from_wkb(shapes)))))
    return joined


def _areas(found: OnMap) -> DataTable:
    many = found.by_area()
    columns = (text_column("Small area"), text_column("Ward"), number_column("Organisations"),
               number_column("Tenth of deprivation, 1 = most"))
    rows = tuple((one.name, one.ward or NOT_KNOWN, many[one.code], one.tenth or Missing(NOT_KNOWN))
                 for one in found.grounds)
    return DataTable("Organisations by small area", columns, rows, key="organisations-by-area")


def _listing(found: OnMap) -> DataTable:
    def row(one: Listed, ground: Ground) -> tuple[Cell, ...]:
        does = ", ".join(one.does) or NOT_KNOWN
        name = Linked(one.name, reverse("providers:one", args=[one.id]))
        return (name, one.kind, does, ground.ward or ground.name)

    columns = (text_column("Organisation"), text_column("Kind"), text_column("What they do"), text_column("Ward"))
    rows = tuple(row(one, ground) for one, ground in found.stands)
    return DataTable("Who is on the map", columns, rows, key="on-the-map")


def _beside(found: OnMap) -> tuple[DataTable, ...]:
    """By need, and by group where some say whom they reach."""
    words = read("map")["words"]
    doing = tuple((name, many, pressed, bare) for name, many, pressed, bare in found.by_doing() if many)
    need = DataTable(
        "By need: what they do, and where need is greatest",
        (text_column("What they do"), number_column("Organisations"), number_column("Where need is greatest"),
         number_column("Areas of greatest need without any")), doing, (words["by_need"],), key="by-need")
    group = DataTable(
        "By group: whom they say they reach", (text_column("Whom"), number_column("Organisations")), found.reaches,
        (words["by_group"],), key="by-group")
    return tuple(table for table in (need, group) if table.rows)


def _places(found: OnMap) -> DataTable:
    columns = (text_column("Ward"), number_column("Organisations"),
               number_column("Small areas where need is greatest"))
    return DataTable("By place: each ward", columns, found.by_ward(), key="by-place")
