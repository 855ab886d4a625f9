"""Neighbourhoods through the pages: marked out, given a voice and money, changed and ended."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.access.neighbourhoods import neighbourhood, place
from tests.world import World, signed_in

from commonweal.core.models import Neighbourhood, NeighbourhoodBudget
from commonweal.core.permissions import Role
from commonweal.lake.places import PlaceRow

WARDS = tuple(PlaceRow("ward", f"E0500000{n}", name, 2025) for n, name in enumerate(("Abbey", "Bridge")))


@pytest.fixture
def wards(monkeypatch):
    for module in ("actions", "queries"):
        monkeypatch.setattr(f"commonweal.core.{module}.neighbourhoods.wards_in", lambda place: WARDS)


def text(response, status: int = 200) -> str:
    assert response.status_code == status, response.headers
    return response.content.decode()


def test_marked_out_budgeted_changed_and_ended(world: World, wards):
    client, listed = signed_in(world.admin()), reverse("web:neighbourhoods", args=[world.partnership.pk])
    adding = reverse("web:neighbourhood-add", kwargs=place(world))
    assert adding in text(client.get(listed))
    assert "2 of 2" in text(client.get(listed))
    said = {"name": "Northside", "wards": ["E05000000", "E05000001"], "speaker": str(world.council.pk)}
    for wrong in ({"name": ""}, {"wards": []}, {"wards": ["E05999999"]}, {"speaker": str(world.other_council.pk)}):
        assert "There is a problem" in text(client.post(adding, {**said, **wrong})), wrong
    page = text(client.post(adding, said, follow=True))
    for words in ("Northside is a neighbourhood now", "Abbey, Bridge", "they stood in 2025", "None has been set",
                  "speaks for it", "signs off what the partnership agrees", "of Testshire is in a neighbourhood"):
        assert words in page
    assert "of Testshire is in a neighbourhood" in text(client.get(adding))
    keys = {"partnership": world.partnership.pk, "neighbourhood": Neighbourhood.objects.get().pk}
    setting = reverse("web:neighbourhood-budget", kwargs=keys)
    money = {"year": "2026-27", "pounds": "20000", "vat": "outside", "source": "Cabinet, 3 March 2026"}
    for wrong in ({"year": "2026"}, {"pounds": "lots"}, {"pounds": "-5"}, {"source": ""}, {"vat": "x"}):
        assert "There is a problem" in text(client.post(setting, {**money, **wrong})), wrong
    page = text(client.post(setting, money, follow=True))
    assert "Budget 2026-27" in page
    assert "£20,000" in page
    text(client.post(setting, {**money, "pounds": "21000"}, follow=True))
    assert NeighbourhoodBudget.objects.count() == 2
    reading = text(signed_in(world.people[Role.OBSERVER]).get(listed))
    assert "before: £20,000" in reading
    for hidden in ("Set a budget", "Mark out", "End<"):
        assert hidden not in reading
    changing = reverse("web:neighbourhood-change", kwargs=keys)
    assert "Northside" in text(client.get(changing))
    page = text(client.post(changing, {"name": "North", "speaker": ""}, follow=True))
    assert "Nobody speaks for it yet" in page
    ended = text(client.post(reverse("web:neighbourhood-end", kwargs=keys), follow=True))
    assert "North has ended" in ended
    assert text(client.get(setting), 404)


def test_no_wards_loaded_is_said(world):
    client = signed_in(world.admin())
    assert "so none can be marked out there" in text(client.get(reverse(
        "web:neighbourhoods", args=[world.partnership.pk]
    )))
    assert "commonweal pull" in text(client.get(reverse("web:neighbourhood-add", kwargs=place(world))))


@pytest.mark.parametrize("deed", ["change", "budget", "end"])
def test_anothers_is_not_found_through_ones_own(world, deed):
    keys = {**neighbourhood(world), "partnership": world.other_partnership.pk}
    response = signed_in(world.outsider).post(reverse(f"web:neighbourhood-{deed}", kwargs=keys), {"name": "Mine"})
    assert response.status_code == 404
    assert Neighbourhood.objects.get().name == "Northside"
