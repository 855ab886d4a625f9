"""The e-mail that tells somebody they were added, with a link to set their password."""

from __future__ import annotations

from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest

from commonweal.core.models import Person


def send_invitation(request: HttpRequest, person: Person) -> None:
    """Send the password link to somebody who has none yet; nobody invented gets mail."""
    if person.example or person.has_usable_password():
        return
    form = ResetPasswordForm({"email": person.email})
    if form.is_valid():
        form.save(request)
