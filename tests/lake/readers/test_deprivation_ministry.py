"""The ministry's own Files 1, 2 and 7, on made rows under headers as published.

Headers seen in use by people who read the real files: File 7 of 2025 and 2019 whole, File 7 of 2015 in part,
File 1 of 2019 and 2025, File 2 of 2025. Not seen: File 2 of 2019, taken to follow File 1 of 2019.
"""

from __future__ import annotations

import pyarrow.compute as pc
import pytest

from commonweal.lake.readers.deprivation_ministry import contents
from commonweal.lake.recognise import load_readers

REGISTRY = load_readers()
RANK, DECILE = "Rank (where 1 is most deprived)", "Decile (where 1 is most deprived 10% of LSOAs)"
DOMAINS = (
    "Income", "Employment", "Education, Skills and Training", "Health Deprivation and Disability", "Crime",
    "Barriers to Housing and Services", "Living Environment",
)
INDEX = "Index of Multiple Deprivation (IMD)"
CHILDREN = "Income Deprivation Affecting Children Index (IDACI)"
OLDER = "Income Deprivation Affecting Older People (IDAOPI)"
SUBDOMAINS = (
    "Children and Young People Sub-domain", "Adult Skills Sub-domain", "Geographical Barriers Sub-domain",
    "Wider Barriers Sub-domain", "Indoors Sub-domain", "Outdoors Sub-domain",
)
SHARES = {"Income", "Employment", CHILDREN, OLDER}
PEOPLE = {
    2025: (
        "Total population: mid 2022", "Dependent Children aged 0-15: mid 2022",
        "Older population aged 60 and over: mid 2022",
        "Working age population 18-66 (for use with Employment Deprivation Domain): mid 2022",
    ),
    2019: (
        "Total population: mid 2015 (excluding prisoners)",
        "Dependent Children aged 0-15: mid 2015 (excluding prisoners)",
        "Population aged 16-59: mid 2015 (excluding prisoners)",
        "Older population aged 60 and over: mid 2015 (excluding prisoners)",
        "Working age population 18-59/64: for use with Employment Deprivation Domain (excluding prisoners) ",
    ),
}
PEOPLE[2015] = tuple(header.replace("2015", "2012") for header in PEOPLE[2019])
VINTAGES = {2025: (2021, 2024), 2019: (2011, 2019), 2015: (2011, 2013)}


def area_headers(year: int) -> list[str]:
    lsoa, district = VINTAGES[year]
    return [
        f"LSOA code ({lsoa})", f"LSOA name ({lsoa})", f"Local Authority District code ({district})",
        f"Local Authority District name ({district})",
    ]


def file_7_headers(year: int) -> list[str]:
    names = [INDEX, *DOMAINS, CHILDREN, OLDER, *SUBDOMAINS]
    measured = [
        header
        for name in names
        for header in (f"{name} Score{' (rate)' if name in SHARES else ''}", f"{name} {RANK}", f"{name} {DECILE}")
    ]
    if year == 2025:  # the published file cuts this one short
        cut = "Children and Young People Sub-domain Decile (where 1 is most deprived 10% of LSO"
        measured = [cut if header.startswith(cut) else header for header in measured]
    return [*area_headers(year), *measured, *PEOPLE[year]]


AREA = ["E01000001", "City of London 001A", "E09000001", "City of London"]
OTHER = ["E01000002", "City of London 001B", "E09000001", "City of London"]


@pytest.mark.parametrize("year", [2025, 2019, 2015])
def test_file_7_is_read_whole(claimed, made_csv, year):
    headers = file_7_headers(year)
    assert len(headers) == (56 if year == 2025 else 57)
    cells = [[*AREA, *range(1, len(headers) - 3)], [*OTHER, *range(101, len(headers) + 97)]]
    opened = made_csv([headers, *cells])
    assert claimed(opened) == [f"imd-{year}-lsoa"]
    index, people = REGISTRY[f"imd-{year}-lsoa"].read(opened)
    assert index.rejected == people.rejected == ()
    assert index.rows.num_rows == 2 * (48 + 4)
    assert people.rows.num_rows == 2 * len(PEOPLE[year])


