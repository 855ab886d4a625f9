"""A bid's files: checked by their content, sealed on disk, and let go when they are taken out unsent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from commonweal.core.errors import CommonwealError, NotFound
from commonweal.core.quarantine import plain_name
from commonweal.procurement.actions.bidding import attach_file, change_bid, new_file_id
from commonweal.procurement.attachments import LARGEST, MOST, kind_of, safe_name
from commonweal.procurement.bidding import Bidding, let_in, own_submission
from commonweal.procurement.models import Bid
from commonweal.procurement.package import Attached, Package, sent
from commonweal.procurement.sealing import BidFiles


def attach(*, who: Bidding, bid: Bid, file: UploadedFile) -> Package:
    """Check a file, seal it, and put it with the bid; what is refused leaves nothing. Raises CannotOpen too."""
    let_in(who, bid)
    name = plain_name(PurePath(file.name or "file").name)
    data = file.read(LARGEST + 1)
    kind = kind_of(name, data)
    store, identifier = BidFiles(bid.competition_id), new_file_id()
    taken = store.take_in(identifier, iter([data]), limit=LARGEST)
    try:
        return attach_file(who=who, bid=bid, most=MOST, attached=Attached(
            str(identifier), safe_name(name, kind), taken.size, taken.sha256, kind))
    except CommonwealError:
        store.let_go(identifier)
        raise


def detach(*, who: Bidding, bid: Bid, file: UUID) -> Package:
    """Take a file out; one that was sent before is kept with what was sent."""
    def without(draft: Package) -> Package:
        if not any(one.id == str(file) for one in draft.files):
            raise NotFound("There is no such file with this bid.")
        return replace(draft, files=tuple(one for one in draft.files if one.id != str(file)))

    left = change_bid(who=who, bid=bid, part="files", change=without)
    kept = {one.id for row in bid.submissions.all() for one in sent(own_submission(who, row)).files}
    if str(file) not in kept:
        BidFiles(bid.competition_id).let_go(file)
    return left


def file_of(package: Package, bid: Bid, file: UUID) -> tuple[Attached, bytes]:
    """One file of a bid that somebody may read, in the clear."""
    found = next((one for one in package.files if one.id == str(file)), None)
    if found is None:
        raise NotFound("There is no such file with this bid.")
    return found, BidFiles(bid.competition_id).whole(file)

