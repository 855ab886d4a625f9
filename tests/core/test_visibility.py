"""Nothing of a partnership is ever seen by anyone without a part in it, whatever the roles and dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.apps import apps
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from commonweal.core import clock
from commonweal.core.actions.organisations import create_organisation
from commonweal.core.actions.partnerships import add_organisation, add_place, create_partnership
from commonweal.core.errors import NotFound
from commonweal.core.models import (
    Job,
    OrganisationKind,
    PartnershipPlace,
    PartnershipRecord,
    PartnershipRecordQuerySet,
    PartnershipRole,
    Person,
)
from commonweal.core.permissions import ROLES, Permission, Role
from commonweal.core.purpose import Purpose
from commonweal.core.queries.partnerships import partnership_for, partnerships_of
from commonweal.core.viewer import ANONYMOUS, viewer_of

TODAY = clock.today()
ROLE = st.sampled_from(list(Role))
OFFSET = st.integers(-3, 3)
GIVEN = st.lists(st.tuples(st.integers(0, 2), ROLE, OFFSET, st.none() | OFFSET), max_size=6)


def test_every_partnership_record_answers_visible_to():
    records = [model for model in apps.get_models() if issubclass(model, PartnershipRecord)]
    assert len(records) >= 4
    for model in records:
        assert isinstance(model._default_manager.all(), PartnershipRecordQuerySet), model
        assert not model._meta.get_field("partnership").null, model


class VisibleTo(TestCase):
    """One person, three partnerships, any roles at any dates."""

    def setUp(self):
        from commonweal.core.viewer import SYSTEM

        self.council = create_organisation(by=SYSTEM, name="Council", kind=OrganisationKind.DISTRICT)
        self.partnerships = [create_partnership(by=SYSTEM, name=f"Partnership {n}") for n in range(3)]
        for number, partnership in enumerate(self.partnerships):
            add_organisation(by=SYSTEM, partnership=partnership, organisation=self.council)
            add_place(
                by=SYSTEM, partnership=partnership, kind="ward", code=f"E0500000{number}", vintage=2024, name="W"
            )
        self.person = Person.objects.create_user("someone@example.gov.uk", name="Someone")

    @settings(max_examples=40, deadline=None)
    @given(given_roles=GIVEN, purpose=st.sampled_from(list(Purpose)))
    def test_sees_what_a_role_in_force_allows_and_nothing_else(self, given_roles, purpose):
        PartnershipRole.objects.all().delete()
        allowed = set()
        for place, role, start, length in given_roles:
            first = TODAY + timedelta(days=start)
            last = None if length is None else first + timedelta(days=max(length, 0))
            partnership = self.partnerships[place]
            if last is None and self._has(partnership, role):
                continue
            PartnershipRole(
                partnership=partnership, person=self.person, organisation=self.council, role=role, start=first,
                end=last,
            ).save()
            if first <= TODAY and (last is None or last > TODAY):
                allowed |= {partnership.pk} if Permission.VIEW_PARTNERSHIP in ROLES[role] else set()
        viewer = viewer_of(self.person)
        seen = PartnershipPlace.objects.visible_to(viewer, purpose).values_list("partnership_id", flat=True)
        assert set(seen) == allowed
        assert {card.id for card in partnerships_of(viewer)} == allowed

    def _has(self, partnership, role):
        return PartnershipRole.objects.filter(partnership=partnership, role=role, end=None).exists()


def test_a_partnership_is_not_there_for_those_outside(world):
    for viewer in (ANONYMOUS, viewer_of(world.outsider), viewer_of(world.loner), viewer_of(world.staff)):
        with pytest.raises(NotFound):
            partnership_for(viewer, world.partnership.pk)
    for role in Role:
        assert partnership_for(viewer_of(world.people[role]), world.partnership.pk).name == "Testshire together"


def test_jobs_are_seen_by_their_owner_and_by_those_who_may_see_work(world):
    Job(key="a", kind="x", owner=world.people[Role.ANALYST], partnership=world.partnership).save()
    Job(key="b", kind="x", owner=world.outsider, partnership=world.other_partnership).save()
    Job(key="c", kind="x").save()

    def seen(person: Person) -> set[str]:
        return set(Job.objects.visible_to(viewer_of(person)).values_list("key", flat=True))

    assert seen(world.admin()) == {"a"}
    assert seen(world.people[Role.PROVIDER]) == set()
    assert seen(world.outsider) == {"b"}
    assert seen(world.staff) == {"c"}
    assert not Job.objects.visible_to(ANONYMOUS).exists()


def test_an_ended_partnership_is_not_listed(world):
    world.partnership.end = TODAY + timedelta(days=1)
    world.partnership.save()
    viewer = viewer_of(world.admin())
    assert partnerships_of(viewer)
    world.partnership.start, world.partnership.end = date(2020, 1, 1), TODAY
    world.partnership.save()
    assert partnerships_of(viewer) == ()
