"""What has had its time goes, by rules that can be rehearsed; that it went is written down as a count."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.actions.people import FORGOTTEN, add_person
from commonweal.core.models import Person, TimeKept, Tombstone, TombstoneReason
from commonweal.core.processing import processing
from commonweal.core.retention import keep_to_time, rehearse, rules
from commonweal.core.viewer import SYSTEM


@pytest.fixture
def due(world, var):
    """Somebody who has not come for years, a log of years ago, and both of last month."""
    with clock.fixed(clock.now() - timedelta(days=800)):
        gone = add_person(by=SYSTEM, email="gone@host.gov.uk", name="Gwen Gone")
    (var / "log").mkdir(parents=True)
    for month in ("2001-01", f"{clock.today():%Y-%m}"):
        (var / "log" / f"access-{month}.jsonl").write_text("{}\n", encoding="utf-8")
    return gone


def test_every_rule_that_is_told_of_is_there():
    assert {one.rule for one in processing().activities.values() if one.rule} <= {one.key for one in rules()}


def test_rehearsed_then_carried_out_once(due, world, var):
    said = StringIO()
    call_command("keep_to_time", "--dry-run", stdout=said)
    assert "Nothing was changed." in said.getvalue()
    assert (Person.objects.get(pk=due.pk).name, TimeKept.objects.count()) == ("Gwen Gone", 0)
    told = rehearse()
    assert (told["accounts"], told["access-log"]) == (1, 1)
    gone = keep_to_time()
    assert (gone["accounts"], gone["access-log"]) == (1, 1)
    assert Person.objects.get(pk=due.pk).name == FORGOTTEN
    assert Person.objects.get(pk=world.loner.pk).name == "Lee Loner"
    assert Tombstone.objects.get(subject_id=due.pk).reason == TombstoneReason.RETENTION
    assert [path.name for path in (var / "log").iterdir()] == [f"access-{clock.today():%Y-%m}.jsonl"]
    assert sum(keep_to_time().values()) == 0
    assert TimeKept.objects.count() == 2


def test_staff_see_what_is_due_and_let_it_go(due, world):
    staff = signed_in(world.staff)
    at = reverse("web:keeping-to-time")
    assert "2 rows or files have had their time" in staff.get(at).content.decode()
    page = staff.post(at, follow=True).content.decode()
    assert "2 went." in page
    assert "Nothing has had its time" in page


def test_a_rule_that_fails_keeps_no_other_from_being_done(due, monkeypatch):
    def fails() -> int:
        raise ValueError

    broken = [one for one in rules() if one.key != "uploads"]
    bad = type(broken[0])("uploads", "x", fails, fails)
    monkeypatch.setattr("commonweal.core.retention.rules", lambda: (bad, *broken))
    assert keep_to_time()["accounts"] == 1
