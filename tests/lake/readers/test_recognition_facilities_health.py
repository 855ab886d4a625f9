"""Each published file of health, facilities, use and funding is known by one reader, the one that should."""

from __future__ import annotations

from pathlib import Path

import pytest

from commonweal.lake.opening import CannotOpen, open_file
from commonweal.lake.recognise import claimants, load_readers

FOLDERS = ("04_facilities", "05_participation_health", "06_third_sector_funding", "08_usage_monitoring")
NOT_USED = {
    "05_participation_health/ons_subnational_Notes.csv",
    "08_usage_monitoring/librarieswest/bills_payments_summary.csv",
}
ELSEWHERE = ("localauthoritynearestneighbours",)
MINE = (
    "fingertips-", "ons-subnational-", "health-index-", "dcms-", "libraries-", "os-library", "mapping-museums",
    "active-places-", "trafford-", "green-flag-", "ace-", "newcastle-libraries", "librarieswest-",
)


def names_of(path: Path) -> set[tuple[str, ...]]:
    try:
        opened = open_file(path)
    except CannotOpen:
        return set()
    return {tuple(reader.dataset for reader in claimants(one)) for one in opened}


@pytest.mark.real_data
@pytest.mark.parametrize("folder", FOLDERS)
def test_one_reader_each(published, folder):
    load_readers()
    for path in sorted((published / folder).rglob("*")):
        name = path.relative_to(published).as_posix()
        if not path.is_file() or any(word in name for word in ELSEWHERE):
            continue
        for found in names_of(path):
            mine = [one for one in found if one.startswith(MINE)]
            assert len(found) == len(mine) <= 1, (name, found)
            expected = folder != "06_third_sector_funding" and name not in NOT_USED and path.suffix != ".md"
            expected = expected or "by_la_year" in name or "investment-programme" in name
            assert bool(mine) == expected, (name, found)


@pytest.mark.real_data
def test_no_other_file_is_claimed_by_these(published):
    load_readers()
    folders = ("01_geography/geo-lookups", "01_geography/ons", "02_deprivation", "03_population_census",
               "07_procurement_spend")
    for path in (path for folder in folders for path in sorted((published / folder).rglob("*"))):
        if path.is_file() and path.stat().st_size < 400_000:
            for found in names_of(path):
                assert not [one for one in found if one.startswith(MINE)], (path.name, found)
