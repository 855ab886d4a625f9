"""Every published file is claimed by exactly the reader it should be, and by no other of these."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from commonweal.lake.opening import CannotOpen, open_file
from commonweal.lake.recognise import claimants, load_readers

RDA, OLD, PEOPLE = "derived/from_rda/", "02_deprivation/", "03_population_census/"
EXPECTED = {
    f"{RDA}imd2025_england_lsoa21.csv.gz": "imd-2025-lsoa",
    f"{RDA}imd2025_england_lsoa21_subdomains.csv.gz": "imd-2025-lsoa-subdomains",
    f"{RDA}imd2025_england_lsoa21_indicators.csv.gz": "imd-2025-lsoa-indicators",
    f"{RDA}imd2025_england_ltla24.csv.gz": "imd-2025-district",
    f"{RDA}imd2019_england_lsoa11.csv.gz": "imd-2019-lsoa",
    f"{RDA}imd2019_england_lsoa11_subdomains.csv.gz": "imd-2019-lsoa-subdomains",
    f"{RDA}imd2019_england_lsoa11_indicators.csv.gz": "imd-2019-lsoa-indicators",
    f"{RDA}imd2019_england_ltla23.csv.gz": "imd-2019-district-averages",
    f"{RDA}imd2019_england_msoa11.csv.gz": "imd-2019-msoa",
    f"{RDA}imd2015_england_lsoa11.csv.gz": "imd-2015-lsoa",
    f"{RDA}imd2015_england_lsoa11_subdomains.csv.gz": "imd-2015-lsoa-subdomains",
    f"{RDA}imd2010_england_lsoa01.csv.gz": "imd-2010-lsoa",
    f"{RDA}imd2010_england_lsoa01_subdomains.csv.gz": "imd-2010-lsoa-subdomains",
    f"{RDA}imd2007_england_lsoa01.csv.gz": "imd-2007-lsoa",
    f"{RDA}imd2007_england_lsoa01_subdomains.csv.gz": "imd-2007-lsoa-subdomains",
    f"{RDA}imd2007_england_msoa11.csv.gz": "imd-2007-msoa",
    f"{RDA}imd2004_england_lsoa01.csv.gz": "imd-2004-lsoa",
    f"{OLD}trafford_IoD2025_lad_long.csv": "imd-2025-district-long",
    f"{OLD}trafford_IoD2019_lad_long.csv": "imd-2019-district-long",
    f"{OLD}trafford_IoD2015_lad_long.csv": "imd-2015-district-long",
    f"{OLD}opendatacommunities_iod2015_lad_long.csv.gz": "imd-2015-district",
    f"{OLD}mysociety_UK_IMD_E.csv.gz": "uk-imd-2020-mysociety",
    f"{OLD}mysociety_la_imd.csv": "uk-imd-2020-mysociety-councils",
    f"{RDA}cni2023_england_lsoa21.csv.gz": "community-needs-index-2023-lsoa",
    f"{RDA}cni2019_england_ward17.csv.gz": "community-needs-index-2019-ward",
    f"{RDA}population17_lsoa11.csv.gz": "population-2017-lsoa11",
    f"{RDA}population19_lsoa11.csv.gz": "population-2019-lsoa11",
    f"{RDA}population20_lsoa11.csv.gz": "population-2020-lsoa11",
    f"{RDA}population20_ltla21.csv.gz": "population-2020-district",
    f"{PEOPLE}mye24tablesew_lad.csv": "population-2024-district",
    f"{PEOPLE}trafford_mye2024_lsoa.csv": "population-2024-lsoa21-trafford",
    f"{PEOPLE}lsoa21_population_mid2022_total.csv": "population-2022-lsoa21",
    f"{PEOPLE}mysociety_2019_population_small_areas.csv": "population-2019-small-areas-mysociety",
    f"{PEOPLE}ward_population_2017_360giving.csv": "population-2017-ward",
    f"{RDA}ethnicity21_lsoa21.csv.gz": "census-2021-ethnicity-lsoa21",
    f"{RDA}disability21_lsoa21_ew.csv.gz": "census-2021-disability-lsoa21",
    f"{RDA}household_deprivation21_lsoa21.csv.gz": "census-2021-household-deprivation-lsoa21",
    f"{RDA}household_tenure21_lsoa21.csv.gz": "census-2021-tenure-lsoa21",
    f"{PEOPLE}trafford_census2021_age5_lsoa.csv": "census-2021-age-lsoa21-trafford",
    f"{PEOPLE}trafford_census2021_cars_lsoa.csv": "census-2021-cars-lsoa21-trafford",
}
MODULES = ("deprivation_", "community_needs", "population_", "census_")
TABLES = (".csv", ".csv.gz", ".xlsx", ".zip", ".md", ".yaml")
HERE = Path(__file__).resolve().parents[4]
FOLDER = Path(os.environ.get("COMMONWEAL_PUBLISHED") or HERE / "shared" / "data")
OTHERS = sorted(
    str(path.relative_to(FOLDER))
    for path in (FOLDER.rglob("*") if FOLDER.exists() else ())
    if path.is_file() and path.name.endswith(TABLES) and str(path.relative_to(FOLDER)) not in EXPECTED
)


def ours(reader) -> bool:
    module = getattr(reader.read, "func", reader.read).__module__.rpartition(".")[2]
    return module.startswith(MODULES)


@pytest.mark.real_data
@pytest.mark.parametrize("path", EXPECTED)
def test_each_file_is_claimed_by_its_own_reader_alone(open_published, claimed, path):
    assert claimed(open_published(path)) == [EXPECTED[path]]


@pytest.mark.real_data
@pytest.mark.parametrize("path", OTHERS)
def test_no_file_of_another_source_is_claimed(published, path):
    load_readers()
    try:
        opened = open_file(published / path)
    except CannotOpen:
        return
    assert not [reader.dataset for one in opened for reader in claimants(one) if ours(reader)]


def test_every_reader_here_is_told_apart_by_a_published_file_or_a_made_one():
    """The one without a file in the folder is proven on a made workbook beside its reader."""
    known = {reader.dataset for reader in load_readers().values() if ours(reader)}
    assert known == {"imd-2019-district"} | set(EXPECTED.values())
