"""Figures worked out by hand in a country of twelve small areas."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from tests.needs import small_land as land

from commonweal.core.figure import Grade, Release
from commonweal.lake.places import NoSuchPlace
from commonweal.lake.store import Store
from commonweal.needs import queries
from commonweal.needs.assessment import Direction
from commonweal.needs.card import card
from commonweal.needs.documents import chapter, evidence_page, workbook
from commonweal.needs.queries import scope as scopes
from commonweal.needs.queries import values
from commonweal.needs.queries.build import figures_of
from commonweal.needs.queries.evidence import StoreEmpty, evidence
from commonweal.needs.queries.values import Lack, Made

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return land.build(Store(tmp_path_factory.mktemp("small-land")))


@pytest.fixture(scope="module")
def held(store):
    return evidence(store)


@pytest.fixture(scope="module")
def alton(store):
    return queries.assess(store, "Alton", today=TODAY)


def measure(made, card_id):
    return next(one for theme in made.themes for one in theme.measures if one.card == card_id)


def areas_of(held, *codes):
    return held.geography.areas_in(codes)


# --- small areas added up ---------------------------------------------------------------------------


def test_a_mean_of_small_areas_is_weighted_by_their_people(held):
    found = values.of_areas(held, card("deprivation-score"), areas_of(held, land.ALTON))
    assert found.value == pytest.approx((10 * 1000 + 11 * 1100 + 12 * 1200 + 13 * 1300) / 4600)
    assert (found.n, found.parts, found.made) == (4600, 4, Made.ROLLED)


def test_people_in_the_worst_tenth_are_counted_and_not_areas(held):
    found = values.of_areas(held, card("worst-tenth"), areas_of(held, land.CORRAN))
    assert found.value == pytest.approx(100 * (2000 + 2100) / 7800)


def test_a_census_share_is_counts_divided_with_wilson_bounds(held):
    found = values.of_areas(held, card("disabled-people"), areas_of(held, land.ALTON))
    assert found.value == pytest.approx(30.0)
    assert (found.n, found.interval) == (4000, "Wilson")
    assert (found.lower, found.upper) == (pytest.approx(28.6, abs=0.05), pytest.approx(31.44, abs=0.05))


def test_too_little_covered_is_no_figure(held):
    column = held.small.columns[values.key_of(card("deprivation-score"))]
    kept = column.values[0]
    column.values[0] = np.nan
    try:
        found = values.of_areas(held, card("deprivation-score"), areas_of(held, land.ALTON))
        assert found.lack is Lack.TOO_FEW_AREAS  # 1,000 of 4,600 people are in the area that is not known
        partly = values.of_areas(held, card("deprivation-score"), np.arange(12))
        assert partly.cover == pytest.approx(1 - 1000 / 18600)
    finally:
        column.values[0] = kept


# --- districts, counties, predecessors --------------------------------------------------------------


def test_districts_together_are_weighted_by_their_people(held):
    found = values.series_of(held, card("inactive-adults"), (land.ALTON, land.BURY_END))[-1]
    assert found.value == pytest.approx((28 * 4600 + 20 * 6200) / 10800)
    assert (found.made, found.parts) == (Made.WEIGHTED, 2)


def test_predecessors_stand_in_for_years_before_a_district_was(held):
    found = values.series_of(held, card("inactive-adults"), (land.CORRAN,))
    assert [each.period for each in found] == list(land.YEARS)
    assert found[0].value == pytest.approx((10 * 3000 + 30 * 1000) / 4000)
    assert [each.made for each in found] == [Made.PREDECESSORS] * 3 + [Made.PUBLISHED] * 2


def test_the_trend_says_which_districts_stood_in(store):
    trend = measure(queries.assess(store, "Corran", today=TODAY), "inactive-adults").trend
    assert "Figures before 2023/24 are those of North Corran and South Corran" in trend.sentence


def test_a_district_of_a_county_has_the_countys_figure_where_only_that_is_published(alton):
    one = measure(alton, "healthy-life-men")
    assert (one.figure.value, one.figure.place.name, one.figure.place.kind) == (61.0, "Westshire", "county")
    assert "This is the figure for Westshire, of which Alton is a part." in one.sentence
    assert any("wider area" in reason for reason in one.figure.quality.reasons)


def test_a_hidden_value_stays_hidden_and_says_so(alton):
    figure = measure(alton, "obese-year-6").figure
    assert figure.value is None
    assert figure.missing == "the publisher hides it (*)"
    assert figure.release is Release.PUBLISHED


def test_what_is_not_stored_is_said_and_never_dropped(alton):
    figure = measure(alton, "smoking-manual").figure
    assert (figure.value, figure.missing) == (None, "the data set is not in the store")
    assert figure.quality.grade is Grade.E
    assert any("smoking among manual workers" in note.lower() for note in alton.notes)


def test_money_is_divided_by_people_with_the_predecessors_money(held):
    grants = card("arts-council-grants")
    assert values.series_of(held, grants, (land.ALTON,))[-1].value == pytest.approx(2.0)
    assert values.series_of(held, grants, (land.CORRAN,))[-1].value == pytest.approx(0.5)
    assert values.series_of(held, grants, (land.BURY_END,))[-1].value == 0  # no award is none, not unknown


def test_a_return_that_cannot_be_right_is_held_back(held, store):
    good = values.series_of(held, card("library-visits"), (land.ALTON,))[-1]
    assert (good.value, good.wider) == (pytest.approx(2.0), "Westshire")
    bad = measure(queries.assess(store, "Corran", today=TODAY), "library-visits").figure
    assert bad.value is None
    assert "cannot be right" in bad.missing


# --- comparison -------------------------------------------------------------------------------------


def test_england_as_published_comes_first(alton):
    first = measure(alton, "inactive-adults").england
    assert (first.label, first.figure.value, first.difference) == ("England", 21.0, 7.0)


def test_the_publishers_own_test_decides_where_it_is_given(alton, store):
    first = measure(alton, "inactive-adults").england
    assert (first.certain, first.direction) == (True, Direction.WORSE)
    assert first.sentence.endswith("by the publisher's own test the difference is more than chance.")
    similar = measure(queries.assess(store, "Bury End", today=TODAY), "inactive-adults").england
    assert (similar.certain, similar.direction) == (False, Direction.SAME)


@pytest.mark.parametrize(("place", "certain", "direction"), [
    ("Alton", True, Direction.WORSE), ("Bury End", True, Direction.BETTER), ("Corran", None, Direction.SAME),
])
def test_limits_named_in_the_publishers_mark_are_read_past(store, place, certain, direction):
    england = measure(queries.assess(store, place, today=TODAY), "depression").england
    assert (england.certain, england.direction) == (certain, direction)


def test_where_england_has_no_figure_nothing_is_said_of_it(store):
    one = measure(queries.assess(store, "Corran", today=TODAY), "obese-year-6")  # Alton's is hidden
    assert one.england is None
    assert one.standing is Direction.UNKNOWN


def test_without_a_published_england_the_districts_are_put_together(store):
    england = measure(queries.assess(store, "Corran", today=TODAY), "arts-council-grants").england
    assert england.figure.value == pytest.approx((9200 + 0 + 3900) / 18600)
    assert england.figure.method == "mean of 3 districts, weighted by their people"


def test_a_census_difference_is_judged_by_its_interval(alton):
    first = measure(alton, "disabled-people").england
    assert (first.certain, first.direction) == (True, Direction.WORSE)
    assert first.figure.value == pytest.approx(100 * (4 * 300 + 8 * 100) / 12000)


def test_neighbours_are_named_with_their_values_and_two_are_too_few_for_a_median(alton):
    one = measure(alton, "inactive-adults")
    assert dict(one.peers) == {"Bury End": 20.0, "Corran": 19.0}
    assert [each.label for each in one.comparisons] == ["England", "Far North"]


# --- trend ------------------------------------------------------------------------------------------


def test_a_clear_rise_of_need_is_worse_and_gives_the_least_change_that_could_be_told(alton):
    trend = measure(alton, "inactive-adults").trend
    assert trend.change == pytest.approx(8.0, abs=0.01)
    assert trend.direction is Direction.WORSE
    assert trend.detectable == pytest.approx(0.0, abs=0.01)  # the points lie on a line but for leap years
    assert "rose from 20.0% in 2020/21 to 28.0% in 2024/25" in trend.sentence
    assert [figure.value for figure in trend.england] == [21.0] * 5


def test_a_level_series_hardly_moved(store):
    trend = measure(queries.assess(store, "Bury End", today=TODAY), "inactive-adults").trend
    assert trend.direction is Direction.SAME
    assert trend.sentence == "It hardly moved between 2020/21 (20.0%) and 2024/25 (20.0%)."


# --- the whole --------------------------------------------------------------------------------------


def test_provision_counts_open_places_by_people_and_predecessors_code(store):
    libraries = queries.assess(store, "Corran", today=TODAY).provision[0]
    assert (libraries.count.value, libraries.per_10000.value) == (1.0, pytest.approx(10_000 / 7800))
    alton = queries.assess(store, "Alton", today=TODAY).provision[0]
    assert alton.count.value == 1.0
    assert [status for _, _, status in alton.items] == ["open", "closed"]
    assert alton.comparator.value == pytest.approx(10_000 * 2 / 18600)


def test_missed_groups_are_named_even_where_nobody_counts_them(alton):
    names = [group.group for group in alton.missed]
    assert "Unpaid carers" in names
    disabled = next(group for group in alton.missed if group.group == "Disabled people")
    assert disabled.figure.value == pytest.approx(30.0)
    assert disabled.sentence == "About 1,200 people in Alton, 30.0%, are disabled; England has 16.7%."


def test_a_ward_uses_small_areas_alone_and_says_so(store):
    made = queries.assess(store, "Mill", today=TODAY)
    assert made.place.kind == "ward"
    assert {measure.figure.source.dataset for theme in made.themes for measure in theme.measures} & {
        "fingertips-inactive-adults"
    } == set()
    assert measure(made, "deprivation-score").figure.value == pytest.approx((10 * 1000 + 11 * 1100) / 2100)
    assert "A ward is made here of the small areas that fit it best: 2 small areas" in made.notes[0]
    assert any("whole districts" in line for line in made.cannot_say)


def test_a_drawn_set_keeps_its_name_and_the_same_code_in_every_process(store, held):
    drawn = scopes.drawn_scope(held, (land.AREAS[1], land.AREAS[0]), "Two streets")
    again = scopes.drawn_scope(held, land.AREAS[:2], "Two streets")
    assert drawn.place == again.place
    made = queries.assess_scope(store, drawn, today=TODAY)
    assert (made.place.name, len(made.small_areas)) == ("Two streets", 2)


@pytest.mark.parametrize("codes", [(), ("E01999999",), ("nonsense", land.AREAS[0])])
def test_a_drawn_set_that_is_not_small_areas_is_refused_in_a_sentence(held, codes):
    with pytest.raises(scopes.NoSuchPlace, match="not small areas"):
        scopes.drawn_scope(held, codes, "x")


def test_a_county_is_its_districts_put_together(store):
    made = queries.assess(store, "Westshire", today=TODAY)
    assert [place.name for place in made.made_of] == ["Alton", "Bury End"]
    assert made.population.value == 10800
    assert measure(made, "healthy-life-men").figure.value == 61.0


def test_several_districts_are_one_place_with_a_note(store):
    made = queries.assess(store, ["Alton", "Corran"], today=TODAY)
    assert made.place.name == "Alton and Corran"
    assert "put together by population" in made.notes[0]


def test_an_abolished_district_gives_its_successor_and_says_why(store):
    made = queries.assess(store, "North Corran", today=TODAY)
    assert made.place.name == "Corran"
    assert "Corran took its place" in made.notes[0]


def test_a_place_that_is_not_there_gives_the_nearest_names(store):
    with pytest.raises(NoSuchPlace, match="Alton"):
        queries.assess(store, "Altun", today=TODAY)


def test_a_country_is_what_places_are_set_beside_and_not_a_place(store):
    with pytest.raises(scopes.NoSuchPlace, match="what every place is set beside"):
        queries.assess(store, "England", today=TODAY)


def test_of_many_small_areas_those_of_greatest_need_are_listed(store, monkeypatch):
    monkeypatch.setattr("commonweal.needs.queries.build.MOST_AREAS", 3)
    whole = queries.assess(store, ["Alton", "Corran"], today=TODAY)
    assert len(whole.small_areas) == 3
    assert "The 3 small areas where need is greatest are listed, of 8" in " ".join(whole.notes)
    assert "of 8 small areas" in whole.small_area_sentence or "Of 8 small areas" in whole.small_area_sentence


def test_an_empty_store_says_how_to_begin(tmp_path):
    with pytest.raises(StoreEmpty, match="commonweal pull"):
        queries.assess(Store(tmp_path), "Alton", today=TODAY)


def test_nothing_is_read_again_while_the_store_stands(store):
    assert evidence(store) is evidence(Store(store.root))


@pytest.mark.parametrize("left_out", ["people", "small_area_values", "published", "use_and_places"])
def test_a_store_that_lacks_a_part_still_says_what_it_can(tmp_path, left_out):
    """What is missing is said to be; nothing falls over, and the documents are made all the same."""
    store = Store(tmp_path)
    for part in (land.geography, land.people, land.small_area_values, land.published, land.use_and_places):
        if part.__name__ != left_out:
            part(store)
    made = queries.assess(store, "Corran", today=TODAY)
    assert made.notes
    assert len(made.small_areas) == 4
    assert all(figure.value is not None or figure.missing for figure in figures_of(made))
    whole = chapter(made, store)
    assert whole.blocks
    assert workbook(made).tables
    assert evidence_page(made).blocks


def test_geography_alone_is_enough_to_say_that_nothing_is_known(tmp_path):
    store = Store(tmp_path)
    land.geography(store)
    made = queries.assess(store, "Alton", today=TODAY)
    assert made.headline == "Too little is held about Alton to say what stands out."
    assert made.population.value is None
    assert made.findings == ()
