"""The register of areas comes from the lake's own tables."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from commonweal.lake.assistant.register import register_of
from commonweal.lake.manifest import Provenance
from commonweal.lake.readers.base import ReadTable
from commonweal.lake.readers.cells import rows_for
from commonweal.lake.store import Store

OURS = Provenance("Areas", "Nobody", "None", invented=True)


def test_names_ends_and_successors(tmp_path: Path) -> None:
    store = Store(tmp_path)
    areas = rows_for(
        "areas", 3, kind="district", code=["E07000029", "E06000063", "E07000001"], vintage=2023,
        name=["Copeland", "Cumberland", "Gone"], valid_to=[date(2023, 4, 1), None, date(2009, 4, 1)],
    )
    links = rows_for(
        "area_links", 2, from_kind="district", from_code=["E07000029", "E06000063"], from_vintage=2022,
        to_kind="district", to_code="E06000063", to_vintage=2023, relation="becomes",
    )
    store.replace("areas", provenance=OURS, tables=[ReadTable("areas", areas), ReadTable("area_links", links)])
    found = register_of(store)
    assert found.names["E06000063"] == "Cumberland"
    assert found.ended == {"E07000029": "E06000063", "E07000001": ""}


def test_an_empty_lake_knows_nothing_and_says_nothing(tmp_path: Path) -> None:
    assert register_of(Store(tmp_path)).remarks(["E06000001"]) == ()
