"""Nothing unpublished is seen without an agreement in force, and nothing but what it says while it is."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.sharing_deeds import sign_with_reason
from tests.world import World, build_world, signed_in

from commonweal.core import clock
from commonweal.core.access_log import access_log
from commonweal.core.actions.organisations import create_organisation
from commonweal.core.actions.partnerships import add_organisation
from commonweal.core.actions.people import add_person
from commonweal.core.actions.roles import give_role
from commonweal.core.actions.sharing import (
    Described,
    Terms,
    describe_data,
    end_agreement,
    rewrite_agreement,
    write_agreement,
)
from commonweal.core.errors import Immutable, NotAllowed, NotFound, Refused
from commonweal.core.models import Event, OrganisationKind, SharingVersion
from commonweal.core.permissions import Role
from commonweal.core.purpose import Purpose
from commonweal.core.queries.sharing import (
    How,
    Standing,
    agreement_for,
    agreements_for,
    held_for,
    held_one,
)
from commonweal.core.viewer import SYSTEM, viewer_of

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
TODAY = date(2026, 11, 25)
FIELDS = ({"name": "month"}, {"name": "age band", "personal": True}, {"name": "condition", "special": True})


def health(world: World, name="Testshire Health"):
    """Another organisation of the partnership, and its administrator."""
    board = create_organisation(by=SYSTEM, name=name, kind=OrganisationKind.HEALTH)
    add_organisation(by=SYSTEM, partnership=world.partnership, organisation=board, signs_off=True)
    person = add_person(by=SYSTEM, email=f"{name.split()[-1].lower()}@health.nhs.uk", name="Hal Health")
    give_role(by=SYSTEM, partnership=world.partnership, person=person, organisation=board, role=Role.ADMIN)
    return board, person


@pytest.fixture
def world(db, settings, tmp_path):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        yield build_world()


@pytest.fixture
def board(world):
    return health(world)


@pytest.fixture
def by(world):
    return viewer_of(world.admin())


@pytest.fixture
def lessons(world, by):
    return described(by, world)


def described(by, world, title="Swimming lessons", **more):
    told = {"fields": FIELDS, "personal": True, "special": True, **more}
    return describe_data(by=by, partnership=world.partnership, described=Described(title=title, **told))


def terms(held, fields=("month", "age band"), **change):
    said = {
        "sets": {held.pk: list(fields)}, "purposes": (Purpose.ASSESSMENT,), "why": "To know who comes.",
        "start": TODAY, "end": TODAY + timedelta(days=365), "review": TODAY + timedelta(days=180),
        "retention": "Until the needs are agreed", "contact": "data@testshire.gov.uk", "giver_role": "controller",
        "taker_role": "controller", "basis": "public-task", "condition": "public-health",
    }
    return Terms(**{**said, **change})


def written(by, world, board, held, title="Lessons", **change):
    return write_agreement(by=by, partnership=world.partnership, title=title, giver=world.council.pk,
                           taker=board[0].pk, terms=terms(held, **change)).identity


def in_force(by, world, board, held, **change):
    row = written(by, world, board, held, **change)
    sign_with_reason(by=by, agreement=row, number=1)
    sign_with_reason(by=viewer_of(board[1]), agreement=row, number=1)
    return row


def seen(person, world, purpose=Purpose.ASSESSMENT):
    return [one.title for one in held_for(viewer_of(person), world.partnership.pk, purpose)]


def test_described_it_is_seen_by_nobody_else(world, board, by, lessons):
    assert seen(world.admin(), world) == ["Swimming lessons"]
    assert seen(board[1], world) == []
    assert seen(world.outsider, world) == []


def test_one_signature_opens_nothing(world, board, by, lessons):
    row = written(by, world, board, lessons)
    sign_with_reason(by=by, agreement=row, number=1)
    assert seen(board[1], world) == []
    assert agreements_for(by, world.partnership.pk)[0].standing is Standing.WAITING


def test_in_force_it_is_seen_for_that_purpose_those_fields_and_no_more(world, board, by, lessons):
    described(by, world, "Theatre tickets")
    in_force(by, world, board, lessons)
    taker = viewer_of(board[1])
    assert seen(board[1], world) == ["Swimming lessons"]
    for purpose in Purpose:
        assert bool(seen(board[1], world, purpose)) is (purpose is Purpose.ASSESSMENT)
    one = held_one(taker, world.partnership.pk, lessons.pk, Purpose.ASSESSMENT)
    assert [field.name for field in one.fields] == ["month", "age band"]
    assert one.how is How.AGREED
    third = health(world, "Testshire Third")[1]
    assert seen(third, world) == []
    assert seen(world.outsider, world) == []


@pytest.mark.parametrize(("days", "open_"), [(-1, False), (0, True), (364, True), (365, False)])
def test_it_opens_and_closes_on_its_days(world, board, by, lessons, days, open_):
    in_force(by, world, board, lessons)
    with clock.fixed(NOW + timedelta(days=days)):
        assert bool(seen(board[1], world)) is open_


def test_signed_after_its_first_day_it_says_from_when_it_holds(world, board, by, lessons):
    row, key = written(by, world, board, lessons), world.partnership.pk
    assert agreement_for(by, key, row.pk).effect == ""
    with clock.fixed(NOW + timedelta(days=9)):
        sign_with_reason(by=by, agreement=row, number=1)
        assert "not from 25 November 2026" in agreement_for(by, key, row.pk).effect
        sign_with_reason(by=viewer_of(board[1]), agreement=row, number=1)
        assert agreement_for(by, key, row.pk).effect.startswith("In force from 4 December 2026")
        page = signed_in(world.admin()).get(reverse("web:agreement", args=[key, row.pk])).content.decode()
        assert "before that day this version opened nothing" in page
    in_time = in_force(by, world, board, described(by, world, "Theatre tickets"), title="Tickets")
    assert agreement_for(by, key, in_time.pk).effect == ""


@pytest.mark.parametrize("ender", ["giver", "taker"])
def test_either_party_ends_it_and_it_is_shut_at_once(world, board, by, lessons, ender):
    row = in_force(by, world, board, lessons)
    end_agreement(by=by if ender == "giver" else viewer_of(board[1]), agreement=row, reason="The work is done.")
    assert seen(board[1], world) == []
    with pytest.raises(NotFound):
        held_one(viewer_of(board[1]), world.partnership.pk, lessons.pk, Purpose.ASSESSMENT)
    assert agreement_for(viewer_of(board[1]), world.partnership.pk, row.pk).ended.reason == "The work is done."
    for deed in (lambda: sign_with_reason(by=by, agreement=row, number=1),
                 lambda: end_agreement(by=by, agreement=row, reason="Again."),
                 lambda: rewrite_agreement(by=by, agreement=row, terms=terms(lessons), over=1)):
        with pytest.raises(Refused, match="ended"):
            deed()


def test_the_version_in_force_stays_until_both_have_signed_the_next(world, board, by, lessons):
    row = in_force(by, world, board, lessons)
    fewer = terms(lessons, fields=("month",), reason="Less is enough.")
    rewrite_agreement(by=by, agreement=row, terms=fewer, over=1)
    taker = viewer_of(board[1])

    def fields():
        return [one.name for one in held_for(taker, world.partnership.pk, Purpose.ASSESSMENT)[0].fields]

    assert fields() == ["month", "age band"]
    sign_with_reason(by=taker, agreement=row, number=2)
    assert fields() == ["month", "age band"]
    sign_with_reason(by=by, agreement=row, number=2)
    assert fields() == ["month"]


def test_two_people_never_sign_different_versions(world, board, by, lessons):
    row = written(by, world, board, lessons)
    sign_with_reason(by=by, agreement=row, number=1)
    rewrite_agreement(by=by, agreement=row, terms=terms(lessons, reason="A word"), over=1)
    with pytest.raises(Refused, match="Read version 2"):
        sign_with_reason(by=viewer_of(board[1]), agreement=row, number=1)
    with pytest.raises(Refused, match="wrote version 2 meanwhile"):
        rewrite_agreement(by=viewer_of(board[1]), agreement=row, terms=terms(lessons), over=1)
    assert seen(board[1], world) == []


def test_an_agreement_that_contradicts_another_is_not_signed(world, board, by, lessons):
    in_force(by, world, board, lessons)
    other = written(by, world, board, lessons, title="Lessons again", retention="For ever")
    with pytest.raises(Refused, match=r"contradicts “Lessons”.*Swimming lessons"):
        sign_with_reason(by=by, agreement=other, number=1)
    same = written(by, world, board, lessons, title="Lessons for plans", purposes=(Purpose.PLANNING,),
                   retention="A year")
    sign_with_reason(by=by, agreement=same, number=1)


@pytest.mark.parametrize(("change", "said"), [
    ({"purposes": ()}, "for what"), ({"basis": ""}, "Article 6"), ({"condition": "because"}, "Article 9"),
    ({"review": TODAY - timedelta(days=1)}, "between the start and the end"),
    ({"end": TODAY - timedelta(days=1)}, "between the start and the end"),
    ({"fields": ("shoe size",)}, "none called shoe size"), ({"fields": ()}, "which of its fields"),
    ({"sets": {}}, "at least one data set"), ({"why": ""}, "blank"),
    ({"giver_role": "king"}, "not a valid choice"),
])
def test_terms_that_say_too_little_are_refused_whole(world, board, by, lessons, change, said):
    with pytest.raises(Refused, match=said):
        written(by, world, board, lessons, **change)
    assert not SharingVersion.objects.exists()


def test_only_the_givers_own_data_can_be_given(world, board, by, lessons):
    theirs = described(viewer_of(board[1]), world, "Referrals")
    with pytest.raises(Refused, match="of the organisation that gives it"):
        written(by, world, board, theirs)
    third = health(world, "Testshire Third")
    with pytest.raises(Refused, match="one of its two parties"):
        write_agreement(by=viewer_of(third[1]), partnership=world.partnership, title="X", giver=world.council.pk,
                        taker=board[0].pk, terms=terms(lessons))
    with pytest.raises(Refused, match="seat"):
        write_agreement(by=by, partnership=world.partnership, title="X", giver=world.council.pk,
                        taker=world.other_council.pk, terms=terms(lessons))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_who_signs_for_an_organisation_writes_signs_or_ends(world, board, by, lessons, role):
    row = written(by, world, board, lessons)
    someone = viewer_of(world.people[role])
    for deed in (lambda: sign_with_reason(by=someone, agreement=row, number=1),
                 lambda: end_agreement(by=someone, agreement=row, reason="No."),
                 lambda: rewrite_agreement(by=someone, agreement=row, terms=terms(lessons), over=1)):
        with pytest.raises(NotAllowed):
            deed()


def test_a_third_organisation_does_not_learn_that_it_exists(world, board, by, lessons):
    row = in_force(by, world, board, lessons)
    third = viewer_of(health(world, "Testshire Third")[1])
    assert agreements_for(third, world.partnership.pk) == ()
    for deed in (lambda: agreement_for(third, world.partnership.pk, row.pk),
                 lambda: sign_with_reason(by=third, agreement=row, number=1),
                 lambda: end_agreement(by=third, agreement=row, reason="Mine.")):
        with pytest.raises(NotFound):
            deed()


def test_every_use_is_written_before_it_is_read_and_both_read_the_log(world, board, by, lessons, monkeypatch):
    row = in_force(by, world, board, lessons)
    taker = viewer_of(board[1])
    held_one(taker, world.partnership.pk, lessons.pk, Purpose.ASSESSMENT)
    for viewer in (by, taker):
        (use,) = agreement_for(viewer, world.partnership.pk, row.pk).uses.uses
        assert (use.who, use.organisation, use.what) == ("Hal Health", "Testshire Health", "Swimming lessons")
    monkeypatch.setattr(type(access_log()), "flush", lambda _: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        held_one(taker, world.partnership.pk, lessons.pk, Purpose.ASSESSMENT)


def test_the_owner_reading_its_own_is_no_use(world, board, by, lessons):
    row = in_force(by, world, board, lessons)
    held_one(by, world.partnership.pk, lessons.pk, Purpose.ASSESSMENT)
    assert agreement_for(by, world.partnership.pk, row.pk).uses.uses == ()


def test_what_was_signed_cannot_be_changed_and_events_hold_ids_alone(world, board, by, lessons):
    in_force(by, world, board, lessons)
    with pytest.raises(Immutable):
        SharingVersion.objects.update(retention="For ever")
    events = Event.objects.filter(verb__startswith="sharing.")
    assert {one.verb for one in events} == {"sharing.data_described", "sharing.version_written",
                                            "sharing.advice_recorded", "sharing.version_signed"}
    assert "Lessons" not in json.dumps([str(one.__dict__) for one in events])


STEPS = st.lists(st.sampled_from(("sign giver", "sign taker", "rewrite", "end", "a day", "a year")), max_size=10)


class TestDoors(TestCase):
    """Whatever was done in whatever order, what is open is what the signed papers say."""

    @given(STEPS)
    @settings(max_examples=25)
    def test_doors_stand_open_just_where_the_papers_say(self, steps):
        now = NOW
        with clock.fixed(now):
            world = build_world()
            board = health(world)
            by, taker = viewer_of(world.admin()), viewer_of(board[1])
            held = described(by, world)
            row = written(by, world, board, held)
        for step in steps:
            now += timedelta(days=365 if step == "a year" else 1 if step == "a day" else 0)
            with clock.fixed(now):
                try:
                    if step.startswith("sign"):
                        number = row.versions.count()
                        sign_with_reason(by=by if step == "sign giver" else taker, agreement=row, number=number)
                    elif step == "rewrite":
                        rewrite_agreement(by=by, agreement=row, terms=terms(held, reason="x"),
                                          over=row.versions.count())
                    elif step == "end":
                        end_agreement(by=taker, agreement=row, reason="x")
                except Refused:
                    continue
        with clock.fixed(now):
            assert bool(held_for(taker, world.partnership.pk, Purpose.ASSESSMENT)) is _as_the_papers_say(row, now)
            assert not held_for(taker, world.partnership.pk, Purpose.MONITORING)
            assert not held_for(viewer_of(world.outsider), world.partnership.pk, Purpose.ASSESSMENT)


def _as_the_papers_say(row, now):
    """The newest version that both signed holds today, and nobody has ended the agreement."""
    if type(row).objects.filter(pk=row.pk, ended__isnull=False).exists():
        return False
    signed = [one for one in row.versions.order_by("-number") if one.signatures.count() == 2]
    return bool(signed) and signed[0].start <= now.date() < signed[0].end
