"""The version of a need or an outcome that something answers: the newest that the viewer may see."""

from __future__ import annotations

from uuid import UUID

from commonweal.core.errors import NotFound
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer
from commonweal.needs.models import Need, NeedState, NeedVersion
from commonweal.priorities.models import Outcome, OutcomeState, OutcomeVersion


def latest_need(viewer: Viewer, partnership: UUID, need: UUID) -> NeedVersion:
    """NotFound where it is not there, or was withdrawn."""
    held = Need.objects.visible_to(viewer, Purpose.ASSESSMENT).exclude(state=NeedState.WITHDRAWN)
    rows = NeedVersion.objects.filter(identity__in=held.filter(partnership=partnership, pk=need).values("pk"))
    found: NeedVersion | None = rows.latest_each().first()
    if found is None:
        raise NotFound("This need is not there any more, or was withdrawn. Choose again.")
    return found


def latest_outcome(viewer: Viewer, partnership: UUID, outcome: UUID) -> OutcomeVersion:
    """NotFound where it is not there, or was withdrawn."""
    held = Outcome.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(state=OutcomeState.STANDS)
    held = held.filter(partnership=partnership, pk=outcome)
    rows = OutcomeVersion.objects.filter(identity__in=held.values("pk"))
    found: OutcomeVersion | None = rows.latest_each().first()
    if found is None:
        raise NotFound("This outcome is not there any more, or was withdrawn. Choose again.")
    return found
