"""The e-mail that asks somebody to take part, with the link that accepts."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html

from commonweal.core.models import Invitation
from commonweal.core.permissions import Role

logger = logging.getLogger("commonweal.mail")


def send_invitation(request: HttpRequest, invitation: Invitation, token: str) -> str:
    """Send it; what to tell the sender, the same whether or not the address has an account."""
    link = request.build_absolute_uri(reverse("web:invitation", args=[token]))
    if invitation.partnership.invented:
        return format_html(
            "Nobody invented gets e-mail. To see what they would see, sign out and open "
            '<a class="govuk-notification-banner__link" href="{}">the invitation</a>.', link,
        )
    partnership = " ".join(invitation.partnership.name.split())
    letter = render_to_string("web/invitation/letter.txt", {
        "partnership": partnership, "organisation": invitation.organisation.name, "by": invitation.by.name,
        "role": str(Role(invitation.role).label), "link": link, "expires": invitation.expires,
    })
    try:
        send_mail(f"Commonweal: take part in {partnership}", letter, None, [invitation.address])
    except (SMTPException, OSError):
        logger.exception("an invitation could not be sent")
        return (
            f"The invitation to {invitation.address} is kept, but the mail server did not take it. "
            "Send it again later."
        )
    return f"An invitation is on its way to {invitation.address}."
