"""From an address to an assessment: which store, which place, and an honest answer where there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from commonweal.core import clock
from commonweal.core.stores import EXAMPLE_PREFIX, stores
from commonweal.core.viewer import Viewer
from commonweal.lake.places import NoSuchPlace, PlaceRow, find_place, find_places
from commonweal.lake.store import Store
from commonweal.needs.assessment import Assessment
from commonweal.needs.queries.assessments import assess, assess_scope
from commonweal.needs.queries.evidence import StoreEmpty, evidence
from commonweal.needs.queries.kept import kept_assessment, kept_under, key_of
from commonweal.needs.queries.need_index import checked_weights
from commonweal.needs.queries.scope import NoSuchPlace as NothingToAdd
from commonweal.needs.queries.scope import drawn_scope
from commonweal.present.wording import listed

SMALL_AREA = "01"  # the second and third letters of a small area's code
MOST_AREAS = 150  # small areas drawn as one place: about a quarter of a million people
MOST_DISTRICTS = 80  # districts joined as one place


class NoData(LookupError):
    """Nothing has been brought into the store the place would be in."""

    def __init__(self, code: str) -> None:
        self.sentence = f"{code} is a code of a real place, and figures of real places come from published files."
        super().__init__(self.sentence)


@dataclass(frozen=True, slots=True)
class Near:
    """A place somebody may have meant."""

    code: str
    name: str


class NotAPlace(LookupError):
    """No such place; `nearest` are those it may have been."""

    def __init__(self, sentence: str, nearest: tuple[Near, ...] = ()) -> None:
        self.sentence, self.nearest = sentence, nearest
        super().__init__(sentence)


class Moved(LookupError):
    """The place is to be found under another code: its successor's, or its code of today."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def assessment_for(viewer: Viewer, code: str, *, weights: Mapping[str, float] | None = None) -> Assessment:
    """The assessment behind an address.

    Assessments are of published data alone, so everybody sees the same; `viewer` is asked for all the same, so
    that no page can be written that forgets who is looking. Raises NoData, NotAPlace or Moved.
    """
    codes = tuple(dict.fromkeys(code.split("+")))
    if not all(one.isascii() and one.isalnum() for one in codes):
        raise NotAPlace(f"{code!r} is not a place's code. Codes look like E08000011; several are joined by +.")
    small = len(codes) > 1 and all(one[1:3] == SMALL_AREA for one in codes)
    _require_few(len(codes), small=small)
    store = _store_of(codes)
    try:
        if small:
            return _drawn(store, codes, weights)
        row = _row(store, codes)
        if len(codes) == 1 and row.code != codes[0]:
            raise Moved(row.code)
        if len(codes) == 1:
            return kept_assessment(store, row.code, weights=weights, today=clock.today())
        return _joined(store, row, codes, weights)
    except NoSuchPlace as unknown:
        raise NotAPlace(str(unknown), _near(store, unknown)) from unknown
    except NothingToAdd as nothing:
        raise NotAPlace(str(nothing)) from nothing
    except StoreEmpty as empty:
        raise NoData(codes[0]) from empty


def partnership_assessment(viewer: Viewer, codes: Sequence[str]) -> Assessment | None:
    """The assessment of a partnership's places together; nothing where none is held of them."""
    if not codes:
        return None
    code = "+".join(codes)
    try:
        return assessment_for(viewer, code)
    except Moved as moved:
        return assessment_for(viewer, moved.code)
    except (NoData, NotAPlace):
        return None


def moved_words(assessment: Assessment, was: str) -> str:
    """Why somebody who asked for the code `was` reads of this place; nothing where that code did not become it."""
    if not (was.isascii() and was.isalnum()):
        return ""
    try:
        row = find_place(store_of(assessment), was)
    except NoSuchPlace:
        return ""
    return row.note if assessment.place.code == row.code else ""


def _drawn(store: Store, codes: tuple[str, ...], weights: Mapping[str, float] | None) -> Assessment:
    """Small areas that somebody ticked, named after the districts they lie in."""
    held = evidence(store)
    inside = {held.geography.district[at] for at in held.geography.places(np.array(codes)) if at >= 0}
    districts = listed(sorted(held.geography.name(str(one)) for one in inside))
    scope = drawn_scope(held, codes, f"{len(codes)} small areas of {districts}")
    today = clock.today()
    key = key_of(store, "+".join(sorted(codes)), today, checked_weights(weights))
    return kept_under(key, lambda: assess_scope(store, scope, weights=weights, today=today))


def _joined(
    store: Store, row: PlaceRow, codes: tuple[str, ...], weights: Mapping[str, float] | None
) -> Assessment:
    """Districts taken as one, made once and kept."""
    _require_few(len(row.parts), small=False)
    today = clock.today()
    key = key_of(store, "+".join(codes), today, checked_weights(weights))
    return kept_under(key, lambda: assess(store, row, weights=weights, today=today))


def _require_few(count: int, *, small: bool) -> None:
    """Refuse what would hold up everybody else while it is worked out."""
    if small and count > MOST_AREAS:
        raise NotAPlace(
            f"These are {count:,} small areas; at most {MOST_AREAS} are taken together as one place. Choose "
            "fewer, or take the districts they lie in."
        )
    if not small and count > MOST_DISTRICTS:
        raise NotAPlace(
            f"These are {count:,} districts; at most {MOST_DISTRICTS} are joined as one place. Choose fewer, or "
            "take the county, the region or England."
        )


def _row(store: Store, codes: tuple[str, ...]) -> PlaceRow:
    return find_place(store, codes[0]) if len(codes) == 1 else find_places(store, codes)


def _store_of(codes: tuple[str, ...]) -> Store:
    """The one store that could hold all the codes."""
    invented = {one.startswith(EXAMPLE_PREFIX) for one in codes}
    if len(invented) > 1:
        raise NotAPlace("Invented places and real ones are never put together. Choose one or the other.")
    store = stores().for_code(codes[0])
    if not store.exists:
        raise NoData(codes[0])
    return store


def _near(store: Store, unknown: NoSuchPlace) -> tuple[Near, ...]:
    """The nearest names with their codes."""
    found = []
    for name in unknown.nearest:
        try:
            row = find_place(store, name)
        except NoSuchPlace:
            continue
        found.append(Near(row.code, row.name))
    return tuple(found)


def store_of(assessment: Assessment) -> Store:
    """The store an assessment was made from."""
    held = stores()
    return held.example if assessment.place.invented else held.published

