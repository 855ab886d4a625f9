"""Bringing a folder of published files into the lake: each file read, mapped, or set aside with a reason."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from commonweal.lake import mapped
from commonweal.lake.drafts import sweep_drafts
from commonweal.lake.manifest import StoredDataset, shape
from commonweal.lake.opening import CannotOpen
from commonweal.lake.opening.model import writable
from commonweal.lake.outcome import FileOutcome, Outcome, Progress
from commonweal.lake.pull_file import Found, read_file
from commonweal.lake.pull_queue import BASE, Queue, Waiting, memory_needed
from commonweal.lake.pull_settle import Answer, settle, titled
from commonweal.lake.recognise import load_readers
from commonweal.lake.sandbox import Caps, Sandbox
from commonweal.lake.schema import TABLES
from commonweal.lake.store import Store

PULL = ".pull"
GIB = 1024 * 1024 * 1024
CAPS = Caps(memory_bytes=4 * GIB, cpu_seconds=300, wall_seconds=600.0, written_bytes=2 * GIB)
TIRED = 200 * 1024 * 1024  # a worker that read a file needing more is not used again: it keeps the memory

Watch = Callable[[Progress], None]


class NothingToPull(ValueError):
    """The folder is not there, or has no files in it."""


def pull_folder(
    store: Store, folder: Path, *, progress: Watch | None = None, workers: int = 2
) -> tuple[FileOutcome, ...]:
    """Read every file under a folder into the store, all of it in one step at the end.

    Returns one outcome a file (one a member for an archive), in order of path. A power cut leaves the store as it
    was. One file given alone is given on purpose: it comes back even where it once gave way. Raises NothingToPull,
    and StoreBusy where another pull is running.
    """
    files = tuple(_files(Path(folder)))
    if not files:
        raise NothingToPull(f"{folder} has no files in it. Give the folder that holds the downloaded files.")
    with store.writer(PULL):
        sweep_drafts(store.root)
        waiting, unread = _looked_at(files, Path(folder))
        on_purpose = Path(folder).is_file()
        settled, new = _sorted_out(store, waiting, on_purpose=on_purpose)
        answers = _read_all(store, new, progress, workers)
        outcomes = [*unread, *(titled(store, one) for one in settled)]
        outcomes += settle(store, answers, on_purpose=on_purpose)
    return tuple(sorted(outcomes, key=lambda one: (one.path, one.inside)))


def _files(folder: Path) -> Iterator[Path]:
    """Files under a folder, or the one file given; hidden ones and links out of it are left alone."""
    if folder.is_file():
        yield folder
        return
    if not folder.is_dir():
        raise NothingToPull(f"{folder} is not a folder that can be read. Check the name and try again.")
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not path.is_symlink() and not hidden:
            yield path


def _looked_at(files: Sequence[Path], folder: Path) -> tuple[list[Waiting], list[FileOutcome]]:
    """Each file with its fingerprint; those that the system does not let anybody read are set aside."""
    waiting: list[Waiting] = []
    unread: list[FileOutcome] = []
    for path in files:
        shown = writable(str(path.relative_to(folder)) if path != folder else path.name)
        try:
            waiting.append(_waiting(path, shown))
        except OSError as error:
            reason = f"It could not be read from disk ({error.strerror}). Copy it and try again."
            unread.append(FileOutcome(shown, Outcome.SET_ASIDE, reason))
    return waiting, unread


def _waiting(path: Path, shown: str) -> Waiting:
    with path.open("rb") as file:
        sha = hashlib.file_digest(file, "sha256").hexdigest()
    size = path.stat().st_size
    return Waiting(path.absolute(), shown, sha, size, memory_needed(path, size))


def _sorted_out(
    store: Store, waiting: Sequence[Waiting], *, on_purpose: bool
) -> tuple[list[FileOutcome], list[Waiting]]:
    """Files whose outcome is known before they are opened, and the others, each different one once."""
    held, gone = _held(store), {} if on_purpose else _gone(store)
    settled: list[FileOutcome] = []
    new: dict[str, Waiting] = {}
    for one in waiting:
        if one.sha256 in held:
            settled.append(_unchanged(one, held[one.sha256], "The same bytes are stored."))
        elif one.sha256 in gone:
            stored = gone[one.sha256]
            reason = f"It was met before and {_names(stored)} stands in its place."
            settled.append(FileOutcome(one.shown, Outcome.UNCHANGED, reason, dataset=stored.dataset))
        elif one.sha256 in new:
            reason = f"The same bytes as {new[one.sha256].shown}."
            settled.append(FileOutcome(one.shown, Outcome.UNCHANGED, reason))
        else:
            new[one.sha256] = one
    return settled, list(new.values())


def _held(store: Store) -> dict[str, StoredDataset]:
    """Stored data sets by the fingerprint of each of their files that today's reader would read the same."""
    versions = _versions(store)
    found: dict[str, StoredDataset] = {}
    for one in store.datasets():
        for part in one.parts:
            fresh = versions.get(one.dataset) == part.reader_version
            if fresh and all(table.shape == shape(table.table) for table in part.tables if table.table in TABLES):
                found.update((source.sha256, one) for source in part.sources)
    return found


