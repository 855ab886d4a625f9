"""Councils merge and are divided, both ways round, and nothing is lost: seats, people, evidence, agreements."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from django.core.management import call_command
from django.urls import reverse
from tests.agreements.test_measures_of_agreements import SAID as MEASURE
from tests.world import World, signed_in

from commonweal.agreements.actions.carrying import bring_over
from commonweal.agreements.actions.measures import set_measure
from commonweal.agreements.actions.terms import ClauseSaid, add_clause, keep_paper
from commonweal.agreements.models import AgreementPaper, Measure
from commonweal.agreements.queries.carrying import agreements_before
from commonweal.agreements.sealing import unsealed
from commonweal.core import clock
from commonweal.core.actions.councils import Piece, divide_organisation, merge_organisations
from commonweal.core.actions.organisations import create_organisation
from commonweal.core.actions.partnerships import add_organisation
from commonweal.core.actions.people import add_member
from commonweal.core.actions.roles import end_role, give_role
from commonweal.core.actions.seats import call_off_change, change_seat
from commonweal.core.actions.succession import Part, join_partnerships, split_partnership
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.models import (
    Event,
    HeldDataset,
    Membership,
    Organisation,
    OrganisationKind,
    OrganisationSuccession,
    Partnership,
    PartnershipOrganisation,
    PartnershipPlace,
    PartnershipRole,
    SeatChangeKind,
)
from commonweal.core.permissions import Role
from commonweal.core.purpose import Purpose
from commonweal.core.queries.councils import councils_here
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.options.actions.agreements import AgreementSaid, record_agreement
from commonweal.options.actions.passing import PassingSaid, divide_council, merge_councils, pass_agreement
from commonweal.options.models import Agreement, AgreementPassing
from commonweal.options.queries.agreements import agreement_for
from commonweal.options.queries.passing import bodies_now

LAW = "The Testshire (Structural Changes) Order, invented for a test"
SAID = AgreementSaid(
    title="Swimming", service="arts", form="grant", begins=date(2026, 4, 1), ends=date(2040, 3, 31),
    regime="pcr2015", source="Register", parties=(("Testshire District Council", "pays"), ("Club", "delivers")),
    years=(("2026-27", D(8000)),),
)


@pytest.fixture
def world(world: World, settings, tmp_path) -> World:
    """Two councils in one partnership, both there for a while; an officer of the second."""
    settings.VAR = tmp_path
    add_organisation(by=SYSTEM, partnership=world.partnership, organisation=world.other_council)
    give_role(by=SYSTEM, partnership=world.partnership, person=world.outsider, organisation=world.other_council,
              role=Role.ADMIN)
    add_member(by=SYSTEM, person=world.outsider, organisation=world.other_council, job="Officer")
    began = clock.today() - timedelta(days=500)
    for model in (Partnership, PartnershipRole, PartnershipOrganisation, PartnershipPlace, Membership):
        model.objects.update(start=began)
    return world


def day(after: int = 30) -> date:
    return clock.today() + timedelta(days=after)


def at(after: int):
    return clock.fixed(clock.now() + timedelta(days=after))


def own(world: World, council: Organisation, title: str) -> HeldDataset:
    """Something a council holds alone."""
    row = HeldDataset(
        partnership=world.partnership, organisation=council, title=title, description="x", fields=[], dataset="",
    )
    row.save()
    return row


def seen(world: World, person) -> set[str]:
    rows = HeldDataset.objects.visible_to(viewer_of(person), Purpose.ASSESSMENT)
    return set(rows.filter(partnership=world.partnership).values_list("title", flat=True))


def merge(world: World, **said) -> Organisation:
    return merge_councils(**{
        "by": viewer_of(world.staff), "before": [world.council, world.other_council], "into": "New Council",
        "day": day(), "law": LAW, **said,
    })


def seats(world: World) -> list[tuple[str, bool]]:
    view = partnership_for(SYSTEM, world.partnership.pk)
    return [(seat.name, seat.signs_off) for seat in view.seats]


def test_a_merged_council_keeps_its_history_its_people_and_its_agreements(world):
    """Until the day nothing changes; from it the new one has all of it, and the law of what was agreed stays."""
    own(world, world.council, "Testshire's own")
    own(world, world.other_council, "Otherham's own")
    row = record_agreement(by=viewer_of(world.admin()), partnership=world.partnership, said=SAID)
    officer = world.people[Role.ANALYST]
    new = merge(world)
    late = PartnershipRole.objects.get(person=world.people[Role.OBSERVER], end=day())
    end_role(by=viewer_of(world.admin()), role=late)
    give_role(by=viewer_of(world.admin()), partnership=world.partnership, person=world.loner,
              organisation=world.council, role=Role.ANALYST)
    assert seats(world) == [("Otherham Borough Council", False), ("Testshire District Council", True)]
    assert seen(world, world.outsider) == {"Otherham's own"}
    assert agreement_for(viewer_of(officer), world.partnership.pk, row.pk).parties[0][0] == world.council.name
    with at(30):
        assert seats(world) == [("New Council", True)]
        for person in (officer, world.outsider, world.loner):
            viewer = viewer_of(person)
            assert viewer.organisation_in(world.partnership.pk) == new.pk
            assert seen(world, person) == {"Testshire's own", "Otherham's own"}
        assert viewer_of(world.people[Role.OBSERVER]).grants == ()
        card = agreement_for(viewer_of(officer), world.partnership.pk, row.pk)
        assert card.parties == (("New Council", "Pays or grants"), ("Club", "Delivers"))
        assert card.signed[0][0] == "Testshire District Council"
        assert (card.begins, card.ends, card.regime) == (SAID.begins, SAID.ends, SAID.regime)
        assert (card.passed[0].law, card.passed[0].day) == (LAW, clock.today())
        assert Membership.objects.on(clock.today()).get(person=world.outsider).organisation == new
        acting = ((world.partnership.pk, world.council.pk),)
        assert viewer_of(officer, acting).organisation_in(world.partnership.pk) == world.council.pk
        with pytest.raises(Refused, match="went into New Council"):
            add_organisation(by=SYSTEM, partnership=world.partnership, organisation=world.council)
    assert Event.objects.filter(verb="organisation.succeeded", actor=world.staff.pk).count() == 2


def test_merged_then_divided_and_divided_then_merged_lose_nothing(world):
    own(world, world.council, "Testshire's own")
    own(world, world.other_council, "Otherham's own")
    row = record_agreement(by=viewer_of(world.admin()), partnership=world.partnership, said=SAID)
    merged = merge(world)
    with at(30):
        piece = frozenset({world.outsider.pk})
        north, south = divide_council(
            by=viewer_of(world.staff), before=merged, day=day(), law=LAW,
            pieces=[Piece("North Council", frozenset()), Piece("South Council", piece)],
        )
    with at(60):
        assert seats(world) == [("North Council", True), ("South Council", True)]
        assert seen(world, world.admin()) == {"Testshire's own", "Otherham's own"}
        assert seen(world, world.outsider) == set()
        assert agreement_for(SYSTEM, world.partnership.pk, row.pk).parties[0][0] == "North Council"
        pass_agreement(by=viewer_of(world.outsider), agreement=row, said=PassingSaid(
            party="North Council", to="South Council", day=clock.today(), law=LAW))
        assert agreement_for(SYSTEM, world.partnership.pk, row.pk).parties[0][0] == "South Council"
        again = merge(world, before=[north, south], into="Whole Council")
    with at(90):
        for person in (world.admin(), world.outsider):
            assert seen(world, person) == {"Testshire's own", "Otherham's own"}
            assert viewer_of(person).organisation_in(world.partnership.pk) == again.pk
        card = agreement_for(SYSTEM, world.partnership.pk, row.pk)
        assert (card.parties[0][0], card.ends, card.regime) == ("Whole Council", SAID.ends, SAID.regime)
        going_on = [one.name for one in councils_here(SYSTEM) if not one.goes_on and not one.invented]
        assert going_on == ["Whole Council"]


def test_one_council_takes_another_in(world):
    merge(world, before=[world.other_council], into=world.council)
    with at(30):
        assert seats(world) == [("Testshire District Council", True)]
        assert viewer_of(world.outsider).organisation_in(world.partnership.pk) == world.council.pk


def test_the_voice_of_the_one_that_goes_comes_with_the_day(world):
    merge(world, before=[world.council], into=world.other_council)
    assert seats(world) == [("Otherham Borough Council", False), ("Testshire District Council", True)]
    with at(30):
        assert seats(world) == [("Otherham Borough Council", True)]


def test_what_was_to_come_for_one_that_goes_is_called_off_no_more(world):
    """Or its seat and roles would be there for good, after it is gone."""
    seat = PartnershipOrganisation.objects.get(partnership=world.partnership, organisation=world.council)
    change = change_seat(by=SYSTEM, seat=seat, what=SeatChangeKind.LEFT, reason="Moved", day=day(60))
    merge(world)
    with pytest.raises(Refused, match="goes into New Council"):
        call_off_change(by=SYSTEM, change=change)
    seat.refresh_from_db()
    assert seat.end == day()


@pytest.mark.parametrize(("said", "words"), [
    ({"day": None}, "within the next two years"), ({"law": " "}, "by which order"),
    ({"before": 1}, "two organisations"),
    ({"into": "testshire district council"}, "already"), ({"into": "invented"}, "never merged"),
    ({"into": ""}, "cannot be blank"),
])
def test_what_makes_no_sense_is_refused_and_changes_nothing(world, said, words):
    said = {**said}
    if "day" in said:
        said["day"] = day(-1)
    if "before" in said:
        said["before"] = [world.council]
    if said.get("into") == "invented":
        said["into"] = create_organisation(by=SYSTEM, name="Made up", kind=OrganisationKind.OTHER, example=True)
    with pytest.raises(Refused, match=words):
        merge(world, **said)
    assert not OrganisationSuccession.objects.exists()
    assert not PartnershipOrganisation.objects.exclude(end=None).exists()


@pytest.mark.parametrize(("passings", "now"), [
    (("A>B", "B>C"), "C"), (("B>C", "A>B"), "C"), (("A>B", "B>A"), "A"), (("A>B", "B>C", "C>A"), "A"),
    (("A>B", "B>A", "A>C"), "C"),
])
def test_a_part_that_comes_back_is_where_it_was_said_last(passings, now):
    rows = [AgreementPassing(party=one[0], to=one[2], day=day(0), created=clock.now() + timedelta(seconds=place))
            for place, one in enumerate(passings)]
    assert bodies_now(["A"], rows, day()) == {"A": now}


def test_only_staff_merge_and_divide_and_nothing_twice(world):
    for person in (world.admin(), world.loner):
        with pytest.raises(NotAllowed):
            merge_organisations(by=viewer_of(person), before=[world.council, world.other_council], into="New",
                                day=day(), law=LAW)
    merge(world)
    with pytest.raises(Refused, match="settled already"):
        divide_organisation(by=viewer_of(world.staff), before=world.council, day=day(), law=LAW,
                            pieces=[Piece("A", frozenset()), Piece("B", frozenset())])


def test_through_pages_and_the_command(world):
    staff, when = signed_in(world.staff), {"day_day": day().day, "day_month": day().month, "day_year": day().year}
    both = [str(world.council.pk), str(world.other_council.pk)]
    where = reverse("web:organisations-merge")
    for wrong in ({"before": both[:1]}, {"law": ""}, {"day_year": "x"}, {"before": ["x"]}, {"name": ""},
                  {"into": "x"}):
        page = staff.post(where, {"before": both, "name": "New Council", "law": LAW, **when, **wrong})
        assert "There is a problem" in page.content.decode(), wrong
    page = staff.post(where, {"before": both, "name": "New Council", "law": LAW, **when}, follow=True)
    assert "New Council takes over on" in page.content.decode()
    with at(30):
        told = signed_in(world.admin()).get(reverse("web:partnership-history", args=[world.partnership.pk]))
        assert "Testshire District Council went into New Council" in told.content.decode()
        call_command("merge_councils", "New Council", "--into", "North", "--into", "South", "--day",
                     day().isoformat(), "--law", LAW, "--second", world.outsider.email)
    with at(60):
        assert {name for name, _ in seats(world)} == {"North", "South"}
        acted = viewer_of(world.outsider).organisation_in(world.partnership.pk)
        assert Organisation.objects.get(pk=acted).name == "South"


def bring_twin(world: World, new: Partnership) -> None:
    """The other partnership's agreement of the same name, brought over first."""
    with at(30):
        row = Agreement.objects.get(partnership=world.other_partnership)
        bring_over(by=viewer_of(world.outsider), partnership=new, agreement=row)


