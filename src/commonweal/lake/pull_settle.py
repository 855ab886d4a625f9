"""After every file is read: which edition of each data set stands, and what became of each file."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from commonweal.lake import catalogue, mapped
from commonweal.lake.drafts import Draft
from commonweal.lake.editions import Candidate, ahead, choose, why_not
from commonweal.lake.manifest import Provenance, SourceFile, StoredDataset
from commonweal.lake.outcome import FileOutcome, Outcome
from commonweal.lake.pull_file import Found
from commonweal.lake.pull_queue import Waiting
from commonweal.lake.store import Change, Store


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker said of one file."""

    file: Waiting
    found: tuple[Found, ...]


Pair = tuple[Answer, Found]


def titled(store: Store, outcome: FileOutcome) -> FileOutcome:
    """The outcome with its data set's title."""
    return replace(outcome, title=provenance_of(store, outcome.dataset).title) if outcome.dataset else outcome


def provenance_of(store: Store, dataset: str) -> Provenance:
    """Whose a data set is, from the catalogue; one not in it says so and may not be published."""
    if dataset.startswith(mapped.PREFIX):
        return mapped.provenance(store.root, dataset)
    try:
        return catalogue.entry(dataset).provenance
    except catalogue.NotInCatalogue:
        unknown = "not recorded: not to be published until the catalogue says"
        return Provenance(dataset, unknown, unknown)


def settle(
    store: Store, answers: Sequence[Answer], *, on_purpose: bool = False, today: date | None = None
) -> list[FileOutcome]:
    """Choose among editions, take what stands into the lake in one step, and say what became of each file."""
    today = today or datetime.now(UTC).date()
    by_dataset: dict[str, list[Pair]] = {}
    outcomes: list[FileOutcome] = []
    for answer in answers:
        for found in answer.found:
            reason = ahead(found.draft.part.edition, today) if found.draft else ""
            if found.draft is None:
                outcomes.append(_said(store, answer, found))
            elif reason:
                outcomes.append(_said(store, answer, found, Outcome.SET_ASIDE, reason))
            else:
                by_dataset.setdefault(found.dataset, []).append((answer, found))
    changes = []
    for dataset, pairs in by_dataset.items():
        change, told = _settled(store, dataset, pairs, on_purpose)
        outcomes += told
        if change is not None:
            changes.append(change)
    store.adopt([*changes, *_relabelled(store, {change.dataset for change in changes})])
    _forget_moved(store, answers)
    for answer in answers:
        for found in answer.found:
            if found.draft is not None:
                shutil.rmtree(found.draft.folder, ignore_errors=True)
    return outcomes


def _said(
    store: Store, answer: Answer, found: Found, outcome: Outcome | None = None, reason: str = ""
) -> FileOutcome:
    part = found.draft.part if found.draft else None
    return titled(store, FileOutcome(
        answer.file.shown, outcome or found.outcome, reason or found.reason, inside=found.inside,
        dataset=found.dataset, rows=part.rows if part else 0, rejected=part.rejected if part else 0,
        remarks=found.remarks, guess=found.guess,
    ))


def _settled(
    store: Store, dataset: str, pairs: Sequence[Pair], on_purpose: bool
) -> tuple[Change | None, list[FileOutcome]]:
    stored = store.dataset(dataset)
    if _parts(dataset) is catalogue.Parts.MANY:
        return _settled_parts(store, dataset, pairs, on_purpose)
    candidates = {_candidate(found): (answer, found) for answer, found in pairs}
    choice = choose(tuple(candidates), stored, on_purpose=on_purpose)
    stands = choice.stands.draft.part.edition if choice.stands else stored.edition if stored else ""
    told = [
        _said(store, *candidates[one], _passed(one.draft.part.edition, stands), reason)
        for one, reason in choice.passed_over
    ]
    told += [_said(store, *candidates[choice.stands])] if choice.stands else []
    drafts = (choice.stands.draft,) if choice.stands else ()
    passed_over = tuple(one.source for one, _ in choice.passed_over)
    return Change(dataset, provenance_of(store, dataset), drafts, not drafts, passed_over), told


def _passed(edition: str, stands: str) -> Outcome:
    return Outcome.OLDER if edition < stands else Outcome.UNCHANGED


def _settled_parts(
    store: Store, dataset: str, pairs: Sequence[Pair], on_purpose: bool
) -> tuple[Change | None, list[FileOutcome]]:
    """For a data set of many files: each is a part under its own name; a part's later edition stands."""
    stored = store.dataset(dataset)
    told: list[FileOutcome] = []
    drafts: dict[str, Draft] = {}
    for answer, found in pairs:
        candidate = _candidate(found)
        name = _part_name(stored, candidate.source, drafts)
        before = _only(stored, name)
        reason = why_not(candidate, before, on_purpose=on_purpose)
        passed = _passed(candidate.draft.part.edition, before.edition if before else "")
        told.append(_said(store, answer, found, passed if reason else None, reason))
        if not reason:
            drafts[name] = replace(candidate.draft, part=replace(candidate.draft.part, part=name))
    if not drafts:
        return None, told
    return Change(dataset, provenance_of(store, dataset), tuple(drafts.values()), keep_others=True), told


def _candidate(found: Found) -> Candidate:
    assert found.draft is not None
    return Candidate(found.draft.part.sources[0], found.draft)


def _part_name(stored: StoredDataset | None, source: SourceFile, taken: Iterable[str]) -> str:
    """A part's name: its file's, without folder and ending; the one it had if the same bytes are stored."""
    for part in stored.parts if stored else ():
        if part.part and any(one.sha256 == source.sha256 and one.inside == source.inside for one in part.sources):
            return part.part
    name = Path(source.inside or source.path).name.partition(".")[0].lower()
    return f"{name} {source.sha256[:6]}" if name in taken else name


def _only(stored: StoredDataset | None, name: str) -> StoredDataset | None:
    """A data set with one of its parts alone."""
    parts = tuple(part for part in stored.parts if part.part == name) if stored else ()
    return replace(stored, parts=parts) if stored and parts else None


def _parts(dataset: str) -> catalogue.Parts:
    if dataset.startswith(mapped.PREFIX):
        return catalogue.Parts.MANY
    try:
        return catalogue.entry(dataset).parts
    except catalogue.NotInCatalogue:
        return catalogue.Parts.ONE


def _relabelled(store: Store, changing: set[str]) -> Iterator[Change]:
    """Stored data sets whose words in the catalogue have changed since."""
    for one in store.datasets():
        words = provenance_of(store, one.dataset)
        known = one.dataset in catalogue.entries()
        if known and one.dataset not in changing and words != one.provenance:
            yield Change(one.dataset, words, (), keep_others=True)


def _forget_moved(store: Store, answers: Sequence[Answer]) -> None:
    """A file now known as another data set leaves the one it was stored under before."""
    now = {(answer.file.sha256, found.inside): found.dataset for answer in answers for found in answer.found}
    for one in store.datasets():
        moved = [now.get((source.sha256, source.inside), "") not in ("", one.dataset) for source in one.sources]
        if moved and all(moved):
            store.forget(one.dataset)
