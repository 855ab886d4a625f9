"""The database grades as the rule does, in one pass, and as many queries serve many pieces as few."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.permissions import Role
from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.evidence import Told, record_evidence
from commonweal.needs.evidence_grade import LETTERS, grade_of
from commonweal.needs.models import AskedBy, Chosen, Covers, EvidenceItem, EvidenceKind
from commonweal.needs.queries.evidence_items import ASKED, design_of, heard_from, perspectives_of
from commonweal.needs.queries.grade_in_store import letter_of

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
TODAY = date(2026, 11, 25)
AGES = (None, 0, 1094, 1095, 1096, 1825, 1826, 1827, 9000)
ANSWERED = (None, 0, 1, 29, 30, 99, 100, 399, 400, 5000)
EFFECTIVE = (None, None, 29.9, 30.0, 99.99, 100.0, 399.5, 400.0)


@pytest.fixture
def world(world):
    with clock.fixed(NOW):
        yield world


def pieces(world, number: int, *, seed: int) -> list[EvidenceItem]:
    """Pieces at and about every bound of the rule, written past the actions because only reading is tried."""
    rng = random.Random(seed)
    return EvidenceItem.objects.bulk_create(piece(world, rng) for _ in range(number))


def piece(world, rng: random.Random) -> EvidenceItem:
    age, answered = rng.choice(AGES), rng.choice(ANSWERED)
    asked = rng.choice((None, answered, answered * 2, answered * 2 + 1, answered * 5, answered * 5 + 1)
                       if answered is not None else (None, 10))
    return EvidenceItem(
        partnership=world.partnership, organisation=world.council, placed=NOW, title="Heard", summary="Something.",
        kind=rng.choice(EvidenceKind.values), perspective=rng.choice(ASKED), chosen=rng.choice(Chosen.values),
        asked_by=rng.choice(AskedBy.values), covers=rng.choice(Covers.values), answered=answered, asked=asked,
        gathered_to=None if age is None else TODAY - timedelta(days=age), effective=rng.choice(EFFECTIVE),
    )


def test_the_database_gives_each_piece_the_letter_that_the_rule_gives(world):
    pieces(world, 1500, seed=1)
    rows = [*EvidenceItem.objects.annotate(letter=letter_of(TODAY))]
    wrong = [design_of(row) for row in rows
             if LETTERS[row.letter] != grade_of(design_of(row), today=TODAY).grade]
    assert wrong == []
    assert {row.letter for row in rows} == set(range(len(LETTERS))), "every letter is among them"


def test_each_perspective_has_its_count_its_best_and_its_newest(world):
    held = pieces(world, 400, seed=2)
    EvidenceItem.objects.filter(perspective="partners").update(withdrawn=TODAY, withdrawn_why="Because.")
    lines = {one.perspective: one for one in perspectives_of(viewer_of(world.admin()), world.partnership.pk)}
    for whose in ASKED:
        stand = [one for one in held if one.perspective == whose and whose != "partners"]
        grades = [grade_of(design_of(one), today=TODAY).grade for one in stand]
        newest = [one.gathered_to for one in stand if one.gathered_to]
        assert (lines[whose].items, lines[whose].best, lines[whose].newest) == (
            len(stand), min(grades, default=None), max(newest, default=None)), whose
    assert lines["partners"].missing
    assert heard_from(viewer_of(world.admin()), world.partnership.pk) == set(ASKED) - {"partners"}


def test_what_is_not_placed_counts_for_its_own_people_alone(world):
    told = Told(title="At the desk", kind="interviews", perspective="users", summary="They want to dance.")
    record_evidence(by=viewer_of(world.admin()), partnership=world.partnership, told=told)
    assert heard_from(viewer_of(world.people[Role.OBSERVER]), world.partnership.pk) == {"users"}, "same council"
    for outside in (world.outsider, world.staff, world.loner):
        assert heard_from(viewer_of(outside), world.partnership.pk) == frozenset()
        assert all(one.missing for one in perspectives_of(viewer_of(outside), world.partnership.pk))


def test_the_index_alone_answers_how_the_perspectives_stand(world):
    """The texts of a hundred thousand pieces are not read to count and grade them."""
    if connection.vendor != "sqlite":
        pytest.skip("only on SQLite: PostgreSQL chooses its way by the size of the table")
    pieces(world, 200, seed=3)
    viewer = viewer_of(world.admin())
    with CaptureQueriesContext(connection) as asked:
        perspectives_of(viewer, world.partnership.pk)
    assert len(asked) == 1
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked[0]['sql']}")
        assert "USING COVERING INDEX needs_evidence_graded" in str(cursor.fetchall())


@pytest.mark.parametrize("name", ["evidence-list", "needs", "evidence-csv"])
def test_many_pieces_take_as_many_queries_as_few(world, django_assert_max_num_queries, name):
    browser = signed_in(world.admin())
    address = reverse(f"needs:{name}", args=[world.partnership.pk])
    browser.get(address)
    pieces(world, 150, seed=4)
    with django_assert_max_num_queries(20):
        assert browser.get(address).status_code == 200
