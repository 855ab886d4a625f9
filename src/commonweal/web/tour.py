"""The tour of the worked example: its stops as content, whose eyes each is seen with, and the way on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.urls import reverse

from commonweal.core.errors import NotFound
from commonweal.core.models import Partnership, Person
from commonweal.core.queries.places import offered
from commonweal.core.thread import thread_for
from commonweal.core.viewer import Viewer, viewer_of
from commonweal.web.stage_links import place_address
from commonweal.web.thread_page import href_of

CONTENT = Path(__file__).parent / "content" / "tour.yaml"


@dataclass(frozen=True, slots=True)
class Page:
    """Which page a stop is on; just one of the first four is set."""

    place: bool = False
    route: str = ""
    open: str = ""
    thing: str = ""
    title: str = ""
    query: str = ""
    whole: bool = False

    def __post_init__(self) -> None:
        """A stop on two pages, or on none, is a mistake in the content."""
        if sum(map(bool, (self.place, self.route, self.open, self.thing))) != 1:
            raise ValueError(f"a stop stands on one page: {self}")


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop: `who` is the invented person's address, or "" for anybody."""

    key: str
    title: str
    minutes: int
    who: str
    page: Page
    look: str
    to_try: str
    sees: tuple[str, ...]
    number: int


@dataclass(frozen=True, slots=True)
class Tour:
    """All stops, in their order."""

    title: str
    stops: tuple[Stop, ...]

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return sum(one.minutes for one in self.stops)

    def stop(self, key: str) -> Stop:
        """The stop of a name."""
        found = next((one for one in self.stops if one.key == key), None)
        if found is None:
            raise NotFound("The tour has no such stop.")
        return found

    def after(self, stop: Stop) -> Stop | None:
        """The next one, or none at the end."""
        return self.stops[stop.number] if stop.number < len(self.stops) else None


@lru_cache(maxsize=1)
def tour() -> Tour:
    """The tour as its content says it."""
    told: dict[str, Any] = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))
    stops = tuple(Stop(
        key=one["key"], title=one["title"], minutes=one["minutes"], who=one["who"], page=Page(**one["page"]),
        look=one["look"], to_try=one["try"], sees=tuple(one["sees"]), number=number,
    ) for number, one in enumerate(told["stops"], start=1))
    return Tour(told["title"], stops)


def person_of(stop: Stop) -> Person | None:
    """The invented person whose eyes it is seen with; none where anybody may see it."""
    if not stop.who:
        return None
    found: Person | None = Person.objects.filter(email=stop.who, example=True, is_active=True).first()
    if found is None:
        raise NotFound("The example's people are not here.")
    return found


def names_of(stops: tuple[Stop, ...]) -> dict[str, str]:
    """The invented people's names by their addresses."""
    found = Person.objects.filter(email__in={one.who for one in stops}, example=True)
    return dict(found.values_list("email", "name"))


def address_of(stop: Stop, person: Person | None) -> str:
    """Where the stop's page is."""
    page = stop.page
    if page.place:
        examples = offered(Viewer()).examples
        if not examples:
            raise NotFound("The example's place is not here.")
        return place_address(examples[0].code)
    if page.open:
        return reverse(page.open) + (f"?{page.query}" if page.query else "")
    viewer = viewer_of(person) if person else Viewer()
    theirs = Partnership.objects.filter(pk__in=viewer.partnerships(), invented=True)
    partnership = theirs.order_by("created").first()
    if partnership is None:
        raise NotFound("The example's partnership is not here.")
    if page.route:
        return reverse(page.route, args=[partnership.pk])
    for node in thread_for(viewer, partnership.pk).of_kind(page.thing):
        if node.title == page.title:
            return href_of(partnership.pk, node) if page.whole else node.href
    raise NotFound(f"{page.title} is not in the example any more.")
