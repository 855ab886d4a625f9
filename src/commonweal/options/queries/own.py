"""The agreements that name one's own organisation as a party: its own contracts, for its own people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from commonweal.core import clock
from commonweal.core.models import Organisation
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.options.models import Agreement, PartyPart

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
    """Those of which a party bears the exact name of the viewer's organisation: what it delivers first."""
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    key = viewer.organisation_in(partnership)
    if key is None:
        return ()
    own = Organisation.objects.get(pk=key)
    rows = Agreement.objects.filter(partnership=partnership, parties__name=own.name).distinct().prefetch_related(
        "parties", "years")
    found = [
        OwnAgreement(
            partnership, row.pk, row.title, next(one.part for one in row.parties.all() if one.name == own.name),
            tuple(sorted(one.name for one in row.parties.all() if one.name != own.name)), row.ends,
            tuple((one.year, one.pounds) for one in row.years.all()))
        for row in rows.order_by("title", "pk")]
    return tuple(sorted(found, key=lambda one: one.part))
