"""Events as people see them: the public list, a partnership's own, one of them, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer
from commonweal.knowledge.event_summary import Said, Summary, summary_of
from commonweal.knowledge.models import (
    AgreedAction,
    Booking,
    BookingState,
    Gathering,
    GatheringKind,
    GatheringState,
)

PAST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event as a list and its page show it; `joining` only where the viewer has a place or hosts it."""

    id: UUID
    partnership: UUID
    partnership_name: str
    host: str
    kind: str
    title: str
    about: str
    day: date
    begins: time
    ends: time
    where: str
    access: str
    contact: str
    places: int | None
    taken: int
    waiting: int
    public: bool
    cancelled: bool
    cancelled_because: str
    on_the_table: tuple[str, ...]
    invited: tuple[dict[str, str], ...]
    over: bool
    hosted: bool
    invented: bool
    recording: str
    recording_about: str
    recording_minutes: int
    changed_at: datetime

    @property
    def left(self) -> str:
        """How many places are left, in words."""
        if self.places is None:
            return "Room for all"
        free = self.places - self.taken
        if free <= 0:
            return f"Full, {self.waiting} waiting" if self.waiting else "Full"
        return f"{free} of {self.places} places left"

    @property
    def open(self) -> bool:
        """Whether anybody may still book."""
        return not self.cancelled and not self.over


@dataclass(frozen=True, slots=True)
class BookingLine:
    """One booking, for the host."""

    id: UUID
    name: str
    email: str
    access_needs: str
    state: BookingState
    state_title: str
    came: bool | None
    erased: bool


@dataclass(frozen=True, slots=True)
class EventAction:
    """One deed agreed at an event."""

    id: UUID
    words: str
    owner: str
    due: date
    done_on: date | None
    mine: bool

    @property
    def late(self) -> bool:
        """Whether its day has passed and it is not done."""
        return self.done_on is None and self.due < clock.today()


def public_events(viewer: Viewer, *, invented: bool = False) -> tuple[EventLine, ...]:
    """What anybody may come to, soonest first; the same for everybody."""
    rows = _rows(viewer).filter(public=True, partnership__invented=invented, day__gte=clock.today())
    return tuple(_line(viewer, row) for row in rows)


def recordings(viewer: Viewer, *, invented: bool = False) -> tuple[Gathering, ...]:
    """Public events that can be heard again, newest first."""
    rows = _rows(viewer).filter(public=True, partnership__invented=invented).exclude(recording="")
    return tuple(rows.order_by("-recorded_at", "id")[:200])


def events_in(viewer: Viewer, partnership: UUID) -> tuple[EventLine, ...]:
    """A partnership's events: those to come soonest first, then what was, newest first."""
    rows = Gathering.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(partnership=partnership)
    lines = [_line(viewer, row) for row in _counted(rows)]
    coming = [one for one in lines if not one.over]
    return (*coming, *[one for one in reversed(lines) if one.over][:PAST_SHOWN])


def event_for(viewer: Viewer, gathering: UUID) -> EventLine:
    """One that the viewer may see."""
    return _line(viewer, event_row(viewer, gathering))


def event_row(viewer: Viewer, gathering: UUID, partnership: UUID | None = None) -> Gathering:
    """The record behind it, for an action."""
    rows = _rows(viewer).filter(pk=gathering)
    found = (rows if partnership is None else rows.filter(partnership=partnership)).first()
    if found is None:
        raise NotFound("There is no such event, or it is not open to you.")
    return found


def own_booking(viewer: Viewer, gathering: UUID) -> Booking | None:
    """The viewer's own."""
    if viewer.person is None:
        return None
    mine = Booking.objects.filter(gathering=gathering, person=viewer.person)
    return mine.exclude(state=BookingState.LEFT).select_related("gathering").first()


