"""A token for a program is made, shown once, and ended."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_person, record_event, saved
from commonweal.core.errors import NotFound, Refused
from commonweal.core.models import Partnership, ProgramToken, TokenScope, Verb
from commonweal.core.models.invitations import hash_of, new_token
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, acted_for, require

DAYS = (30, 90, 365)
MOST = 20
BEGINS = "cw-"  # so that one that leaked is known for what it is


@transaction.atomic
def make_token(
    *, by: Viewer, partnership: Partnership, name: str, scopes: tuple[str, ...], days: int, every: str = ""
) -> tuple[ProgramToken, str]:
    """A token that acts as its maker in this partnership alone, and what it says: shown now, kept nowhere."""
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    if not name.strip():
        raise Refused("Say which program it is for.")
    if not scopes or set(scopes) - set(TokenScope.values):
        raise Refused("Choose what the program may do.")
    if days not in DAYS:
        raise Refused(f"It may last {', '.join(map(str, DAYS))} days.")
    if every and TokenScope.READ not in scopes:
        raise Refused("A file holds what the program may read: let it read too.")
    person = acting_person(by)
    mine = ProgramToken.objects.filter(partnership=partnership, person=person, ended=None, expires__gt=clock.now())
    if mine.count() >= MOST:
        raise Refused(f"You have {MOST} tokens that work. End one first.")
    secret = BEGINS + new_token()
    made = saved(ProgramToken(
        partnership=partnership, person=person, on_behalf_of_id=acted_for(by, partnership.pk), name=name.strip(),
        token_hash=hash_of(secret), scopes=sorted(scopes), expires=clock.now() + timedelta(days=days),
        every=every))
    record_event(by=by, verb=Verb.PROGRAM_LET_IN, subject=made, partnership=partnership.pk)
    return made, secret


@transaction.atomic
def end_token(*, by: Viewer, token: ProgramToken) -> None:
    """It stops working at once; whoever made it may, and an administrator."""
    if by.person != token.person_id:
        require(by, Permission.MANAGE_PARTNERSHIP, token.partnership_id)
    row = ProgramToken.objects.select_for_update(of=("self",)).filter(pk=token.pk, ended=None).first()
    if row is None:
        raise NotFound("There is no such token, or it has been ended.")
    row.ended = clock.now()
    row.save(update_fields=["ended"])
    record_event(by=by, verb=Verb.PROGRAM_SHUT_OUT, subject=row, partnership=row.partnership_id)


def used_today(token: ProgramToken) -> None:
    """Keep the day it was last used: one write a day, however often it is."""
    today = clock.today()
    if token.used_on != today:
        ProgramToken.objects.filter(pk=token.pk).update(used_on=today)
