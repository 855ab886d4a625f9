"""What the providers stage keeps: the directory, what registers say, profiles, and what is there for groups."""

from commonweal.providers.models.advisers import Adviser, AdviserKind, AdviserWork, Reference
from commonweal.providers.models.directory import (
    EntryPair,
    NamedPartner,
    PairState,
    Provider,
    ProviderKind,
    RegisterEntry,
    Seen,
)
from commonweal.providers.models.help import (
    Application,
    ApplicationState,
    Offer,
    OfferKind,
    Welcome,
)
from commonweal.providers.models.profile import LineKind, Profile, ProfileLine

__all__ = [
    "Adviser", "AdviserKind", "AdviserWork", "Application", "ApplicationState", "EntryPair", "LineKind",
    "NamedPartner", "Offer", "OfferKind", "PairState", "Profile", "ProfileLine", "Provider", "ProviderKind",
    "Reference", "RegisterEntry", "Seen", "Welcome",
]
