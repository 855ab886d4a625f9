"""What something came from is told: one row beside it, put right as often as need be."""

from __future__ import annotations

from typing import Any

from django.db import models

from commonweal.core.actions.recording import record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require


def origin_told(
    *, by: Viewer, origin: type[models.Model], verb: models.TextChoices, of: dict[str, Any],
    earlier: dict[str, Any],
) -> Any:
    """The row of `origin` that belongs to `of` (its one field) says `earlier`: all, some, or nothing any more."""
    whole = next(iter(of.values()))
    require(by, Permission.RECORD_EVIDENCE, whole.partnership_id)
    if any(one is not None and one.partnership_id != whole.partnership_id for one in earlier.values()):
        raise Refused("That belongs to another partnership.")
    row, _ = origin._default_manager.select_for_update().get_or_create(
        **of, defaults={"partnership_id": whole.partnership_id})
    for name, one in earlier.items():
        setattr(row, name, one)
    saved(row)
    record_event(by=by, verb=verb, subject=row, partnership=whole.partnership_id)
    return row
