"""Fills the store from a folder, once for each state of the folder."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from commonweal import __version__
from commonweal.cli.frame import err
from commonweal.lake.outcome import FileOutcome
from commonweal.lake.store import Store
from commonweal.lake.whole_file import write_whole

REMEMBERED = "derived/folders.json"


def fill(store: Store, folder: Path) -> bool:
    """Read a folder into the store, unless it is as it was when last read; whether it was read."""
    state = _state(folder)
    key, known = str(folder.resolve()), _known(store)
    if store.exists and known.get(key) == state:
        return False
    from commonweal.cli import pulling

    _say(pulling.read(store, folder), folder)
    _remember(store, {**known, key: state})
    return True


def _say(outcomes: Sequence[FileOutcome], folder: Path) -> None:
    """One line beside the progress; the files that need a person are told of by `pull`."""
    counts = Counter(one.outcome.value for one in outcomes)
    said = ", ".join(f"{count} {kind}" for kind, count in counts.most_common())
    err().print(f"{len(outcomes)} files: {said}. To see why: commonweal pull --from {folder}",
                markup=False, soft_wrap=True)


def _state(folder: Path) -> str:
    """A fingerprint of every file's name, size and time, and of the program that reads them."""
    found = hashlib.sha256(__version__.encode())
    for path in sorted(folder.rglob("*")) if folder.is_dir() else [folder]:
        if path.is_file():
            stat = path.stat()
            found.update(f"{path}|{stat.st_size}|{stat.st_mtime_ns}\n".encode())
    return found.hexdigest()


def _known(store: Store) -> dict[str, str]:
    try:
        found = json.loads((store.root / REMEMBERED).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _remember(store: Store, known: dict[str, str]) -> None:
    write_whole(store.root / REMEMBERED, json.dumps(known))
