"""Letters of the register of people: one link each, to whoever was asked."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

logger = logging.getLogger("commonweal.mail")


def send_letter(to: str, subject: str, letter: str, route: str, token: str, words: dict[str, object]) -> bool:
    """Whether the mail server took it."""
    link = urljoin(settings.SITE_ADDRESS, reverse(route, args=[token]))
    text = render_to_string(f"providers/mail/{letter}.txt", {**words, "link": link})
    try:
        send_mail(f"Commonweal: {subject}", text, None, [to])
    except (SMTPException, OSError):
        logger.exception("a letter of the register of people could not be sent")
        return False
    return True
