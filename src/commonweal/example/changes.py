"""What Larkmere's groups measured of the same people before and after: some of it real, some of it nothing."""

from __future__ import annotations

from datetime import timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from commonweal.core.viewer import viewer_of
from commonweal.example.returns import april
from commonweal.measures.actions.change import ChangeSaid, keep_change
from commonweal.options.models import Agreement
from commonweal.policy.instruments import Instrument, instruments

if TYPE_CHECKING:
    from commonweal.example.world import World

Line = dict[str, Any]


def build_changes(world: World, rng: np.random.Generator) -> None:
    """One change an agreement, over the last financial year."""
    assert world.partnership is not None
    content = yaml.safe_load(files("commonweal.example").joinpath("changes.yaml").read_text("utf-8"))
    by = viewer_of(world.people[content["who"]])
    for line in content["changes"]:
        row = Agreement.objects.filter(partnership=world.partnership, title=line["agreement"]).first()
        pairs = _pairs(instruments().of(line["instrument"]), line, rng)
        if row is not None:
            keep_change(by=by, agreement=row, said=ChangeSaid(
                instrument=line["instrument"], pairs=pairs, first=april(-1), last=april(0) - timedelta(days=1),
                began=line["began"], chosen=line["chosen"], licence=line.get("licence", "")))


def _pairs(scale: Instrument, line: Line, rng: np.random.Generator) -> tuple[tuple[float, float], ...]:
    """Scores as people give them: drawn back to everybody's mean as two measurings are, then the gain."""
    middle = line["mean"] if scale.everybody is None else scale.everybody
    before = np.asarray(rng.normal(line["mean"], line["spread"], line["people"]))
    noise = np.asarray(rng.normal(0, line["spread"] * np.sqrt(1 - line["alike"] ** 2), line["people"]))
    after = middle + line["alike"] * (before - middle) + line["gain"] + noise
    return tuple((_given(scale, one), _given(scale, other)) for one, other in zip(before, after, strict=True))


def _given(scale: Instrument, value: float) -> float:
    """The nearest answer the scale has: where a table turns sums into scores, the sum that comes nearest."""
    if scale.table:
        return float(scale.first + int(np.abs(np.asarray(scale.table) - value).argmin()))
    return float(np.clip(round(value), scale.low, scale.high))