def bookings_of(viewer: Viewer, row: Gathering) -> tuple[BookingLine, ...]:
    """Who booked, for people of the host alone."""
    if not hosts(viewer, row):
        return ()
    return tuple(
        BookingLine(one.pk, one.name, one.email, one.access_needs, BookingState(one.state),
                    str(BookingState(one.state).label), one.came, one.erased_at is not None)
        for one in row.bookings.exclude(state=BookingState.LEFT).order_by("state", "booked_at", "id")
    )


def actions_of(viewer: Viewer, row: Gathering) -> tuple[EventAction, ...]:
    """What was agreed there, for those of the partnership."""
    seen = AgreedAction.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(gathering=row)
    own = viewer.organisations_in(row.partnership_id)
    return tuple(
        EventAction(one.pk, one.words, one.owner.name, one.due, one.done_on, one.owner_id in own)
        for one in seen.select_related("owner").order_by("done_on", "due", "id")
    )


def action_of(viewer: Viewer, row: Gathering, action: UUID) -> AgreedAction:
    """The record of one of them."""
    seen = AgreedAction.objects.visible_to(viewer, Purpose.ADMINISTRATION)
    found: AgreedAction | None = seen.filter(gathering=row, pk=action).first()
    if found is None:
        raise NotFound("There is no such action here.")
    return found


def late_actions(viewer: Viewer, partnership: UUID) -> tuple[tuple[Gathering, EventAction], ...]:
    """What the viewer's own organisations agreed at events and is late."""
    seen = AgreedAction.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(
        partnership=partnership, done_on=None, due__lt=clock.today(), gathering__isnull=False,
        owner__in=viewer.organisations_in(partnership))
    return tuple(
        (one.gathering, EventAction(one.pk, one.words, one.owner.name, one.due, None, mine=True))
        for one in seen.select_related("gathering", "owner").order_by("due", "id") if one.gathering
    )


def summary_for(viewer: Viewer, row: Gathering) -> Summary:
    """Drafted from notes and feedback, for those who see the event's partnership."""
    if not viewer.may(Permission.VIEW_PARTNERSHIP, row.partnership_id):
        raise NotFound("What came of this event is for its partnership.")
    placed = list(row.bookings.filter(state=BookingState.PLACE).values_list("came", flat=True))
    answers = row.feedback.order_by("useful", "next", "id").values_list("worth", "useful", "next", "quote")
    return summary_of(answers=[Said(*one) for one in answers], notes=row.notes, booked=len(placed), came=placed)


def hosts(viewer: Viewer, row: Gathering) -> bool:
    """Whether the viewer acts for whoever holds the event."""
    return viewer.organisation_in(row.partnership_id) == row.host_id and viewer.may(
        Permission.DISCUSS, row.partnership_id)


def _rows(viewer: Viewer) -> QuerySet[Gathering]:
    return _counted(Gathering.objects.visible_to(viewer, Purpose.ADMINISTRATION))


def _counted(rows: Any) -> QuerySet[Gathering]:
    found: QuerySet[Gathering] = rows.select_related("host", "partnership").annotate(
        taken=Count("bookings", filter=Q(bookings__state=BookingState.PLACE)),
        waiting=Count("bookings", filter=Q(bookings__state=BookingState.WAITING)),
    ).order_by("day", "begins", "id")
    return found


def _line(viewer: Viewer, row: Any) -> EventLine:
    return EventLine(
        row.pk, row.partnership_id, row.partnership.name, row.host.name, str(GatheringKind(row.kind).label),
        row.title, row.about, row.day, row.begins, row.ends, row.where, row.access, row.contact, row.places,
        row.taken, row.waiting, row.public, row.state == GatheringState.CANCELLED, row.cancelled_because,
        tuple(row.on_the_table), tuple(row.invited), row.day < clock.today(), hosts(viewer, row),
        row.partnership.invented, row.recording, row.recording_about, (row.recording_seconds or 0) // 60,
        row.changed_at,
    )
