"""What the directory does from time to time: who never answered, or did not confirm, is let go."""

from __future__ import annotations

from commonweal.core.jobs.upkeep import upkeep
from commonweal.providers.actions.advisers import let_old_advisers_go

upkeep("providers-advisers")(let_old_advisers_go)
