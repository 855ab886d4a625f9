"""The case to one partner: what drives it, what speaks for and against, and who else says so."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from commonweal.core.errors import NotFound
from commonweal.core.models import OrganisationKind
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import PartnershipView, SeatCard, partnership_for
from commonweal.core.viewer import Viewer, require
from commonweal.needs.agreed import AgreedNeed
from commonweal.needs.queries.advocates import AdvocateCard, advocates_for
from commonweal.needs.queries.agreed import agreed_needs
from commonweal.needs.queries.priorities import PriorityCard, priorities_for
from commonweal.needs.queries.two_sides import Research, WiderTheme, two_sides
from commonweal.policy.duties import Duty, duties_for

AGAINST = "against"


@dataclass(frozen=True, slots=True)
class CaseTheme:
    """One wider theme this partner recorded a priority on, and who else did."""

    theme: WiderTheme
    own: tuple[PriorityCard, ...]
    others: tuple[PriorityCard, ...]

    @property
    def speaks(self) -> tuple[Research, ...]:
        """Research that does not speak against it."""
        return tuple(one for one in self.theme.research if one.finding.bearing != AGAINST)

    @property
    def against(self) -> tuple[Research, ...]:
        """Research that speaks against it."""
        return tuple(one for one in self.theme.research if one.finding.bearing == AGAINST)


@dataclass(frozen=True, slots=True)
class SharedNeed:
    """An agreed need this partner signed, and the others who did."""

    need: AgreedNeed
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """All that can be said to one partner today."""

    partner: SeatCard
    priorities: tuple[PriorityCard, ...]
    duties: tuple[Duty, ...]
    themes: tuple[CaseTheme, ...]
    needs: tuple[SharedNeed, ...]
    spoken: tuple[AdvocateCard, ...] = ()

    @property
    def advocates(self) -> tuple[str, ...]:
        """Others with a priority on the same theme, who signed the same need, or who said it in words."""
        names = {card.organisation for one in self.themes for card in one.others}
        names |= {name for one in self.needs for name in one.others}
        return tuple(sorted(names | {one.name for one in self.said}))

    @property
    def said(self) -> tuple[AdvocateCard, ...]:
        """What advocates said and agreed to have shown here."""
        return tuple(one for one in self.spoken if one.shown)

    @property
    def waiting(self) -> tuple[AdvocateCard, ...]:
        """Those whom the viewer's own organisation wrote down and who have not agreed yet."""
        return tuple(one for one in self.spoken if not one.shown)

    @property
    def findings(self) -> int:
        """How many findings of research bear on its priorities, whichever way."""
        return sum(len(one.theme.research) for one in self.themes)

    @property
    def unmatched(self) -> tuple[PriorityCard, ...]:
        """Its priorities on themes other than the wider needs."""
        held = {card.id for one in self.themes for card in one.own}
        return tuple(card for card in self.priorities if card.id not in held)

    @property
    def stands(self) -> str:
        """How far the case goes, in a sentence."""
        if not self.priorities:
            return "No priority recorded yet, so nothing here is tied to what it wants."
        if not self.findings:
            return "Priorities recorded, but no research is held on any of them."
        if not self.advocates:
            return "Priorities and research, but nobody else says so yet."
        return "Priorities, research and others who say so."


def cases_for(viewer: Viewer, partnership: UUID) -> tuple[Case, ...]:
    """The case to every organisation in the partnership, by name."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    view = partnership_for(viewer, partnership)
    wider, needs = two_sides(viewer, partnership).wider, agreed_needs(viewer, view).needs
    priorities, spoken = priorities_for(viewer, partnership), advocates_for(viewer, partnership)
    return tuple(
        Case(seat, tuple(card for card in priorities if card.organisation_id == seat.id),
             duties_for(_kind(seat)), _themes(seat, wider), _needs(seat, view, needs),
             tuple(one for one in spoken if one.partner == seat.id))
        for seat in view.seats
    )


def case_to(viewer: Viewer, partnership: UUID, organisation: UUID) -> Case:
    """The case to one organisation; NotFound where it is not in the partnership."""
    for case in cases_for(viewer, partnership):
        if case.partner.id == organisation:
            return case
    raise NotFound("There is no such organisation in this partnership.")


def _kind(seat: SeatCard) -> str:
    return next((str(kind.value) for kind in OrganisationKind if kind.label == seat.kind), "")


def _themes(seat: SeatCard, wider: tuple[WiderTheme, ...]) -> tuple[CaseTheme, ...]:
    found = (
        CaseTheme(
            theme, tuple(card for card in theme.priorities if card.organisation_id == seat.id),
            tuple(card for card in theme.priorities if card.organisation_id != seat.id),
        )
        for theme in wider
    )
    return tuple(one for one in found if one.own)


def _needs(seat: SeatCard, view: PartnershipView, needs: tuple[AgreedNeed, ...]) -> tuple[SharedNeed, ...]:
    here = {one.name for one in view.seats} - {seat.name}
    signed = ((need, {one.organisation for one in need.signed}) for need in needs)
    return tuple(SharedNeed(need, tuple(sorted(names & here))) for need, names in signed if seat.name in names)
