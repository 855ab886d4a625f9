"""What this floor does from time to time: the search's index is made where there is none, and kept up."""

from __future__ import annotations

from commonweal.core.jobs.upkeep import upkeep
from commonweal.core.search.indexing import keep_up

upkeep("core-search")(keep_up)
