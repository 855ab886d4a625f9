"""The example's own store: the invented tables under the keys of the published data sets they imitate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from commonweal.example import area_tables, figure_tables
from commonweal.lake.catalogue import entries
from commonweal.lake.manifest import Provenance
from commonweal.lake.readers.base import ReadTable
from commonweal.lake.store import Store
from commonweal.needs.queries.invented import FORM

EDITION = 1
OTHER_TITLES = {
    "example-geography": "Areas, outlines and neighbours of the invented country",
}


def _geography() -> Iterator[tuple[str, ReadTable]]:
    """Places: one data set for all that a publisher would spread over many."""
    for table in (
        area_tables.areas(), area_tables.area_links(), area_tables.outlines(), area_tables.centroids(),
        area_tables.neighbours(), area_tables.postcodes(),
    ):
        yield "example-geography", table


def _people() -> Iterator[tuple[str, ReadTable]]:
    for table in area_tables.population():
        small = table.rows["area_kind"][0].as_py() == "lsoa"
        yield ("population-2022-lsoa21" if small else "population-2024-district"), table


def _town_and_country() -> Iterator[tuple[str, ReadTable]]:
    yield "rural-urban-2021", area_tables.rural_urban()


def _places_to_go() -> Iterator[tuple[str, ReadTable]]:
    yield "libraries-england-2023", area_tables.facilities("library")
    yield "mapping-museums", area_tables.facilities("museum")
    yield "active-places-pools-england", area_tables.facilities("swimming_pool")
    yield "active-places-sites", area_tables.facilities("sports_hall")


def tables() -> dict[str, list[ReadTable]]:
    """Every invented table by the data set it stands in."""
    found: dict[str, list[ReadTable]] = defaultdict(list)
    for source in (
        _geography(), _people(), _town_and_country(), _places_to_go(), figure_tables.small_area_tables(),
        figure_tables.share_tables(), figure_tables.district_tables(), figure_tables.country_tables(),
        figure_tables.use_tables(),
    ):
        for dataset, table in source:
            found[dataset].append(table)
    return dict(found)


def provenance(dataset: str) -> Provenance:
    """Says first of all that the figures are invented, then whose form they are in."""
    known = entries().get(dataset)
    title = known.title if known else OTHER_TITLES.get(dataset, dataset.replace("-", " "))
    return Provenance(
        title=f"{FORM}{title}", publisher="Commonweal's worked example",
        licence="MIT", attribution="Not a figure of any real place.",
        vintage=known.vintage if known else "", invented=True,
    )


def build_store(store: Store) -> None:
    """Fill the example's store; the same bytes every time, so doing it again changes nothing."""
    for dataset, found in tables().items():
        store.replace(dataset, provenance=provenance(dataset), tables=found, reader_version=EDITION)
