"""One question of several surveys pooled by a stated rule; nobody's survey is pooled that is not open."""

from __future__ import annotations

import json
from importlib.resources import files
from uuid import uuid4

import pyarrow as pa
import pytest
from django.urls import reverse
from jsonschema import Draft202012Validator
from tests.needs.conftest import words_of
from tests.needs.test_making_case import board
from tests.world import signed_in

from commonweal.core.errors import NotFound, Refused
from commonweal.core.viewer import viewer_of
from commonweal.lake.opening.model import Sheet
from commonweal.methods.meta import pooled_shares
from commonweal.needs.actions.evidence import place_evidence
from commonweal.needs.actions.survey import SurveyTold, bring_survey, confirm_columns, make_evidence
from commonweal.needs.content import read
from commonweal.needs.models import Survey
from commonweal.needs.queries.survey_pool import pool_choices, pooled_for
from commonweal.needs.survey_reading import ask_about, keep_answers

ASKED = "Do you dance?"


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR = tmp_path


def survey(world, person, yes, no, title="Dance", asked=ASKED, use="yes_no"):
    """A survey read as its own organisation would, of one question."""
    by = viewer_of(person)
    answers = ["Yes"] * yes + ["No"] * no if use == "yes_no" else [str(at % 11) for at in range(yes + no)]
    sheet = Sheet("answers", pa.table({asked: answers}), 2)
    row = bring_survey(by=by, partnership=world.partnership, told=SurveyTold(title=title, perspective="users"))
    ask_about(by=by, survey=row, sheet=sheet)
    row.refresh_from_db()
    confirm_columns(by=by, survey=row, uses={asked: use})
    keep_answers(by=by, survey=row, sheet=sheet)
    row.refresh_from_db()
    return row


def placed(world, person, row):
    by = viewer_of(person)
    item = make_evidence(by=by, survey=row.pk, partnership=world.partnership, summary="Yes.", limits="",
                         effective=float(row.answered))
    place_evidence(by=by, partnership=world.partnership, item=item.pk)


def pick(row):
    return (row.pk, row.questions[0]["key"])


@pytest.fixture
def two(world):
    """The council's survey, and the health board's, whose person is given too."""
    health, person = board(world)
    give_admin(world, health, person)
    return survey(world, world.admin(), 60, 40), survey(world, person, 90, 210, "Falls"), person


def give_admin(world, organisation, person):
    from commonweal.core.actions.roles import give_role
    from commonweal.core.permissions import Role
    from commonweal.core.viewer import SYSTEM

    give_role(by=SYSTEM, partnership=world.partnership, person=person, organisation=organisation, role=Role.ADMIN)


def test_each_counts_by_what_it_is_worth_and_names_its_owner(world, two):
    ours, theirs, person = two
    placed(world, person, theirs)
    found = pooled_for(viewer_of(world.admin()), world.partnership.pk, [pick(ours), pick(theirs)])
    yes = next(one for one in found.answers if one.label == "Yes")
    expected = pooled_shares([0.6, 0.3], [100, 300])
    assert (yes.together.value, yes.together.q) == pytest.approx((expected.value, expected.q))
    assert yes.differ
    assert "from 30 to 60" in yes.said
    assert [part.whose for part in yes.parts] == [world.council.name, "Testshire Health Board"]


def test_what_is_not_before_the_partners_is_not_pooled(world, two):
    ours, theirs, person = two
    by = viewer_of(world.admin())
    assert [one.id for one in pool_choices(by, world.partnership.pk)] == [ours.pk]
    with pytest.raises(NotFound):
        pooled_for(by, world.partnership.pk, [pick(ours), pick(theirs)])
    assert {one.id for one in pool_choices(viewer_of(person), world.partnership.pk)} == {theirs.pk}
    address = reverse("needs:survey-pool", args=[world.partnership.pk])
    assert signed_in(world.outsider).get(address).status_code == 404


def test_through_the_page_the_file_and_the_data_interface(world, two):
    ours, theirs, person = two
    placed(world, person, theirs)
    client, keys = signed_in(world.admin()), [world.partnership.pk]
    asked = {"q": [f"{survey}:{key}" for survey, key in (pick(ours), pick(theirs))]}
    page = words_of(client.get(reverse("needs:survey-pool", args=keys), asked).content.decode())
    for said in ("All surveys together", "Yes, more than chance", "Testshire Health Board", "effective size",
                 "read them one by one"):
        assert said in page
    body = client.get(reverse("needs:survey-pool-csv", args=keys), asked).content.decode("utf-8-sig")
    assert "Testshire Health Board" in body
    data = client.get(reverse("api:pooled_surveys", args=keys), {"questions": ",".join(asked["q"])}).json()
    assert {part["whose"] for one in data["answers"] for part in one["surveys"]} == {
        world.council.name, "Testshire Health Board"}
    wrong = client.get(reverse("needs:survey-pool", args=keys), {"q": "nonsense"}).content.decode()
    assert "Choose questions from the list." in wrong


@pytest.mark.parametrize(("second", "says"), [
    ({"asked": "How often?", "use": "scale"}, "cannot be pooled"),
    (None, "two surveys or more"),
])
def test_what_cannot_be_pooled_is_said(world, second, says):
    ours = survey(world, world.admin(), 60, 40)
    picks = [pick(ours)]
    if second:
        picks.append(pick(survey(world, world.admin(), 60, 40, "Other", **second)))
    by = viewer_of(world.admin())
    with pytest.raises(Refused, match=says):
        pooled_for(by, world.partnership.pk, picks)
    with pytest.raises(Refused, match="one question of each"):
        pooled_for(by, world.partnership.pk, [pick(ours), pick(ours)])
    with pytest.raises(NotFound):
        pooled_for(by, world.partnership.pk, [pick(ours), (uuid4(), "x")])


def test_scales_are_pooled_by_their_variances(world):
    rows = [survey(world, world.admin(), 70, 40, title, "How well?", "scale") for title in ("One", "Two")]
    found = pooled_for(viewer_of(world.admin()), world.partnership.pk, [pick(row) for row in rows])
    (mean,) = found.answers
    assert found.scale
    assert mean.parts[0].counts == pytest.approx(0.5)
    assert not mean.differ
    assert Survey.objects.count() == 2


@pytest.mark.parametrize("name", ["survey", "ranking", "briefing"])
def test_question_sets_fit_their_schemas(name):
    schema = json.loads(files("commonweal.needs.content").joinpath(f"{name}.schema.json").read_text("utf-8"))
    content = json.loads(json.dumps(read(name), default=str))
    problems = list(Draft202012Validator(schema).iter_errors(content))
    assert not problems, problems[0].message
    for key in schema["required"]:
        assert list(Draft202012Validator(schema).iter_errors({k: v for k, v in content.items() if k != key}))
