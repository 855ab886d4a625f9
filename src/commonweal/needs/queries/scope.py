"""What an assessment is of: the districts or small areas a place is made of, and what it is set beside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from commonweal.core.figure import PlaceRef
from commonweal.needs.queries.evidence import Evidence
from commonweal.needs.wording import say

VINTAGE = 2024
NEIGHBOURS = 15


class ScopeKind(StrEnum):
    """What the place is, which decides what can be said of it."""

    DISTRICT = "district"
    DISTRICTS = "districts"  # several, a county or a region
    SMALL = "small"          # a ward or a drawn set of small areas


@dataclass(frozen=True, slots=True)
class Scope:
    """A place ready to be assessed. `areas` are where its small areas stand; `inside` the districts it lies in."""

    kind: ScopeKind
    place: PlaceRef
    made_of: tuple[PlaceRef, ...]
    districts: tuple[str, ...]
    areas: NDArray[np.int64]
    inside: tuple[str, ...]
    county: str = ""
    region: str = ""
    neighbours: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def two_tier(self) -> bool:
        """Whether the place is one district of a county, so that some figures are the county's."""
        return bool(self.county) and self.place.code != self.county


class NoSuchPlace(LookupError):
    """Nothing by that name or code can be assessed; the text gives the nearest names."""


def district_scope(held: Evidence, code: str, notes: Sequence[str] = ()) -> Scope:
    """One district."""
    known = held.geography
    place = _ref(held, "district", code)
    neighbours = _neighbours(held, code)
    return Scope(
        ScopeKind.DISTRICT, place, (place,), (code,), known.areas_in([code]), (code,),
        known.county_of.get(code, ""), known.region_of.get(code, ""), neighbours, tuple(notes),
    )


def districts_scope(
    held: Evidence, codes: Iterable[str], place: PlaceRef | None = None, notes: Sequence[str] = ()
) -> Scope:
    """Several districts together, or a county or region under its own name."""
    known = held.geography
    districts = tuple(dict.fromkeys(codes))
    if len(districts) == 1 and place is None:
        return district_scope(held, districts[0], notes)
    made_of = tuple(_ref(held, "district", code) for code in districts)
    named = place or PlaceRef("districts", "+".join(districts), _listed([ref.name for ref in made_of]), VINTAGE,
                              any(ref.invented for ref in made_of))
    counties, regions = ({of.get(code, "") for code in districts} for of in (known.county_of, known.region_of))
    said = say("note.several", place=named.name, n=len(districts))
    return Scope(
        ScopeKind.DISTRICTS, named, made_of, districts, known.areas_in(districts), districts,
        named.code if named.kind == "county" else counties.pop() if len(counties) == 1 else "",
        regions.pop() if len(regions) == 1 and named.kind != "region" else "",
        _neighbours(held, named.code) if named.kind == "county" else (), (*notes, said),
    )


def ward_scope(held: Evidence, code: str, notes: Sequence[str] = ()) -> Scope:
    """A ward, as the small areas that fit it best."""
    areas = np.flatnonzero(held.geography.ward == code)
    name = held.geography.name(code)
    if not areas.size:
        raise NoSuchPlace(
            f"No small area fits {name} ({code}) best, so nothing can be added up for it. Choose the ward beside "
            "it, or the district."
        )
    inside = held.geography.name(str(held.geography.district[areas[0]]))
    scope = _small(held, PlaceRef("ward", code, f"{name} ward, {inside}", VINTAGE, invented(held)), areas)
    people = _round(float(np.nansum(held.small.people[areas])))
    return replace(scope, notes=(*notes, say("note.ward", n=areas.size, people=people)))


def drawn_scope(held: Evidence, codes: Iterable[str], name: str) -> Scope:
    """A set of small areas somebody drew."""
    wanted = np.array(sorted(set(codes)), dtype="U9")
    areas = held.geography.places(wanted)
    if not wanted.size or (areas < 0).any():
        unknown = ", ".join(str(code) for code in wanted[areas < 0][:5])
        raise NoSuchPlace(
            f"These are not small areas (LSOA 2021) that the store knows: {unknown or 'none was given'}. Take "
            "codes such as E01006445 from the list of small areas of a district."
        )
    code = f"drawn-{abs(hash_of(wanted)):08x}"
    scope = _small(held, PlaceRef("drawn", code, name, 2021, invented(held)), np.sort(areas))
    people = _round(float(np.nansum(held.small.people[areas])))
    return replace(scope, notes=(say("note.drawn", n=areas.size, people=people),))


def hash_of(codes: NDArray[np.str_]) -> int:
    """A fingerprint of a set of codes, the same in every process."""
    import zlib

    return zlib.crc32(" ".join(codes.tolist()).encode())


def _small(held: Evidence, place: PlaceRef, areas: NDArray[np.int64]) -> Scope:
    known = held.geography
    inside = tuple(str(code) for code in np.unique(known.district[areas]))
    regions = {known.region_of.get(code, "") for code in inside}
    made_of = tuple(
        PlaceRef("lsoa", code, known.name(code), 2021, place.invented) for code in known.areas[areas].tolist()
    )
    return Scope(
        ScopeKind.SMALL, place, made_of, (), areas, inside, "", regions.pop() if len(regions) == 1 else "", ()
    )


def _ref(held: Evidence, kind: str, code: str) -> PlaceRef:
    return PlaceRef(kind, code, held.geography.name(code), VINTAGE, invented(held))


def invented(held: Evidence) -> bool:
    """Whether the store is the worked example's."""
    return bool(held.sources) and all(source.invented for source in held.sources.values())


def _neighbours(held: Evidence, code: str) -> tuple[str, ...]:
    """The nearest statistical neighbours that are districts now, at most fifteen."""
    known = held.geography
    lists = known.upper_neighbours if code.startswith("E10") else known.neighbours
    return lists.get(code, ())[:NEIGHBOURS]


def england(held: Evidence) -> PlaceRef:
    """England."""
    code = held.geography.country
    name = held.geography.names.get(code, "England")
    return PlaceRef("country", code, name, VINTAGE, invented(held))


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _round(people: float) -> str:
    return f"{round(people, -2):,.0f}"
