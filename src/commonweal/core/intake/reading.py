"""Reads a file out of the quarantine: what is known goes in, what is not is asked about, the rest is told why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from commonweal.core.actions.uploads import KeptOut, Outcome, Part, ask_about, settle_upload
from commonweal.core.errors import Refused
from commonweal.core.intake.question import Question, question_of
from commonweal.core.intake.watching import watched
from commonweal.core.jobs.handle import Handle
from commonweal.core.models import Upload, UploadState
from commonweal.core.permissions import Permission
from commonweal.core.quarantine import quarantine
from commonweal.core.stores import own_store, stores
from commonweal.core.viewer import Viewer
from commonweal.lake.assistant.proposing import Proposal, propose
from commonweal.lake.assistant.remembering import Memory
from commonweal.lake.opening import CannotOpen
from commonweal.lake.opening.model import Opened, Sheet
from commonweal.lake.outcome import FileOutcome
from commonweal.lake.outcome import Outcome as Became
from commonweal.lake.pull import pull_folder
from commonweal.lake.sandbox import Caps, Sandbox
from commonweal.lake.store import Store, StoreBusy

CAPS = Caps()
SHOWN = 100
IN = (Became.READ, Became.UNCHANGED, Became.OLDER)
NOT_YOURS = (
    "This is {title}, a published data set. Whoever runs this installation brings it in with one command: "
    "commonweal pull --from FOLDER"
)


@dataclass(frozen=True, slots=True)
class Unknown:
    """A sheet that no reader knows, and what it is asked about."""

    opened: Opened
    question: Question


def read_upload(handle: Handle) -> str:
    """The whole of it: gives the closing sentence, and leaves the upload settled or waiting for an answer."""
    upload = Upload.objects.get(pk=handle.subject)
    with quarantine().opened(upload.pk, upload.name) as path:
        handle.progress(5, "Looking at what the file holds.")
        outcomes = _pulled(handle, path) if _may_load(handle.by) else _recognised(handle, upload, path)
        unknown = _unknown(path, outcomes, upload)
    if unknown:
        return _wait(handle, upload, unknown)
    outcome = told(stores().published, outcomes)
    settle_upload(by=handle.by, upload=upload, state=_state(outcomes), outcome=outcome, dataset=_dataset(outcomes))
    quarantine().let_go(upload.pk)
    return outcome.sentence


def told(store: Store, outcomes: Iterable[FileOutcome]) -> Outcome:
    """What became of every part, and the first rows that were kept out."""
    every = tuple(outcomes)
    rows = [row for name in sorted({one.dataset for one in every if one.rejected}) for row in store.rejected(name)]
    kept_out = tuple(KeptOut(row.sheet, row.row, row.column, row.reason) for row in rows[:SHOWN])
    parts = tuple(Part(one.inside, one.outcome, one.reason, one.dataset, one.rows) for one in every)
    return Outcome(_sentence(every), parts, kept_out, sum(one.rejected for one in every))


def _pulled(handle: Handle, path: Path) -> tuple[FileOutcome, ...]:
    try:
        store = stores().published
        return watched(
            handle, lambda watch: pull_folder(store, path, progress=watch, workers=1), between=(10, 80)
        )
    except StoreBusy as error:
        raise Refused(f"{error} Your file is kept; use “Try again”.") from error


def _may_load(by: Viewer) -> bool:
    """Whether a published file that this person brings goes into the one store that everybody reads."""
    return by.may(Permission.LOAD_PUBLISHED) and not by.example


def _recognised(handle: Handle, upload: Upload, path: Path) -> tuple[FileOutcome, ...]:
    """What the file is, told by reading it into a store that is thrown away; the published one stays as it is."""
    held = [one for one in stores().published.datasets() if upload.sha256 in {file.sha256 for file in one.sources}]
    if held:
        return tuple(
            FileOutcome(path.name, Became.UNCHANGED, "", dataset=one.dataset, title=one.provenance.title)
            for one in held
        )
    with TemporaryDirectory(dir=path.parent, ignore_cleanup_errors=True) as folder:
        outcomes = watched(
            handle, lambda watch: pull_folder(Store(folder), path, progress=watch, workers=1), between=(10, 80)
        )
    return tuple(_not_yours(one) if one.outcome in IN and one.dataset else one for one in outcomes)


def _not_yours(one: FileOutcome) -> FileOutcome:
    reason = NOT_YOURS.format(title=one.title or one.dataset)
    return replace(one, outcome=Became.SET_ASIDE, reason=reason, rows=0, rejected=0)


def _unknown(path: Path, outcomes: Iterable[FileOutcome], upload: Upload) -> tuple[Unknown, ...]:
    """The sheets to ask about, opened in a capped process; none where every part found a place or a reason."""
    waiting = {one.inside for one in outcomes if one.outcome is Became.WAITING}
    if not waiting:
        return ()
    try:
        with Sandbox(caps=CAPS) as sandbox:
            opened = sandbox.open(path)
    except CannotOpen:
        return ()
    memory = Memory(own_store(upload.partnership_id).root)
    asked = [
        Unknown(one, question_of(sheet, _as_before(sheet, memory), inside=one.inside))
        for one in opened if one.inside in waiting for sheet in one.sheets if sheet.table.num_rows
    ]
    remembered = {mapping.fingerprint for mapping in memory.every()}
    return tuple(sorted(asked, key=lambda one: one.question.fingerprint in remembered))


def _as_before(sheet: Sheet, memory: Memory) -> Proposal:
    """What a person said of this table's earlier edition, to be confirmed; else what it looks like."""
    proposal, before = propose(sheet), memory.recall(sheet)
    if before is None:
        return proposal
    reason = "A table like this has been described before. Check the answers, then confirm."
    return replace(proposal, mapping=before, reason=reason)


