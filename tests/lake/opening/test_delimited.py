"""Delimited text with every defect councils publish."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.lake.opening import CannotOpen, Form, Limits, Sheet, open_bytes, open_file
from commonweal.lake.opening.delimited import is_well_quoted, read_fast, read_slow

PLAIN = "code,name,value\nE06000001,Hartlepool,3.4\nE06000002,Middlesbrough,3.1\n"
EXPECTED = {"code": ["E06000001", "E06000002"], "name": ["Hartlepool", "Middlesbrough"], "value": ["3.4", "3.1"]}


def sheet(text: str | bytes, *, limits: Limits | None = None, name: str = "table.csv") -> Sheet:
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    (opened,) = open_bytes(name, data, limits=limits or Limits())
    assert opened.form is Form.TABLE
    (found,) = opened.sheets
    return found


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_separators_line_ends_and_encodings(separator: str, ending: str, encoding: str) -> None:
    text = PLAIN.replace(",", separator).replace("\n", ending)
    assert sheet(text.encode(encoding)).table.to_pydict() == EXPECTED


def test_lines_ended_by_cr_with_one_closing_crlf() -> None:
    text = "a,b,c\rE06000001,2,3\rE06000002,5,6\r\n"
    assert sheet(text).table.num_rows == 2


def test_lines_ended_twice_over_are_not_rows() -> None:
    found = sheet(PLAIN.replace("\n", "\r\r\n"))
    assert found.table.to_pydict() == EXPECTED


def test_a_stray_return_at_the_end_does_no_harm() -> None:
    assert sheet(PLAIN + "\r\t\t").table.to_pydict() == EXPECTED


def test_title_rows_are_kept_apart_and_rows_named_as_in_the_file() -> None:
    found = sheet('Indicator:,"Anxiety, mean",\nDate:,2021,\n,,\n' + PLAIN)
    assert found.columns == ("code", "name", "value")
    assert found.first_row == 5
    assert found.row_of(1) == 6
    assert found.preamble == (("Indicator:", "Anxiety, mean"), ("Date:", "2021"), ())


def test_a_missing_header_gives_numbered_columns() -> None:
    found = sheet('"TF1 1AA",10,364963,""\n"TF1 1BA",10,364928,""\n"TF1 1CA",10,364990,""\n')
    assert found.headerless
    assert found.columns == ("column 1", "column 2", "column 3", "column 4")
    assert found.first_row == 1


def test_empty_columns_go_and_a_nameless_one_with_cells_stays() -> None:
    found = sheet("area,,name,,,value,,\nE06000001,,A,x,,1,,\nE06000002,,B,,,2,,\n")
    assert found.columns == ("area", "name", "column 4", "value")


def test_a_named_column_without_cells_stays() -> None:
    assert sheet("area,welsh name,value\nE06000001,,1\nE06000002,,2\n").columns == ("area", "welsh name", "value")


def test_blank_rows_go_and_the_others_keep_their_number() -> None:
    found = sheet("code,value\nE06000001,1\n,\n\nE06000002,2\n\n")
    assert found.table.num_rows == 2
    assert [found.row_of(0), found.row_of(1)] == [2, 5]


def test_ragged_rows_are_padded_and_the_overhang_kept() -> None:
    found = sheet("code,value\nE06000001\nE06000002,2,extra\nE06000003,3\n")
    assert found.table.to_pydict()["column 3"] == ["", "extra", ""]


def test_newlines_and_separators_in_quoted_cells() -> None:
    found = sheet('code,note,value\nE06000001,"one,\ntwo",1\nE06000002,"say ""no""",2\n')
    assert found.table.to_pydict()["note"] == ["one,\ntwo", 'say "no"']


def test_repeated_names_are_told_apart() -> None:
    assert sheet("code,n,n\nE06000001,1,2\nE06000002,3,4\n").columns == ("code", "n", "n (2)")


def test_groups_over_repeated_names_are_joined() -> None:
    found = sheet(",Loans,,Visits,\nBranch,Q1,Q2,Q1,Q2\nAda,1,2,3,4\nBee,5,6,7,8\n")
    assert found.columns == ("Branch", "Loans: Q1", "Loans: Q2", "Visits: Q1", "Visits: Q2")


