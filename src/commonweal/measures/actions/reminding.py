"""Those who have not sent a return are reminded twice by e-mail; after that somebody rings them."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from commonweal.core import clock
from commonweal.core.viewer import SYSTEM
from commonweal.measures.actions.opening import link_for
from commonweal.measures.models import Return, ReturnReminder, ReturnState
from commonweal.measures.return_mail import send_asking
from commonweal.policy.returns import return_rules

AGAIN = timedelta(hours=1)   # one that was begun and never sent is tried again after this
STALE = timedelta(days=90)   # nobody is reminded of a return older than this


def remind_all() -> int:
    """Send the reminders that are due today; how many went. Nobody invented gets any, nor who has no address."""
    if not settings.SITE_ADDRESS:
        return 0  # nobody could follow a link to this computer
    rules, today, sent = return_rules(), clock.today(), 0
    waiting = Return.objects.filter(
        state=ReturnState.OPEN, partnership__invented=False, plan__contact_email__gt="",
        due__lte=today + timedelta(days=rules.first_reminder), due__gt=today - STALE)
    for row in waiting.select_related("plan__agreement", "partnership").order_by("due", "pk"):
        number = due_now(row.due, today)
        if number and _claimed(row, number):
            sent += _reminded(row, number)
    return sent


def due_now(due: date, today: date) -> int:
    """Which reminder it is time for: 1 in the days before a return is due, 2 some days after it, else none (0)."""
    rules = return_rules()
    if today >= due + timedelta(days=rules.second_reminder):
        return 2
    return 1 if due - timedelta(days=rules.first_reminder) <= today <= due else 0


@transaction.atomic
def _claimed(row: Return, number: int) -> bool:
    """Whether this one is the caller's to send: of several workers one alone gets it."""
    made, _ = ReturnReminder.objects.get_or_create(partnership_id=row.partnership_id, of=row, number=number)
    free = ReturnReminder.objects.filter(
        Q(tried=None) | Q(tried__lt=clock.now() - AGAIN), pk=made.pk, sent=None)
    return bool(free.update(tried=clock.now()))


def _reminded(row: Return, number: int) -> bool:
    address = row.plan.contact_email
    with transaction.atomic():
        _, token = link_for(SYSTEM, row, address, beside=True)
    link = urljoin(settings.SITE_ADDRESS, reverse("measures:return-begin", args=[token]))
    went = send_asking(row, address, link, reminder=number)
    now = clock.now()
    ReturnReminder.objects.filter(of=row, number=number).update(
        **{"sent": now} if went else {"tried": None})
    return went
