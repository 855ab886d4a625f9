"""What is asked of somebody who accepts an invitation without an account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from commonweal.core.models import Person


class JoinForm(forms.Form):
    """Name and password; no password where the organisation has its own sign-in."""

    activity = "accounts"
    name = forms.CharField(
        label="Full name", max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name", "class": "cw-input-line"}),
    )
    own_sign_in = forms.BooleanField(label="I use my organisation's own sign-in, and no password", required=False)
    password = forms.CharField(
        label="Password", required=False, strip=False,
        help_text="Twelve characters or more. Three words that do not belong together are easy to remember.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "class": "cw-input-line"}),
    )
    again = forms.CharField(
        label="The same again", required=False, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "class": "cw-input-line"}),
    )

    def __init__(self, address: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.address = address
        if not settings.SOCIALACCOUNT_PROVIDERS:
            del self.fields["own_sign_in"]

    def clean(self) -> dict[str, Any]:
        """A good password twice, or none where none is needed."""
        said = super().clean() or {}
        if said.get("own_sign_in"):
            return {**said, "password": None}
        password, again = said.get("password") or "", said.get("again") or ""
        if not password:
            self.add_error("password", "Enter a password")
        elif password != again:
            self.add_error("again", "The two passwords are not the same. Enter the same one twice")
        else:
            self._check(password, said.get("name", ""))
        return said

    def _check(self, password: str, name: str) -> None:
        try:
            validate_password(password, Person(email=self.address, name=name))
        except ValidationError as error:
            self.add_error("password", error)
