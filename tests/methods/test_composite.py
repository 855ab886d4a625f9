"""The composite index: each step by hand, and what must hold of any index."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.methods.arrays import MethodError
from commonweal.methods.composite import (
    DomainStep,
    IndicatorStep,
    Recipe,
    alternatives,
    composite,
    sensitivity,
)
from commonweal.methods.deprivation import bands, exponential

STEPS = st.sampled_from([(first, second) for first in IndicatorStep for second in DomainStep])
RECIPE = Recipe((1, -1, 1), (0, 0, 1), (1, 1, 1), (0.7, 0.3))


def table(seed=1, areas=60, missing=0.0, indicators=3):
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(areas, indicators))
    values[rng.random(values.shape) < missing] = np.nan
    return values


def test_an_index_by_hand():
    """Two domains, exponential of ranks, weights .7 and .3; the first domain's z-scores cancel polarity."""
    values = [[1, 5, 10], [2, 4, 30], [3, 3, 20], [4, 2, 40]]
    found = composite(values, RECIPE)
    first, second = exponential([4, 3, 2, 1]), exponential([4, 2, 3, 1])
    assert found.domains == pytest.approx(np.stack([first, second], axis=1))
    assert found.score == pytest.approx(0.7 * first + 0.3 * second)
    assert found.rank.tolist() == [4, 3, 2, 1]
    assert found.decile.tolist() == [10, 8, 5, 3]
    assert found.known.tolist() == [1, 1, 1, 1]


def test_weights_within_a_domain():
    values = table(areas=50)
    alone = composite(values, replace(RECIPE, weights=(1, 0, 1)))
    without = composite(values[:, [0, 2]], Recipe((1, 1), (0, 1), (1, 1), (0.7, 0.3)))
    assert alone.score == pytest.approx(without.score)


@given(st.integers(0, 999), STEPS, st.sampled_from([0, 0.2]))
def test_contributions_add_up_to_the_score(seed, steps, missing):
    recipe = replace(RECIPE, indicator_step=steps[0], domain_step=steps[1])
    found = composite(table(seed, missing=missing), recipe)
    there = ~np.isnan(found.score)
    assert found.contributions.sum(axis=1)[there] == pytest.approx(found.score[there])


@given(st.integers(0, 999), STEPS, st.permutations(range(40)))
def test_the_order_of_areas_does_not_matter(seed, steps, order):
    recipe = replace(RECIPE, indicator_step=steps[0], domain_step=steps[1])
    values = table(seed, areas=40, missing=0.1)
    straight, mixed = composite(values, recipe), composite(values[list(order)], recipe)
    assert np.allclose(mixed.score, straight.score[list(order)], equal_nan=True)


@given(st.integers(0, 999), STEPS)
def test_turning_an_indicator_and_its_polarity_changes_nothing(seed, steps):
    recipe = replace(RECIPE, indicator_step=steps[0], domain_step=steps[1])
    values = table(seed)
    turned = replace(recipe, polarity=(-1, 1, -1))
    assert composite(-values, turned).score == pytest.approx(composite(values, recipe).score)


@given(st.integers(0, 999))
def test_turning_every_polarity_turns_the_ranks(seed):
    values = table(seed, areas=41)
    recipe = replace(RECIPE, indicator_step=IndicatorStep.NORMAL_SCORE, domain_step=DomainStep.NORMAL_SCORE)
    turned = replace(recipe, polarity=(-1, 1, -1))
    assert composite(values, turned).score == pytest.approx(-composite(values, recipe).score)


@given(st.integers(0, 999), st.sampled_from([IndicatorStep.NORMAL_SCORE, IndicatorStep.PERCENTILE]))
def test_ranked_scales_know_nothing_of_units(seed, step):
    recipe, values = replace(RECIPE, indicator_step=step), table(seed)
    assert composite(np.exp(values) * 100, recipe).score == pytest.approx(composite(values, recipe).score)


def test_areas_alike_share_their_rank():
    found = composite([[1, 1, 1], [1, 1, 1], [2, 0, 2], [0, 2, 0]], RECIPE)
    assert found.rank.tolist() == [2.5, 2.5, 1, 4]


