"""Every step says the least that will do, what to collect, how, how long, how good, and what not to conclude."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker
from tests.needs.conftest import words_of
from tests.world import build_world, signed_in

from commonweal.core.cycle import _ANSWERS, cycle_for, step_keys
from commonweal.core.permissions import Role
from commonweal.core.viewer import viewer_of
from commonweal.needs.content import parsed
from commonweal.needs.step_guidance import step_guidance

FOLDER = files("commonweal.needs.content.steps")
NAMES = sorted(one.name for one in FOLDER.iterdir() if one.name.endswith(".yaml"))
GUIDED = step_keys()


@pytest.mark.parametrize("name", NAMES)
def test_each_piece_fits_the_schema_and_its_name(name) -> None:
    schema = json.loads(files("commonweal.needs.content").joinpath("step.schema.json").read_text("utf-8"))
    content = json.loads(json.dumps(parsed(FOLDER.joinpath(name).read_text("utf-8"), name), default=str))
    problems = list(Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(content))
    assert not problems, problems[0].message
    assert name == f"{content['step']}.yaml"
    assert content["step"] in step_keys()
    grades = [line.split(":")[0] for line in content["how_good"]]
    assert grades == ["Good", "Fair", "Weak"]


def test_every_step_that_somebody_answers_for_has_its_guidance(db) -> None:
    world = build_world()
    cycle_for(viewer_of(world.admin()), world.partnership.pk)
    assert set(GUIDED) <= set(step_guidance())
    assert {key for key in _ANSWERS if key in GUIDED} <= set(step_guidance())


@pytest.mark.promise("N6")
@pytest.mark.parametrize(
    ("page", "step"), [("places", "places"), ("files", "data"), ("assessments", "assessment"), ("needs", "needs")]
)
def test_the_guidance_stands_on_the_page_of_its_step(db, settings, tmp_path, page, step) -> None:
    settings.VAR = tmp_path
    world = build_world()
    browser = signed_in(world.people[Role.ADMIN])
    words = words_of(browser.get(f"/partnership/{world.partnership.pk}/{page}/").content.decode())
    guidance = step_guidance()[step]
    for said in (guidance.smallest.what, guidance.not_conclude[0], guidance.how_good[2], guidance.how_long):
        assert said in words
    assert words.index(guidance.smallest.what) < words.index(guidance.collect[0])
    assert "not yet checked by anybody else" in words


def test_all_of_it_reads_as_a_whole_in_the_order_of_the_cycle(db) -> None:
    words = words_of(Client().get("/guidance/steps/").content.decode())
    starts = [words.index(step_guidance()[key].smallest.what) for key in GUIDED]
    assert starts == sorted(starts)


@pytest.mark.parametrize(("minutes", "said"), [(2, "2 minutes"), (90, "90 minutes"), (180, "3 hours")])
def test_time_is_said_in_words(minutes, said) -> None:
    from commonweal.needs.step_guidance import Smallest

    assert Smallest("", minutes, "").time == said
