"""What `commonweal pull` says when it has done: what needs a person first, then what went in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from commonweal.cli.frame import out
from commonweal.lake.download import Fetch, Fetched
from commonweal.lake.outcome import FileOutcome, Outcome
from commonweal.lake.store import Store

ORDER = (Outcome.READ, Outcome.UNCHANGED, Outcome.OLDER, Outcome.NOTES, Outcome.WAITING, Outcome.SET_ASIDE)
NEEDS_YOU = (Outcome.WAITING, Outcome.SET_ASIDE)
UNCHECKED = "The catalogue's addresses are unchecked: they were written down and have not been tried."


def show_fetched(fetched: Sequence[Fetched]) -> None:
    """What each publisher's address gave."""
    for outcome in Fetch:
        mine = [one for one in fetched if one.outcome is outcome]
        if mine:
            _line(f"{outcome.value.capitalize()} ({len(mine)})", style="bold")
        for one in mine:
            _line(f"  {one.dataset}: {one.sentence}")
    if any(one.outcome is Fetch.FAILED for one in fetched):
        _line(UNCHECKED)


def show(store: Store, outcomes: Sequence[FileOutcome], *, every: bool) -> None:
    """The files that need a person (or every file), a count of outcomes, and what the store holds now."""
    if not outcomes:
        _line("Nothing was read. Give a folder of downloaded files: commonweal pull --from FOLDER")
        return
    for outcome in ORDER:
        mine = [one for one in outcomes if one.outcome is outcome]
        if mine and (every or outcome in NEEDS_YOU):
            _line(f"{outcome.value.capitalize()} ({len(mine)})", style="bold")
            for line in _lines(mine):
                _line(line)
    counts = Counter(one.outcome for one in outcomes)
    parts = [f"{counts[kind]} {kind.value}" for kind in ORDER if counts[kind]]
    _line(f"{_many(len(outcomes), 'file')}: {', '.join(parts)}.")
    _say_kept_out(store, outcomes)
    if not store.exists:
        _line(f"Nothing is stored yet in {store.root}.")
        return
    rows = sum(sum(one.tables.values()) for one in store.datasets())
    held = f"{_many(len(store.datasets()), 'data set')}, {_many(rows, 'row')}"
    _line(f"{held}, version {store.version}, in {store.root}.")


def _lines(outcomes: Sequence[FileOutcome]) -> Iterator[str]:
    """Each file; a reason that many share is said once, under them."""
    by_reason: dict[str, list[FileOutcome]] = {}
    for one in outcomes:
        by_reason.setdefault(_why(one), []).append(one)
    for reason, files in by_reason.items():
        for one in files:
            yield f"  {one.name}{_held(one)}"
        if reason:
            yield f"    {reason}"


def _held(one: FileOutcome) -> str:
    if not one.dataset:
        return ""
    kept_out = f", {one.rejected:,} kept out" if one.rejected else ""
    return f": {one.dataset}, {_many(one.rows, 'row')}{kept_out}"


def _many(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def _why(one: FileOutcome) -> str:
    guess = f"{one.guess.sentence} " if one.guess else ""
    return f"{guess}{one.reason}" or " ".join(one.remarks)


def _say_kept_out(store: Store, outcomes: Sequence[FileOutcome]) -> None:
    """The first of the rows kept out of each data set; all are listed beside its rows."""
    for dataset in sorted({one.dataset for one in outcomes if one.rejected and one.outcome is Outcome.READ}):
        rows = store.rejected(dataset)
        if rows:
            first = rows[0]
            where = f"row {first.row} of “{first.sheet}”, {first.column}: {first.reason}"
            _line(f"{_many(len(rows), 'row')} of {dataset} kept out; the first is {where}.")


def _line(text: str, *, style: str = "") -> None:
    out().print(text, style=style or None, markup=False, soft_wrap=True)