def test_a_quotation_mark_never_closed_costs_one_line() -> None:
    (opened,) = open_bytes("x.csv", b'code,name,value\nE1,"Bad,1\nE2,B,2\nE3,C,3\n')
    assert opened.sheets[0].table.to_pydict()["code"] == ["E1", "E2", "E3"]
    assert opened.sheets[0].table.to_pydict()["name"] == ["Bad", "B", "C"]
    assert opened.remarks == ("Row 2: a quotation mark is never closed; the line was read as it stands.",)


def test_two_that_are_never_closed_swallow_no_rows_between() -> None:
    rows = [f"E0600000{at},Place,{at},open" for at in range(9)]
    rows[2] = 'E06000002,"Place,2,open'
    rows[7] = 'E06000007,"Place,7,open'
    found = sheet("code,name,value,state\n" + "\n".join(rows) + "\n")
    assert found.table.to_pydict()["code"] == [f"E0600000{at}" for at in range(9)]


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("a,b\n1,2\n", True), ('"a","b"\n"1",2\n', True), ('a,"x ""y"" z"\n', True), ('a,""\n', True),
        ('a,"one\ntwo"\n', True), ('a,"b', False), ('a,b"c,d"\n', False), ('a,"b"c\n', False), ('a;"b"\n', False),
    ],
)
def test_quotation_marks_are_checked_before_they_are_trusted(text: str, sound: bool) -> None:
    assert is_well_quoted(text.encode("utf-8"), ",") is sound


def test_one_column_of_short_cells_is_a_table() -> None:
    assert sheet("postcode\nTF1 1AA\nTF1 1BA\n").columns == ("postcode",)


def test_a_header_alone_is_a_table_without_rows() -> None:
    found = sheet("code,name,value\n")
    assert (found.columns, found.table.num_rows) == (("code", "name", "value"), 0)


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(columns=2), "more than 2 columns"),
        (Limits(rows=1), "more than 1 rows"),
        (Limits(cell_chars=5), "characters"),
    ],
)
def test_limits_give_sentences(limits: Limits, words: str) -> None:
    with pytest.raises(CannotOpen, match=words):
        sheet(PLAIN, limits=limits)
    with pytest.raises(CannotOpen, match=words):
        sheet(PLAIN.replace("\n", "\r"), limits=limits)


CELL = st.text(st.characters(min_codepoint=33, max_codepoint=0x2FF, exclude_characters="\x7f\x85"), max_size=12)
ROWS = st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=30)


@settings(max_examples=150, deadline=None)
@given(ROWS, st.sampled_from([",", "\t", ";", "|"]), st.sampled_from(["\n", "\r\n", "\r"]))
def test_any_well_formed_table_is_read_as_it_was_written(
    body: list[tuple[str, str, str]], separator: str, ending: str
) -> None:
    """Rows with an area code, so that the header can be told; the rest is anything."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator=ending, quoting=csv.QUOTE_ALL)
    writer.writerow(["code", "first words", "second words", "third words"])
    writer.writerows([f"E0600{at:04}", *row] for at, row in enumerate(body))
    found, _ = read_slow("x", out.getvalue(), separator, limits=Limits())
    assert found.columns[:4] == ("code", "first words", "second words", "third words")
    assert list(zip(*(found.table.column(at).to_pylist() for at in (1, 2, 3)), strict=True)) == body


LOOSE = st.text(st.sampled_from('ab1é " "\n'), max_size=5)  # quotation marks anywhere, as people leave them


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(LOOSE, LOOSE, LOOSE), min_size=1, max_size=6))
def test_the_fast_and_the_careful_reading_agree(body: list[tuple[str, str, str]]) -> None:
    rows = (",".join((f"E0600{at:04}", *row)) for at, row in enumerate(body))
    text = "\n".join(("code,first words,second words,third words", *rows))
    fast = read_fast("x", text.encode("utf-8"), ",", limits=Limits())
    slow, _ = read_slow("x", text, ",", limits=Limits())
    assert fast is None or fast == slow


def test_a_large_clean_table_is_read_by_arrow(tmp_path: Path) -> None:
    table = pa.table({"code": [f"E01{at:06}" for at in range(120_000)], "n": [str(at) for at in range(120_000)]})
    path = tmp_path / "large.csv"
    path.write_text("code,n\n" + "\n".join(f"{a},{b}" for a, b in zip(*table.to_pydict().values(), strict=True)))
    (opened,) = open_file(path)
    assert opened.sheets[0].table.equals(table)
    assert read_fast("large", path.read_bytes(), ",", limits=Limits()) is not None
