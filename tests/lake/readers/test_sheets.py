"""What readers of tables share."""

from __future__ import annotations

import pyarrow as pa
import pytest

from commonweal.lake.readers.sheets import Problem, column, distinct, has_only, kept_rows, mapped, optional


def test_a_column_is_found_by_any_of_its_names(made_csv):
    sheet = made_csv([["Area  code", "Value"], ["E06000001", " 3 "]]).sheets[0]
    assert column(sheet, "missing", "area_code").to_pylist() == ["E06000001"]
    assert column(sheet, "value").to_pylist() == ["3"]
    assert optional(sheet, "nothing").to_pylist() == [""]
    assert has_only(sheet, "value", "Area code")
    assert not has_only(sheet, "value")
    with pytest.raises(KeyError, match="none of a, b"):
        column(sheet, "a", "b")


def test_words_have_meanings_whatever_their_capitals():
    cells = pa.array(["Male", "FEMALE", "", "other"])
    assert mapped(cells, {"male": "m", "female": "f"}, "p").to_pylist() == ["m", "f", "p", "p"]
    assert distinct(cells) == {"Male", "FEMALE", "", "other"}


def test_a_row_with_two_problems_is_kept_out_once_and_named(made_csv):
    sheet = made_csv([["code", "value"], ["E06000001", "1"], ["nowhere", "x!"], ["E06000002", "2"]]).sheets[0]
    bad = pa.array([False, True, False])
    columns = {"area_code": column(sheet, "code"), "indicator": "a"}
    read = kept_rows("observations", sheet, columns, (
        Problem(bad, "code", "no such area", column(sheet, "code")), Problem(bad, "value", "no number"),
    ))
    assert read.rows.column("area_code").to_pylist() == ["E06000001", "E06000002"]
    (only,) = read.rejected
    assert (only.row, only.column, only.reason) == (3, "code", 'no such area: "nowhere"')


def test_columns_laid_end_to_end_name_the_row_they_came_from(made_csv):
    sheet = made_csv([["code", "a", "b"], ["E06000001", "1", "2"], ["E06000002", "3", "4"]]).sheets[0]
    columns = {"area_code": pa.array(["E06000001", "E06000002"] * 2), "indicator": "a"}
    read = kept_rows("observations", sheet, columns, (Problem(pa.array([False, False, False, True]), "b", "why"),))
    assert [one.row for one in read.rejected] == [3]
    assert read.rows.num_rows == 3
