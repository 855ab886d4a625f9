"""A file is made for a token on its days, holds what its person sees, and is nobody else's."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.test_thread_pages import WORDS, words
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.actions.token_exports import due_exports, is_due, let_old_exports_go, place_of
from commonweal.core.actions.tokens import end_token
from commonweal.core.models import Job, Partnership, PartnershipRole, ProgramToken
from commonweal.core.permissions import Role
from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.need import Wording, write_need
from commonweal.needs.models import Side
from commonweal.web.background import export
from commonweal.web.upkeep import ask_for_exports

NOW = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at(settings, tmp_path):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        yield


class Handled:
    """Work in hand, without a worker."""

    def __init__(self, subject) -> None:
        self.subject = subject

    def progress(self, share: float, words: str) -> None:
        assert 0 <= share <= 100
        assert words


def made(world, every: str = "week") -> tuple[ProgramToken, str]:
    page = signed_in(world.admin()).post(
        reverse("web:tokens", args=[world.partnership.pk]),
        {"name": "Open data", "scopes": ["read"], "days": 90, "every": every})
    said = words(page)
    return ProgramToken.objects.get(name="Open data"), said.partition("Bearer ")[2].split()[0]


def fetched(world, secret: str, partnership=None):
    return Client().get(reverse("api:export", args=[partnership or world.partnership.pk]),
                        headers={"Authorization": f"Bearer {secret}"})


def taken(answer) -> bytes:
    return b"".join(answer.streaming_content)   # the client closes it at its end


@pytest.mark.parametrize(("every", "last", "today", "due"), [
    ("day", None, "2026-11-27", True), ("day", "2026-11-27", "2026-11-27", False),
    ("day", "2026-11-26", "2026-11-27", True), ("week", "2026-11-21", "2026-11-27", False),
    ("week", "2026-11-20", "2026-11-27", True), ("month", "2026-11-01", "2026-11-30", False),
    ("month", "2026-11-30", "2026-12-01", True), ("month", "2025-12-01", "2026-01-01", True),
])
def test_when_a_file_is_due(every, last, today, due):
    assert is_due(every, last and date.fromisoformat(last), date.fromisoformat(today)) is due


def test_a_file_is_made_once_a_week_and_fetched_by_its_program_alone(world):
    by = viewer_of(world.admin())
    write_need(by=by, partnership=world.partnership, title="Dance near home", side=Side.FOR_CULTURE,
               theme="culture", said=Wording(**WORDS))
    token, secret = made(world)
    assert fetched(world, secret).json()["detail"].startswith("The first file is not made yet")
    ask_for_exports()
    ask_for_exports()
    assert Job.objects.filter(kind="program.export", subject=token.pk).count() == 1
    assert "lists" in export(Handled(token.pk))
    assert due_exports() == ()
    file = zipfile.ZipFile(io.BytesIO(taken(fetched(world, secret))))
    assert json.loads(file.read("needs.json"))[0]["title"] == "Dance near home"
    assert json.loads(file.read("thread.json"))["things"]
    about = json.loads(file.read("about.json"))
    assert (about["partnership"], about["left_out"]) == ("Testshire together", {})
    assert place_of(token).stat().st_mode & 0o077 == 0
    own = reverse("web:token-file", args=[world.partnership.pk, token.pk])
    assert own in signed_in(world.admin()).get(reverse("web:tokens", args=[world.partnership.pk])).content.decode()
    assert taken(signed_in(world.admin()).get(own)).startswith(b"PK")
    assert signed_in(world.people[Role.ANALYST]).get(own).status_code == 404
    assert fetched(world, secret, world.other_partnership.pk).status_code == 404
    assert Client().get(reverse("api:export", args=[world.partnership.pk])).status_code == 403
    with clock.fixed(NOW + timedelta(days=7)):
        assert due_exports() == (ProgramToken.objects.get(pk=token.pk),)


def test_with_the_role_or_the_token_goes_the_file(world):
    token, secret = made(world, "day")
    PartnershipRole.objects.filter(person=world.admin()).delete()
    export(Handled(token.pk))
    token.refresh_from_db()
    assert token.export_said.startswith("0 lists, 0 rows. Left out: agreements")
    end_token(by=viewer_of(world.admin()), token=token)
    assert fetched(world, secret).status_code == 401
    let_old_exports_go()
    assert not place_of(token).exists()
    assert export(Handled(token.pk)) == "The token works no more."


@pytest.mark.parametrize("how", ["less", "gone", "ended"])
def test_a_file_of_other_roles_is_read_by_nobody(world, how):
    token, secret = made(world, "month")
    export(Handled(token.pk))
    before, roles = place_of(token), PartnershipRole.objects.filter(person=world.admin())
    assert taken(fetched(world, secret))
    if how == "ended":
        day = clock.today()
        Partnership.objects.filter(pk=world.partnership.pk).update(start=day - timedelta(days=9), end=day)
    elif how == "less":
        roles.update(role=Role.PROVIDER)
    else:
        roles.delete()
    assert fetched(world, secret).status_code == 404
    assert (token.pk in {one.pk for one in due_exports()}) is (how == "less")
    let_old_exports_go()
    assert not before.exists()


def test_a_file_needs_a_token_that_reads(world):
    page = signed_in(world.admin()).post(
        reverse("web:tokens", args=[world.partnership.pk]),
        {"name": "Bookings", "scopes": ["returns"], "days": 90, "every": "day"})
    assert "let it read too" in words(page)
