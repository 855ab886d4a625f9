"""Work of the procurement stage that nobody waits for."""

from __future__ import annotations

from commonweal.core.errors import Refused
from commonweal.core.jobs.handle import Handle
from commonweal.core.jobs.kinds import job_kind
from commonweal.procurement.actions.chances import send_chances
from commonweal.procurement.actions.subscribing import Told, send_digests
from commonweal.procurement.market_reading import take_market

NEWS = "procurement.news"
MARKET = "procurement.market"

job_kind(MARKET)(take_market)


@job_kind(NEWS)
def news(handle: Handle) -> str:
    """Send the news that is due; run again it sends only what is left."""
    handle.progress(0, "Looking for what is new in the calendar")
    calendar, chances = send_digests(), send_chances()
    told = Told(calendar.sent + chances.sent, calendar.failed + chances.failed)
    if told.failed:
        raise Refused(f"{told.failed} could not be sent, {told.sent} were. Mend the mail settings, then retry.")
    return "1 e-mail of news sent." if told.sent == 1 else f"{told.sent} e-mails of news sent."
