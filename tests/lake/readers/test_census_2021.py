"""Census 2021 by small area: counts, bases and shares that agree."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from commonweal.lake.readers.census_2021 import share
from commonweal.lake.recognise import load_readers

REGISTRY = load_readers()
REAL = [
    ("ethnicity", "ethnicity21_lsoa21", 178_360, 5),
    ("disability", "disability21_lsoa21_ew", 71_344, 2),
    ("household-deprivation", "household_deprivation21_lsoa21", 178_360, 5),
    ("tenure", "household_tenure21_lsoa21", 285_376, 8),
]


@pytest.mark.real_data
@pytest.mark.parametrize(("topic", "file", "rows", "categories"), REAL)
def test_every_row_is_read_with_its_count_base_and_share(claimed, open_published, topic, file, rows, categories):
    opened = open_published(f"derived/from_rda/{file}.csv.gz")
    dataset = f"census-2021-{topic}-lsoa21"
    assert claimed(opened) == [dataset]
    (read,) = REGISTRY[dataset].read(opened)
    assert (read.rejected, read.rows.num_rows) == ((), rows)
    assert rows == 35_672 * categories
    assert pc.count_distinct(read.rows.column("category")).as_py() == categories
    assert pc.unique(read.rows.column("indicator")).to_pylist() == [f"census2021-{topic}"]
    published = pc.cast(opened.sheets[0].table.column("prop"), pa.float64())
    gap = pc.max(pc.abs(pc.subtract(pc.divide(read.rows.column("value"), 100), published))).as_py()
    assert gap < 1e-12


@pytest.mark.real_data
def test_the_categories_of_an_area_make_up_its_base(open_published):
    opened = open_published("derived/from_rda/household_tenure21_lsoa21.csv.gz")
    (read,) = REGISTRY["census-2021-tenure-lsoa21"].read(opened)
    areas = read.rows.group_by("area_code").aggregate([("count", "sum"), ("denominator", "max")])
    gaps = pc.abs(pc.subtract(areas.column("count_sum"), areas.column("denominator_max")))
    assert pc.max(gaps).as_py() <= 10  # the publisher perturbs counts
    assert pc.sum(read.rows.column("count")).as_py() == 24_783_417


def test_marks_commas_and_strays(made_csv):
    header = ["lsoa21_code", "disability", "n", "total_residents", "prop"]
    opened = made_csv([
        header, ["E01000001", "Disabled under the Equality Act", "1,152", "1,475", "0.78"],
        ["E01000001", "Not disabled under the Equality Act", "c", "1,475", ""],
        ["E01000002", "Disabled under the Equality Act", "0", "0", ""],
        ["E01000002", "Not disabled under the Equality Act", "none at all", "10", ""],
        ["Total", "", "1", "1", ""],
    ])
    (read,) = REGISTRY["census-2021-disability-lsoa21"].read(opened)
    found = [(row["count"], row["denominator"], row["value"], row["note"]) for row in read.rows.to_pylist()]
    assert found[0] == (1152, 1475, pytest.approx(78.10169), "")
    assert found[1:] == [(None, 1475, None, "c"), (0, 0, None, "")]
    assert [(row.row, row.column) for row in read.rejected] == [(6, "lsoa21_code"), (5, "n")]


def test_a_share_of_nothing_is_nothing():
    assert share(pa.array([1.0, 0.0, None]), pa.array([4.0, 0.0, 2.0])).to_pylist() == [25.0, None, None]
