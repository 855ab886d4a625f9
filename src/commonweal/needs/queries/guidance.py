"""The checklists of a partnership: which lines are ticked, by whom, and how far each step is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer
from commonweal.needs.models import StepTick
from commonweal.needs.step_guidance import StepGuidance, in_order, step_guidance


@dataclass(frozen=True, slots=True)
class TickCard:
    """One line: ticked or not, by whom and when."""

    key: str
    text: str
    done: bool
    who: str = ""
    when: datetime | None = None


@dataclass(frozen=True, slots=True)
class StepStanding:
    """One step's guidance and how far its checklist is."""

    guidance: StepGuidance
    done: int

    @property
    def count(self) -> str:
        """How far in words."""
        return f"{self.done} of {len(self.guidance.checklist)} done" if self.done else "Not begun"


def checklist_for(viewer: Viewer, partnership: UUID, step: str) -> tuple[TickCard, ...]:
    """The lines of one step as they stand."""
    rows = StepTick.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership, step=step)
    held = {row.item: row for row in rows.select_related("person")}
    return tuple(
        TickCard(one.key, one.text, one.key in held, _who(held.get(one.key)),
                 held[one.key].ticked_at if one.key in held else None)
        for one in step_guidance()[step].checklist
    )


def standings_for(viewer: Viewer, partnership: UUID) -> tuple[StepStanding, ...]:
    """Every step in the order of the cycle."""
    rows = StepTick.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    ticked = set(rows.values_list("step", "item"))
    return tuple(
        StepStanding(one, sum((one.step, line.key) in ticked for line in one.checklist)) for one in in_order()
    )


def _who(row: StepTick | None) -> str:
    return "" if row is None else row.person.name if row.person else "Somebody who has left"
