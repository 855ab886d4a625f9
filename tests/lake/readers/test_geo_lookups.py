"""Lookups from one geography to another: every published layout, next year's too."""

from collections import Counter

import pyarrow as pa
import pytest

from commonweal.lake.manifest import Provenance
from commonweal.lake.recognise import load_readers
from commonweal.lake.store import Store

RDA = "derived/from_rda/lookup_"
ONS = "01_geography/ons/"


def read(opened, dataset):
    found = {}
    for table in load_readers()[dataset].read(opened):
        found.setdefault(table.table, []).append(table.rows)
    return {name: pa.concat_tables(rows).to_pylist() for name, rows in found.items()}


def pairs(rows, low, high, relation):
    return {
        (row["from_code"], row["to_code"]) for row in rows
        if (row["from_kind"], row["to_kind"], row["relation"]) == (low, high, relation)
    }


PUBLISHED = [
    (f"{RDA}lsoa01_lsoa11.csv.gz", "lsoa01-lsoa11", "lsoa", "lsoa", "becomes", 34_917),
    (f"{RDA}lsoa11_lsoa21_ltla22.csv.gz", "lsoa11-lsoa21", "lsoa", "lsoa", "becomes", 35_795),
    (f"{ONS}lsoa11_to_lsoa21_exact.csv.gz", "lsoa11-lsoa21", "lsoa", "lsoa", "becomes", 35_796),
    (f"{ONS}lsoa11_to_lsoa21_to_lad.csv.gz", "lsoa11-lsoa21-best-fit", "lsoa", "lsoa", "best_fit", 34_753),
    (f"{ONS}lsoa21_to_utla23.csv.gz", "lsoa21-upper-tier", "lsoa", "county", "within", None),
    (f"{ONS}lower_upper_lookup.csv", "district-upper-tier", "district", "county", "within", 164),
    (f"{RDA}ltla23_utla23.csv.gz", "district-upper-tier", "district", "county", "within", 164),
    (f"{RDA}ltla24_region24.csv.gz", "district-region", "district", "region", "within", 296),
    (f"{RDA}ltla22_ltla23.csv.gz", "district-changes", "district", "district", "becomes", 374),
    (f"{RDA}lsoa21_ward24_ltla24.csv.gz", "lsoa21-ward-district", "lsoa", "ward", "best_fit", 35_672),
    (f"{RDA}lsoa21_ward24_ltla24.csv.gz", "lsoa21-ward-district", "lsoa", "district", "within", 35_672),
    (f"{RDA}lsoa21_icb24.csv.gz", "lsoa21-icb", "lsoa", "icb", "within", 33_755),
    (f"{RDA}lsoa11_ward17.csv.gz", "lsoa11-ward", "lsoa", "ward", "best_fit", 34_753),
    (f"{RDA}lsoa11_ltla21.csv.gz", "lsoa11-district", "lsoa", "district", "within", 34_753),
    (f"{RDA}lsoa11_msoa11.csv.gz", "lsoa11-msoa11", "lsoa", "msoa", "within", 41_729),
    (f"{RDA}msoa11_msoa21_ltla22.csv.gz", "msoa11-msoa21", "msoa", "msoa", "becomes", 7_201),
]


@pytest.mark.real_data
@pytest.mark.promise("N2")
@pytest.mark.parametrize(("path", "dataset", "low", "high", "relation", "count"), PUBLISHED)
def test_published_lookups_give_each_pair_once(
    open_published, claimed, path, dataset, low, high, relation, count
):
    opened = open_published(path)
    assert claimed(opened) == [dataset]
    links = read(opened, dataset)["area_links"]
    found = pairs(links, low, high, relation)
    assert count is None or len(found) == count
    same = [
        row for row in links if (row["from_kind"], row["to_kind"], row["relation"]) == (low, high, relation)
    ]
    assert len(same) == len(found)


@pytest.mark.real_data
def test_changes_of_small_areas_are_those_published(open_published):
    opened = open_published(f"{ONS}lsoa11_to_lsoa21_exact.csv.gz")
    links = read(opened, "lsoa11-lsoa21")["area_links"]
    changes = Counter(row["change"] for row in links if row["relation"] == "becomes")
    assert changes == {"U": 33_647, "S": 1_900, "M": 239, "X": 10}
    assert {row["to_vintage"] for row in links if row["relation"] == "within"} == {2022}


@pytest.mark.real_data
def test_abolished_districts_become_their_successors(open_published):
    links = read(open_published(f"{RDA}ltla22_ltla23.csv.gz"), "district-changes")["area_links"]
    becomes = {row["from_code"]: row["to_code"] for row in links}
    assert becomes["E07000029"] == "E06000063"
    assert becomes["E07000165"] == "E06000065"
    assert becomes["E08000011"] == "E08000011"
    assert {(row["from_vintage"], row["to_vintage"]) for row in links} == {(2022, 2023)}


@pytest.mark.real_data
def test_every_small_area_of_england_lies_in_one_district_and_ward(open_published):
    found = read(open_published(f"{RDA}lsoa21_ward24_ltla24.csv.gz"), "lsoa21-ward-district")
    links = [row for row in found["area_links"] if row["from_code"].startswith("E01")]
    by_area = Counter((row["from_code"], row["to_kind"]) for row in links)
    assert len({code for code, _ in by_area}) == 33_755
    assert set(by_area.values()) == {1}
    named = {(row["kind"], row["code"]): row["name"] for row in found["areas"]}
    assert named["district", "E07000202"] == "Ipswich"


