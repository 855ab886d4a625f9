"""The header is found by how it differs from the rows under it."""

from __future__ import annotations

import pytest

from commonweal.lake.opening.headers import column_names, joined, needs_group
from commonweal.lake.opening.layout import Layout, find_layout


def rows(*lines: str) -> list[list[str]]:
    return [line.split("|") for line in lines]


DATA = rows("E06000001|Hartlepool|3.39", "E06000002|Middlesbrough|3.11", "E06000003|Redcar|3.16")


@pytest.mark.parametrize(
    ("above", "layout"),
    [
        ([["Area Code", "Area", "Mean"]], Layout(0, 1, 1)),
        ([], Layout(None, 0, 0)),
        ([["A title"], [""], ["Area Code", "Area", "Mean"]], Layout(2, 1, 3)),
        ([["Date:", "2021"], ["Coverage:", "UK"], [""], ["Code", "Area", "Mean"]], Layout(3, 1, 4)),
        ([["Indicator:", "Anxiety", "(back)"], ["", "", ""], ["Code", "Area", "Mean"]], Layout(2, 1, 3)),
        ([["", "", ""], ["Code", "Area", "Mean"], ["", "", ""]], Layout(1, 1, 2)),
        ([["Table 1 of figures"]], Layout(None, 0, 1)),
    ],
)
def test_the_header_is_found_above_the_data(above: list[list[str]], layout: Layout) -> None:
    assert find_layout([*above, *DATA]) == layout


@pytest.mark.parametrize(
    "table",
    [
        rows("Code|Name|All ages|0|1|2|90+", *[f"E0600000{i}|Place|{i}200|12|14|1{i}|4" for i in range(6)]),
        rows("area|2011|2021", *[f"E0600000{i}|{i}20|{i}30" for i in range(6)]),
        rows("Code|Name|E06000001|E06000002", *[f"E0600000{i}|Place {i}|0|5.0{i}" for i in range(6)]),
        rows("|Ward Code|Name", *[f"{i}|E0500000{i}|Ward {i}" for i in range(6)]),
        rows("postcode|easting|northing", *[f"TF1 {i}AA|36496{i}|31149{i}" for i in range(6)]),
    ],
    ids=["ages", "years", "codes over numbers", "nameless index", "postcodes"],
)
def test_a_header_that_looks_like_data_is_still_a_header(table: list[list[str]]) -> None:
    assert find_layout(table) == Layout(0, 1, 1)


def test_marks_for_missing_values_do_not_make_a_row_a_header() -> None:
    table = rows("code|a|b", "E06000001|*|[x]", "E06000002|c|", "E06000003|1|2", "E06000004|3|4", "E06000005|5|6")
    assert find_layout(table) == Layout(0, 1, 1)


def test_one_odd_cell_in_the_first_row_does_not_make_it_a_header() -> None:
    table = rows("E06000001|about 5|2|7", *[f"E0600000{i}|{i}|{i}|{i}" for i in range(2, 9)])
    assert find_layout(table).header is None


def test_words_alone_have_their_header_in_the_first_full_row() -> None:
    table = rows("Title only", "Section|Group|Title", "A||Culture", "B||Sport", "C|x|Parks")
    assert find_layout(table) == Layout(1, 1, 2)


def test_words_that_recur_beneath_are_no_header() -> None:
    table = rows("parks|grass|open", "parks|courts|open", "parks|grass|closed", "halls|grass|open")
    assert find_layout(table).header is None


def test_nothing_has_no_header() -> None:
    assert find_layout([]) == Layout(None, 0, 0)
    assert find_layout([["", ""], [""]]) == Layout(None, 0, 0)


def test_names_are_made_distinct_and_whole() -> None:
    header = ["\ufeffName", "Name", "", " Total\nVisits ", "Name", "Name (2)"]
    assert column_names(header, 7) == (
        "Name", "Name (2)", "column 3", "Total\nVisits", "Name (3)", "Name (2) (2)", "column 7"
    )


def test_group_rows_are_joined_to_the_names_beneath_them() -> None:
    groups, names = ["", "Loans", "", "Visits", ""], ["Branch", "Q1", "Q2", "Q1", "Q2"]
    assert needs_group(groups, names)
    assert joined(groups, names) == ("Branch", "Loans: Q1", "Loans: Q2", "Visits: Q1", "Visits: Q2")


def test_a_title_over_distinct_names_is_no_group_row() -> None:
    assert not needs_group(["All figures", "", ""], ["Branch", "Q1", "Q1"])
    assert not needs_group(["x", "y"], ["Branch", "Q1"])
