"""The register of agreements, for those who may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from commonweal.core import clock
from commonweal.core.asked_once import asked_once
from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.options.models import Agreement
from commonweal.options.money_content import title_of
from commonweal.options.queries.passing import Passed, bodies_now, passed
from commonweal.policy.delivery_vehicles import catalogue
from commonweal.policy.procurement_law import regimes


@dataclass(frozen=True, slots=True)
class AgreementCard:
    """One agreement with its parties and money; `signed` names them as it does, `parties` as they are now."""

    id: UUID
    title: str
    service: str
    form: str
    begins: date
    ends: date | None
    regime: str
    source: str
    parties: tuple[tuple[str, str], ...]
    years: tuple[tuple[str, Decimal, str], ...]
    answers: tuple[tuple[UUID, str], ...]    # appraisals in which it is an option
    signed: tuple[tuple[str, str], ...] = ()
    passed: tuple[Passed, ...] = ()

    @property
    def form_title(self) -> str:
        """What it is, in words."""
        return title_of("agreements", "forms", self.form)

    @property
    def service_title(self) -> str:
        """Its service, in words."""
        return catalogue().service(self.service)

    @property
    def regime_title(self) -> str:
        """The law it was made under, in words."""
        return next((one.title for one in regimes() if one.key == self.regime), "")


@asked_once
def agreements_for(viewer: Viewer, partnership: UUID) -> tuple[AgreementCard, ...]:
    """Every agreement, by name."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    return tuple(agreement_card(row) for row in _rows(viewer, partnership).order_by("title"))


def agreement_for(viewer: Viewer, partnership: UUID, agreement: UUID) -> AgreementCard:
    """One; NotFound where there is none that the viewer may see."""
    return agreement_card(agreement_row(viewer, partnership, agreement))


def agreement_row(viewer: Viewer, partnership: UUID, agreement: UUID) -> Agreement:
    """The row itself, for an action."""
    found: Agreement | None = _rows(viewer, partnership).filter(pk=agreement).first()
    if found is None:
        raise NotFound("There is no such page, or none that you may see.")
    return found


def _rows(viewer: Viewer, partnership: UUID) -> Any:
    rows = Agreement.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership)
    return rows.prefetch_related("parties", "passings", "years", "options__appraisal")


def agreement_card(row: Agreement) -> AgreementCard:
    """A row, to be read."""
    parties = sorted(row.parties.all(), key=lambda one: (one.part != "pays", one.created, one.pk))
    now = bodies_now([one.name for one in parties], row.passings.all(), clock.today())
    return AgreementCard(
        row.pk, row.title, row.service, row.form, row.begins, row.ends, row.regime, row.source,
        tuple((now[one.name], one.get_part_display()) for one in parties),
        tuple((one.year, one.pounds, one.vat) for one in row.years.all()),
        tuple((one.appraisal_id, one.appraisal.title) for one in row.options.all()),
        tuple((one.name, one.get_part_display()) for one in parties), passed(row.passings.all()),
    )
