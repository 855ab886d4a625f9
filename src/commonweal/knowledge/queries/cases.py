"""The library of case studies as one reader may see it, a partnership's own drafts, and peers who may be rung."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.models import PartnershipPlace
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer
from commonweal.knowledge.cases import Case, Result, Source, kind_of, library
from commonweal.knowledge.models import CaseStudy, CaseText, PeerOffer, SeenBy, Side

NONE = "There is no such case here."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; what is left empty does not narrow."""

    q: str = ""
    place: str = ""
    service: str = ""
    need: str = ""
    vehicle: str = ""
    step: str = ""
    known: str = ""

    def fits(self, case: Case) -> bool:
        """Whether a case is wanted."""
        said = " ".join((case.title, case.place, case.answer, *case.did, *case.lessons)).casefold()
        return (
            all(word in said for word in self.q.casefold().split())
            and self.place in ("", case.kind) and self.vehicle in ("", case.vehicle)
            and self.step in ("", case.step) and self.known in ("", case.known)
            and (not self.service or self.service in case.services)
            and (not self.need or self.need in case.needs)
        )


@dataclass(frozen=True, slots=True)
class OwnCase:
    """A partnership's own case in its newest text, and how far it has come."""

    id: UUID
    case: Case
    number: int
    client: str
    provider: str
    agreed: tuple[str, ...]      # the sides that agree to this text
    waits_for: tuple[str, ...]   # the organisations that do not yet
    published_number: int | None
    published_at: datetime | None
    my_side: str

    @property
    def ready(self) -> bool:
        """Whether both sides agree and this text is not yet the published one."""
        return not self.waits_for and self.published_number != self.number

    @property
    def waits_for_me(self) -> bool:
        """Whether the viewer's side has still to read it."""
        return bool(self.my_side) and self.my_side not in self.agreed

    @property
    def state(self) -> str:
        """How it stands, in words."""
        if self.published_number == self.number:
            return "Published"
        shown = "Published in an earlier text. " if self.published_number else ""
        waits = f"Waits for {' and '.join(self.waits_for)}"
        return shown + (waits if self.waits_for else "Agreed by both sides")


@dataclass(frozen=True, slots=True)
class Peer:
    """Somebody who may be rung."""

    id: UUID
    name: str
    organisation: str
    about: str
    reach: str
    case: str
    seen_by: SeenBy
    until: date
    mine: bool
    over: bool


def cases_for(viewer: Viewer, wanted: Wanted | None = None) -> tuple[Case, ...]:
    """Those that are wanted: what is shipped, and what partnerships have published. Best known first."""
    order = ("figures", "outline", "own", "named")
    every = (*library(), *_published(viewer))
    found = [one for one in every if wanted is None or wanted.fits(one)]
    return tuple(sorted(found, key=lambda one: (order.index(one.known), one.title)))


def case_for(viewer: Viewer, key: str) -> Case:
    """One case of the library, by its key."""
    found = next((one for one in (*library(), *_published(viewer)) if one.key == key), None)
    if found is None:
        raise NotFound(NONE)
    return found


def case_known(viewer: Viewer, key: str) -> bool:
    """Whether the viewer can read a case of that key."""
    return any(one.key == key for one in (*library(), *_published(viewer)))


def own_cases(viewer: Viewer, partnership: UUID) -> tuple[OwnCase, ...]:
    """Every case of the partnership, those that wait for the viewer first."""
    rows = _own(viewer, partnership).select_related("client", "provider").order_by("created", "id")
    found = [_own_view(viewer, row) for row in rows]
    return tuple(sorted(found, key=lambda one: not one.waits_for_me))


def own_case(viewer: Viewer, partnership: UUID, case: UUID) -> OwnCase:
    """One of them."""
    return _own_view(viewer, case_row(viewer, partnership, case))


def case_row(viewer: Viewer, partnership: UUID, case: UUID) -> CaseStudy:
    """The record behind it, for an action."""
    rows = _own(viewer, partnership).select_related("client", "provider")
    found: CaseStudy | None = rows.filter(pk=case).first()
    if found is None:
        raise NotFound(NONE)
    return found


def newest_text(case: CaseStudy) -> CaseText:
    """Its newest version."""
    found: CaseText = case.versions.select_related("identity").latest("number")
    return found


def peers_of(viewer: Viewer, key: str) -> tuple[Peer, ...]:
    """Who may be rung about one case; nobody without an account sees any."""
    return _peers(viewer, PeerOffer.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(case=key))


