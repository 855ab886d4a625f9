"""A baseline proposed from what is published, where that follows the indicator's own definition."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from commonweal.core.figure import Figure
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import Viewer
from commonweal.needs.pages.loading import Moved, NoData, NotAPlace, assessment_for
from commonweal.policy.frameworks import FrameworkIndicator


@dataclass(frozen=True, slots=True)
class Proposed:
    """A published figure with the day its period ended, where that can be read."""

    figure: Figure
    on: date | None
    source: str

    @property
    def as_initial(self) -> dict[str, Any]:
        """What the form begins with."""
        value = None if self.figure.value is None else round(self.figure.value, 2)
        return {"baseline": value, "baseline_on": self.on, "baseline_source": self.source}


def baseline_for(viewer: Viewer, partnership: UUID, chosen: FrameworkIndicator, place: str) -> Proposed | None:
    """The place's newest published figure of that definition; nothing where none is held."""
    if not chosen.card:
        return None
    codes = [one.code for one in partnership_for(viewer, partnership).places if one.code and one.name == place]
    if not codes:
        return None
    try:
        made = assessment_for(viewer, codes[0])
    except (Moved, NoData, NotAPlace):
        return None
    found = (one.figure for theme in made.themes for one in theme.measures if one.card == chosen.card)
    figure = next(found, None)
    if figure is None or figure.value is None:
        return None
    return Proposed(figure, _end_of(str(figure.period)), f"{figure.source.title}, {figure.period}"[:300])


def _end_of(period: str) -> date | None:
    """The last day a period's words speak of, by its last year; nothing where they name none."""
    long, short = re.findall(r"\b(20\d\d)\b", period), re.search(r"20(\d\d)/(\d\d)\b", period)
    if short:
        return date(2000 + int(short[2]), 3, 31)
    return date(int(long[-1]), 12, 31) if long else None