# Headings as the Office for National Statistics publishes them; the folder does not hold these files.
OFFICIAL = [
    (
        ["LSOA21CD", "LSOA21NM", "WD25CD", "WD25NM", "WD25NMW", "LAD25CD", "LAD25NM", "LAD25NMW", "ObjectId"],
        ["E01006448", "Knowsley 001A", "E05010936", "Cherryfield", "", "E08000011", "Knowsley", "", "1"],
        "lsoa21-ward-district",
        {("E01006448", "E05010936"), ("E01006448", "E08000011"), ("E05010936", "E08000011")},
    ),
    (
        ["OA21CD", "LSOA21CD", "LSOA21NM", "MSOA21CD", "MSOA21NM", "LAD22CD", "LAD22NM", "LAD22NMW", "ObjectId"],
        ["E00032687", "E01006448", "Knowsley 001A", "E02001327", "Knowsley 001", "E08000011", "Knowsley", "", "1"],
        "lsoa21-msoa21", {("E01006448", "E02001327"), ("E01006448", "E08000011")},
    ),
    (
        ["WD24CD", "WD24NM", "LAD24CD", "LAD24NM", "CTY24CD", "CTY24NM", "RGN24CD", "RGN24NM", "CTRY24CD",
         "CTRY24NM", "ObjectId"],
        ["E05007117", "Alexandra", "E07000202", "Ipswich", "E10000029", "Suffolk", "E12000006",
         "East of England", "E92000001", "England", "1"],
        "ward-district-county-region",
        {("E05007117", "E07000202"), ("E07000202", "E10000029"), ("E07000202", "E12000006"),
         ("E12000006", "E92000001")},
    ),
    (
        ["LSOA21CD", "LSOA21NM", "SICBL24CD", "SICBL24CDH", "SICBL24NM", "ICB24CD", "ICB24CDH", "ICB24NM",
         "LAD24CD", "LAD24NM", "ObjectId"],
        ["E01012392", "Halton 001A", "E38000068", "01F", "NHS Cheshire and Merseyside ICB - 01F", "E54000008",
         "QYG", "NHS Cheshire and Merseyside Integrated Care Board", "E06000006", "Halton", "1"],
        "lsoa21-icb", {("E01012392", "E54000008"), ("E01012392", "E06000006")},
    ),
    (
        ["LAD25CD", "LAD25NM", "RGN25CD", "RGN25NM", "ObjectId"],
        ["E08000038", "Barnsley", "E12000003", "Yorkshire and The Humber", "1"],
        "district-region", {("E08000038", "E12000003")},
    ),
    (
        ["LSOA01CD", "LSOA01NM", "LSOA11CD", "LSOA11NM", "CHGIND", "LAD11CD", "LAD11NM", "LAD11NMW", "ObjectId"],
        ["E01000001", "City of London 001A", "E01000001", "City of London 001A", "U", "E09000001",
         "City of London", "", "1"],
        "lsoa01-lsoa11", {("E01000001", "E01000001")},
    ),
]


@pytest.mark.parametrize(("headings", "row", "dataset", "expected"), OFFICIAL, ids=[one[2] for one in OFFICIAL])
def test_official_headings_of_any_year_are_read(made_csv, claimed, headings, row, dataset, expected):
    opened = made_csv([headings, row])
    assert claimed(opened) == [dataset]
    links = read(opened, dataset)["area_links"]
    assert {(one["from_code"], one["to_code"]) for one in links} == expected


NOT_LOOKUPS = [
    ["LSOA21CD", "LSOA21NM", "Total population"],
    ["lsoa21_code", "imd_score", "ltla24_code"],
    ["LAD24CD", "LAD24NM"],
    ["Name", "Postcode"],
]


@pytest.mark.parametrize("headings", NOT_LOOKUPS, ids=", ".join)
def test_tables_with_anything_else_are_not_lookups(made_csv, claimed, headings):
    opened = made_csv([headings, ["E01000001", "x", "E09000001"][: len(headings)]])
    assert [key for key in claimed(opened) if "lsoa" in key or "district" in key] == []


def test_a_row_whose_code_is_no_code_is_kept_out_with_its_row(made_csv):
    opened = made_csv([
        ["LSOA21CD", "LSOA21NM", "UTLA23CD", "UTLA23NM"],
        ["E01012392", "Halton 001A", "E06000006", "Halton"],
        ["Total", "All", "E06000006", "Halton"],
        ["", "", "", ""],
        ["E01012393", "Halton 001B", "n/a", ""],
    ])
    tables = list(load_readers()["lsoa21-upper-tier"].read(opened))
    (links,) = [table for table in tables if table.table == "area_links"]
    assert links.rows.num_rows == 1
    assert [row.row for row in links.rejected] == [3, 5]
    assert "not an area code" in links.rejected[0].reason


def test_rows_fit_the_lake(made_csv, tmp_path):
    headings, row, dataset, _ = OFFICIAL[0]
    tables = load_readers()[dataset].read(made_csv([headings, row]))
    held = Store(tmp_path).replace(dataset, provenance=Provenance("t", "p", "l"), tables=tables)
    assert held.tables == {"areas": 3, "area_links": 3}
    assert held.edition == "2025"
