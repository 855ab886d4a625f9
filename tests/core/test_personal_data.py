"""The record of processing and the impact assessment are drawn from what is told of each field."""

from __future__ import annotations

import json
from importlib.resources import files

import jsonschema
import pytest
from django.db import models

from commonweal.core.actions.sharing_advice import Advised, record_processing_advice
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.forgetting_declared import signed
from commonweal.core.models import ProcessingAdvice
from commonweal.core.permissions import Role
from commonweal.core.personal_data import Kind, declarations
from commonweal.core.processing import processing
from commonweal.core.queries.processing import (
    advice_on_processing,
    installation_impact,
    record_of_processing,
    schema_mark,
)
from commonweal.core.viewer import viewer_of
from commonweal.policy.lawful_basis import bases
from commonweal.policy.sharing_words import sharing_words


def test_what_is_told_hangs_together():
    told = processing()
    assert {one.activity for one in declarations().values()} <= set(told.activities)
    assert {one.basis for one in told.activities.values()} <= set(bases())
    assert all(kind.value in told.kinds for one in declarations().values() for kind in one.fields.values())
    schema = json.loads((files("commonweal.policy") / "data" / "impact_assessment.schema.json").read_text("utf-8"))
    words = json.loads(json.dumps(sharing_words("installation_impact"), default=str))
    wanted = {key: one for key, one in schema["properties"].items() if key in words}
    jsonschema.validate(words, {**schema, "properties": wanted, "required": [*words]})


def test_copies_that_are_kept_as_they_stood_are_in_the_record(world):
    untold = [f"{one.label}.{name}" for one in declarations().values() if signed(one) for name in one.nobody
              if isinstance(one.model._meta.get_field(name), models.JSONField | models.TextField)]
    assert not untold, "what went out or was signed may name somebody: say frozen, not nobody"
    told = processing().kinds[Kind.FROZEN.value]
    shown = {one.about.key for one in record_of_processing(viewer_of(world.staff)).rows if told in one.kinds}
    assert shown == {"commissioning", "decisions", "evidence", "performance"}


def test_the_record_is_of_one_partnership_or_of_all(world):
    mine = record_of_processing(viewer_of(world.admin()), world.partnership.pk)
    whole = record_of_processing(viewer_of(world.staff))
    parts = {one.about.key: one.held for one in mine.rows}
    assert parts["taking-part"] == len(world.people)
    assert {one.about.key: one.held for one in whole.rows}["taking-part"] > parts["taking-part"]
    draft = installation_impact(whole)
    purposes = next(one for one in draft.sections if one.title == "Purposes")
    assert any("accounts: To know who signs in" in line for line in purposes.lines)
    for who, where in ((world.people[Role.ANALYST], world.partnership.pk), (world.outsider, world.partnership.pk),
                       (world.admin(), None)):
        with pytest.raises((NotAllowed, NotFound)):
            record_of_processing(viewer_of(who), where)


def test_advice_stands_beside_the_state_it_was_given_on(world, monkeypatch):
    by, advised = viewer_of(world.admin()), Advised(reason="We have no officer.")
    with pytest.raises(Refused, match="changed meanwhile"):
        record_processing_advice(by=by, partnership=world.partnership, mark="0", advised=advised)
    record_processing_advice(by=by, partnership=world.partnership, mark=schema_mark(), advised=advised)
    assert [one.current for one in advice_on_processing(by, world.partnership.pk)] == [True]
    assert advice_on_processing(viewer_of(world.outsider), world.partnership.pk) == ()
    monkeypatch.setattr("commonweal.core.queries.processing.schema_mark", lambda: "another")
    assert [one.current for one in advice_on_processing(by, world.partnership.pk)] == [False]
    with pytest.raises(NotAllowed):
        record_processing_advice(by=viewer_of(world.people[Role.ANALYST]), partnership=world.partnership,
                                 mark="another", advised=advised)
    assert ProcessingAdvice.objects.count() == 1
