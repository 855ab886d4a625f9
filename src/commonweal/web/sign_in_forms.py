"""The sign-in forms in our words: labels instead of placeholders, one width, no links inside fields."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkeys
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


NOT_A_PASSKEY = "This passkey could not be read. Try once more, or sign in another way."


class Whole(forms.Form):
    """What a browser says of a passkey, or somebody pretends it says; what cannot be read is refused."""

    def _clean_fields(self) -> None:
        try:
            super()._clean_fields()  # type: ignore[misc]
        except (AttributeError, KeyError, TypeError, ValueError):
            self.add_error(None, NOT_A_PASSKEY)

    def _clean_form(self) -> None:
        try:
            super()._clean_form()  # type: ignore[misc]
        except (AttributeError, KeyError, TypeError, ValueError):
            self.add_error(None, NOT_A_PASSKEY)


class AddPasskey(Whole, Dressed, passkeys.AddWebAuthnForm):
    """A passkey: it opens the account alone, so the device must know its owner."""

    WORDS = {"name": "What do you call this device?"}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields.pop("passwordless", None)

    def clean(self) -> dict[str, Any]:
        """Only with a finger, a face or a code of the device."""
        self.cleaned_data["passwordless"] = True
        said: dict[str, Any] = super().clean() or {}
        return said


class NamePasskey(Dressed, passkeys.EditWebAuthnForm):
    """Another name for it."""

    WORDS = {"name": "What do you call this device?"}


class ByPasskey(Whole, passkeys.LoginWebAuthnForm):
    """Signing in with a passkey alone."""


class PasskeyAsWell(Whole, passkeys.AuthenticateWebAuthnForm):
    """A passkey after the password."""


class ItIsMeByPasskey(Whole, passkeys.ReauthenticateWebAuthnForm):
    """A passkey, before changing how one signs in."""
