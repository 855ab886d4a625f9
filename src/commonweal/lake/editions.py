"""Which of several files of one data set stands: the latest edition, then the fullest, then the newest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from commonweal.lake.drafts import Draft
from commonweal.lake.manifest import SourceFile, StoredDataset

FULL_ENOUGH = 0.9  # of the rows stored: a corrected file may lose a few, a torn or partial one loses more
YEARS_AHEAD = 2  # a year of plans and a financial year; later dates are slips of the pen, and would stand for good


@dataclass(frozen=True, slots=True)
class Candidate:
    """A draft and the file it came from."""

    source: SourceFile
    draft: Draft

    @property
    def rank(self) -> tuple[str, int]:
        """Later edition first, then more rows."""
        return self.draft.part.edition, self.draft.part.rows


@dataclass(frozen=True, slots=True)
class Choice:
    """The one that stands (None: what is stored does), and the others with why."""

    stands: Candidate | None
    passed_over: tuple[tuple[Candidate, str], ...] = ()


def ahead(edition: str, today: date) -> str:
    """Why an edition (YYYY, YYYY-MM or YYYY-MM-DD) is too far in the future to be true; empty where it is not."""
    last = f"{today.year + YEARS_AHEAD}{today:-%m-%d}"
    if edition <= last:
        return ""
    return (
        f"It speaks of {edition}, more than {YEARS_AHEAD} years from now, so it was not let in: it would stand "
        "before every true edition. Look at its dates, or get the file from its publisher again."
    )


def choose(
    candidates: Sequence[Candidate], stored: StoredDataset | None, *, on_purpose: bool = False
) -> Choice:
    """For a data set that one file holds: which file stands, among new ones and the one stored.

    A file given on purpose (alone) that once gave way comes back, whatever stands now.
    """
    by_path = sorted(candidates, key=lambda one: one.source.path)  # which settles ties
    ordered = sorted(by_path, key=lambda one: one.rank, reverse=True)
    best, others = ordered[0], ordered[1:]
    reason = why_not(best, stored, on_purpose=on_purpose)
    if reason:
        return Choice(None, tuple((one, reason if one is best else _why(one, best)) for one in ordered))
    return Choice(best, tuple((one, _why(one, best)) for one in others))


def why_not(new: Candidate, stored: StoredDataset | None, *, on_purpose: bool = False) -> str:
    """Why what is stored stands rather than a new file; empty where the new file does."""
    if stored is not None and on_purpose and new.source.sha256 in {one.sha256 for one in stored.replaced}:
        return ""
    if stored is None or new.source.sha256 in {source.sha256 for source in stored.sources}:
        return ""
    part, rows = new.draft.part, sum(one.rows for one in stored.parts)
    if part.edition < stored.edition:
        return f"The edition stored is later: it speaks of {stored.edition}, this of {part.edition or 'no date'}."
    if part.edition == stored.edition and part.rows < FULL_ENOUGH * rows:
        return f"What is stored is fuller: {rows:,} rows, and this has {part.rows:,}."
    return ""


def _why(one: Candidate, best: Candidate) -> str:
    mine, other = one.draft.part, best.draft.part
    if mine.edition != other.edition:
        return f"{best.source.path} is a later edition: {other.edition}, and this is {mine.edition or 'undated'}."
    if mine.rows != other.rows:
        return f"{best.source.path} is the same data set, fuller: {other.rows:,} rows, and this has {mine.rows:,}."
    return f"{best.source.path} holds the same data set."
