"""The Community Needs Index: both editions, need counted the same way."""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc
import pytest

from commonweal.lake.recognise import load_readers

REGISTRY = load_readers()
REAL = [
    (2023, "community-needs-index-2023-lsoa", "cni2023_england_lsoa21", "lsoa", 33_755, 1_262),
    (2019, "community-needs-index-2019-ward", "cni2019_england_ward17", "ward", 7_433, 225),
]


def values(rows, indicator) -> np.ndarray:
    one = rows.filter(pc.equal(rows.column("indicator"), indicator)).sort_by("area_code")
    return one.column("value").to_numpy()


@pytest.mark.real_data
@pytest.mark.parametrize(("year", "dataset", "file", "kind", "areas", "left_behind"), REAL)
def test_every_area_is_read_and_rank_one_needs_most(open_published, year, dataset, file, kind, areas, left_behind):
    (read,) = REGISTRY[dataset].read(open_published(f"derived/from_rda/{file}.csv.gz"))
    assert (read.rejected, read.rows.num_rows) == ((), areas * 9)
    assert pc.unique(read.rows.column("area_kind")).to_pylist() == [kind]
    assert values(read.rows, f"cni{year}-left-behind").sum() == left_behind
    for stem in ("", "-civic-assets", "-connectedness", "-engaged-community"):
        scores, ranks = values(read.rows, f"cni{year}{stem}-score"), values(read.rows, f"cni{year}{stem}-rank")
        assert scores[ranks == 1].item() == scores.max()
        assert np.corrcoef(scores, ranks)[0, 1] < -0.9


@pytest.mark.real_data
def test_the_neediest_small_area_is_the_one_published(open_published):
    dataset, file = REAL[0][1], REAL[0][2]
    (read,) = REGISTRY[dataset].read(open_published(f"derived/from_rda/{file}.csv.gz"))
    first = read.rows.filter(pc.equal(read.rows.column("area_code"), "E01026129"))
    found = dict(zip(first.column("indicator").to_pylist(), first.column("value").to_pylist(), strict=True))
    assert (found["cni2023-score"], found["cni2023-rank"]) == (251.21, 1)
    assert (found["cni2023-engaged-community-score"], found["cni2023-left-behind"]) == (137.25, 1)


def test_the_indexs_own_file_has_no_flag(claimed, made_csv):
    columns = ["LSOA Code", "LSOA Name", "LAD Name", "Community Needs Index 2023 Score",
               "Community Needs Index 2023 Rank", "Civic Assets Domain Score", "Civic Assets Domain Rank",
               "Connectedness Domain Score", "Connectedness Domain Rank",
               "Active and Engaged Community Domain Score", "Active and Engaged Community Domain Rank"]
    opened = made_csv([columns, ["E01026129", "Lincoln 007C", "Lincoln", "251.21", "1", *"234567"],
                       ["", "", "", "", "", "", "", "", "", "", ""],
                       ["E01011978", "Hartlepool 012D", "Hartlepool", "241.11", "2", *"345678"]])
    assert claimed(opened) == ["community-needs-index-2023-lsoa"]
    (read,) = REGISTRY["community-needs-index-2023-lsoa"].read(opened)
    assert (read.rows.num_rows, read.rejected) == (2 * 8, ())


def test_a_flag_that_is_neither_yes_nor_no_is_kept_out(made_csv):
    columns = ["ward17_code", "Civic Assets score", "Civic Assets rank", "Connectedness score",
               "Connectedness rank", "Engaged community score", "Engaged community rank",
               "Community Needs Index score", "Community Needs Index rank", "Left Behind Area?"]
    opened = made_csv([columns, ["E05000026", *"12345678", "TRUE"], ["E05000027", *"12345678", "perhaps"]])
    (read,) = REGISTRY["community-needs-index-2019-ward"].read(opened)
    assert read.rows.num_rows == 2 * 9 - 1
    assert [(row.row, row.column) for row in read.rejected] == [(3, "Left Behind Area?")]
