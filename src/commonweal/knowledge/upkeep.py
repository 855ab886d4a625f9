"""What the knowledge stage does from time to time: names of old bookings go."""

from __future__ import annotations

from commonweal.core.jobs.upkeep import upkeep
from commonweal.knowledge.actions.booking import let_old_bookings_go

upkeep("knowledge-bookings")(let_old_bookings_go)
