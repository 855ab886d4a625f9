"""Letters to providers without an account: their own line beside others, to read first and to reply to."""

from __future__ import annotations

import logging
from collections.abc import Callable
from smtplib import SMTPException
from uuid import UUID

from django.core import signing
from django.core.mail import send_mail
from django.template.loader import render_to_string

from commonweal.core.errors import NotFound
from commonweal.measures.models import Comparison, ComparisonLine, ReturnPlan
from commonweal.measures.performance_content import content
from commonweal.measures.periods import period_words

logger = logging.getLogger("commonweal.mail")
SALT, DAYS = "commonweal.measures.own-line", 60
NO_LINK = "This link does not work any more, or never did. Ask whoever sent it."


def token_of(line: ComparisonLine) -> str:
    """What stands in the link to a line: signed, and good for sixty days."""
    return signing.dumps(str(line.pk), salt=SALT)


def line_behind(token: str) -> ComparisonLine:
    """The line of a token; the same NotFound whether it was never one or its time is over."""
    try:
        key = signing.loads(token, salt=SALT, max_age=DAYS * 24 * 3600)
    except signing.BadSignature as wrong:
        raise NotFound(NO_LINK) from wrong
    return line_held(UUID(key))


def line_held(key: UUID) -> ComparisonLine:
    """A line by its key, for whoever was let in to it."""
    rows = ComparisonLine.objects.select_related("comparison", "partnership").prefetch_related("replies")
    found: ComparisonLine | None = rows.filter(pk=key).first()
    if found is None:
        raise NotFound(NO_LINK)
    return found


def send_own_lines(made: Comparison, address_of: Callable[[str], str]) -> int:
    """A link to each provider that has no organisation here and left an address; how many were sent."""
    if made.partnership.invented:
        return 0
    plans = ReturnPlan.objects.filter(partnership=made.partnership_id).exclude(contact_email="")
    addresses = {one.provider_name: one.contact_email for one in plans.order_by("pk")}
    lines = made.lines.filter(provider=None, name__in=addresses)
    return sum(_sent(made, line, addresses[line.name], address_of(token_of(line))) for line in lines)


def _sent(made: Comparison, line: ComparisonLine, address: str, link: str) -> bool:
    words = render_to_string("measures/mail/own_line.txt", {
        "name": line.name, "title": content()["compared"][made.what]["title"].lower(), "opens": made.opens,
        "period": period_words(made.first, made.last), "link": link})
    try:
        send_mail("Your own numbers, before anybody else reads them", words, None, [address])
    except (SMTPException, OSError):
        logger.exception("a letter about a comparison could not be sent")
        return False
    return True
