"""An upload on its way in: sealed before it touches the disk, under a key that only this process ever had."""

from __future__ import annotations

import io
from typing import IO, Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from commonweal.core.quarantine import CHUNK, NONCE, TAG, quarantine

SEALED = CHUNK + TAG


class Sealed(io.RawIOBase):
    """A file written once and read often. What is short stays in memory; what is long lies sealed in `store`."""

    def __init__(self, store: IO[bytes]) -> None:
        super().__init__()
        self._store, self._cipher = store, AESGCM(AESGCM.generate_key(256))
        self._tail = bytearray()
        self._pieces = self._at = 0
        self._open: tuple[int, bytes] = (-1, b"")

    @property
    def size(self) -> int:
        """Bytes written so far."""
        return self._pieces * CHUNK + len(self._tail)

    def take(self, data: bytes) -> None:
        """Add bytes at the end, and seal each whole piece."""
        self._tail += data
        while len(self._tail) >= CHUNK:
            nonce = self._pieces.to_bytes(NONCE, "big")  # never twice: the key serves this one file
            self._store.seek(self._pieces * SEALED)
            self._store.write(self._cipher.encrypt(nonce, bytes(self._tail[:CHUNK]), None))
            del self._tail[:CHUNK]
            self._pieces += 1

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """And from any place."""
        return True

    def readinto(self, into: Any) -> int:
        """The next bytes, at most to the end of their piece."""
        place, start = divmod(self._at, CHUNK)
        found = self._piece(place)[start : start + len(into)]
        into[: len(found)] = found
        self._at += len(found)
        return len(found)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        self._at = max(0, offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence])
        return self._at

    def close(self) -> None:
        """Forget it: the sealed bytes have no name, so that the system deletes them."""
        self._store.close()
        self._tail.clear()
        self._open = (-1, b"")
        super().close()

    def _piece(self, place: int) -> bytes:
        if place >= self._pieces:
            return bytes(self._tail) if place == self._pieces else b""
        if self._open[0] != place:
            self._store.seek(place * SEALED)
            self._open = place, self._cipher.decrypt(place.to_bytes(NONCE, "big"), self._store.read(SEALED), None)
        return self._open[1]


class SealedUploads(FileUploadHandler):
    """Takes in every file that is sent; of a request past the limit it keeps no more than shows it is too much."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._left = settings.UPLOAD_LIMIT + 1
        self._sealed: list[Sealed] = []

    def new_file(self, *args: Any, **options: Any) -> None:
        """Another file begins."""
        super().new_file(*args, **options)
        self._sealed.append(Sealed(quarantine().unnamed()))

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Seal what came."""
        self._sealed[-1].take(raw_data[: self._left])
        self._left -= len(raw_data[: self._left])

    def file_complete(self, file_size: int) -> UploadedFile:
        """The file, as forms and views read it."""
        sealed = self._sealed[-1]
        return UploadedFile(
            io.BufferedReader(sealed), self.file_name, self.content_type, sealed.size, self.charset,
            self.content_type_extra,
        )

    def upload_interrupted(self) -> None:
        """The browser went away."""
        for one in self._sealed:
            one.close()
