"""Organisations come to be known: made, named by others' numbers, described with a source."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from commonweal.core import clock
from commonweal.core.actions.recording import record_event, saved
from commonweal.core.errors import NotAllowed
from commonweal.core.models import (
    Department,
    Organisation,
    OrganisationFact,
    OrganisationIdentifier,
    OrganisationKind,
    Verb,
    Visibility,
)
from commonweal.core.permissions import Permission, Role
from commonweal.core.viewer import Viewer, require


@transaction.atomic
def create_organisation(*, by: Viewer, name: str, kind: OrganisationKind, example: bool = False) -> Organisation:
    """A new organisation; `example` marks one invented for the worked example."""
    require(by, Permission.CREATE_ORGANISATION)
    organisation = saved(Organisation(name=name.strip(), kind=kind, example=example))
    record_event(by=by, verb=Verb.ORGANISATION_CREATED, subject=organisation)
    return organisation


@transaction.atomic
def add_department(*, by: Viewer, organisation: Organisation, name: str, commissions: str = "") -> Department:
    """A department of an organisation, and what it buys or funds."""
    require_for_organisation(by, organisation)
    department = saved(Department(
        organisation=organisation, name=" ".join(name.split()), commissions=" ".join(commissions.split()),
    ))
    record_event(by=by, verb=Verb.DEPARTMENT_ADDED, subject=department)
    return department


@transaction.atomic
def identify_organisation(
    *, by: Viewer, organisation: Organisation, scheme: str, value: str, source: str, start: date | None = None
) -> OrganisationIdentifier:
    """What somebody else calls an organisation."""
    require_for_organisation(by, organisation)
    identifier = saved(OrganisationIdentifier(
        organisation=organisation, scheme=scheme, value=value, source=source, start=start or clock.today(),
    ))
    record_event(by=by, verb=Verb.ORGANISATION_IDENTIFIED, subject=organisation)
    return identifier


@transaction.atomic
def record_fact(
    *, by: Viewer, organisation: Organisation, kind: str, value: Any, source: str, as_at: date,
    visibility: Visibility = Visibility.OWN,
) -> OrganisationFact:
    """Something known of an organisation, its source and date with it."""
    require_for_organisation(by, organisation)
    fact = saved(OrganisationFact(
        organisation=organisation, kind=kind, value=value, source=source, as_at=as_at, visibility=visibility,
    ))
    record_event(by=by, verb=Verb.FACT_RECORDED, subject=fact)
    return fact


def require_for_organisation(by: Viewer, organisation: Organisation) -> None:
    """Refuse unless `by` is staff of the installation or an administrator for this very organisation."""
    require(by, Permission.EDIT_ORGANISATION)
    own = any(g.organisation == organisation.pk and g.role is Role.ADMIN for g in by.grants)
    if not (by.system or by.staff or own):
        raise NotAllowed(f"Only an administrator of {organisation.name} can change what is known of it.")
