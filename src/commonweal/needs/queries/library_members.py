"""Members of libraries by small area as published, with hidden cells left as wide as their publisher made them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from commonweal.lake.visits.published import DATASET, HIDDEN, members_by_area
from commonweal.methods.benefit import Between
from commonweal.needs.assessment import Assessment
from commonweal.needs.queries.evidence import Evidence
from commonweal.needs.queries.reach import AreaReach

LINKS = "lsoa11-lsoa21"
COVERED = 0.5  # with members in fewer areas than this part, the file is of other places' libraries
HALF = 0.5  # an area is missed where even at most its share of members is below this part of the average


@dataclass(frozen=True, slots=True)
class AreaShare:
    """One small area: members, of people, and their share (0 to 1) at least and at most."""

    area: AreaReach
    members: Between
    hidden: int

    @property
    def most(self) -> float:
        """The share of its people who are members, at most."""
        return self.members.most / self.area.people

    @property
    def least(self) -> float:
        """The same at least."""
        return self.members.least / self.area.people


@dataclass(frozen=True, slots=True)
class LibraryMembers:
    """A place's areas, smallest share at most first; `changed` are drawn anew since 2011, so not known."""

    areas: tuple[AreaShare, ...]
    missed: tuple[AreaShare, ...]
    average: Between
    hidden: int
    changed: int
    in_need: Between | None
    others: Between | None


def library_members(
    held: Evidence, made: Assessment, areas: tuple[AreaReach, ...], need_tenths: int
) -> LibraryMembers | None:
    """Who is missed; nothing where the file is not of the place's libraries. Never tightened from totals."""
    if held.store.dataset(DATASET) is None or held.store.dataset(LINKS) is None:
        return None
    found, same = {one.area_code: one for one in members_by_area(held.store)}, _same(held)
    known = [one for one in areas if one.code in same and one.people > 0]
    none = Between(0.0, 0.0)
    rows = [
        AreaShare(one, found[one.code].members, found[one.code].hidden_cells) if one.code in found
        else AreaShare(one, none, 0) for one in known
    ]
    if sum(one.members.most > 0 for one in rows) <= COVERED * len(rows):
        return None
    average = _share(rows)
    rows.sort(key=lambda one: (one.most, one.area.code))
    missed = tuple(one for one in rows if one.most < HALF * average.least)
    need = [one for one in rows if one.area.tenth is not None and one.area.tenth <= need_tenths]
    rest = [one for one in rows if one not in need]
    return LibraryMembers(
        tuple(rows), missed, average, sum(one.hidden for one in rows), len(areas) - len(known),
        _share(need) if need and rest else None, _share(rest) if need and rest else None,
    )


def _same(held: Evidence) -> frozenset[str]:
    """Small areas that are the same in 2011 and 2021."""
    def make() -> frozenset[str]:
        table = held.store.table("area_links", LINKS)
        kept = table.filter((table.to_kind == "lsoa") & (table.from_code == table.to_code))
        return frozenset(held.store.arrow(kept.select("from_code").distinct())["from_code"].to_pylist())

    return held.once(("same areas", LINKS), make)


def _share(rows: list[AreaShare]) -> Between:
    people = float(np.sum([one.area.people for one in rows]))
    return Between(sum(one.members.least for one in rows) / people, sum(one.members.most for one in rows) / people)


__all__ = ["HIDDEN", "AreaShare", "LibraryMembers", "library_members"]
