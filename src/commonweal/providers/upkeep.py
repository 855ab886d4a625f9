"""What the directory does from time to time: who never answered, or did not confirm, is let go."""

from __future__ import annotations

from commonweal.core.retention import time_rule
from commonweal.providers.actions.advisers import let_old_advisers_go, old_advisers

time_rule(
    "advisers", "Advisers and referees: sixty days without an answer, two years without a fresh yes.",
    old_advisers,
)(let_old_advisers_go)
