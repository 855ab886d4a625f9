"""What the needs stage does from time to time: old contact lines and kept files go, e-mails are asked for."""

from __future__ import annotations

from commonweal.core import clock
from commonweal.core.actions.jobs import start_job
from commonweal.core.jobs.upkeep import upkeep
from commonweal.core.retention import time_rule
from commonweal.core.viewer import SYSTEM
from commonweal.needs.actions.nudges import nudge_week
from commonweal.needs.actions.relationships import let_old_lines_go, old_lines
from commonweal.needs.contacts_content import kept_months
from commonweal.needs.kept_files import clear_unasked
from commonweal.needs.models import Relationship, VisitSystem
from commonweal.needs.queries.benefit_place import benefit_place

time_rule(
    "contact-lines", f"Lines about talks with partners: {kept_months()} months.", lambda: old_lines().count(),
)(let_old_lines_go)
upkeep("needs-kept-files")(clear_unasked)


@upkeep("needs-benefit-places")
def keep_places() -> None:
    """After published data changed, so that nobody's page of who benefits waits for a country to be read."""
    for partnership in VisitSystem.objects.order_by().values_list("partnership_id", flat=True).distinct():
        benefit_place(partnership)


@upkeep("needs-contact-nudges")
def ask_for_nudges() -> None:
    """One piece of work a week for the whole installation, however many workers ask."""
    from commonweal.needs.background import NUDGE

    week = nudge_week(clock.now())
    real = Relationship.objects.filter(partnership__invented=False).exclude(keeper=None)
    if week is not None and real.exists():
        start_job(by=SYSTEM, kind=NUDGE, key=f"{NUDGE}:{week.isoformat()}")
