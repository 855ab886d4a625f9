"""An organisation is looked for before it is entered, and its seat changes on its own page."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.actions.organisations import create_organisation
from commonweal.core.models import Organisation, OrganisationKind, PartnershipOrganisation, SeatChange
from commonweal.core.viewer import SYSTEM


def test_looked_for_chosen_or_entered(world):
    choir = create_organisation(by=SYSTEM, name="Testshire Choir", kind=OrganisationKind.THIRD_SECTOR)
    client, keys = signed_in(world.admin()), [world.partnership.pk]
    address = reverse("web:organisation-add", args=keys)
    assert "Enter it" not in client.get(address).content.decode()
    assert "There is a problem" in client.get(address, {"q": " "}).content.decode()
    found = client.get(address, {"q": "testshire"}).content.decode()
    for words in ("Testshire Choir", "Already in the partnership", "None of these: enter it"):
        assert words in found
    text = client.post(address, {"organisation": str(choir.pk), "signs_off": "on"}, follow=True).content.decode()
    assert "Testshire Choir is in the partnership" in text
    assert PartnershipOrganisation.objects.get(organisation=choir).signs_off
    assert "“Harriers”" in client.get(address, {"q": "Harriers"}).content.decode()
    twice = client.post(address, {"name": "testshire choir", "kind": "other"}).content.decode()
    assert "already known here" in twice
    text = client.post(address, {"name": "Harriers", "kind": "third_sector"}, follow=True).content.decode()
    assert "Harriers is in the partnership" in text
    assert "Nobody from here yet" in text
    people = client.get(reverse("web:people", args=keys)).content.decode()
    assert reverse("web:organisation", args=[*keys, Organisation.objects.get(name="Harriers").pk]) in people
    for nonsense in ("x", str(world.other_council.pk)):
        assert client.post(address, {"organisation": nonsense}).status_code == 404


def test_a_seat_changes_with_its_reason(world):
    client, keys = signed_in(world.admin()), [world.partnership.pk, world.council.pk]
    address, today = reverse("web:seat", args=keys), clock.today()
    said = {
        "what": "sign_off_ended", "reason": "The county signs for both", "day_day": today.day,
        "day_month": today.month, "day_year": today.year,
    }
    for missing in ("what", "reason", "day_day"):
        assert "There is a problem" in client.post(address, {**said, missing: ""}).content.decode(), missing
    left = client.post(address, {**said, "what": "left"}).content.decode()
    assert "no administrator left" in left
    assert client.post(address, said).status_code == 302
    text = client.get(reverse("web:organisation", args=keys)).content.decode()
    assert "The county signs for both" in text
    assert "signs off what it agrees" not in text


def test_a_change_to_come_is_shown_and_called_off(world):
    client, keys = signed_in(world.admin()), [world.partnership.pk, world.council.pk]
    day = clock.today() + timedelta(days=40)
    text = client.post(reverse("web:seat", args=keys), {
        "what": "sign_off_ended", "reason": "The county signs for both", "day_day": day.day,
        "day_month": day.month, "day_year": day.year,
    }, follow=True).content.decode()
    assert f"changes on {day:%-d %B %Y}" in text
    page = client.get(reverse("web:organisation", args=keys)).content.decode()
    assert f"From {day:%-d %B %Y}: it stops signing off" in page
    assert "signs off what it agrees" in page
    assert "Change its seat" not in page
    change = SeatChange.objects.get()
    wrong = signed_in(world.outsider).post(reverse("web:seat-call-off", args=[
        world.other_partnership.pk, world.other_council.pk, change.pk
    ]))
    assert wrong.status_code == 404
    text = client.post(reverse("web:seat-call-off", args=[*keys, change.pk]), follow=True).content.decode()
    assert "stays as it is" in text
    assert "Called off: it stops signing off" in text