@pytest.mark.parametrize("how", ["join", "split"])
def test_an_agreement_goes_on_in_the_partnership_that_follows(world, how):
    """Brought over by those who sat there: dates, law, money, terms, papers, measures; others find nothing."""
    by = viewer_of(world.admin())
    row = record_agreement(by=by, partnership=world.partnership, said=SAID)
    clause = add_clause(by=by, agreement=row, said=ClauseSaid(words="Four free evenings."))
    set_measure(by=by, agreement=row, said=MEASURE)
    keep_paper(by=by, agreement=row, title="Deed", name="deed.pdf", content=b"%PDF-1 deed")
    staff = viewer_of(world.staff)
    if how == "join":
        record_agreement(by=SYSTEM, partnership=world.other_partnership, said=SAID)
        both = [world.partnership, world.other_partnership]
        made = [join_partnerships(by=staff, before=both, name="Both", day=day())]
        bring_twin(world, made[0])
    else:
        held = PartnershipPlace.objects.filter(partnership=world.partnership)
        places = frozenset(held.values_list("pk", flat=True))
        parts = (Part("East", frozenset({world.council.pk}), places),
                 Part("West", frozenset({world.other_council.pk}), places))
        made = [*split_partnership(by=staff, before=world.partnership, parts=parts, day=day())]
    with at(30):
        for new, person in zip(made, (world.admin(), world.outsider), strict=False):
            kept = agreements_before(viewer_of(person), new.pk)[world.partnership.pk]
            assert [(one.title, one.runs, one.here) for one in kept] == [("Swimming", True, None)]
            browser = signed_in(person)
            page = browser.post(reverse("web:agreement-bring", args=[new.pk, row.pk]), follow=True)
            assert "was brought over from Testshire together" in page.content.decode()
            (told,) = agreements_before(viewer_of(person), new.pk)[world.partnership.pk]
            card = agreement_for(viewer_of(person), new.pk, told.here)
            assert card.title == ("Swimming (Testshire together)" if how == "join" else "Swimming")
            assert (card.begins, card.ends, card.regime) == (SAID.begins, SAID.ends, SAID.regime)
            assert card.parties == (("Testshire District Council", "Pays or grants"), ("Club", "Delivers"))
            assert card.years[0][1] == D(8000)
            paper = AgreementPaper.objects.get(partnership=new)
            assert unsealed(paper.pk, bytes(paper.content)) == b"%PDF-1 deed"
            assert Measure.objects.get(partnership=new).targets.get().target == 100
            assert clause.agreement.clauses.model.objects.get(partnership=new).words == "Four free evenings."
            with pytest.raises(Refused, match="brought over already"):
                bring_over(by=viewer_of(person), partnership=new, agreement=row)
        with pytest.raises((NotFound, NotAllowed)):
            bring_over(by=viewer_of(world.loner), partnership=made[0], agreement=row)


def test_who_did_not_sit_there_cannot_bring_it_over(world):
    row = record_agreement(by=viewer_of(world.admin()), partnership=world.partnership, said=SAID)
    PartnershipRole.objects.filter(partnership=world.partnership, person=world.outsider).delete()
    seats = PartnershipOrganisation.objects.filter(partnership=world.partnership)
    seats.filter(organisation=world.other_council).delete()
    new = join_partnerships(by=viewer_of(world.staff), before=[world.partnership, world.other_partnership],
                            name="Both", day=day())
    with at(30):
        assert agreements_before(viewer_of(world.outsider), new.pk) == {}
        with pytest.raises(NotFound):
            bring_over(by=viewer_of(world.outsider), partnership=new, agreement=row)
