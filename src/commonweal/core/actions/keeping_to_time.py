"""What this floor lets go of in time: accounts nobody uses, old addresses, the access log's old months."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from commonweal.core import clock
from commonweal.core.actions.invitations import ADDRESS_KEPT
from commonweal.core.actions.people import erase_person
from commonweal.core.models import Invitation, PartnershipRole, Person, TombstoneReason, Upload, UploadState
from commonweal.core.viewer import SYSTEM

ACCOUNT_KEPT = timedelta(days=730)
LOG_KEPT = timedelta(days=730)
MOST = 200  # in one run


def unused_accounts() -> Any:
    """No part in any partnership, and nobody signed in for two years; never staff or the example's people."""
    before, today = clock.now() - ACCOUNT_KEPT, clock.today()
    part = PartnershipRole.objects.filter(Q(end=None) | Q(end__gt=today), person=OuterRef("pk"))
    rows = Person.objects.filter(is_active=True, is_staff=False, example=False).annotate(
        used=Coalesce(F("last_login"), F("created")))
    return rows.filter(~Exists(part), used__lt=before).order_by("pk")


def let_unused_accounts_go() -> int:
    """Forget them, tombstone and all; what they did stays counted."""
    due = list(unused_accounts()[:MOST])
    for person in due:
        erase_person(by=SYSTEM, person=person, reason=TombstoneReason.RETENTION)
    return len(due)


def old_addresses() -> int:
    """Invitations whose time was over a month ago."""
    return Invitation.objects.filter(
        accepted=None, withdrawn=None, expires__lt=clock.now() - ADDRESS_KEPT).count()


def late_uploads() -> int:
    """Files past their hour."""
    waits = (UploadState.WAITING, UploadState.MAPPING)
    return Upload.objects.filter(expires__lte=clock.now(), state__in=waits).count()


def old_log_months() -> list[Path]:
    """The access log's files of months that ended more than two years ago."""
    first = clock.local_day(clock.now() - LOG_KEPT)
    found = sorted((Path(settings.VAR) / "log").glob("access-*.jsonl"))
    return [path for path in found if path.stem.removeprefix("access-") < f"{first:%Y-%m}"]


def let_old_log_months_go() -> int:
    """Delete them."""
    due = old_log_months()
    for path in due:
        path.unlink(missing_ok=True)
    return len(due)
