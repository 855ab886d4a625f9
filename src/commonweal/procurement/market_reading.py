"""The long work of the market: a file out of the quarantine, read in a capped worker, taken in with defects."""

from __future__ import annotations

from commonweal.core.actions.uploads import Outcome, settle_upload
from commonweal.core.errors import CommonwealError
from commonweal.core.jobs.handle import Handle
from commonweal.core.models import Upload, UploadState
from commonweal.core.quarantine import quarantine
from commonweal.lake.notices.reading import read_notices
from commonweal.lake.opening import CannotOpen
from commonweal.lake.sandbox import Caps, Sandbox
from commonweal.procurement.actions.market import bring_notices
from commonweal.procurement.models import MarketImport

CAPS = Caps()


def take_market(handle: Handle) -> str:
    """The closing sentence, with the upload settled and let go."""
    upload = Upload.objects.select_related("partnership").get(pk=handle.subject)
    state = UploadState.READ
    try:
        with quarantine().opened(upload.pk, upload.name) as path, Sandbox(caps=CAPS) as sandbox:
            handle.progress(5, "Reading the notices.")
            file = sandbox.run(read_notices, path.absolute(), about="The file")
        handle.progress(20, f"Read {len(file.kept):,} notices. Taking them in.")
        made = bring_notices(by=handle.by, partnership=upload.partnership, name=upload.name, sha256=upload.sha256,
                             file=file, progress=handle.progress)
        sentence = told(made)
    except (CannotOpen, CommonwealError) as error:
        state, sentence = UploadState.SET_ASIDE, str(error)
    settle_upload(by=handle.by, upload=upload, state=state, outcome=Outcome(sentence))
    quarantine().let_go(upload.pk)
    return sentence


def told(made: MarketImport) -> str:
    """What came of a file, in sentences."""
    count = sum(one["count"] for one in made.defects)
    kinds = len(made.defects)
    found = f" {count:,} defects of {kinds} kinds are listed with it." if count else " No defect was found."
    return (f"{made.read:,} notices read: {made.new:,} new, {made.changed:,} newer than before, "
            f"{made.same:,} as before.{found}")
