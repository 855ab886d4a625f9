"""The finer rules of sharing: what contradicts, what replaces, what a role opens; and every history told twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.sharing_deeds import sign_with_reason
from tests.world import World, build_world

from commonweal.core import clock
from commonweal.core.actions.people import add_person
from commonweal.core.actions.roles import give_role
from commonweal.core.actions.seats import NewOrganisation, seat_new_organisation
from commonweal.core.actions.sharing import (
    Described,
    Terms,
    describe_data,
    end_agreement,
    rewrite_agreement,
    write_agreement,
)
from commonweal.core.errors import CommonwealError, Immutable, Refused
from commonweal.core.models import (
    HeldDataset,
    Organisation,
    OrganisationKind,
    SharingEnd,
    SharingSignature,
    SharingVersion,
)
from commonweal.core.permissions import Role
from commonweal.core.purpose import Purpose
from commonweal.core.queries.sharing import (
    Standing,
    agreements_for,
    held_one,
)
from commonweal.core.viewer import ANONYMOUS, SYSTEM, Viewer, viewer_of

START = datetime(2027, 3, 1, 12, tzinfo=UTC)
DAY = START.date()
FIELDS = (
    {"name": "month", "words": "", "personal": False, "special": False},
    {"name": "age band", "words": "", "personal": True, "special": False},
    {"name": "condition", "words": "", "personal": True, "special": True},
)


class Parties:
    """A council that gives, a trust that receives, and a club that is party to nothing, in one partnership."""

    def __init__(self, world: World) -> None:
        self.world, self.partnership = world, world.partnership
        self.trust, self.trust_admin = self._body("Leisure trust", "trust@example.gov.uk")
        self.club, self.club_admin = self._body("Rowing club", "club@example.gov.uk")
        self.council = world.council
        self.held = describe_data(
            by=self.giver(), partnership=self.partnership,
            described=Described(title="Swimming lessons", fields=FIELDS, personal=True),
        )

    def _body(self, name: str, email: str):
        body = seat_new_organisation(
            by=SYSTEM, partnership=self.partnership, new=NewOrganisation(name, OrganisationKind.THIRD_SECTOR)
        ).organisation
        person = add_person(by=SYSTEM, email=email, name=f"{name} admin")
        give_role(by=SYSTEM, partnership=self.partnership, person=person, organisation=body, role=Role.ADMIN)
        return body, person

    def giver(self) -> Viewer:
        return viewer_of(self.world.admin())

    def taker(self) -> Viewer:
        return viewer_of(self.trust_admin)

    def third(self) -> Viewer:
        return viewer_of(self.club_admin)

    def terms(self, **more) -> Terms:
        said = {
            "sets": {self.held.pk: ["month", "age band"]}, "purposes": (Purpose.ASSESSMENT,),
            "why": "To see who is missed.", "basis": "public-task", "start": DAY, "end": DAY + timedelta(days=100),
            "review": DAY + timedelta(days=50), "retention": "Until the needs are agreed.",
            "contact": "data@testshire.gov.uk", "giver_role": "controller", "taker_role": "controller",
        }
        return Terms(**{**said, **more})

    def write(self, taker: Organisation | None = None, title: str = "Lessons", **more) -> SharingVersion:
        return write_agreement(
            by=self.giver(), partnership=self.partnership, title=title, giver=self.council.pk,
            taker=(taker or self.trust).pk, terms=self.terms(**more),
        )

    def in_force(self, **more) -> SharingVersion:
        version = self.write(**more)
        for viewer in (self.giver(), self.taker()):
            sign_with_reason(by=viewer, agreement=version.identity, number=version.number)
        return version

    def sees(self, viewer: Viewer, purpose: Purpose = Purpose.ASSESSMENT) -> bool:
        return HeldDataset.objects.visible_to(viewer, purpose).filter(pk=self.held.pk).exists()


@pytest.fixture(autouse=True)
def day():
    with clock.fixed(START):
        yield


@pytest.fixture
def there(db, day) -> Parties:
    return Parties(build_world())


def test_a_role_that_sees_no_evidence_opens_nothing(there):
    there.in_force()
    person = add_person(by=SYSTEM, email="swim@example.gov.uk", name="Swim")
    for body, role in ((there.trust, Role.PROVIDER), (there.club, Role.OBSERVER)):
        give_role(by=SYSTEM, partnership=there.partnership, person=person, organisation=body, role=role)
    assert not there.sees(viewer_of(person))


def test_a_log_that_cannot_be_written_opens_nothing(there, var):
    there.in_force()
    var.mkdir(parents=True, exist_ok=True)
    (var / "log").write_text("in the way")
    with pytest.raises(OSError, match="log"):
        held_one(there.taker(), there.partnership.pk, there.held.pk, Purpose.ASSESSMENT)
    (var / "log").unlink()  # what waits can be written now


def test_a_newer_version_that_begins_later_leaves_no_gap(there):
    version = there.in_force()
    begins = DAY + timedelta(days=10)
    rewrite_agreement(
        by=there.giver(), agreement=version.identity, over=1,
        terms=there.terms(start=begins, purposes=(Purpose.PLANNING,)),
    )
    for viewer in (there.giver(), there.taker()):
        sign_with_reason(by=viewer, agreement=version.identity, number=2)
    for days, purpose in ((0, Purpose.ASSESSMENT), (9, Purpose.ASSESSMENT), (10, Purpose.PLANNING)):
        with clock.fixed(START + timedelta(days=days)):
            assert [p for p in Purpose if there.sees(there.taker(), p)] == [purpose], days
    with clock.fixed(START + timedelta(days=9)):
        end_agreement(by=there.giver(), agreement=version.identity, reason="Both parts of it")
        assert not there.sees(there.taker())
    with clock.fixed(START + timedelta(days=10)):
        assert not there.sees(there.taker(), Purpose.PLANNING)


@pytest.mark.parametrize(("more", "refused"), [
    ({"retention": "For ever."}, True), ({"basis": "consent"}, True), ({"taker_role": "processor"}, True),
    ({}, False), ({"retention": "For ever.", "purposes": (Purpose.MONITORING,)}, False),
    ({"retention": "For ever.", "start": DAY + timedelta(days=100), "review": DAY + timedelta(days=120),
      "end": DAY + timedelta(days=150)}, False),
])
def test_a_contradiction_is_refused_at_signing_and_names_the_other(there, more, refused):
    there.in_force(title="The first one")
    second = there.write(title="The second one", **more)
    if not refused:
        assert sign_with_reason(by=there.giver(), agreement=second.identity, number=1).version == second
        return
    with pytest.raises(Refused, match="contradicts “The first one”"):
        sign_with_reason(by=there.giver(), agreement=second.identity, number=1)
    assert not SharingSignature.objects.filter(version=second).exists()


def test_the_shared_fields_must_be_there_and_special_ones_need_a_condition(there):
    for fields, sentence in ((["height"], "none called height"), ([], "choose which of its fields")):
        with pytest.raises(Refused, match=sentence):
            there.write(sets={there.held.pk: fields})
    special = describe_data(
        by=there.giver(), partnership=there.partnership,
        described=Described(title="Referrals", fields=FIELDS, special=True, health=True, police=True),
    )
    assert special.personal
    shared = {"sets": {special.pk: ["condition"]}}
    with pytest.raises(Refused, match="Article 9"):
        there.write(**shared)
    assert there.write(**shared, condition="public-health").condition == "public-health"


def test_parties_are_two_and_both_at_the_table(there):
    def wrote(giver, taker, by):
        return write_agreement(by=by, partnership=there.partnership, title="X", giver=giver.pk, taker=taker.pk,
                               terms=there.terms())

    for giver, taker, by, sentence in (
        (there.council, there.trust, there.third(), "your organisation must be one of them"),
        (there.council, there.world.other_council, there.giver(), "must have a seat"),
        (there.council, there.council, there.giver(), "no agreement with itself"),
        (there.trust, there.council, there.giver(), "at least one data set"),
    ):
        with pytest.raises(Refused, match=sentence):
            wrote(giver, taker, by)


def test_ended_is_ended_and_says_why(there):
    version = there.in_force()
    with pytest.raises(Refused, match="why it is ended"):
        end_agreement(by=there.giver(), agreement=version.identity, reason="  ")
    end_agreement(by=there.giver(), agreement=version.identity, reason="Trust wound up")
    for deed in (
        lambda: end_agreement(by=there.giver(), agreement=version.identity, reason="Again"),
        lambda: sign_with_reason(by=there.giver(), agreement=version.identity, number=1),
        lambda: rewrite_agreement(by=there.giver(), agreement=version.identity, terms=there.terms(), over=1),
    ):
        with pytest.raises(Refused, match="has ended"):
            deed()
    assert agreements_for(there.giver(), there.partnership.pk)[0].standing is Standing.ENDED


def test_what_was_agreed_is_never_changed(there):
    version = there.in_force()
    end_agreement(by=there.giver(), agreement=version.identity, reason="Done")
    rows = (version, version.signatures.first(), version.sets.first(), SharingEnd.objects.get())
    for row in rows:
        with pytest.raises(Immutable):
            row.save()
        with pytest.raises(Immutable):
            row.delete()
        table = row._meta.db_table
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET created = created")


@pytest.mark.parametrize(("days", "standing"), [
    (0, Standing.TO_COME), (10, Standing.IN_FORCE), (99, Standing.IN_FORCE), (100, Standing.RUN_OUT),
])
def test_how_it_stands(there, days, standing):
    there.in_force(start=DAY + timedelta(days=10))
    with clock.fixed(START + timedelta(days=days)):
        assert agreements_for(there.taker(), there.partnership.pk)[0].standing is standing


STEP = st.one_of(
    st.tuples(st.just("sign"), st.integers(0, 1), st.sampled_from(["giver", "taker", "third"])),
    st.tuples(st.just("end"), st.integers(0, 1), st.sampled_from(["giver", "taker", "third"])),
    st.tuples(st.just("rewrite"), st.integers(0, 1), st.sampled_from([Purpose.ASSESSMENT, Purpose.PLANNING])),
    st.tuples(st.just("wait"), st.integers(1, 40), st.none()),
    st.tuples(st.just("place"), st.none(), st.none()),
)


class EveryHistory(TestCase):
    """Whatever is signed, rewritten, ended and waited for: a plain account of it agrees with what is visible."""

    def setUp(self):
        with clock.fixed(START):
            self.there = Parties(build_world())
            self.giver, self.taker, self.third = self.there.giver(), self.there.taker(), self.there.third()
            world = self.there.world
            self.outside = [*map(viewer_of, (world.outsider, world.staff)), ANONYMOUS]

    @settings(max_examples=15, deadline=None)
    @given(steps=st.lists(STEP, max_size=10))
    def test_seen_by_those_alone_to_whom_it_is_open(self, steps):
        there, day, placed = self.there, 0, False
        HeldDataset.objects.filter(pk=there.held.pk).update(placed=None, personal=False)
        with clock.fixed(START):
            agreements = [_Account(there, number) for number in range(2)]
        for deed, which, what in steps:
            if deed == "wait":
                day += which
            elif deed == "place":
                HeldDataset.objects.filter(pk=there.held.pk).update(placed=START)
                placed = True
            else:
                with clock.fixed(START + timedelta(days=day)):
                    agreements[which].do(deed, what, day)
            with clock.fixed(START + timedelta(days=day)):
                self._check(agreements, day, placed)

    def _check(self, agreements, day, placed):
        there = self.there
        for purpose in (Purpose.ASSESSMENT, Purpose.PLANNING, Purpose.MONITORING):
            told = any(one.opens(purpose, day) for one in agreements)
            assert there.sees(self.giver, purpose)
            assert there.sees(self.taker, purpose) is (told or placed), (purpose, day)
            assert there.sees(self.third, purpose) is placed
            assert not any(there.sees(one, purpose) for one in self.outside)


class _Account:
    """One agreement told over again in plain lists: versions, who signed each, and the day it ended."""

    def __init__(self, there: Parties, number: int) -> None:
        self.there, self.ended, self.counts = there, False, None
        self.row = there.write(title=f"Agreement {number}").identity
        self.versions = [there.terms()]
        self.signed: list[set[str]] = [set()]

    def do(self, deed: str, what, day: int) -> None:
        there = self.there
        try:
            if deed == "sign":
                sign_with_reason(by=getattr(there, what)(), agreement=self.row, number=len(self.versions))
                self.signed[-1].add(what)
                if self.signed[-1] == {"giver", "taker"}:
                    self.counts = self.versions[-1]
            elif deed == "end":
                end_agreement(by=getattr(there, what)(), agreement=self.row, reason="Enough")
                self.ended = True
            else:
                terms = replace(there.terms(), purposes=(what,), end=DAY + timedelta(days=day + 30),
                                review=DAY + timedelta(days=day + 5))
                rewrite_agreement(by=there.giver(), agreement=self.row, terms=terms, over=len(self.versions))
                self.versions.append(terms)
                self.signed.append(set())
        except CommonwealError:
            return  # refused: nothing happened, which is what the check then sees
        assert what != "third"

    def opens(self, purpose: Purpose, day: int) -> bool:
        terms = self.counts
        if terms is None or self.ended:
            return False
        return purpose in terms.purposes and terms.start <= DAY + timedelta(days=day) < terms.end
