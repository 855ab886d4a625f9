"""Keyed pseudonyms of members: one key a data controller, kept outside the lake and the database."""

from __future__ import annotations

import hmac
import os
import re
import secrets
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from commonweal.lake.roots import var

WIDTH = 16  # bytes kept of HMAC-SHA-256: two of 100 million members share one with a chance of 1 in 10^23
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")
_KEY_BYTES = 32


class KeyTrouble(ValueError):
    """A controller's key cannot be used; the text says what to do."""


def controller_key(controller: str, *, folder: Path | None = None) -> bytes:
    """A controller's key: COMMONWEAL_VISITS_KEY_<CONTROLLER> in hexadecimal, or a file of var/keys made once.

    The file is for its owner alone (0600). Without the key the pseudonyms cannot be made again: deleting it
    parts the visits from their members for good. Raises KeyTrouble.
    """
    if not _NAME.fullmatch(controller):
        raise KeyTrouble("Name the data controller in small letters, digits and hyphens.")
    given = os.environ.get(f"COMMONWEAL_VISITS_KEY_{controller.upper().replace('-', '_')}")
    return _checked(given, controller) if given else _kept(folder or var() / "keys", controller)


def destroy_key(controller: str, *, folder: Path | None = None) -> None:
    """Delete a key's file: what was made with it can never be made again."""
    if not _NAME.fullmatch(controller):
        raise KeyTrouble("Name the data controller in small letters, digits and hyphens.")
    _file_of(folder or var() / "keys", controller).unlink(missing_ok=True)


def _file_of(folder: Path, controller: str) -> Path:
    return folder / f"visits-{controller}.key"


def _checked(text: str, controller: str) -> bytes:
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        key = b""
    if len(key) < _KEY_BYTES:
        raise KeyTrouble(f"The key of {controller} must be 64 hexadecimal digits or more. Put it back.")
    return key


def _kept(folder: Path, controller: str) -> bytes:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = _file_of(folder, controller)
    if not path.exists():
        fresh = folder / f".{secrets.token_hex(8)}"
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(_KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass  # another process was first: its key stands
        finally:
            fresh.unlink()
    if path.stat().st_mode & 0o077:
        raise KeyTrouble(f"Others can read {path}. Make it its owner's alone (chmod 600) and try again.")
    return _checked(path.read_text(), controller)


def pseudonyms(key: bytes, members: Iterable[str]) -> NDArray[np.void]:
    """The first 16 bytes of HMAC-SHA-256 of each member id under the key, (n,) of 16-byte values.

    Ids are compared without blanks around them and in capitals, as card readers differ.
    """
    joined = b"".join(hmac.digest(key, one.strip().upper().encode(), "sha256")[:WIDTH] for one in members)
    return np.frombuffer(joined, dtype=f"V{WIDTH}")
