"""The long work of the agreements stage: a file of grants becomes lines of the money map."""

from __future__ import annotations

from commonweal.agreements.actions.funding import bring_grants
from commonweal.core.actions.uploads import Outcome, settle_upload
from commonweal.core.errors import CommonwealError
from commonweal.core.jobs.handle import Handle
from commonweal.core.jobs.kinds import job_kind
from commonweal.core.models import Upload, UploadState
from commonweal.core.quarantine import quarantine
from commonweal.lake.opening import CannotOpen
from commonweal.lake.registers.giving import grants_in
from commonweal.lake.registers.model import NotARegister
from commonweal.lake.sandbox import Caps, Sandbox

GRANTS = "agreements.bring_grants"
CAPS = Caps()
NONE = "This is not a 360Giving file in JSON. Get it from the funder or from GrantNav as JSON."


@job_kind(GRANTS)
def bring(handle: Handle) -> str:
    """Read the file, take what can be taken, say what was kept out and where."""
    upload = Upload.objects.select_related("partnership").get(pk=handle.subject)
    state = UploadState.READ
    try:
        with quarantine().opened(upload.pk, upload.name) as path, Sandbox(caps=CAPS) as sandbox:
            handle.progress(10, "Opening the file.")
            documents = [one.document for one in sandbox.open(path) if one.document is not None]
        if not documents:
            raise NotARegister(NONE)
        grants, kept_out = grants_in(documents[0])
        handle.progress(60, f"Read {len(grants):,} grants.")
        came = bring_grants(by=handle.by, partnership=upload.partnership, grants=grants,
                            source=f"360Giving file {upload.name}"[:300])
        sentence = f"{came.new:,} new, {came.changed:,} changed, {came.same:,} as before."
        if kept_out:
            sentence += f" {len(kept_out):,} kept out. The first, {kept_out[0].where}: {kept_out[0].why}"
    except (CannotOpen, NotARegister, CommonwealError) as error:
        state, sentence = UploadState.SET_ASIDE, str(error)
    settle_upload(by=handle.by, upload=upload, state=state, outcome=Outcome(sentence))
    quarantine().let_go(upload.pk)
    return sentence
