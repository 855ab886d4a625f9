"""Fetching and reading with a progress bar where a person is watching."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from commonweal.cli.frame import err, progress_shown
from commonweal.lake import catalogue
from commonweal.lake.download import Downloader, Fetch, Fetched
from commonweal.lake.outcome import FileOutcome
from commonweal.lake.outcome import Progress as PullProgress
from commonweal.lake.pull import NothingToPull, pull_folder
from commonweal.lake.store import Store


def given(folder: str | None) -> Path | None:
    """The folder named after --from, None where there is no --from; NothingToPull where its name is empty."""
    if folder is None:
        return None
    if not folder.strip():
        raise NothingToPull("--from was given no folder. Name the folder that holds the downloaded files.")
    return Path(folder)


def read(store: Store, folder: Path) -> tuple[FileOutcome, ...]:
    """`pull_folder`, with a bar."""
    with _bar("Reading") as bar:
        task = bar.add_task("", total=None, start=True)

        def moved(now: PullProgress) -> None:
            bar.update(task, total=max(1, now.bytes), completed=now.bytes_done, description=_short(now.name))

        return pull_folder(store, folder, progress=moved)


def fetch(datasets: Sequence[str], folder: Path) -> tuple[Fetched, ...]:
    """Fetch the data sets named, or every one that has the address of a file."""
    chosen = [catalogue.entry(key) for key in datasets] or [
        one for one in catalogue.entries().values() if one.files or one.needed
    ]
    with _bar("Fetching") as bar:
        tasks: dict[str, TaskID] = {}

        def moved(address: str, done: int, total: int) -> None:
            task = tasks.get(address)
            if task is None:
                task = tasks[address] = bar.add_task(_short(address), total=total)
            bar.update(task, completed=done, total=total or None)

        return tuple(Downloader(folder, watch=moved).fetch_all(chosen))


def any_file(fetched: Sequence[Fetched]) -> bool:
    """Whether there is anything to read."""
    return any(one.outcome in (Fetch.FETCHED, Fetch.ALREADY) for one in fetched)


def _bar(title: str) -> Progress:
    return Progress(
        TextColumn(f"[bold]{title}"), BarColumn(), TaskProgressColumn(), DownloadColumn(), TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False), console=err(), transient=True,
        disable=not progress_shown(),
    )


def _short(name: str, most: int = 40) -> str:
    return name if len(name) <= most else f"...{name[3 - most:]}"
