"""Once a week, everybody who should have been in touch and was not gets one e-mail that says with whom."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from smtplib import SMTPException
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse

from commonweal.core import clock
from commonweal.core.models import Partnership, Person
from commonweal.core.viewer import SYSTEM
from commonweal.needs.contacts_content import nudge_rule
from commonweal.needs.models import ContactNudge, Relationship
from commonweal.needs.queries.relationships import ContactCard, lapsed_of

AGAIN = timedelta(hours=1)  # an e-mail that was begun and never sent is tried again after this
NAMED = 3

logger = logging.getLogger("commonweal.mail")


def nudge_week(instant: datetime) -> date | None:
    """The Monday of the week whose e-mail is due now, or nothing before its hour."""
    rule, local = nudge_rule(), instant.astimezone(clock.LONDON)
    start = local.date() - timedelta(days=(local.weekday() - rule.weekday) % 7)
    early = local.date() == start and local.hour < rule.from_hour
    return None if early else start


def nudge_all(week: date) -> tuple[int, int]:
    """Send this week's e-mails, each person's once a partnership: how many went, and how many could not be sent.

    A person is claimed before the mail server is asked: a worker that dies leaves them to be tried an hour later.
    """
    sent = failed = 0
    kept = Relationship.objects.exclude(keeper=None).values("partnership")
    for partnership in Partnership.objects.on(clock.today()).filter(pk__in=kept, invented=False).order_by("pk"):
        for person, cards in lapsed_of(SYSTEM, partnership.pk).items():
            went = _nudge(partnership, person, cards, week)
            sent, failed = sent + (went is True), failed + (went is False)
    return sent, failed


def _nudge(partnership: Partnership, person: UUID, cards: tuple[ContactCard, ...], week: date) -> bool | None:
    """Whether the e-mail went; None where it is not this caller's to send."""
    row, _ = ContactNudge.objects.get_or_create(partnership=partnership, person_id=person, week=week)
    waiting = ContactNudge.objects.filter(
        Q(tried=None) | Q(tried__lt=clock.now() - AGAIN), pk=row.pk, sent=None
    )
    if not waiting.update(tried=clock.now()):
        return None
    to = Person.objects.get(pk=person)
    reminder = reminder_of(partnership, to, cards)
    try:
        send_mail(reminder.subject, reminder.text, None, [to.email])
    except (SMTPException, OSError):
        logger.exception("a reminder could not be sent")
        ContactNudge.objects.filter(pk=row.pk).update(tried=None)
        return False
    ContactNudge.objects.filter(pk=row.pk).update(sent=clock.now())
    return True


@dataclass(frozen=True, slots=True)
class Reminder:
    """One person's e-mail, as it goes out and as its page shows it."""

    subject: str
    text: str


def reminder_of(partnership: Partnership, to: Person, cards: tuple[ContactCard, ...]) -> Reminder:
    """What somebody is written about the contacts that lapsed."""
    return Reminder(_subject(cards), _letter(partnership, to, cards))


def _subject(cards: tuple[ContactCard, ...]) -> str:
    names = [" ".join(card.name.split()) for card in cards[:NAMED]]
    more = f" and {len(cards) - NAMED} more" if len(cards) > NAMED else ""
    return "Commonweal: " + nudge_rule().subject.format(names=", ".join(names) + more)


def _letter(partnership: Partnership, to: Person, cards: tuple[ContactCard, ...]) -> str:
    page = reverse("needs:contacts", args=[partnership.pk])
    return render_to_string("needs/contacts/letter.txt", {
        "partnership": " ".join(partnership.name.split()), "name": to.name, "cards": cards,
        "link": urljoin(settings.SITE_ADDRESS, page) if settings.SITE_ADDRESS else "",
    })
