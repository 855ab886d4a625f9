"""Who opened what under each agreement: a file for each and month, so that its parties read theirs alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings

from commonweal.core import clock
from commonweal.core.access_log import AccessFile

SHOWN = 50     # uses on a page
BLOCK = 64 * 1024
LIST_BROUGHT, COUNTS_READ = "list", "counts"  # what a line tells of linking, in place of a data set
_FROM = re.compile(r"^(\d{4}-\d{2})\.(\d{1,15})$")


@dataclass(frozen=True, slots=True)
class LinePage:
    """Some lines, newest first; `earlier` asks for those before them, empty where there are none."""

    lines: tuple[str, ...]
    earlier: str


def write_use(agreement: UUID, subject: dict[str, str], person: UUID | None) -> None:
    """On disk before it returns; OSError where it cannot be, and then nothing is opened."""
    line = {"at": clock.now().isoformat(timespec="milliseconds"), "person": str(person or ""), **subject}
    AccessFile(_folder(agreement)).append([json.dumps(line, separators=(",", ":"))])


def uses_page(agreement: UUID, before: str = "") -> LinePage:
    """The newest uses, or those before a mark that an earlier page gave; anything else begins at the newest."""
    found: list[tuple[str, str]] = []
    for mark, line in _marked(agreement, _FROM.match(before)):
        if len(found) == SHOWN:
            return LinePage(tuple(text for _, text in found), found[-1][0])
        found.append((mark, line))
    return LinePage(tuple(text for _, text in found), "")


def _marked(agreement: UUID, start: re.Match[str] | None) -> Iterator[tuple[str, str]]:
    """Each line with the place in its file where it begins, newest first; read only as far as it is asked."""
    for path in sorted(_folder(agreement).glob("access-*.jsonl"), reverse=True):
        month = path.stem.removeprefix("access-")
        if start is None or month <= start[1]:
            end = min(path.stat().st_size, int(start[2]) if start and month == start[1] else path.stat().st_size)
            for at, line in _backwards(path, end):
                yield f"{month}.{at}", line


def _backwards(path: Path, end: int) -> Iterator[tuple[int, str]]:
    """Whole lines before a place in a file, last first, a block at a time."""
    with path.open("rb") as held:
        rest = b""
        while end > 0:
            begin = max(0, end - BLOCK)
            held.seek(begin)
            rest, end = held.read(end - begin) + rest, begin
            first = 0 if begin == 0 else rest.find(b"\n") + 1
            if begin and not first:
                continue  # a line longer than what is held: read on
            at = begin + len(rest)
            for line in reversed(rest[first:].splitlines(keepends=True)):
                at -= len(line)
                if line.strip():
                    yield at, line.decode("utf-8", errors="replace")
            rest = rest[:first]


def _folder(agreement: UUID) -> Path:
    return Path(settings.VAR) / "log" / "sharing" / str(agreement)
