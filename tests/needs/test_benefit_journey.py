"""From an export to whom the money reaches, through the pages, each number against plain counting."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
import pytest
from tests.needs.conftest import words_of
from tests.needs.test_visits import at, brought, officer, world

from commonweal.core.stores import stores
from commonweal.needs.models import VisitFileState
from commonweal.needs.queries.survey_population import land_of
from commonweal.needs.queries.visit_store import deciles_of

MEMBERS = 900
__all__ = ["officer", "world"]


def whole_year(world):
    """A year of a library's and a pool's visits: rows as exported, and who made how many from which tenth."""
    place = land_of(world.invented.pk)
    areas = list(map(str, place.held.geography.areas[place.scope.areas].tolist()))
    store = stores().example
    table = store.table("postcodes")
    here = table.filter(table.lsoa_code.isin(areas)).select("postcode", "lsoa_code").order_by("postcode")
    homes = store.arrow(here).to_pylist()
    rng = np.random.default_rng(8)
    rows, home, visits = [], {}, Counter()
    for member in range(MEMBERS):
        home[member] = homes[int(rng.integers(len(homes)))]
        postcode = "" if member % 10 == 0 else home[member]["postcode"]
        for month in [f"2025-{m:02d}" for m in range(4, 13)] + ["2026-01", "2026-02", "2026-03"]:
            count = int(rng.poisson(0.2 + 3 * (member % 7 == 0)))
            if count:
                site = "Harbour Pool" if member % 3 else "Kiln Lane Hall"
                rows.append(f"M{member},{month},{count},{site},{postcode},{2.5 * count:.2f}\n")
                visits[member] += count
    head = "Member No,Month,Visits,Site,Home postcode,Price paid\n"
    return head + "".join(rows), home, visits, deciles_of(place.held)


@pytest.mark.promise("N8")
def test_from_an_export_to_whom_the_money_reaches_and_what_another_price_would_do(world, officer):
    export, home, visits, deciles = whole_year(world)
    file = brought(world, officer, export, "year.csv")
    assert file.state == VisitFileState.READ
    total, people = sum(visits.values()), len(visits)
    page = at(world, "benefit", system=file.system_id)
    officer.post(at(world, "benefit-costs", system=file.system_id), {
        "gross_0": "60000", "income_0": "10000", "gross_1": "30000", "income_1": "5000",
        "source": "Outturn 2025/26",
    })
    answer = officer.get(page)
    words, found = words_of(answer.content.decode()), answer.context["found"]
    assert f"In 2025/26, {total:,} visits were made by {5 * round(people / 5):,} people" in words
    assert found.summary.members == people
    came, made = defaultdict(int), defaultdict(int)
    for member, count in visits.items():
        if member % 10:
            came[deciles[home[member]["lsoa_code"]]] += 1
            made[deciles[home[member]["lsoa_code"]]] += count
    for one in found.tenths.groups:
        true = came[int(one.label)]
        assert one.people is None if 1 <= true <= 7 else one.people == pytest.approx(true, abs=2.5)
    every = sorted(visits.values(), reverse=True)
    top = sum(every[: people // 10]) / total
    assert found.spread.top_tenth == pytest.approx(top, rel=0.02)
    money = found.money
    assert money.subsidy == 75_000
    assert money.per_visit == pytest.approx(75_000 / total)
    for tenth in range(1, 11):
        assert money.came[tenth - 1] == made[tenth]
    assert sum(money.paid) == pytest.approx(15_000)
    lost = sum(count for member, count in visits.items() if member % 10 == 0)
    assert money.came[11] == lost
    for said in (f"£{75_000 / total:,.2f} a visit", "fewest of those who live there came from",
                 "cannot be determined"):
        assert said in words, said
    scenario = words_of(officer.get(at(world, "benefit-what-if", system=file.system_id)).content.decode())
    assert "paid 50% less than today" in scenario
    assert "Prices that no other beats on both income and people" in scenario
    assert "Income against people in need reached" in scenario
    officer.post(at(world, "benefit-show", system=file.system_id), {"choice": "show"})
    assert "Partners see this page" in words_of(officer.get(page).content.decode())
