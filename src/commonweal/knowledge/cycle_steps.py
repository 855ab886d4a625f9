"""How the step of agreeing words stands for a partnership."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.core.cycle import Standing, cycle_step
from commonweal.core.viewer import Viewer
from commonweal.knowledge.models import TermState
from commonweal.knowledge.queries.words import own_words


@cycle_step("language")
def language(viewer: Viewer, partnership: UUID) -> Standing:
    """How many words are agreed, and how many wait."""
    own = own_words(viewer, partnership)
    href = reverse("knowledge:own-words", args=[partnership])
    agreed = sum(one.state == TermState.AGREED for one in own)
    waiting = sum(one.open for one in own)
    if not agreed and not waiting:
        return Standing("Not started", "blue", href)
    said = f"{agreed} agreed" + (f", {waiting} to agree" if waiting else "")
    return Standing(said, "blue" if waiting else "done", href)
