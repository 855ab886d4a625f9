"""Larkmere looks back on three agreements: judged, decided on its day, and carried into the next round."""

from __future__ import annotations

from datetime import timedelta
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
import yaml

from commonweal.core import clock
from commonweal.core.viewer import viewer_of
from commonweal.example.returns import april
from commonweal.measures.actions.review import Judged, carry_over, decide_review, judge_agreement, open_review
from commonweal.measures.periods import after_months
from commonweal.measures.queries.review import needs_answered
from commonweal.needs.models import Verdict
from commonweal.options.models import Agreement

if TYPE_CHECKING:
    from commonweal.example.world import World


def build_review(world: World, _rng: np.random.Generator) -> None:
    """One review of those agreements that answer a need."""
    assert world.partnership is not None
    content = yaml.safe_load(files("commonweal.example").joinpath("review.yaml").read_text("utf-8"))
    by, member = (viewer_of(world.people[content[key]]) for key in ("who", "member"))
    rows = Agreement.objects.filter(partnership=world.partnership, title__in=content["agreements"])
    known = [one for one in rows.order_by("title") if needs_answered(one)]
    if not known:
        return
    with clock.fixed(clock.now() - timedelta(days=content["days"])):
        review = open_review(by=by, partnership=world.partnership, title=content["title"], first=april(-2),
                             last=april(0) - timedelta(days=1), agreements=tuple(one.pk for one in known))
        for line in review.lines.select_related("agreement"):
            said = content["agreements"][line.agreement.title]
            judge_agreement(by=by, line=line, said=Judged(
                verdict=said["verdict"], reasons=said["reasons"], lessons=said["lessons"],
                from_day=after_months(clock.today(), said["months"])))
        version = decide_review(by=member, review=review, body=content["body"], decided_on=clock.today(),
                                missed_because=content["missed_because"])
        says = {(one.pk, need.identity_id): Verdict(content["agreements"][one.title]["says"])
                for one in known for need in needs_answered(one)}
        carry_over(by=by, version=version, says=says, text_checked=True)
