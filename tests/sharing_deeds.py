"""Signing in tests that are about something else: a reason why there is no advice goes before each signature."""

from __future__ import annotations

from contextlib import suppress

from commonweal.core.actions.sharing import sign_agreement
from commonweal.core.actions.sharing_advice import Advised, record_advice
from commonweal.core.errors import CommonwealError
from commonweal.core.models import SharingAgreement, SharingSignature
from commonweal.core.viewer import Viewer


def sign_with_reason(*, by: Viewer, agreement: SharingAgreement, number: int) -> SharingSignature:
    """Sign as `sign_agreement` does, and be refused as it refuses."""
    with suppress(CommonwealError):  # whatever is wrong, signing says
        record_advice(by=by, agreement=agreement, number=number, advised=Advised(reason="The county advises us."))
    return sign_agreement(by=by, agreement=agreement, number=number)
