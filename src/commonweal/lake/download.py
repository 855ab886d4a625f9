"""Fetching files from their publishers: politely, one at a time, going on where a broken connection left off."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

import requests

from commonweal.lake.catalogue import Address, CatalogueEntry

AGENT = f"Commonweal/{version('commonweal')} (open-source software for councils; fetches published statistics)"
TIMEOUT = (10.0, 60.0)
TRIES = 5
LONGEST_WAIT = 60.0
LARGEST = 2 * 1024 * 1024 * 1024
CHUNK = 256 * 1024
GIVE_UP_AFTER = 3  # different hosts that cannot be reached: then it is our network, not theirs
_WEB_PAGE = (b"<!doctype html", b"<html")


class Fetch(StrEnum):
    """What became of an address."""

    FETCHED = "fetched"
    ALREADY = "already here"
    FAILED = "failed"
    BY_HAND = "by hand"


@dataclass(frozen=True, slots=True)
class Fetched:
    """One address, or one data set that has none: what became of it, in a sentence, and the file."""

    dataset: str
    outcome: Fetch
    sentence: str
    address: str = ""
    path: str = ""
    size: int = 0
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is remembered of a file fetched before, or of the part of it that came."""

    etag: str = ""
    modified: str = ""
    sha256: str = ""
    size: int = 0
    fetched_at: str = ""
    address: str = ""


class CannotFetch(RuntimeError):
    """An address that gave no file; the text says why."""


class Unreachable(CannotFetch):
    """A host that could not be reached at all."""


class _Again(CannotFetch):
    """A failure that may pass: worth another try after `wait` seconds."""

    def __init__(self, sentence: str, wait: float = 0.0) -> None:
        super().__init__(sentence)
        self.wait = wait


Watch = Callable[[str, int, int], None]


@dataclass(slots=True)
class Downloader:
    """Fetches into a folder; `sleep` and `now` are handed in so that tests need not wait."""

    folder: Path
    watch: Watch | None = None
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    tries: int = TRIES
    session: requests.Session | None = None

    def fetch_all(self, entries: Iterable[CatalogueEntry]) -> Iterator[Fetched]:
        """Each address of each entry in turn; one that fails does not stop the others."""
        unreachable: set[str] = set()
        for entry in entries:
            if not entry.files:
                yield _by_hand(entry)
            for file in entry.files:
                host = urlsplit(file.address).netloc
                if host in unreachable or len(unreachable) >= GIVE_UP_AFTER:
                    yield _failed(entry, file, f"{host} was not tried: it, or the network, cannot be reached.")
                    continue
                try:
                    yield self.fetch(entry, file)
                except Unreachable as error:
                    unreachable.add(host)
                    yield _failed(entry, file, str(error))
                except CannotFetch as error:
                    yield _failed(entry, file, str(error))

    def fetch(self, entry: CatalogueEntry, file: Address) -> Fetched:
        """One file, tried again with longer and longer waits; raises CannotFetch with a sentence."""
        path = self.folder / entry.dataset / (file.saved_as or _name(file.address))
        path.parent.mkdir(parents=True, exist_ok=True)
        wait = 1.0
        for left in reversed(range(self.tries)):
            try:
                return self._try(entry, file, path)
            except _Again as error:
                if not left:
                    raise CannotFetch(f"{error} It was tried {self.tries} times; what came is kept.") from error
                self.sleep(min(LONGEST_WAIT, max(wait, error.wait)))
                wait *= 2
        raise AssertionError("unreachable")

    def _try(self, entry: CatalogueEntry, file: Address, path: Path) -> Fetched:
        part = path.with_name(f"{path.name}.part")
        whole, begun = _known(path), _known(part)
        headers = _headers(path, whole, part, begun)
        try:
            with self._session().get(file.address, headers=headers, stream=True, timeout=TIMEOUT) as answer:
                if answer.status_code == 304 and path.exists():
                    return _already(entry, file, path, whole)
                if not _fits(answer, part):
                    _drop(part)
                    raise _Again(f"{file.address} would not go on from where it broke off.")
                _check(answer, file.address)
                self._receive(answer, part, file.address)
        except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError, requests.Timeout) as error:
            raise _broken(error, file.address, part) from error
        except requests.RequestException as error:
            raise CannotFetch(f"{file.address} could not be asked for ({type(error).__name__}).") from error
        except OSError as error:
            raise CannotFetch(f"{path} could not be written: {error.strerror}.") from error
        return self._keep(entry, file, path, part)

    def _session(self) -> requests.Session:
        if self.session is None:
            self.session = requests.Session()
            self.session.headers["User-Agent"] = AGENT
            self.session.headers["Accept-Encoding"] = "identity"
        return self.session

    def _receive(self, answer: requests.Response, part: Path, address: str) -> None:
        """Write what comes to the part file: at its end where the server goes on, from the start where not."""
        goes_on = answer.status_code == 206
        done = part.stat().st_size if goes_on and part.exists() else 0
        total = done + int(answer.headers.get("Content-Length") or 0)
        known = _Known(
            answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", ""), address=address
        )
        _remember(part, known)
        with part.open("ab" if goes_on else "wb") as file:
            for chunk in answer.iter_content(CHUNK):
                if not done and chunk.lstrip()[:64].lower().startswith(_WEB_PAGE):
                    raise CannotFetch(f"{address} answered with a web page, not a file.")
                file.write(chunk)
                done += len(chunk)
                if done > LARGEST:
                    raise CannotFetch(f"{address} is larger than {LARGEST >> 30} GB and was given up.")
                if self.watch is not None:
                    self.watch(address, done, max(total, done))
            file.flush()
            os.fsync(file.fileno())
        if total and done < total:
            raise _Again(f"{address} broke off after {done:,} of {total:,} bytes.")

    def _keep(self, entry: CatalogueEntry, file: Address, path: Path, part: Path) -> Fetched:
        """Check the whole file's fingerprint and give it its name."""
        with part.open("rb") as whole:
            sha = hashlib.file_digest(whole, "sha256").hexdigest()
        size = part.stat().st_size
        if not size or (file.sha256 and sha != file.sha256):
            _drop(part)
            why = "is empty" if not size else "is not the file the catalogue names: its fingerprint differs"
            raise CannotFetch(f"{file.address} {why}.")
        stamp = self.now().isoformat(timespec="seconds")
        known = replace(_known(part), sha256=sha, size=size, fetched_at=stamp)
        os.replace(part, path)
        _drop(part)
        _remember(path, known)
        sentence = f"{size:,} bytes from {urlsplit(file.address).netloc}."
        return Fetched(entry.dataset, Fetch.FETCHED, sentence, file.address, str(path), size, sha)


