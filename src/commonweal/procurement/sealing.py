"""Bids are sealed: a key for each competition, drawn from one that lies outside the database and its copies.

AES-256-GCM with a fresh nonce; the key is HKDF-SHA256 of the installation's bid key and the competition's id. What
is sealed is bound to its bid and its place, so that nothing can be moved to another. Whoever runs the server holds
both the key and the data and could open a bid by a program of their own: that is the limit, and pages say so.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from commonweal.core.errors import Refused
from commonweal.core.quarantine import NONCE, Quarantine, kept_key

LENGTH = 32
BROKEN = ("This bid cannot be opened with the key that is here. Ask whoever runs the service for the key file "
          "that was in use when it was sealed.")


def key_file() -> Path:
    """Where the installation's bid key lies."""
    return Path(settings.BID_KEY) if settings.BID_KEY else Path(settings.VAR) / "keys" / "bids.key"


def competition_key(competition: UUID) -> bytes:
    """The key of one competition."""
    return HKDF(SHA256(), LENGTH, salt=competition.bytes, info=b"commonweal bids 1").derive(kept_key(key_file()))


def seal(competition: UUID, place: bytes, clear: bytes) -> bytes:
    """Sealed for one competition and one place: nonce, then ciphertext with its tag."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(competition_key(competition)).encrypt(nonce, clear, place)


def unseal(competition: UUID, place: bytes, sealed: bytes | memoryview) -> bytes:
    """What was sealed; Refused where it was changed, moved, or sealed with another key.

    Called by `bidding.own_draft`, `bidding.own_submission` and `opening.opened_package`, which ask first who may;
    and where somebody is forgotten or a bid's time is over, which show nobody anything.
    """
    whole = bytes(sealed)
    try:
        return AESGCM(competition_key(competition)).decrypt(whole[:NONCE], whole[NONCE:], place)
    except (InvalidTag, ValueError) as error:
        raise Refused(BROKEN) from error


def draft_place(bid: UUID) -> bytes:
    """Where a draft is bound to."""
    return b"draft" + bid.bytes


def submission_place(bid: UUID, number: int) -> bytes:
    """Where the nth submission of a bid is bound to."""
    return b"sent" + bid.bytes + number.to_bytes(4, "big")


class BidFiles(Quarantine):
    """The files of one competition's bids, sealed in pieces on disk under its key and named by ids."""

    def __init__(self, competition: UUID) -> None:
        super().__init__(Path(settings.VAR))
        self.competition = competition

    def _folder(self) -> Path:
        folder = self.root / "bids" / str(self.competition)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder

    def _key(self) -> bytes:
        return competition_key(self.competition)

    def whole(self, file: UUID) -> bytes:
        """The bytes of one file."""
        return b"".join(self._chunks(file))
