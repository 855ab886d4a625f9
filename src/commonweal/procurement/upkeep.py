"""What procurement does from time to time: news goes out once a week, and who somebody was is let go."""

from __future__ import annotations

from commonweal.core import clock
from commonweal.core.actions.jobs import start_job
from commonweal.core.jobs.upkeep import upkeep
from commonweal.core.viewer import SYSTEM
from commonweal.procurement.actions.letting_go import let_bids_go
from commonweal.procurement.actions.pipeline import let_old_interests_go
from commonweal.procurement.actions.subscribing import let_unconfirmed_go
from commonweal.procurement.models import ChanceWish, Subscription
from commonweal.procurement.models.chances import Often

upkeep("procurement-interests")(let_old_interests_go)
upkeep("procurement-unconfirmed")(let_unconfirmed_go)
upkeep("procurement-bids")(let_bids_go)


@upkeep("procurement-news")
def ask_for_news() -> None:
    """One piece of work a day for the whole installation; each address is written to once a week."""
    from commonweal.procurement.background import NEWS

    wished = ChanceWish.objects.filter(often=Often.WEEKLY).exists()
    if wished or Subscription.objects.exclude(confirmed_at=None).exists():
        start_job(by=SYSTEM, kind=NEWS, key=f"{NEWS}:{clock.today().isoformat()}")
