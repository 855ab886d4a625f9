"""Releases of one process become one compiled release, by the merge rules of OCDS 1.1.

Objects merge field by field; lists of things with an id merge by id; other lists and values are replaced by the
later ones; a null takes a field away. `id`, `date` and `tag` are of the compiled release itself.
Source: Open Contracting Data Standard 1.1, Merging.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

Json = dict[str, Any]


def compiled(releases: list[Json]) -> Json:
    """The releases, oldest first, as one; ValueError where there is none or they are of several processes."""
    ordered = sorted(releases, key=lambda one: datetime.fromisoformat(one["date"]))
    if len({one["ocid"] for one in ordered}) != 1:
        raise ValueError("releases of one process are merged, and there must be one at least")
    found: Json = {}
    for one in ordered:
        found = _objects(found, {key: part for key, part in one.items() if key not in ("id", "date", "tag")})
    last = ordered[-1]["date"]
    return found | {"tag": ["compiled"], "date": last, "id": f"{found['ocid']}-{last}"}


def _objects(old: Json, new: Json) -> Json:
    found = dict(old)
    for key, part in new.items():
        if part is None:
            found.pop(key, None)
        elif isinstance(part, dict):
            held = found.get(key)
            found[key] = _objects(held if isinstance(held, dict) else {}, part)
        elif isinstance(part, list):
            held = found.get(key)
            found[key] = _lists(held if isinstance(held, list) else [], part)
        else:
            found[key] = part
    return found


def _lists(old: list[Any], new: list[Any]) -> list[Any]:
    if not all(isinstance(one, dict) and "id" in one for one in [*old, *new]):
        return new
    found = {one["id"]: one for one in old}
    for one in new:
        found[one["id"]] = _objects(found.get(one["id"], {}), one)
    return list(found.values())
