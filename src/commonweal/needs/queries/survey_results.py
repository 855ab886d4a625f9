"""What a survey says: each question weighted and plain, by group where enough answered, small counts hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from commonweal.core.release import CountTable, release, shown_beside_margins
from commonweal.lake.surveys.reading import Asked
from commonweal.lake.surveys.words import TICKED, Use
from commonweal.methods.arrays import Reals
from commonweal.methods.survey import FEWEST, Reading, weighted_mean, weighted_shares

RULE = "sensitive"
NOT_SAID = "Not said"
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class OptionResult:
    """One answer: the weighted share and the plain one; None where too few people stand behind it."""

    label: str
    weighted: Reading | None
    plain: float | None


@dataclass(frozen=True, slots=True)
class GroupResult:
    """One group: a reading for each option, or one mean; None where too few answered."""

    label: str
    answered: int | None
    readings: tuple[Reading | None, ...]


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question whole; `mean` and `plain_mean` for scales, `options` for the rest."""

    key: str
    words: str
    use: Use
    answered: int
    effective: float
    options: tuple[OptionResult, ...]
    mean: Reading | None
    plain_mean: float | None
    groups: tuple[GroupResult, ...]


@dataclass(frozen=True, slots=True)
class _Coded:
    """A question's answers: which rows answered, and a column of 0 and 1 for each option."""

    labels: tuple[str, ...]
    chosen: Reals
    answered: Flags
    one_each: bool


def question_results(
    table: pa.Table, asked: Sequence[Asked], weights: Reals, groups: tuple[str | None, ...] | None
) -> tuple[QuestionResult, ...]:
    """Every question in its order; `groups` is the group of each row to tell them apart by, if any."""
    return tuple(
        _scale(table, one, weights, groups) if one.use is Use.SCALE else _choice(table, one, weights, groups)
        for one in asked
    )


def shown_counts(counts: Sequence[int]) -> tuple[int | None, ...]:
    """A row of counts of people as they may be shown, None where hidden."""
    table = CountTable(("answers",), tuple(f"{at}" for at in range(len(counts))), (tuple(map(int, counts)),))
    return tuple(cell.value for cell in release(table, RULE).cells[0][:-1])


def _choice(
    table: pa.Table, one: Asked, weights: Reals, groups: tuple[str | None, ...] | None
) -> QuestionResult:
    coded = _coded(table.column(one.key), one.use)
    w, chosen = weights[coded.answered], coded.chosen[coded.answered]
    n = int(coded.answered.sum())
    shown = _shown(chosen[None], coded.one_each)[0] if n >= FEWEST else [False] * len(coded.labels)
    weighted, plain = weighted_shares(chosen, w), weighted_shares(chosen, np.ones(n))
    options = tuple(
        OptionResult(label, weighted[at] if shown[at] else None, plain[at].value if shown[at] else None)
        for at, label in enumerate(coded.labels)
    )
    inside = _groups(groups, coded.answered)
    return QuestionResult(
        one.key, one.words, one.use, n, weighted[0].effective if weighted else 0.0, options, None, None,
        _by_group(inside, chosen, w, shown=_shown_by_group([*inside.values()], chosen, shown, coded.one_each))
        if inside else (),
    )


def _by_group(
    inside: dict[str, Flags], chosen: Reals, weights: Reals, *, shown: list[list[bool]]
) -> tuple[GroupResult, ...]:
    found = []
    for (label, flags), line in zip(inside.items(), shown, strict=True):
        n = int(flags.sum())
        readings = weighted_shares(chosen[flags], weights[flags]) if n else ()
        found.append(GroupResult(
            label, n if n >= FEWEST else None,
            tuple(one if ok and n >= FEWEST else None for one, ok in zip(readings, line, strict=False))
            or (None,) * chosen.shape[1],
        ))
    return tuple(found)


def _scale(
    table: pa.Table, one: Asked, weights: Reals, groups: tuple[str | None, ...] | None
) -> QuestionResult:
    values = table.column(one.key).to_numpy().astype(np.float64)
    answered = ~np.isnan(values)
    n, w, x = int(answered.sum()), weights[answered], values[answered]
    mean = weighted_mean(x, w) if n >= FEWEST else None
    inside = _groups(groups, answered)
    counts = shown_counts([int(flags.sum()) for flags in inside.values()]) if inside else ()
    by_group = tuple(
        GroupResult(label, None, (None,)) if count is None or count < FEWEST
        else GroupResult(label, int(flags.sum()), (weighted_mean(x[flags], w[flags]),))
        for (label, flags), count in zip(inside.items(), counts, strict=True)
    )
    return QuestionResult(
        one.key, one.words, one.use, n, mean.effective if mean else 0.0, (), mean,
        float(x.mean()) if n >= FEWEST else None, by_group,
    )


