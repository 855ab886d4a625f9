"""Answers to published instruments become scores: each person's, and what may be said of all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import yaml

from commonweal.methods.change import LEAST_MEAN
from commonweal.methods.scoring import Kind, Week, activity, metric, recommending, summed, weekly_minutes
from commonweal.policy.instruments import instruments

Lines = Sequence[Sequence[float]]
DROPPED = "Left out: the answers cannot be"


@dataclass(frozen=True, slots=True)
class Scored:
    """The answer in a sentence; each line with its score and, where there is one, its group."""

    answer: str
    unit: str
    lines: tuple[tuple[int, str, str], ...]


@cache
def scoring_content() -> dict[str, Any]:
    """What can be scored, and what one line of each holds."""
    found: dict[str, Any] = yaml.safe_load(
        files("commonweal.measures").joinpath("content/scoring.yaml").read_text("utf-8"))
    return found


def scored(kind: str, lines: Lines) -> Scored:
    """Every line scored by the instrument's own rule."""
    unit = scoring_content()["kinds"][kind]["unit"]
    if kind == "recommend":
        return _recommended([line[0] for line in lines])
    if kind in scoring_content()["groups"]:
        return _active(kind, lines, unit)
    said = scoring_content()["kinds"][kind]
    sums = summed(np.asarray(lines), low=said["low"], high=said["high"])
    if kind == "swemwbs":
        scale = instruments().of("swemwbs")
        sums = metric(sums, first=scale.first, table=scale.table)
    told = tuple((at, f"{value:.2f}".rstrip("0").rstrip("."), "") for at, value in enumerate(sums, start=1))
    mean = f" Their mean is {sums.mean():.1f} {unit}." if len(sums) >= LEAST_MEAN else (
        " They are too few for a mean.")
    return Scored(f"{len(sums)} people scored.{mean}", unit, told)


def _recommended(answers: list[float]) -> Scored:
    score, half = recommending(answers)
    if len(answers) < LEAST_MEAN:
        return Scored(f"{len(answers)} answers are too few for a score.", "", ())
    return Scored(f"{score:+.0f}, give or take {half:.0f}: those who gave 9 or 10, less those who gave 6 or "
                  f"under, in per cent of {len(answers):,} answers.", "", ())


def _active(kind: str, lines: Lines, unit: str) -> Scored:
    found = [_week(kind, line) for line in lines]
    names = scoring_content()["groups"][kind]
    counts = Counter(one[1].value for one in found if one is not None)
    parts = [f"{names[key].split(',')[0].lower()} {counts[key]}" for key in names]
    dropped = found.count(None)
    left = f" {dropped} left out: their answers cannot be." if dropped else ""
    told = tuple((at, DROPPED if one is None else f"{one[0]:,.0f}", "" if one is None else names[one[1].value])
                 for at, one in enumerate(found, start=1))
    return Scored(f"Of {len(found) - dropped} people: {', '.join(parts)}.{left} A group's shares may be told; "
                  "whether one person changed may not.", unit, told)


def _week(kind: str, line: Sequence[float]) -> Any:
    pairs = [(line[at], line[at + 1]) for at in (0, 2, 4)]
    if kind == "ipaq":
        return activity(Week(*pairs))
    return weekly_minutes([Kind(days, minutes, vigorous=at == 2) for at, (days, minutes) in enumerate(pairs)])
