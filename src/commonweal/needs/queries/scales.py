"""What a score is out of: a number without a unit says little until one sees from where to where it runs."""

from __future__ import annotations

import numpy as np

from commonweal.core.figure import Unit
from commonweal.needs.card import Card, Level
from commonweal.needs.queries.evidence import Evidence
from commonweal.needs.queries.values import all_districts, key_of
from commonweal.needs.wording import say
from commonweal.present import wording


def scale_of(held: Evidence, card: Card, period: str) -> str:
    """From where to where England's small areas (or districts) run, and which end is need; "" where no score."""
    if card.unit is not Unit.SCORE:
        return ""
    return held.once(("scale", card.id, period), lambda: _scale(held, card, period))


def _scale(held: Evidence, card: Card, period: str) -> str:
    column = held.small.columns.get(key_of(card))
    small = card.source.level is Level.AREA and column is not None
    values = column.values * card.source.scale if small and column else all_districts(held, card, period)
    known = values[~np.isnan(values)]
    if not known.size:
        return ""
    low, high = (wording.number(float(end), card.decimals) for end in (known.min(), known.max()))
    end = say(f"scale.{card.need.value}")
    return say(f"scale.{'areas' if small else 'districts'}", low=low, high=high, end=end)
