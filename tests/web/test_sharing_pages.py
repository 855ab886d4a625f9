"""Sharing through the pages: described, agreed, opened, written down, closed; and nothing seen without."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.world import World, signed_in

from commonweal.core import clock
from commonweal.core.actions.people import add_person
from commonweal.core.actions.roles import give_role
from commonweal.core.actions.seats import NewOrganisation, seat_new_organisation
from commonweal.core.models import HeldDataset, OrganisationKind, SharingAgreement, SharingVersion
from commonweal.core.permissions import Role
from commonweal.core.viewer import SYSTEM


def text(response, status: int = 200) -> str:
    assert response.status_code == status, response.headers
    return response.content.decode()


@pytest.fixture
def council(world) -> Client:
    return signed_in(world.admin())


def seat(world: World, name: str, email: str) -> tuple[str, Client]:
    body = seat_new_organisation(
        by=SYSTEM, partnership=world.partnership, new=NewOrganisation(name, OrganisationKind.THIRD_SECTOR)
    ).organisation
    person = add_person(by=SYSTEM, email=email, name=f"Kim of {name}")
    give_role(by=SYSTEM, partnership=world.partnership, person=person, organisation=body, role=Role.ADMIN)
    return str(body.pk), signed_in(person)


def dates(**days: int) -> dict[str, str]:
    found = {}
    for name, offset in days.items():
        day = clock.today() + timedelta(days=offset)
        found |= {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}
    return found


def described(council: Client, world: World, **more: object) -> HeldDataset:
    fields = "month\n*age band\n** condition"
    said = {"title": "Swimming lessons", "fields_told": fields, "about": ["children"], **more}
    page = text(council.post(reverse("web:held-add", args=[world.partnership.pk]), said, follow=True))
    assert "It is described" in page
    return HeldDataset.objects.get(title=said["title"])


def advise(client: Client, *keys: object, number: int = 1) -> None:
    said = {"number": number, "kind": "none", "reason": "Our officer is ill, and the county's was asked."}
    assert client.post(reverse("web:impact-advise", args=keys), said).status_code == 302


def answers(held: HeldDataset, to: str, **more: object) -> dict[str, object]:
    return {
        "title": "Lessons for the trust", "taker": to, "shared": [f"{held.pk}:month", f"{held.pk}:age band"],
        "purposes": ["assessment"], "why": "To see who is missed.", "basis": "public-task",
        "condition": "public-health", "giver_role": "controller", "taker_role": "controller",
        "retention": "A year", "contact": "data@testshire.gov.uk", "survives": "nothing",
        **dates(start=0, end=90, review=30), **more,
    }


@pytest.mark.promise("P2")
def test_shared_under_an_agreement_and_not_otherwise(world, council):
    keys = [world.partnership.pk]
    trust, receiving = seat(world, "Splash", "kim@trust.example.org")
    _, third = seat(world, "Rowing club", "kim@club.example.org")
    held = described(council, world)
    front, opening = reverse("web:sharing", args=keys), reverse("web:held", args=[*keys, held.pk])
    assert "condition" in text(council.get(opening))
    for client in (receiving, third):
        assert "Swimming lessons" not in text(client.get(front))
        assert text(client.get(opening), 404)
    page = text(council.post(reverse("web:agreement-write", args=keys), answers(held, trust), follow=True))
    agreement = SharingAgreement.objects.get()
    about = reverse("web:agreement", args=[*keys, agreement.pk])
    signing = reverse("web:agreement-sign", args=[*keys, agreement.pk])
    for words in ("Nothing opens until both have signed", "Testshire District Council gives; Splash receives",
                  "Understanding need", "Public task, Article 6(1)(e)", "Unchecked: confirm with your legal",
                  "Splash: not yet", "Nobody yet. Every opening is written down here"):
        assert words in page, words
    home = reverse("web:partnership", args=keys)
    assert "Record advice: Lessons for the trust" in text(receiving.get(home))
    for client in (council, receiving):
        advise(client, *keys, agreement.pk)
    assert "Sign: Lessons for the trust" in text(receiving.get(home))
    text(council.post(signing, {"number": "1"}, follow=True))
    assert text(receiving.get(opening), 404)
    text(receiving.post(signing, {"number": "1"}, follow=True))
    page = text(receiving.get(opening))
    assert "age band" in page
    assert "condition" not in page
    assert "You see this under an agreement" in page
    for client in (council, receiving):
        assert "Kim of Splash, Splash, Swimming lessons" in text(client.get(about))
    for address in (opening, about):
        assert text(third.get(address), 404)
    ending = reverse("web:agreement-end", args=[*keys, agreement.pk])
    assert "There is a problem" in text(council.post(ending, {"reason": ""}))
    page = text(council.post(ending, {"reason": "The trust needs it no more"}, follow=True))
    assert "What it opened is closed" in page
    assert "Sign version" not in page
    assert text(receiving.get(opening), 404)
    assert "The trust needs it no more" in text(receiving.get(about))


def test_what_is_answered_wrongly_is_said(world, council):
    trust, _ = seat(world, "Splash", "kim@trust.example.org")
    writing = reverse("web:agreement-write", args=[world.partnership.pk])
    assert "has described no data yet" in text(council.get(writing))
    held = described(council, world)
    for wrong, words in (
        ({"title": ""}, "There is a problem"), ({"taker": "x"}, "There is a problem"),
        ({"shared": []}, "There is a problem"), ({"shared": ["x:y"]}, "There is a problem"),
        ({"purposes": ["gossip"]}, "There is a problem"), ({"start_month": "13"}, "There is a problem"),
        ({"basis": ""}, "which basis of Article 6"), ({"condition": ""}, "which condition of Article 9"),
        (dates(review=200), "review must be between"),
    ):
        assert words in text(council.post(writing, answers(held, trust, **wrong))), wrong
    assert not SharingAgreement.objects.exists()
    adding = reverse("web:held-add", args=[world.partnership.pk])
    for wrong in ({"title": ""}, {"fields_told": " \n*\n"}, {"about": ["x"]}, {"title": "Swimming lessons"}):
        said = {"title": "Other", "fields_told": "month", **wrong}
        assert "There is a problem" in text(council.post(adding, said)), wrong


def test_a_newer_version_is_named_to_whoever_signs_the_older(world, council):
    keys = [world.partnership.pk]
    trust, receiving = seat(world, "Splash", "kim@trust.example.org")
    held = described(council, world)
    council.post(reverse("web:agreement-write", args=keys), answers(held, trust))
    keys.append(SharingAgreement.objects.get().pk)
    rewriting, signing = (reverse(f"web:agreement-{name}", args=keys) for name in ("rewrite", "sign"))
    assert "To see who is missed." in text(receiving.get(rewriting))
    newer = {**answers(held, trust, retention="Two years"), "over": "1", "reason": "Needed longer"}
    assert "Version 2 is written" in text(receiving.post(rewriting, newer, follow=True))
    assert "Somebody else wrote version 2 meanwhile" in text(council.post(rewriting, newer))
    for stale, said in (("1", "Read version 2, then decide."), ("", "Say which version you have read"),
                        ("x", "Say which version you have read"), ("9" * 20, "Say which version you have read")):
        page = text(council.post(signing, {"number": stale}, follow=True))
        assert said in page
        assert "Nothing was signed." in page
    advise(council, *keys, number=2)
    assert "has signed this version" in text(council.post(signing, {"number": "2"}, follow=True))
    assert SharingVersion.objects.filter(signatures__isnull=False).values_list("number", flat=True).get() == 2


def test_a_review_that_is_due_waits(world, council):
    keys = [world.partnership.pk]
    trust, receiving = seat(world, "Splash", "kim@trust.example.org")
    held = described(council, world)
    said = answers(held, trust, **dates(start=0, review=0, end=9))
    council.post(reverse("web:agreement-write", args=keys), said)
    signing = reverse("web:agreement-sign", args=[*keys, SharingAgreement.objects.get().pk])
    for client in (council, receiving):
        advise(client, *keys, SharingAgreement.objects.get().pk)
        client.post(signing, {"number": "1"})
    home = text(council.get(reverse("web:partnership", args=keys)))
    assert "Look again at: Lessons for the trust" in home
    assert "1 in force" in home
