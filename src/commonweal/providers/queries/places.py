"""Districts of postcodes, and names of districts, by what is published."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from commonweal.core.stores import stores
from commonweal.lake.gazetteer import gazetteer
from commonweal.lake.place_rows import districts_in, name_of
from commonweal.lake.store import Store

POSTCODES = ("postcodes-nspl", "postcodes-onspd", "postcodes-nspl-tidy", "postcodes-by-area")


def districts_of(postcodes: Iterable[str], *, example: bool = False) -> Mapping[str, str]:
    """The district of each postcode that the store knows."""
    return _of_postcodes(postcodes, "district_code", example=example)


def small_areas_of(postcodes: Iterable[str], *, example: bool = False) -> Mapping[str, str]:
    """The small area of each postcode that the store knows."""
    return _of_postcodes(postcodes, "lsoa_code", example=example)


def _of_postcodes(postcodes: Iterable[str], column: str, *, example: bool) -> Mapping[str, str]:
    store = stores().example if example else stores().published
    if not store.exists:
        return {}
    asked = pa.array(sorted({one for one in postcodes if one}), pa.string())
    held = [one.dataset for one in store.datasets() if "postcodes" in one.tables]
    for dataset in sorted(held, key=lambda one: POSTCODES.index(one) if one in POSTCODES else len(POSTCODES)):
        rows = store.arrow(store.table("postcodes", dataset).select("postcode", column))
        rows = rows.filter(pc.is_in(rows["postcode"], asked))
        pairs = zip(rows["postcode"].to_pylist(), rows[column].to_pylist(), strict=True)
        return {postcode: code or "" for postcode, code in pairs}
    return {}


def wards_of(store: Store, small_areas: Collection[str]) -> dict[str, str]:
    """The name of the ward each small area lies in, by the newest wards."""
    if not small_areas:
        return {}
    rows = store.read("area_links", ("from_code", "to_code", "to_vintage"), {
        "from_kind": ["lsoa"], "from_vintage": [2021], "to_kind": ["ward"], "from_code": sorted(small_areas),
        "relation": ["within", "best_fit"]}).to_pylist()
    newest = {row["from_code"]: row["to_code"] for row in sorted(rows, key=lambda row: row["to_vintage"])}
    book = gazetteer(store)
    return {area: name_of(book, ward) for area, ward in newest.items()}


def district_names(codes: Iterable[str]) -> dict[str, str]:
    """The name each code goes by, or the code."""
    wanted = {one for one in codes if one}
    return {code: _name(stores().for_code(code), code) for code in wanted}


def districts_under(code: str) -> tuple[str, ...]:
    """The districts a place is made of; a district is made of itself."""
    store = stores().for_code(code)
    under = districts_in(gazetteer(store), code) if store.exists and "+" not in code else ()
    return under or tuple(code.split("+"))


def _name(store: Store, code: str) -> str:
    return name_of(gazetteer(store), code) if store.exists else code
