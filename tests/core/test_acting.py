"""On whose behalf: the only organisation, or the one that was chosen; a deed counts by the role held for it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.world import World

from commonweal.core.actions import invitations, roles, seats
from commonweal.core.actions.jobs import start_job
from commonweal.core.actions.partnerships import add_place
from commonweal.core.errors import ActForWhom, NotAllowed, NotFound
from commonweal.core.jobs.handle import Handle
from commonweal.core.models import Event, Organisation, OrganisationKind, PartnershipRole
from commonweal.core.permissions import ROLES, SEEING, Permission, Role
from commonweal.core.queries.acting import acting_in
from commonweal.core.viewer import SYSTEM, Grant, Viewer, acted_for, require, viewer_of
from commonweal.needs.actions.need import Wording, propose_need, sign_need, write_need
from commonweal.needs.models import Side
from commonweal.needs.queries.capacity import own_capacity

PLACES = [uuid4() for _ in range(2)]
BODIES = [uuid4() for _ in range(3)]
GRANTS = st.builds(Grant, st.sampled_from(PLACES), st.sampled_from(BODIES), st.sampled_from(list(Role)))


@pytest.fixture
def trust(world) -> Organisation:
    """A second organisation, of which the council's administrator is an observer."""
    made = seats.seat_new_organisation(
        by=SYSTEM, partnership=world.partnership, signs_off=True,
        new=seats.NewOrganisation("Testshire Trust", OrganisationKind.TRUST),
    ).organisation
    roles.give_role(
        by=SYSTEM, partnership=world.partnership, person=world.admin(), organisation=made, role=Role.OBSERVER
    )
    return made


def acting(world: World, organisation: Organisation) -> Viewer:
    return viewer_of(world.admin(), ((world.partnership.pk, organisation.pk),))


@given(st.lists(GRANTS, max_size=6), st.dictionaries(st.sampled_from(PLACES), st.sampled_from(BODIES)))
def test_nobody_acts_for_whom_they_hold_no_role_and_no_role_counts_for_another(held, said):
    viewer = Viewer(person=uuid4(), grants=tuple(held), acting=tuple(said.items()))
    for place in PLACES:
        there = {grant.organisation for grant in held if grant.partnership == place}
        acted = viewer.organisation_in(place)
        assert acted in there or acted is None
        if len(there) == 1:
            assert acted in there
        if said.get(place) in there:
            assert acted == said[place]
        if len(there) > 1 and said.get(place) not in there:
            assert acted is None
        for permission in Permission:
            by_role = {
                grant.organisation for grant in held
                if grant.partnership == place and permission in ROLES[grant.role]
            }
            if acted is not None and permission not in SEEING:
                assert viewer.may(permission, place) == (acted in by_role)
            else:
                assert viewer.may(permission, place) == bool(by_role)


def test_before_the_choice_everything_is_seen_and_nothing_done(world, trust):
    viewer, place = viewer_of(world.admin()), world.partnership.pk
    for permission in ROLES[Role.ADMIN]:
        if permission in SEEING:
            require(viewer, permission, place)
        else:
            with pytest.raises(ActForWhom) as raised:
                require(viewer, permission, place)
            assert raised.value.partnership == place
    with pytest.raises(ActForWhom):
        acted_for(viewer, place)
    assert acted_for(viewer, world.other_partnership.pk) is None


def test_a_deed_is_written_down_for_the_chosen_organisation(world, trust):
    roles.give_role(
        by=SYSTEM, partnership=world.partnership, person=world.admin(), organisation=trust, role=Role.ADMIN
    )
    for code, organisation in (("E07000998", world.council), ("E07000997", trust)):
        place = add_place(
            by=acting(world, organisation), partnership=world.partnership, kind="district", code=code,
            vintage=2024, name="More",
        )
        assert Event.objects.get(subject_id=place.pk).on_behalf_of == organisation.pk


def test_a_role_for_one_organisation_is_no_word_of_another(world, trust):
    """An observer for the trust does not sign for it with the council's role."""
    council, other = acting(world, world.council), acting(world, trust)
    need = write_need(
        by=council, partnership=world.partnership, title="Dance", side=Side.FOR_CULTURE, theme="culture",
        said=Wording("Girls", "Testshire", "somewhere to dance", "They said so."),
    ).identity
    with pytest.raises(NotAllowed, match="Change for whom you act"):
        propose_need(by=other, need=need)
    with pytest.raises(NotAllowed, match="Change for whom you act"):
        sign_need(by=other, need=need, number=1)


def test_an_administrator_gives_roles_only_for_whom_they_act(world, trust):
    said = {"partnership": world.partnership, "person": world.loner, "role": Role.OBSERVER}
    for organisation in (world.council, trust):
        roles.give_role(
            by=SYSTEM, partnership=world.partnership, person=world.people[Role.ANALYST],
            organisation=organisation, role=Role.ADMIN,
        )
    roles.give_role(
        by=SYSTEM, partnership=world.partnership, person=world.admin(), organisation=trust, role=Role.ADMIN
    )
    with pytest.raises(NotAllowed, match="administrator of Testshire Trust"):
        roles.give_role(by=acting(world, world.council), organisation=trust, **said)
    roles.give_role(by=acting(world, trust), organisation=trust, **said)


def test_what_is_said_and_answered_belongs_to_the_chosen_one(world, trust):
    viewer = viewer_of(world.admin())
    with pytest.raises(ActForWhom):
        own_capacity(viewer, world.partnership.pk)
    assert own_capacity(acting(world, trust), world.partnership.pk).organisation == "Testshire Trust"
    assert own_capacity(acting(world, world.council), world.partnership.pk).organisation == world.council.name


def test_work_in_the_background_goes_on_for_the_same_organisation(world, trust):
    job = start_job(
        by=acting(world, world.council), kind="upload.read", key="k", partnership=world.partnership
    )
    job.refresh_from_db()
    assert job.organisation == world.council
    assert Handle(job).by.organisation_in(world.partnership.pk) == world.council.pk
    require(Handle(job).by, Permission.UPLOAD, world.partnership.pk)


def test_an_invitation_counts_by_the_role_it_was_sent_in(world, trust):
    made, token = invitations.invite(
        by=acting(world, world.council), partnership=world.partnership, address="ada@testshire.gov.uk",
        organisation=world.council, role=Role.ANALYST,
    )
    assert made.on_behalf_of == world.council
    person = invitations.accept_as_new(token=token, name="Ada", password=None)
    assert viewer_of(person).roles_in(world.partnership.pk) == (Role.ANALYST,)


def test_when_the_chosen_role_ends_the_other_remains(world, trust):
    viewer = acting(world, trust)
    roles.end_role(by=SYSTEM, role=PartnershipRole.objects.get(person=world.admin(), organisation=trust))
    require(viewer, Permission.MANAGE_PARTNERSHIP, world.partnership.pk)
    assert acting(world, trust).organisation_in(world.partnership.pk) == world.council.pk


def test_the_choices_say_what_one_is_for_each(world, trust):
    page = acting_in(acting(world, trust), world.partnership.pk)
    assert page.name == "Testshire Trust"
    assert [(one.name, one.roles) for one in page.choices] == [
        ("Testshire District Council", "Member organisation administrator"), ("Testshire Trust", "Observer"),
    ]
    assert acting_in(viewer_of(world.admin()), world.partnership.pk).name == ""
    with pytest.raises(NotFound):
        acting_in(viewer_of(world.outsider), world.partnership.pk)
