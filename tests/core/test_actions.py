"""Every action checks who asks, is whole or not at all, and leaves an event of ids alone."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from commonweal.core import clock
from commonweal.core.actions import organisations, partnerships, people, roles
from commonweal.core.errors import NotAllowed, Refused
from commonweal.core.models import (
    Event,
    Organisation,
    OrganisationKind,
    Partnership,
    PartnershipRole,
    SuccessionKind,
    Verb,
)
from commonweal.core.permissions import Role
from commonweal.core.viewer import ANONYMOUS, SYSTEM, viewer_of


def last_event() -> Event:
    return Event.objects.order_by("id").last()


def test_create_organisation_is_for_staff(world):
    by = viewer_of(world.staff)
    made = organisations.create_organisation(by=by, name=" Parks Trust ", kind=OrganisationKind.TRUST)
    assert made.name == "Parks Trust"
    event = last_event()
    assert (event.verb, event.actor, event.subject_id) == (Verb.ORGANISATION_CREATED, world.staff.pk, made.pk)
    for nobody in (ANONYMOUS, viewer_of(world.admin()), viewer_of(world.loner)):
        with pytest.raises(NotAllowed):
            organisations.create_organisation(by=nobody, name="X", kind=OrganisationKind.TRUST)
    assert Organisation.objects.filter(name="X").count() == 0


def test_a_refused_action_leaves_no_event(world):
    before = Event.objects.count()
    with pytest.raises(Refused):
        organisations.create_organisation(by=SYSTEM, name="", kind=OrganisationKind.TRUST)
    assert Event.objects.count() == before


def test_only_its_administrator_changes_what_is_known_of_an_organisation(world):
    admin = viewer_of(world.admin())
    organisations.identify_organisation(
        by=admin, organisation=world.council, scheme="GSS", value="E07000999", source="ONS"
    )
    organisations.add_department(by=admin, organisation=world.council, name="Leisure")
    organisations.record_fact(
        by=admin, organisation=world.council, kind="staff", value=240, source="Pay statement",
        as_at=date(2026, 3, 31),
    )
    with pytest.raises(NotAllowed, match="Otherham"):
        organisations.add_department(by=admin, organisation=world.other_council, name="Leisure")
    with pytest.raises(Refused):
        organisations.add_department(by=admin, organisation=world.council, name="Leisure")
    with pytest.raises(Refused):
        organisations.record_fact(
            by=admin, organisation=world.council, kind="staff", value=1, source="", as_at=date(2026, 3, 31)
        )


def test_invented_and_real_are_never_mixed(world):
    example = Organisation.objects.get(name="Larkmere Council")
    with pytest.raises(Refused, match="Invented"):
        partnerships.add_organisation(by=SYSTEM, partnership=world.partnership, organisation=example)
    with pytest.raises(Refused, match="Invented"):
        roles.give_role(
            by=SYSTEM, partnership=world.partnership, person=world.invented_person, organisation=world.council,
            role=Role.OBSERVER,
        )
    with pytest.raises(Refused, match="Invented"):
        people.add_member(by=SYSTEM, person=world.invented_person, organisation=world.council)
    for partnership, code in ((world.partnership, "Z07000001"), (world.invented, "E07000001")):
        with pytest.raises(Refused, match="Invented"):
            partnerships.add_place(
                by=SYSTEM, partnership=partnership, kind="district", code=code, vintage=2024, name="Somewhere"
            )


def test_a_place_is_one_area_or_a_drawn_set_and_stands_once(world):
    by = viewer_of(world.admin())
    said = {"by": by, "partnership": world.partnership, "vintage": 2021}
    small = ["E01000002", "E01000001"]
    drawn = partnerships.add_place(**said, kind="drawn", code="", name="East end", areas=small)
    assert drawn.areas == ["E01000001", "E01000002"]
    partnerships.add_place(**said, kind="ward", code="E05000001", name="Abbey")
    for wrong in (
        {"kind": "ward", "code": "E05000001", "name": "Abbey"},
        {"kind": "drawn", "code": "", "name": "Nothing"},
        {"kind": "ward", "code": "", "name": "Nothing"},
        {"kind": "ward", "code": "E05000002", "name": "Both", "areas": ["E01000001"]},
    ):
        with pytest.raises(Refused):
            partnerships.add_place(**said, **wrong)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_administrators_manage(world, role):
    by = viewer_of(world.people[role])
    with pytest.raises(NotAllowed):
        partnerships.add_place(
            by=by, partnership=world.partnership, kind="ward", code="E05000001", vintage=2024, name="Abbey"
        )
    with pytest.raises(NotAllowed):
        roles.give_role(
            by=by, partnership=world.partnership, person=world.loner, organisation=world.council, role=Role.ADMIN
        )


def test_administrators_answer_for_their_own_organisation(world):
    trust = organisations.create_organisation(by=SYSTEM, name="Trust", kind=OrganisationKind.TRUST)
    admin = viewer_of(world.admin())
    with pytest.raises(Refused, match="Add it first"):
        roles.give_role(
            by=admin, partnership=world.partnership, person=world.loner, organisation=trust, role=Role.ADMIN
        )
    partnerships.add_organisation(by=admin, partnership=world.partnership, organisation=trust)
    roles.give_role(
        by=admin, partnership=world.partnership, person=world.loner, organisation=trust, role=Role.ADMIN
    )
    with pytest.raises(NotAllowed, match="administrator of Trust"):
        roles.give_role(
            by=admin, partnership=world.partnership, person=world.outsider, organisation=trust, role=Role.OBSERVER
        )
    with pytest.raises(Refused, match="already in"):
        partnerships.add_organisation(by=admin, partnership=world.partnership, organisation=trust)


def test_a_role_is_given_once_ended_once_and_the_last_administrator_stays(world):
    admin = viewer_of(world.admin())
    said = {"by": admin, "partnership": world.partnership, "organisation": world.council}
    with pytest.raises(Refused, match="already has this role"):
        roles.give_role(**said, person=world.people[Role.OBSERVER], role=Role.OBSERVER)
    observer = PartnershipRole.objects.get(person=world.people[Role.OBSERVER])
    ended = roles.end_role(by=admin, role=observer)
    assert ended.end == clock.today()
    assert last_event().on_behalf_of == world.council.pk
    with pytest.raises(Refused, match="already ended"):
        roles.end_role(by=admin, role=observer)
    roles.give_role(**said, person=world.people[Role.OBSERVER], role=Role.OBSERVER)
    with pytest.raises(Refused, match="last administrator"):
        roles.end_role(by=admin, role=PartnershipRole.objects.get(person=world.admin()))


@pytest.mark.parametrize("email", ["", "nobody", "a@b", "ADMIN@testshire.gov.uk"])
def test_an_account_needs_an_address_of_its_own(world, email):
    with pytest.raises(Refused):
        people.add_person(by=SYSTEM, email=email, name="Somebody")


def test_partnerships_join_and_keep_their_ids(world):
    joined = partnerships.create_partnership(by=SYSTEM, name="Both")
    day = clock.today() + timedelta(days=30)
    links = partnerships.succeed_partnership(
        by=SYSTEM, before=[world.partnership, world.other_partnership], after=[joined], day=day
    )
    assert {link.kind for link in links} == {SuccessionKind.JOIN}
    assert Partnership.objects.get(pk=world.partnership.pk).end == day
    assert {link.before_id for link in joined.predecessors.all()} == {
        world.partnership.pk, world.other_partnership.pk
    }
    parts = [partnerships.create_partnership(by=SYSTEM, name=name) for name in ("East", "West")]
    split = partnerships.succeed_partnership(by=SYSTEM, before=[joined], after=parts, day=day)
    assert {link.kind for link in split} == {SuccessionKind.SPLIT}
    with pytest.raises(Refused, match="joins several"):
        partnerships.succeed_partnership(
            by=SYSTEM, before=[world.partnership, world.other_partnership], after=parts, day=day
        )


def test_events_hold_ids_and_no_words(world):
    fields = {field.name: field for field in Event._meta.get_fields()}
    assert not any(field.is_relation for field in fields.values())
    words = [name for name, field in fields.items() if field.get_internal_type() in ("CharField", "TextField")]
    assert set(words) == {"verb", "subject_type"}
    for event in Event.objects.all():
        assert "@" not in f"{event.verb}{event.subject_type}"
        assert event.subject_id != uuid4()
