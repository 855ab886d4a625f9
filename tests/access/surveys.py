"""Surveys: seen by those of one's own organisation who see evidence, brought and changed by those who upload."""

from __future__ import annotations

from uuid import uuid4

import pyarrow as pa
from tests.access.line import DATA, LOGIN, MEMBERS, Line, partnership
from tests.world import World

from commonweal.core.viewer import viewer_of
from commonweal.lake.opening.model import Sheet
from commonweal.needs.actions.survey import SurveyTold, bring_survey, confirm_columns
from commonweal.needs.models import Survey
from commonweal.needs.survey_reading import ask_about, keep_answers

SEE = MEMBERS - {"provider"}
SHEET = Sheet("answers", pa.table({"Do you dance?": ["Yes", "No", "Yes"] * 10}), 2)


def survey(world: World) -> dict[str, object]:
    row = Survey.objects.filter(partnership=world.partnership).first()
    if row is None:
        by = viewer_of(world.admin())
        told = SurveyTold(title="Dance", perspective="users")
        row = bring_survey(by=by, partnership=world.partnership, told=told)
        ask_about(by=by, survey=row, sheet=SHEET)
    return {**partnership(world), "survey": row.pk}


def weighed(world: World) -> dict[str, object]:
    keys = survey(world)
    row = Survey.objects.get(pk=keys["survey"])
    if row.answered is None:
        by = viewer_of(world.admin())
        confirm_columns(by=by, survey=row, uses={"Do you dance?": "yes_no"})
        keep_answers(by=by, survey=row, sheet=SHEET)
    return keys


TABLE = [
    Line("needs:surveys", SEE, 200, partnership),
    Line("needs:survey-bring", DATA, 200, partnership),
    Line("needs:survey-bring", DATA, 200, partnership, "post", {"title": ""}),
    Line("needs:survey", SEE, 200, survey, seen_by=SEE),
    Line("needs:survey", SEE, 200, weighed, seen_by=SEE),
    Line("needs:survey-columns", DATA, 200, survey, seen_by=SEE),
    Line("needs:survey-columns", DATA, 200, survey, "post", {"column_0": "nothing"}, seen_by=SEE),
    Line("needs:survey-pool", SEE, 200, partnership),
    Line("needs:survey-pool-csv", SEE, 400, partnership),
    Line("api:pooled_surveys", "anybody", 400, lambda world: {"partnership": uuid4()}),
    Line("needs:survey-csv", SEE, 200, weighed, seen_by=SEE),
    Line("needs:survey-evidence", LOGIN, 405, survey),
    Line("needs:survey-evidence", DATA, 404, survey, "post", seen_by=SEE),
    Line("needs:survey-delete", LOGIN, 405, survey),
    Line("needs:survey-delete", DATA, 302, survey, "post", seen_by=SEE),
]
