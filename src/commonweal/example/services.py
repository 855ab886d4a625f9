"""What is provided in the invented place: the lines of services.yaml, recorded by its own partners."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from commonweal.core import clock
from commonweal.core.viewer import viewer_of
from commonweal.example.geography import land
from commonweal.needs.actions.service import Judged, ServiceSaid, answer_question, record_service, say_needs
from commonweal.needs.models import Answers, Need, ServiceKind, WhyItRuns
from commonweal.needs.service_reading import Named, areas_in

if TYPE_CHECKING:
    from commonweal.example.world import World

MONTH = 30


def build_services(world: World, _rng: np.random.Generator) -> None:
    """Every service, then what it answers, then why it still runs."""
    assert world.partnership is not None
    content = yaml.safe_load(files("commonweal.example").joinpath("services.yaml").read_text("utf-8"))
    needs = dict(Need.objects.filter(partnership=world.partnership).values_list("title", "pk"))
    now = clock.now()
    with clock.fixed(now - timedelta(days=content["days"])):
        for line in content["services"]:
            by = viewer_of(world.people[line["who"]])
            row = record_service(by=by, partnership=world.partnership, said=_said(line))
            judged = {needs[one["title"]]: Judged(Answers(one["answers"]), one.get("how", ""))
                      for one in line["needs"]}
            say_needs(by=by, service=row, judged=judged)
            if question := line.get("question"):
                answer_question(by=by, service=row, would_justify=question["would"], asked_by=question["asked"],
                                review=_in_months(question["months"]))


def _said(line: dict[str, Any]) -> ServiceSaid:
    today = clock.today()
    return ServiceSaid(
        name=line["name"], kind=ServiceKind(line["kind"]), run_by=line["run_by"], themes=tuple(line["themes"]),
        reason=WhyItRuns(line["reason"]), site=line.get("site", ""), groups=line.get("groups", ""),
        areas=areas_in(line.get("areas", ""), _wards()), spend=Decimal(line["spend"]),
        spend_year=today.year - (1 if today.month >= 4 else 2), spend_source=line["source"], since=line["since"],
        reason_words=line.get("words", ""), money_ends=_in_months(line["ends"]) if "ends" in line else None,
    )


def _in_months(count: int) -> date:
    return clock.today() + timedelta(days=MONTH * count)


def _wards() -> tuple[Named, ...]:
    return tuple(Named(code, name) for code, name, _ in land().wards)
