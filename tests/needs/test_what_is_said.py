"""Small truths of the words: what a figure rests on, how sure the small areas are, and where an old code leads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from commonweal.example.store import build_store
from commonweal.lake.places import NoSuchPlace as Unknown
from commonweal.lake.places import PlaceRow
from commonweal.lake.store import Store
from commonweal.needs import queries, wording
from commonweal.needs.documents import evidence_page
from commonweal.needs.pages import loading
from commonweal.needs.pictures import comparison_chart, map_title
from commonweal.needs.queries.areas import areas_sentence
from commonweal.needs.queries.assessments import scope_of
from commonweal.needs.queries.evidence import evidence
from commonweal.needs.queries.people import _most_unlike
from commonweal.needs.queries.scope import NoSuchPlace, drawn_scope
from commonweal.present.document import Paragraph, Status
from commonweal.present.provenance import rests_on

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    made = Store(tmp_path_factory.mktemp("said-example"))
    build_store(made)
    return made


@pytest.fixture(scope="module")
def made(store):
    return queries.assess(store, "Larkmere", today=TODAY)


def people(made, key):
    return next(table for table in made.people if table.key == key)


def measure(made, card):
    return next(one for theme in made.themes for one in theme.measures if one.card == card)


def test_town_and_country_counts_the_people_of_the_estimate_and_says_so(made, store):
    row = people(made, "rural").rows[0]
    when = evidence(store).small.people_period.label
    assert row.share.period == row.count.period == when
    assert when in row.share.method
    assert "classified in" in row.share.method
    assert not any("count of everyone" in reason for reason in row.share.quality.reasons)


def test_ages_of_a_district_are_not_said_to_be_of_small_areas(made):
    assert all("small areas" not in row.share.method for row in people(made, "ages").rows)


def test_one_figure_has_one_grade_wherever_it_stands(made):
    among_people = people(made, "disability").rows[0].share
    assert among_people.value == pytest.approx(measure(made, "disabled-people").figure.value, abs=1e-9)
    assert among_people.quality == measure(made, "disabled-people").figure.quality


def test_a_comparator_says_of_how_many_it_is_the_middle(made):
    near = next(
        one.figure for one in measure(made, "disabled-people").comparisons if one.figure.place.kind == "neighbours"
    )
    many = near.place.name.removeprefix("its ").split()[0]
    assert near.method == f"median of the {many} neighbours that have a figure"
    assert dict(rests_on(near))["How many it rests on"] == "Not given"


@pytest.mark.parametrize(("bands", "tenths", "says"), [
    ([(1, 1), (1, 1)], (1, 1), ("All 2 small areas", "leave each in its tenth")),
    ([(1, 2), (1, 1), (2, 2)], (1, 1, 2), ("2 of 3 small areas", "could put 1 of the 3 in another")),
    ([(1, 2), (1, 2), (2, 3)], (1, 2, 2), ("One of 3 small areas", "is in the tenth", "each of them in another")),
    ([(2, 3), (3, 3)], (2, 3), ("Of 2 small areas, none", "could put 1 of the 2")),
])
def test_how_sure_the_small_areas_are_is_said_as_it_is(made, bands, tenths, says):
    areas = tuple(
        replace(area, decile_low=low, decile_high=high, need_decile=replace(area.need_decile, value=float(tenth)))
        for area, (low, high), tenth in zip(made.small_areas, bands, tenths, strict=False)
    )
    said = areas_sentence(areas)
    assert all(words in said for words in says), said
    assert "table" not in said


def test_a_set_of_small_areas_is_spoken_of_in_the_plural(store, made):
    held = evidence(store)
    four = drawn_scope(held, held.geography.areas[:4].tolist(), "4 small areas of Larkmere")
    drawn = queries.assess_scope(store, four, today=TODAY)
    words = [one.sentence for one in drawn.provision] + [
        one.sentence for theme in drawn.themes for one in theme.measures
    ]
    assert not [said for said in words if "Larkmere has" in said or "Larkmere scores" in said]
    assert map_title(drawn) == "Need for culture and sport in 4 small areas of Larkmere"
    assert "the small areas of Larkmere" in map_title(made)
    assert wording.fill("{place} has one.", place="Larkmere") == "Larkmere has one."


def test_a_chart_says_the_figure_and_the_difference_and_no_more(made):
    chart = comparison_chart(measure(made, "library-visits"))
    assert " here: " in chart.sentence
    assert len(chart.sentence.split()) < 25


def test_a_group_no_further_from_england_than_its_decimals_is_not_called_unlike(store):
    rows = people(queries.assess(store, "Larkmere", today=TODAY), "disability").rows
    same = [replace(row, comparator=replace(row.comparator, value=row.share.value)) for row in rows]
    assert _most_unlike(same) == "Much as in England."
    assert _most_unlike(rows).startswith("Most unlike")


def test_the_evidence_page_is_nobody_s_draft_and_points_at_no_table(made):
    real = replace(made, place=replace(made.place, invented=False))
    page = evidence_page(real)
    assert page.status is Status.PUBLISHED
    assert evidence_page(made).status is Status.INVENTED
    said = " ".join(str(word) for block in page.blocks if isinstance(block, Paragraph) for word in block.words)
    assert "table" not in said


@pytest.mark.parametrize(("was", "found", "said"), [
    ("E07000029", PlaceRow("district", "Z07000001", "Larkmere", 2024, (), "Copeland was abolished."), True),
    ("E07000029", PlaceRow("district", "E06000063", "Cumberland", 2024, (), "Copeland was abolished."), False),
    ("Z07000001", PlaceRow("district", "Z07000001", "Larkmere", 2024), False),
    ("NOPE", Unknown("NOPE"), False), ("<script>", None, False), ("", None, False),
])
def test_a_successor_s_page_says_what_became_of_the_place_asked_for(made, store, monkeypatch, was, found, said):
    def find(_store, _text):
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr(loading, "store_of", lambda _: store)
    monkeypatch.setattr(loading, "find_place", find)
    assert bool(loading.moved_words(made, was)) is said


def test_a_place_outside_england_is_said_to_be(store):
    with pytest.raises(NoSuchPlace, match="Leith is not in England"):
        scope_of(evidence(store), PlaceRow("district", "S12000099", "Leith", 2024))


def test_a_weak_or_missing_figure_is_named_as_the_gap_it_is(made):
    named = [gap.question for gap in made.gaps if "figure" in gap.question]
    assert named
    assert all(one[0].isupper() and ": " in one and "?" not in one for one in named)
