"""Somebody is asked to take part: account, place in their organisation and role, all or none."""

from __future__ import annotations

from django.db import transaction

from commonweal.core import clock
from commonweal.core.actions.people import add_person
from commonweal.core.actions.recording import record_event, saved
from commonweal.core.actions.roles import give_role
from commonweal.core.models import Membership, Organisation, Partnership, Person, Verb
from commonweal.core.permissions import Role
from commonweal.core.viewer import Viewer


@transaction.atomic
def invite(
    *, by: Viewer, partnership: Partnership, email: str, name: str, organisation: Organisation, role: Role
) -> Person:
    """Give a role to the person with that address, making the account if there is none yet."""
    person = Person.objects.filter(email__iexact=email.strip()).first()
    if person is None:
        person = add_person(by=by, email=email, name=name, example=partnership.invented)
    give_role(by=by, partnership=partnership, person=person, organisation=organisation, role=role)
    if not Membership.objects.on(clock.today()).filter(person=person, organisation=organisation).exists():
        membership = saved(Membership(person=person, organisation=organisation, start=clock.today()))
        record_event(by=by, verb=Verb.MEMBER_ADDED, subject=membership, partnership=partnership.pk)
    return person