def _groups(groups: tuple[str | None, ...] | None, answered: Flags) -> dict[str, Flags]:
    """The rows of each group among those that answered; last those who did not say.

    They are told apart so that few of them are hidden too: all less the known groups would be what they answered.
    """
    if groups is None:
        return {}
    kept = [group or NOT_SAID for group, there in zip(groups, answered, strict=True) if there]
    known = sorted(set(kept) - {NOT_SAID}, key=_natural)
    last = [NOT_SAID] if NOT_SAID in kept and known else []
    return {label: np.array([group == label for group in kept]) for label in (*known, *last)}


def _natural(label: str) -> tuple[int, str]:
    first = label.split(maxsplit=1)[0]
    return (int(first), label) if first.isdecimal() else (1000, label)


def _shown(chosen: Sequence[Reals] | NDArray[np.float64], one_each: bool) -> list[list[bool]]:
    """Which option of which group may be shown: counts go through the one door out."""
    counts = [part.sum(axis=0).astype(int).tolist() for part in chosen]
    if one_each:
        return _through(counts)
    width = len(counts[0])
    pairs = [
        _through([[line[at], len(part) - line[at]] for line, part in zip(counts, chosen, strict=True)])
        for at in range(width)
    ]
    return [[pairs[at][row][0] for at in range(width)] for row in range(len(counts))]


def _shown_by_group(
    groups: Sequence[Flags], chosen: Reals, overall: Sequence[bool], one_each: bool
) -> list[list[bool]]:
    """Which option of which group may be shown beside what is shown over all and how many each group has."""
    counts = [chosen[flags].sum(axis=0).astype(int).tolist() for flags in groups]
    if one_each:
        return shown_beside_margins(counts, RULE, columns=overall)
    sizes = [int(flags.sum()) for flags in groups]
    pairs = [
        shown_beside_margins(
            [[line[at], size - line[at]] for line, size in zip(counts, sizes, strict=True)], RULE,
            columns=(over, over),
        )
        for at, over in enumerate(overall)
    ]
    return [[pair[row][0] for pair in pairs] for row in range(len(groups))]


def _through(counts: list[list[int]]) -> list[list[bool]]:
    table = CountTable(
        tuple(map(str, range(len(counts)))), tuple(map(str, range(len(counts[0])))),
        tuple(tuple(line) for line in counts),
    )
    cells = release(table, RULE).cells
    return [[cell.value is not None for cell in line[:-1]] for line in cells[: len(counts)]]


def _coded(column: pa.ChunkedArray, use: Use) -> _Coded:
    if use is Use.MULTI:
        return _several(column)
    coded = pc.dictionary_encode(column).combine_chunks()
    at = pc.fill_null(coded.indices, -1).to_numpy(zero_copy_only=False)
    labels = coded.dictionary.to_pylist()
    order = np.argsort(-np.bincount(at[at >= 0], minlength=len(labels)), kind="stable")
    chosen = (at[:, None] == order[None, :]).astype(np.float64)
    if use is Use.TICK:
        there = [row for row, place in enumerate(order) if labels[place] == TICKED]
        return _Coded((TICKED,) if there else (), chosen[:, there], np.ones(len(at), bool), one_each=False)
    return _Coded(tuple(labels[place] for place in order), chosen, at >= 0, one_each=True)


def _several(column: pa.ChunkedArray) -> _Coded:
    lists = column.combine_chunks()
    parents = pc.list_parent_indices(lists).to_numpy(zero_copy_only=False)
    coded = pc.dictionary_encode(pc.list_flatten(lists))
    at, labels = coded.indices.to_numpy(zero_copy_only=False), coded.dictionary.to_pylist()
    order = np.argsort(-np.bincount(at, minlength=len(labels)), kind="stable")
    rank = np.argsort(order, kind="stable")
    chosen = np.zeros((len(lists), len(labels)))
    chosen[parents, rank[at]] = 1
    return _Coded(tuple(labels[place] for place in order), chosen, np.asarray(chosen.any(axis=1)), one_each=False)
