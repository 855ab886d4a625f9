"""What drives each partner: recorded by its own people, versions kept, and shown beside what culture can add."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from tests.world import build_world, signed_in

from commonweal.core import clock
from commonweal.core.actions.organisations import create_organisation
from commonweal.core.actions.partnerships import add_organisation
from commonweal.core.actions.people import add_person
from commonweal.core.actions.roles import give_role
from commonweal.core.errors import CommonwealError, NotAllowed, NotFound, Refused
from commonweal.core.models import Event, OrganisationKind
from commonweal.core.permissions import Role
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.needs.actions.priority import Said, change_priority, record_priority, withdraw_priority
from commonweal.needs.pages.two_sides import two_sides_table
from commonweal.needs.queries.priorities import earlier_priorities, priorities_for, priority_for
from commonweal.needs.queries.two_sides import two_sides

FALLS = Said("Fewer falls", "They cost us most.", "older", "Joint forward plan", date(2025, 3, 27))


@pytest.fixture
def world(db, settings, tmp_path):
    settings.VAR = tmp_path
    with clock.fixed(datetime(2026, 11, 22, 9, tzinfo=UTC)):
        yield build_world()


def recorded(world, said=FALLS, role=Role.CONTRIBUTOR):
    return record_priority(by=viewer_of(world.people[role]), partnership=world.partnership, said=said).identity


def colleague(world):
    """A contributor of another organisation in the same partnership."""
    board = create_organisation(by=SYSTEM, name="Testshire Health Board", kind=OrganisationKind.HEALTH)
    add_organisation(by=SYSTEM, partnership=world.partnership, organisation=board, signs_off=True)
    person = add_person(by=SYSTEM, email="mo@board.nhs.uk", name="Mo Board")
    give_role(by=SYSTEM, partnership=world.partnership, person=person, organisation=board, role=Role.CONTRIBUTOR)
    return viewer_of(person)


def held(world):
    return priorities_for(viewer_of(world.people[Role.OBSERVER]), world.partnership.pk)


def test_a_priority_is_recorded_for_ones_own_organisation(world):
    row = recorded(world)
    card = held(world)[0]
    assert (card.organisation, card.title, card.source) == (world.council.name, FALLS.title, FALLS.source)
    assert Event.objects.filter(verb="priority.recorded", subject_id=row.pk).count() == 1


def test_an_observer_records_none(world):
    with pytest.raises(NotAllowed):
        recorded(world, role=Role.OBSERVER)


def test_a_change_keeps_what_was_said(world):
    row = recorded(world)
    change_priority(by=viewer_of(world.admin()), priority=row, said=replace(FALLS, title="No falls"), over=1)
    assert [card.title for card in held(world)] == ["No falls"]
    earlier = earlier_priorities(viewer_of(world.admin()), world.partnership.pk)
    assert [(one.title, one.number) for one in earlier] == [("Fewer falls", 1)]


@pytest.mark.parametrize(("said", "over", "words"), [
    (FALLS, 1, "Nothing was changed"),
    (replace(FALLS, title="No falls"), 2, "meanwhile"),
    (replace(FALLS, theme="nonsense"), 1, "no such theme"),
    (replace(FALLS, source_date=date(2030, 1, 1)), 1, "in the future"),
])
def test_a_change_that_cannot_stand_is_refused_in_words(world, said, over, words):
    row = recorded(world)
    with pytest.raises(Refused, match=words):
        change_priority(by=viewer_of(world.admin()), priority=row, said=said, over=over)


def test_ten_at_most_and_a_withdrawn_one_makes_room(world):
    rows = [recorded(world, replace(FALLS, title=f"Priority {n}")) for n in range(10)]
    with pytest.raises(Refused, match="10 priorities"):
        recorded(world)
    withdraw_priority(by=viewer_of(world.admin()), priority=rows[0])
    recorded(world)
    assert "Priority 0" not in {card.title for card in held(world)}
    with pytest.raises(Refused, match="withdrawn"):
        change_priority(by=viewer_of(world.admin()), priority=rows[0], said=FALLS, over=1)


def test_another_organisation_changes_nothing_of_it(world):
    row, other = recorded(world), colleague(world)
    with pytest.raises(NotAllowed):
        change_priority(by=other, priority=row, said=replace(FALLS, title="Mine"), over=1)
    with pytest.raises(NotAllowed):
        withdraw_priority(by=other, priority=row)
    with pytest.raises(NotFound):
        priority_for(other, world.partnership.pk, row.pk)
    with pytest.raises(CommonwealError):
        priorities_for(viewer_of(world.outsider), world.partnership.pk)


def test_by_hand_from_the_home_to_both_sides(world):
    client = signed_in(world.admin())
    key = world.partnership.pk
    href = reverse("needs:priorities", args=[key])
    assert href in client.get(reverse("web:partnership", args=[key])).content.decode()
    said = {"title": "Fewer falls", "why": "They cost most.", "theme": "older", "source": "Our plan",
            "source_date_day": "27", "source_date_month": "3", "source_date_year": "2025"}
    answer = client.post(reverse("needs:priority-record", args=[key]), said, follow=True)
    assert "Fewer falls" in answer.content.decode()
    page = client.get(reverse("needs:two-sides", args=[key])).content.decode()
    for words in ("Fewer falls", world.council.name, "27 March 2025", "about 23% fewer"):
        assert words in page


def test_a_missing_document_is_asked_for(world):
    client = signed_in(world.admin())
    answer = client.post(reverse("needs:priority-record", args=[world.partnership.pk]), {"title": "x"})
    assert answer.status_code == 200
    assert "In which document is it written?" in answer.content.decode()
    assert not held(world)


def test_priorities_stand_in_the_file_of_both_sides(world):
    recorded(world)
    recorded(world, replace(FALLS, title="More dance", theme="culture"))
    table = two_sides_table(two_sides(viewer_of(world.admin()), world.partnership.pk))
    said = {row[3] for row in table.rows if row[2] == "Priority"}
    assert said == {"Fewer falls. They cost us most.", "More dance. They cost us most."}


def test_priorities_as_data(world):
    recorded(world)
    answer = signed_in(world.admin()).get(f"/api/partnerships/{world.partnership.pk}/priorities")
    assert [(one["title"], one["source"]) for one in answer.json()] == [("Fewer falls", "Joint forward plan")]
