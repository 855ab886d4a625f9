"""What the knowledge stage does from time to time: names of old bookings go."""

from __future__ import annotations

from commonweal.core.retention import time_rule
from commonweal.knowledge.actions.booking import let_old_bookings_go, old_bookings

time_rule(
    "bookings", "Who booked a place: sixty days after the event; places taken stay counted.",
    lambda: old_bookings().count(),
)(let_old_bookings_go)
