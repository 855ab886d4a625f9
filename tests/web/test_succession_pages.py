"""Staff join and split partnerships through pages, and see nothing of their work."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from tests.needs.test_need import SAID, proposed, written
from tests.world import World, signed_in

from commonweal.core import clock
from commonweal.core.actions.succession import join_partnerships
from commonweal.core.models import (
    Partnership,
    PartnershipOrganisation,
    PartnershipPlace,
    PartnershipRole,
    PartnershipSuccession,
    SuccessionKind,
)
from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.need import sign_need


@pytest.fixture
def began(world: World) -> None:
    Partnership.objects.update(start=clock.today() - timedelta(days=100))


def said(**more: object) -> dict[str, object]:
    day = clock.today() + timedelta(days=30)
    return {"day_day": day.day, "day_month": day.month, "day_year": day.year, **more}


def text(response) -> str:
    assert response.status_code == 200, response.headers
    return response.content.decode()


def test_joined_from_the_list(world, began):
    client = signed_in(world.staff)
    assert reverse("web:partnerships-here") in text(client.get(reverse("web:account")))
    where = reverse("web:partnerships-join")
    page = text(client.get(where))
    assert "cannot be undone" in page
    both = [str(world.partnership.pk), str(world.other_partnership.pk)]
    for wrong in ({"before": both[:1]}, {"name": ""}, {"day_year": "x"}, {"before": ["nonsense"]},
                  {"before": [both[0], str(world.invented.pk)]}):
        assert "There is a problem" in text(client.post(where, {**said(before=both, name="Both"), **wrong})), wrong
    assert not PartnershipSuccession.objects.exists()
    page = text(client.post(where, said(before=both, name="Both"), follow=True))
    for words in ("Both begins on", "Goes on as Both", "Came from Otherham partners, Testshire together"):
        assert words in page
    assert "Pat" not in page
    assert "Testshire together" not in text(client.get(where))


def test_split_with_everything_shared_out(world, began):
    client, where = signed_in(world.staff), reverse("web:partnership-split", args=[world.partnership.pk])
    assert "In which part does Testshire District Council go on?" in text(client.get(where))
    place = PartnershipPlace.objects.get(partnership=world.partnership)
    answer = said(**{
        "first": "East", "second": "West", str(world.council.pk): "both", str(place.pk): "first",
    })
    for key in answer:
        assert "There is a problem" in text(client.post(where, {**answer, key: ""})), key
    alone = text(client.post(where, {**answer, str(world.council.pk): "first"}))
    assert "West would have no administrator" in alone
    page = text(client.post(where, answer, follow=True))
    assert "East and West begin on" in page
    assert {link.kind for link in PartnershipSuccession.objects.all()} == {SuccessionKind.SPLIT}
    assert client.get(where).status_code == 404
    parts = {one.name: one for one in Partnership.objects.filter(name__in=("East", "West"))}
    assert not PartnershipPlace.objects.filter(partnership=parts["West"]).exists()
    for one in parts.values():
        assert client.get(reverse("web:partnership", args=[one.pk])).status_code == 404


def test_what_was_agreed_before_is_read_by_those_who_agreed_it(world, began):
    """After a join: the partners see what came before; the others that it was, and nothing of its work."""
    for model in (PartnershipRole, PartnershipOrganisation, PartnershipPlace):
        model.objects.update(start=clock.today() - timedelta(days=100))
    need, version = proposed(world)
    sign_need(by=viewer_of(world.admin()), need=need, number=version.number)
    drafted = written(world, replace(SAID, who="Swimmers"))
    old = [*Partnership.objects.filter(pk__in=(world.partnership.pk, world.other_partnership.pk))]
    new = join_partnerships(by=viewer_of(world.staff), before=old, name="Both", day=clock.today())
    where = reverse("web:partnership-history", args=[new.pk])
    page = text(signed_in(world.admin()).get(where))
    for words in ("2 partnerships came before it", "joined with others as Both", "Signed by Testshire District",
                  "of 11 to 16", "Your organisation was not in it to the last day"):
        assert words in page, words
    assert drafted.versions.get().who not in page
    assert "Where this partnership comes from" in text(
        signed_in(world.admin()).get(reverse("web:partnership", args=[new.pk])))
    other = text(signed_in(world.outsider).get(where))
    assert "Testshire together" in other
    assert "of 11 to 16" not in other
    assert "None came before it" in text(signed_in(world.invented_person).get(
        reverse("web:partnership-history", args=[world.invented.pk])))
    for outside in (world.loner, world.staff):
        assert signed_in(outside).get(where).status_code == 404
