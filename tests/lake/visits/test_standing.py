"""What is kept of each year: adding a month equals counting everything again, and pages read little."""

import numpy as np
import pytest
from tests.lake.visits.test_intake import HEAD, brought, row

from commonweal.lake.visits.standing import EMPTY, StandingStore, add_month, renew
from commonweal.lake.visits.store import VisitStore
from commonweal.lake.visits.summary import SummaryStore, narrow_to, summarise

POSTCODES = ("ZZ1 1AA", "ZZ2 2BB", "", "ZZ9 9ZZ", "ZZ1")


@pytest.fixture
def store(tmp_path):
    return VisitStore(tmp_path / "lake", "larkmere", "leisure")


def month_of(rng, year, month, rows=150):
    """A month's export: people who move, cards not used, prices missing."""
    lines = []
    for _ in range(rows):
        who, site = int(rng.integers(40)), ("Pool", "Gym", "Hall")[int(rng.integers(3))]
        when = f"{rng.integers(1, 28):02d}/{month:02d}/{year} {rng.integers(8, 20):02d}:{rng.integers(60):02d}"
        member = f"M{who}" if who < 35 else ""
        price = "" if rng.random() < 0.2 else f"{rng.integers(1, 9)}.50"
        lines.append(row(member, when, site, POSTCODES[int(rng.integers(5))], price, f"01/05/{1950 + who}"))
    return HEAD + "".join(lines)


def again(store, year):
    """The same year counted anew from all the visits, by the expressions that every engine runs."""
    held = [one.month for one in store.manifest.months]
    return summarise(store.table("rollup"), store.dictionary(), year, held=held)


def all_equal(store):
    kept = SummaryStore(store)
    for year in kept.years():
        assert kept.read(year) == again(store, year)
    return kept.years()


def test_months_added_one_by_one_equal_counting_everything_again(store, tmp_path):
    rng = np.random.default_rng(11)
    months = [(2023, month) for month in (3, 5, 12)] + [(2024, month) for month in range(1, 13)] + [(2025, 2)]
    for at, (year, month) in enumerate(months):
        brought(store, tmp_path, month_of(rng, year, month), f"{at}.csv")
        renew(store, [year * 100 + month])
    assert all_equal(store) == (2024, 2023, 2022)


def test_a_replaced_month_and_an_older_one_are_counted_again(store, tmp_path):
    rng = np.random.default_rng(12)
    for at, month in enumerate((4, 5, 6)):
        brought(store, tmp_path, month_of(rng, 2024, month), f"{at}.csv")
    renew(store, [202404, 202405, 202406])
    before = SummaryStore(store).read(2024)
    brought(store, tmp_path, month_of(rng, 2024, 5), "new.csv", again="replace")
    renew(store, [202405])
    assert SummaryStore(store).read(2024) != before
    brought(store, tmp_path, "".join(month_of(rng, 2023, 4)), "old.csv")
    renew(store, [202304])
    assert all_equal(store) == (2024, 2023)


def test_a_new_month_reads_no_older_one(store, tmp_path):
    rng = np.random.default_rng(13)
    brought(store, tmp_path, month_of(rng, 2024, 4), "a.csv")
    renew(store, [202404])
    brought(store, tmp_path, month_of(rng, 2024, 5), "b.csv")
    store.files("rollup", (202404,))[0].unlink()
    assert renew(store, [202405]) == (2024,)
    assert SummaryStore(store).read(2024).months == (202404, 202405)


@pytest.mark.parametrize("damage", [b"", b"no archive", None])
def test_what_was_kept_and_is_damaged_is_made_again(store, tmp_path, damage):
    rng = np.random.default_rng(14)
    brought(store, tmp_path, month_of(rng, 2024, 4), "a.csv")
    renew(store, [202404])
    path = store.root / "summaries" / "standing-2024.npz"
    path.unlink() if damage is None else path.write_bytes(damage)
    assert StandingStore(store).renewed(2024).months.keys() == {202404}
    renew(store, [202404])
    all_equal(store)


def test_a_month_is_added_once(store, tmp_path):
    brought(store, tmp_path, month_of(np.random.default_rng(15), 2024, 4), "a.csv")
    (path,) = store.files("rollup")
    one = add_month(EMPTY, path, 202404, "f")
    with pytest.raises(ValueError, match="already"):
        add_month(one, path, 202404, "f")


def test_a_summary_narrowed_to_a_place_keeps_every_number_and_few_homes(store, tmp_path):
    brought(store, tmp_path, month_of(np.random.default_rng(16), 2024, 4), "a.csv")
    renew(store, [202404])
    kept, inside = SummaryStore(store), frozenset({"Z01000001"})
    whole, narrow = kept.read(2024), kept.narrowed(2024, inside)
    assert narrow == narrow_to(whole, inside) == kept.narrowed(2024, inside)
    assert {one[0] for one in narrow.people} == {"", "Z01000001", "elsewhere"}
    for name, at in (("people", (2, 3)), ("flows", (3, 4, 5))):
        for column in at:
            assert sum(r[column] for r in getattr(narrow, name)) == sum(r[column] for r in getattr(whole, name))
    kept.keep(whole)
    assert len(list((store.root / "summaries").glob("2024*.json"))) == 1
    assert kept.years() == (2024,)
    assert kept.narrowed(1999, inside) is None
