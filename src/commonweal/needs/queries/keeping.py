"""What a partnership has kept, for those who may see its evidence."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from commonweal.core.errors import NotFound
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer
from commonweal.needs.assessment import Assessment
from commonweal.needs.models import KeptAssessmentVersion
from commonweal.needs.queries.agreed import as_may_be_shown
from commonweal.needs.replay import assessment_from_json


@dataclass(frozen=True, slots=True)
class KeptCard:
    """One kept version in a line; `current` is the latest of its place."""

    identity: UUID
    number: int
    place: str
    code: str
    headline: str
    reason: str
    kept_at: datetime
    kept_by: str
    digest: str
    current: bool


@dataclass(frozen=True, slots=True)
class KeptView:
    """A kept version with the assessment as it stood; `whole` is false where it is not what was frozen."""

    card: KeptCard
    assessment: Assessment
    whole: bool


def kept_for(viewer: Viewer, partnership: UUID) -> tuple[KeptCard, ...]:
    """Every version the partnership has kept, newest first."""
    rows = KeptAssessmentVersion.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    latest = {row.pk for row in rows.latest_each()}
    ordered = rows.select_related("identity", "kept_by").defer("frozen").order_by("-kept_at", "-number")
    return tuple(_card(row, row.pk in latest) for row in ordered)


def kept_version(viewer: Viewer, partnership: UUID, identity: UUID, number: int) -> KeptView:
    """One version, replayed. Raises NotFound where there is none that the viewer may see."""
    rows = KeptAssessmentVersion.objects.visible_to(viewer, Purpose.ASSESSMENT)
    row = rows.select_related("identity", "kept_by").filter(
        partnership=partnership, identity=identity, number=number
    ).first()
    if row is None:
        raise NotFound("There is no such kept assessment, or none that you may see.")
    newest = not rows.filter(identity=identity, number__gt=number).exists()
    whole = hashlib.sha256(row.frozen.encode()).hexdigest() == row.digest
    made = assessment_from_json(row.frozen)
    if made.agreed:
        made = replace(made, agreed=as_may_be_shown(made.agreed))
    return KeptView(_card(row, newest), made, whole)


def _card(row: KeptAssessmentVersion, current: bool) -> KeptCard:
    return KeptCard(
        identity=row.identity_id, number=row.number, place=row.identity.place_name, code=row.identity.place_code,
        headline=row.headline, reason=row.reason, kept_at=row.kept_at, kept_by=row.kept_by.name, digest=row.digest,
        current=current,
    )
