"""A checked text as a page shows it: stretches in order, those to look at marked."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from commonweal.knowledge.plain import Finding, Kind, PlainCheck

MARKED = frozenset((Kind.WORDY, Kind.JARGON, Kind.PASSIVE))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a text; `kind` is empty where there is nothing to look at, `long` where its sentence is too long."""

    text: str
    kind: str = ""
    long: bool = False


def marked(check: PlainCheck) -> tuple[Stretch, ...]:
    """The whole text in stretches; of marks that overlap the first is shown."""
    long = [one for one in check.findings if one.kind is Kind.LONG]
    edges = sorted({0, len(check.text), *(edge for one in _shown(check) for edge in (one.start, one.end)),
                    *(edge for one in long for edge in (one.start, one.end))})
    by_start = {one.start: one for one in _shown(check)}
    stretches, current = [], None
    for start, end in pairwise(edges):
        current = by_start.get(start) or (current if current and current.end > start else None)
        in_long = any(one.start <= start < one.end for one in long)
        stretches.append(Stretch(check.text[start:end], current.kind if current else "", in_long))
    return tuple(stretches)


def _shown(check: PlainCheck) -> list[Finding]:
    shown: list[Finding] = []
    for one in check.findings:
        if one.kind in MARKED and (not shown or one.start >= shown[-1].end):
            shown.append(one)
    return shown
