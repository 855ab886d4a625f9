"""Letters about returns: the link, the two reminders, and the receipt."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.core.mail import send_mail
from django.template.loader import render_to_string

from commonweal.measures.models import Return
from commonweal.measures.periods import period_words

logger = logging.getLogger("commonweal.mail")


def send_receipt(row: Return, address: str, link: str) -> bool:
    """The receipt, with the link that corrects it."""
    return _send(row, address, "receipt", link)


def send_asking(row: Return, address: str, link: str, *, reminder: int = 0) -> bool:
    """The link to a return, the first time or as a reminder."""
    return _send(row, address, "reminder" if reminder else "asking", link, reminder)


def _send(row: Return, address: str, letter: str, link: str, reminder: int = 0) -> bool:
    """Whether the mail server took it."""
    context = {"row": row, "link": link, "period": period_words(row.first, row.last),
               "title": " ".join(row.plan.agreement.title.split()), "name": row.plan.contact_name,
               "reminder": reminder}
    subject = {"receipt": "Received", "asking": "Your return", "reminder": "A reminder"}[letter]
    words = render_to_string(f"measures/mail/{letter}.txt", context)
    try:
        send_mail(f"{subject}: {context['title']}, {context['period']}", words, None, [address])
    except (SMTPException, OSError):
        logger.exception("a letter about a return could not be sent")
        return False
    return True
