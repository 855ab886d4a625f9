"""Files with cells and columns gone wrong: readers name the rows and never fall over."""

from __future__ import annotations

import dataclasses
import random

import pyarrow as pa
import pytest

from commonweal.lake.checks import checked
from commonweal.lake.recognise import claimants, load_readers

load_readers()
JUNK = [
    "", "*", "abc", "£-1e999", "2024-13-45", "E99999999", "inf", "nan", "1/0", "\x00", "a" * 500, "-", "१२",
    "9" * 40, "POINT (1 2)", "(", ";;;", "12/31/2020", "\u202e", "0x10", "1e400", "99999-01", "2015/99",
    "E08000011",
]
FILES = [
    "04_facilities/libraries_england_2022.csv", "04_facilities/libraries_england.csv",
    "04_facilities/gm_libraries.csv", "04_facilities/trafford_active_places/swimming_pools.csv",
    "04_facilities/trafford_land_and_building_assets.csv", "04_facilities/os_library_buildings.csv",
    "04_facilities/MappingMuseumsData.csv",
    "04_facilities/trafford_leisure_centres.csv", "05_participation_health/fingertips_inactive_adults.csv",
    "05_participation_health/england_health_index.csv", "05_participation_health/ons_subnational_Anxiety.csv",
    "05_participation_health/dcms_participation_survey_2023-24_headlines.csv",
    "06_third_sector_funding/ace_project_grants_by_la_year_discipline.csv",
    "06_third_sector_funding/arts-council-investment-programme-2023-26.csv",
    "08_usage_monitoring/ace_libraries_2023-24/visits.csv",
    "08_usage_monitoring/ace_libraries_2023-24/services.csv",
    "08_usage_monitoring/ace_libraries_2023-24/libraries_activity_data_2023_2024.csv",
    "08_usage_monitoring/newcastle_libraries_monthly_visits.csv",
    "08_usage_monitoring/librarieswest/membership_members.csv",
    "08_usage_monitoring/librarieswest/usage_issues_summary.csv",
    "derived/active_places_public_pools_england_2026-07.csv",
]


def spoilt(opened, rng, share, *, lose_a_column):
    """The file's first 200 rows with some cells, and perhaps a column, gone wrong."""
    (sheet,) = opened.sheets
    table = sheet.table.slice(0, 200)
    lost = rng.choice(table.column_names) if lose_a_column else None
    kept = {name: table.column(name).to_pylist() for name in table.column_names if name != lost}
    columns = {
        name: pa.array([rng.choice(JUNK) if rng.random() < share else cell for cell in cells])
        for name, cells in kept.items()
    }
    return dataclasses.replace(
        opened, sheets=(dataclasses.replace(sheet, table=pa.table(columns), row_numbers=()),))


@pytest.mark.real_data
@pytest.mark.parametrize("file", FILES)
def test_spoilt_cells_are_rejected_or_read_and_nothing_else(open_published, file):
    opened = open_published(file)
    rng = random.Random(file)
    for share in (0.05, 0.2, 0.2, 1.0):
        one = spoilt(opened, rng, share, lose_a_column=share == 0.2)
        for reader in claimants(one):
            for table in reader.read(one):
                checked(table.table, table.rows)
                last = one.sheets[0].row_of(one.sheets[0].table.num_rows - 1)
                assert all(2 <= out.row <= last and out.reason for out in table.rejected)
