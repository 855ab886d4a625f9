"""People come, belong to organisations, and can be forgotten."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from commonweal.core import clock
from commonweal.core.actions.organisations import require_for_organisation
from commonweal.core.actions.recording import record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.forgetting import forget_elsewhere
from commonweal.core.forgetting_declared import forget_in_words
from commonweal.core.forgotten_list import note_forgotten
from commonweal.core.models import (
    Department,
    Invitation,
    Membership,
    Organisation,
    Person,
    Tombstone,
    TombstoneReason,
    Verb,
)
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require

FORGOTTEN = "Somebody who has left"


@transaction.atomic
def add_person(
    *, by: Viewer, email: str, name: str, password: str | None = None, staff: bool = False, example: bool = False
) -> Person:
    """An account. Without a password the person sets one by e-mail, or signs in through their council."""
    require(by, Permission.CREATE_ORGANISATION if staff else Permission.MANAGE_PARTNERSHIP)
    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise Refused("Enter an e-mail address in the correct format, like name@example.gov.uk") from error
    if Person.objects.filter(email__iexact=email.strip()).exists():
        raise Refused("There is already an account with this e-mail address.")
    if not name.strip():
        raise Refused("Enter the person's name")
    person = Person.objects.create_user(email, password, name=name.strip(), is_staff=staff, example=example)
    record_event(by=by, verb=Verb.PERSON_ADDED, subject=person)
    return person


@transaction.atomic
def add_member(
    *, by: Viewer, person: Person, organisation: Organisation, department: Department | None = None,
    job: str = "", start: date | None = None,
) -> Membership:
    """A person's place in an organisation; invented people and real organisations are never mixed."""
    require_for_organisation(by, organisation)
    if person.example != organisation.example:
        raise Refused("Invented people belong to invented organisations, and real people to real ones.")
    if department and department.organisation_id != organisation.pk:
        raise Refused(f"{department.name} is not a department of {organisation.name}.")
    membership = saved(Membership(
        person=person, organisation=organisation, department=department, role=job, start=start or clock.today(),
    ))
    record_event(by=by, verb=Verb.MEMBER_ADDED, subject=membership)
    return membership


@transaction.atomic
def erase_person(*, by: Viewer, person: Person, reason: TombstoneReason) -> None:
    """Forget a person: name, address, sign-in, and their job titles in every history row; deeds stay, as ids."""
    require(by, Permission.ERASE_PERSON)
    Invitation.objects.filter(address__iexact=person.email, accepted=None, withdrawn=None).update(
        address="", withdrawn=clock.now()
    )
    forget_elsewhere(person)
    forget_in_words(person)
    from allauth.account.models import EmailAddress
    from allauth.mfa.models import Authenticator
    from allauth.socialaccount.models import SocialAccount

    for kept in (EmailAddress, Authenticator, SocialAccount):
        kept.objects.filter(user=person).delete()
    Membership.objects.filter(person=person).update(role="")
    Membership.history.filter(person=person).update(role="")
    person.name, person.email = FORGOTTEN, f"{person.pk}@erased.invalid"
    person.is_active = person.is_staff = False
    person.set_unusable_password()
    person.save()
    if not Tombstone.objects.filter(subject_type=person._meta.label_lower, subject_id=person.pk).exists():
        stone = Tombstone(subject_type=person._meta.label_lower, subject_id=person.pk, reason=reason)
        stone.save()
        transaction.on_commit(lambda: note_forgotten(stone))
    record_event(by=by, verb=Verb.PERSON_ERASED, subject=person)


def replay_tombstones() -> int:
    """After a backup is restored: forget again everybody who was forgotten; how many there were."""
    from commonweal.core.viewer import SYSTEM

    stones = Tombstone.objects.filter(subject_type=Person._meta.label_lower)
    people = Person.objects.filter(pk__in=stones.values("subject_id")).exclude(email__endswith="@erased.invalid")
    reasons = dict(stones.values_list("subject_id", "reason"))
    for person in people:
        erase_person(by=SYSTEM, person=person, reason=TombstoneReason(reasons[person.pk]))
    return len(people)
