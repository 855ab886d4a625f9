"""What is coming is matched with who could do it and told as they wish; who was not told is listed."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from tests.access.pipeline import TOLD, listed
from tests.providers.test_for_groups import club
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.actions.people import erase_person
from commonweal.core.models import TombstoneReason
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.procurement.actions.chances import send_chances, wish_news
from commonweal.procurement.actions.pipeline import express_interest
from commonweal.procurement.matching import Could, Sought, reasons, telling_words
from commonweal.procurement.models import Chance, ChanceWish
from commonweal.procurement.models.chances import Often
from commonweal.procurement.queries.chances import chances_for, reach_of
from commonweal.providers.actions.profile import Line, Told, choose_visibility, keep_profile
from commonweal.providers.classes import classified
from commonweal.providers.models import Application, Provider, Seen

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
DANCE = Told(about="We dance.", lines=(Line("activity", "dance for girls"), Line("group", "girls of 11 to 16")))


@pytest.fixture(autouse=True)
def now(settings, tmp_path):
    settings.VAR = tmp_path
    settings.SITE_ADDRESS = "https://calendar.example"
    with clock.fixed(NOW):
        yield


def words(answer):
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def dancers(world, seen=Seen.PARTNERS):
    person = club(world)
    keep_profile(by=viewer_of(person), partnership=world.partnership, told=DANCE)
    choose_visibility(by=viewer_of(person), partnership=world.partnership, seen=seen)
    return person


@pytest.mark.promise("V6")
def test_a_club_is_told_of_what_it_could_do_with_the_reason_as_it_wishes(world):
    row, person, key = listed(world), dancers(world), world.partnership.pk
    secretary, officer = signed_in(person), signed_in(world.admin())
    page = words(secretary.get(reverse("procurement:chances", args=[key])))
    assert "1 coming commission may be for your organisation" in page
    assert "It is for people you reach: girls of 11 to 16." in page
    for own in (reverse("providers:one", args=[Provider.objects.get(name="Marsh End Choir").pk]),
                reverse("providers:applications", args=[key])):
        assert "Coming, and you could do it" in words(secretary.get(own))
    reach = reverse("procurement:reach", args=[key, row.commission_id])
    assert "asked for no e-mail" in words(officer.get(reach))
    secretary.post(reverse("procurement:chances", args=[key]), {"often": "weekly"})
    assert "The next weekly e-mail tells it" in words(officer.get(reach))
    assert send_chances().sent == 1
    assert send_chances().sent == 0
    letter = mail.outbox[-1]
    assert "It is for people you reach: girls of 11 to 16." in letter.body
    assert "Told by e-mail on 22 November 2026" in words(officer.get(reach))
    with clock.fixed(NOW + timedelta(days=8)):
        assert send_chances().sent == 0                      # nothing new
    secretary.post(reverse("procurement:chance-answer", args=[key, row.pk, "tracked"]))
    assert Application.objects.get().title == "Dance"
    end = letter.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("https://calendar.example")
    assert Client(enforce_csrf_checks=True).post(end).status_code == 200
    assert ChanceWish.objects.get().often == Often.NONE


def test_what_a_group_answered_is_its_own(world):
    row, person = listed(world), dancers(world)
    key = world.partnership.pk
    signed_in(person).post(reverse("procurement:chance-answer", args=[key, row.pk, "declined"]))
    seen = words(signed_in(world.admin()).get(reverse("procurement:reach", args=[key, row.commission_id])))
    assert "It saw this here on 22 November 2026" in seen
    assert "Not for us" not in seen
    assert signed_in(world.outsider).post(
        reverse("procurement:chance-answer", args=[key, row.pk, "declined"])).status_code == 404


@pytest.mark.parametrize("seen", [Seen.COUNTED, Seen.PARTNERS])
def test_a_group_that_is_only_counted_is_told_and_never_named(world, seen):
    row, person = listed(world), dancers(world, seen)
    assert chances_for(viewer_of(person), world.partnership.pk)
    found = reach_of(viewer_of(world.admin()), world.partnership.pk, row)
    assert ("Marsh End Choir" in str(found)) == (seen == Seen.PARTNERS)
    assert found.total == (seen == Seen.PARTNERS)
    assert "Fewer than 5" in found.unnamed                  # the same words for none and for one


def test_an_expression_of_interest_counts_as_told(world):
    row = listed(world)
    Provider.objects.create(name="Marsh End Dance", visibility=Seen.PUBLIC, classes=classified("dance"))
    express_interest(by=viewer_of(world.admin()), listing=row, said=TOLD)
    found = reach_of(viewer_of(world.admin()), world.partnership.pk, row)
    assert [one.told for one in found.told] == ["It said that it might take part."]


def test_a_second_person_is_told_too_and_nobody_twice(world):
    listed(world)
    person = dancers(world)
    wish_news(by=viewer_of(person), partnership=world.partnership, often=Often.WEEKLY)
    Chance.objects.all().delete()
    send_chances()
    wish = ChanceWish.objects.get()
    ChanceWish.objects.filter(pk=wish.pk).update(told_at=NOW - timedelta(days=8))    # as if a colleague was told
    assert send_chances().sent == 1
    with clock.fixed(NOW + timedelta(days=8)):
        assert send_chances().sent == 0
    erase_person(by=SYSTEM, person=person, reason=TombstoneReason.ASKED)
    assert not ChanceWish.objects.exists()


TITLES = {"dance": "Dance", "sport": "Sport"}


@pytest.mark.parametrize(("could", "why"), [
    (Could(frozenset({"dance"}), (), (), "E1"), ("It asks for dance, and you do", "It is for Town, where you")),
    (Could(frozenset({"dance"}), (), (), "E2"), ()),                         # known to be elsewhere
    (Could(frozenset({"dance"}), (), (), ""), ("It asks for dance, and you do", "It is for Town. Where you")),
    (Could(frozenset({"sport"}), (), (), "E1"), ()),
    (Could(frozenset(), ("street dancing",), ("people over 60",), "E1"), ("It speaks of what you do: street",)),
    (Could(frozenset(), (), ("older people",), "E1"), ()),                   # a word that says nothing
])  # fmt: skip
def test_reasons(could, why):
    text = "Dancing for girls of 11 to 16 and other people"
    asked = Sought(frozenset({"dance"}), telling_words(text), frozenset({"E1"}), "Town")
    found = reasons(asked, could, TITLES)
    assert bool(found) == bool(why)
    assert all(one.startswith(start) for one, start in zip(found, why, strict=False))
