"""Organisations merge or are divided: seats, people and what they held go on in the new ones; the old are kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from commonweal.core import clock
from commonweal.core.actions.organisations import create_organisation
from commonweal.core.actions.partnerships import add_organisation
from commonweal.core.actions.recording import record_event, saved
from commonweal.core.actions.roles import give_role
from commonweal.core.actions.succession import FORESEEN
from commonweal.core.errors import Refused
from commonweal.core.models import (
    Department,
    Membership,
    Organisation,
    OrganisationIdentifier,
    OrganisationKind,
    OrganisationSuccession,
    PartnershipOrganisation,
    PartnershipRole,
    SuccessionKind,
    Verb,
)
from commonweal.core.permissions import Permission, Role
from commonweal.core.viewer import Viewer, require


@dataclass(frozen=True, slots=True)
class Piece:
    """One of the organisations that a division makes, and which people go on in it."""

    name: str
    people: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class _Step:
    """One organisation going into another, for some of its people (None: for all)."""

    old: Organisation
    new: Organisation
    people: frozenset[UUID] | None
    keeps: bool


@transaction.atomic
def merge_organisations(
    *, by: Viewer, before: Sequence[Organisation], into: Organisation | str, day: date, law: str
) -> Organisation:
    """Several become one from a day: a new one by name, or one that goes on and takes the others in."""
    require(by, Permission.CREATE_ORGANISATION)
    old = _locked(one for one in before if one != into)
    if not old or (isinstance(into, str) and len(old) < 2):
        raise Refused("Choose two organisations or more to merge.")
    new = into if isinstance(into, Organisation) else _made(by, into, old[0])
    if len({one.example for one in (*old, new)}) > 1:
        raise Refused("Invented organisations and real ones are never merged.")
    _require_sensible([*old, new], day, law)
    for one in old:
        _pass_on(by, _Step(one, new, None, True), SuccessionKind.JOIN, day, law)
        _end(one, day)
    return new


@transaction.atomic
def divide_organisation(
    *, by: Viewer, before: Organisation, pieces: Sequence[Piece], day: date, law: str
) -> tuple[Organisation, ...]:
    """Several from one; the first keeps what the old one held alone, and whoever is in no other piece."""
    require(by, Permission.CREATE_ORGANISATION)
    (old,) = _locked([before])
    if len(pieces) < 2 or len({piece.name.strip().casefold() for piece in pieces}) < len(pieces):
        raise Refused("Give the parts two different names.")
    _require_sensible([old], day, law)
    made = [_made(by, piece.name, old) for piece in pieces]
    elsewhere = frozenset(person for piece in pieces[1:] for person in piece.people)
    held = Membership.objects.filter(organisation=old).values_list("person_id", flat=True)
    roles = PartnershipRole.objects.filter(organisation=old).values_list("person_id", flat=True)
    first = pieces[0].people | ((frozenset(held) | frozenset(roles)) - elsewhere)
    for new, piece in zip(made, pieces, strict=True):
        keeps = new is made[0]
        _pass_on(by, _Step(old, new, first if keeps else piece.people, keeps), SuccessionKind.SPLIT, day, law)
    _end(old, day)
    return tuple(made)


def _made(by: Viewer, name: str, like: Organisation) -> Organisation:
    if Organisation.objects.filter(name__iexact=name.strip(), example=like.example).exists():
        raise Refused(f"There is an organisation called {name.strip()} already. Choose it, or give another name.")
    return create_organisation(by=by, name=name, kind=OrganisationKind(like.kind), example=like.example)


def _locked(before: Iterable[Organisation]) -> list[Organisation]:
    keys = {one.pk for one in before}
    return [*Organisation.objects.select_for_update().filter(pk__in=keys).order_by("id")]


def _require_sensible(rows: Sequence[Organisation], day: date, law: str) -> None:
    if not clock.today() <= day <= clock.today() + FORESEEN:
        raise Refused("Give today or a day within the next two years.")
    if not law.strip():
        raise Refused("Say by which order, act or deed.")
    for row in rows:
        if row.heirs.exists():
            raise Refused(f"What becomes of {row.name} is settled already.")
    goes_on = PartnershipOrganisation.objects.filter(
        partnership=OuterRef("partnership"), organisation=OuterRef("organisation"), end=OuterRef("start"))
    late = PartnershipOrganisation.objects.filter(
        ~Exists(goes_on), organisation__in=rows, start__gte=day, end=None)
    if seat := late.select_related("organisation", "partnership").first():
        raise Refused(
            f"{seat.organisation.name} joins {seat.partnership.name} on {seat.start:%-d %B %Y}. Give a later day."
        )


def _pass_on(by: Viewer, step: _Step, kind: SuccessionKind, day: date, law: str) -> None:
    link = saved(OrganisationSuccession(
        before=step.old, after=step.new, day=day, kind=kind, law=law.strip(), keeps=step.keeps
    ))
    record_event(by=by, verb=Verb.ORGANISATION_SUCCEEDED, subject=link)
    _seats(by, step, day)
    _roles(by, step, day)
    _people(step, day)


def _seats(by: Viewer, step: _Step, day: date) -> None:
    seats = PartnershipOrganisation.objects.on(day).filter(organisation=step.old)
    for seat in seats.exclude(partnership__end__lte=day).select_related("partnership").order_by("id"):
        there = PartnershipOrganisation.objects.on(day).filter(partnership=seat.partnership, organisation=step.new)
        own = there.first()
        if own is None:
            add_organisation(
                by=by, partnership=seat.partnership, organisation=step.new, signs_off=seat.signs_off, start=day
            )
        elif seat.signs_off and not own.signs_off:
            _sign_from(own, day)


def _sign_from(own: PartnershipOrganisation, day: date) -> None:
    """The voice of the one that goes comes with the day, no sooner: the seat as it is ends then, and goes on."""
    if own.start < day:
        onward = PartnershipOrganisation(
            partnership_id=own.partnership_id, organisation_id=own.organisation_id, start=day, end=own.end)
        own.end = day
        saved(own)
        own = onward
    own.signs_off = True
    saved(own)


def _roles(by: Viewer, step: _Step, day: date) -> None:
    roles = PartnershipRole.objects.on(day).filter(organisation=step.old, person__is_active=True)
    roles = roles.exclude(partnership__end__lte=day).select_related("partnership", "person")
    for row in roles.order_by("id"):
        held = PartnershipRole.objects.on(day).filter(
            partnership=row.partnership, person=row.person, organisation=step.new, role=row.role
        )
        if (step.people is None or row.person_id in step.people) and not held.exists():
            give_role(
                by=by, partnership=row.partnership, person=row.person, organisation=step.new, role=Role(row.role),
                start=day,
            )


def _people(step: _Step, day: date) -> None:
    """Departments of the same name, and everybody's place in them."""
    parts = {one.name.casefold(): one for one in Department.objects.filter(organisation=step.new, retired=None)}
    for part in Department.objects.filter(organisation=step.old, retired=None).order_by("id"):
        if part.name.casefold() not in parts:
            parts[part.name.casefold()] = saved(Department(
                organisation=step.new, name=part.name, commissions=part.commissions
            ))
    members = Membership.objects.on(day).filter(organisation=step.old).select_related("department")
    for row in members.order_by("id"):
        there = Membership.objects.on(day).filter(organisation=step.new, person=row.person_id)
        if (step.people is None or row.person_id in step.people) and not there.exists():
            saved(Membership(
                person_id=row.person_id, organisation=step.new, role=row.role, start=day,
                department=parts.get(row.department.name.casefold()) if row.department else None,
            ))


def _end(old: Organisation, day: date) -> None:
    """Seats, roles, places and numbers of the old one hold until the day; a role to come never begins."""
    for model in (PartnershipOrganisation, Membership, OrganisationIdentifier, PartnershipRole):
        for row in model.objects.filter(Q(end=None) | Q(end__gt=day), organisation=old).order_by("id"):
            if row.start < day or model is PartnershipRole:
                row.end = max(day, row.start)
                saved(row)
