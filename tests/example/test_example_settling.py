"""The example shows what a partnership has settled, so that no page of it stands empty."""

from __future__ import annotations

from commonweal.core.models import Invitation, Partnership, Person, SharingEnd
from commonweal.core.queries.sharing import agreement_for, agreements_for
from commonweal.core.queries.steps import history_of
from commonweal.core.queries.succession import lineage_of
from commonweal.core.viewer import viewer_of
from commonweal.needs.models import Briefing, HelpRequest
from commonweal.needs.queries.agreed_before import agreed_before
from commonweal.needs.queries.capacity import own_capacity
from commonweal.needs.queries.elections import polls_of
from commonweal.needs.queries.relationships import Touch, contacts_for
from commonweal.needs.queries.statement import statement_for


def test_invited_ended_helped_and_closed(example_records):
    here = Partnership.objects.get(end=None)
    officer = viewer_of(Person.objects.get(email="officer@larkmere.example"))
    assert sorted(Invitation.objects.exclude(accepted=None).values_list("role", flat=True)) == [
        "certifier", "observer"]
    assert list(Invitation.objects.filter(accepted=None).values_list("address", flat=True)) == [
        "planning@larkmere.example"]
    assert SharingEnd.objects.get().reason.startswith("The board counts")
    assert "Waiting times for exercise on referral" in {one.title for one in agreements_for(officer, here.pk)}
    treasurer = Person.objects.get(email="finance@larkmere.example")
    assert {role.organisation.name for role in treasurer.roles.all()} == {
        "Larkmere District Council", "Larkmere Voluntary Action"}
    (closing,) = history_of(officer, here.pk, "evidence")
    assert closing.left
    assert "autumn" in closing.reason
    assert HelpRequest.objects.get().reply == "yes"
    assert not Briefing.objects.exists()  # its figures are in the store, which is not built here


def test_it_came_from_others_whose_needs_are_kept(example_records):
    here = Partnership.objects.get(end=None)
    officer, chief = (viewer_of(Person.objects.get(email=email)) for email in (
        "officer@larkmere.example", "chief@larkmeretrust.example"))
    earlier = lineage_of(officer, here.pk).earlier
    assert [(one.began.year, one.ended.year, one.how) for one in earlier] == [
        (2016, 2024, "join"), (2016, 2024, "join"), (2009, 2016, "split")]
    assert {need.title for needs in agreed_before(officer, here.pk).values() for need in needs} == {
        "Back in the water", "Somewhere to rehearse", "Two hours of sport a week"}
    assert agreed_before(chief, here.pk) == {}  # a provider sees no evidence, nor what came of it
    assert len({poll.held for poll in polls_of(officer, here.pk)}) == 2


def test_somebody_keeps_in_touch_with_everybody_and_two_have_lapsed(example_records):
    here, officer = Partnership.objects.get(end=None), Person.objects.get(email="officer@larkmere.example")
    touch = [one.touch for one in contacts_for(viewer_of(officer), here.pk)]
    assert touch.count(Touch.NOBODY) == 0
    assert touch.count(Touch.LAPSED) == 2
    again = own_capacity(viewer_of(officer), here.pk)
    assert again.number == 2
    assert any(line.moved == "Better than last time" for line in again.result.lines)


def test_three_needs_are_stated_and_signed_and_every_use_of_shared_data_is_shown(example_records):
    here, trust = Partnership.objects.get(end=None), Person.objects.get(email="secretary@larkmeretrust.example")
    viewer = viewer_of(trust)
    stated = statement_for(viewer, here.pk)
    assert [len(stated.needs), {seat.signs for seat in stated.seats}] == [3, {True}]
    found = {one.title: agreement_for(viewer, here.pk, one.id) for one in agreements_for(viewer, here.pk)}
    referred = found["Places for people who are referred"]
    assert (referred.row.giver.name, referred.latest.row.taker_role, referred.latest.row.condition) == (
        "Lark and Shore Health Board", "processor", "health-or-social-care")
    assert referred.effect.startswith("In force from")
    assert [use.who for use in referred.uses.uses] == ["Imani Brooks"] * 3
