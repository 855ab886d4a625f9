"""Invitations: an offer changes nothing until it is accepted, works once, and only on a word that still counts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.world import World

from commonweal.core import clock
from commonweal.core.actions import invitations, people, roles, seats
from commonweal.core.actions.partnerships import add_organisation
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.models import (
    Event,
    Invitation,
    Membership,
    Organisation,
    OrganisationKind,
    Person,
    TombstoneReason,
    Verb,
)
from commonweal.core.models.invitations import hash_of, new_token
from commonweal.core.permissions import Role
from commonweal.core.viewer import SYSTEM, viewer_of

NEW = "ada@testshire.gov.uk"


@pytest.fixture
def trust(world) -> Organisation:
    seat = seats.seat_new_organisation(
        by=viewer_of(world.admin()), partnership=world.partnership,
        new=seats.NewOrganisation("Testshire Trust", OrganisationKind.TRUST),
    )
    return seat.organisation


def invited(world: World, address: str = NEW, **said) -> tuple[Invitation, str]:
    return invitations.invite(**{
        "by": viewer_of(world.admin()), "partnership": world.partnership, "address": address,
        "organisation": world.council, "role": Role.ANALYST, **said,
    })


def joined(token: str, name: str = "Ada New") -> Person:
    return invitations.accept_as_new(token=token, name=name, password="quiet marmalade lighthouse")


def test_nothing_is_made_before_it_is_accepted(world):
    before = (Person.objects.count(), Membership.objects.count())
    made, token = invited(world, " Ada@Testshire.gov.uk ")
    assert (Person.objects.count(), Membership.objects.count()) == before
    assert made.address == NEW
    assert token not in str(Invitation.objects.values())
    person = joined(token)
    assert viewer_of(person).roles_in(world.partnership.pk) == (Role.ANALYST,)
    assert person.memberships.get().organisation == world.council
    assert person.check_password("quiet marmalade lighthouse")
    made.refresh_from_db()
    assert (made.address, made.accepted_by) == ("", person)


def test_deeds_are_written_down_as_ids(world):
    made, token = invited(world)
    person = joined(token)
    found = dict(Event.objects.filter(subject_id=made.pk).values_list("verb", "actor"))
    assert found == {Verb.INVITED: world.admin().pk, Verb.INVITATION_ACCEPTED: person.pk}
    accepted = Event.objects.get(verb=Verb.INVITATION_ACCEPTED)
    assert accepted.on_behalf_of == world.council.pk


def test_whoever_has_an_account_accepts_as_themselves(world):
    _, token = invited(world, "LONER@host.gov.uk")
    with pytest.raises(Refused, match="another address"):
        invitations.accept_invitation(by=viewer_of(world.outsider), token=token)
    with pytest.raises(NotAllowed, match="Sign in"):
        invitations.accept_invitation(by=SYSTEM, token=token)
    with pytest.raises(Refused, match="already an account"):
        joined(token)
    given_role = invitations.accept_invitation(by=viewer_of(world.loner), token=token)
    assert given_role.person == world.loner
    with pytest.raises(Refused, match="no longer works"):
        invitations.accept_invitation(by=viewer_of(world.loner), token=token)


def test_accepting_what_one_has_already_changes_nothing(world):
    observer = world.people[Role.OBSERVER]
    _, token = invited(world, observer.email, role=Role.OBSERVER)
    before = observer.roles.get()
    assert invitations.accept_invitation(by=viewer_of(observer), token=token) == before
    assert observer.roles.count() == 1


def test_no_link_is_honoured_that_was_not_sent(world):
    invited(world)
    for token in ("", "x", hash_of("x"), Invitation.objects.get().token_hash):
        with pytest.raises(NotFound):
            joined(token)


@given(st.integers(1, 50))
def test_tokens_are_long_and_never_repeat(count):
    made = {new_token() for _ in range(count)}
    assert len(made) == count
    assert min(map(len, made)) >= 43


def test_a_link_ends_after_fourteen_days_and_can_be_sent_anew(world):
    made, old = invited(world)
    with clock.fixed(clock.now() + timedelta(days=14)):
        with pytest.raises(Refused, match="no longer works"):
            joined(old)
        again, token = invited(world)  # asking anew renews the one that ran out
        assert again.pk == made.pk
        with pytest.raises(NotFound):
            joined(old)
        assert joined(token).email == NEW


def test_sending_again_ends_the_old_link(world):
    made, old = invited(world)
    with pytest.raises(Refused, match="already an invitation"):
        invited(world)
    token = invitations.send_invitation_again(by=viewer_of(world.admin()), invitation=made)
    with pytest.raises(NotFound):
        joined(old)
    joined(token)
    with pytest.raises(Refused, match="already been accepted"):
        invitations.send_invitation_again(by=viewer_of(world.admin()), invitation=made)


def test_a_withdrawn_one_opens_nothing_and_forgets_the_address(world):
    made, token = invited(world)
    invitations.withdraw_invitation(by=viewer_of(world.admin()), invitation=made)
    with pytest.raises(Refused, match="no longer works"):
        joined(token)
    made.refresh_from_db()
    assert made.address == ""
    with pytest.raises(Refused, match="accepted or withdrawn"):
        invitations.withdraw_invitation(by=viewer_of(world.admin()), invitation=made)


@pytest.mark.parametrize("who", ["analyst", "outsider", "loner"])
def test_only_administrators_of_the_partnership_invite(world, who):
    made, _ = invited(world)
    by = viewer_of(world.people[Role.ANALYST] if who == "analyst" else getattr(world, who))
    for deed in (
        lambda: invited(world, "spy@otherham.gov.uk", by=by),
        lambda: invitations.send_invitation_again(by=by, invitation=made),
        lambda: invitations.withdraw_invitation(by=by, invitation=made),
    ):
        with pytest.raises(NotAllowed):
            deed()


@pytest.mark.parametrize("address", ["", "nobody", "a@b", "a@b.uk\nBcc: all@x.uk"])
def test_an_address_is_an_address(world, address):
    with pytest.raises(Refused, match="correct format"):
        invited(world, address)


def test_an_organisation_without_a_seat_has_nobody_invited(world):
    with pytest.raises(Refused, match="not in Testshire together"):
        invited(world, organisation=world.other_council)


def test_administrators_answer_for_their_own(world, trust):
    _, token = invited(world, organisation=trust, role=Role.ADMIN)
    head = joined(token)  # the first administrator of a new organisation
    assert head.memberships.get().organisation == trust
    with pytest.raises(NotAllowed, match="administrator of Testshire Trust"):
        invited(world, "more@trust.org.uk", organisation=trust)
    assert invited(world, "more@trust.org.uk", organisation=trust, by=viewer_of(head))


def test_nobody_is_made_a_member_on_a_strangers_word(world):
    """The neighbour has administrators elsewhere: ours may offer its people roles, and no place in it."""
    add_organisation(by=SYSTEM, partnership=world.partnership, organisation=world.other_council)
    _, token = invited(world, organisation=world.other_council)
    person = joined(token)
    assert viewer_of(person).roles_in(world.partnership.pk) == (Role.ANALYST,)
    assert not person.memberships.exists()
    _, token = invited(world, "cuckoo@testshire.gov.uk", organisation=world.other_council, role=Role.ADMIN)
    with pytest.raises(Refused, match="already has an administrator in another partnership"):
        joined(token)
    assert not Person.objects.filter(email="cuckoo@testshire.gov.uk").exists()
    _, token = invited(world, world.outsider.email, organisation=world.other_council, role=Role.ADMIN)
    invitations.accept_invitation(by=viewer_of(world.outsider), token=token)
    assert viewer_of(world.outsider).roles_in(world.partnership.pk) == (Role.ADMIN,)


def test_the_word_of_somebody_who_left_counts_no_more(world):
    second = world.people[Role.ANALYST]
    roles.give_role(
        by=SYSTEM, partnership=world.partnership, person=second, organisation=world.council, role=Role.ADMIN
    )
    _, token = invited(world)
    roles.end_role(by=viewer_of(second), role=world.admin().roles.get())
    with pytest.raises(Refused, match="no longer works"):
        joined(token)
    assert not Person.objects.filter(email=NEW).exists()


def test_the_invented_stay_invented(world):
    said = {
        "by": viewer_of(world.invented_person), "partnership": world.invented,
        "organisation": world.invented_person.roles.get().organisation,
    }
    with pytest.raises(Refused, match=r"@example\.com"):
        invited(world, **said)
    _, token = invited(world, "ada@example.com", **said)
    assert joined(token).example


def test_addresses_are_forgotten_when_asked_and_when_their_time_is_up(world):
    invited(world)
    invited(world, world.loner.email)
    people.erase_person(by=SYSTEM, person=world.loner, reason=TombstoneReason.ASKED)
    assert list(Invitation.objects.exclude(address="").values_list("address", flat=True)) == [NEW]
    assert invitations.forget_old_addresses() == 0
    with clock.fixed(clock.now() + timedelta(days=45)):
        assert invitations.forget_old_addresses() == 1
    assert not Invitation.objects.exclude(address="").exists()
