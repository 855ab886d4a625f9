"""The page for groups is opened, things are offered on it, and a group keeps track of what it applied for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_organisation, in_turn, record_event, saved
from commonweal.core.errors import NotFound, Refused
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.providers.models import Application, ApplicationState, Offer, OfferKind, Welcome

MOST = 300


class Verb(models.TextChoices):
    """The deeds of help for groups."""

    WELCOMED = "providers.welcome_kept"
    OFFERED = "providers.offer_kept"
    CHECKED = "providers.offer_checked"
    ENDED = "providers.offer_ended"
    APPLIED = "providers.application_kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class WelcomeSaid:
    """Who answers for the page, and whether everybody may read it."""

    words: str
    name: str
    phone: str = ""
    email: str = ""
    shown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferSaid:
    """One thing that groups can have."""

    kind: OfferKind
    title: str
    words: str
    giver: str
    source: str
    least: Decimal | None = None
    most: Decimal | None = None
    closes: date | None = None
    where: str = ""
    places: int | None = None
    web: str = ""
    ask: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationSaid:
    """What a group applies for."""

    title: str
    to: str
    state: ApplicationState
    asked: Decimal | None = None
    got: Decimal | None = None
    due: date | None = None
    answer_by: date | None = None
    why: str = ""
    learnt: str = ""


@transaction.atomic
def keep_welcome(*, by: Viewer, partnership: Partnership, said: WelcomeSaid) -> Welcome:
    """The page for groups, in the name of the organisation that answers for it."""
    require(by, Permission.MANAGE_PARTNERSHIP, partnership.pk)
    in_turn(partnership)
    row = Welcome.objects.filter(partnership=partnership).first() or Welcome(partnership=partnership)
    row.organisation = acting_organisation(by, partnership)
    for name in WelcomeSaid.__dataclass_fields__:
        setattr(row, name, getattr(said, name))
    saved(row)
    record_event(by=by, verb=Verb.WELCOMED, subject=row, partnership=partnership.pk)
    return row


@transaction.atomic
def keep_offer(*, by: Viewer, partnership: Partnership, said: OfferSaid, over: Offer | None = None) -> Offer:
    """A new offer, or `over` one that the same organisation made before; looked up today."""
    require(by, Permission.BRING_EVIDENCE, partnership.pk)
    whose = acting_organisation(by, partnership)
    if over is None and Offer.objects.filter(partnership=partnership, ended=False).count() >= MOST:
        raise Refused(f"There are {MOST} offers here already. End those that are over.")
    row = over or Offer(partnership=partnership, organisation=whose)
    _own(row, whose.pk)
    for name in OfferSaid.__dataclass_fields__:
        setattr(row, name, getattr(said, name))
    row.checked, row.ended = clock.today(), False
    saved(row)
    record_event(by=by, verb=Verb.OFFERED, subject=row, partnership=partnership.pk)
    return row


@transaction.atomic
def check_offer(*, by: Viewer, offer: Offer, still: bool) -> None:
    """It still holds as of today, or it is over."""
    require(by, Permission.BRING_EVIDENCE, offer.partnership_id)
    _own(offer, acting_organisation(by, offer.partnership).pk)
    offer.checked, offer.ended = clock.today(), not still
    saved(offer)
    verb = Verb.CHECKED if still else Verb.ENDED
    record_event(by=by, verb=verb, subject=offer, partnership=offer.partnership_id)


@transaction.atomic
def keep_application(
    *, by: Viewer, partnership: Partnership, said: ApplicationSaid, over: Application | None = None,
    offer: Offer | None = None,
) -> Application:
    """What the organisation one acts for applies for; seen by its own people alone."""
    require(by, Permission.BRING_EVIDENCE, partnership.pk)
    whose = acting_organisation(by, partnership)
    row = over or Application(partnership=partnership, organisation=whose, offer=offer)
    if row.organisation_id != whose.pk:
        raise NotFound("There is no such application of your organisation.")
    for name in ApplicationSaid.__dataclass_fields__:
        setattr(row, name, getattr(said, name))
    saved(row)
    record_event(by=by, verb=Verb.APPLIED, subject=row, partnership=partnership.pk)
    return row


def _own(row: Offer, whose: object) -> None:
    if row.organisation_id != whose:
        raise Refused("Another organisation offers this. Ask it to change it.")
