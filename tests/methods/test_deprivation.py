"""The Indices of Deprivation made again from their published ranks."""

import csv
import gzip

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.methods.arrays import MethodError
from commonweal.methods.deprivation import (
    DOMAIN_WEIGHTS,
    bands,
    exponential,
    ranks_of,
    recompose,
    recompose_domain,
)

N_2025 = 33_755
COLUMNS_2025 = {
    "income": "Income", "employment": "Employment", "education": "Education", "health": "Health",
    "crime": "Crime", "barriers": "Housing_and_Services", "living_environment": "Environment",
}
COLUMNS_2019 = {**COLUMNS_2025, "barriers": "Housing_and_Access"}
SUBDOMAINS = {
    "education": ("Education", ("children_and_young_people", "adult_skills")),
    "barriers": ("Housing_and_Services", ("geographical_barriers", "wider_barriers")),
    "living_environment": ("Environment", ("indoors", "outdoors")),
}


def columns(path):
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


@pytest.fixture(scope="module")
def imd2025(published):
    return columns(published / "derived/from_rda/imd2025_england_lsoa21.csv.gz")


# Published domain ranks and the published score they make.
@pytest.mark.parametrize(
    ("ranks", "score"), [((33730, 33708, 33755, 33108, 33698, 29220, 244), 8.742)]
)
def test_one_area_by_hand(ranks, score):
    found = recompose({name: [rank] for name, rank in zip(DOMAIN_WEIGHTS, ranks, strict=True)}, N_2025)
    assert found[0] == pytest.approx(8.7422, abs=5e-5)
    assert found[0] == pytest.approx(score, abs=5e-4)


@pytest.mark.promise("N3")
@pytest.mark.real_data
def test_every_score_of_2025(imd2025):
    found = recompose({name: imd2025[f"{column}_rank"].astype(float) for name, column in COLUMNS_2025.items()})
    assert len(found) == N_2025
    assert np.abs(found - imd2025["IMD_score"].astype(float)).max() < 0.001


@pytest.mark.promise("N3")
@pytest.mark.real_data
def test_every_score_of_2019(published):
    ranks = columns(published / "derived/from_rda/imd2019_england_lsoa11.csv.gz")
    scores = columns(published / "02_deprivation/mysociety_UK_IMD_E.csv.gz")
    england = scores["nation"] == "E"
    score = dict(zip(scores["lsoa"][england], scores["overall_local_score"][england].astype(float), strict=True))
    found = recompose({name: ranks[f"{column}_rank"].astype(float) for name, column in COLUMNS_2019.items()})
    assert len(found) == 32_844 == len(score)
    assert np.abs(found - np.array([score[code] for code in ranks["lsoa11_code"]])).max() < 0.002


@pytest.mark.real_data
def test_leaving_out_the_one_or_renormalising_fails(imd2025):
    ranks = {name: imd2025[f"{column}_rank"].astype(float) for name, column in COLUMNS_2025.items()}
    scores = imd2025["IMD_score"].astype(float)
    scaled = {name: weight / sum(DOMAIN_WEIGHTS.values()) for name, weight in DOMAIN_WEIGHTS.items()}
    assert np.abs(recompose(ranks, weights=scaled) - scores).max() > 0.03
    off_by_one = recompose({name: np.minimum(rank + 1, N_2025) for name, rank in ranks.items()})
    assert np.abs(off_by_one - scores).max() > 0.04


@pytest.mark.real_data
@pytest.mark.parametrize("domain", SUBDOMAINS)
def test_domains_from_their_subdomains(published, imd2025, domain):
    parts = columns(published / "derived/from_rda/imd2025_england_lsoa21_subdomains.csv.gz")
    assert (parts["lsoa21_code"] == imd2025["lsoa21_code"]).all()
    column, names = SUBDOMAINS[domain]
    found = recompose_domain(domain, {name: parts[f"{name}_rank"].astype(float) for name in names})
    off = np.abs(found - imd2025[f"{column}_score"].astype(float))
    assert off.max() < 0.0015   # six areas share a published rank their own scores do not
    assert (off > 0.0005).mean() < 0.001


@pytest.mark.real_data
def test_deciles_and_ranks_as_published(imd2025):
    ranks = imd2025["IMD_rank"].astype(float)
    found = bands(ranks)
    assert (found == imd2025["IMD_decile"].astype(int)).all()
    assert set(np.bincount(found)[1:]) == {3375, 3376}
    # Published scores have three decimals, so some tie where their ranks do not.
    assert np.abs(ranks_of(imd2025["IMD_score"].astype(float)) - ranks).max() < 6


def test_the_transform_runs_from_nothing_to_a_hundred():
    found = exponential(np.arange(1, 1001))
    assert found[0] == pytest.approx(100)
    assert (np.diff(found) < 0).all()
    assert found[-1] == pytest.approx(-23 * np.log(1 - 0.001 * (1 - np.exp(-100 / 23))))
    assert (found > 50).sum() == pytest.approx(100, abs=5)


@given(st.lists(st.integers(0, 20), min_size=1, max_size=60))
def test_ranks_add_up_whatever_the_ties(scores):
    ranks = ranks_of(scores)
    assert ranks.sum() == len(scores) * (len(scores) + 1) / 2
    assert all((ranks[i] < ranks[j]) == (scores[i] > scores[j]) for i in range(len(scores)) for j in range(i))


def test_unknown_ranks_are_in_no_decile():
    assert list(bands([1, np.nan, 10], 10)) == [1, 0, 10]
    assert np.isnan(ranks_of([3, np.nan, 1])[1])
    assert list(ranks_of([3, np.nan, 1])[[0, 2]]) == [1, 2]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: exponential([11], 10), "beyond the 10 areas"),
        (lambda: exponential([0], 10), "below 1"),
        (lambda: bands([11], 10), "beyond the 10 areas"),
        (lambda: recompose({"income": [1]}), "do not match: barriers"),
        (lambda: recompose_domain("income", {}), "no subdomains"),
    ],
)
def test_ranks_that_cannot_be(call, said):
    with pytest.raises(MethodError, match=said):
        call()
