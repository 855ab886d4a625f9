"""Where the assistant proposes an unknown table should go, and what it asks."""

from __future__ import annotations

import json

import pytest

from commonweal.lake.assistant import Headers, Mapping, Target, assist, propose, sheets_of
from commonweal.lake.opening import Opened, Sheet, open_bytes


def opened(text: str, name: str = "table.csv") -> Opened:
    return open_bytes(name, text.encode("utf-8"))[0]


def sheet(text: str) -> Sheet:
    return opened(text).sheets[0]


def mapped(text: str) -> Mapping:
    found = propose(sheet(text)).mapping
    assert found is not None
    return found


def table(header: str, row: str) -> str:
    """Five rows alike, each with its own number."""
    return "\n".join((header, *(row.replace("#", str(at)) for at in range(1, 6)), ""))


LONG = table("area_code,period,indicator,value", "E0600000#,2015/16,Inactive,2#.5")
WIDE = table("lsoa code,lsoa name,score,rank", "E0100000#,Place #,#.5,#")
MONTHS = table("area code,Apr-23,May-23,Jun-23", "E0600000#,1#,2#,3#")
BRANCHES = table("Date,City,Fenham,Fawdon", "2008-0#,1#00,2#00,")
PLACES = table("name,address,postcode,type,email", "Library #,# High St,TF1 #AA,static,l#@example.org")
SPEND = table("Name,Payment Date,Net Amount (£)", "Supplier #,1#/09/2019,25#.00")


def test_a_value_for_each_area_period_and_indicator() -> None:
    found = mapped(LONG)
    assert found.target is Target.OBSERVATIONS
    assert dict(found.columns) == {"area_code": "area_code", "period": "period", "indicator": "indicator"}
    assert [value.column for value in found.values] == ["value"]


def test_columns_of_figures_by_area_ask_for_their_period() -> None:
    proposal = propose(sheet(WIDE))
    assert proposal.mapping is not None
    assert [value.column for value in proposal.mapping.values] == ["score", "rank"]
    assert proposal.mapping.headers is Headers.INDICATOR
    assert proposal.mapping.left_out == ("lsoa name",)
    assert proposal.questions == ("Which period are these figures for?",)
    assert 0 < proposal.confidence < 1


def test_months_along_the_top_are_periods() -> None:
    proposal = propose(sheet(MONTHS))
    assert proposal.mapping is not None
    assert proposal.mapping.headers is Headers.PERIOD
    assert proposal.questions == ("What is measured?",)


def test_branches_along_the_top_are_sites() -> None:
    proposal = propose(sheet(BRANCHES))
    assert proposal.mapping is not None
    assert (proposal.mapping.target, proposal.mapping.headers) == (Target.USE, Headers.SITE)
    assert len(proposal.questions) == 2


def test_counts_by_branch_and_month_are_use() -> None:
    found = mapped(table("branch,month,visits,loans", "Ada #,2008-0#,#0,#5"))
    assert (found.target, found.headers) == (Target.USE, Headers.MEASURE)
    assert dict(found.columns) == {"period": "month", "site": "branch"}


def test_names_with_postcodes_are_places_and_addresses_of_people_stay_out() -> None:
    proposal = propose(sheet(PLACES))
    assert proposal.mapping is not None
    assert proposal.mapping.target is Target.FACILITIES
    assert dict(proposal.mapping.columns) == {"name": "name", "postcode": "postcode", "kind": "type"}
    assert proposal.personal == ("email",)
    assert "email" in proposal.mapping.left_out


def test_the_smallest_areas_are_chosen() -> None:
    found = mapped(table("district code,lsoa code,users", "E0600000#,E0100000#,#5"))
    assert found.column_for("area_code") == "lsoa code"


def test_limits_bases_sexes_and_ages_go_beside_the_value() -> None:
    header = "area code,period,sex,age,value,lower ci,upper ci,denominator,status"
    beside = dict(mapped(table(header, "E0600000#,2020,Male,16+,1#.5,9.5,19.5,1#00,open")).columns)
    assert {"sex", "age", "lower95", "upper95", "denominator", "category"} < set(beside)


