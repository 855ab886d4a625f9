from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.core.figure import Unit
from commonweal.present.table import DataTable, Linked, Missing, in_order, number_column, text_column
from commonweal.present.table_view import column_weights, sort_by_request, view_of


def test_a_table_needs_a_caption_and_even_rows():
    with pytest.raises(ValueError, match="caption"):
        DataTable("", (text_column("A"),), ())
    with pytest.raises(ValueError, match="row 2 of 'T' has 2 cells, not 1"):
        DataTable("T", (text_column("A"),), (("a",), ("b", "c")))


def test_cells_are_written_in_their_columns_unit(table):
    view = view_of(table)
    assert [[cell.text for cell in row] for row in view.rows] == [
        ["North", "1,500", "33.3%"],
        ["South", "12,500", "suppressed to protect people"],
        ["=SUM(A1)", "900", "8.0%"],
    ]
    assert [cell.missing for cell in view.rows[1]] == [False, False, True]
    assert view.rows[0][1].sort == "1500"


def test_dates_and_links_keep_what_a_page_needs():
    data = DataTable("T", (text_column("When"), text_column("Who")), ((date(2026, 3, 7), Linked("Ann", "/ann")),))
    first, second = view_of(data).rows[0]
    assert (first.text, first.sort) == ("7 March 2026", "2026-03-07")
    assert (second.text, second.href) == ("Ann", "/ann")


@pytest.mark.parametrize(
    ("asked", "first", "order"),
    [
        ("2", "=SUM(A1)", "in order of People, smallest first"),
        ("-2", "South", "in order of People, largest first"),
        ("1", "=SUM(A1)", "in order of Area, A to Z"),
        ("-1", "South", "in order of Area, Z to A"),
        ("", "North", ""),
        ("9", "North", ""),
        ("0", "North", ""),
        ("x", "North", ""),
        ("--2", "North", ""),
        ("²", "North", ""),
        ("9" * 5000, "North", ""),
    ],
)
def test_headings_sort_by_link_and_odd_addresses_change_nothing(table, asked, first, order):
    view = view_of(sort_by_request(table, {"sort": asked, "theme": "a&b", "page": "3"}))
    assert view.rows[0][0].text == first
    assert view.order == order
    assert all(head.href.startswith("?theme=a%26b&sort=") for head in view.heads)


def test_a_second_press_turns_the_order_round(table):
    heads = view_of(sort_by_request(table, {"sort": "2"})).heads
    assert heads[1].sorted == "ascending"
    assert heads[1].href == "?sort=-2"
    assert view_of(sort_by_request(table, {"sort": "-2"})).heads[1].href == "?sort=2"


def test_missing_comes_last_either_way(table):
    for descending in (False, True):
        assert isinstance(in_order(table, 2, descending=descending).rows[-1][2], Missing)


@given(st.lists(st.one_of(st.floats(-1e6, 1e6), st.none()), max_size=20), st.booleans())
def test_sorting_keeps_every_row(values, descending):
    rows = tuple((str(at), Missing() if value is None else value) for at, value in enumerate(values))
    table = DataTable("T", (text_column("A"), number_column("B", Unit.PERCENT)), rows)
    found = in_order(table, 1, descending=descending)
    assert sorted(row[0] for row in found.rows) == sorted(row[0] for row in rows)
    known = [row[1] for row in found.rows if not isinstance(row[1], Missing)]
    assert known == sorted(known, reverse=descending)


def _printed(*columns):
    heads = tuple(text_column(title) for title, _ in columns)
    return column_weights(view_of(DataTable("T", heads, (tuple(cell for _, cell in columns),))), 92)


def test_printed_columns_fill_the_page_and_cut_no_word():
    prose = "a long explanation of what was done and why it was done then"
    weights = _printed(("Measure", "Inactive adults"), ("England", "90%"), ("Why", prose), ("Grade", "A"))
    assert sum(weights) == pytest.approx(92)
    assert weights[1] >= len("England") * 1.15
    assert weights[2] == max(weights)


def test_many_columns_share_by_their_longest_words():
    weights = _printed(*((f"Heading{at}", "w" * 8) for at in range(14)))
    assert max(weights) - min(weights) < 2
    assert sum(weights) >= 92


@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=200)), min_size=1, max_size=12))
def test_every_column_has_some_width(columns):
    assert all(weight > 0 for weight in _printed(*columns))