def _wait(handle: Handle, upload: Upload, unknown: tuple[Unknown, ...]) -> str:
    first = unknown[0].question
    ask_about(by=handle.by, upload=upload, question=first.as_data(), sentence=_asks(first))
    return _asks(first)


def _asks(question: Question) -> str:
    where = f"The sheet “{question.sheet}”" if question.sheet else "This table"
    return f"{where} is new to us. Say what its columns are, and it goes in."


def _state(outcomes: tuple[FileOutcome, ...]) -> UploadState:
    went_in = [one for one in outcomes if one.outcome in IN]
    if not went_in:
        return UploadState.SET_ASIDE
    whole = len(went_in) == len(outcomes) and not any(one.rejected for one in outcomes)
    return UploadState.READ if whole else UploadState.PARTLY


def _dataset(outcomes: tuple[FileOutcome, ...]) -> str:
    names = {one.dataset for one in outcomes if one.outcome in IN}
    return names.pop() if len(names) == 1 else ""


def _sentence(outcomes: tuple[FileOutcome, ...]) -> str:
    """What became of the file, in one sentence that could be read aloud."""
    read = [one for one in outcomes if one.outcome is Became.READ]
    if len(outcomes) == 1:
        return _one(outcomes[0])
    if read:
        rows = sum(one.rows for one in read)
        return f"{len(read)} of {len(outcomes)} parts of the file were read: {rows:,} rows."
    if any(one.outcome in IN for one in outcomes):
        return "Nothing in the file was new: the same or later figures are here already."
    return "No part of the file could be read."


def _one(one: FileOutcome) -> str:
    if one.outcome is Became.READ:
        kept = f", {one.rejected:,} kept out" if one.rejected else ""
        return f"Recognised as {one.title or one.dataset}: {one.rows:,} rows read{kept}."
    if one.outcome is Became.UNCHANGED:
        return f"Nothing to do: {one.title or 'this very file'} is here already."
    return one.reason
