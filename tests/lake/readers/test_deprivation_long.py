"""The indices with a row a domain: nothing dropped, and the same values as the ministry's own table."""

from __future__ import annotations

import pyarrow.compute as pc
import pytest

from commonweal.lake.recognise import load_readers

REGISTRY = load_readers()
TRAFFORD = "02_deprivation/trafford_IoD{}_lad_long.csv"
CUBE = "02_deprivation/opendatacommunities_iod2015_lad_long.csv.gz"


def values(rows, indicator) -> dict[str, float]:
    one = rows.filter(pc.equal(rows.column("indicator"), indicator))
    return dict(zip(one.column("area_code").to_pylist(), one.column("value").to_pylist(), strict=True))


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("year", "rows", "cells", "districts", "rates"),
    [(2015, 3_170, 2, 317, 0), (2019, 3_170, 6, 317, 4), (2025, 2_960, 6, 296, 4)],
)
def test_every_cell_of_the_district_files_is_read(open_published, year, rows, cells, districts, rates):
    (read,) = REGISTRY[f"imd-{year}-district-long"].read(open_published(TRAFFORD.format(year)))
    assert read.rejected == ()
    assert read.rows.num_rows == rows * cells + districts * rates
    assert pc.count_distinct(read.rows.column("area_code")).as_py() == districts
    assert read.rows.column("value").null_count == 0


@pytest.mark.real_data
def test_the_two_copies_of_2025_differ_only_where_the_ministry_corrected_its_file(open_published):
    """The tidy copy has the first release: one small area of Cherwell stands in West Northamptonshire.

    Of Cherwell's 103 small areas 14 are in the worst tenth for housing; the first release has 13 of 102.
    """
    (long,) = REGISTRY["imd-2025-district-long"].read(open_published(TRAFFORD.format(2025)))
    wide_file = open_published("derived/from_rda/imd2025_england_ltla24.csv.gz")
    (wide,) = REGISTRY["imd-2025-district"].read(wide_file)
    shared = set(pc.unique(long.rows.column("indicator")).to_pylist()) & set(
        pc.unique(wide.rows.column("indicator")).to_pylist()
    )
    assert len(shared) == 48 + 2
    apart: set[str] = set()
    for slug in shared - {one for one in shared if "rank-of" in one}:
        corrected, first = values(long.rows, slug), values(wide.rows, slug)
        apart |= {code for code, value in corrected.items() if value != pytest.approx(first[code], abs=1e-9)}
    assert apart == {"E06000062", "E07000177"}
    slug = "imd2025-housing-most-deprived-10-percent"
    assert values(long.rows, slug)["E07000177"] == pytest.approx(100 * 14 / 103, abs=0.006)
    assert values(wide.rows, slug)["E07000177"] == pytest.approx(100 * 13 / 102, abs=0.006)
    assert values(long.rows, "imd2025-rank-of-average-score")["E08000011"] == 13
    assert values(long.rows, "imd2025-most-deprived-10-percent")["E08000011"] == 40.0
    assert "imd2025-idaci-average-rate" in pc.unique(long.rows.column("indicator")).to_pylist()


@pytest.mark.real_data
def test_every_row_of_open_data_communities_is_read(open_published):
    """22,168 rows, and again in per cent the average scores of income, employment, IDACI and IDAOPI."""
    (read,) = REGISTRY["imd-2015-district"].read(open_published(CUBE))
    assert read.rejected == ()
    assert read.rows.num_rows == 22_168 + 4 * 326
    assert pc.unique(read.rows.column("area_kind")).to_pylist() == ["district"]
    shares = read.rows.filter(pc.equal(read.rows.column("unit"), "percent"))
    assert 0 <= pc.min(shares.column("value")).as_py() <= pc.max(shares.column("value")).as_py() <= 100
    (copy,) = REGISTRY["imd-2015-district-long"].read(open_published(TRAFFORD.format(2015)))
    cube, later = values(read.rows, "imd2015-rank-of-average-score"), values(
        copy.rows, "imd2015-rank-of-average-score"
    )
    assert cube["E08000011"] == 2  # Knowsley among 326 districts of 2013, by average score
    assert len(set(cube) & set(later)) > 280


def test_small_areas_in_the_same_layout_are_read(claimed, made_csv):
    header = ["FeatureCode", "DateCode", "Measurement", "Units", "Value", "Indices of Deprivation"]
    rows = [
        ["E01020634", "2019", "Decile ", "decile", "9", "a. Index of Multiple Deprivation (IMD)"],
        ["E01020634", "2019", "Score", "score", "0.045", "b. Income Deprivation Domain"],
        ["E01020635", "2019", "Rank", "rank", "25,003", "h. Living Environment Deprivation Domain"],
        ["E01020635", "2019", "Mood", "mood", "3", "h. Living Environment Deprivation Domain"],
        ["E01020635", "2019", "Rank", "rank", "many", "f. Crime Domain"],
        ["England", "2019", "Rank", "rank", "1", "f. Crime Domain"],
    ]
    opened = made_csv([header, *rows])
    assert claimed(opened) == ["imd-2019-lsoa"]
    (read,) = REGISTRY["imd-2019-lsoa"].read(opened)
    assert [(row["indicator"], row["value"], row["unit"]) for row in read.rows.to_pylist()] == [
        ("imd2019-decile", 9, "decile"), ("imd2019-income-score", 0.045, "score"),
        ("imd2019-environment-rank", 25_003, "rank"), ("imd2019-income-rate", 4.5, "percent"),
    ]
    assert sorted(row.row for row in read.rejected) == [5, 6, 7]
    assert any("Mood" in row.reason for row in read.rejected)


def test_a_year_nobody_knows_is_not_taken_for_another(claimed, made_csv):
    header = ["area_code", "area_name", "deprivation_data_year", "index_domain", "rank_average_score"]
    opened = made_csv([header, ["E06000001", "Hartlepool", "2031", "Crime", "5"]])
    assert not claimed(opened)
