"""What the agreements stage does from time to time: registers that nobody finished with go."""

from __future__ import annotations

from commonweal.agreements.actions.bringing import let_old_drafts_go
from commonweal.core.jobs.upkeep import upkeep

upkeep("agreements-drafts")(let_old_drafts_go)
