"""Raking: worked examples, the margins met, weights held to their limit, and what it leaves alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.methods.arrays import MethodError
from commonweal.methods.weighting import Margin, rake, trimmed

ROWS = Margin("age", np.array([0, 0, 1, 1]), np.array([5.0, 15.0]))
COLUMNS = Margin("sex", np.array([0, 1, 0, 1]), np.array([10.0, 10.0]))
LABELLED = ("16 to 34", "35 and over")


def test_the_worked_example():
    """Cells 7 9 / 12 7 to rows 5 15 and columns 10 10: Klemens, 'Raking', Apophenia."""
    found = rake([7, 9, 12, 7], [ROWS, COLUMNS], tolerance=1e-12, cap=None)
    cells = found.weights / found.weights.sum() * 20
    assert cells == pytest.approx([1.775666, 3.224334, 8.224334, 6.775666], abs=5e-7)


def test_a_table_of_four_by_four():
    """The example of the article 'Iterative proportional fitting' in Wikipedia: its third round, to the cent."""
    start = np.array([[40, 30, 20, 10], [35, 50, 100, 75], [30, 80, 70, 120], [20, 30, 40, 50]], float)
    at = np.indices((4, 4)).reshape(2, 16)
    margins = [Margin("rows", at[0], np.array([150.0, 300, 400, 150])),
               Margin("columns", at[1], np.array([200.0, 300, 400, 100]))]
    third = rake(start.ravel(), margins, tolerance=0.005, cap=None)
    assert third.rounds == 3
    assert third.weights.reshape(4, 4) * 1000 / 16 == pytest.approx(np.array([
        [64.61, 46.28, 35.42, 3.83], [49.95, 68.15, 156.49, 25.37],
        [56.70, 144.40, 145.06, 53.76], [28.74, 41.18, 63.03, 17.03],
    ]), abs=0.005)
    settled = rake(start.ravel(), margins, cap=None).weights.reshape(4, 4) * 1000 / 16
    assert settled.sum(0) == pytest.approx(margins[1].targets, rel=1e-8)
    assert settled.sum(1) == pytest.approx(margins[0].targets, rel=1e-8)


@given(st.lists(st.floats(0.1, 10), min_size=4, max_size=4), st.floats(0.05, 0.95), st.floats(0.05, 0.95))
def test_margins_are_met_and_cross_ratios_kept(start, young, men):
    rows = Margin("age", ROWS.groups, np.array([young, 1 - young]))
    columns = Margin("sex", COLUMNS.groups, np.array([men, 1 - men]))
    found = rake(start, [rows, columns], cap=None)
    weights = found.weights
    assert weights.mean() == pytest.approx(1)
    assert weights[:2].sum() / 4 == pytest.approx(young, rel=2e-8)
    assert (weights[0] + weights[2]) / 4 == pytest.approx(men, rel=2e-8)
    before, after = (w[0] * w[3] / (w[1] * w[2]) for w in (start, weights))
    assert after == pytest.approx(before, rel=1e-6)
    assert (found.held, found.missed) == (0, ())


def test_one_margin_is_post_stratification():
    """Each answer of a group weighs its people over its answers: N_h / n_h, with mean 1."""
    margin = Margin("age", np.array([0, 0, 0, 1]), np.array([400.0, 600.0]))
    assert rake(np.ones(4), [margin], cap=None).weights == pytest.approx([400 / 750, 400 / 750, 400 / 750, 2.4])


def test_weights_are_held_to_the_limit_and_the_consequence_is_said():
    margin = Margin("area", np.array([0] * 99 + [1]), np.array([80.0, 20.0]), ("Town", "Marsh"))
    assert rake(np.ones(100), [margin], cap=None).weights.max() == pytest.approx(20)
    found = rake(np.ones(100), [margin], cap=5)
    assert found.weights.max() == pytest.approx(5)
    assert found.weights.mean() == pytest.approx(1)
    assert found.held == 1
    told = {one.group: (one.target, one.reached) for one in found.missed}
    assert told["Marsh"] == (pytest.approx(0.2), pytest.approx(0.05))
    assert told["Town"] == (pytest.approx(0.8), pytest.approx(0.95))


@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=60), st.floats(1.2, 8))
def test_trimming_keeps_the_total_and_the_order(weights, cap):
    kept = trimmed(weights, cap)
    assert kept.sum() == pytest.approx(sum(weights))
    assert kept.max() <= cap * kept.mean() * (1 + 1e-6)
    order = np.argsort(weights, kind="stable")
    assert (np.diff(kept[order]) >= -1e-9).all()


def test_thin_groups_are_told_by_name():
    margin = Margin("age", np.array([0] * 40 + [1] * 10), np.array([1.0, 1.0]), LABELLED)
    assert rake(np.ones(50), [margin]).thin == ("age 35 and over",)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: rake([1, 1], []), "at least one known"),
        (lambda: rake([1], [Margin("sex", np.array([0]), np.array([1.0, 1.0]), ("Men", "Women"))]),
         "By sex, the group “Women” has people but no answers"),
        (lambda: rake([1, 1], [Margin("sex", np.array([0]), np.array([1.0]))]), "each answer needs"),
        (lambda: rake([1, 1], [Margin("sex", np.array([0, 0]), np.array([0.0]))]), "nobody in it"),
        (lambda: rake([1, 1], [Margin("age", np.array([0, 1]), np.array([1.0, 3.0]), LABELLED),
                               Margin("sex", np.array([0, 1]), np.array([3.0, 1.0]))]),
         "by age, “16 to 34” cannot reach its share"),
        (lambda: rake([1, 1], [Margin("age", np.array([0, 1]), np.array([400.0, 600.0])),
                               Margin("sex", np.array([0, 1]), np.array([500.0, 501.0]))]),
         "by age there are 1,000 people, by sex 1,001"),
        (lambda: rake([1, 1], [Margin("a", np.array([0, 1]), np.array([1.0, 1.0]))], cap=1), "above the mean"),
        (lambda: trimmed([1, 1], 0.5), "above the mean"),
        (lambda: rake([-1, 1], [Margin("a", np.array([0, 1]), np.array([1.0, 1.0]))]), "below 0"),
    ],
)
def test_errors(call, said):
    with pytest.raises(MethodError, match=said):
        call()
