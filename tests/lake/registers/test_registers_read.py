"""Registers read as they are published, and lists as they are kept: numbers, postcodes, people left out."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.lake.opening import open_bytes, open_file
from commonweal.lake.registers.cells import number_of, placed, whole_number
from commonweal.lake.registers.model import NotARegister
from commonweal.lake.registers.names import domain, tokens
from commonweal.lake.registers.reading import read_registers

THIRD, PLACES = "06_third_sector_funding", "04_facilities"
SERVICE = {
    "id": "ac148810-d857-441c-9679-408f346de14b", "name": "Chess", "status": "active",
    "description": "Weekly chess.",
    "organization": {"id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610", "name": "Larkmere Chess Club",
                     "description": "."},
}


def csv(text: str):
    return read_registers(open_bytes("list.csv", text.encode()))


def json_file(document: object):
    return read_registers(open_bytes("feed.json", json.dumps(document).encode()))


@pytest.mark.parametrize(("file", "key", "least", "people"), [
    (f"{THIRD}/ukcat_sample.csv.gz", "charity-extract", 4000, 0),
    (f"{THIRD}/charities_operating_in_trafford.csv", "charity-district", 736, 0),
    (f"{THIRD}/northeast_charitydetails_2024.csv", "charity-download", 230, 0),
    (f"{THIRD}/northeast_companies-house_list.csv", "companies-list", 507, 0),
    (f"{THIRD}/arts-council-investment-programme-2023-26.csv", "arts-council-portfolio", 980, 0),
    (f"{THIRD}/trafford_council_voluntary_sector_grants.csv", "grants", 320, 0),
    (f"{THIRD}/trafford_council_voluntary_sector_grants.json", "grants", 320, 0),
    (f"{THIRD}/grantnav_TESTDATA_mixed_funders.json", "grants", 40, 99),
    (f"{PLACES}/trafford_sports_clubs.csv", "sports-clubs", 140, 0),
    (f"{PLACES}/MappingMuseumsData.csv", "museums", 4100, 0),
])
def test_real_files_are_known_by_their_columns(published, file, key, least, people):
    found = read_registers(open_file(published / file))
    assert (found.key, found.public) == (key, True)
    assert len(found.entries) >= least
    assert len({one.ref for one in found.entries}) == len(found.entries)
    assert sum("People are never listed" in one.why or "one person" in one.why for one in found.kept_out) >= people
    assert not any(one.name.startswith("Mr ") for one in found.entries)


def test_the_same_grants_as_csv_and_json_are_the_same_recipients(published):
    one, other = (
        read_registers(open_file(published / THIRD / f"trafford_council_voluntary_sector_grants.{ending}"))
        for ending in ("csv", "json")
    )
    assert {entry.ref for entry in one.entries} == {entry.ref for entry in other.entries}


@pytest.mark.parametrize("layout", [
    "organisation_number,registered_charity_number,linked_charity_number,charity_name,charity_registration_status,"
    "charity_contact_postcode,date_of_registration,latest_income\n"
    "7,1000469,0,VOCALIS,Registered,HG5 8HU,1990-09-27,82",
    "CompanyName,CompanyNumber,RegAddress.PostCode,CompanyCategory,IncorporationDate\n"
    "VOCALIS C.I.C.,8132730,HG58HU,Community Interest Company,27/09/1990",
])
def test_official_layouts_that_are_too_large_to_keep_here(layout):
    entry = csv(layout).entries[0]
    assert (entry.postcode, entry.registered) == ("HG5 8HU", date(1990, 9, 27))
    assert entry.numbers in ((("GB-CHC", "1000469"),), (("GB-COH", "08132730"),))


def test_a_list_as_somebody_keeps_it():
    found = csv(
        "Group,Where,Charity no\nLarkmere Choir,\"Old Hall, LK1 1AA\",\nMr John Smith,Larkmere,\n,Larkmere,1"
    )
    assert (found.public, [one.name for one in found.entries]) == (False, ["Larkmere Choir"])
    entry = found.entries[0]
    assert (entry.postcode, entry.town, len(entry.notes)) == ("LK1 1AA", "Old Hall", 1)
    assert [one.where for one in found.kept_out] == ["row 3", "row 4"]


@pytest.mark.parametrize("text", ["a,b\n1,2", "Name\n\"\"\n\"\"", "x"])
def test_what_holds_no_organisations_says_what_to_do(text):
    with pytest.raises(NotARegister, match=r"[.]$"):
        csv(text)


def test_a_feed_that_stops_half_way_gives_what_it_held_and_says_so():
    found = json_file({"total_items": 40, "contents": [SERVICE, {**SERVICE, "status": "open", "email": "x"}]})
    assert [one.name for one in found.entries] == ["Larkmere Chess Club"]
    assert "promised 40 services and gave 2" in found.remarks[-1]
    assert [one.where for one in found.kept_out] == ["contents/1/status", "contents/1/email"]


@pytest.mark.parametrize("broken", [
    {"total_items": 1, "contents": [None, 3, "x", []]}, {"total_items": "x", "contents": "y"},
    {"grants": [None, {"recipientOrganization": {}}, {"recipientIndividual": {}, "recipientOrganization": []}]},
])
def test_broken_feeds_are_refused_in_a_sentence(broken):
    with pytest.raises(NotARegister, match=r"[.]$"):
        json_file(broken)


@pytest.mark.parametrize(("scheme", "text", "number"), [
    ("GB-COH", "8132730", "08132730"), ("GB-COH", "sc 123456", "SC123456"), ("GB-COH", "NA", ""),
    ("GB-COH", "0", ""), ("GB-CHC", "1126147.0", "1126147"), ("GB-CHC", "none", ""), ("GB-CHC", "12", ""),
])
def test_numbers_are_written_as_their_register_writes_them(scheme, text, number):
    assert number_of(scheme, text) == number


def test_whole_numbers_carry_their_scheme():
    assert whole_number("GB-CHC-1126147") == ("GB-CHC", "1126147")
    assert whole_number("360G-trafford-be_active") is None


@pytest.mark.parametrize(("code", "town", "found"), [
    ("LK1 1AA", "Larkmere", ("LK1 1AA", "Larkmere")), ("", "Larkmere LK1 1AA", ("LK1 1AA", "Larkmere")),
    ("Larkmere", "LK11AA", ("LK1 1AA", "Larkmere")), ("n/a", "Larkmere", ("", "Larkmere")),
])
def test_a_postcode_in_the_town_counts(code, town, found):
    assert placed(code, town)[:2] == found


@pytest.mark.parametrize(("one", "other"), [
    ("The Larkmere Choral Soc.", "LARKMERE CHORAL SOCIETY"), ("Larkmere F.C.", "Larkmere Football Club"),
    ("Larkmere Arts C.I.C.", "Larkmere Art Community Interest Company"),
    ("St. Mary's Hall", "Saint Marys Hall Ltd"),
])
def test_spellings_of_one_name_have_the_same_words(one, other):
    assert tokens(one) == tokens(other)


def test_shared_sites_are_nobodys_own():
    assert domain("https://www.Larkmere-Choir.org.uk/join") == "larkmere-choir.org.uk"
    assert domain("facebook.com/larkmerechoir") == domain("nothing") == ""


@settings(max_examples=50)
@given(st.text(max_size=80), st.text(max_size=40))
def test_no_text_breaks_a_name_or_a_place(name, town):
    assert isinstance(tokens(name), tuple)
    assert len(placed(name, town)) == 3
    assert isinstance(number_of("GB-COH", town), str)