def test_file_7_of_2025_gives_each_value_its_slug(made_csv):
    headers = file_7_headers(2025)
    opened = made_csv([headers, [*AREA, *range(1, len(headers) - 3)]])
    index, people = REGISTRY["imd-2025-lsoa"].read(opened)
    slugs, numbers = index.rows.column("indicator").to_pylist(), index.rows.column("value").to_pylist()
    found = dict(zip(slugs, numbers, strict=True))
    assert (found["imd2025-score"], found["imd2025-rank"], found["imd2025-decile"]) == (1, 2, 3)
    assert (found["imd2025-income-score"], found["imd2025-income-rate"]) == (4, 400)
    assert (found["imd2025-environment-score"], found["imd2025-idaci-score"]) == (22, 25)
    assert (found["imd2025-idaopi-decile"], found["imd2025-sub-children-and-young-people-decile"]) == (30, 33)
    assert found["imd2025-sub-outdoors-decile"] == 48
    rows = people.rows.select(["indicator", "value", "period", "unit"]).to_pylist()
    assert [(row["indicator"], row["value"]) for row in rows] == [
        ("imd2025-people-0-15", 50), ("imd2025-people-60-and-over", 51), ("imd2025-people-total", 49),
        ("imd2025-people-working-age", 52),
    ]
    assert {(row["period"], row["unit"]) for row in rows} == {("mid-2022", "people")}


@pytest.mark.parametrize(
    ("year", "rank", "decile"), [(2025, RANK, DECILE), (2019, "Rank", "Decile"), (2015, RANK, DECILE)]
)
def test_file_1_is_a_workbook_of_the_index_alone(claimed, made_workbook, year, rank, decile):
    opened = made_workbook({
        "Notes": [["Indices of Deprivation"], ["Index of Multiple Deprivation"], [], ["Notes on the data"]],
        "IMD": [
            [*area_headers(year), f"{INDEX} {rank}", f"{INDEX} {decile}"], [*AREA, 26525, 8], [*OTHER, 31203, 10],
        ],
    })
    assert claimed(opened) == [f"imd-{year}-lsoa"]
    (read,) = REGISTRY[f"imd-{year}-lsoa"].read(opened)
    assert read.rows.select(["indicator", "area_code", "value"]).to_pylist() == [
        {"indicator": f"imd{year}-decile", "area_code": "E01000001", "value": 8},
        {"indicator": f"imd{year}-decile", "area_code": "E01000002", "value": 10},
        {"indicator": f"imd{year}-rank", "area_code": "E01000001", "value": 26525},
        {"indicator": f"imd{year}-rank", "area_code": "E01000002", "value": 31203},
    ]


@pytest.mark.parametrize("year", [2025, 2019, 2015])
def test_file_2_is_a_workbook_of_the_domains(claimed, made_workbook, year):
    headers = [f"{name} {measure}" for name in (INDEX, *DOMAINS) for measure in (RANK, DECILE)]
    opened = made_workbook({
        "Notes": [["Domains of deprivation"]],
        "Domains": [[*area_headers(year), *headers], [*AREA, *range(1, 17)], [*OTHER, *range(21, 37)]],
    })
    assert claimed(opened) == [f"imd-{year}-lsoa"]
    (read,) = REGISTRY[f"imd-{year}-lsoa"].read(opened)
    assert read.rows.num_rows == 2 * 16
    assert pc.all(pc.is_in(read.rows.column("unit"), value_set=pc.unique(read.rows.column("unit")))).as_py()
    environment = read.rows.filter(pc.equal(read.rows.column("indicator"), f"imd{year}-environment-decile"))
    assert environment.column("value").to_pylist() == [16, 36]


@pytest.mark.parametrize(
    "headers",
    [
        [f"{CHILDREN} {RANK}", f"{CHILDREN} {DECILE}", f"{OLDER} {RANK}", f"{OLDER} {DECILE}"],       # File 3
        [f"{name} {measure}" for name in (*DOMAINS[2:3], *SUBDOMAINS[:2]) for measure in (RANK, DECILE)],  # File 4
        [f"{name} Score" for name in (INDEX, *DOMAINS)],                                             # File 5
        list(PEOPLE[2025]),                                                                          # File 6
    ],
    ids=["File 3", "File 4", "File 5", "File 6"],
)
def test_the_other_files_are_left_for_a_person_to_name(claimed, made_csv, headers):
    opened = made_csv([[*area_headers(2025), *headers], [*AREA, *range(len(headers))]])
    assert not claimed(opened)


def test_an_edition_nobody_knows_is_not_taken_for_another(made_csv):
    headers = [header.replace("(2021)", "(2031)") for header in file_7_headers(2025)]
    opened = made_csv([headers, [*AREA, *range(len(headers) - 4)]])
    assert contents(opened.sheets[0]) is None
    assert not REGISTRY["imd-2025-lsoa"].recognises(opened)
    with pytest.raises(ValueError, match="not laid out in any way"):
        list(REGISTRY["imd-2025-lsoa"].read(opened))
