"""The indices summed up for districts: the ministry's File 10, its tidy copy, and averages others worked out."""

from __future__ import annotations

import pyarrow.compute as pc
import pytest

from commonweal.lake.readers.deprivation_district import averages_of, named_summary, summary_of
from commonweal.lake.recognise import load_readers

REGISTRY = load_readers()
RDA = "derived/from_rda/"


def values(rows, indicator) -> dict[str, float]:
    one = rows.filter(pc.equal(rows.column("indicator"), indicator))
    return dict(zip(one.column("area_code").to_pylist(), one.column("value").to_pylist(), strict=True))


@pytest.mark.parametrize(
    ("words", "summary"),
    [
        ("Average score", "average-score"),
        ("Rank of average rank ", "rank-of-average-rank"),
        ("Proportion of LSOAs in most deprived 10% nationally", "most-deprived-10-percent"),
        ("Proportion  of LSOAs in most deprived 10% nationally ", "most-deprived-10-percent"),
        ("Rank of proportion of LSOAs in most deprived 10% nationally", "rank-of-most-deprived-10-percent"),
        ("proportion_of_lso_as_in_most_deprived_10_percent_nationally", "most-deprived-10-percent"),
        ("Proportion of Lower-layer Super Output Areas in the most deprived 10% nationally",
         "most-deprived-10-percent"),
        (" Local concentration", "local-concentration"),
        ("Rank of extent", "rank-of-extent"),
        ("Scale", "scale"),
        ("Rank of scale", "rank-of-scale"),
        ("Population", None),
    ],
)
def test_a_summary_has_one_slug(words, summary):
    assert summary_of(words) == summary


@pytest.mark.parametrize(
    ("column", "slug", "unit"),
    [
        ("IMD - Average rank", "imd2019-average-rank", "score"),
        ("IMD 2019 - Extent", "imd2019-extent", "percent"),
        ("IMD 2019 - Rank of local concentration", "imd2019-rank-of-local-concentration", "rank"),
        ("imd25_extent", "imd2019-extent", "percent"),
        ("imd_rank_of_proportion_of_lso_as_in_most_deprived_10_percent_nationally",
         "imd2019-rank-of-most-deprived-10-percent", "rank"),
        ("Education, Skills and Training - Average score", "imd2019-education-average-score", "score"),
        ("health_deprivation_and_disability_rank_of_average_rank", "imd2019-health-rank-of-average-rank", "rank"),
        ("IDACI - Average score", "imd2019-idaci-average-score", "score"),
        ("Income scale", "imd2019-income-scale", "people"),
        ("rank_of_employment_scale", "imd2019-employment-rank-of-scale", "rank"),
    ],
)
def test_a_column_of_the_district_file_has_one_slug(column, slug, unit):
    measure = named_summary(column, 2019)
    assert (measure.indicator, measure.unit) == (slug, unit)


def test_columns_that_are_no_summary_are_passed_over():
    assert named_summary("ltla24_name", 2025) is None
    assert [one.indicator for one in averages_of(["msoa11_code", "Score", "Crime_Extent", "Age_Score"], 2019)] == [
        "imd2019-average-score", "imd2019-crime-extent",
    ]


@pytest.mark.real_data
def test_districts_of_2025_have_their_published_values(open_published):
    (read,) = REGISTRY["imd-2025-district"].read(open_published(f"{RDA}imd2025_england_ltla24.csv.gz"))
    assert read.rejected == ()
    assert read.rows.num_rows == 296 * (56 + 2)
    assert pc.unique(read.rows.column("area_kind")).to_pylist() == ["district"]
    scores, ranks = values(read.rows, "imd2025-average-score"), values(read.rows, "imd2025-rank-of-average-score")
    for code, score, rank in (
        ("E08000011", 36.157, 13), ("E08000005", 34.331, 17), ("E07000202", 25.457, 76), ("E08000010", 25.206, 78),
        ("E06000020", 24.423, 84),
    ):
        assert (scores[code], ranks[code]) == (score, rank)
    assert values(read.rows, "imd2025-most-deprived-10-percent")["E08000011"] == 40.0
    assert values(read.rows, "imd2025-income-average-rate")["E06000001"] == 35.7
    assert values(read.rows, "imd2025-income-scale")["E06000001"] == 33_507


