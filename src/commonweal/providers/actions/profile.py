"""A body speaks for itself: its entry, what it can do, and who may see it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q

from commonweal.core import clock
from commonweal.core.actions.recording import acting_organisation, record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.models import Organisation, Partnership, PartnershipPlace
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.lake.registers.names import tokens
from commonweal.providers.actions.linking import draw_own
from commonweal.providers.models import LineKind, NamedPartner, Profile, ProfileLine, Provider, ProviderKind, Seen

MOST_LINES = 20
TOLD = ("about", "people", "hours", "turnover", "turnover_year", "room", "wants")


class Verb(models.TextChoices):
    """The deeds of profiles."""

    CLAIMED = "providers.entry_claimed"
    KEPT = "providers.profile_kept"
    SEEN = "providers.visibility_chosen"
    CONFIRMED = "providers.profile_confirmed"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing a body does, changes, reaches or holds; `until` where it runs out."""

    kind: str
    text: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a body says of itself; only the first line is needed for a first version."""

    about: str = ""
    people: int | None = None
    hours: int | None = None
    turnover: Decimal | None = None
    turnover_year: str = ""
    room: str = ""
    wants: str = ""
    lines: tuple[Line, ...] = field(default=())


@transaction.atomic
def keep_profile(*, by: Viewer, partnership: Partnership, told: Told) -> Profile:
    """What one's own organisation can do; the entry in the directory is found by its name, or made."""
    require(by, Permission.BRING_EVIDENCE, partnership.pk)
    body = own_provider(by, partnership)
    for kind in LineKind.values:
        if sum(line.kind == kind for line in told.lines) > MOST_LINES:
            raise Refused(f"Give at most {MOST_LINES} lines under “{LineKind(kind).label}”.")
    profile = Profile.objects.filter(provider=body).first() or Profile(provider=body)
    for name in TOLD:
        setattr(profile, name, getattr(told, name))
    profile.confirmed = clock.today()
    saved(profile)
    profile.lines.all().delete()
    for line in {(one.kind, one.text): one for one in told.lines}.values():
        saved(ProfileLine(profile=profile, kind=line.kind, text=line.text, until=line.until))
    draw_own(body)
    record_event(by=by, verb=Verb.KEPT, subject=profile, partnership=partnership.pk)
    return profile


@transaction.atomic
def choose_visibility(
    *, by: Viewer, partnership: Partnership, seen: Seen, named: tuple[UUID, ...] = ()
) -> Provider:
    """Who may see the entry of one's own organisation, from now on."""
    require(by, Permission.BRING_EVIDENCE, partnership.pk)
    body = own_provider(by, partnership)
    if seen == Seen.NAMED and not named:
        raise Refused("Name at least one organisation that may see you, or choose another answer.")
    body.visibility, body.chosen = seen, clock.now()
    saved(body)
    NamedPartner.objects.filter(provider=body).delete()
    for one in Organisation.objects.filter(pk__in=named) if seen == Seen.NAMED else ():
        saved(NamedPartner(provider=body, organisation=one))
    record_event(by=by, verb=Verb.SEEN, subject=body, partnership=partnership.pk)
    return body


@transaction.atomic
def confirm_profile(*, by: Viewer, partnership: Partnership) -> None:
    """What is said there still holds."""
    require(by, Permission.BRING_EVIDENCE, partnership.pk)
    profile = Profile.objects.filter(provider=own_provider(by, partnership)).first()
    if profile is None:
        raise Refused("There is nothing to confirm yet. Say first what you do.")
    profile.confirmed = clock.today()
    saved(profile)
    record_event(by=by, verb=Verb.CONFIRMED, subject=profile, partnership=partnership.pk)


def own_provider(by: Viewer, partnership: Partnership) -> Provider:
    """The entry of the organisation one acts for: the one it has, the one of its very name, or a new one."""
    whose = acting_organisation(by, partnership)
    held: Provider | None = Provider.objects.select_for_update().filter(organisation=whose).first()
    if held is not None:
        return held
    body = _of_name(whose, partnership) or Provider(
        name=whose.name, example=whose.example, kind=ProviderKind.OTHER, visibility=Seen.COUNTED)
    body.organisation, body.name = whose, whose.name
    places = PartnershipPlace.objects.on(clock.today()).filter(partnership=partnership).exclude(code="")
    body.district = body.district or (str(places[0].code)[:9] if len(places) == 1 else "")
    saved(body)
    record_event(by=by, verb=Verb.CLAIMED, subject=body, partnership=partnership.pk)
    return body


def _of_name(whose: Organisation, partnership: Partnership) -> Provider | None:
    """The one unclaimed entry whose name has the same words, published or on the partnership's own list."""
    words = tokens(whose.name)
    rows = Provider.objects.filter(
        Q(visibility=Seen.PUBLIC) | Q(entries__partnership=partnership),
        merged_into=None, organisation=None, example=whose.example,
    ).distinct()
    for word in words[:3]:
        rows = rows.filter(search__contains=word[:4])
    fits = [row for row in rows[:50] if tokens(row.name) == words]
    return fits[0] if len(fits) == 1 else None
