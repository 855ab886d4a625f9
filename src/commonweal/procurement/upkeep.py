"""What procurement does from time to time: news goes out once a week, and who somebody was is let go."""

from __future__ import annotations

from commonweal.core import clock
from commonweal.core.actions.jobs import start_job
from commonweal.core.jobs.upkeep import upkeep
from commonweal.core.retention import time_rule
from commonweal.core.viewer import SYSTEM
from commonweal.procurement.actions.letting_go import due_to_go, let_bids_go
from commonweal.procurement.actions.pipeline import let_old_interests_go, old_interests
from commonweal.procurement.actions.subscribing import DAYS_TO_CONFIRM, let_unconfirmed_go, unconfirmed
from commonweal.procurement.models import ChanceWish, Subscription
from commonweal.procurement.models.chances import Often

time_rule(
    "interests", "Who said they might take part: a year after they said so.", lambda: old_interests().count(),
)(let_old_interests_go)
time_rule(
    "unconfirmed", f"Addresses for news that nobody confirmed: {DAYS_TO_CONFIRM} days.",
    lambda: unconfirmed().count(),
)(let_unconfirmed_go)
time_rule(
    "bids", "What bidders wrote: by the rules of the competition; scores and the decision stay.",
    lambda: len(due_to_go(clock.today())),
)(let_bids_go)


@upkeep("procurement-news")
def ask_for_news() -> None:
    """One piece of work a day for the whole installation; each address is written to once a week."""
    from commonweal.procurement.background import NEWS

    wished = ChanceWish.objects.filter(often=Often.WEEKLY).exists()
    if wished or Subscription.objects.exclude(confirmed_at=None).exists():
        start_job(by=SYSTEM, kind=NEWS, key=f"{NEWS}:{clock.today().isoformat()}")
