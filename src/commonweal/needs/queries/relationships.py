"""Who keeps in touch with whom, where nobody does, what has lapsed, and what was said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Max, QuerySet

from commonweal.core import clock
from commonweal.core.asked_once import asked_once
from commonweal.core.errors import NotFound
from commonweal.core.models import Membership, PartnershipOrganisation, PartnershipRole
from commonweal.core.permissions import ROLES, Permission
from commonweal.core.purpose import Purpose
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import Viewer, require
from commonweal.needs.models import ContactLine, Relationship
from commonweal.needs.queries.partnership_areas import areas_of


class Touch(StrEnum):
    """How it stands with one contact; in the order of the list."""

    NOBODY = "nobody"
    LAPSED = "lapsed"
    IN_TOUCH = "in_touch"


@dataclass(frozen=True, slots=True)
class ContactCard:
    """One organisation or area: who keeps in touch, and since when nobody has."""

    key: str               # of its page: the organisation's id, or the area's code
    name: str
    kind: str
    touch: Touch
    keeper: str = ""
    keeper_id: UUID | None = None
    job: str = ""
    last: date | None = None
    due: date | None = None
    weeks_late: int = 0
    every_weeks: int = 0
    speaks_to: str = ""
    relationship: UUID | None = None
    mine: bool = False


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of the log."""

    id: UUID
    by: str
    with_whom: str
    day: date
    said: str
    next_step: str
    next_by: date | None
    next_done: date | None
    late: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class StepDue:
    """Something promised at a contact, and not done yet."""

    key: str
    name: str
    step: str
    by: date
    late: bool


@asked_once
def contacts_for(viewer: Viewer, partnership: UUID) -> tuple[ContactCard, ...]:
    """Every organisation and area of the partnership: those with nobody first, then those that have lapsed."""
    require(viewer, Permission.VIEW_PARTNERSHIP, partnership)
    rows = Relationship.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(partnership=partnership)
    held = {_key(row): row for row in rows.select_related("keeper").annotate(last=Max("lines__day"))}
    keepers = _keepers(partnership)
    jobs = _jobs({row.keeper_id for row in held.values()})
    open_book = viewer.may(Permission.RECORD_EVIDENCE, partnership)
    cards = [
        _card(key, name, kind, held.get(key), keepers, jobs, viewer, open_book)
        for key, name, kind in _subjects(viewer, partnership)
    ]
    order = list(Touch)
    return tuple(sorted(cards, key=lambda card: (order.index(card.touch), -card.weeks_late)))


def contact_for(viewer: Viewer, partnership: UUID, key: str) -> ContactCard:
    """One of them; NotFound where it is neither an organisation nor an area of the partnership."""
    asked = key.casefold()
    found = next((card for card in contacts_for(viewer, partnership) if card.key.casefold() == asked), None)
    if found is None:
        raise NotFound("There is no such organisation or area in this partnership.")
    return found


def lines_of(viewer: Viewer, partnership: UUID, relationship: UUID | None) -> tuple[LineView, ...]:
    """The log of one contact, newest first; nothing for those who may not read it."""
    rows = ContactLine.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(
        partnership=partnership, relationship=relationship
    )
    today = clock.today()
    return tuple(
        LineView(
            row.pk, row.by.name, row.with_whom, row.day, row.said, row.next_step, row.next_by, row.next_done,
            row.next_done is None and row.next_by is not None and row.next_by < today, row.by_id == viewer.person,
        )
        for row in rows.select_related("by").order_by("-day", "-created")[:200]
    )


def keeper_choices(viewer: Viewer, partnership: UUID, organisation: str = "") -> tuple[tuple[str, str], ...]:
    """People who work on the partnership and could keep in touch; not with their own organisation."""
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    rows = _working(partnership).select_related("person", "organisation").order_by("person__name")
    return tuple({
        str(row.person_id): f"{row.person.name}, {row.organisation.name}"
        for row in rows if str(row.organisation_id) != organisation
    }.items())


