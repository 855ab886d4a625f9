"""Published figures of a need's theme as they stood when an agreement began, beside the newest that are kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from uuid import UUID

from commonweal.core import clock
from commonweal.core.figure import Figure
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer
from commonweal.needs.assessment import Assessment, Measure
from commonweal.needs.models import KeptAssessmentVersion
from commonweal.needs.replay import assessment_from_json
from commonweal.present.wording import spoken

NOT_KEPT = ("No assessment was kept when it began, or none since, so published figures cannot be set beside each "
            "other. Keep one now, and the next review has it.")
MOST = 8


def figures_then_now(viewer: Viewer, partnership: UUID, begins: date, theme: str) -> tuple[str, ...]:
    """A sentence a figure; or why there is none."""
    found = _two_kept(viewer, partnership, begins)
    if found is None:
        return (NOT_KEPT,)
    then, now = (_measures(_thawed(one.pk), theme) for one in found)
    day = f"{clock.local_day(found[0].kept_at):%-d %B %Y}"
    lines = tuple(moved(then[card], measure, day) for card, measure in now.items() if card in then)[:MOST]
    return lines or (f"The assessments that are kept hold no figure of this theme since {day}.",)


def moved(then: Measure, now: Measure, day: str) -> str:
    """One figure then and now, and whether it moved by more than chance may."""
    if then.figure.period == now.figure.period:
        return f"{now.name}: {spoken(now.figure)} ({now.figure.period}). No newer figure than on {day}."
    before, after = (f"{spoken(one.figure)} ({one.figure.period})" for one in (then, now))
    return f"{now.name}: {before} as kept on {day}; now {after}. {_told(then.figure, now.figure)}"


def _told(then: Figure, now: Figure) -> str:
    if then.value is None or now.value is None:
        return "The two cannot be set beside each other."
    if then.lower is None or then.upper is None or now.lower is None or now.upper is None:
        return "Whether that is more than chance cannot be told: no interval is given."
    if now.lower > then.upper or now.upper < then.lower:
        return "It moved by more than chance."
    return "That is no more than chance may make."


def _two_kept(
    viewer: Viewer, partnership: UUID, begins: date
) -> tuple[KeptAssessmentVersion, KeptAssessmentVersion] | None:
    """The version kept last before a day, or the first there is; and the newest of the same place."""
    rows = KeptAssessmentVersion.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    every = list(rows.defer("frozen").order_by("kept_at", "pk"))
    if not every:
        return None
    now = every[-1]
    same = [one for one in every if one.identity_id == now.identity_id]
    before = [one for one in same if clock.local_day(one.kept_at) <= begins]
    then = before[-1] if before else same[0]
    return None if then.pk == now.pk else (then, now)


@lru_cache(maxsize=4)
def _thawed(version: UUID) -> Assessment:
    """What was kept never changes, so it is read once."""
    return assessment_from_json(KeptAssessmentVersion.objects.get(pk=version).frozen)


def _measures(made: Assessment, theme: str) -> dict[str, Measure]:
    themes: Iterable[Measure] = (one for each in made.themes if each.key == theme for one in each.measures)
    return {one.card: one for one in themes}
