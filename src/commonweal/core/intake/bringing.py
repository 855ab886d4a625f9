"""A file on its way in: into the quarantine, written down, and on to the worker, or nothing of it."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from commonweal.core.actions.uploads import Brought, record_upload
from commonweal.core.errors import CommonwealError, Refused
from commonweal.core.ids import uuid7
from commonweal.core.models import Job, Partnership, Upload
from commonweal.core.quarantine import quarantine
from commonweal.core.viewer import Viewer

EMPTY = "The file is empty. Check that it was saved, and choose it again."


def brought_in(
    *, by: Viewer, partnership: Partnership, file: UploadedFile, begin: Callable[[Upload], Job]
) -> Job:
    """Keep the file sealed, record it, and begin what is done with it; what refuses it leaves nothing."""
    upload_id = uuid7()
    taken = quarantine().take_in(upload_id, file.chunks(), limit=settings.UPLOAD_LIMIT)
    try:
        if not taken.size:
            raise Refused(EMPTY)
        brought = Brought(file.name or "file", taken.size, taken.sha256)
        with transaction.atomic():
            return begin(record_upload(by=by, partnership=partnership, brought=brought, upload_id=upload_id))
    except CommonwealError:
        quarantine().let_go(upload_id)
        raise
