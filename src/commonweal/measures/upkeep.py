"""What the measures stage does from time to time: those who have not sent a return are reminded."""

from __future__ import annotations

from commonweal.core.jobs.upkeep import upkeep
from commonweal.measures.actions.reminding import remind_all

upkeep("measures-reminders")(remind_all)
