"""The health of the sector in a place by published registers: begun, closed, income, age, density, deprivation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

import pyarrow.compute as pc

from commonweal.core import clock
from commonweal.core.stores import stores
from commonweal.core.viewer import Viewer
from commonweal.lake.store import Store
from commonweal.present.table import DataTable, Missing, number_column, text_column
from commonweal.providers.content import read
from commonweal.providers.models import Provider, RegisterEntry
from commonweal.providers.queries.places import small_areas_of

CHARITIES = ("charity-register", "charity-extract", "charity-district", "charity-download")
BANDS = ((10_000, "Under £10,000"), (100_000, "£10,000 to £99,999"), (1_000_000, "£100,000 to £999,999"),
         (float("inf"), "£1 million or more"))
LEAST = 5
YEARS = 5
DECILES = ("imd2025-decile", "imd2019-decile")


@dataclass(frozen=True, slots=True)
class Charity:
    """What the registers say of one charity, the latest of them."""

    begun: date | None
    closed: date | None
    income: float | None
    as_at: date | None
    postcode: str


@dataclass(frozen=True, slots=True)
class Health:
    """The sector of a place in sentences and tables."""

    answer: str
    tables: tuple[DataTable, ...]
    sources: tuple[str, ...]
    misses: tuple[str, ...]
    count: int


def sector_health(viewer: Viewer, districts: tuple[str, ...], place: str, *, example: bool = False) -> Health:
    """What may be said of the charities seen there; who is hidden is left out of every number."""
    bodies = Provider.objects.visible_to(viewer).filter(example=example, district__in=districts)
    rows = RegisterEntry.objects.filter(provider__in=bodies, scope="", register__in=CHARITIES)
    rows = rows.order_by("as_at", "id")
    held: dict[object, Charity] = {}
    for row in rows:
        before = held.get(row.provider_id)
        income = float(row.income) if row.income is not None else before.income if before else None
        held[row.provider_id] = Charity(
            row.registered or (before.begun if before else None), row.removed, income,
            row.as_at or (before.as_at if before else None), row.postcode)
    known = list(held.values())
    standing = [one for one in known if not one.closed]
    sources = tuple(dict.fromkeys(f"{one.title}, {one.publisher}, {one.licence}" for one in rows))
    people, year = _people(districts)
    tables = (
        _through_time(known), _incomes(standing),
        *((found,) if (found := _by_deprivation(standing, districts)) is not None else ()),
    ) if len(known) >= LEAST else ()
    return Health(_answer(place, known, standing, people, year), tables, sources, tuple(read("health")["misses"]),
                  len(known))


def _answer(place: str, known: Sequence[Charity], standing: Sequence[Charity], people: float, year: str) -> str:
    if len(known) < LEAST:
        return (f"Fewer than {LEAST} charities of {place} are held here, too few to say how the sector does. "
                "Bring the charity register first.")
    ages = [(clock.today() - one.begun).days / 365.25 for one in standing if one.begun]
    parts = [f"{len(standing):,} charities of {place} stand in the registers held here"]
    if people:
        parts.append(f", {len(standing) / people * 10_000:.1f} for every 10,000 people ({year})")
    parts.append(f". Half of them are older than {median(ages):.0f} years" if ages else "")
    incomes = [one.income for one in standing if one.income is not None]
    parts.append(f", and half of the {len(incomes):,} whose income is known had £{median(incomes):,.0f} or less"
                 if incomes else "")
    return "".join(parts) + "."


def _through_time(known: Sequence[Charity]) -> DataTable:
    """Begun and closed by five years, and how many stood at their end, as far as what is held tells."""
    last = clock.today().year
    begun = Counter(_span(one.begun) for one in known if one.begun)
    closed = Counter(_span(one.closed) for one in known if one.closed)
    first = min([*begun, *closed], default=_span(clock.today()))
    rows, stood = [], 0
    for start in range(first, last + 1, YEARS):
        stood += begun[start] - closed[start]
        rows.append((f"{start} to {min(start + YEARS - 1, last)}", begun[start], closed[start], stood))
    columns = (text_column("Years"), number_column("Registered"), number_column("Removed"),
               number_column("Standing at the end"))
    undated = sum(one.begun is None for one in known)
    note = (f"{undated} without a date of registration are left out.",) if undated else ()
    return DataTable("Registered and removed", columns, tuple(rows[-12:]), (*note, read("health")["survivors"]),
                     key="registered")


def _span(day: date) -> int:
    return day.year - day.year % YEARS


def _incomes(standing: Sequence[Charity]) -> DataTable:
    """How many had how much, in the year each last told; income is not added up over years that differ."""
    counts: Counter[str] = Counter()
    for one in standing:
        band = next((label for most, label in BANDS if one.income is not None and one.income < most), "")
        counts[band or "Not known"] += 1
    total = max(len(standing), 1)
    labels = [*(label for _, label in BANDS), "Not known"]
    years = sorted({one.as_at.year for one in standing if one.as_at and one.income is not None})
    span = f"{years[0]} to {years[-1]}" if years else "no given year"
    when = f"Income of {span}, each charity's latest."
    columns = (text_column("Income in a year"), number_column("Charities"), number_column("In each hundred"))
    return DataTable("Income", columns, tuple(
        (label, counts[label], round(counts[label] / total * 100)) for label in labels), (when,), key="income")


def _by_deprivation(standing: Sequence[Charity], districts: tuple[str, ...]) -> DataTable | None:
    """Charities and people by fifth of deprivation, by the registered postcode, where the store can tell."""
    store = stores().for_code(districts[0]) if districts else None
    if store is None or not store.exists:
        return None
    area_of = small_areas_of([one.postcode for one in standing], example=store is stores().example)
    tenth = area_tenths(store, set(area_of.values()))
    areas = [area_of.get(one.postcode, "") for one in standing]
    counts = Counter((tenth[area] + 1) // 2 for area in areas if area in tenth)
    if sum(counts.values()) < LEAST:
        return None
    placed = sum(counts.values())
    words = ("1, most deprived", "2", "3", "4", "5, least deprived")
    columns = (text_column("Fifth of England's small areas"), number_column("Charities"),
               number_column("In each hundred placed"))
    rows = tuple((words[at], counts[at + 1] or Missing("none"),
                  round(counts[at + 1] / placed * 100)) for at in range(5))
    return DataTable("By deprivation of the registered address", columns, rows, (
        f"{placed} of {len(standing)} could be placed.", read("health")["addresses"]), key="deprivation")


def area_tenths(store: Store, areas: set[str]) -> dict[str, int]:
    """Each small area's tenth of deprivation, 1 the most deprived, by the newest index the store holds."""
    table = store.table("observations")
    for indicator in DECILES:
        asked = table.filter((table.indicator == indicator) & table.area_code.isin(sorted(areas) or [""]))
        rows = store.arrow(asked.select("area_code", "value"))
        if rows.num_rows:
            pairs = zip(rows["area_code"].to_pylist(), rows["value"].to_pylist(), strict=True)
            return {code: int(value) for code, value in pairs if value}
    return {}


def _people(districts: tuple[str, ...]) -> tuple[float, str]:
    """The people of the districts in the latest year that the store holds, and that year."""
    store = stores().for_code(districts[0]) if districts else None
    if store is None or not store.exists or not store.files("population"):
        return 0.0, ""
    table = store.table("population")
    rows = store.arrow(table.filter(
        (table.area_kind == "district") & (table.sex == "persons") & table.area_code.isin(list(districts))
    ).select("area_code", "period", "period_start", "count"))
    if not rows.num_rows:
        return 0.0, ""
    latest = pc.max(rows["period_start"])
    rows = rows.filter(pc.equal(rows["period_start"], latest))
    if len(set(rows["area_code"].to_pylist())) < len(districts):
        return 0.0, ""
    return float(pc.sum(rows["count"]).as_py() or 0), str(latest.as_py().year)
