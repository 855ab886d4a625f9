"""Assessments kept on disk for each place, store version, method and weights, so that a page need not wait."""

from __future__ import annotations

import hashlib
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from commonweal.lake.roots import var
from commonweal.lake.store import Store
from commonweal.lake.whole_file import write_whole
from commonweal.needs.assessment import Assessment
from commonweal.needs.queries.figures import METHOD_VERSION
from commonweal.needs.queries.need_index import Weights, checked_weights
from commonweal.needs.replay import CannotReplay, assessment_from_json, assessment_json

IN_MEMORY = 32
_KEPT: OrderedDict[str, Assessment] = OrderedDict()
_TURN = threading.Lock()


def folder() -> Path:
    """Where kept assessments lie."""
    return var() / "cache" / "assessments"


def kept_assessment(
    store: Store, place: str, *, today: date, weights: Mapping[str, float] | Weights | None = None
) -> Assessment:
    """The assessment of a place by name or code, from memory or disk where the store has not changed since.

    The day is not part of the key within one month: ages of figures are told in whole years. Raises as `assess`.
    """
    def make() -> Assessment:
        from commonweal.needs.queries.assessments import assess  # heavy, and not needed when kept

        return assess(store, place, weights=weights, today=today)

    return kept_under(key_of(store, place, today, checked_weights(weights)), make)


def kept_under(key: str, make: Callable[[], Assessment]) -> Assessment:
    """The assessment under this key, from memory or disk, or made now and put there."""
    path = folder() / f"{key}.json"
    with suppress(OSError):
        os.utime(path)  # it was asked for: what is not goes after a week
    with _TURN:
        if key in _KEPT:
            _KEPT.move_to_end(key)
            return _KEPT[key]
    made = _read(path)
    if made is None:
        made = make()
        _write(path, assessment_json(made))
    with _TURN:
        _KEPT[key] = made
        while len(_KEPT) > IN_MEMORY:
            _KEPT.popitem(last=False)
    return made


def key_of(store: Store, place: str, today: date, weights: Weights) -> str:
    """What an assessment depends on, as a short name."""
    said = "|".join(
        [place.casefold().strip(), str(store.root.resolve()), store.version, METHOD_VERSION, words_version(),
         f"{today:%Y-%m}", repr(weights)]
    )
    return hashlib.sha256(said.encode()).hexdigest()[:24]


@cache
def words_version() -> str:
    """A fingerprint of cards, rules and words: a mended sentence makes a new assessment."""
    found = hashlib.sha256()
    for name in ("cards", "content"):
        for entry in sorted((files("commonweal.needs") / name).iterdir(), key=lambda each: each.name):
            if entry.name.endswith((".yaml", ".json")):
                found.update(entry.read_bytes())
    return found.hexdigest()[:12]


def _read(path: Path) -> Assessment | None:
    try:
        return assessment_from_json(path.read_bytes())
    except (OSError, CannotReplay, ValueError, RecursionError):
        return None


def _write(path: Path, text: str) -> None:
    """A folder that cannot be written to is no reason to fail a page."""
    with suppress(OSError):
        write_whole(path, text, lasting=False)
