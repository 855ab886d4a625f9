"""Reading one file to drafts, in a worker process: whatever the file does, only the worker can come to harm."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from commonweal.lake.checks import WrongShape
from commonweal.lake.drafts import Draft, NewPart, StoreDamaged, draft_folder, write_draft
from commonweal.lake.manifest import SourceFile
from commonweal.lake.opening import Form, Opened, open_file
from commonweal.lake.outcome import Guess, Outcome
from commonweal.lake.readers.base import Reader
from commonweal.lake.recognise import TwoReaders, recognise

UNKNOWN = {
    Form.TABLE: "No reader knows this table: say what its columns are, and it will be remembered for this source.",
    Form.WORKBOOK: "No reader knows this workbook: say what its columns are, and it will be remembered.",
    Form.JSON: "This is JSON in a layout no reader knows. Ask its publisher for a table (.csv or .xlsx).",
    Form.GEOJSON: "This is a map whose areas carry no code that is known. Ask for one with GSS codes, or WGS 84.",
    Form.SHAPES: "Shapefiles are not read. Ask its publisher for the same map as GeoJSON.",
    Form.NOTES: "Words for people; nothing to store.",
}
_OUTCOMES = {Form.TABLE: Outcome.WAITING, Form.WORKBOOK: Outcome.WAITING, Form.NOTES: Outcome.NOTES}


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
        return _unknown(opened)
    return _read(opened, reader, shown, root)


def _read(opened: Opened, reader: Reader, shown: str, root: Path) -> Found:
    source = SourceFile(shown, opened.sha256, opened.size, opened.inside)
    try:
        new = NewPart(tuple(reader.read(opened)), (source,), reader_version=reader.version)
        draft = write_draft(draft_folder(root), reader.dataset, new)
    except (WrongShape, StoreDamaged, OSError) as error:
        return Found(opened.inside, Outcome.SET_ASIDE, f"Known as {reader.dataset}, but not stored: {error}")
    except (ValueError, LookupError, ArithmeticError, TypeError) as error:
        reason = (
            f"Known as {reader.dataset}, but its rows could not be read ({type(error).__name__}: {error}). "
            "Its publisher may have changed the layout."
        )
        return Found(opened.inside, Outcome.SET_ASIDE, reason)
    if not draft.part.rows:
        return Found(opened.inside, Outcome.SET_ASIDE, f"Known as {reader.dataset}, but it holds no rows.")
    return Found(opened.inside, Outcome.READ, dataset=reader.dataset, draft=draft, remarks=opened.remarks)


def _unknown(opened: Opened) -> Found:
    outcome = _OUTCOMES.get(opened.form, Outcome.SET_ASIDE)
    reason = UNKNOWN[opened.form]
    if opened.form is Form.SHAPES and opened.remarks:
        reason = f"{' '.join(opened.remarks)} {reason}"
    if outcome is Outcome.WAITING and not any(sheet.table.num_rows for sheet in opened.sheets):
        outcome, reason = Outcome.SET_ASIDE, "It has a heading but no rows. Download it again and try again."
    return Found(opened.inside, outcome, reason, remarks=opened.remarks)
