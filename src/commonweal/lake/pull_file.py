"""Reading one file to drafts, in a worker process: whatever the file does, only the worker can come to harm."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from commonweal.lake.assistant.assisting import assist
from commonweal.lake.assistant.mapping import MappingBroken
from commonweal.lake.assistant.proposing import Proposal
from commonweal.lake.checks import WrongShape
from commonweal.lake.drafts import Draft, NewPart, StoreDamaged, draft_folder, write_draft
from commonweal.lake.manifest import SourceFile
from commonweal.lake.mapped import read_mapped
from commonweal.lake.opening import Form, Opened, open_file
from commonweal.lake.outcome import Guess, Outcome
from commonweal.lake.recognise import TwoReaders, recognise


@dataclass(frozen=True, slots=True)
class Found:
    """What one opened file turned out to be; a draft where rows were read."""

    inside: str
    outcome: Outcome
    reason: str = ""
    dataset: str = ""
    draft: Draft | None = None
    remarks: tuple[str, ...] = ()
    guess: Guess | None = None


def read_file(path: Path, shown: str, root: Path) -> tuple[Found, ...]:
    """Open a file, recognise what it holds and write drafts beside the lake; raises CannotOpen."""
    waiting = open_file(path)
    waiting.reverse()
    found = []
    while waiting:
        found.append(_found(waiting.pop(), shown, root))
    return tuple(found)


def _found(opened: Opened, shown: str, root: Path) -> Found:
    try:
        reader = recognise(opened)
    except TwoReaders as error:
        return Found(opened.inside, Outcome.SET_ASIDE, f"Two readers claim this file, a fault of ours: {error}.")
    if reader is None:
        return _unknown(opened, shown, root)
    source = SourceFile(shown, opened.sha256, opened.size, opened.inside)
    try:
        new = NewPart(tuple(reader.read(opened)), (source,), reader_version=reader.version)
        return _drafted(opened, reader.dataset, new, root)
    except MemoryError:
        raise
    except Exception as error:  # whatever a reader trips over, the other files must go in
        reason = (
            f"Known as {reader.dataset}, but its rows could not be read ({type(error).__name__}: {error}). "
            "Its publisher may have changed the layout."
        )
        return Found(opened.inside, Outcome.SET_ASIDE, reason)


def _drafted(opened: Opened, dataset: str, new: NewPart, root: Path) -> Found:
    try:
        draft = write_draft(draft_folder(root), dataset, new)
    except (WrongShape, StoreDamaged, OSError) as error:
        return Found(opened.inside, Outcome.SET_ASIDE, f"Known as {dataset}, but not stored: {error}")
    if not draft.part.rows:
        return Found(opened.inside, Outcome.SET_ASIDE, f"Known as {dataset}, but it holds no rows.")
    return Found(opened.inside, Outcome.READ, dataset=dataset, draft=draft, remarks=opened.remarks)


def _unknown(opened: Opened, shown: str, root: Path) -> Found:
    """A file no reader knows: read as a person described it before, or said to be what it seems."""
    if opened.form is Form.NOTES:
        return Found(opened.inside, Outcome.NOTES, "Words for people; nothing to store.")
    with suppress(MappingBroken):
        mapped = read_mapped(opened, root)
        if mapped is not None:
            source = SourceFile(shown, opened.sha256, opened.size, opened.inside)
            new = NewPart(mapped.tables, (source,), reader_version=mapped.version)
            return replace(_drafted(opened, mapped.dataset, new, root), remarks=(*opened.remarks, *mapped.remarks))
    told = assist(opened)
    outcome = Outcome.WAITING if told.mappable else Outcome.SET_ASIDE
    return Found(opened.inside, outcome, told.sentence, remarks=opened.remarks, guess=_guess(told.proposals))


def _guess(proposals: Sequence[Proposal]) -> Guess | None:
    """The surest proposal, with what only a person can say."""
    usable = [one for one in proposals if one.mapping is not None]
    if not usable:
        return None
    best = max(usable, key=lambda one: one.confidence)
    assert best.mapping is not None
    return Guess(best.mapping.target.value, best.confidence, " ".join((best.reason, *best.questions)))