def _gone(store: Store) -> dict[str, StoredDataset]:
    """Stored data sets by the fingerprints of files that gave way to what is stored."""
    versions = _versions(store)
    return {
        source.sha256: one for one in store.datasets() if one.dataset in versions for source in one.replaced
    }


def _versions(store: Store) -> dict[str, int]:
    """What version of each reader, or mapping, would read a file today."""
    known = {dataset: reader.version for dataset, reader in load_readers().items()}
    return known | mapped.versions(store.root)


def _names(stored: StoredDataset) -> str:
    return ", ".join(sorted({source.path for source in stored.sources})[:3])


def _unchanged(one: Waiting, stored: StoredDataset, reason: str) -> FileOutcome:
    parts = [part for part in stored.parts if any(source.sha256 == one.sha256 for source in part.sources)]
    rows, rejected = sum(part.rows for part in parts), sum(part.rejected for part in parts)
    return FileOutcome(
        one.shown, Outcome.UNCHANGED, reason, dataset=stored.dataset, rows=rows, rejected=rejected
    )


def _read_all(store: Store, files: Sequence[Waiting], progress: Watch | None, workers: int) -> list[Answer]:
    """Each file read in a worker process, a thread here for each worker."""
    queue = Queue(files)
    answers: list[Answer] = []
    failures: list[BaseException] = []
    turn = threading.Lock()
    total = sum(one.size for one in files)

    def tell(answer: Answer) -> None:
        with turn:
            answers.append(answer)
            done = sum(one.file.size for one in answers)
            if progress is not None:
                progress(Progress(len(answers), len(files), done, total, answer.file.shown))

    def work() -> None:
        try:
            _work(store, queue, tell)
        except BaseException as error:
            failures.append(error)
            queue.stop()

    threads = [threading.Thread(target=work, daemon=True) for _ in range(max(1, min(workers, len(files))))]
    for thread in threads:
        thread.start()
    try:
        for thread in threads:
            thread.join()
    except BaseException:
        queue.stop()
        raise
    if failures:
        raise failures[0]
    return sorted(answers, key=lambda one: one.file.shown)


def _work(store: Store, queue: Queue, tell: Callable[[Answer], None]) -> None:
    with Sandbox(caps=CAPS) as sandbox:
        while (one := queue.take()) is not None:
            try:
                found = _read_one(store, one, sandbox)
            finally:
                if one.memory > TIRED + BASE:
                    sandbox.close()
                queue.done(one)
            tell(Answer(one, found))


def _read_one(store: Store, one: Waiting, sandbox: Sandbox) -> tuple[Found, ...]:
    about = f"“{writable(one.path.name)}”"
    try:
        return sandbox.run(read_file, one.path, one.shown, store.root.absolute(), about=about)
    except CannotOpen as error:
        return (Found("", Outcome.SET_ASIDE, str(error)),)
