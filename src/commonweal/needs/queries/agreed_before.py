"""What was agreed before: the needs of a partnership's predecessors, for the organisations that agreed them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from commonweal.core.permissions import Permission
from commonweal.core.queries.succession import lineage_of
from commonweal.core.viewer import Viewer
from commonweal.needs.models import Need, NeedState, NeedVersion, SignOff
from commonweal.needs.support import statement


@dataclass(frozen=True, slots=True)
class EarlierNeed:
    """A need as it was agreed in a partnership that has ended; its evidence stays closed."""

    title: str
    statement: str
    agreed: date
    signed: tuple[str, ...]


def agreed_before(viewer: Viewer, partnership: UUID) -> dict[UUID, tuple[EarlierNeed, ...]]:
    """By predecessor, where the viewer sees evidence and their own organisation sat to the last day."""
    if not viewer.may(Permission.VIEW_EVIDENCE, partnership):
        return {}
    sat = [one.id for one in lineage_of(viewer, partnership).earlier if one.sat]
    agreed = Need.objects.filter(partnership__in=sat, state=NeedState.AGREED)
    versions = list(
        NeedVersion.objects.filter(identity__in=agreed.values("pk")).latest_each().select_related("identity")
    )
    signed: dict[UUID, list[SignOff]] = defaultdict(list)
    for row in SignOff.objects.filter(version__in=versions).select_related("organisation"):
        signed[row.version_id].append(row)
    found: dict[UUID, list[EarlierNeed]] = defaultdict(list)
    for version in sorted(versions, key=lambda one: one.identity.title):
        rows = signed[version.pk]
        found[version.partnership_id].append(EarlierNeed(
            version.identity.title, statement(version.who, version.where, version.what),
            max(timezone.localdate(row.signed_at) for row in rows),
            tuple(sorted(row.organisation.name for row in rows)),
        ))
    return {key: tuple(needs) for key, needs in found.items()}
