"""What the shell does from time to time: the work of making files for tokens is asked for on its day."""

from __future__ import annotations

from commonweal.core import clock
from commonweal.core.actions.jobs import start_job
from commonweal.core.actions.token_exports import due_exports, place_of
from commonweal.core.jobs.upkeep import upkeep
from commonweal.core.viewer import SYSTEM
from commonweal.web.exporting import KIND


@upkeep("web-exports")
def ask_for_exports() -> None:
    """One piece of work a token and day, however often this is asked."""
    for token in due_exports():
        start_job(by=SYSTEM, kind=KIND, key=f"{KIND}:{place_of(token).stem}:{clock.today()}", subject=token.pk)
