"""Who got a commission and what became of it, for those who work on it; and what of it is published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from commonweal.core.errors import NotFound
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer
from commonweal.procurement.actions.publishing import has_changed, not_ready, stages_of
from commonweal.procurement.models import Award, AwardMilestone, Basis, Commission, Ending, Process, Stage


@dataclass(frozen=True, slots=True)
class SupplierCard:
    """Who got it."""

    name: str
    scheme: str
    number: str
    sme: bool | None
    vcse: bool | None
    person: bool

    @property
    def words(self) -> str:
        """Name, number and kind."""
        number = f" ({self.scheme} {self.number})" if self.number else ""
        kind = ", a person: published as “An individual”" if self.person else ""
        return f"{self.name}{number}{kind}"


@dataclass(frozen=True, slots=True)
class MilestoneCard:
    """Something due."""

    id: UUID
    title: str
    due_on: date
    met_on: date | None


@dataclass(frozen=True, slots=True)
class AwardCard:
    """One award with everything that hangs on it."""

    id: UUID
    commission: UUID
    reference: str
    title: str
    description: str
    department: UUID | None
    department_name: str
    contact: str
    decided_on: date
    basis: Basis
    because: str
    net: Decimal
    lost_vat: Decimal
    bids: int | None
    starts_on: date
    ends_on: date
    extends_to: date | None
    review_on: date | None
    signed_on: date | None
    ended_on: date | None
    ending: str
    ended_because: str
    suppliers: tuple[SupplierCard, ...]
    lots: tuple[tuple[str, Decimal | None], ...]
    payments: tuple[tuple[str, date, Decimal], ...]
    milestones: tuple[MilestoneCard, ...]

    @property
    def paid(self) -> Decimal:
        """What was paid so far."""
        return sum((pounds for _, _, pounds in self.payments), Decimal(0))

    @property
    def who(self) -> str:
        """Who got it, in words."""
        return ", ".join(one.name for one in self.suppliers)


@dataclass(frozen=True, slots=True)
class StageCard:
    """One stage of the open register: what it lacks, and when it was published."""

    stage: Stage
    lacking: str
    times: int
    last: datetime | None
    changed: bool


@dataclass(frozen=True, slots=True)
class Published:
    """What of a commission is in the open register."""

    ocid: str
    stages: tuple[StageCard, ...]


def awards_for(viewer: Viewer, partnership: UUID, commission: UUID) -> tuple[AwardCard, ...]:
    """Every award of a commission."""
    return tuple(_card(one) for one in _rows(viewer, partnership).filter(commission=commission))


def award_for(viewer: Viewer, partnership: UUID, award: UUID) -> AwardCard:
    """One of them."""
    return _card(award_row(viewer, partnership, award))


def award_row(viewer: Viewer, partnership: UUID, award: UUID) -> Award:
    """The row itself, for an action."""
    found: Award | None = _rows(viewer, partnership).filter(pk=award).first()
    if found is None:
        raise NotFound("There is no such award, or none that you may see.")
    return found


def milestone_row(viewer: Viewer, partnership: UUID, milestone: UUID) -> AwardMilestone:
    """One milestone, for an action."""
    rows = AwardMilestone.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    found: AwardMilestone | None = rows.filter(pk=milestone).select_related("award").first()
    if found is None:
        raise NotFound("There is no such milestone, or none that you may see.")
    return found


def published_of(viewer: Viewer, commission: Commission) -> Published:
    """How each stage stands, for those who see the commission."""
    process = Process.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(commission=commission).first()
    told: dict[str, list[datetime]] = {}
    if process is not None:
        for stage, at in process.releases.order_by("number").values_list("stage", "published_at"):
            told.setdefault(stage, []).append(at)
    return Published(process.ocid if process else "", tuple(
        StageCard(one, not_ready(commission, one), len(told.get(one, ())), told[one][-1] if one in told else None,
                  process is None or has_changed(process, one)) for one in stages_of(commission)))


def _rows(viewer: Viewer, partnership: UUID) -> Any:
    rows = Award.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    return rows.select_related("commission", "department").prefetch_related(
        "suppliers", "lots", "payments", "milestones").order_by("position")


def _card(row: Award) -> AwardCard:
    plain = {name: getattr(row, name) for name in (
        "reference", "title", "description", "contact", "decided_on", "because", "net", "lost_vat", "bids",
        "starts_on", "ends_on", "extends_to", "review_on", "signed_on", "ended_on", "ended_because")}
    return AwardCard(
        id=row.pk, commission=row.commission_id, department=row.department_id,
        department_name=row.department.name if row.department else "", basis=Basis(row.basis),
        ending=str(Ending(row.ending).label) if row.ending else "", **plain,
        suppliers=tuple(SupplierCard(one.name, one.scheme, one.number, one.sme, one.vcse, one.person)
                        for one in row.suppliers.all()),
        lots=tuple((one.title, one.net) for one in row.lots.all()),
        payments=tuple((one.reference, one.paid_on, one.pounds) for one in row.payments.all()),
        milestones=tuple(MilestoneCard(one.pk, one.title, one.due_on, one.met_on) for one in row.milestones.all()),
    )
