"""The one door out: every table of counts is hidden, rounded and attacked here before anybody else sees it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from commonweal.methods.arrays import MethodError
from commonweal.methods.attack import Audit, Fact, audit
from commonweal.methods.disclosure import (
    Counts,
    Mask,
    Preset,
    Protection,
    Publication,
    primary,
    publish,
    with_margins,
)
from commonweal.methods.inner_suppression import hidden_beside_margins
from commonweal.methods.suppression import secondary
from commonweal.policy.disclosure_rules import disclosure_outcomes, disclosure_rules

COARSER = (1, 2, 4, 10, 20)  # times the rule's base of rounding, tried in turn


class Mark(StrEnum):
    """How one count is shown. Why a count is hidden is not told: that would help to find it out."""

    EXACT = "exact"
    ROUNDED = "rounded"
    HIDDEN = "hidden"


class Outcome(StrEnum):
    """What was done to the table."""

    EXACT = "exact"
    SUPPRESSED = "suppressed"
    ROUNDED = "rounded"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class CountTable:
    """A two-way table of counts of people as they are; margins are not given, they are added up here."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        if len(self.counts) != len(self.rows) or any(len(line) != len(self.columns) for line in self.counts):
            raise MethodError("A table needs one line of counts for each row and one count for each column.")


@dataclass(frozen=True, slots=True)
class ReleasedCount:
    """One count as it may be shown; no value where it is hidden."""

    value: int | None
    mark: Mark


Cells = tuple[tuple[ReleasedCount, ...], ...]


@dataclass(frozen=True, slots=True)
class AuditNote:
    """What the attack found, told without telling the attacker anything: how many hidden, least span left open."""

    passed: bool
    hidden: int
    least_span: int | None


@dataclass(frozen=True, slots=True)
class ReleasedTable:
    """A table fit for anybody; `cells` has row totals in its last column and column totals in its last row."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Cells
    rule: str
    outcome: Outcome
    base: int          # of rounding, 1 where counts shown are exact
    reason: str
    audit: AuditNote
    digest: str        # of rows, columns, values, rule: the same table asked for again has the same


def release(
    table: CountTable, rule: str = "place", *, hide: Mask | None = None, facts: Iterable[Fact] = ()
) -> ReleasedTable:
    """The table under a rule of the policy, or withheld where no way of hiding stands up to attack.

    `hide` marks further counts that need protection, (r, c) or with margins (few or dominant organisations).
    `facts` are what is known besides: earlier releases of the same people. Errors: an unknown rule; counts
    that are negative or not whole.
    """
    preset, true, known = preset_of(rule), with_margins(np.asarray(table.counts)), tuple(facts)
    sensitive = primary(true, preset) | _with_margins(hide, true.shape)
    for published in _ways(true, sensitive, preset):
        found = audit(published, sensitive, facts=known)
        if found.passed:
            return _released(table, published, found, sensitive)
    return _withheld(table, preset)


def shown_beside_margins(
    counts: Sequence[Sequence[int]], rule: str, *, columns: Sequence[bool] | None = None
) -> list[list[bool]]:
    """Which counts may be shown where the margins are: row totals, and the totals of `columns` that are True."""
    known = None if columns is None else ~np.array(columns, dtype=bool)
    hidden = hidden_beside_margins(np.asarray(counts, dtype=np.int64), preset_of(rule), columns=known)
    shown: list[list[bool]] = (~hidden).tolist()
    return shown


def preset_of(rule: str) -> Preset:
    """The numbers of a rule of the policy. Errors: no rule of that key."""
    rules = disclosure_rules()
    if rule not in rules:
        raise MethodError(f"There is no disclosure rule {rule!r}; choose one of {', '.join(rules)}.")
    found = rules[rule]
    return Preset(
        found.key, found.hide_from, found.hide_to, Protection(found.protection), found.round_to, found.least_width
    )


def _ways(true: Counts, sensitive: Mask, preset: Preset) -> Iterator[Publication]:
    """Ways to publish, from the most telling to the least."""
    if preset.protection is Protection.SUPPRESS:
        yield publish(true, sensitive, preset)
        more = secondary(true, sensitive, preset)
        if more is not None:
            yield publish(true, more, preset)
    for times in COARSER:
        yield publish(true, sensitive, preset, base=preset.round_to * times)


def _with_margins(hide: Mask | None, shape: tuple[int, ...]) -> Mask:
    if hide is None:
        return np.zeros(shape, dtype=bool)
    if hide.shape == shape:
        return hide
    if hide.shape != (shape[0] - 1, shape[1] - 1):
        raise MethodError("What to hide is marked for each count of the table, with or without its margins.")
    return np.asarray(np.pad(hide, ((0, 1), (0, 1))))


def _released(table: CountTable, published: Publication, found: Audit, sensitive: Mask) -> ReleasedTable:
    mark = Mark.EXACT if published.base == 1 else Mark.ROUNDED
    hidden = ReleasedCount(None, Mark.HIDDEN)
    cells = tuple(
        tuple(hidden if value < 0 else ReleasedCount(value, mark) for value in line)
        for line in published.shown.tolist()
    )
    spans = (found.high - found.low)[sensitive]
    note = AuditNote(True, int(published.hidden.sum()), int(spans.min()) if spans.size else None)
    return _table(table, cells, published.preset, published.base, note)


def _withheld(table: CountTable, preset: Preset) -> ReleasedTable:
    line = (ReleasedCount(None, Mark.HIDDEN),) * (len(table.columns) + 1)
    cells = (line,) * (len(table.rows) + 1)
    return _table(table, cells, preset, 1, AuditNote(False, len(cells) * len(line), None))


def _outcome(base: int, note: AuditNote) -> Outcome:
    if not note.passed:
        return Outcome.WITHHELD
    if base > 1:
        return Outcome.ROUNDED
    return Outcome.SUPPRESSED if note.hidden else Outcome.EXACT


def _table(table: CountTable, cells: Cells, preset: Preset, base: int, note: AuditNote) -> ReleasedTable:
    outcome = _outcome(base, note)
    words = disclosure_rules()[preset.key].words
    reason = disclosure_outcomes()[outcome].format(words=words, base=base)
    values = [[cell.value for cell in line] for line in cells]
    content = json.dumps([table.rows, table.columns, values, preset.key, base], ensure_ascii=False)
    digest = hashlib.sha256(content.encode()).hexdigest()
    return ReleasedTable(table.rows, table.columns, cells, preset.key, outcome, base, reason, note, digest)
