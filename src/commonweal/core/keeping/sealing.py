"""A file sealed in pieces: nobody reads it without its key, and a changed or shortened one is refused."""

from __future__ import annotations

import os
import secrets
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from commonweal.core.errors import Refused

MARK = b"COMMONWEAL BACKUP 1\n"
SALT, PREFIX, PIECE, TAG = 16, 7, 1024 * 1024, 16
KEY_LETTERS = 40  # fewest characters of a key: about 200 bits where it was made here


def make_key(path: Path) -> str:
    """A fresh key in a new file of its owner's alone; refused where there is one already."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = secrets.token_urlsafe(48)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise Refused(f"{path} is there already; a new key does not replace one.") from error
    with os.fdopen(handle, "w") as file:
        file.write(key + "\n")
        file.flush()
        os.fsync(file.fileno())
    return key


def read_key(path: Path) -> str:
    """The key in a file."""
    try:
        key = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"There is no key to read in {path}. Say with --key-file where it is.") from error
    if len(key) < KEY_LETTERS:
        raise Refused(f"The key in {path} is too short to protect anything: {KEY_LETTERS} characters at least.")
    return key


def _cipher(key: str, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(key.encode()))


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    """Where a piece stands and whether it is the last, so that none can be moved or left out."""
    return prefix + struct.pack(">I?", number, last)


class Sealed:
    """A file being sealed as it is written: write bytes, then `finish`. Never holds more than a piece.

    Each piece of 1 MiB is AES-256-GCM under a key derived by scrypt (n=2^15, r=8, p=1), with a nonce of a
    random prefix, the piece's number and whether it is the last (the STREAM construction of Hoang, Reyhanitabar,
    Rogaway and Vizar, 2015).
    """

    def __init__(self, file: IO[bytes], key: str) -> None:
        self._file, self._number, self._held = file, 0, bytearray()
        salt, self._prefix = secrets.token_bytes(SALT), secrets.token_bytes(PREFIX)
        self._cipher = _cipher(key, salt)
        self._head = MARK + salt + self._prefix
        file.write(self._head)

    def write(self, given: bytes) -> int:
        """Take bytes in; whole pieces go out."""
        self._held += given
        while len(self._held) > PIECE:
            self._put(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]
        return len(given)

    def finish(self) -> None:
        """The last piece, which says that it is."""
        self._put(bytes(self._held), last=True)
        self._held.clear()

    def _put(self, piece: bytes, *, last: bool) -> None:
        nonce = _nonce(self._prefix, self._number, last)
        self._file.write(self._cipher.encrypt(nonce, piece, self._head))
        self._number += 1


def unsealed(file: IO[bytes], key: str, name: str) -> Iterator[bytes]:
    """What was sealed, piece by piece, each proven; Refused for a wrong key and a damaged or shortened file."""
    head = file.read(len(MARK) + SALT + PREFIX)
    if not head.startswith(MARK) or len(head) != len(MARK) + SALT + PREFIX:
        raise Refused(f"{name} is no backup made by Commonweal.")
    cipher, prefix, number = _cipher(key, head[len(MARK):-PREFIX]), head[-PREFIX:], 0
    piece = file.read(PIECE + TAG)
    while True:
        following = file.read(PIECE + TAG)
        try:
            yield cipher.decrypt(_nonce(prefix, number, not following), piece, head)
        except InvalidTag as error:
            raise Refused(_why(name, number)) from error
        if not following:
            return
        piece, number = following, number + 1


def _why(name: str, number: int) -> str:
    if number == 0:
        return f"{name} does not open with this key, or its beginning is damaged. Nothing was changed."
    return f"{name} is damaged or cut short after {number} MB. Nothing was changed. Use another copy."
