"""A need that holds much evidence: counted by the database, shown a page at a time."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.needs.conftest import words_of
from tests.world import signed_in

from commonweal.core.permissions import Role
from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.evidence import (
    Told,
    correct_evidence,
    place_evidence,
    record_evidence,
    withdraw_evidence,
)
from commonweal.needs.actions.need import Wording, hold_evidence, propose_need, write_need
from commonweal.needs.models import Side, Verdict
from commonweal.needs.queries.needs import needs_for

PIECES = 30


def told(number, perspective="users"):
    return Told(title=f"Talk {number:02}", kind="statement", perspective=perspective, summary="It costs too much.")


@pytest.fixture
def held(world):
    by, home = viewer_of(world.people[Role.CONTRIBUTOR]), world.partnership
    need = write_need(by=by, partnership=home, title="Cheaper swims", side=Side.FOR_CULTURE, theme="culture",
                      said=Wording("Families", "Testshire", "swims they can pay for", "They said so.")).identity
    items = []
    for number in range(PIECES):
        item = record_evidence(by=by, partnership=home, told=told(number))
        place_evidence(by=by, partnership=home, item=item.pk)
        hold_evidence(by=by, need=need, item=item.pk, verdict=Verdict.SUPPORTS)
        items.append(item.pk)
    return by, need, items


def strip(by, need):
    return {one.key: one.items for one in needs_for(by, need.partnership_id)[0].strip}


def test_what_is_withdrawn_or_corrected_is_counted_so(held):
    by, need, items = held
    assert strip(by, need)["users"] == PIECES
    withdraw_evidence(by=by, partnership=need.partnership, item=items[0], why="Asked of the wrong people.")
    correct_evidence(by=by, partnership=need.partnership, item=items[1], told=told(1, "partners"))
    assert strip(by, need) == {"users": PIECES - 2, "community": 0, "partners": 1, "providers": 0}


@pytest.mark.parametrize(("asked", "there", "gone"), [
    ("", "1 to 25 of 30", "Talk 29"), ("?held=2", "26 to 30 of 30", "Talk 03"),
    ("?held=zz", "1 to 25 of 30", "Talk 29"),
    ("?held=99", "none so far down", "Talk 03"),
])
def test_it_is_read_a_page_at_a_time(world, held, asked, there, gone):
    _, need, _ = held
    address = reverse("needs:need", args=[need.partnership_id, need.pk])
    said = words_of(signed_in(world.people[Role.CONTRIBUTOR]).get(address + asked).content.decode())
    assert there in said
    assert gone not in said


def test_what_stood_when_it_was_proposed_has_pages_too(world, held):
    by, need, _ = held
    propose_need(by=by, need=need)
    address = reverse("needs:need", args=[need.partnership_id, need.pk])
    said = words_of(signed_in(world.people[Role.CONTRIBUTOR]).get(f"{address}?stood=2&held=99").content.decode())
    assert "26 to 30 of 30" in said
    assert "Talk 29" in said
