"""Where uploads wait: encrypted on disk, outside the database, for hours and no longer."""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from commonweal.core.errors import NotFound, Refused

CHUNK = 1024 * 1024
NONCE = 12
TAG = 16


@dataclass(frozen=True, slots=True)
class Taken:
    """What came in: its size in bytes and its SHA-256."""

    size: int
    sha256: str


class Quarantine:
    """A folder of encrypted files, one an upload; the key is beside the folder, for its owner alone."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def take_in(self, upload: UUID, chunks: Iterable[bytes], *, limit: int) -> Taken:
        """Encrypt what arrives as it arrives; Refused above `limit` bytes, and then nothing stays."""
        cipher, digest, size = AESGCM(self._key()), hashlib.sha256(), 0
        draft = self._path(upload).with_suffix(".arriving")
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                for place, chunk in enumerate(_of_size(chunks)):
                    size += len(chunk)
                    if size > limit:
                        raise Refused(f"The file is larger than {limit // 1024 ** 2} MB. Send it in parts.")
                    digest.update(chunk)
                    nonce = secrets.token_bytes(NONCE)
                    file.write(nonce + cipher.encrypt(nonce, chunk, _label(upload, place)))
                file.flush()
                os.fsync(file.fileno())
            os.replace(draft, self._path(upload))
        finally:
            draft.unlink(missing_ok=True)
        return Taken(size, digest.hexdigest())

    @contextmanager
    def opened(self, upload: UUID, name: str) -> Iterator[Path]:
        """The file in the clear, under its own name, in a private folder that goes when the block ends."""
        folder, claim = self._private_folder()
        try:
            path = folder / plain_name(name)
            with path.open("wb") as file:
                for chunk in self._chunks(upload):
                    file.write(chunk)
            yield path
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(claim)

    def unnamed(self) -> IO[bytes]:
        """A file without a name, for sealed bytes on their way in: the system deletes it when it is closed."""
        return tempfile.TemporaryFile(dir=self._folder())

    def let_go(self, upload: UUID) -> None:
        """Delete the bytes; nothing happens where they are gone already."""
        self._path(upload).unlink(missing_ok=True)

    def holds(self, upload: UUID) -> bool:
        """Whether the bytes are still here."""
        return self._path(upload).exists()

    def held(self, *, before: datetime) -> frozenset[UUID]:
        """The uploads whose bytes came in before an instant and are still here."""
        paths = list(self._folder().glob("*.sealed"))
        return frozenset(UUID(path.stem) for path in paths if path.stat().st_mtime < before.timestamp())

    def clear_away(self, *, before: datetime) -> None:
        """Delete what dead processes left: open in the clear at once, half arrived from before an instant."""
        self.clear_opened()
        for path in self._folder().glob("*.arriving"):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < before.timestamp():
                    path.unlink()

    def clear_opened(self) -> int:
        """Delete files in the clear that no living process has claimed, however young; how many folders went."""
        gone = 0
        with self._turn():
            for folder in self._folder().glob("open-*"):
                if _is_claimed(folder):
                    continue
                shutil.rmtree(folder, ignore_errors=True)
                gone += 1
        return gone

    def _private_folder(self) -> tuple[Path, int]:
        """A new folder, and the claim on it: a lock that the system itself lets go when the process dies."""
        with self._turn():
            folder = Path(tempfile.mkdtemp(prefix="open-", dir=self._folder()))
            claim = os.open(folder, os.O_RDONLY)
            fcntl.flock(claim, fcntl.LOCK_EX)
        return folder, claim

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Folders are made and cleared one process at a time, so that none is cleared before it is claimed."""
        held = os.open(self._folder(), os.O_RDONLY)
        try:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield
        finally:
            os.close(held)

    def _chunks(self, upload: UUID) -> Iterator[bytes]:
        cipher, place = AESGCM(self._key()), 0
        try:
            with self._path(upload).open("rb") as file:
                while sealed := file.read(NONCE + CHUNK + TAG):
                    yield cipher.decrypt(sealed[:NONCE], sealed[NONCE:], _label(upload, place))
                    place += 1
        except FileNotFoundError as error:
            raise NotFound("The uploaded file is no longer here. Upload it again.") from error
        except InvalidTag as error:
            raise Refused("The uploaded file was damaged on disk. Upload it again.") from error

    def _folder(self) -> Path:
        folder = self.root / "quarantine"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder

    def _path(self, upload: UUID) -> Path:
        return self._folder() / f"{upload}.sealed"

    def _key(self) -> bytes:
        """The installation's key, made the first time."""
        return kept_key(self.root / "quarantine.key")


def kept_key(path: Path) -> bytes:
    """The 256-bit key in a file for its owner alone, made the first time; two at once agree on one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        draft = path.with_name(f"{path.name}.{secrets.token_hex(6)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(AESGCM.generate_key(256))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_bytes()


def quarantine() -> Quarantine:
    """This installation's quarantine."""
    return Quarantine(Path(settings.VAR))


def _of_size(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of CHUNK, so that they can be found again when sealed."""
    kept = bytearray()
    for chunk in chunks:
        kept += chunk
        while len(kept) >= CHUNK:
            yield bytes(kept[:CHUNK])
            del kept[:CHUNK]
    if kept:
        yield bytes(kept)


def _is_claimed(folder: Path) -> bool:
    """Whether a living process holds a folder; one that is gone meanwhile counts as held."""
    try:
        claim = os.open(folder, os.O_RDONLY)
    except OSError:
        return True
    try:
        fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(claim)
    return False


def _label(upload: UUID, place: int) -> bytes:
    """What a piece is sealed with, so that pieces cannot be swapped or reordered."""
    return upload.bytes + place.to_bytes(8, "big")


def plain_name(name: str) -> str:
    """The file's own name without folders or control characters."""
    kept = "".join(ch for ch in name.replace("\\", "/").rsplit("/", 1)[-1] if ch.isprintable())
    return kept.lstrip(".")[-150:] or "upload"