def peers_here(viewer: Viewer, partnership: UUID) -> tuple[Peer, ...]:
    """Who of this partnership may be rung about anything, one's own offers first."""
    rows = PeerOffer.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(partnership=partnership)
    return tuple(sorted(_peers(viewer, rows), key=lambda one: not one.mine))


def peer_row(viewer: Viewer, partnership: UUID, offer: UUID) -> PeerOffer:
    """The record behind an offer."""
    rows = PeerOffer.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(partnership=partnership)
    found: PeerOffer | None = rows.filter(pk=offer).first()
    if found is None:
        raise NotFound("There is no such offer, or it has ended.")
    return found


def _peers(viewer: Viewer, rows: QuerySet[PeerOffer]) -> tuple[Peer, ...]:
    found = rows.filter(person__is_active=True).select_related("person", "organisation").order_by("until", "id")
    return tuple(
        Peer(one.pk, one.person.name, one.organisation.name, one.about, one.reach, one.case, SeenBy(one.seen_by),
             one.until, one.person_id == viewer.person, one.until < clock.today())
        for one in found
    )


def _own(viewer: Viewer, partnership: UUID) -> QuerySet[CaseStudy]:
    seen: QuerySet[CaseStudy] = CaseStudy.objects.visible_to(viewer, Purpose.ADMINISTRATION)
    return seen.filter(partnership=partnership)


def _published(viewer: Viewer) -> tuple[Case, ...]:
    """Published by partnerships here; what is invented only to people of the invented partnership."""
    rows = CaseStudy.objects.filter(
        Q(partnership__invented=False) | Q(partnership__in=viewer.partnerships()), published__isnull=False
    )
    found = rows.select_related("published", "partnership", "client", "provider").order_by("published_at", "id")
    places = _places(one.partnership_id for one in found)
    return tuple(_case_of(one, one.published, places) for one in found if one.published)


def _own_view(viewer: Viewer, row: CaseStudy) -> OwnCase:
    text = newest_text(row)
    agreed = tuple(text.agreed.order_by("agreed_at").values_list("side", flat=True))
    sides = {Side.CLIENT.value: row.client, Side.PROVIDER.value: row.provider}
    acted = viewer.organisation_in(row.partnership_id)
    mine = next((side for side, organisation in sides.items() if organisation.pk == acted), "")
    return OwnCase(
        row.pk, _case_of(row, text, _places([row.partnership_id])), text.number, row.client.name,
        row.provider.name, agreed, tuple(one.name for side, one in sides.items() if side not in agreed),
        row.published.number if row.published else None, row.published_at, mine,
    )


def _places(partnerships: Iterable[UUID]) -> dict[UUID, PartnershipPlace]:
    rows = PartnershipPlace.objects.filter(partnership__in=list(partnerships)).order_by("-created", "-id")
    return {one.partnership_id: one for one in rows}


def _case_of(row: CaseStudy, text: CaseText, places: dict[UUID, PartnershipPlace]) -> Case:
    place = places.get(row.partnership_id)
    code = place.code if place else ""
    by = f"{row.client.name} and {row.provider.name}"
    return replace(
        _blank(str(row.pk)), title=text.title, place=place.name if place else row.partnership.name,
        kind=kind_of(code) or "unknown", codes=(code,) if code else (), years=text.years,
        services=tuple(text.services), needs=tuple(text.needs), vehicle=text.vehicle or None, step=text.step,
        answer=text.answer, needed=text.needed or None, did=_lines(text.did), money=text.money or None,
        results=(Result(text.results, text.results_n or None),) if text.results else (),
        failed=_lines(text.failed), contact=text.contact or None, missing=_lines(text.missing),
        known_says=f"Written by {by}.", lessons=_lines(text.lessons),
        source=Source(by, "", "P"), checked=f"Text {text.number}, {text.written_at:%-d %B %Y}.",
        invented=row.partnership.invented,
    )


def _blank(key: str) -> Case:
    return Case(
        key=key, title="", place="", kind="unknown", codes=(), years="", services=(), needs=(), vehicle=None,
        step="", answer="", needed=None, did=(), money=None, results=(), failed=(), contact=None, known="own",
        known_says="", missing=(), lessons=(), source=Source("", "", "P"), checked="",
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip(" -•\t") for line in text.splitlines() if line.strip(" -•\t"))
