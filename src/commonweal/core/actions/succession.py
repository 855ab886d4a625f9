"""Partnerships are joined or split: organisations, places and people go on; what was written stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from commonweal.core import clock
from commonweal.core.actions.partnerships import (
    add_organisation,
    add_place,
    create_partnership,
    succeed_partnership,
)
from commonweal.core.actions.roles import give_role
from commonweal.core.errors import Refused
from commonweal.core.models import Partnership, PartnershipOrganisation, PartnershipPlace, PartnershipRole
from commonweal.core.permissions import Permission, Role
from commonweal.core.viewer import Viewer, require

FORESEEN = timedelta(days=731)


@dataclass(frozen=True, slots=True)
class Part:
    """One of the partnerships that a split makes: which organisations and places go on in it."""

    name: str
    organisations: frozenset[UUID]
    places: frozenset[UUID]


@transaction.atomic
def join_partnerships(*, by: Viewer, before: Sequence[Partnership], name: str, day: date) -> Partnership:
    """One partnership from several, with all their organisations, places and people, from the day they end."""
    require(by, Permission.CREATE_PARTNERSHIP)
    old = _locked(before)
    if len(old) < 2:
        raise Refused("Choose two partnerships or more to join.")
    if len({one.invented for one in old}) > 1:
        raise Refused("Invented partnerships and real ones are never joined.")
    _require_day(old, day)
    new = create_partnership(by=by, name=name, invented=old[0].invented, start=day)
    _carry(by, old, new, None)
    succeed_partnership(by=by, before=old, after=[new], day=day)
    return new


@transaction.atomic
def split_partnership(
    *, by: Viewer, before: Partnership, parts: Sequence[Part], day: date
) -> tuple[Partnership, ...]:
    """Several partnerships from one; every organisation and place goes on in one part at least."""
    require(by, Permission.CREATE_PARTNERSHIP)
    (old,) = _locked([before])
    if len(parts) < 2 or len({part.name.strip().lower() for part in parts}) < len(parts):
        raise Refused("Give the parts two different names.")
    _require_day([old], day)
    for kind, rows, kept in (
        ("organisation", PartnershipOrganisation, {key for part in parts for key in part.organisations}),
        ("place", PartnershipPlace, {key for part in parts for key in part.places}),
    ):
        field = "organisation_id" if kind == "organisation" else "pk"
        if set(rows.objects.on(day).filter(partnership=old).values_list(field, flat=True)) - kept:
            raise Refused(f"Say for every {kind} in which part it goes on.")
    made = []
    for part in parts:
        new = create_partnership(by=by, name=part.name, invented=old.invented, start=day)
        _carry(by, [old], new, part)
        made.append(new)
    succeed_partnership(by=by, before=[old], after=made, day=day)
    return tuple(made)


def _locked(before: Sequence[Partnership]) -> list[Partnership]:
    keys = {one.pk for one in before}
    return [*Partnership.objects.select_for_update().filter(pk__in=keys).order_by("id")]


def _require_day(old: Sequence[Partnership], day: date) -> None:
    if not clock.today() <= day <= clock.today() + FORESEEN:
        raise Refused("Give today or a day within the next two years.")
    for one in old:
        if one.end is not None:
            raise Refused(f"{one.name} ends on {one.end:%-d %B %Y} already.")
        if day <= one.start:
            raise Refused(f"{one.name} began on {one.start:%-d %B %Y}. Give a later day.")


def _carry(by: Viewer, old: Sequence[Partnership], new: Partnership, part: Part | None) -> None:
    """Seats, places and roles that hold on the day, each once."""
    day = new.start
    seats = PartnershipOrganisation.objects.on(day).filter(partnership__in=old).select_related("organisation")
    signs: dict[UUID, bool] = {}
    bodies = {seat.organisation_id: seat.organisation for seat in seats.order_by("id")}
    for seat in seats:
        signs[seat.organisation_id] = signs.get(seat.organisation_id, False) or seat.signs_off
    for key, body in bodies.items():
        if part is None or key in part.organisations:
            add_organisation(by=by, partnership=new, organisation=body, signs_off=signs[key], start=day)
    _carry_places(by, old, new, part)
    _carry_roles(by, old, new)


def _carry_places(by: Viewer, old: Sequence[Partnership], new: Partnership, part: Part | None) -> None:
    seen = set()
    for place in PartnershipPlace.objects.on(new.start).filter(partnership__in=old).order_by("id"):
        same = (place.kind, place.code, place.vintage, tuple(place.areas))
        if same in seen or (part is not None and place.pk not in part.places):
            continue
        seen.add(same)
        add_place(
            by=by, partnership=new, kind=place.kind, code=place.code, vintage=place.vintage, name=place.name,
            areas=place.areas, start=new.start,
        )


def _carry_roles(by: Viewer, old: Sequence[Partnership], new: Partnership) -> None:
    seated = set(PartnershipOrganisation.objects.filter(partnership=new).values_list("organisation_id", flat=True))
    roles = PartnershipRole.objects.on(new.start).filter(
        partnership__in=old, organisation__in=seated, person__is_active=True
    ).select_related("person", "organisation")
    kept = {(row.person_id, row.organisation_id, row.role): row for row in roles.order_by("id")}
    if not any(role == Role.ADMIN for _, _, role in kept):
        raise Refused(f"{new.name} would have no administrator. Put an organisation that has one in it.")
    for row in kept.values():
        give_role(
            by=by, partnership=new, person=row.person, organisation=row.organisation, role=Role(row.role),
            start=new.start,
        )
