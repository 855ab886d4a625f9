"""Two invented surveys of Larkmere, answered more by the old than by the young, and weighted back."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import yaml

from commonweal.core import clock
from commonweal.core.viewer import viewer_of
from commonweal.example.geography import land
from commonweal.lake.opening.model import Sheet
from commonweal.needs.actions.survey import SurveyTold, bring_survey, confirm_columns
from commonweal.needs.survey_reading import ask_about, keep_answers

if TYPE_CHECKING:
    from commonweal.example.world import World

Texts = list[str]


@cache
def content() -> dict[str, Any]:
    """The invented questions."""
    loaded: dict[str, Any] = yaml.safe_load(files("commonweal.example").joinpath("survey.yaml").read_text("utf-8"))
    return loaded


def survey_rows(rng: np.random.Generator, rows: int) -> pa.Table:
    """Answers as a survey tool exports them, with an e-mail column and free text that must stay at the door."""
    said = content()
    age = np.clip(rng.normal(62, 16, rows), 16, 95).astype(int)
    older = np.clip((age - 16) / 64, 0, 1)
    wards = [name for _, name, _ in land().wards]
    share = rng.dirichlet(np.full(len(wards), 20.0))
    disabled = rng.random(rows) < 0.1 + 0.25 * older
    return pa.table({
        "Response ID": [f"R{10_000 + at}" for at in range(rows)],
        "E-mail for the prize draw": [f"person{at}@larkmere.example" if at % 3 else "" for at in range(rows)],
        "How old are you?": [str(one) if at % 41 else "Prefer not to say" for at, one in enumerate(age)],
        "Which ward do you live in?": [str(one) for one in rng.choice(wards, rows, p=share)],
        "Are your day-to-day activities limited by a disability?": ["Yes" if one else "No" for one in disabled],
        said["library"]["words"]: _one_of(rng, said["library"], older),
        said["more"]["words"]: _several(rng, said["more"], older),
        said["belong"]["words"]: _yes(rng, said["belong"], older),
        said["score"]["words"]: _scores(rng, said["score"], older),
        "Is there anything else?": [_comment(at) for at in range(rows)],
    })


def build_survey(world: World, rng: np.random.Generator) -> None:
    """Two, their columns confirmed as they were guessed, weighted; nobody has made evidence of them yet."""
    said = content()
    for one in (said, {**said, **said["before"]}):
        _brought(world, rng, one)


def _brought(world: World, rng: np.random.Generator, said: dict[str, Any]) -> None:
    assert world.partnership is not None
    by, day = viewer_of(world.people[said["who"]]), clock.today() - timedelta(days=said["days"])
    told = SurveyTold(
        title=said["title"], perspective=said["perspective"], chosen=said["chosen"], asked_by=said["asked_by"],
        covers=said["covers"], asked=said["asked"], gathered_from=day - timedelta(days=21), gathered_to=day,
    )
    sheet = Sheet("survey", survey_rows(rng, said["rows"]), 2)
    survey = bring_survey(by=by, partnership=world.partnership, told=told)
    ask_about(by=by, survey=survey, sheet=sheet)
    confirm_columns(by=by, survey=survey, uses={one["name"]: one["use"] for one in survey.columns})
    keep_answers(by=by, survey=survey, sheet=sheet)


def _comment(at: int) -> str:
    return f"{content()['comments'][at % 3]} {at}" if at % 9 == 0 else ""


def _one_of(rng: np.random.Generator, asked: dict[str, Any], older: np.ndarray) -> Texts:
    chances = np.outer(1 - older, asked["young"]) + np.outer(older, asked["old"])
    at = (rng.random(len(older))[:, None] > np.cumsum(chances, axis=1)).sum(axis=1)
    return [asked["options"][min(one, len(asked["options"]) - 1)] for one in at]


def _several(rng: np.random.Generator, asked: dict[str, Any], older: np.ndarray) -> Texts:
    chances = np.outer(1 - older, asked["young"]) + np.outer(older, asked["old"])
    chosen = rng.random(chances.shape) < chances
    return ["; ".join(np.array(asked["options"])[row]) for row in chosen]


def _yes(rng: np.random.Generator, asked: dict[str, Any], older: np.ndarray) -> Texts:
    chance = asked["young"] + (asked["old"] - asked["young"]) * older
    return ["Yes" if one else "No" for one in rng.random(len(older)) < chance]


def _scores(rng: np.random.Generator, asked: dict[str, Any], older: np.ndarray) -> Texts:
    middle = asked["young"] + (asked["old"] - asked["young"]) * older
    return [str(int(one)) for one in np.clip(np.round(rng.normal(middle, 2)), 0, 10)]
