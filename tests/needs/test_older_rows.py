"""What older rows become: evidence held is counted by perspective, copies move whole beside their version."""

from __future__ import annotations

import hashlib
import json
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import isolate_apps
from tests.needs.test_evidence_counted import strip

from commonweal.core.permissions import Role
from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.evidence import Told, place_evidence, record_evidence
from commonweal.needs.actions.need import Wording, hold_evidence, write_need
from commonweal.needs.frozen_evidence import read_short
from commonweal.needs.models import FrozenEvidence, NeedEvidence, NeedVersion, Side, Verdict

PIECES = (("users", "supports", 12), ("users", "supports", 90), ("users", "against", 3),
          ("partners", "silent", None))
COUNTED, APART = (import_module(f"commonweal.needs.migrations.{one}") for one in
                  ("0010_evidence_counted", "0012_frozen_apart"))


@pytest.fixture
def versions(world):
    """Versions as they were: the copy in their own row."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE needs_needversion ADD COLUMN frozen text NOT NULL DEFAULT ''")
    with isolate_apps("commonweal.needs"):
        fields = {one.attname: models.UUIDField() if one.is_relation else type(one)(**one.deconstruct()[3])
                  for one in NeedVersion._meta.fields}
        meta = type("Meta", (), {"db_table": "needs_needversion", "managed": False, "app_label": "needs"})
        return type("OldVersion", (models.Model,), {
            **fields, "frozen": models.TextField(), "Meta": meta, "__module__": __name__}).objects


@pytest.fixture
def held(world, versions):
    """A need of four pieces."""
    by, home = viewer_of(world.people[Role.CONTRIBUTOR]), world.partnership
    need = write_need(by=by, partnership=home, title="Swims", side=Side.FOR_CULTURE, theme="sport",
                      said=Wording("Families", "Testshire", "swims they can pay for", "They said so.")).identity
    items = []
    for at, (perspective, verdict, answered) in enumerate(PIECES):
        told = Told(title=f"Piece {at}", kind="survey", perspective=perspective, summary="It costs too much.",
                    chosen="random", answered=answered)
        item = record_evidence(by=by, partnership=home, told=told)
        place_evidence(by=by, partnership=home, item=item.pk)
        hold_evidence(by=by, need=need, item=item.pk, verdict=Verdict(verdict))
        items.append({"id": str(item.pk), "title": item.title, "perspective": perspective, "verdict": verdict,
                      "answered": answered, "dataset": None, "brought_by": str(item.organisation_id)})
    return by, need, items


def test_evidence_held_before_is_counted_by_its_perspective(held):
    by, need, _ = held
    NeedEvidence.objects.update(perspective="")
    assert not any(strip(by, need).values())
    with connection.cursor() as cursor:
        cursor.execute(COUNTED.FILL)
    assert strip(by, need) == {"users": 3, "community": 0, "partners": 1, "providers": 0}


def test_a_copy_moves_word_for_word_and_its_digest_still_proves_it(held, versions):
    _, need, items = held
    text = json.dumps({"evidence": items}, sort_keys=True, ensure_ascii=False)
    first = versions.values("who", "where", "what", "how_we_know", "written_by_id").get()
    second = versions.create(identity_id=need.pk, partnership_id=need.partnership_id, number=2, frozen=text,
                             digest=hashlib.sha256(text.encode()).hexdigest(), **first)
    known = SimpleNamespace(get_model=lambda app, name: SimpleNamespace(
        objects=versions) if name == "NeedVersion" else apps.get_model(app, name))
    APART.move(known, None)
    stood = FrozenEvidence.objects.get()
    assert (stood.whole, stood.version_id) == (text, second.pk)
    assert hashlib.sha256(stood.whole.encode()).hexdigest() == stood.version.digest
    short = read_short(stood.short)
    assert short.heard == {("partners", "silent"): 1, ("users", "against"): 1, ("users", "supports"): 2}
    assert [one["title"] for one in short.best["supports"]] == ["Piece 1", "Piece 0"]
