"""An organisation is told of what it could do: as it wishes, never twice, with its own answer."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.core import signing
from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_organisation, acting_person, record_event, saved
from commonweal.core.errors import NotFound
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require, viewer_of
from commonweal.procurement.actions.subscribing import WEEK, Told, address_of, send_letter
from commonweal.procurement.models import Chance, ChanceWish, Listing
from commonweal.procurement.models.chances import ChanceAnswer, Often
from commonweal.procurement.queries.chances import ChanceCard, chances_for
from commonweal.providers.actions.help import ApplicationSaid, keep_application
from commonweal.providers.actions.profile import own_provider
from commonweal.providers.models import ApplicationState

SALT = "procurement.chances"


class Verb(models.TextChoices):
    """The deeds of chances."""

    WISHED = "chances.wished"
    ANSWERED = "chances.answered"


@transaction.atomic
def wish_news(*, by: Viewer, partnership: Partnership, often: Often) -> ChanceWish:
    """How one wishes to be told, for the organisation one acts for."""
    require(by, Permission.BRING_EVIDENCE, partnership.pk)
    whose, person = acting_organisation(by, partnership), acting_person(by)
    own_provider(by, partnership)
    row = ChanceWish.objects.filter(
        partnership=partnership, organisation=whose, person=person
    ).first() or ChanceWish(partnership=partnership, organisation=whose, person=person, told_at=clock.now() - WEEK)
    row.often = often
    saved(row)
    record_event(by=by, verb=Verb.WISHED, subject=row, partnership=partnership.pk)
    return row


@transaction.atomic
def answer_chance(*, by: Viewer, listing: Listing, answer: ChanceAnswer) -> Chance:
    """Keep track of it among what one applies for, or say that it is not for us; nobody else sees which."""
    require(by, Permission.BRING_EVIDENCE, listing.partnership_id)
    whose = acting_organisation(by, listing.partnership)
    row = _chance(listing, whose.pk)
    if answer == ChanceAnswer.TRACKED and row.answer != ChanceAnswer.TRACKED:
        keep_application(by=by, partnership=listing.partnership, said=ApplicationSaid(
            title=listing.title, to=listing.commission.organisation.name[:120], state=ApplicationState.THINKING,
            due=listing.interest_by))
    row.answer, row.answered_at = answer, clock.now()
    saved(row)
    record_event(by=by, verb=Verb.ANSWERED, subject=row, partnership=listing.partnership_id)
    return row


def send_chances() -> Told:
    """To each who wished it and whose week is over: what fits their organisation and they were not yet told."""
    sent = failed = 0
    due = ChanceWish.objects.filter(often=Often.WEEKLY, told_at__lte=clock.now() - WEEK).order_by("pk")
    for key in list(due.values_list("pk", flat=True)):
        went = _digest(key)
        sent, failed = sent + (went is True), failed + (went is False)
    return Told(sent, failed)


def end_wish(*, token: str) -> None:
    """One press in the letter ends it; pressed twice it does no harm."""
    ChanceWish.objects.filter(pk=_key(token)).update(often=Often.NONE)


def wish_behind(token: str) -> ChanceWish:
    """The wish that a letter's link stands for."""
    row = ChanceWish.objects.filter(pk=_key(token)).select_related("partnership").first()
    if row is None:
        raise NotFound("This link leads nowhere any more.")
    return row


def wish_token(row: ChanceWish) -> str:
    """What a letter's link holds."""
    return signing.dumps(str(row.pk), salt=SALT)


def _digest(key: UUID) -> bool | None:
    row = ChanceWish.objects.select_related("person", "partnership", "organisation").get(pk=key)
    since, now = row.told_at, clock.now()
    if not ChanceWish.objects.filter(pk=key, told_at=since).update(told_at=now):
        return None
    acts = ((row.partnership_id, row.organisation_id),)
    viewer = viewer_of(row.person, acts)
    news = _news(viewer, row) if row.person.email and viewer.may(
        Permission.BRING_EVIDENCE, row.partnership_id) else []
    if not news:
        return None
    end = address_of("chances-end", wish_token(row))
    went = send_letter(
        row.person.email, f"{len(news)} coming that {row.organisation.name} could do", "chances_letter.txt", end,
        {"news": news, "row": row, "link": address_of("chances", row.partnership_id)})
    if not went:
        ChanceWish.objects.filter(pk=key).update(told_at=since)
        return False
    for card in news:
        chance = _chance(Listing.objects.get(pk=card.line.id), row.organisation_id)
        if chance.mailed_at is None or card.line.changed_at > chance.mailed_at:
            chance.mailed_at = now
            saved(chance)
    return True


def _news(viewer: Viewer, row: ChanceWish) -> list[ChanceCard]:
    """What this person was not told before: never mailed, changed since, or mailed since only to a colleague."""
    cards = chances_for(viewer, row.partnership_id)
    return [one for one in cards if one.answer != ChanceAnswer.DECLINED and (
        one.mailed_at is None or one.line.changed_at > one.mailed_at or one.mailed_at > row.told_at)]


def _chance(listing: Listing, organisation: UUID) -> Chance:
    return Chance.objects.filter(listing=listing, organisation=organisation).first() or Chance(
        partnership_id=listing.partnership_id, listing=listing, organisation_id=organisation)


def _key(token: str) -> UUID:
    try:
        return UUID(signing.loads(token, salt=SALT, max_age=timedelta(days=400)))
    except (signing.BadSignature, ValueError) as wrong:
        raise NotFound("This link is not whole, or it is too old.") from wrong
