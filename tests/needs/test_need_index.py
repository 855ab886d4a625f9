"""The composite index of need: what it is made of, how weights move it, and how it is kept."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from commonweal.example.store import build_store
from commonweal.lake.store import Store
from commonweal.methods.composite import composite
from commonweal.needs import queries
from commonweal.needs.queries import need_index as index
from commonweal.needs.queries.evidence import evidence

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("index-example"))
    build_store(store)
    return evidence(store)


def test_weights_left_out_are_nothing_and_the_rest_add_up_to_one():
    assert dict(index.checked_weights({"health": 3, "money": 1})) == {
        "health": 0.75, "money": 0.25, "reach": 0.0, "community": 0.0, "learning": 0.0
    }
    assert sum(weight for _, weight in index.default_weights()) == pytest.approx(1)
    assert index.checked_weights(None) == index.default_weights()


@pytest.mark.parametrize(("weights", "says"), [
    ({"wealth": 1}, "no domain called 'wealth'"),
    ({"health": -1}, "0 or more"),
    ({"health": 0}, "more than 0"),
    ({"health": float("nan")}, "0 or more"),
    ({"health": float("inf")}, "0 or more"),
])
def test_weights_that_cannot_be_used_are_refused_in_a_sentence(weights, says):
    with pytest.raises(index.WeightsWrong, match=says):
        index.checked_weights(weights)


def test_the_index_is_the_methods_composite_of_its_cards(held):
    made = index.need_index(held)
    values = np.stack([index._column(held, card) for card in made.cards], axis=1)
    expected = composite(values, index.recipe(made.cards, made.weights))
    np.testing.assert_allclose(made.score, expected.score)
    np.testing.assert_array_equal(made.decile, expected.decile)
    assert ((made.low <= made.decile) & (made.decile <= made.high)).all()


def test_each_cards_need_raises_the_score_of_its_domain(held):
    """Where an indicator shows more need, its domain does too: polarity is the card's own."""
    made = index.need_index(held)
    place = {domain.key: at for at, domain in enumerate(made.domains)}
    for card in made.cards:
        column = index._column(held, card) * card.turn
        domain = made.parts[:, place[card.index.domain]]
        known = ~(np.isnan(column) | np.isnan(domain))
        assert np.corrcoef(column[known], domain[known])[0, 1] > 0, card.id


def test_weight_moved_to_one_domain_ranks_by_that_domain(held):
    made = index.need_index(held, {"reach": 1})
    at = [domain.key for domain in made.domains].index("reach")
    best = np.nanargmax(made.parts[:, at])
    assert made.rank[best] == np.nanmin(made.rank)


def test_changed_weights_change_the_assessment_and_are_said_in_it(held):
    place = held.geography.districts[0]
    usual = queries.assess(held.store, place, today=TODAY)
    moved = queries.assess(held.store, place, today=TODAY, weights={"reach": 1})
    assert dict(moved.weights)["reach"] == 1.0
    assert [area.place.code for area in usual.small_areas] != [area.place.code for area in moved.small_areas]


def test_the_index_is_kept_beside_the_store_and_a_torn_file_is_made_again(held):
    weights = index.checked_weights({"money": 0.9, "health": 0.1})
    first = index._kept_or_made(held, weights)
    path = max((held.store.root / "derived").glob("need-index-*.npz"), key=lambda one: one.stat().st_mtime_ns)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    again = index._kept_or_made(held, weights)
    np.testing.assert_array_equal(first.score, again.score)
    assert path.read_bytes()[:4] == b"PK\x03\x04"


def test_a_store_that_cannot_be_written_to_is_no_error(held, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise PermissionError("read-only")

    monkeypatch.setattr("pathlib.Path.mkdir", refuse)
    assert index._kept_or_made(held, index.checked_weights({"learning": 1})).score.size


def test_it_is_said_that_the_index_does_not_measure_participation(held):
    from commonweal.needs.documents import chapter

    made = queries.assess(held.store, held.geography.districts[0], today=TODAY)
    words = " ".join(str(block) for block in chapter(made).blocks)
    assert "not a measure of participation" in words
