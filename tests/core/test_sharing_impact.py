"""The impact assessment follows the facts, and nothing that asks for advice is signed before it is recorded."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from importlib.resources import files

import jsonschema
import pytest
import yaml
from tests.core.test_sharing_rules import DAY, FIELDS, Parties, day  # noqa: F401 - the fixture is used by name
from tests.world import build_world

from commonweal.core.actions.sharing import Described, describe_data, rewrite_agreement, sign_agreement
from commonweal.core.actions.sharing_advice import Advised, record_advice
from commonweal.core.errors import Immutable, NotAllowed, NotFound, Refused
from commonweal.core.models import Event, ImpactAdvice, SharingSignature
from commonweal.core.permissions import Role
from commonweal.core.queries.sharing_impact import impact_for
from commonweal.core.viewer import viewer_of
from commonweal.policy.impact_assessment import FLAGS, Facts, drafted

ADVICE = Advised(officer="DPO", given=DAY, advice="Share bands only.", accepted=True)


@pytest.fixture
def there(db, day):  # noqa: F811
    return Parties(build_world())


def flagged(there, flag, title="Referrals", **more):
    held = describe_data(by=there.giver(), partnership=there.partnership,
                         described=Described(title=title, fields=FIELDS, personal=True, **{flag: True}))
    return there.write(sets={held.pk: ["month", "age band", "condition"]}, condition="public-health", **more)


def test_the_words_fit_their_schema_and_name_only_what_is_there():
    data = files("commonweal.policy") / "data"
    words = yaml.safe_load((data / "impact_assessment.yaml").read_text("utf-8"))
    said = {**words, "as_at": words["as_at"].isoformat()}
    schema = json.loads((data / "impact_assessment.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(said)
    assert {one for risk in words["risks"] for one in risk["measures"]} == set(words["measures"])
    assert {one["article"] for one in words["sections"]} == {"35(7)(a)", "35(7)(b)"}
    assert {one["when"] for one in words["needs"]} == set(FLAGS)
    assert set(words["levels"]["table"]) == set(words["levels"]["chance"])


def test_every_line_can_be_filled_in(there):
    found = impact_for(there.giver(), there.partnership.pk, flagged(there, "special").identity_id)
    words = yaml.safe_load((files("commonweal.policy") / "data" / "impact_assessment.yaml").read_text("utf-8"))
    every = {one["when"] for part in words["sections"] for one in part["lines"]} | {
        one["when"] for name in ("risks", "needs", "consult") for one in words[name]}
    names = (
        "giver", "taker", "giver_role", "taker_role", "sets", "shared", "held", "personal", "retention", "end",
        "special_fields", "start", "review", "purposes", "why", "basis", "condition", "left_out", "contact",
        "personal_fields",
    )
    whole = drafted(Facts(frozenset(every), dict.fromkeys(names, "x")))
    assert len(whole.risks) == len(words["risks"])
    assert len(found.draft.risks) < len(whole.risks)
    assert not any("{" in line for part in found.draft.sections for line in part.lines)


@pytest.mark.parametrize(("flag", "risk", "need"), [
    ("children", "Harm to children", "Recital 38"), ("health", "Confidence is broken", "Caldicott"),
    ("police", "People treated as suspects elsewhere", "Section 36(4)"),
    ("special", "Something intimate becomes known", "condition of Article 9"),
])
def test_each_kind_brings_its_risk_its_needs_and_its_gate(there, flag, risk, need):
    version = flagged(there, flag)
    by, keys = there.giver(), (there.partnership.pk, version.identity_id)
    found = impact_for(by, *keys)
    assert risk in [one.title for one in found.draft.risks]
    assert any(need in point for one in found.draft.needs for point in one.points)
    assert found.flagged in found.waits_for_me
    with pytest.raises(Refused, match=r"Before you sign, record .* Nothing was signed"):
        sign_agreement(by=by, agreement=version.identity, number=1)
    record_advice(by=by, agreement=version.identity, number=1, advised=ADVICE)
    sign_agreement(by=by, agreement=version.identity, number=1)
    with pytest.raises(Refused, match="Before you sign"):  # the other controller asks its own officer
        sign_agreement(by=there.taker(), agreement=version.identity, number=1)
    record_advice(by=there.taker(), agreement=version.identity, number=1, advised=Advised(reason="We have none."))
    sign_agreement(by=there.taker(), agreement=version.identity, number=1)
    recorded = {(one.advice, one.accepted, one.reason) for one in impact_for(by, *keys).current}
    assert recorded == {("Share bands only.", True, ""), ("", False, "We have none.")}


def test_what_is_not_personal_or_not_of_these_kinds_is_signed_without(there):
    plain = there.write()
    found = impact_for(there.giver(), there.partnership.pk, plain.identity_id)
    assert (found.flagged, found.waits_for_me, found.draft.needs) == ("", "", ())
    assert found.draft.risks
    sign_agreement(by=there.giver(), agreement=plain.identity, number=1)
    totals = describe_data(by=there.giver(), partnership=there.partnership,
                           described=Described(title="Totals", fields=({"name": "month"},)))
    bare = there.write(sets={totals.pk: ["month"]}, basis="", title="Totals")
    assert not impact_for(there.giver(), there.partnership.pk, bare.identity_id).draft.risks


def test_advice_stands_for_its_version_and_a_processor_needs_none_of_its_own(there):
    version = flagged(there, "children", taker_role="processor")
    record_advice(by=there.giver(), agreement=version.identity, number=1, advised=ADVICE)
    sign_agreement(by=there.taker(), agreement=version.identity, number=1)
    sets = {row.held_id: row.fields for row in version.sets.all()}
    rewrite_agreement(by=there.giver(), agreement=version.identity, over=1,
                      terms=there.terms(sets=sets, taker_role="processor", reason="A word"))
    with pytest.raises(Refused, match="Before you sign"):
        sign_agreement(by=there.giver(), agreement=version.identity, number=2)
    with pytest.raises(Refused, match="Version 2 was written meanwhile"):
        record_advice(by=there.giver(), agreement=version.identity, number=1, advised=ADVICE)
    assert impact_for(there.giver(), there.partnership.pk, version.identity_id).current == ()


@pytest.mark.parametrize(("change", "said"), [
    ({"accepted": False}, "Say why it is not accepted"), ({"officer": ""}, "who gave it"),
    ({"given": None}, "the day"), ({"advice": ""}, "its words"),
    ({"given": DAY + timedelta(days=1)}, "after today"),
])
def test_advice_that_says_too_little_is_refused(there, change, said):
    version = there.write()
    with pytest.raises(Refused, match=said):
        record_advice(by=there.giver(), agreement=version.identity, number=1, advised=replace(ADVICE, **change))
    assert not ImpactAdvice.objects.exists()


def test_it_is_for_the_parties_alone_and_never_changed(there):
    version = flagged(there, "children")
    with pytest.raises(NotFound):
        impact_for(there.third(), there.partnership.pk, version.identity_id)
    with pytest.raises(NotFound):
        record_advice(by=there.third(), agreement=version.identity, number=1, advised=ADVICE)
    for role in (role for role in Role if role is not Role.ADMIN):
        with pytest.raises(NotAllowed):
            record_advice(by=viewer_of(there.world.people[role]), agreement=version.identity, number=1,
                          advised=ADVICE)
    row = record_advice(by=there.giver(), agreement=version.identity, number=1, advised=ADVICE)
    for deed in (row.save, row.delete, lambda: ImpactAdvice.objects.update(accepted=False)):
        with pytest.raises(Immutable):
            deed()
    assert Event.objects.filter(verb="sharing.advice_recorded").count() == 1
    assert not SharingSignature.objects.exists()
