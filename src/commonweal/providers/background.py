"""The long work of the providers stage: a register or list is read and taken into the directory."""

from __future__ import annotations

from commonweal.core.actions.uploads import Outcome, settle_upload
from commonweal.core.errors import CommonwealError
from commonweal.core.jobs.handle import Handle
from commonweal.core.jobs.kinds import job_kind
from commonweal.core.models import Upload, UploadState
from commonweal.core.quarantine import quarantine
from commonweal.lake.opening import CannotOpen
from commonweal.lake.registers.model import NotARegister
from commonweal.lake.registers.reading import read_registers
from commonweal.lake.sandbox import Caps, Sandbox
from commonweal.providers.actions.importing import Taken, take_register
from commonweal.providers.queries.places import districts_of

PUBLISHED, OURS = "providers.bring_published", "providers.bring_list"
CAPS = Caps()


@job_kind(PUBLISHED)
def bring_published(handle: Handle) -> str:
    """A register everybody may have."""
    return _brought(handle, public=True)


@job_kind(OURS)
def bring_list(handle: Handle) -> str:
    """A partnership's own list."""
    return _brought(handle, public=False)


def _brought(handle: Handle, *, public: bool) -> str:
    upload = Upload.objects.select_related("partnership").get(pk=handle.subject)
    state = UploadState.READ
    try:
        with quarantine().opened(upload.pk, upload.name) as path, Sandbox(caps=CAPS) as sandbox:
            handle.progress(10, "Opening the file.")
            found = read_registers(sandbox.open(path))
        handle.progress(40, f"Read {len(found.entries):,} organisations. Looking for those listed before.")
        invented = upload.partnership.invented
        taken = take_register(
            by=handle.by, found=found, partnership=upload.partnership, public=public, example=invented,
            places=lambda postcodes: districts_of(postcodes, example=invented),
        )
        sentence = told(taken, found.remarks, found.kept_out[0].where if found.kept_out else "",
                        found.kept_out[0].why if found.kept_out else "")
    except (CannotOpen, NotARegister, CommonwealError) as error:
        state, sentence = UploadState.SET_ASIDE, str(error)
    settle_upload(by=handle.by, upload=upload, state=state, outcome=Outcome(sentence))
    quarantine().let_go(upload.pk)
    return sentence


def told(taken: Taken, remarks: tuple[str, ...], where: str, why: str) -> str:
    """What came of it, in sentences."""
    parts = [f"{taken.new:,} new, {taken.changed:,} changed, {taken.same:,} as before."]
    if taken.joined:
        parts.append(f"{taken.joined:,} were listed before under another name and are now one.")
    if taken.undecided:
        parts.append(f"{taken.undecided:,} pairs wait for a person to say whether they are one.")
    if taken.kept_out:
        parts.append(f"{taken.kept_out:,} rows were kept out. The first, {where}: {why}")
    return " ".join([*parts, *remarks])
