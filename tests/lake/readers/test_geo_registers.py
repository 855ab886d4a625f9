"""Registers of codes and councils: names, dates, what became of each."""

from datetime import date

import pyarrow as pa
import pytest

from commonweal.lake.recognise import load_readers

LOOKUPS = "01_geography/geo-lookups/"
REGISTER = "01_geography/ons/uk_local_authorities.csv"


def read(opened, dataset):
    found = {}
    for table in load_readers()[dataset].read(opened):
        found.setdefault(table.table, []).append(table.rows)
    return {name: pa.concat_tables(rows).to_pylist() for name, rows in found.items()}


FILES = [
    ("la_all_codes.csv", "districts-all-codes"),
    ("area_all_codes.csv", "areas-all-codes"),
    ("utla_all_codes.csv", "upper-tiers-all-codes"),
    ("cauth_all_codes.csv", "combined-authorities-all-codes"),
    ("ward_all_codes.csv.gz", "wards-all-codes"),
    ("la_orgid_to_gss.csv", "councils-organisation-ids"),
]


@pytest.mark.real_data
@pytest.mark.parametrize(("name", "dataset"), FILES)
def test_each_register_is_known_by_one_reader(open_published, claimed, name, dataset):
    opened = open_published(LOOKUPS + name)
    assert claimed(opened) == [dataset]
    areas = read(opened, dataset)["areas"]
    assert areas
    assert all(row["code"] and row["name"] and row["kind"] for row in areas)
    keys = [(row["kind"], row["code"], row["vintage"], row["name"]) for row in areas]
    assert len(keys) == len(set(keys))


@pytest.mark.real_data
def test_codes_no_longer_in_use_become_the_active_ones(open_published):
    links = read(open_published(f"{LOOKUPS}la_all_codes.csv"), "districts-all-codes")["area_links"]
    becomes = {row["from_code"]: row["to_code"] for row in links if row["relation"] == "becomes"}
    assert len(becomes) == 54
    assert becomes["E07000029"] == "E06000063"
    assert becomes["E08000016"] == "E08000038"
    assert becomes["E08000020"] == "E08000037"
    within = {(row["from_code"], row["to_code"]) for row in links if row["relation"] == "within"}
    assert ("E07000202", "E10000029") in within
    assert ("E12000006", "E92000001") in within


@pytest.mark.real_data
def test_wards_carry_the_year_of_their_list(open_published):
    found = read(open_published(f"{LOOKUPS}ward_all_codes.csv.gz"), "wards-all-codes")
    assert len(found["areas"]) == 15_729
    paxton = next(row for row in found["areas"] if row["code"] == "E05008579")
    assert (paxton["name"], paxton["vintage"]) == ("Little Paxton", 2016)


@pytest.mark.real_data
def test_councils_ids_are_other_names_of_their_areas(open_published):
    areas = read(open_published(f"{LOOKUPS}la_orgid_to_gss.csv"), "councils-organisation-ids")["areas"]
    adur = {row["name"] for row in areas if row["code"] == "E07000223"}
    assert adur == {"Adur District Council", "Adur", "GB-LAE-ADU"}
    assert {row["kind"] for row in areas} == {"alias"}


@pytest.mark.real_data
def test_the_register_of_councils_gives_dates_and_successors(open_published, claimed):
    opened = open_published(REGISTER)
    assert claimed(opened) == ["uk-local-authorities"]
    found = read(opened, "uk-local-authorities")
    named = {row["code"]: row for row in found["areas"] if row["kind"] != "alias"}
    assert named["E07000029"]["valid_to"] == date(2023, 4, 1)
    assert named["E06000028"]["valid_to"] == date(2019, 4, 1), "31 March was the last day: spans are half-open"
    assert named["E06000063"]["valid_from"] == date(2023, 4, 1)
    assert named["E06000063"]["valid_to"] is None
    becomes = {
        (row["from_code"], row["to_code"]): row["change"]
        for row in found["area_links"] if row["relation"] == "becomes"
    }
    assert becomes["E07000029", "E06000063"] == "M"
    assert becomes["E10000006", "E06000063"] == "X"
    assert becomes["00CC", "E08000016"] == "U"
    assert becomes["E08000020", "E08000037"] == "U"


@pytest.mark.real_data
def test_councils_without_a_code_are_kept_out_and_named(open_published):
    (areas, _) = load_readers()["uk-local-authorities"].read(open_published(REGISTER))
    assert len(areas.rejected) == 25
    assert "has no GSS code" in areas.rejected[0].reason


def test_a_date_that_is_none_keeps_its_row_out(made_csv):
    headings = [
        "local-authority-code", "official-name", "nice-name", "gss-code", "start-date", "end-date", "replaced-by",
        "alt-names",
    ]
    opened = made_csv([
        headings,
        ["IPS", "Ipswich Borough Council", "Ipswich", "E07000202", "1974-04-01", "", "", "ipswich, Ipswich DC"],
        ["BAB", "Babergh District Council", "Babergh", "E07000200", "first of April", "", "", ""],
        ["OLD", "Oldtown Council", "Oldtown", "E07000999", "", "2020-03-31", "IPS,NOBODY", ""],
    ])
    (areas, links) = load_readers()["uk-local-authorities"].read(opened)
    assert [row.row for row in areas.rejected] == [3]
    names = {(row["kind"], row["name"]) for row in areas.rows.to_pylist() if row["code"] == "E07000202"}
    assert ("alias", "Ipswich DC") in names
    assert [(row["from_code"], row["to_code"]) for row in links.rows.to_pylist()] == [("E07000999", "E07000202")]
