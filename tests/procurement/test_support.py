"""A gap becomes a plan and closes; what was given is counted; nobody else learns who lacked what."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from tests.access.consortium import brief
from tests.providers.test_for_groups import club
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.actions.people import erase_person
from commonweal.core.errors import NotFound, Refused
from commonweal.core.models import TombstoneReason
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.procurement.actions.consortium import BriefSaid, Cell, write_brief
from commonweal.procurement.actions.support import GaveSaid, PlanSaid, end_plan, give_support, write_plan
from commonweal.procurement.models import Commission, SupportGiven, SupportPlan
from commonweal.procurement.models.support import GapKind
from commonweal.procurement.queries.support import gaps_for, plans_for, support_for
from commonweal.providers.actions.profile import Line, Told, choose_visibility, keep_profile
from commonweal.providers.models import Seen

NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def var(tmp_path, settings):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        yield


def words(answer):
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def asked(world):
    """A commission that asks for dance and for safeguarding."""
    row = Commission.objects.get(pk=brief(world)["commission"])
    return write_brief(by=viewer_of(world.admin()), commission=row, said=BriefSaid(
        cells=(Cell(capability="dance", area="Testshire", hours=Decimal(6)),), standards=("safeguarding",)))


def said(world, **more):
    return replace(PlanSaid(kind=GapKind.STANDARD, gap="safeguarding", steps="A course.", owner=world.council.pk,
                            due=date(2026, 9, 1)), **more)


@pytest.mark.promise("V5")
def test_a_gap_gets_a_plan_and_it_shows_when_it_closes_and_what_it_took(world):
    asked(world)
    key, person, admin = world.partnership.pk, club(world), signed_in(world.admin())
    secretary = signed_in(person)
    page = words(secretary.get(reverse("procurement:support", args=[key])))
    assert "3 gaps have no plan yet" in page      # safeguarding and dance of its own, dance that nobody covers
    assert "does not say that it holds this" in page
    form = secretary.get(reverse("procurement:support-new", args=[key]) + "?gap=safeguarding&kind=standard")
    assert 'value="safeguarding"' in form.content.decode()
    sent = {"gap": "safeguarding", "kind": "standard", "whose": "ours", "steps": "One evening course.",
            "owner": str(world.council.pk), "mentor": str(world.council.pk), "due_day": "1", "due_month": "9",
            "due_year": "2026", "money": "120"}
    assert "Say who pays" in words(secretary.post(reverse("procurement:support-new", args=[key]), sent))
    made = secretary.post(reverse("procurement:support-new", args=[key]), sent | {"money_from": "Council"},
                          follow=True)
    assert "Testshire District Council sees to it that this is closed by 1 September 2026" in words(made)
    assert "£120 from Council" in words(made)
    plan = SupportPlan.objects.get()
    given = {"what": "A trainer", "hours": "3", "on_day": "1", "on_month": "5", "on_year": "2026"}
    admin.post(reverse("procurement:support-give", args=[key, plan.pk]), given)
    keep_profile(by=viewer_of(person), partnership=world.partnership,
                 told=Told(about="We sing.", lines=(Line("policy", "Safeguarding policy"),)))
    shown = words(secretary.get(reverse("procurement:support-plan", args=[key, plan.pk])))
    assert "What the organisation says of itself now holds this" in shown
    with clock.fixed(datetime(2026, 8, 1, 9, tzinfo=UTC)):
        ended = secretary.post(reverse("procurement:support-end", args=[key, plan.pk]),
                               {"how": "closed", "took": "One evening and a form."}, follow=True)
        assert "Closed on 1 August 2026, after 3 months" in words(ended)
        page = words(admin.get(reverse("procurement:support", args=[key])))
    assert "One evening and a form." in page
    assert "What organisations gave to build up others" in page


def test_a_plan_of_one_organisation_is_seen_by_it_and_its_helpers_alone(world):
    asked(world)
    person = club(world)
    row = write_plan(by=viewer_of(person), partnership=world.partnership,
                     said=said(world, owner=viewer_of(person).organisation_in(world.partnership.pk)))
    there = world.partnership.pk
    for who, sees in ((person, 1), (world.admin(), 0), (world.outsider, 0)):
        assert len(SupportPlan.objects.shared_with(viewer_of(who), there)) == sees
    for who in (world.admin(), world.outsider):
        browser = signed_in(who)
        for route in ("support-plan", "support-give", "support-end", "support-change"):
            assert browser.get(reverse(f"procurement:{route}", args=[there, row.pk])).status_code == 404
    with pytest.raises(NotFound):
        end_plan(by=viewer_of(world.admin()), plan=row, took="x", closed=True)
    shared = write_plan(by=viewer_of(person), partnership=world.partnership, said=said(
        world, ours=False, gap="dance: Testshire"))
    assert [one.id for one in plans_for(viewer_of(world.admin()), there)] == [shared.pk]
    assert not any(one.ours and one.planned for one in gaps_for(viewer_of(world.admin()), there))


def test_a_giver_who_is_only_counted_is_not_named(world):
    person = club(world)
    row = write_plan(by=viewer_of(world.admin()), partnership=world.partnership, said=said(world, ours=False))
    give_support(
        by=viewer_of(person), plan=row, said=GaveSaid(what="A hall", on=date(2026, 5, 1), hours=Decimal(4))
    )
    choose_visibility(by=viewer_of(person), partnership=world.partnership, seen=Seen.COUNTED)
    found = support_for(viewer_of(world.admin()), world.partnership.pk)
    assert [(one.name, one.hours) for one in found.builders] == [("A group that is not named", Decimal(4))]
    assert "Marsh End Choir" not in str(found)


@pytest.mark.parametrize(("deed", "sentence"), [
    (lambda w, row: write_plan(by=viewer_of(w.admin()), partnership=w.partnership, said=said(
        w, due=date(2026, 1, 1))), "still to come"),
    (lambda w, row: write_plan(by=viewer_of(w.admin()), partnership=w.partnership, said=said(
        w, money=Decimal(5))), "Say who gives the money"),
    (lambda w, row: give_support(by=viewer_of(w.admin()), plan=row, said=GaveSaid(
        what="x", on=date(2026, 5, 2), hours=Decimal(1))), "between the plan's first and today"),
    (lambda w, row: give_support(by=viewer_of(w.admin()), plan=row, said=GaveSaid(what="x", on=date(2026, 5, 1))),
     "Give the hours, the pounds"),
    (lambda w, row: end_plan(by=viewer_of(w.admin()), plan=row, took="", closed=True), "Say what it took"),
])  # fmt: skip
def test_what_cannot_be_is_refused_in_a_sentence(world, deed, sentence):
    row = write_plan(by=viewer_of(world.admin()), partnership=world.partnership, said=said(world))
    with pytest.raises(Refused, match=sentence):
        deed(world, row)


def test_who_is_forgotten_leaves_the_hours(world):
    person = club(world)
    row = write_plan(by=viewer_of(person), partnership=world.partnership, said=said(
        world, steps="Kim Singer goes to a course."))
    give_support(by=viewer_of(person), plan=row, said=GaveSaid(
        what="Kim Singer's evening", on=date(2026, 5, 1), hours=Decimal(2)))
    erase_person(by=SYSTEM, person=person, reason=TombstoneReason.ASKED)
    row.refresh_from_db()
    assert row.steps == "somebody goes to a course."
    assert list(SupportGiven.objects.values_list("what", "hours")) == [("somebody's evening", Decimal(2))]
    assert not SupportPlan.history.filter(steps__contains="Kim").exists()