@pytest.mark.parametrize(
    ("values", "known", "scored"),
    [
        ([0.1, 0.2, 0.3], 1, True),
        ([np.nan, 0.2, 0.3], 0.65, True),       # half of the first domain is enough
        ([np.nan, np.nan, 0.3], 0.3, False),    # the second domain weighs too little alone
        ([0.1, 0.2, np.nan], 0.7, True),        # the first weighs enough alone
        ([np.nan] * 3, 0, False),
    ],
)
def test_the_rule_for_missing_values(values, known, scored):
    found = composite(np.vstack([table(), values]), RECIPE)
    assert found.known[-1] == pytest.approx(known)
    assert np.isnan(found.score[-1]) != scored
    assert (found.decile[-1] > 0) == scored
    assert np.nanmax(found.rank) == 60 + scored


def test_an_area_with_a_domain_unknown_has_the_mean_of_the_others():
    found = composite(np.vstack([table(), [0.1, 0.2, np.nan]]), RECIPE)
    assert found.score[-1] == pytest.approx(found.domains[-1, 0])
    assert found.contributions[-1].tolist() == pytest.approx([found.score[-1], 0])


def test_a_domain_that_weighs_nothing_is_shown_and_does_not_count():
    found = composite(table(), replace(RECIPE, domain_weights=(1, 0)))
    assert found.score == pytest.approx(found.domains[:, 0])
    assert (found.contributions[:, 1] == 0).all()


@settings(deadline=None)
@given(st.integers(0, 99))
def test_the_band_holds_every_decile(seed):
    values, others = table(seed, missing=0.05), alternatives(RECIPE)
    band = sensitivity(values, RECIPE, others)
    known = band.low > 0
    for choice in (RECIPE, *others):
        decile = composite(values, choice).decile
        assert (band.low[known] <= decile[known]).all()
        assert (decile[known] <= band.high[known]).all()
    assert 0 <= band.wide <= band.moved <= 1
    assert band.moved >= max(band.moved_by)
    assert len(band.moved_by) == len(others)


def test_no_other_choice_no_band():
    band = sensitivity(table(), RECIPE, ())
    assert (band.low == band.high).all()
    assert (band.moved, band.wide, band.moved_by) == (0, 0, ())


def test_one_indicator_moves_only_by_its_scale():
    """With one indicator every choice ranks the same, so nothing can move."""
    recipe = Recipe((1,), (0,), (1,), (1,))
    assert sensitivity(table(indicators=1), recipe, alternatives(recipe)).moved == 0


def test_the_alternatives_are_of_scale_and_of_weight():
    others = alternatives(RECIPE)
    assert RECIPE not in others
    assert len(set(others)) == len(others)
    weights = {choice.domain_weights for choice in others}
    assert weights >= {(1, 1), (0.35, 0.3), (1.4, 0.3), (0.7, 0.15), (0.7, 0.6)}
    assert {choice.domain_step for choice in others} == set(DomainStep)


def test_deciles_are_of_the_areas_known():
    found = composite(np.vstack([table(areas=50), np.full((7, 3), np.nan)]), RECIPE)
    assert np.bincount(found.decile).tolist() == [7, *[5] * 10]
    assert found.decile[:50].tolist() == bands(found.rank[:50], 50).tolist()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"polarity": (1, 1)}, "one polarity"),
        ({"polarity": (1, 0, 1)}, "1 .high means greater need"),
        ({"domain": (0, 0, 0)}, "at least one indicator"),
        ({"domain_weights": (0, 0)}, "weigh something"),
        ({"weights": (1, -1, 1)}, "cannot be negative"),
    ],
)
def test_recipes_that_cannot_be(change, said):
    with pytest.raises(MethodError, match=said):
        replace(RECIPE, **change)


def test_columns_must_match_the_recipe():
    with pytest.raises(MethodError, match="3 indicators"):
        composite(np.zeros((5, 2)), RECIPE)
