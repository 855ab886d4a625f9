"""Larkmere's case study of its leisure centres, and its release calendar: published, held back, and to come."""

from __future__ import annotations

from datetime import timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from commonweal.core import clock
from commonweal.core.models import Organisation
from commonweal.core.viewer import Viewer, viewer_of
from commonweal.example.returns import april
from commonweal.knowledge.actions.cases import CaseSaid, agree_case, publish_case
from commonweal.measures.actions.releasing import hold_release, keep_drafted_case, plan_release, publish_release
from commonweal.measures.models import ReturnPlan
from commonweal.measures.queries.case_draft import case_draft
from commonweal.options.models import Agreement

if TYPE_CHECKING:
    from commonweal.core.models import Partnership
    from commonweal.example.world import World

Line = dict[str, Any]
WRITTEN = ("title", "answer", "did", "lessons")


def build_releasing(world: World, _rng: np.random.Generator) -> None:
    """The case, drafted, put right, agreed and published; then the calendar."""
    assert world.partnership is not None
    content = yaml.safe_load(files("commonweal.example").joinpath("releasing.yaml").read_text("utf-8"))
    by, provider = (viewer_of(world.people[content[key]]) for key in ("who", "provider"))
    if not ReturnPlan.objects.filter(partnership=world.partnership).exists():
        return
    with clock.fixed(clock.now() - timedelta(days=content["case"]["days"])):
        _case(by, provider, world.partnership, content)
    for line in content["releases"]:
        _released(by, world.partnership, line)


def _case(by: Viewer, provider: Viewer, there: Partnership, content: Line) -> None:
    row = Agreement.objects.get(partnership=there, title=content["agreement"])
    draft = case_draft(by, row)
    told = {key: value for key, value in draft.initial.items() if key not in ("client", "provider")}
    said = {**told, **{key: content["case"][key] for key in WRITTEN}}
    client, deliverer = (Organisation.objects.get(name=content[key]) for key in ("client", "deliverer"))
    case = keep_drafted_case(by=by, agreement=row, client=client, provider=deliverer, tables=draft.tables,
                             said=CaseSaid(**{**said, "services": tuple(said["services"]),
                                              "needs": tuple(said["needs"])}))
    for viewer in (by, provider):
        agree_case(by=viewer, case=case, number=1)
    publish_case(by=by, case=case)


def _released(by: Viewer, there: Partnership, line: Line) -> None:
    year = {"first": april(0), "last": april(1)} if "ahead" in line else {"first": april(-1), "last": april(0)}
    with clock.fixed(clock.now() - timedelta(days=line.get("days", 0))):
        row = plan_release(by=by, partnership=there, title=line["title"], what=line["what"], first=year["first"],
                           last=year["last"] - timedelta(days=1),
                           due=clock.today() + timedelta(days=line.get("ahead", 0)))
        if line.get("publish"):
            publish_release(by=by, planned=row)
        if "hold" in line:
            hold_release(by=by, planned=row, because=line["hold"])
