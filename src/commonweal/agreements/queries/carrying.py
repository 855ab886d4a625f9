"""Agreements of the partnerships that came before, for those whose organisation sat there to the last day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from commonweal.agreements.models import AgreementCarried
from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.queries.succession import lineage_of
from commonweal.core.viewer import Viewer
from commonweal.options.models import Agreement
from commonweal.options.queries.agreements import agreement_card


@dataclass(frozen=True, slots=True)
class EarlierAgreement:
    """An agreement as it was kept; `runs` past the last day there, `here` where it has been brought over."""

    id: UUID
    title: str
    parties: tuple[str, ...]
    begins: date
    ends: date | None
    law: str
    runs: bool
    here: UUID | None


def agreements_before(viewer: Viewer, partnership: UUID) -> dict[UUID, tuple[EarlierAgreement, ...]]:
    """By predecessor, those that still run first."""
    if not viewer.may(Permission.VIEW_EVIDENCE, partnership):
        return {}
    ended = {one.id: one.ended for one in lineage_of(viewer, partnership).earlier if one.sat}
    rows = Agreement.objects.filter(partnership__in=ended)
    rows = rows.prefetch_related("parties", "passings", "years", "options__appraisal")
    here = dict(AgreementCarried.objects.filter(partnership=partnership).values_list("was_id", "agreement_id"))
    found: dict[UUID, list[EarlierAgreement]] = {}
    for row in rows.order_by("title", "id"):
        card = agreement_card(row)
        runs = row.ends is None or row.ends >= ended[row.partnership_id]
        found.setdefault(row.partnership_id, []).append(EarlierAgreement(
            row.pk, row.title, tuple(name for name, _ in card.parties), row.begins, row.ends, card.regime_title,
            runs, here.get(row.pk),
        ))
    return {key: tuple(sorted(each, key=lambda one: not one.runs)) for key, each in found.items()}


def may_bring(viewer: Viewer, partnership: UUID, agreement: Agreement) -> None:
    """NotFound unless the agreement was kept where the viewer's organisation sat, and that came before."""
    if viewer.system:
        return
    sat = {one.id for one in lineage_of(viewer, partnership).earlier if one.sat}
    if agreement.partnership_id not in sat:
        raise NotFound("There is no such agreement, or none that you may bring over.")


def carried_from(partnership: UUID, agreement: UUID) -> str:
    """Where an agreement was brought over from, in a sentence; empty where it began here."""
    link = AgreementCarried.objects.filter(partnership=partnership, agreement=agreement)
    row = link.select_related("was__partnership").first()
    return f"It was brought over from {row.was.partnership.name}, where it was kept before." if row else ""
