"""Finding a place by what somebody types, among real places and the invented one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from commonweal.core import clock
from commonweal.core.models import Partnership, PartnershipPlace
from commonweal.core.stores import stores
from commonweal.core.viewer import Viewer
from commonweal.lake.places import NoSuchPlace, PlaceRow, find_place, find_places
from commonweal.lake.store import Store

_BETWEEN = re.compile(r"\s*[,;+&]\s*|\s+and\s+", re.IGNORECASE)  # what stands between several names


@dataclass(frozen=True, slots=True)
class Found:
    """A place; `note` says why it is not quite what was typed: an abolished district's successor."""

    code: str
    name: str
    kind: str
    vintage: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class NoPlace:
    """No such place, and the nearest names."""

    sentence: str
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offered:
    """What the front page can offer."""

    has_published: bool
    examples: tuple[Found, ...]


def look_up(viewer: Viewer, text: str) -> Found | NoPlace:
    """The place somebody means: a real one, else the invented one."""
    answers = [_in_store(store, text) for store in stores().both if store.exists]
    found = [answer for answer in answers if isinstance(answer, Found)]
    if found:
        return found[0]
    if not answers:
        return NoPlace("No data has been loaded here yet, so no place can be shown.")
    return answers[0]


def look_up_several(viewer: Viewer, text: str) -> Found | NoPlace | None:
    """Several districts named in one go, as one place; nothing where no more than one is named."""
    names = [name for name in _BETWEEN.split(text.strip()) if name]
    if len(names) < 2:
        return None
    answers = [_in_store(store, *names) for store in stores().both if store.exists]
    return next((each for each in answers if isinstance(each, Found)), answers[0] if answers else None)


def offered(viewer: Viewer) -> Offered:
    """Whether real places can be asked for, and the places of the invented partnership."""
    both = stores()
    return Offered(both.published.exists, _examples() if both.example.exists else ())


def _examples() -> tuple[Found, ...]:
    """Open to everybody, because nothing in them is real."""
    standing = Partnership.objects.on(clock.today()).filter(invented=True)
    rows = PartnershipPlace.objects.on(clock.today()).filter(partnership__in=standing).exclude(code="")
    return tuple(Found(row.code, row.name, row.kind, row.vintage) for row in rows.order_by("id"))


def _in_store(store: Store, *texts: str) -> Found | NoPlace:
    try:
        return _found(find_place(store, texts[0]) if len(texts) == 1 else find_places(store, texts))
    except NoSuchPlace as error:
        return NoPlace(str(error), error.nearest)


def _found(row: PlaceRow) -> Found:
    return Found(row.code, row.name, row.kind, row.vintage, row.note)