def test_a_base_alone_is_the_value() -> None:
    assert mapped("lsoacd,population\nE01000001,1866\nE01000002,1500\n").values[0].column == "population"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (SPEND, "payments, grants or contracts"),
        ("name,email\nAda,a@example.org\nBee,b@example.org\n", "about people"),
        ("lsoa code,ward code\nE01000001,E05000001\nE01000002,E05000002\n", "which areas lie in which"),
        ("section,title\nA,Culture\nB,Sport\nC,Parks\n", "no numbers and no places"),
        ("answer,people\nyes,5\nno,7\nmaybe,9\n", "nothing says which area"),
        ("area code,value\n", "no rows"),
    ],
)
def test_what_cannot_go_in_says_why(text: str, words: str) -> None:
    proposal = propose(sheet(text))
    assert proposal.mapping is None
    assert words in proposal.reason
    assert assist(opened(text)).sentence == proposal.reason


def test_assistance_counts_the_tables_that_wait() -> None:
    found = assist(opened(LONG))
    assert found.mappable
    assert found.sentence == "A table nobody has described yet. Confirm what the columns mean."


GRANTS = {
    "version": "1",
    "grants": [{"id": at, "open": True, "area code": f"E0600000{at}", "visits": 5} for at in (1, 2)],
}
PARKS = {
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "properties": {"name": f"Park {at}", "kind": "park"},
         "geometry": {"type": "Point", "coordinates": [-2.1, 53.1]}}
        for at in range(3)
    ],
}


def test_lists_in_json_are_tables_too() -> None:
    (found,) = sheets_of(opened(json.dumps(GRANTS), "grants.json"))
    assert found.name == "grants"
    assert found.table.to_pydict()["open"] == ["TRUE", "TRUE"]
    assert assist(opened(json.dumps(GRANTS), "grants.json")).mappable


def test_points_on_a_map_are_places() -> None:
    (proposal,) = assist(opened(json.dumps(PARKS), "parks.geojson")).proposals
    assert proposal.mapping is not None
    assert proposal.mapping.target is Target.FACILITIES


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("readme.md", "# Title\n\nSome words to read.\n", "Notes for people to read (6 words)"),
        ("x.json", '{"a": {"b": {"c": 1}}}', "A JSON document with “a”; no part of it is a plain table."),
        ("x.json", '[{"a": {"b": 1}}, {"a": {"b": 2}}]', "A JSON list of 2 items that nest"),
        ("x.json", "[]", "A JSON list of 0 items"),
        ("x.json", "{}", "nothing in it"),
        ("x.geojson", '{"type": "FeatureCollection", "features": []}', "A map of 0 shapes"),
        ("x.prj", 'PROJCS["British_National_Grid"]', "Parts of a shapefile of shapes."),
    ],
)
def test_what_is_no_table_is_described(name: str, text: str, words: str) -> None:
    found = assist(opened(text, name))
    assert words in found.sentence
    assert not found.proposals


@pytest.mark.parametrize(("cells", "numbers"), [
    (("12", "fifteen", "9"), True), (("12", "15", "closed", "9"), True), (("1.5", "shut"), False),
    (("red", "12", "blue"), False), (("12", "shut", "closed", "9"), False),
])
def test_one_bad_cell_in_a_short_table_leaves_its_column_a_number(cells: tuple[str, ...], numbers: bool) -> None:
    rows = [f"E0600000{at},{cell}" for at, cell in enumerate(cells, 1)]
    proposal = propose(sheet("\n".join(("area_code,visits", *rows, ""))))
    assert (proposal.mapping is not None) is numbers
    if proposal.mapping is not None:
        assert [value.column for value in proposal.mapping.values] == ["visits"]
    else:
        assert "no numbers" in proposal.reason
