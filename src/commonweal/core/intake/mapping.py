"""Takes in a table by the mapping that a person confirmed, into the partnership's own store."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from commonweal.core import clock
from commonweal.core.actions.uploads import KeptOut, Outcome, Part, ask_again, settle_upload
from commonweal.core.errors import Refused
from commonweal.core.intake.question import recalled
from commonweal.core.intake.reading import CAPS, SHOWN
from commonweal.core.jobs.handle import Handle
from commonweal.core.models import Partnership, Upload, UploadState
from commonweal.core.quarantine import quarantine
from commonweal.core.stores import own_store, stores
from commonweal.lake.assistant.confirming import Confirmed, confirm
from commonweal.lake.assistant.mapping import Mapping, MappingBroken, fingerprint
from commonweal.lake.assistant.register import register_of
from commonweal.lake.assistant.remembering import Memory
from commonweal.lake.checks import WrongShape
from commonweal.lake.manifest import Provenance, SourceFile
from commonweal.lake.opening import CannotOpen
from commonweal.lake.opening.model import Opened, Sheet
from commonweal.lake.readers.cells import slug
from commonweal.lake.sandbox import Sandbox
from commonweal.lake.store import StoreBusy

KEY_LENGTH = 80
MARK_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Said:
    """What the person said of the table besides its columns."""

    title: str
    publisher: str
    licence: str
    fingerprint: str  # of the table's columns

    @property
    def dataset(self) -> str:
        """The key of the data set: only a table of the same columns and the same title takes its place."""
        same = f"{self.fingerprint}\n{' '.join(self.title.split()).casefold()}"
        mark = hashlib.sha256(same.encode()).hexdigest()[:MARK_LENGTH]
        return f"own-{slug(self.title)[:KEY_LENGTH].strip('-') or 'table'}-{mark}"


def map_upload(handle: Handle) -> str:
    """The closing sentence, with the upload settled; where the answer does not fit, the question waits again."""
    upload = Upload.objects.select_related("partnership").get(pk=handle.subject)
    try:
        return _mapped(handle, upload)
    except Refused as refusal:
        ask_again(by=handle.by, upload=upload, why=str(refusal))
        raise


def _mapped(handle: Handle, upload: Upload) -> str:
    mapping = recalled(upload.answer["mapping"])
    answer = upload.answer
    said = Said(answer["title"], answer["publisher"], answer["licence"], mapping.fingerprint)
    handle.progress(10, "Opening the file.")
    with quarantine().opened(upload.pk, upload.name) as path:
        opened, sheet = _sheet(path, mapping)
        handle.progress(40, "Reading the rows by what you said.")
        confirmed = _confirmed(sheet, mapping)
    if not confirmed.rows:
        raise Refused("By what you said of the columns no row can go in. Look at them again.")
    handle.progress(80, "Keeping them.")
    _store(upload, opened, said, confirmed)
    Memory(own_store(upload.partnership_id).root).keep(mapping)
    outcome = _outcome(said, confirmed)
    state = UploadState.PARTLY if confirmed.rejected else UploadState.READ
    settle_upload(by=handle.by, upload=upload, state=state, outcome=outcome, dataset=said.dataset)
    quarantine().let_go(upload.pk)
    return outcome.sentence


def _sheet(path: Path, mapping: Mapping) -> tuple[Opened, Sheet]:
    try:
        with Sandbox(caps=CAPS) as sandbox:
            found = list(_with_columns(sandbox.open(path), mapping))
    except CannotOpen as error:
        raise Refused(str(error)) from error
    if not found:
        raise Refused("The table you answered for is not in the file any more. Upload it again.")
    return found[0]


def _with_columns(opened: list[Opened], mapping: Mapping) -> Iterator[tuple[Opened, Sheet]]:
    for one in opened:
        for sheet in one.sheets:
            if fingerprint(sheet) == mapping.fingerprint:
                yield one, sheet


def _confirmed(sheet: Sheet, mapping: Mapping) -> Confirmed:
    published = stores().published
    try:
        return confirm(sheet, mapping, register=register_of(published) if published.exists else None)
    except (MappingBroken, WrongShape) as error:
        raise Refused(str(error)) from error


def _store(upload: Upload, opened: Opened, said: Said, confirmed: Confirmed) -> None:
    partnership: Partnership = upload.partnership
    provenance = Provenance(
        title=said.title, publisher=said.publisher, licence=said.licence, published="",
        checked=f"{clock.today():%Y-%m-%d}", invented=partnership.invented,
    )
    source = SourceFile(upload.name, opened.sha256, opened.size, opened.inside)
    try:
        own_store(partnership.pk).replace(
            said.dataset, provenance=provenance, tables=confirmed.tables, sources=(source,)
        )
    except (WrongShape, StoreBusy) as error:
        raise Refused(str(error)) from error


def _outcome(said: Said, confirmed: Confirmed) -> Outcome:
    kept_out = tuple(KeptOut(row.sheet, row.row, row.column, row.reason) for row in confirmed.rejected[:SHOWN])
    kept = f", {len(confirmed.rejected):,} kept out" if confirmed.rejected else ""
    sentence = f"{said.title}: {confirmed.rows:,} rows read{kept}."
    sentence += " What you said of its columns is kept, for you to confirm when its next edition comes."
    parts = tuple(Part("", "remark", remark) for remark in confirmed.remarks)
    return Outcome(sentence, parts, kept_out, len(confirmed.rejected))