def _name(address: str) -> str:
    last = urlsplit(address).path.rstrip("/").rpartition("/")[2]
    safe = "".join(letter if letter.isalnum() or letter in "._-" else "_" for letter in last)
    return safe.lstrip(".") or "file"


def _headers(path: Path, whole: _Known, part: Path, begun: _Known) -> dict[str, str]:
    """Ask for the rest of a file begun, or for a newer one than is here."""
    if part.exists() and part.stat().st_size and (begun.etag or begun.modified):
        strong = begun.etag if begun.etag and not begun.etag.startswith("W/") else begun.modified
        if strong:
            return {"Range": f"bytes={part.stat().st_size}-", "If-Range": strong}
    if path.exists() and (whole.etag or whole.modified):
        asked = {"If-None-Match": whole.etag, "If-Modified-Since": whole.modified}
        return {key: value for key, value in asked.items() if value}
    return {}


def _fits(answer: requests.Response, part: Path) -> bool:
    """Whether an answer that goes on does so from the end of what came before."""
    if answer.status_code == 206:
        size = part.stat().st_size if part.exists() else 0
        return answer.headers.get("Content-Range", "").startswith(f"bytes {size}-")
    return answer.status_code != 416


def _check(answer: requests.Response, address: str) -> None:
    """Refuse what is no file: an error, or a redirect to an address that is not safe."""
    code = answer.status_code
    if code in (200, 206):
        parts = urlsplit(answer.url)
        if parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "localhost"):
            raise CannotFetch(f"{address} leads to an address that is not safe ({parts.scheme}).")
        return
    if code in (408, 425, 429, 500, 502, 503, 504):
        raise _Again(f"{address} is busy (it answered {code}).", _asked_wait(answer))
    if code in (404, 410):
        raise CannotFetch(f"{address} is no longer there (it answered {code}): its publisher has moved the file.")
    if code in (401, 403):
        raise CannotFetch(f"{address} does not let programs in (it answered {code}).")
    raise CannotFetch(f"{address} gave no file (it answered {code}).")


def _asked_wait(answer: requests.Response) -> float:
    with contextlib.suppress(ValueError):
        return min(LONGEST_WAIT, float(answer.headers.get("Retry-After", "0")))
    return 0.0


def _broken(error: Exception, address: str, part: Path) -> CannotFetch:
    came = part.stat().st_size if part.exists() else 0
    host = urlsplit(address).netloc
    if any(word in repr(error) for word in ("NewConnectionError", "NameResolution")):
        return Unreachable(f"{host} could not be reached. Is this computer connected to the internet?")
    return _Again(f"The connection to {host} broke off after {came:,} bytes.")


def _already(entry: CatalogueEntry, file: Address, path: Path, known: _Known) -> Fetched:
    sentence = f"Nothing newer than what was fetched on {known.fetched_at[:10]}."
    return Fetched(entry.dataset, Fetch.ALREADY, sentence, file.address, str(path), known.size, known.sha256)


def _failed(entry: CatalogueEntry, file: Address, why: str) -> Fetched:
    sentence = (
        f"{why} Download it by hand from {entry.pages[0]} and run “commonweal pull --from” with its folder."
    )
    return Fetched(entry.dataset, Fetch.FAILED, sentence, file.address)


def _by_hand(entry: CatalogueEntry) -> Fetched:
    sentence = f"No address of a file is known: find it at {entry.pages[0]}, then use “commonweal pull --from”."
    return Fetched(entry.dataset, Fetch.BY_HAND, sentence)


def _record(path: Path) -> Path:
    return path.with_name(f".{path.name}.json")


def _known(path: Path) -> _Known:
    with contextlib.suppress(OSError, ValueError, TypeError):
        return _Known(**json.loads(_record(path).read_text(encoding="utf-8")))
    return _Known()


def _remember(path: Path, known: _Known) -> None:
    _record(path).write_text(json.dumps(asdict(known), indent=1), encoding="utf-8")


def _drop(part: Path) -> None:
    part.unlink(missing_ok=True)
    _record(part).unlink(missing_ok=True)
