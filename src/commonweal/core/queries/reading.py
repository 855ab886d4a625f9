"""Who read what in a partnership, from the access log: for its administrators, newest first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from commonweal.core.access_log import access_log
from commonweal.core.models import Person
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require

SHOWN = 200
BLOCK = 1 << 16
MOST_READ = 64 * 1024 * 1024  # of the log, so that a page never reads for minutes


@dataclass(frozen=True, slots=True)
class Reading:
    """One page opened: when, by whom, which, and the answer's number."""

    at: datetime
    person: str
    route: str
    method: str
    refused: bool
    about: tuple[tuple[str, str], ...]


def readings(viewer: Viewer, partnership: UUID, *, about: str = "", person: str = "") -> tuple[Reading, ...]:
    """Of one partnership; narrowed to one thing (`about`, its id) or to one account."""
    require(viewer, Permission.MANAGE_PARTNERSHIP, partnership)
    found = []
    for line in _lines(str(partnership)):
        told = json.loads(line)
        if about and about not in told["subject"].values():
            continue
        if person and told["person"] != person:
            continue
        found.append(told)
        if len(found) == SHOWN:
            break
    names = {str(one.pk): one.name for one in Person.objects.filter(
        pk__in={row["person"] for row in found if row["person"]})}
    return tuple(_reading(row, names, str(partnership)) for row in found)


def _reading(row: dict[str, object], names: dict[str, str], partnership: str) -> Reading:
    subject = {str(k): str(v) for k, v in dict(row["subject"]).items() if v != partnership}  # type: ignore[call-overload]
    who = names.get(str(row["person"]), "Nobody signed in" if not row["person"] else "Somebody who has left")
    status = int(str(row["status"]))
    return Reading(datetime.fromisoformat(str(row["at"])), who, str(row["route"]), str(row["method"]),
                   status in (403, 404), tuple(subject.items()))


def _lines(partnership: str) -> Iterator[str]:
    """Whole lines that name the partnership, newest first, of this month and those before."""
    access_log().flush()
    left = MOST_READ
    for path in sorted((Path(settings.VAR) / "log").glob("access-*.jsonl"), reverse=True):
        for line in _backwards(path):
            left -= len(line) + 1
            if left < 0:
                return
            if partnership in line and line.startswith("{") and line.endswith("}"):
                yield line


def _backwards(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        at, rest = file.seek(0, 2), b""
        while at > 0:
            size = min(BLOCK, at)
            at -= size
            file.seek(at)
            parts = (file.read(size) + rest).split(b"\n")
            rest = parts[0]
            yield from (one.decode("utf-8", "replace") for one in reversed(parts[1:]) if one)
        if rest:
            yield rest.decode("utf-8", "replace")
