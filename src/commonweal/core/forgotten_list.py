"""Who was forgotten, as ids in a file beside the database: an older backup must forget them too."""

from __future__ import annotations

import json
import os
from pathlib import Path
from uuid import UUID

from django.conf import settings

from commonweal.core.errors import Refused
from commonweal.core.models import Tombstone, TombstoneReason

NAME = "forgotten.jsonl"


def note_forgotten(stone: Tombstone) -> None:
    """Add one to the list; ids only."""
    path = Path(settings.VAR) / NAME
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    line = json.dumps({"type": stone.subject_type, "id": str(stone.subject_id), "reason": stone.reason})
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())


def take_up_forgotten(path: Path) -> int:
    """Tombstones of a list that the database does not have yet; how many were new."""
    there = set(Tombstone.objects.values_list("subject_type", "subject_id"))
    new: dict[tuple[str, UUID], Tombstone] = {}
    for number, line in enumerate(_lines(path), 1):
        stone = _stone(line, path, number)
        if (stone.subject_type, stone.subject_id) not in there:
            new[stone.subject_type, stone.subject_id] = stone
    for stone in new.values():
        stone.save()
    return len(new)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"There is no list of the forgotten to read at {path}.") from error


def _stone(line: str, path: Path, number: int) -> Tombstone:
    try:
        told = json.loads(line)
        return Tombstone(
            subject_type=told["type"], subject_id=UUID(told["id"]), reason=TombstoneReason(told["reason"])
        )
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(f"Line {number} of {path.name} names nobody who was forgotten. Mend it first.") from error
