"""What was released of the same people before, so that no later release can be taken from it to find a few."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from commonweal.core.release import preset_of
from commonweal.methods.differencing import told_apart

Tables = Mapping[str, Mapping[str, int]]  # true counts of people by table and label; total is their sum


@dataclass(frozen=True, slots=True)
class Admission:
    """Whether a release may go out beside all that went before; `apart` counts in it would tell of a few.

    `tables` names the tables that those counts are in; which counts they are is for nobody to read.
    """

    admitted: bool
    apart: int
    tables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReleaseRegister:
    """Every release of one set of people under one rule, in order, with the day it was first seen."""

    rule: str
    releases: tuple[tuple[date, Tables], ...] = ()

    def asked(self, tables: Tables) -> Admission:
        """Whether these may be released. Every earlier release counts: somebody may have kept each of them."""
        beside = [_apart(before, tables, self.rule) for _, before in self.releases]
        apart = max((sum(one.values()) for one in beside), default=0)
        return Admission(not apart, apart, tuple(sorted({name for one in beside for name in one})))

    def with_release(self, tables: Tables, day: date) -> ReleaseRegister:
        """The register with one more release; the same again adds nothing. ValueError where it is refused."""
        if any(_same(before, tables) for _, before in self.releases):
            return self
        if not self.asked(tables).admitted:
            raise ValueError("these tables, set beside earlier ones, would tell of a few people")
        kept = {name: dict(counts) for name, counts in tables.items()}
        return ReleaseRegister(self.rule, (*self.releases, (day, kept)))


def _same(before: Tables, tables: Tables) -> bool:
    return {name: dict(counts) for name, counts in before.items()} == {
        name: dict(counts) for name, counts in tables.items()}


def _apart(before: Tables, tables: Tables, rule: str) -> dict[str, int]:
    """How many counts of each table, totals among them, changed by a few. A label that one lacks counts nobody."""
    found: dict[str, int] = {}
    for name in sorted(before.keys() & tables.keys()):
        one, other = before[name], tables[name]
        labels = sorted(one.keys() | other.keys())
        if not labels:
            continue
        earlier, later = (np.array([[each.get(label, 0)] for label in labels], np.int64) for each in (one, other))
        if apart := int(told_apart(earlier, later, preset_of(rule))[:, 0].sum()):
            found[name] = apart
    return found