@pytest.mark.real_data
def test_the_share_of_areas_in_the_worst_tenth_is_that_of_the_areas_themselves(open_published):
    """Within 0.01 points: the published share is the small areas in decile 1 over all of the district's."""
    (areas,) = REGISTRY["imd-2025-lsoa"].read(open_published(f"{RDA}imd2025_england_lsoa21.csv.gz"))
    lookup = open_published(f"{RDA}lookup_lsoa21_ward24_ltla24.csv.gz").sheets[0].table
    pairs = zip(lookup.column("lsoa21_code").to_pylist(), lookup.column("ltla24_code").to_pylist(), strict=True)
    home = dict(pairs)
    worst: dict[str, list[bool]] = {}
    for code, decile in values(areas.rows, "imd2025-decile").items():
        worst.setdefault(home[code], []).append(decile == 1)
    (districts,) = REGISTRY["imd-2025-district"].read(open_published(f"{RDA}imd2025_england_ltla24.csv.gz"))
    published = values(districts.rows, "imd2025-most-deprived-10-percent")
    assert len(published) == 296
    for code, flags in worst.items():
        assert 100 * sum(flags) / len(flags) == pytest.approx(published[code], abs=0.01)


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("dataset", "file", "kind", "areas", "columns"),
    [
        ("imd-2019-district-averages", "imd2019_england_ltla23", "district", 296, 24 + 2),
        ("imd-2019-msoa", "imd2019_england_msoa11", "msoa", 6_791, 24 + 2),
        ("imd-2007-msoa", "imd2007_england_msoa11", "msoa", 6_791, 3),
    ],
)
def test_averages_others_worked_out_are_read_whole(claimed, open_published, dataset, file, kind, areas, columns):
    opened = open_published(f"{RDA}{file}.csv.gz")
    assert claimed(opened) == [dataset]
    (read,) = REGISTRY[dataset].read(opened)
    assert (read.rejected, read.rows.num_rows) == ((), areas * columns)
    assert pc.unique(read.rows.column("area_kind")).to_pylist() == [kind]
    extents = read.rows.filter(pc.ends_with(read.rows.column("indicator"), "-extent"))
    assert 0 <= pc.min(extents.column("value")).as_py() <= pc.max(extents.column("value")).as_py() <= 100


def test_a_file_that_does_not_say_its_year_is_not_taken_for_another(made_csv):
    rows = [["msoa11_code", "Score", "Proportion", "Extent"], ["E02000001", "9.5", "0", "0"],
            ["E02000002", "30.1", "0.5", "0.6"]]
    assert not REGISTRY["imd-2007-msoa"].recognises(made_csv(rows))


DISTRICT = ["Local Authority District code (2019)", "Local Authority District name (2019)"]


def test_the_ministrys_workbook_is_read_sheet_by_sheet(claimed, made_workbook):
    """Headers of File 10 of 2019, with the trailing and doubled spaces it has."""
    opened = made_workbook({
        "Notes": [["Local Authority District Summaries"], [], ["See the notes"]],
        "IMD": [
            [*DISTRICT, "IMD - Average rank ", "IMD - Rank of average rank ", "IMD - Average score ",
             "IMD - Rank of average score ", "IMD - Proportion of LSOAs in most deprived 10% nationally ",
             "IMD - Rank of proportion of LSOAs in most deprived 10% nationally ", "IMD 2019 - Extent ",
             "IMD 2019 - Rank of extent ", "IMD 2019 - Local concentration ",
             "IMD 2019 - Rank of local concentration "],
            ["E06000001", "Hartlepool", 22581.98, 25, 35.037, 10, 0.3621, 10, 0.4973, 15, 32385.3, 7],
            ["E06000002", "Middlesbrough", 23729.1, 16, 40.46, 5, 0.4884, 1, 0.5721, 9, 32600.1, 3],
        ],
        "Income": [
            [*DISTRICT, "Income - Average rank ", "Income - Rank of average rank ", "Income - Average score ",
             "Income - Rank of average score ", "Income - Proportion  of LSOAs in most deprived 10% nationally ",
             "Income - Rank of proportion of LSOAs in most deprived 10% nationally ", "Income scale",
             "Rank of Income scale"],
            ["E06000001", "Hartlepool", 23000.1, 15, 0.228, 10, 0.3793, 12, 21000, 130],
            ["E06000002", "Middlesbrough", 24100.1, 9, 0.251, 3, 0.5, 1, 35000, 72],
        ],
    })
    assert claimed(opened) == ["imd-2019-district"]
    imd, income = REGISTRY["imd-2019-district"].read(opened)
    assert imd.rows.num_rows == 2 * 10
    assert values(imd.rows, "imd2019-most-deprived-10-percent") == {"E06000001": 36.21, "E06000002": 48.84}
    assert income.rows.num_rows == 2 * (8 + 1)
    assert values(income.rows, "imd2019-income-average-rate") == {"E06000001": 22.8, "E06000002": 25.1}
    assert values(income.rows, "imd2019-income-scale")["E06000002"] == 35_000
