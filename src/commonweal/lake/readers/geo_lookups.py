"""Lookups from one geography to another, in the Office for National Statistics' headings or tidied ones.

One entry of `LOOKUPS` a data set: the levels its table has, and the links they make. A level without a year takes
any year ("district" is LAD22, LTLA24, LAD25 ...), so that next year's file is read as it comes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import pyarrow as pa

from commonweal.lake.opening.model import Opened
from commonweal.lake.readers.base import Reader, ReadTable, register
from commonweal.lake.readers.geo_levels import (
    Level,
    areas_of,
    change_column,
    distinct,
    is_lookup,
    levels,
    links_of,
)

WITHIN, BEST_FIT, BECOMES = "within", "best_fit", "becomes"


@dataclass(frozen=True, slots=True)
class Lookup:
    """A data set: levels its table must have, those it may have, and (from, to, relation) of its links."""

    dataset: str
    needs: tuple[str, ...]
    links: tuple[tuple[str, str, str], ...]
    may_have: tuple[str, ...] = ()
    has_change: bool | None = None


LOOKUPS = (
    Lookup("lsoa01-lsoa11", ("lsoa 2001", "lsoa 2011"), (("lsoa 2001", "lsoa 2011", BECOMES),), ("district",)),
    Lookup(
        "lsoa11-lsoa21", ("lsoa 2011", "lsoa 2021"),
        (("lsoa 2011", "lsoa 2021", BECOMES), ("lsoa 2021", "district", WITHIN)), ("district",), has_change=True,
    ),
    Lookup(
        "lsoa11-lsoa21-best-fit", ("lsoa 2011", "lsoa 2021"),
        (("lsoa 2011", "lsoa 2021", BEST_FIT), ("lsoa 2021", "district", WITHIN)), ("district",), has_change=False,
    ),
    Lookup(
        "lsoa21-ward-district", ("lsoa 2021", "ward", "district"),
        (("lsoa 2021", "ward", BEST_FIT), ("lsoa 2021", "district", WITHIN), ("ward", "district", WITHIN)),
    ),
    Lookup("lsoa21-upper-tier", ("lsoa 2021", "upper"), (("lsoa 2021", "upper", WITHIN),)),
    Lookup("lsoa11-ward", ("lsoa 2011", "ward"), (("lsoa 2011", "ward", BEST_FIT),), ("district",)),
    Lookup("lsoa11-district", ("lsoa 2011", "district"), (("lsoa 2011", "district", WITHIN),)),
    Lookup(
        "lsoa11-msoa11", ("lsoa 2011", "msoa 2011"),
        (("lsoa 2011", "msoa 2011", WITHIN), ("lsoa 2011", "district", WITHIN)), ("oa 2011", "district"),
    ),
    Lookup(
        "lsoa21-msoa21", ("lsoa 2021", "msoa 2021"),
        (("lsoa 2021", "msoa 2021", WITHIN), ("lsoa 2021", "district", WITHIN)), ("oa 2021", "district"),
    ),
    Lookup(
        "msoa11-msoa21", ("msoa 2011", "msoa 2021"),
        (("msoa 2011", "msoa 2021", BECOMES), ("msoa 2021", "district", WITHIN)), ("district",),
    ),
    Lookup(
        "lsoa21-icb", ("lsoa 2021", "icb"),
        (("lsoa 2021", "icb", WITHIN), ("lsoa 2021", "district", WITHIN)), ("sicbl", "district"),
    ),
    Lookup("district-region", ("district", "region"), (("district", "region", WITHIN),)),
    Lookup("district-upper-tier", ("district", "upper"), (("district", "upper", WITHIN),)),
    Lookup("district-changes", ("district", "district later"), (("district", "district later", BECOMES),)),
    Lookup(
        "ward-district-county-region", ("ward", "district", "region"),
        (
            ("ward", "district", WITHIN), ("district", "county", WITHIN), ("district", "region", WITHIN),
            ("region", "country", WITHIN),
        ),
        ("county", "country"),
    ),
)


def _named(opened: Opened) -> dict[str, Level]:
    """The table's levels under the names `LOOKUPS` uses: with the year where it matters."""
    found: dict[str, Level] = {}
    for (kind, year), level in sorted(levels(opened.sheets[0]).items()):
        fixed = kind in ("oa", "lsoa", "msoa")
        name = f"{kind} {year}" if fixed else kind
        found[f"{name} later" if name in found else name] = level
    return found


def recognises(lookup: Lookup, opened: Opened) -> bool:
    """Whether a file is this lookup: its levels and no others, with or without a column of changes."""
    if not is_lookup(opened):
        return False
    there = set(_named(opened))
    if not set(lookup.needs) <= there or there - set(lookup.needs) - set(lookup.may_have):
        return False
    return lookup.has_change is None or lookup.has_change == bool(change_column(opened.sheets[0]))


def read(lookup: Lookup, opened: Opened) -> Iterator[ReadTable]:
    """Areas of every level that has names, and the links between levels."""
    sheet, found = opened.sheets[0], _named(opened)
    named = [level for level in found.values() if level.name and level.level not in ("oa", "sicbl")]
    if named:
        yield ReadTable("areas", distinct(pa.concat_tables([areas_of(sheet, level) for level in named])))
    for low, high, relation in lookup.links:
        if low in found and high in found:
            change = change_column(sheet) if relation == BECOMES else ""
            yield links_of(sheet, found[low], found[high], relation=relation, change=change)


def _register(lookups: Iterable[Lookup]) -> None:
    for lookup in lookups:
        register(Reader(lookup.dataset, 1, partial(recognises, lookup), partial(read, lookup)))


_register(LOOKUPS)
