"""What can go wrong in ordinary use, each with a sentence a person can act on."""

from __future__ import annotations

from uuid import UUID


class CommonwealError(Exception):
    """Any refusal that is no fault of the program; its text is shown to the person."""


class NotAllowed(CommonwealError):
    """The person may not do this, here."""


class ActForWhom(NotAllowed):
    """The person is there for several organisations and has not said for which one they act."""

    def __init__(self, partnership: UUID) -> None:
        super().__init__("You take part here for more than one organisation. Say first for whom you act.")
        self.partnership = partnership


class NotFound(CommonwealError):
    """There is no such thing, or none that this person may see."""


class PartnershipEnded(NotFound):
    """The partnership has ended, and the person was in it to the last."""

    def __init__(self, partnership: UUID) -> None:
        super().__init__("This partnership has ended. Its pages are closed.")
        self.partnership = partnership


class Refused(CommonwealError):
    """The thing asked for would break a rule; the text says which and what to do."""


class Immutable(CommonwealError):
    """A version or an event was about to be changed; these are superseded, never edited."""
