"""The sign-in forms in our words: labels instead of placeholders, one width, no links inside fields."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as totp
from django import forms

NARROW = "govuk-input--width-10"
WIDE = "cw-input-line"


class Dressed(forms.Form):
    """Renames fields by WORDS and takes away placeholders and help that repeats the page."""

    WORDS: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            field.label = self.WORDS.get(name, field.label)
            field.help_text = ""
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs["class"] = NARROW if name == "code" else WIDE


class SignIn(Dressed, account.LoginForm):
    """E-mail address and password."""

    WORDS = {"login": "E-mail address", "password": "Password"}


class AskForPassword(Dressed, account.ResetPasswordForm):
    """Where to send the link."""

    WORDS = {"email": "E-mail address"}


class ChoosePassword(Dressed, account.ResetPasswordKeyForm):
    """The password, from the link."""

    WORDS = {"password1": "New password", "password2": "The same again"}


class ChangePassword(Dressed, account.ChangePasswordForm):
    """A new password for an old one."""

    WORDS = {"oldpassword": "Password now", "password1": "New password", "password2": "The same again"}


class SetPassword(Dressed, account.SetPasswordForm):
    """A first password, for somebody who came by single sign-on."""

    WORDS = {"password1": "Password", "password2": "The same again"}


class ItIsMe(Dressed, account.ReauthenticateForm):
    """The password once more."""

    WORDS = {"password": "Password"}


class EnterCode(Dressed, second_factor.AuthenticateForm):
    """The code of an authenticator app, or a recovery code."""

    WORDS = {"code": "Code"}


class ItIsMeByCode(Dressed, second_factor.ReauthenticateForm):
    """The code once more."""

    WORDS = {"code": "Code"}


class LinkApp(Dressed, totp.ActivateTOTPForm):
    """The first code of a newly linked app."""

    WORDS = {"code": "The six figures the app shows now"}
