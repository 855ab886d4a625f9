"""Somebody is asked to take part, and takes part only once they have accepted."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from commonweal.core import clock
from commonweal.core.actions.people import add_person
from commonweal.core.actions.recording import record_event, saved
from commonweal.core.actions.roles import answers_for, give_role, may_give, require_may_give
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.models import Invitation, Membership, Organisation, Partnership, PartnershipRole, Person, Verb
from commonweal.core.models.invitations import expiry, hash_of, new_token
from commonweal.core.permissions import Role
from commonweal.core.viewer import Viewer, viewer_of

ADDRESS_KEPT = timedelta(days=30)  # after an invitation's time is over
INVENTED_ADDRESSES = (".example", "@example.com", "@example.org")
OVER = "This invitation no longer works. Ask the partnership for a new one."


@transaction.atomic
def invite(
    *, by: Viewer, partnership: Partnership, address: str, organisation: Organisation, role: Role
) -> tuple[Invitation, str]:
    """An invitation and the token of its link. Whether the address has an account is neither asked nor told."""
    require_may_give(by, partnership, organisation)
    address = _address(address, partnership)
    same = Invitation.objects.select_for_update().filter(
        partnership=partnership, organisation=organisation, role=role, address=address, accepted=None,
        withdrawn=None,
    ).first()
    if same is not None and not same.expired:
        raise Refused("There is already an invitation to this address for this role. You can send it again.")
    if same is not None:
        return same, _renew(by, same)
    token = new_token()
    made = saved(Invitation(
        partnership=partnership, organisation=organisation, role=role, address=address,
        token_hash=hash_of(token), by=_person(by), on_behalf_of_id=by.organisation_in(partnership.pk),
    ))
    record_event(by=by, verb=Verb.INVITED, subject=made, partnership=partnership.pk)
    return made, token


@transaction.atomic
def send_invitation_again(*, by: Viewer, invitation: Invitation) -> str:
    """A new link for fourteen days more; the old one stops working."""
    locked = _pending(by, invitation)
    return _renew(by, locked)


@transaction.atomic
def withdraw_invitation(*, by: Viewer, invitation: Invitation) -> None:
    """The link stops working, and the address is forgotten."""
    locked = _pending(by, invitation)
    locked.withdrawn, locked.address = clock.now(), ""
    saved(locked)
    record_event(by=by, verb=Verb.INVITATION_WITHDRAWN, subject=locked, partnership=locked.partnership_id)


@transaction.atomic
def accept_invitation(*, by: Viewer, token: str) -> PartnershipRole:
    """Take the role that was offered; only the person whose address it went to can."""
    invitation = _behind(token)
    person = _person(by)
    if person.email.lower() != invitation.address.lower():
        raise Refused("This invitation went to another address. Sign out, then open its link again.")
    return _take_part(invitation, person)


@transaction.atomic
def accept_as_new(*, token: str, name: str, password: str | None) -> Person:
    """Accept without an account: it is made, with its holder's own name and password, and takes the role."""
    invitation = _behind(token)
    inviter = _word_of(invitation)
    person = add_person(
        by=inviter, email=invitation.address, name=name, password=password,
        example=invitation.partnership.invented,
    )
    _take_part(invitation, person)
    return person


@transaction.atomic
def forget_old_addresses() -> int:
    """Close invitations whose time was over a month ago, address and all; how many there were."""
    old = Invitation.objects.filter(accepted=None, withdrawn=None, expires__lt=clock.now() - ADDRESS_KEPT)
    closed: int = old.update(withdrawn=clock.now(), address="")
    return closed


def _person(by: Viewer) -> Person:
    """The person who acts: an invitation is from somebody, and accepted by somebody."""
    person = Person.objects.filter(pk=by.person, is_active=True).first() if by.person else None
    if person is None:
        raise NotAllowed("Sign in first.")
    return person


def _address(address: str, partnership: Partnership) -> str:
    address = address.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise Refused("Enter an e-mail address in the correct format, like name@example.gov.uk") from error
    if partnership.invented and not address.endswith(INVENTED_ADDRESSES):
        raise Refused("This partnership is invented: end the address in @example.com, so that it is nobody's.")
    return address


def _pending(by: Viewer, invitation: Invitation) -> Invitation:
    """The invitation, locked, where `by` may still settle it."""
    locked: Invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    require_may_give(by, locked.partnership, locked.organisation)
    if not locked.pending:
        raise Refused("This invitation has already been accepted or withdrawn.")
    return locked


def _renew(by: Viewer, invitation: Invitation) -> str:
    token = new_token()
    invitation.token_hash, invitation.expires, invitation.by = hash_of(token), expiry(), _person(by)
    invitation.on_behalf_of_id = by.organisation_in(invitation.partnership_id)
    saved(invitation)
    record_event(by=by, verb=Verb.INVITED_AGAIN, subject=invitation, partnership=invitation.partnership_id)
    return token


def _behind(token: str) -> Invitation:
    """The open invitation with this token, locked so that it is taken once."""
    found: Invitation | None = Invitation.objects.select_for_update().filter(token_hash=hash_of(token)).first()
    if found is None:
        raise NotFound("There is no such invitation. Open the link in the e-mail again, whole.")
    if not found.pending or found.expired:
        raise Refused(OVER)
    return found


def _word_of(invitation: Invitation) -> Viewer:
    """Whoever invited, if they could still do so today."""
    acted = invitation.on_behalf_of_id
    inviter = viewer_of(invitation.by, ((invitation.partnership_id, acted),) if acted else ())
    if not may_give(inviter, invitation.partnership, invitation.organisation):
        raise Refused(OVER)
    return inviter


def _take_part(invitation: Invitation, person: Person) -> PartnershipRole:
    """Give the role on the word of whoever invited, where that word still counts."""
    inviter = _word_of(invitation)
    partnership, organisation, role = invitation.partnership, invitation.organisation, Role(invitation.role)
    _require_no_stranger_at_the_head(inviter, person, organisation, role)
    held = PartnershipRole.objects.on(clock.today()).filter(
        partnership=partnership, organisation=organisation, person=person, role=role
    ).first()
    vouched = answers_for(inviter, organisation)
    given = held or give_role(
        by=inviter, partnership=partnership, person=person, organisation=organisation, role=role
    )
    if vouched:
        _belong(inviter, person, organisation)
    invitation.accepted, invitation.accepted_by, invitation.address = clock.now(), person, ""
    saved(invitation)
    record_event(
        by=viewer_of(person, ((partnership.pk, organisation.pk),)), verb=Verb.INVITATION_ACCEPTED,
        subject=invitation, partnership=partnership.pk,
    )
    return given


def _belong(by: Viewer, person: Person, organisation: Organisation) -> None:
    """A place in the organisation, for whoever has none today."""
    if Membership.objects.on(clock.today()).filter(person=person, organisation=organisation).exists():
        return
    membership = saved(Membership(person=person, organisation=organisation, start=clock.today()))
    record_event(by=by, verb=Verb.MEMBER_ADDED, subject=membership)


def _require_no_stranger_at_the_head(
    inviter: Viewer, person: Person, organisation: Organisation, role: Role
) -> None:
    """Where an organisation has administrators, elsewhere too, only they bring in another."""
    if role is not Role.ADMIN or any(answers_for(one, organisation) for one in (inviter, viewer_of(person))):
        return
    raise Refused(
        f"{organisation.name} already has an administrator in another partnership. "
        "That person has to be its first administrator here."
    )
