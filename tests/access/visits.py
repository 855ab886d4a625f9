"""Visits: seen by those of one's own organisation who see evidence, brought and changed by those who upload."""

from __future__ import annotations

from tests.access.line import DATA, LOGIN, MEMBERS, Line, partnership
from tests.world import World

from commonweal.core.actions.uploads import Brought, record_upload
from commonweal.core.ids import uuid7
from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.visits import ask_what_columns, bring_visits
from commonweal.needs.models import VisitFile

SEE = MEMBERS - {"provider"}
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


TABLE = [
    Line("needs:visits", SEE, 200, partnership),
    Line("needs:visits-bring", DATA, 200, partnership),
    Line("needs:visits-bring", DATA, 200, partnership, "post", {"title": ""}),
    Line("needs:visit-file", SEE, 200, visit_file, seen_by=SEE),
    Line("needs:visit-columns", DATA, 200, visit_file, seen_by=SEE),
    Line("needs:visit-columns", DATA, 200, visit_file, "post", {"column_0": "nothing"}, seen_by=SEE),
    Line("needs:visit-again", LOGIN, 405, visit_file),
    Line("needs:visit-again", DATA, 400, visit_file, "post", seen_by=SEE),
]
