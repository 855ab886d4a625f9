"""What the agreements stage does from time to time: registers that nobody finished with go."""

from __future__ import annotations

from commonweal.agreements.actions.bringing import let_old_drafts_go, old_drafts
from commonweal.core.retention import time_rule

time_rule("register-drafts", "Registers that nobody finished bringing: two days.", lambda: old_drafts().count())(
    let_old_drafts_go)
