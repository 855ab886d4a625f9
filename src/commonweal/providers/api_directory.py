"""The directory, who could do what is asked and who could help, as data: what pages say, to the same people."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema

from commonweal.core.errors import Refused
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.providers.queries.advisers import people_for
from commonweal.providers.queries.directory import Found, find_providers
from commonweal.providers.queries.profiles import Needed, who_could
from commonweal.providers.views.directory import asked_here, asked_of

router = Router(tags=["Organisations"])


class Wanted(Schema):
    """What is looked for, by the names that the page's own form uses."""

    q: str = ""
    place: str = ""
    does: str = ""
    kind: str = ""
    group: str = ""
    page: int = 1


class WantedHere(Wanted):
    """The same, or a need that they could answer."""

    need: str = ""


class OrganisationOut(Schema):
    """One body of the directory, as whoever asks may see it."""

    id: UUID
    name: str
    kind: str
    place: str
    district: str
    postcode: str
    does: list[str]
    closed: bool


class DirectoryOut(Schema):
    """A page of fifty; `beyond` where more fit than the thousand that are counted."""

    total: int
    beyond: bool
    page: int
    pages: int
    organisations: list[OrganisationOut]


class AbleOut(Schema):
    """One body beside what is asked: what it meets, and what is not known of it."""

    organisation: OrganisationOut
    meets: list[str]
    lacks: list[str]


class WhoOut(Schema):
    """Who meets all of it, and who misses one thing."""

    could: list[AbleOut]
    nearly: list[AbleOut]


class SpokenOut(Schema):
    """What a referee answered, and the reply to it; nobody's name."""

    asked_at: datetime
    answered_at: datetime | None
    declined: bool
    answers: list[tuple[str, str]]
    reply: str


class WorkOut(Schema):
    """One thing that was done."""

    what: str
    client: str
    years: str
    references: list[SpokenOut]


class HelperOut(Schema):
    """One person of the register without their name: that and how to reach them stand on their page alone."""

    id: UUID
    kind: str
    about: str
    area: str
    prices: str
    conflicts: str
    confirmed_at: datetime | None
    asked_by: str
    works: list[WorkOut]


@router.get("/organisations", response=DirectoryOut, summary="The directory, public")
def organisations(request: HttpRequest, wanted: Query[Wanted]) -> dict[str, Any]:
    """What everybody may see, or more for whoever is signed in; `place` is a district, county or postcode."""
    viewer = viewer_from(request)
    asked, lost = asked_of(request, viewer, ())
    if lost:
        raise Refused(lost)
    return _page(find_providers(viewer, asked))


@router.get("/partnerships/{partnership}/organisations", response=DirectoryOut, summary="Who there is here")
def organisations_here(request: HttpRequest, partnership: UUID, wanted: Query[WantedHere]) -> dict[str, Any]:
    """The same for the places of a partnership; `need` is the id of one of its needs that they could answer."""
    viewer = viewer_from(request)
    _, asked, lost = asked_here(request, viewer, partnership_for(viewer, partnership))
    if lost:
        raise Refused(lost)
    return _page(find_providers(viewer, asked))


@router.get("/partnerships/{partnership}/who-could", response=WhoOut, summary="Who could do this")
def who_could_do(
    request: HttpRequest, partnership: UUID, does: str = "", group: str = "", standard: str = ""
) -> dict[str, Any]:
    """Thirty at most of each; nothing asked, nobody given."""
    said = (one[:60].replace("\x00", "") for one in (does, group, standard))
    could, nearly = who_could(viewer_from(request), partnership, Needed(*said))
    return {name: [{"organisation": one.listed, "meets": one.meets, "lacks": one.lacks} for one in found]
            for name, found in (("could", could), ("nearly", nearly))}


@router.get("/partnerships/{partnership}/people-who-could-help", response=list[HelperOut],
            summary="People who could help")
def people_who_could_help(request: HttpRequest, partnership: UUID, q: str = "", kind: str = "") -> Any:
    """By name on the page and without one here; `kind` is consultant or peer."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    return list(people_for(viewer, partnership, q[:100].replace("\x00", ""), kind).cards)


def _page(found: Found) -> dict[str, Any]:
    return {"total": found.total, "beyond": found.beyond, "page": found.page, "pages": found.pages,
            "organisations": found.rows}
