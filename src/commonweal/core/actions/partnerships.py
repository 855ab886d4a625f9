"""Partnerships are formed, joined, given places and roles, and succeeded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from commonweal.core import clock
from commonweal.core.actions.recording import record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.models import (
    Organisation,
    OrganisationSuccession,
    Partnership,
    PartnershipOrganisation,
    PartnershipPlace,
    PartnershipSuccession,
    SuccessionKind,
    Verb,
)
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require

DRAWN = "drawn"


@transaction.atomic
def create_partnership(
    *, by: Viewer, name: str, invented: bool = False, start: date | None = None
) -> Partnership:
    """A new partnership; organisations, places and roles are added to it next."""
    require(by, Permission.CREATE_PARTNERSHIP)
    partnership = saved(Partnership(name=name.strip(), invented=invented, start=start or clock.today()))
    record_event(by=by, verb=Verb.PARTNERSHIP_CREATED, subject=partnership, partnership=partnership.pk)
    return partnership


@transaction.atomic
def add_organisation(
    *, by: Viewer, partnership: Partnership, organisation: Organisation, signs_off: bool = False,
    start: date | None = None,
) -> PartnershipOrganisation:
    """A seat for an organisation; `signs_off` where it must agree what the partnership agrees."""
    require(by, Permission.MANAGE_PARTNERSHIP, partnership.pk)
    if organisation.example != partnership.invented:
        raise Refused("Invented organisations and real ones are never in the same partnership.")
    day = start or clock.today()
    if link := OrganisationSuccession.objects.filter(before=organisation, day__lte=day, keeps=True).first():
        raise Refused(f"{organisation.name} went into {link.after.name} on {link.day:%-d %B %Y}. Add that one.")
    if PartnershipOrganisation.objects.on(day).filter(partnership=partnership, organisation=organisation).exists():
        raise Refused(f"{organisation.name} is already in {partnership.name}.")
    seat = saved(PartnershipOrganisation(
        partnership=partnership, organisation=organisation, signs_off=signs_off, start=day,
    ))
    record_event(by=by, verb=Verb.ORGANISATION_JOINED, subject=seat, partnership=partnership.pk)
    return seat


@transaction.atomic
def add_place(
    *, by: Viewer, partnership: Partnership, kind: str, code: str, vintage: int, name: str,
    areas: Sequence[str] = (), start: date | None = None,
) -> PartnershipPlace:
    """A published area, or (kind "drawn", no code) a named set of small areas of one vintage."""
    require(by, Permission.MANAGE_PARTNERSHIP, partnership.pk)
    codes = [code] if code else list(areas)
    if any(one.startswith("Z") != partnership.invented for one in codes):
        raise Refused("Invented places and real ones are never in the same partnership.")
    place = saved(PartnershipPlace(
        partnership=partnership, kind=kind, code=code, vintage=vintage, name=name.strip(),
        areas=sorted(set(areas)), start=start or clock.today(),
    ))
    record_event(by=by, verb=Verb.PLACE_ADDED, subject=place, partnership=partnership.pk)
    return place


@transaction.atomic
def succeed_partnership(
    *, by: Viewer, before: Sequence[Partnership], after: Sequence[Partnership], day: date
) -> list[PartnershipSuccession]:
    """Several partnerships join in one, or one splits in several; ids are kept and the old ones end on the day."""
    for partnership in (*before, *after):
        require(by, Permission.MANAGE_PARTNERSHIP, partnership.pk)
    if min(len(before), len(after)) != 1:
        raise Refused("A succession joins several partnerships in one, or splits one in several.")
    kind = SuccessionKind.SPLIT if len(after) > 1 else SuccessionKind.JOIN
    links = []
    for old in before:
        for new in after:
            links.append(saved(PartnershipSuccession(before=old, after=new, day=day, kind=kind)))
            record_event(by=by, verb=Verb.PARTNERSHIP_SUCCEEDED, subject=links[-1], partnership=new.pk)
        old.end = day
        saved(old)
    return links
