"""Need across the country: the picture of districts, its sentence and table, and where the map's tiles are."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from django.urls import reverse

from commonweal.core.figure import Unit
from commonweal.lake.store import Store
from commonweal.needs.pages.links import Addresses, Item
from commonweal.needs.queries.country import Country, DistrictNeed, Tiles, district_shapes
from commonweal.needs.wording import say
from commonweal.present import wording
from commonweal.present.chart import Chart, Message
from commonweal.present.maps import AreaShape, choropleth
from commonweal.present.maps.model import Band, Scale
from commonweal.present.provenance import short_citation
from commonweal.present.table import Cell, DataTable, Linked, Missing, number_column, text_column
from commonweal.present.wording import listed

NAMED = 3  # districts the sentence names
A_LITTLE = 1e-6
BANDS = (
    Band(30, 100, "30% or more"), Band(15, 30, "15% to 30%"), Band(5, 15, "5% to 15%"),
    Band(A_LITTLE, 5, "up to 5%"), Band(-1, A_LITTLE, "none"),
)


@dataclass(frozen=True, slots=True)
class CountryPage:
    """All the page shows; `tiles` is empty until the map of small areas has been drawn."""

    name: str
    sentence: str
    cannot: str
    chart: Chart | None
    table: DataTable
    downloads: tuple[Item, ...]
    tiles: str
    areas: int
    place: str


def country_page(store: Store, found: Country, drawn: Tiles) -> CountryPage:
    """The page of the whole country."""
    return CountryPage(
        name=found.name, sentence=country_sentence(found),
        cannot=say("country.cannot", moved=f"{found.moved:,}", total=f"{found.areas:,}"),
        chart=_chart(store, found), table=districts_table(found, linked=True),
        downloads=(Item("Every district", reverse("needs:country-districts"), detail="CSV"),),
        tiles=f"{reverse('needs:country-tiles')}?v={drawn.key}" if drawn.ready else "", areas=found.areas,
        place=Addresses("PLACE").area("AREA"),
    )


def country_sentence(found: Country) -> str:
    """Which districts have most of the areas where need is greatest, and how many have none."""
    most = [one for one in found.districts if one.worst][:NAMED]
    none = sum(1 for one in found.districts if not one.worst)
    if not most:
        return say("country.empty")
    named = listed([f"{one.name} ({_share(one)})" for one in most])
    return say("country.most", country=found.name, named=named, none=none, total=len(found.districts))


def _share(one: DistrictNeed) -> str:
    return wording.written(one.share.value or 0.0, Unit.PERCENT, 0)


def districts_table(found: Country, *, linked: bool = False) -> DataTable:
    """Every district, the greatest share first."""
    columns = (
        text_column("District"), text_column("Code"), text_column("Region"),
        number_column("Small areas"), number_column("In the tenth of greatest need"),
        number_column("Share", Unit.PERCENT), number_column("People living in them"),
    )
    rows = tuple(_row(one, linked) for one in found.districts)
    return DataTable(
        say("country.caption", country=found.name), columns, rows, notes=(say("country.base"),),
        source=short_citation(found.source), key="districts",
    )


def _row(one: DistrictNeed, linked: bool) -> tuple[Cell, ...]:
    name: Cell = Linked(one.name, Addresses(one.code).page("areas")) if linked else one.name
    people: Cell = Missing("not held") if one.people is None else one.people
    return (name, one.code, one.region or Missing("none"), one.areas, one.worst, one.share.value or 0.0, people)


def _chart(store: Store, found: Country) -> Chart | None:
    shapes = district_shapes(store)
    drawn = [one for one in found.districts if one.code in shapes]
    if not drawn:
        return None
    areas = tuple(
        AreaShape(one.code, one.name, shapes[one.code], one.share.value, _in_words(one),
                  Addresses(one.code).page("areas"))
        for one in drawn
    )
    message = Message(say("country.title", country=found.name), say("country.reads"),
                      source=short_citation(found.source))
    drawing = choropleth(message, areas, scale=Scale(say("country.scale"), BANDS))
    return replace(drawing, table=districts_table(found, linked=True))


def _in_words(one: DistrictNeed) -> str:
    return say("country.district", worst=one.worst, areas=one.areas, share=_share(one))


def file_stem(found: Country) -> str:
    """The beginning of a file's name."""
    return re.sub(r"[^a-z0-9]+", "-", found.name.lower()).strip("-") + "-need-by-district"
