"""Organisations join, sign off and leave, and nobody learns the names of other partnerships' organisations."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.world import World

from commonweal.core import clock
from commonweal.core.actions.organisations import create_organisation, identify_organisation
from commonweal.core.actions.roles import give_role
from commonweal.core.actions.seats import (
    NewOrganisation,
    call_off_change,
    change_seat,
    seat_known_organisation,
    seat_new_organisation,
)
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.models import (
    Event,
    Organisation,
    OrganisationKind,
    PartnershipOrganisation,
    PartnershipRole,
    SeatChange,
    SeatChangeKind,
    Verb,
)
from commonweal.core.permissions import Permission, Role
from commonweal.core.queries.organisations import organisation_in_partnership, organisations_called
from commonweal.core.viewer import SYSTEM, require, viewer_of

CLUB = NewOrganisation("  Testshire   Rowing Club ", OrganisationKind.THIRD_SECTOR)


def club(world: World, *, signs_off: bool = False) -> PartnershipOrganisation:
    return seat_new_organisation(
        by=viewer_of(world.admin()), partnership=world.partnership, new=CLUB, signs_off=signs_off
    )


def names(person, partnership, words: str) -> list[str]:
    return [one.name for one in organisations_called(viewer_of(person), partnership.pk, words)]


def test_an_administrator_enters_an_organisation_once(world):
    seat = club(world, signs_off=True)
    assert (seat.organisation.name, seat.signs_off) == ("Testshire Rowing Club", True)
    with pytest.raises(Refused, match="already known"):
        seat_new_organisation(
            by=viewer_of(world.admin()), partnership=world.partnership,
            new=NewOrganisation("testshire rowing club", OrganisationKind.OTHER),
        )
    assert Organisation.objects.filter(name__icontains="rowing").count() == 1
    (match,) = organisations_called(viewer_of(world.admin()), world.partnership.pk, "rowing testshire")
    assert match.seated


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_an_administrator_adds_finds_or_changes(world, role):
    by = viewer_of(world.people[role])
    seat = PartnershipOrganisation.objects.get(partnership=world.partnership)
    with pytest.raises(NotAllowed):
        seat_new_organisation(by=by, partnership=world.partnership, new=CLUB)
    with pytest.raises(NotAllowed):
        change_seat(by=by, seat=seat, what=SeatChangeKind.SIGN_OFF_ENDED, reason="x")
    with pytest.raises(NotFound):
        organisations_called(by, world.partnership.pk, "council")


def test_names_of_other_partnerships_never_show(world):
    free = create_organisation(by=SYSTEM, name="Otherham Free Choir", kind=OrganisationKind.THIRD_SECTOR)
    identify_organisation(
        by=SYSTEM, organisation=world.other_council, scheme="GSS", value="E08000998", source="ONS"
    )
    identify_organisation(by=SYSTEM, organisation=free, scheme="GB-CHC", value="1234567", source="Register")
    admin = world.admin()
    assert names(admin, world.partnership, "otherham") == ["Otherham Free Choir"]
    assert names(admin, world.partnership, "1234567") == ["Otherham Free Choir"]
    assert names(admin, world.partnership, "E08000998") == []
    assert names(admin, world.partnership, "larkmere") == []
    with pytest.raises(NotFound) as hidden:
        seat_known_organisation(
            by=viewer_of(admin), partnership=world.partnership, organisation=world.other_council
        )
    assert "Otherham" not in str(hidden.value)
    made = seat_new_organisation(
        by=viewer_of(admin), partnership=world.partnership,
        new=NewOrganisation(world.other_council.name, OrganisationKind.DISTRICT),
    )
    assert made.organisation_id != world.other_council.pk
    seat_known_organisation(by=viewer_of(admin), partnership=world.partnership, organisation=free)
    assert names(world.outsider, world.other_partnership, "free choir") == []
    with pytest.raises(NotFound):
        organisation_in_partnership(viewer_of(world.outsider), world.partnership.pk, free.pk)


def test_sign_off_is_given_and_ended_with_a_day_and_a_reason(world):
    by, seat = viewer_of(world.admin()), club(world)
    change_seat(by=by, seat=seat, what=SeatChangeKind.SIGN_OFF_GIVEN, reason="Speaks for 40 clubs")
    change_seat(by=by, seat=seat, what=SeatChangeKind.SIGN_OFF_ENDED, reason="Asked to step back")
    page = organisation_in_partnership(by, world.partnership.pk, seat.organisation_id)
    assert not page.signs_off
    assert [(line.what, line.reason) for line in page.history] == [
        ("Stopped signing off what is agreed", "Asked to step back"),
        ("Began to sign off what is agreed", "Speaks for 40 clubs"),
        ("Joined the partnership", ""),
    ]
    assert page.history[0].by == world.admin().name
    verbs = Event.objects.filter(subject_id=seat.pk).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == [Verb.ORGANISATION_JOINED, Verb.SIGN_OFF_GIVEN, Verb.SIGN_OFF_ENDED]


@pytest.mark.parametrize(("what", "reason", "days", "sentence"), [
    (SeatChangeKind.SIGN_OFF_ENDED, "x", 0, "does not sign off"),
    (SeatChangeKind.SIGN_OFF_GIVEN, "  ", 0, "cannot be blank|Say why"),
    (SeatChangeKind.SIGN_OFF_GIVEN, "x", 800, "next two years"),
    (SeatChangeKind.SIGN_OFF_GIVEN, "x", -1, "joined on"),
])
def test_a_change_that_makes_no_sense_is_refused(world, what, reason, days, sentence):
    seat = club(world)
    with pytest.raises(Refused, match=sentence):
        change_seat(
            by=viewer_of(world.admin()), seat=seat, what=what, reason=reason,
            day=clock.today() + timedelta(days=days),
        )
    seat.refresh_from_db()
    assert not seat.signs_off
    assert not SeatChange.objects.exists()


def test_nothing_is_changed_on_a_day_that_is_past(world):
    seat = club(world, signs_off=True)
    with on(30), pytest.raises(Refused, match="today or a later day"):
        change_seat(
            by=viewer_of(world.admin()), seat=seat, what=SeatChangeKind.SIGN_OFF_ENDED, reason="x",
            day=clock.today() - timedelta(days=1),
        )
    assert signs(seat)


def test_leaving_closes_access_at_once(world):
    by, seat = viewer_of(world.admin()), club(world, signs_off=True)
    give_role(
        by=by, partnership=world.partnership, person=world.loner, organisation=seat.organisation, role=Role.ANALYST
    )
    on_a_page = viewer_of(world.loner)
    change_seat(by=by, seat=seat, what=SeatChangeKind.LEFT, reason="Closed down")
    with pytest.raises(NotAllowed):
        require(on_a_page, Permission.VIEW_PARTNERSHIP, world.partnership.pk)
    seat.refresh_from_db()
    assert (seat.signs_off, seat.end) == (False, seat.start + timedelta(days=1))
    with pytest.raises(Refused, match="already left"):
        change_seat(by=by, seat=seat, what=SeatChangeKind.LEFT, reason="Again")


def test_the_last_administrators_organisation_does_not_leave(world):
    seat = PartnershipOrganisation.objects.get(partnership=world.partnership)
    with pytest.raises(Refused, match="no administrator left"):
        change_seat(by=viewer_of(world.admin()), seat=seat, what=SeatChangeKind.LEFT, reason="x")
    assert PartnershipRole.objects.filter(partnership=world.partnership, end=None).count() == len(Role)


def on(days: int):
    return clock.fixed(clock.now() + timedelta(days=days))


def signs(seat: PartnershipOrganisation) -> bool:
    held = PartnershipOrganisation.objects.on(clock.today()).get(
        partnership=seat.partnership, organisation=seat.organisation
    )
    return held.signs_off


@pytest.mark.parametrize(("before", "what"), [
    (False, SeatChangeKind.SIGN_OFF_GIVEN), (True, SeatChangeKind.SIGN_OFF_ENDED),
])
def test_sign_off_changes_on_its_day_and_not_before(world, before, what):
    by, seat = viewer_of(world.admin()), club(world, signs_off=before)
    day = clock.today() + timedelta(days=30)
    change_seat(by=by, seat=seat, what=what, reason="From the new year", day=day)
    page = organisation_in_partnership(by, world.partnership.pk, seat.organisation_id)
    assert (page.signs_off, page.since, page.ended, page.coming.day) == (before, seat.start, None, day)
    assert [line.what for line in page.history] == ["Joined the partnership"]
    with pytest.raises(Refused, match="already agreed"):
        change_seat(by=by, seat=seat, what=SeatChangeKind.LEFT, reason="x")
    with on(29):
        assert signs(seat) is before
    with on(30):
        assert signs(seat) is not before
        page = organisation_in_partnership(by, world.partnership.pk, seat.organisation_id)
        assert (page.since, page.coming) == (seat.start, None)
        assert [line.what for line in page.history] == [str(what.label), "Joined the partnership"]
        change_seat(
            by=by, seat=PartnershipOrganisation.objects.get(pk=page.seat), what=SeatChangeKind.LEFT, reason="Done"
        )


def test_leaving_on_a_day_to_come_closes_access_on_that_day(world):
    by, seat = viewer_of(world.admin()), club(world, signs_off=True)
    said = {"partnership": world.partnership, "organisation": seat.organisation}
    give_role(by=by, person=world.loner, role=Role.ANALYST, **said)
    day = clock.today() + timedelta(days=10)
    change_seat(by=by, seat=seat, what=SeatChangeKind.LEFT, reason="Merges", day=day)
    late = give_role(by=SYSTEM, person=world.outsider, role=Role.OBSERVER, **said)
    assert late.end == day  # a role never outlasts the seat
    with on(9):
        require(viewer_of(world.loner), Permission.VIEW_PARTNERSHIP, world.partnership.pk)
        assert signs(seat)
    with on(10):
        assert not viewer_of(world.loner).grants
        page = organisation_in_partnership(by, world.partnership.pk, seat.organisation_id)
        assert (page.ended, page.people) == (day, ())


@pytest.mark.parametrize("what", [SeatChangeKind.LEFT, SeatChangeKind.SIGN_OFF_GIVEN])
def test_a_change_to_come_is_called_off(world, what):
    by, seat = viewer_of(world.admin()), club(world)
    give_role(
        by=by, partnership=world.partnership, person=world.loner, organisation=seat.organisation, role=Role.ANALYST
    )
    day = clock.today() + timedelta(days=10)
    change = change_seat(by=by, seat=seat, what=what, reason="Thought so", day=day)
    with pytest.raises(NotAllowed):
        call_off_change(by=viewer_of(world.people[Role.ANALYST]), change=change)
    call_off_change(by=by, change=change)
    assert Event.objects.latest("id").verb == Verb.SEAT_CHANGE_CALLED_OFF
    with pytest.raises(Refused, match="took effect or was called off"):
        call_off_change(by=by, change=change)
    with on(11):
        assert viewer_of(world.loner).roles_in(world.partnership.pk) == (Role.ANALYST,)
        assert not signs(seat)
        page = organisation_in_partnership(by, world.partnership.pk, seat.organisation_id)
        assert "Called off" in page.history[0].what
        change_seat(by=by, seat=seat, what=what, reason="Now it is so")


def test_what_has_taken_effect_is_not_called_off(world):
    by, seat = viewer_of(world.admin()), club(world)
    change = change_seat(by=by, seat=seat, what=SeatChangeKind.SIGN_OFF_GIVEN, reason="x")
    with pytest.raises(Refused, match="took effect"):
        call_off_change(by=by, change=change)


def with_its_own(world: World, seat: PartnershipOrganisation, role: Role) -> None:
    give_role(
        by=SYSTEM, partnership=world.partnership, person=world.loner, organisation=seat.organisation, role=role
    )


@pytest.mark.parametrize(("what", "role", "taken"), [
    (SeatChangeKind.SIGN_OFF_ENDED, Role.ADMIN, True), (SeatChangeKind.LEFT, Role.ADMIN, True),
    (SeatChangeKind.SIGN_OFF_ENDED, Role.ANALYST, False), (SeatChangeKind.LEFT, Role.ANALYST, False),
])
def test_no_partner_takes_another_ones_voice_while_it_has_an_administrator(world, what, role, taken):
    seat, other = club(world, signs_off=True), viewer_of(world.admin())
    with_its_own(world, seat, role)
    if not taken:
        change_seat(by=other, seat=seat, what=what, reason="Nobody is left there")
        return
    with pytest.raises(NotAllowed, match="Only an administrator of Testshire Rowing Club"):
        change_seat(by=other, seat=seat, what=what, reason="We would rather decide alone")
    assert signs(seat)
    later = clock.today() + timedelta(days=9)
    change = change_seat(by=viewer_of(world.loner), seat=seat, what=what, reason="We step back", day=later)
    with pytest.raises(NotAllowed):
        call_off_change(by=other, change=change)
    call_off_change(by=viewer_of(world.loner), change=change)


def test_sign_off_given_by_another_may_be_called_off_by_whoever_gave_it(world):
    seat, other = club(world), viewer_of(world.admin())
    with_its_own(world, seat, Role.ADMIN)
    change = change_seat(by=other, seat=seat, what=SeatChangeKind.SIGN_OFF_GIVEN, reason="Its word counts",
                         day=clock.today() + timedelta(days=9))
    call_off_change(by=other, change=change)
    change_seat(by=viewer_of(world.staff), seat=seat, what=SeatChangeKind.LEFT, reason="Dissolved")
