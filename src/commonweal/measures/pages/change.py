"""What change of people may be said to be, in sentences, and what it cannot say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from commonweal.methods.change import (
    LEAST_HEADLINE,
    LEAST_MEAN,
    PairedChange,
    beyond_expectation,
    half_width,
    paired_change,
    people_needed,
    reliable_threshold,
    unanswered,
)
from commonweal.methods.scoring import metric
from commonweal.policy.evidence_levels import reached
from commonweal.policy.instruments import Instrument, instruments

HALF = 0.5
METHOD = ("Mean change with a 95% interval by Student's t. What was to be expected: everybody's mean and the "
          "reliability given (Mee and Chua 1991).")
Pairs = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Row:
    """One way of working the change out: what it allows for, the mean and its interval."""

    says: str
    mean: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class ChangeTold:
    """The page's answer: the sentence first, then counts, rows, and what may and may not be concluded."""

    instrument: Instrument
    answer: str
    counts: str
    rows: tuple[Row, ...]
    claim: str
    cannot: tuple[str, ...]
    method: str


def change_told(instrument: Instrument, pairs: Pairs, *, began: int | None, chosen: str) -> ChangeTold:
    """What the pairs say; more is better whichever way the scale runs.

    Where people did not come because of their scores, nothing draws them back to everybody's mean.
    """
    before, after = (_scored(instrument, [pair[side] for pair in pairs]) for side in (0, 1))
    turn = 1 if instrument.higher_is_better else -1
    plain = paired_change(turn * before, turn * after)
    rows = _rows(instrument, turn * before, turn * after, plain)[: 1 if chosen == "no" else None]
    found = reached([("before-after", True)] if plain.mean is not None else [("case", True)])
    return ChangeTold(
        instrument, _answer(instrument, plain, rows), _counts(instrument, plain, before, after, began), rows,
        f"{found.words}. {' '.join(found.reasons)}",
        tuple(_cannot(instrument, plain, began=began, chosen=chosen)),
        METHOD if rows else "Counts alone.",
    )


def before_told(people: int) -> tuple[str, ...]:
    """What so many people could tell, before anybody is asked."""
    if people < LEAST_MEAN:
        return (f"With {people} people only counts and stories can be given: no mean.",)
    told = f"With {people:,} people you could tell a mean change of about {half_width(people):.2f}"
    need = "To tell a change of half a standard deviation four times in five, measure"
    return (f"{told} standard deviations from none.", f"{need} {people_needed(0.5)} people.",
            "Ask more people than that: some will not answer again.")


def _scored(instrument: Instrument, raw: Sequence[float]) -> np.ndarray:
    if not instrument.table:
        return np.asarray(raw, dtype=np.float64)
    return metric(raw, first=instrument.first, table=instrument.table)


def _rows(instrument: Instrument, before: np.ndarray, after: np.ndarray, plain: PairedChange) -> tuple[Row, ...]:
    if plain.mean is None:
        return ()
    rows = [_row("As measured", plain)]
    if instrument.everybody is not None:
        mean = instrument.everybody if instrument.higher_is_better else -instrument.everybody
        rows += [
            _row(f"Beyond what was to be expected, reliability {one:g}",
                 beyond_expectation(before, after, mean=mean, reliability=one))
            for one in instruments().reliabilities
        ]
    return tuple(rows)


def _row(says: str, change: PairedChange) -> Row:
    bounds = [value for value in (change.mean, change.lower, change.upper) if value is not None]
    return Row(says, *bounds)


def _answer(instrument: Instrument, plain: PairedChange, rows: tuple[Row, ...]) -> str:
    if not rows:
        return f"{plain.n} people are too few for a mean. Tell what happened to them, in their words."
    if not plain.sure:
        return "No change can be told from none: the interval of the mean change runs from worse to better."
    few = "" if plain.headline else f" They are fewer than {LEAST_HEADLINE}: no headline."
    return f"People were {'better' if rows[0].mean > 0 else 'worse'}{_beyond(instrument, rows)}.{few}"


def _beyond(instrument: Instrument, rows: tuple[Row, ...]) -> str:
    by, beyond = f"by {_size(rows[0].mean)} {instrument.unit}", rows[1:]
    if not beyond:
        return f" {by} on average. How much of it would have come by itself is not known"
    sure = [one for one in beyond if one.lower > 0 or one.upper < 0]
    same_way = [one for one in sure if (one.mean > 0) == (rows[0].mean > 0)]
    if len(same_way) == len(beyond):
        sizes = sorted(abs(one.mean) for one in beyond)
        by = f"by {_size(sizes[0])} to {_size(sizes[-1])} {instrument.unit}"
        return f" {by} beyond what was to be expected had nothing been done"
    if same_way:
        return "; whether beyond what was to be expected depends on how steady the scale is"
    return f" {by}, no more than was to be expected had nothing been done"


def _counts(
    instrument: Instrument, plain: PairedChange, before: np.ndarray, after: np.ndarray, began: int | None
) -> str:
    base = f"{plain.n} people were measured twice" + (f", of {began:,} who began" if began is not None else "")
    told = f"{base}: {plain.better} better, {plain.same} the same, {plain.worse} worse."
    if instrument.groups_only:
        return f"{base}. The scale tells of groups, so nobody is counted as better or worse."
    if instrument.spread is None or instrument.reliable is None:
        return told
    line = reliable_threshold(spread=instrument.spread, reliability=instrument.reliable)
    more = (after - before) * (1 if instrument.higher_is_better else -1)
    up, down = int((more > line).sum()), int((more < -line).sum())
    return (f"{told} {up} better and {down} worse by more than the scale's own noise of {line:.1f} for one person "
            "(spread and reliability unchecked).")


def _cannot(instrument: Instrument, plain: PairedChange, *, began: int | None, chosen: str) -> list[str]:
    told = ["That the programme made the change: nobody knows how people like these fared without it. Measure "
            "some who wait, or let chance decide who comes first."]
    if chosen != "no" and instrument.everybody is None:
        told.insert(0, "How much of the change is only the way back from a bad day: people who come because they "
                       "score badly score better next time by themselves, and everybody's mean is not known here.")
    if began is None:
        told.append("What became of those who were not measured again: say how many began.")
    else:
        told += _missing(instrument, plain, began)
    return told


def _missing(instrument: Instrument, plain: PairedChange, began: int) -> list[str]:
    held = unanswered(plain, began)
    if held is None or held.tipping is None:
        return []
    return [
        f"How all fared: {100 * held.share_followed:.0f}% were measured again. Had the others not changed, the "
        f"mean change of all would be {held.if_unchanged:.1f} {instrument.unit}; it would be none if theirs were "
        f"{held.tipping:.1f} on average."
        + ("" if held.share_followed >= HALF else " Fewer than half: no headline.")
    ]


def _size(value: float) -> str:
    return f"{abs(value):.1f}"
