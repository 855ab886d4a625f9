"""What is there for groups in a partnership's places, and what one's own group applied for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.models import Partnership, PartnershipPlace
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.providers.models import Application, ApplicationState, Offer, OfferKind, Welcome

FADES = timedelta(days=183)
WAITING = (ApplicationState.THINKING, ApplicationState.WRITING, ApplicationState.SENT)


@dataclass(frozen=True, slots=True)
class WelcomeCard:
    """A page for groups in a list."""

    partnership: UUID
    name: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfferCard:
    """One thing that groups can have; `old` where nobody has looked it up for half a year."""

    id: UUID
    kind: OfferKind
    title: str
    words: str
    giver: str
    least: Decimal | None
    most: Decimal | None
    closes: date | None
    where: str
    places: int | None
    web: str
    ask: str
    source: str
    checked: date
    old: bool
    mine: bool
    by: str


@dataclass(frozen=True, slots=True)
class Stop:
    """The page for groups: who answers, where, and what is offered, by kind."""

    partnership: UUID
    name: str
    invented: bool
    shown: bool
    words: str
    person: str
    phone: str
    email: str
    answers: str
    codes: tuple[str, ...]
    places: tuple[str, ...]
    offers: tuple[tuple[OfferKind, tuple[OfferCard, ...]], ...]


@dataclass(frozen=True, slots=True)
class ApplicationCard:
    """One application; `late` where its day has passed and it is still being written."""

    id: UUID
    title: str
    to: str
    state: ApplicationState
    asked: Decimal | None
    got: Decimal | None
    due: date | None
    answer_by: date | None
    why: str
    learnt: str
    offer: OfferCard | None
    next: str
    late: bool


def stops(viewer: Viewer) -> tuple[WelcomeCard, ...]:
    """Every page for groups that the viewer may read, by the partnership's name."""
    rows = list(Welcome.objects.filter(shown=True).select_related("partnership"))
    rows += list(Welcome.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(shown=False)
                 .select_related("partnership"))
    today = clock.today()
    there = PartnershipPlace.objects.on(today).filter(partnership__in=[row.partnership_id for row in rows])
    names: dict[UUID, list[str]] = {}
    for place in there.order_by("name"):
        names.setdefault(place.partnership_id, []).append(place.name)
    cards = [WelcomeCard(row.partnership_id, row.partnership.name, tuple(names.get(row.partnership_id, ())))
             for row in rows if row.partnership.end is None or row.partnership.end > today]
    return tuple(sorted(cards, key=lambda card: card.name))


def stop_for(viewer: Viewer, partnership: UUID) -> Stop:
    """One page for groups: everybody's where it is shown, else of those in the partnership."""
    row = Welcome.objects.select_related("partnership", "organisation").filter(partnership=partnership).first()
    mine = viewer.system or partnership in viewer.partnerships()
    over = row is not None and row.partnership.end is not None and row.partnership.end <= clock.today()
    if row is None or over or not (row.shown or mine):
        raise NotFound("There is no such page for groups, or it is not open yet.")
    places = tuple(PartnershipPlace.objects.on(clock.today()).filter(partnership=partnership).order_by("name"))
    offers = [card for card in _offers(viewer, partnership) if not _past(card)]
    return Stop(
        partnership, row.partnership.name, row.partnership.invented, row.shown, row.words, row.name, row.phone,
        row.email, row.organisation.name, tuple(one.code for one in places if one.code),
        tuple(one.name for one in places),
        tuple((kind, tuple(card for card in offers if card.kind == kind)) for kind in OfferKind),
    )


def welcome_of(viewer: Viewer, partnership: UUID) -> Welcome | None:
    """The row itself, for whoever is in the partnership."""
    found: Welcome | None = Welcome.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(
        partnership=partnership).first()
    return found


def offers_for(viewer: Viewer, partnership: UUID) -> tuple[OfferCard, ...]:
    """Every offer that stands, whether its day has passed or not, for those in the partnership."""
    require(viewer, Permission.VIEW_PARTNERSHIP, partnership)
    return _offers(viewer, partnership)


def offer_row(viewer: Viewer, partnership: UUID, offer: UUID) -> Offer:
    """The row itself, for an action."""
    rows = Offer.objects.visible_to(viewer, Purpose.ADMINISTRATION)
    found: Offer | None = rows.filter(pk=offer, partnership=partnership).first()
    if found is None:
        raise NotFound("There is no such offer, or none that you may see.")
    return found


def applications_for(viewer: Viewer, partnership: UUID) -> tuple[ApplicationCard, ...]:
    """What the viewer's own organisation applied for: what is under way first, by its day."""
    rows = Application.objects.of(viewer, partnership).select_related("offer__organisation")
    cards = [_application(viewer, row) for row in rows]
    return tuple(sorted(cards, key=lambda one: (one.state not in WAITING, one.due or one.answer_by or date.max,
                                                one.title)))


def application_row(viewer: Viewer, partnership: UUID, application: UUID) -> Application:
    """The row itself, of the viewer's own organisation."""
    found: Application | None = Application.objects.of(viewer, partnership).filter(pk=application).first()
    if found is None:
        raise NotFound("There is no such application of your organisation.")
    return found


def partnership_row(partnership: UUID) -> Partnership:
    """The partnership itself, for an action."""
    return Partnership.objects.get(pk=partnership)


def _offers(viewer: Viewer, partnership: UUID) -> tuple[OfferCard, ...]:
    rows = Offer.objects.filter(partnership=partnership, ended=False).select_related("organisation")
    own = set(viewer.organisations_in(partnership))
    cards = [_offer(row, own) for row in rows]
    return tuple(sorted(cards, key=lambda one: (one.closes or date.max, one.title)))


def _offer(row: Offer, own: set[UUID]) -> OfferCard:
    return OfferCard(
        row.pk, OfferKind(row.kind), row.title, row.words, row.giver, row.least, row.most, row.closes, row.where,
        row.places, row.web, row.ask, row.source, row.checked, clock.today() - row.checked > FADES,
        row.organisation_id in own, row.organisation.name,
    )


def _past(card: OfferCard) -> bool:
    return card.closes is not None and card.closes < clock.today()


def _application(viewer: Viewer, row: Any) -> ApplicationCard:
    state, today = ApplicationState(row.state), clock.today()
    late = bool(row.due and row.due < today and state in WAITING[:2])
    return ApplicationCard(
        row.pk, row.title, row.to, state, row.asked, row.got, row.due, row.answer_by, row.why, row.learnt,
        _offer(row.offer, set()) if row.offer else None, _next(row, state, today), late,
    )


def _next(row: Any, state: ApplicationState, today: date) -> str:
    """What to do next, in a sentence."""
    if state in WAITING[:2] and row.due:
        days = (row.due - today).days
        if days < 0:
            return f"Its day was {row.due:%-d %B %Y}. Say whether you sent it."
        return "It must be in today." if days == 0 else f"{days} day{'' if days == 1 else 's'} left to send it."
    if state == ApplicationState.SENT and row.answer_by:
        late = row.answer_by < today
        return (f"The answer was due on {row.answer_by:%-d %B %Y}: ask." if late
                else f"The answer is due by {row.answer_by:%-d %B %Y}.")
    return ""
