"""Papers of agreements are kept sealed: whoever finds the database alone reads none of them.

AES-256-GCM with a fresh nonce, under a key in a file beside the database, each bound to its own row. The key goes
into backups, which are sealed themselves. Whoever runs the server holds both: that is the limit, and docs say so.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from commonweal.core.errors import Refused
from commonweal.core.quarantine import NONCE, kept_key

BROKEN = ("This paper cannot be opened with the key that is here. Ask whoever runs the service for the file "
          "keys/papers.key that was in use when it was kept.")


def sealed(paper: UUID, clear: bytes) -> bytes:
    """The nonce, then what nobody reads without the key."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + _cipher().encrypt(nonce, clear, paper.bytes)


def unsealed(paper: UUID, kept: bytes) -> bytes:
    """What was sealed; Refused where it was changed, moved to another row, or sealed with another key."""
    try:
        return _cipher().decrypt(kept[:NONCE], kept[NONCE:], paper.bytes)
    except (InvalidTag, ValueError) as error:
        raise Refused(BROKEN) from error


def _cipher() -> AESGCM:
    return AESGCM(kept_key(Path(settings.VAR) / "keys" / "papers.key"))
