"""How many people of each age live in a district, now and when its predecessors still stood."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from commonweal.lake.store import Store

OLDEST = 120
Ages = NDArray[np.float64]  # people by single year of age, 0 to OLDEST; "and over" stands at its first year


@dataclass(frozen=True, slots=True)
class DistrictPeople:
    """People by age for each district, county and country, from the latest data set that gives ages."""

    ages: Mapping[str, Ages]
    period: str
    dataset: str
    earlier: Mapping[str, float]  # totals of codes that are in older data sets alone

    def total(self, code: str) -> float:
        """Everyone, now or when the code was last in use; NaN where not known."""
        found = self.ages.get(code)
        return float(found.sum()) if found is not None else self.earlier.get(code, float("nan"))

    def aged(self, codes: Iterable[str], first: int, last: int) -> float:
        """People of some ages in some places together; NaN where one is not known."""
        wanted = list(codes)
        found = [each for code in wanted if (each := self.ages.get(code)) is not None]
        whole = bool(found) and len(found) == len(wanted)
        return float(sum(each[first : last + 1].sum() for each in found)) if whole else float("nan")


def load_people(store: Store) -> DistrictPeople:
    """Read ages of districts from the latest estimate and totals from the earlier ones."""
    table = store.table("population")
    rows = table.filter(table.area_kind.isin(["district", "county", "country"]) & (table.sex == "persons"))
    columns = ("dataset", "area_code", "age_from", "age_to", "count", "period", "period_start")
    found = store.arrow(rows.filter(rows.age_to - rows.age_from < 100).select(*columns).order_by("period_start"))
    ages: dict[str, dict[str, Ages]] = defaultdict(dict)
    period: dict[str, str] = {}
    for dataset, code, first, _, count, label, _start in zip(
        *(found[column].to_pylist() for column in columns), strict=True
    ):
        if count is not None:
            ages[dataset].setdefault(code, np.zeros(OLDEST + 1))[first] += count
        period[dataset] = label
    if not ages:
        return DistrictPeople({}, "", "", {})
    latest = list(period)[-1]
    earlier = {
        code: float(each.sum()) for dataset in period if dataset != latest for code, each in ages[dataset].items()
    }
    return DistrictPeople(ages[latest], period[latest], latest, earlier)


def small_area_ages(store: Store, areas: Iterable[str]) -> tuple[Ages, str, str] | None:
    """People by age of small areas of 2021, shared out from those of 2011; with the period and data set.

    Where an area of 2011 was split, its people are shared evenly among its parts.
    """
    wanted = sorted(areas)
    links = store.table("area_links")
    chain = store.arrow(
        links.filter(
            (links.from_kind == "lsoa") & (links.from_vintage == 2011) & (links.to_vintage == 2021)
            & (links.relation == "becomes")
        ).select("from_code", "to_code").distinct()
    )
    parts: dict[str, set[str]] = defaultdict(set)
    for old, new in zip(chain["from_code"].to_pylist(), chain["to_code"].to_pylist(), strict=True):
        parts[old].add(new)
    inside = set(wanted)
    share = {old: len(new & inside) / len(new) for old, new in parts.items() if new & inside}
    return _shared_ages(store, share) if share else None


def _shared_ages(store: Store, share: Mapping[str, float]) -> tuple[Ages, str, str] | None:
    table = store.table("population")
    rows = table.filter(
        (table.area_kind == "lsoa") & (table.sex == "persons") & (table.age_to - table.age_from < 100)
        & table.area_code.isin(sorted(share))
    )
    found = store.arrow(rows.select("dataset", "area_code", "age_from", "count", "period", "period_start"))
    if not found.num_rows:
        return None
    ordered = sorted(found.to_pylist(), key=lambda row: (str(row["period_start"]), row["dataset"]))
    latest = _widest(ordered)
    ages = np.zeros(OLDEST + 1)
    for row in ordered:
        if row["dataset"] == latest["dataset"] and row["count"] is not None:
            ages[row["age_from"]] += row["count"] * share[row["area_code"]]
    return ages, str(latest["period"]), str(latest["dataset"])


def _widest(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The latest row of a data set that gives every area wanted."""
    areas = {row["area_code"] for row in rows}
    given: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        given[row["dataset"]].add(row["area_code"])
    whole = [row for row in rows if len(given[row["dataset"]]) >= 0.95 * len(areas)]
    return (whole or rows)[-1]
