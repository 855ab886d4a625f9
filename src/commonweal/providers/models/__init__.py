"""What the providers stage keeps: entries of the directory, what registers say of them, profiles."""

from commonweal.providers.models.directory import (
    EntryPair,
    NamedPartner,
    PairState,
    Provider,
    ProviderKind,
    RegisterEntry,
    Seen,
)
from commonweal.providers.models.profile import LineKind, Profile, ProfileLine

__all__ = [
    "EntryPair", "LineKind", "NamedPartner", "PairState", "Profile", "ProfileLine", "Provider", "ProviderKind",
    "RegisterEntry", "Seen",
]
