"""News of the public calendar by e-mail: asked for, confirmed by a link, once a week, gone in one press."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from smtplib import SMTPException
from typing import Any
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse

from commonweal.core import clock
from commonweal.core.actions.recording import saved
from commonweal.core.errors import NotFound, Refused
from commonweal.core.viewer import ANONYMOUS
from commonweal.procurement.models import Subscription
from commonweal.procurement.queries.pipeline import Sought, coming

WEEK = timedelta(days=7)
DAYS_TO_CONFIRM = 7
SALT = "procurement.subscription"

logger = logging.getLogger("commonweal.mail")


@dataclass(frozen=True, slots=True)
class Told:
    """How many digests went, and how many could not be sent."""

    sent: int
    failed: int


def subscribe(*, email: str, place: str = "", kind: str = "") -> bool:
    """Ask for news: a link goes to the address, and nothing else does until it is opened.

    The answer is the same whether or not the address is known; it is asked again after an hour at the earliest.
    """
    address = email.strip().lower()
    with transaction.atomic():
        held = Subscription.objects.select_for_update().filter(email=address).first()
        row = held or Subscription(email=address)
        recent = held is not None and row.asked_at > clock.now() - timedelta(hours=1)
        if held is not None and (row.confirmed_at or recent):
            return True
        row.place, row.kind, row.asked_at = place.strip(), kind, clock.now()
        saved(row)
    if not _sent("Confirm that you want news of coming commissions", "confirm_letter.txt", row, {
        "link": _link("coming-confirm", row), "days": DAYS_TO_CONFIRM,
    }):
        raise Refused("The e-mail could not be sent just now. Try again later.")
    return True


@transaction.atomic
def confirm(*, token: str) -> Subscription:
    """The link was opened: news goes there from now on."""
    row = subscription_of(token, days=DAYS_TO_CONFIRM)
    if row.confirmed_at is None:
        row.confirmed_at = row.told_at = clock.now()
        saved(row)
    return row


def unsubscribe(*, token: str) -> None:
    """The address is deleted at once; a link used twice does no harm."""
    Subscription.objects.filter(pk=_key(token, None)).delete()


def subscription_of(token: str, *, days: int | None = None) -> Subscription:
    """The subscription behind a link."""
    row = Subscription.objects.filter(pk=_key(token, days)).first()
    if row is None:
        raise NotFound("This subscription has ended, or the link is too old. Ask for news again.")
    return row


def send_digests() -> Told:
    """To each whose week is over: what is new or changed since; nothing where nothing is."""
    sent = failed = 0
    due = Subscription.objects.exclude(confirmed_at=None).filter(told_at__lte=clock.now() - WEEK)
    for key in list(due.order_by("pk").values_list("pk", flat=True)):
        went = _digest(key)
        sent, failed = sent + (went is True), failed + (went is False)
    return Told(sent, failed)


def let_unconfirmed_go() -> None:
    """An address that never answered is not kept."""
    unconfirmed().delete()


def unconfirmed() -> Any:
    """Those whose days to answer are over."""
    old = clock.now() - timedelta(days=DAYS_TO_CONFIRM)
    return Subscription.objects.filter(Q(confirmed_at=None), asked_at__lt=old)


def token_of(row: Subscription) -> str:
    """What a link holds: it names the subscription and cannot be made by anybody else."""
    return signing.dumps(str(row.pk), salt=SALT)


def _digest(key: UUID) -> bool | None:
    row = Subscription.objects.get(pk=key)
    since, now = row.told_at, clock.now()
    claimed = Subscription.objects.filter(pk=key, told_at=since).update(told_at=now)
    if not claimed or since is None:
        return None
    news = [one for one in coming(ANONYMOUS, Sought(place=row.place, kind=row.kind)) if one.changed_at > since]
    if not news:
        return None
    if _sent(f"{len(news)} new or changed: coming commissions", "digest_letter.txt", row, {
        "news": news, "link": urljoin(settings.SITE_ADDRESS, reverse("procurement:coming")),
    }):
        return True
    Subscription.objects.filter(pk=key).update(told_at=since)
    return False


def _sent(subject: str, letter: str, row: Subscription, words: dict[str, object]) -> bool:
    return send_letter(row.email, subject, letter, _link("coming-unsubscribe", row), words)


def send_letter(email: str, subject: str, letter: str, end: str, words: dict[str, object]) -> bool:
    """One letter of news, with the link that ends it in its head too; whether the mail server took it."""
    text = render_to_string(f"procurement/coming/{letter}", {**words, "end": end})
    heads = {"List-Unsubscribe": f"<{end}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    message = EmailMessage(f"Commonweal: {subject}", text, None, [email], headers=heads)
    try:
        message.send()
    except (SMTPException, OSError):
        logger.exception("news of the calendar could not be sent")
        return False
    return True


def address_of(route: str, *keys: object) -> str:
    """The whole address of a page, as a letter needs it."""
    return urljoin(settings.SITE_ADDRESS, reverse(f"procurement:{route}", args=keys))


def _link(route: str, row: Subscription) -> str:
    return address_of(route, token_of(row))


def _key(token: str, days: int | None) -> UUID:
    try:
        age = timedelta(days=days) if days else None
        return UUID(signing.loads(token, salt=SALT, max_age=age))
    except (signing.BadSignature, ValueError) as wrong:
        raise NotFound("This link is not whole, or it is too old. Ask for news again.") from wrong
