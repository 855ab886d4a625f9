"""The agreements that name one's own organisation as a party: its own contracts, for its own people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from commonweal.core import clock
from commonweal.core.models import Organisation
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.options.models import Agreement, PartyPart
from commonweal.options.queries.passing import bodies_now

WORDS = {PartyPart.PAYS: "Pay", PartyPart.DELIVERS: "Deliver"}


@dataclass(frozen=True, slots=True)
class OwnAgreement:
    """One agreement from one party's side: its part, the other parties, money by financial year."""

    partnership: UUID
    id: UUID
    title: str
    part: str
    others: tuple[str, ...]
    ends: date | None
    years: tuple[tuple[str, Decimal], ...]

    @property
    def part_words(self) -> str:
        """What one's own organisation does in it."""
        return WORDS[PartyPart(self.part)]

    @property
    def runs(self) -> bool:
        """Whether it is not over."""
        return self.ends is None or self.ends >= clock.today()

    def ends_by(self, ahead: timedelta) -> bool:
        """Whether it ends within so many days."""
        return self.ends is not None and self.ends <= clock.today() + ahead

    def in_year(self, year: str) -> Decimal | None:
        """Its money in one financial year; None where none is entered."""
        found = [pounds for when, pounds in self.years if when == year]
        return sum(found, Decimal(0)) if found else None


def own_agreements(viewer: Viewer, partnership: UUID) -> tuple[OwnAgreement, ...]:
    """Those of which a party bears the exact name of the viewer's organisation, or its part passed to it."""
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    key = viewer.organisation_in(partnership)
    if key is None:
        return ()
    own = Organisation.objects.get(pk=key)
    rows = Agreement.objects.filter(
        Q(parties__name=own.name) | Q(passings__to=own.name), partnership=partnership,
    ).distinct().prefetch_related("parties", "passings", "years")
    found = [one for row in rows.order_by("title", "pk") if (one := _own(row, own.name))]
    return tuple(sorted(found, key=lambda one: one.part))


def _own(row: Agreement, name: str) -> OwnAgreement | None:
    """From the side of whoever bears the name, with every part in the hands it is in today."""
    parties = [*row.parties.all()]
    now = bodies_now([one.name for one in parties], row.passings.all(), clock.today())
    part = next((one.part for one in parties if now[one.name] == name), None)
    return None if part is None else OwnAgreement(
        row.partnership_id, row.pk, row.title, part, tuple(sorted(set(now.values()) - {name})), row.ends,
        tuple((one.year, one.pounds) for one in row.years.all()))
