"""Members by small area as LibrariesWest publishes them, hidden cells as wide as their publisher says."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.lake.store import Store
from commonweal.methods.benefit import Between, suppressed_sum

DATASET = "librarieswest-members"
HIDDEN = (1, 4)  # the publisher shows counts of 5 and more; "*" stands for 1 to 4


@dataclass(frozen=True, slots=True)
class AreaMembers:
    """Members who live in one small area: a least and a most, over the cells the publisher hid."""

    area_code: str
    members: Between
    hidden_cells: int


def members_by_area(store: Store) -> tuple[AreaMembers, ...]:
    """Each small area with members; an area with none published is not here, and may be missed."""
    use = store.table("use", DATASET)
    here = use.filter((use.area_kind == "lsoa") & (use.measure == "members"))
    summed = here.group_by("area_code").aggregate(
        shown=here.value.sum().fill_null(0.0),
        hidden=(here.value.isnull() & (here.note == "*")).cast("int64").sum(),
    ).order_by("area_code")
    low, high = HIDDEN
    rows = store.arrow(summed).to_pylist()
    return tuple(
        AreaMembers(row["area_code"], suppressed_sum([row["shown"]], hidden, low=low, high=high), hidden)
        for row in rows if (hidden := int(row["hidden"])) >= 0
    )
