"""Read-only: all is read, people get in and out, and whoever sends something learns why it was not kept."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from tests.access.returns import agreed
from tests.world import World, signed_in

from commonweal.core.models import Event
from commonweal.options.models import Agreement


@pytest.fixture
def at(settings, tmp_path) -> None:
    settings.VAR = tmp_path


def test_all_is_read_and_nothing_is_written(world: World, at, capsys):
    row = agreed(world)
    admin, keys = signed_in(world.admin()), [world.partnership.pk, row.pk]
    call_command("read_only", "on", "--because", "We move to a new <server>.")
    assert "Stop the workers" in capsys.readouterr().out
    before = Event.objects.count()
    page = admin.get(reverse("agreements:agreement", args=keys))
    assert page.status_code == 200
    assert "We move to a new &lt;server&gt;." in page.content.decode()
    sent = {"words": "Four evenings.", "number": ""}
    answer = admin.post(reverse("agreements:term-add", args=[*keys, "clause"]), sent)
    assert (answer.status_code, answer["Retry-After"]) == (503, "600")
    assert "What you sent was not kept" in answer.content.decode()
    told = admin.post("/api/v1/nothing", {}, content_type="application/json")
    assert told.status_code in {404, 503}
    assert Event.objects.count() == before
    assert Agreement.objects.get(pk=row.pk).clauses.count() == 0
    stranger = Client()
    assert stranger.post(reverse("account_login"), {"login": "a@b.uk", "password": "x"}).status_code == 200
    assert stranger.get(reverse("web:start")).status_code == 200
    assert admin.post(reverse("account_logout")).status_code == 302
    call_command("read_only", "off")
    back = signed_in(world.admin())
    assert back.post(reverse("agreements:term-add", args=[*keys, "clause"]), sent).status_code == 302
    assert Agreement.objects.get(pk=row.pk).clauses.count() == 1
    call_command("read_only", "off")
    assert "was not read-only" in capsys.readouterr().out
