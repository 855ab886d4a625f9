"""A briefing is made from live figures, published outside the pre-election period, and taken down."""

from __future__ import annotations

import hashlib
from datetime import date
from uuid import UUID

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import record_event, saved
from commonweal.core.errors import NotAllowed, Refused
from commonweal.core.models import Partnership, Person
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.needs.documents.briefing import Brief, frozen
from commonweal.needs.models import Briefing, BriefingVersion, Poll
from commonweal.needs.queries.elections import Door, councils_of, door_on, speaks_for


class Verb(models.TextChoices):
    """The deeds of briefings."""

    MADE = "briefing.made"
    PUBLISHED = "briefing.published"
    TAKEN_DOWN = "briefing.taken_down"
    POLL_SAID = "briefing.poll_said"


@transaction.atomic
def make_briefing(
    *, by: Viewer, partnership: Partnership, brief: Brief, code: str = "", partner: UUID | None = None
) -> BriefingVersion:
    """A first or next version of a place's page or of the case to a partner; the same words are not kept twice."""
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    if by.person is None:
        raise Refused("Only a person can make a briefing.")
    if brief.invented != partnership.invented:
        raise Refused("Invented places belong to the invented partnership, and real ones to real partnerships.")
    text = frozen(brief)
    digest = hashlib.sha256(text.encode()).hexdigest()
    held = Briefing.objects.select_for_update().filter(partnership=partnership, place_code=code, partner=partner)
    row = held.first()
    if row is None:
        name = brief.partner or brief.place
        row = saved(Briefing(partnership=partnership, place_code=code, partner_id=partner, place_name=name))
    latest = row.versions.order_by("-number").first()
    if latest is not None and latest.digest == digest:
        raise Refused(f"Nothing has changed since version {latest.number}.")
    version = saved(BriefingVersion(
        partnership=partnership, identity=row, number=row.next_number(), frozen=text, digest=digest,
        written_by=Person.objects.get(pk=by.person),
    ))
    record_event(by=by, verb=Verb.MADE, subject=row, partnership=partnership.pk, version=version.number)
    return version


@transaction.atomic
def publish_briefing(*, by: Viewer, briefing: Briefing, number: int, confirmed: bool) -> None:
    """Let everybody read the newest version; refused from the notice of election until the close of poll."""
    require(by, Permission.AGREE, briefing.partnership_id)
    row = Briefing.objects.select_for_update().get(pk=briefing.pk)
    newest = row.next_number() - 1
    if number != newest:
        raise Refused(f"Somebody made version {newest} meanwhile. Read it, then decide. Nothing was published.")
    door = door_on(by, row.partnership_id, clock.today())
    if door.state is not Door.OPEN:
        raise Refused(door.sentence)
    if not confirmed:
        raise Refused("Ask whether a notice of election stands, for example for a by-election, and tick the box.")
    row.public_number, row.issued_at, row.issued_by_id = number, clock.now(), by.person
    saved(row)
    record_event(by=by, verb=Verb.PUBLISHED, subject=row, partnership=row.partnership_id, version=number)


@transaction.atomic
def take_briefing_down(*, by: Viewer, briefing: Briefing) -> None:
    """Nobody outside the partnership reads it from now."""
    require(by, Permission.AGREE, briefing.partnership_id)
    row = Briefing.objects.select_for_update().get(pk=briefing.pk)
    row.public_number = row.issued_at = row.issued_by = None
    saved(row)
    record_event(by=by, verb=Verb.TAKEN_DOWN, subject=row, partnership=row.partnership_id)


@transaction.atomic
def say_poll(
    *, by: Viewer, partnership: Partnership, council: UUID, day: date, answer: tuple[bool, date | None]
) -> Poll:
    """Whether a council holds an election on a day, and from when its notice stands; said again it is changed."""
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    names = dict(councils_of(by, partnership.pk))
    if council not in names:
        raise Refused("Choose a council of this partnership.")
    if council not in dict(speaks_for(by, partnership.pk)):
        raise NotAllowed(f"{names[council]} has people here who say this themselves. Ask one of them.")
    row = Poll.objects.filter(partnership=partnership, council=council, day=day).first()
    row = row or Poll(partnership=partnership, council_id=council, day=day)
    row.held, row.notice = answer[0], answer[1] if answer[0] else None
    row.said_by_id = by.person
    saved(row)
    record_event(by=by, verb=Verb.POLL_SAID, subject=row, partnership=partnership.pk)
    return row
