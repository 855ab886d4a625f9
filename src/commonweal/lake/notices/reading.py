"""A file of notices, in any form portals and their readers give it: packages, records, lists, lines."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from commonweal.lake.notices.model import Defect, Found, Notice, NoticeFile
from commonweal.lake.notices.portal import portal_notices
from commonweal.lake.notices.releases import release_notices
from commonweal.lake.opening.model import CannotOpen

Json = dict[str, Any]
LARGEST = 256 * 1024 * 1024
NOTHING = ("No notices were found in {about}. Give OCDS releases of Contracts Finder or Find a Tender: a package, "
           "a list, or one release a line.")


def read_notices(path: Path) -> NoticeFile:
    """Every notice of a file; CannotOpen where there is none. To be run in a capped worker."""
    about = "the file"
    if path.stat().st_size > LARGEST:
        raise CannotOpen(f"{about.capitalize()} is larger than {LARGEST // 1024 ** 2} MB. Give it in parts.")
    text = path.read_bytes().decode("utf-8-sig", errors="replace")
    found: list[Found] = []
    form, parts = _parts(text, found)
    notices: list[Notice] = []
    read = 0
    ids: dict[str, str] = {}
    for row, part in parts:
        read += 1
        if _used(part, ids, row, found):
            continue
        taken, defects = _one(form, row, part)
        notices += taken
        found += [Found(one, row) for one in defects]
    if not notices:
        raise CannotOpen(NOTHING.format(about=about))
    kept = _once(notices, found)
    return NoticeFile(read, kept, tuple(sorted(found, key=lambda one: one.row)), form)


def _parts(text: str, found: list[Found]) -> tuple[str, Iterator[tuple[int, object]]]:
    """What kind of file it is, and its notices one by one."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        return "lines", _lines(text, found)
    if isinstance(whole, dict):
        for name in ("releases", "contracts", "records"):
            if isinstance(whole.get(name), list):
                rows = whole[name]
                if name == "records":
                    rows = [one.get("compiledRelease") if isinstance(one, dict) else one for one in rows]
                return name, iter(enumerate(rows, start=1))
        return "releases", iter([(1, whole)])
    return "releases", iter(enumerate(whole if isinstance(whole, list) else [], start=1))


def _lines(text: str, found: list[Found]) -> Iterator[tuple[int, object]]:
    for row, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            yield row, json.loads(line)
        except (ValueError, RecursionError):
            found.append(Found(Defect.UNREADABLE, row))


def _used(part: object, ids: dict[str, str], row: int, found: list[Found]) -> bool:
    """Whether this very part was read before; an id that stands on another part too is told."""
    own = str(part.get("id") or "") if isinstance(part, dict) else ""
    if not own:
        return False
    words = hashlib.sha256(json.dumps(part, sort_keys=True).encode()).hexdigest()
    held = ids.get(own)
    if held is None:
        ids[own] = words
    else:
        found.append(Found(Defect.SAME_NOTICE if held == words else Defect.SAME_ID, row))
    return held == words


def _one(form: str, row: int, part: object) -> tuple[list[Notice], list[Defect]]:
    if not isinstance(part, dict):
        return [], [Defect.NOT_A_NOTICE]
    read = portal_notices if form == "contracts" else release_notices
    return read(part, row)


def _once(notices: list[Notice], found: list[Found]) -> tuple[Notice, ...]:
    """The newest notice of each award; twins and release ids used twice are told."""
    newest: dict[str, Notice] = {}
    for one in notices:
        held = newest.get(one.key)
        if held is None:
            newest[one.key] = one
        elif _same(held, one):
            found.append(Found(Defect.SAME_NOTICE, one.row))
        elif (one.published or one.awarded, one.row) >= (held.published or held.awarded, held.row):
            found.append(Found(Defect.OLDER, held.row))
            newest[one.key] = one
        else:
            found.append(Found(Defect.OLDER, one.row))
    return tuple(newest.values())


def _same(one: Notice, other: Notice) -> bool:
    parts = ("title", "description", "value", "published", "awarded", "suppliers", "stage")
    return all(getattr(one, name) == getattr(other, name) for name in parts)