def relationship_row(viewer: Viewer, partnership: UUID, relationship: UUID | None) -> Relationship:
    """The row itself, for an action."""
    rows = Relationship.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(partnership=partnership)
    found: Relationship | None = rows.filter(pk=relationship).first() if relationship else None
    if found is None:
        raise NotFound("Nobody is named to keep in touch here yet. Name somebody first.")
    return found


def line_row(viewer: Viewer, partnership: UUID, line: UUID) -> ContactLine:
    """One line, for an action."""
    rows = ContactLine.objects.visible_to(viewer, Purpose.ADMINISTRATION)
    found: ContactLine | None = rows.filter(partnership=partnership, pk=line).first()
    if found is None:
        raise NotFound("There is no such line, or none that you may see.")
    return found


def steps_promised(viewer: Viewer, partnership: UUID) -> tuple[StepDue, ...]:
    """What the viewer promised at a contact that is due within a week or late."""
    today = clock.today()
    rows = ContactLine.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(
        partnership=partnership, by=viewer.person, next_done=None, next_by__lte=today + timedelta(days=7)
    )
    found = rows.select_related("relationship__organisation").order_by("next_by")
    return tuple(
        StepDue(_key(row.relationship), _name(row.relationship), row.next_step, row.next_by, row.next_by < today)
        for row in found if row.next_by is not None
    )


def lapsed_of(viewer: Viewer, partnership: UUID) -> dict[UUID, tuple[ContactCard, ...]]:
    """What has lapsed, by who should keep in touch."""
    found: dict[UUID, tuple[ContactCard, ...]] = {}
    for card in contacts_for(viewer, partnership):
        if card.touch is Touch.LAPSED and card.keeper_id is not None:
            found[card.keeper_id] = (*found.get(card.keeper_id, ()), card)
    return found


def _subjects(viewer: Viewer, partnership: UUID) -> Iterable[tuple[str, str, str]]:
    """Key, name and kind of every organisation (where there are several) and area."""
    seats = partnership_for(viewer, partnership).seats
    if len(seats) > 1:
        yield from ((str(seat.id), seat.name, "organisation") for seat in seats)
    yield from ((area.code, area.name, area.kind) for area in areas_of(viewer, partnership))


def _card(
    key: str, name: str, kind: str, row: Relationship | None, keepers: set[UUID], jobs: dict[UUID, str],
    viewer: Viewer, open_book: bool,
) -> ContactCard:
    if row is None or row.keeper is None or row.keeper_id not in keepers:
        return ContactCard(
            key, name, kind, Touch.NOBODY, relationship=row.pk if row else None,
            every_weeks=row.every_weeks if row else 0,
        )
    last: date | None = row.last  # type: ignore[attr-defined]
    due = max(last or row.kept_since, row.kept_since) + timedelta(weeks=row.every_weeks)
    late = (clock.today() - due).days
    return ContactCard(
        key, name, kind, Touch.LAPSED if late > 0 else Touch.IN_TOUCH, row.keeper.name, row.keeper_id,
        jobs.get(row.keeper_id, ""), last, due, max(0, -(-late // 7)), row.every_weeks,
        row.speaks_to if open_book else "", row.pk, row.keeper_id == viewer.person,
    )


def _working(partnership: UUID) -> QuerySet[PartnershipRole]:
    """Roles in force today that let somebody work on the partnership."""
    able = [role for role, held in ROLES.items() if Permission.RECORD_EVIDENCE in held]
    seats = PartnershipOrganisation.objects.on(clock.today()).filter(partnership=partnership)
    found: QuerySet[PartnershipRole] = PartnershipRole.objects.on(clock.today()).filter(
        partnership=partnership, role__in=able, person__is_active=True,
        organisation__in=seats.values("organisation"),
    )
    return found


def _keepers(partnership: UUID) -> set[UUID]:
    return set(_working(partnership).values_list("person_id", flat=True))


def _jobs(people: set[UUID | None]) -> dict[UUID, str]:
    rows = Membership.objects.on(clock.today()).filter(person__in=people - {None}).exclude(role="")
    return dict(rows.order_by("start").values_list("person_id", "role"))


def _key(row: Relationship) -> str:
    return str(row.organisation_id) if row.organisation_id else row.area_code


def _name(row: Relationship) -> str:
    return row.organisation.name if row.organisation else row.area_name
