"""From an address to an assessment: which store, which place, and an honest answer where there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from commonweal.core import clock
from commonweal.core.stores import EXAMPLE_PREFIX, stores
from commonweal.core.viewer import Viewer
from commonweal.lake.places import NoSuchPlace as Unknown
from commonweal.lake.places import PlaceRow, find_place
from commonweal.lake.store import Store
from commonweal.needs.assessment import Assessment
from commonweal.needs.pictures import Shapes
from commonweal.needs.queries import assessing


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
    """The place was abolished; `code` is its successor's."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)
