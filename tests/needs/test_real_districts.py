"""Real districts from the published files: figures as the publishers print them, sentences fit to read aloud."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import numpy as np
import pytest

from commonweal.lake.surveys.words import Use
from commonweal.needs import queries
from commonweal.needs.assessment import Direction, Side
from commonweal.needs.queries.assessments import scope_of
from commonweal.needs.queries.build import figures_of
from commonweal.needs.queries.evidence import evidence
from commonweal.needs.queries.need_index import need_index
from commonweal.needs.queries.people import ages_of
from commonweal.needs.queries.scope import drawn_scope
from commonweal.needs.queries.survey_population import Land, make_up
from commonweal.needs.replay import assessment_json

pytestmark = pytest.mark.real_data
TODAY = date(2026, 11, 22)
EVERY = 8  # one district in so many is read through in full; the whole is the soak's work
BAD = (r"\bnan\b", r"\bNone\b(?! of)", r"\binf\b", r"  ", r"\{\w", r" [,.;]", r"\.\.", r"\d\.\d{5}", r"−0(\.0+)?%")


@pytest.fixture(scope="module")
def held(real_store):
    return evidence(real_store)


@pytest.fixture(scope="module")
def assess(real_store):
    """Each place assessed once, however many tests look at it."""
    return cache(lambda name: queries.assess(real_store, name, today=TODAY))


def measure(made, card):
    return next(one for theme in made.themes for one in theme.measures if one.card == card)


@pytest.mark.promise("N2")
@pytest.mark.parametrize(("place", "code", "inactive", "deprivation"), [
    ("Knowsley", "E08000011", 27.2, 36.157), ("Rochdale", "E08000005", 29.2, 34.331),
    ("Ipswich", "E07000202", 22.6, 25.457), ("Wigan", "E08000010", 28.8, 25.206),
    ("Telford and Wrekin", "E06000020", 20.6, 24.423),
])
def test_figures_are_those_the_publishers_print(assess, place, code, inactive, deprivation):
    made = assess(place)
    assert made.place.code == code
    assert measure(made, "inactive-adults").figure.value == inactive
    assert measure(made, "deprivation-score").figure.value == pytest.approx(deprivation, abs=0.06)


def test_areas_in_the_worst_tenth_are_the_ministrys(real_store, held):
    """Its own share of areas, from the same deciles, is exact; ours counts people, so it stands near."""
    table = real_store.table("observations", "imd-2025-district")
    rows = real_store.arrow(
        table.filter(table.indicator == "imd2025-most-deprived-10-percent").select("area_code", "value")
    ).to_pylist()
    published = {row["area_code"]: row["value"] for row in rows}
    column = held.small.columns["imd-2025-lsoa", "imd2025-decile"].values
    ours = {code: 100 * float((column[at] == 1).mean()) for code, at in held.geography.by_district.items()}
    assert len(published) == 296
    assert max(abs(ours[code] - value) for code, value in published.items() if code in ours) < 0.01


def test_places_to_swim_are_counted_where_they_stand(assess):
    found = {
        name: next(one.count.value for one in assess(name).provision if one.kind == "swimming_pool")
        for name in ("Knowsley", "Ipswich", "Rochdale", "Wigan", "Telford and Wrekin", "Shropshire", "Coventry")
    }
    assert found == {"Knowsley": 3, "Ipswich": 5, "Rochdale": 5, "Wigan": 7, "Telford and Wrekin": 6,
                     "Shropshire": 18, "Coventry": 10}


@pytest.mark.promise("N3")
def test_the_profile_has_small_areas_rates_groups_trends_comparators(assess):
    made = assess("Knowsley")
    assert len(made.small_areas) == 100
    scores = [area.need.value for area in made.small_areas]
    assert scores == sorted(scores, reverse=True)
    for area in made.small_areas:
        assert 1 <= area.decile_low <= area.need_decile.value <= area.decile_high <= 10
    assert {table.key for table in made.people} == {"ages", "ethnicity", "disability", "household-deprivation",
                                                    "tenure", "rural"}
    disabled = measure(made, "disabled-people")
    assert disabled.figure.lower < disabled.figure.value < disabled.figure.upper
    assert [each.label for each in disabled.comparisons] == [
        "England", "North West", "its 15 nearest statistical neighbours"
    ]
    assert measure(made, "depression").trend.direction is Direction.WORSE


@pytest.mark.promise("N4")
def test_both_sides_are_in_one_assessment(assess):
    made = assess("Shropshire")
    sides = {side: [theme for theme in made.themes if theme.side is side] for side in Side}
    assert len(sides[Side.CULTURE_SPORT]) == 4
    assert len(sides[Side.CONTRIBUTION]) == 7
    measures = {one.card: one.side for theme in made.themes for one in theme.measures}
    of_findings = {measures.get(finding.card, Side.CULTURE_SPORT) for finding in made.findings}
    assert of_findings == set(Side)


@pytest.mark.promise("N5")
@pytest.mark.parametrize("place", ["Knowsley", "Ipswich", "Shropshire", "Westminster", "Cornwall"])
def test_five_to_nine_findings_each_a_sentence_with_its_figures(assess, place):
    made = assess(place)
    assert 5 <= len(made.findings) <= 9
    scores = [finding.score for finding in made.findings]
    assert scores == sorted(scores, reverse=True)
    for finding in made.findings:
        assert finding.headline.count(".") >= 1
        assert finding.headline.endswith(".")
        assert finding.figures[0].value is not None
        assert finding.why_chosen.startswith(("Chosen because", "Taken to reach"))
    stories = [finding.card for finding in made.findings]
    assert len(stories) == len(set(stories))
    assert not {"inactive-adults", "active-adults"} <= set(stories)  # one story, told once
    assert f"the {len(made.findings)} that stand out most" in made.selection_rule


@pytest.mark.promise("N6")
def test_what_is_weak_or_missing_becomes_a_gap_with_its_effort(assess):
    made = assess("Ipswich")
    assert any("took part in the arts" in gap.question for gap in made.gaps)
    assert all(gap.effort and gap.lightest and gap.how and gap.quality for gap in made.gaps)
    assert any("England's are shown" in line for line in made.cannot_say)


@pytest.mark.promise("N10")
def test_groups_who_may_be_missed_are_counted_where_they_can_be(assess):
    made = assess("Shropshire")
    rural = next(group for group in made.missed if group.group == "People in the country")
    assert rural.figure.value > 50
    hidden = next(group for group in made.missed if "low incomes" in group.group)
    assert 80 < hidden.figure.value < 95
    assert any(group.figure is None for group in made.missed)


def test_an_abolished_district_is_answered_by_its_successor(assess):
    made = assess("Copeland")
    assert made.place.code == "E06000063"
    assert "Cumberland took its place" in made.notes[0]
    series = measure(made, "active-children").trend
    assert "Allerdale, Carlisle and Copeland" in series.sentence


def test_barnsley_under_any_of_its_codes_is_one_place(assess):
    assert assess("E08000016").place == assess("E08000038").place == assess("Barnsley").place


@pytest.mark.parametrize(("place", "kind", "made_of"), [
    ("Suffolk", "county", 5), ("Northwood, Knowsley", "ward", 7), ("North East", "region", 12),
])
def test_counties_regions_and_wards_are_assessed_too(assess, place, kind, made_of):
    made = assess(place)
    assert (made.place.kind, len(made.made_of)) == (kind, made_of)
    assert made.findings


def test_a_drawn_set_of_small_areas_is_assessed_from_small_areas_alone(real_store, held):
    codes = held.geography.areas[held.geography.by_district["E08000011"][:6]]
    made = queries.assess_scope(real_store, drawn_scope(held, codes.tolist(), "Along the canal"), today=TODAY)
    assert len(made.small_areas) == 6
    assert 5_000 < made.population.value < 15_000
    ages = next(table for table in made.people if table.key == "ages")
    assert sum(row.share.value for row in ages.rows) == pytest.approx(100)


def test_sentences_are_fit_to_be_read_aloud(assess, held):
    for code in held.geography.districts[::EVERY]:
        made = assess(code)
        text = assessment_json(made)
        spoken = [made.headline, made.small_area_sentence, *(finding.headline for finding in made.findings)]
        for theme in made.themes:
            spoken += [theme.sentence]
            for one in theme.measures:
                spoken += [one.sentence, *(each.sentence for each in one.comparisons),
                           *([one.trend.sentence] if one.trend else [])]
        spoken += [group.sentence for group in made.missed] + [one.sentence for one in made.provision]
        for line in spoken:
            assert line[:1].isupper() or line[:1].isdigit() or line[:1] in "£−", (made.place.name, line)
            assert line.endswith("."), (made.place.name, line)
            for bad in BAD:
                assert not re.search(bad, line), (made.place.name, bad, line)
        assert "NaN" not in text


def test_every_figure_of_every_district_read_has_what_makes_it_honest(assess, held):
    for code in held.geography.districts[::EVERY]:
        for figure in figures_of(assess(code)):
            assert figure.base
            assert figure.period
            assert figure.quality.reasons
            assert figure.source.title
            assert (figure.value is None) == bool(figure.missing)


def test_the_index_covers_england_in_tenths(held):
    made = need_index(held)
    assert made.score.size == 33_755
    assert not np.isnan(made.score).any()
    counts = np.bincount(made.decile, minlength=11)
    assert counts[0] == 0
    assert set(counts[1:].tolist()) <= {3375, 3376}
    assert 0.3 < made.moved < 0.9
    assert not made.left_out
    assert len(made.domains) == 5


@pytest.mark.soak
def test_no_district_fails(real_store, held):
    for code in held.geography.districts:
        made = queries.assess(real_store, code, today=TODAY)
        assert made.headline
        assert 3 <= len(made.findings) <= 9


def test_a_survey_can_be_weighted_by_sex_where_small_areas_are_published_by_it(held):
    trafford, knowsley = (Land(held, scope_of(held, code)) for code in ("E08000009", "E08000011"))
    found = make_up(trafford, Use.SEX, ())
    people = float(ages_of(held, trafford.scope)[0].sum())
    assert set(found.people) == {"Female", "Male"}
    assert sum(found.people.values()) == pytest.approx(people, rel=0.02)
    assert make_up(knowsley, Use.SEX, ()) is None


def test_halls_of_a_list_of_one_district_are_set_beside_nobody(assess, held, monkeypatch):
    from commonweal.needs.pages import reach
    from commonweal.needs.pages.reach import choices, reach_for, reach_view

    monkeypatch.setattr(reach, "store_of", lambda _assessment: held.store)

    here, elsewhere = assess("Trafford"), assess("Salford")
    assert "sports_hall" in {one.key for one in choices(here, "", "")[0]}
    assert "sports_hall" not in {one.key for one in choices(elsewhere, "", "")[0]}
    found = reach_for(here, "sports_hall", "foot")
    view = reach_view(found, here, here.place.code)
    assert found.comparator is None
    assert 0 < found.share.value <= 100
    assert "of Trafford alone" in view.cannot
    assert "England" not in view.answer
    assert reach_for(elsewhere, "sports_hall", "foot") is None
