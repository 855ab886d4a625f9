"""A person can be forgotten, and stays forgotten when a backup is restored; what was done stays, as ids."""

from __future__ import annotations

import json

import pytest
from allauth.account.models import EmailAddress
from django.core import serializers

from commonweal.core.actions.people import FORGOTTEN, add_member, erase_person, replay_tombstones
from commonweal.core.errors import NotAllowed
from commonweal.core.models import Event, Membership, Person, Tombstone, TombstoneReason
from commonweal.core.permissions import Role
from commonweal.core.viewer import ANONYMOUS, SYSTEM, viewer_of


def everything_said(person: Person) -> str:
    rows = [*Person.objects.all(), *Membership.objects.all(), *Membership.history.all(), *Event.objects.all(),
            *EmailAddress.objects.all()]
    return json.dumps(serializers.serialize("python", rows), default=str)


@pytest.fixture
def analyst(world) -> Person:
    person = world.people[Role.ANALYST]
    membership = add_member(by=SYSTEM, person=person, organisation=world.council, job="Chief of Swimming")
    membership.role = "Head of Swimming"
    membership.save()
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    return person


def test_nothing_of_them_is_left_but_ids(analyst, world):
    assert "Chief of Swimming" in everything_said(analyst)
    erase_person(by=viewer_of(world.staff), person=analyst, reason=TombstoneReason.ASKED)
    said = everything_said(analyst)
    for word in ("analyst@testshire", "Pat Analyst", "of Swimming"):
        assert word not in said
    analyst.refresh_from_db()
    assert (analyst.name, analyst.is_active) == (FORGOTTEN, False)
    assert viewer_of(analyst) == ANONYMOUS
    assert Tombstone.objects.get().subject_id == analyst.pk


def test_only_staff_forget(analyst, world):
    with pytest.raises(NotAllowed):
        erase_person(by=viewer_of(world.admin()), person=analyst, reason=TombstoneReason.ASKED)


def test_a_restored_backup_forgets_again(analyst, world):
    backup = serializers.serialize("json", [analyst])
    erase_person(by=SYSTEM, person=analyst, reason=TombstoneReason.RETENTION)
    assert replay_tombstones() == 0
    for restored in serializers.deserialize("json", backup):
        restored.save()
    assert Person.objects.filter(email="analyst@testshire.gov.uk").exists()
    assert replay_tombstones() == 1
    assert not Person.objects.filter(email="analyst@testshire.gov.uk").exists()
    assert Tombstone.objects.count() == 1
