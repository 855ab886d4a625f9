"""What to say of a file no reader knows: what it is, and what each of its tables could become."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.lake.assistant.describing import describe
from commonweal.lake.assistant.flattening import sheets_of
from commonweal.lake.assistant.proposing import Proposal, propose
from commonweal.lake.opening.model import Opened


@dataclass(frozen=True, slots=True)
class Assistance:
    """What a file is, in a sentence, and a proposal for each of its tables (none for notes and maps)."""

    sentence: str
    proposals: tuple[Proposal, ...] = ()

    @property
    def mappable(self) -> bool:
        """Whether a person could confirm a mapping for any of its tables."""
        return any(proposal.mapping is not None for proposal in self.proposals)


def assist(opened: Opened) -> Assistance:
    """Proposals for every table of a file that no reader knows."""
    proposals = tuple(propose(sheet) for sheet in sheets_of(opened) if sheet.columns)
    if any(proposal.mapping for proposal in proposals):
        waiting = sum(1 for proposal in proposals if proposal.mapping)
        tables = "A table" if waiting == 1 else f"{waiting} tables"
        return Assistance(f"{tables} nobody has described yet. Confirm what the columns mean.", proposals)
    if not proposals:
        return Assistance(describe(opened))
    return Assistance(proposals[0].reason if len(proposals) == 1 else describe(opened), proposals)
