"""Visits: seen by those of one's own organisation, whoever runs its services too; changed by those who upload."""

from __future__ import annotations

from uuid import uuid4

from tests.access.line import ANYBODY, DATA, LOGIN, MEMBERS, Line, partnership
from tests.world import World

from commonweal.core.actions.uploads import Brought, record_upload
from commonweal.core.ids import uuid7
from commonweal.core.viewer import viewer_of
from commonweal.lake.visits.summary import Summary, SummaryStore, months_of
from commonweal.needs.actions.visits import ask_what_columns, bring_visits
from commonweal.needs.models import VisitFile
from commonweal.needs.queries.visit_store import visit_store

COLUMNS = [{"name": "Day", "meaning": "when", "reason": "dates", "never": False}]


def visit_file(world: World) -> dict[str, object]:
    row = VisitFile.objects.filter(partnership=world.partnership).first()
    if row is None:
        by = viewer_of(world.admin())
        upload = record_upload(
            by=by, partnership=world.partnership, brought=Brought("v.csv", 9, "0" * 64), upload_id=uuid7()
        )
        row = bring_visits(by=by, partnership=world.partnership, title="Leisure", upload=upload)
        ask_what_columns(by=by, file=row, columns=COLUMNS)
    return {**partnership(world), "file": row.pk}


def nowhere(world: World) -> dict[str, object]:
    return {"partnership": uuid4()}


def system(world: World) -> dict[str, object]:
    """The system of that file, with a year of a few visits held."""
    keys = visit_file(world)
    row = VisitFile.objects.get(pk=keys["file"]).system
    kept = SummaryStore(visit_store(row))
    if not kept.years():
        months = months_of(2025)
        flow, people = ("Pool", "", 1, 9, 0, 0), ("", -1, 9, 9)
        kept.keep(Summary(2025, months, 9, 9, ((1, 9),), (people,), (flow,), (("Pool", 9),)))
    return {**partnership(world), "system": row.pk}


def sheet(world: World) -> dict[str, object]:
    return {**system(world), "ending": "xlsx"}


TABLE = [
    Line("api:visit_systems", MEMBERS, 200, partnership),
    Line("api:who_benefits", ANYBODY, 404, lambda world: {**nowhere(world), "system": uuid4()}),
    Line("api:what_if_prices", ANYBODY, 404, lambda world: {**nowhere(world), "system": uuid4()}),
    Line("needs:benefit", MEMBERS, 200, system),
    Line("needs:benefit-file", MEMBERS, 200, sheet),
    Line("needs:benefit-releases", MEMBERS, 200, system),
    Line("needs:benefit-what-if", MEMBERS, 200, system),
    Line("needs:benefit-what-if-sites", MEMBERS, 200, system),
    Line("needs:benefit-costs", DATA, 200, system),
    Line("needs:benefit-costs", DATA, 200, system, "post", {"gross_0": "much"}),
    Line("needs:benefit-show", LOGIN, 405, system),
    Line("needs:benefit-show", DATA, 302, system, "post", {"choice": "hide"}),
    Line("needs:benefit-delete", LOGIN, 405, system),
    Line("needs:benefit-delete", DATA, 302, system, "post"),
    Line("needs:visits", MEMBERS, 200, partnership),
    Line("needs:visits-bring", DATA, 200, partnership),
    Line("needs:visits-bring", DATA, 200, partnership, "post", {"title": ""}),
    Line("needs:visit-file", MEMBERS, 200, visit_file),
    Line("needs:visit-columns", DATA, 200, visit_file),
    Line("needs:visit-columns", DATA, 200, visit_file, "post", {"column_0": "nothing"}),
    Line("needs:visit-again", LOGIN, 405, visit_file),
    Line("needs:visit-again", DATA, 400, visit_file, "post"),
]
