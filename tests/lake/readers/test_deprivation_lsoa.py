"""The Indices of Deprivation by small area: every edition, the right way up, and recomposable."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from commonweal.lake.readers.base import ReadTable
from commonweal.lake.readers.deprivation_lsoa import LAYOUTS, TURNED, measures_of
from commonweal.lake.readers.deprivation_names import DATA_YEARS
from commonweal.lake.recognise import load_readers

REGISTRY = load_readers()
RDA = "derived/from_rda/"
# dataset, file, areas, columns that hold a score, rank or decile, scores that stand again as rates
REAL = [
    ("imd-2025-lsoa", "imd2025_england_lsoa21", 33_755, 24, 2),
    ("imd-2025-lsoa-subdomains", "imd2025_england_lsoa21_subdomains", 33_755, 18, 0),
    ("imd-2019-lsoa", "imd2019_england_lsoa11", 32_844, 16, 0),
    ("imd-2019-lsoa-subdomains", "imd2019_england_lsoa11_subdomains", 32_844, 18, 0),
    ("imd-2015-lsoa", "imd2015_england_lsoa11", 32_844, 3, 0),
    ("imd-2015-lsoa-subdomains", "imd2015_england_lsoa11_subdomains", 32_844, 18, 0),
    ("imd-2010-lsoa", "imd2010_england_lsoa01", 32_482, 24, 2),
    ("imd-2010-lsoa-subdomains", "imd2010_england_lsoa01_subdomains", 32_482, 18, 0),
    ("imd-2007-lsoa", "imd2007_england_lsoa01", 32_482, 3, 0),
    ("imd-2007-lsoa-subdomains", "imd2007_england_lsoa01_subdomains", 32_482, 27, 0),
    ("imd-2004-lsoa", "imd2004_england_lsoa01", 32_482, 3, 0),
]
WEIGHTS = {
    "income": 0.225, "employment": 0.225, "education": 0.135, "health": 0.135,
    "crime": 0.093, "housing": 0.093, "environment": 0.093,
}


def read_one(dataset, opened) -> ReadTable:
    (read,) = (one for one in REGISTRY[dataset].read(opened) if one.table == "observations")
    return read


def values(rows: pa.Table, indicator: str) -> np.ndarray:
    """Values of one indicator in the order of area codes."""
    one = rows.filter(pc.equal(rows.column("indicator"), indicator)).sort_by("area_code")
    return one.column("value").to_numpy()


def value(rows: pa.Table, indicator: str, code: str) -> float:
    one = rows.filter(
        pc.and_(pc.equal(rows.column("indicator"), indicator), pc.equal(rows.column("area_code"), code))
    )
    (found,) = one.column("value").to_pylist()
    return found


@pytest.mark.real_data
@pytest.mark.parametrize(("dataset", "file", "areas", "columns", "rates"), REAL)
def test_every_cell_of_every_edition_is_read(open_published, dataset, file, areas, columns, rates):
    read = read_one(dataset, open_published(f"{RDA}{file}.csv.gz"))
    assert read.rejected == ()
    assert read.rows.num_rows == areas * (columns + rates)
    assert read.rows.column("value").null_count == 0
    assert pc.unique(read.rows.column("area_kind")).to_pylist() == ["lsoa"]
    (period,) = pc.unique(read.rows.column("period")).to_pylist()
    assert period == DATA_YEARS[int(dataset[4:8])].label


@pytest.mark.real_data
@pytest.mark.parametrize(("dataset", "file", "areas", "columns", "rates"), REAL)
def test_decile_one_is_the_most_deprived_in_every_edition(open_published, dataset, file, areas, columns, rates):
    rows = read_one(dataset, open_published(f"{RDA}{file}.csv.gz")).rows
    slugs = pc.unique(rows.column("indicator")).to_pylist()
    stems = {one.removesuffix("-decile") for one in slugs if one.endswith("-decile")}
    assert stems
    for stem in stems:
        ranks, deciles = values(rows, f"{stem}-rank"), values(rows, f"{stem}-decile")
        assert np.abs(deciles - np.ceil(10 * ranks / areas)).max() <= 1, stem
        assert ranks[deciles == 1].mean() < ranks[deciles == 10].mean(), stem


@pytest.mark.real_data
def test_the_decile_that_runs_backwards_is_turned_and_says_so(open_published):
    """The 2007 copy gives E01000001 living environment rank 7,106 of 32,482 and decile 8: it is decile 3."""
    opened = open_published(f"{RDA}imd2007_england_lsoa01_subdomains.csv.gz")
    rows = read_one("imd-2007-lsoa-subdomains", opened).rows
    assert value(rows, "imd2007-environment-rank", "E01000001") == 7106
    assert value(rows, "imd2007-environment-decile", "E01000001") == 3
    turned = rows.filter(pc.equal(rows.column("note"), TURNED))
    assert pc.unique(turned.column("indicator")).to_pylist() == ["imd2007-environment-decile"]


@pytest.mark.real_data
def test_the_2025_index_is_recomposed_from_its_ranks(open_published):
    """X = -23 ln(1 - R (1 - e^(-100/23))), R = (n - rank + 1) / n, weighted: within 0.001 of every score."""
    rows = read_one("imd-2025-lsoa", open_published(f"{RDA}imd2025_england_lsoa21.csv.gz")).rows
    score = np.zeros(33_755)
    for domain, weight in WEIGHTS.items():
        share = (33_755 - values(rows, f"imd2025-{domain}-rank") + 1) / 33_755
        score += weight * -23 * np.log(1 - share * (1 - np.exp(-100 / 23)))
    assert np.abs(score - values(rows, "imd2025-score")).max() < 0.001
    assert sorted(np.unique(values(rows, "imd2025-decile"), return_counts=True)[1].tolist()) == (
        [3_375] * 5 + [3_376] * 5
    )


@pytest.mark.real_data
def test_known_areas_have_their_published_values(open_published):
    rows = read_one("imd-2025-lsoa", open_published(f"{RDA}imd2025_england_lsoa21.csv.gz")).rows
    assert value(rows, "imd2025-score", "E01000001") == 8.742
    assert value(rows, "imd2025-rank", "E01000001") == 26_525
    assert value(rows, "imd2025-housing-rank", "E01000001") == 29_220
    assert value(rows, "imd2025-income-score", "E01000001") == 0.013
    assert value(rows, "imd2025-income-rate", "E01000001") == 1.3


TIDY = [["lsoa01_code", "lad04_code", "lad04_name", "IMD_score", "IMD_rank", "IMD_decile"]]


def test_a_small_file_of_the_same_shape_is_read(claimed, made_csv):
    opened = made_csv([*TIDY, ["E01000001", "00AA", "City of London", "6.52", "2", "10"],
                       ["E01000002", "00AA", "City of London", "*", "1", "1"], ["England", "", "", "1", "2", "3"]])
    assert claimed(opened) == ["imd-2004-lsoa"]
    read = read_one("imd-2004-lsoa", opened)
    assert read.rows.num_rows == 6
    assert [row.row for row in read.rejected] == [4]
    stars = read.rows.filter(pc.equal(read.rows.column("note"), "*"))
    assert stars.select(["indicator", "area_code", "value"]).to_pylist() == [
        {"indicator": "imd2004-score", "area_code": "E01000002", "value": None}
    ]


def test_columns_that_hold_no_measure_are_passed_over():
    columns = ["lsoa11_code", "lsoa11_name", "IMD_rank", "indoors_sub_domain_rank_decile", "x_score"]
    found = measures_of(columns, 2015)
    assert [(one.column, one.indicator, one.unit) for one in found] == [
        ("IMD_rank", "imd2015-rank", "rank"),
        ("indoors_sub_domain_rank_decile", "imd2015-sub-indoors-decile", "decile"),
    ]


def test_a_layout_is_read_only_by_the_reader_that_knows_it(claimed, made_csv):
    for layout in LAYOUTS:
        columns = sorted(layout.wanted)
        opened = made_csv([columns, ["E01000001" if one == layout.code else "1" for one in columns]])
        assert claimed(opened) == [layout.dataset]
