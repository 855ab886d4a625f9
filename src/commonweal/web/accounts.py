"""How signing in behaves: accounts are made by invitation, and single sign-on joins them by address."""

from __future__ import annotations

import time
from base64 import urlsafe_b64encode
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest


class Accounts(DefaultAccountAdapter):
    """E-mail and password accounts."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The e-mail address or the password is not right.",
        "too_many_login_attempts": "Too many tries. Wait a few minutes, then try again.",
        "incorrect_password": "This is not your password. Try again.",
        "enter_current_password": "Enter your password as it is now.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an administrator of a partnership adds people."""
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Failures are counted an account and address: nobody is locked out by what others do elsewhere."""
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{get_ip(request)}"

    def is_reauthentication_required(self, *, app: str, **_: Any) -> bool:
        """Before somebody changes how they sign in: unless they have only just signed in."""
        request = context.request
        records = get_authentication_records(request, request.user)
        return not records or time.time() - records[-1]["at"] > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


class SecondFactor(DefaultMFAAdapter):
    """The authenticator app's secret is encrypted where it is kept."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "This code is not right, or its minute is over. Enter the one the app shows now.",
    }

    def generate_authenticator_name(self, user: Any, kind: Any) -> str:
        """What a passkey is called until somebody says otherwise."""
        return "This device"

    def encrypt(self, text: str) -> str:
        """As it is kept."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """As the app knows it."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


class SingleSignOn(DefaultSocialAccountAdapter):
    """A council's own sign-in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never: single sign-on opens the account that was made for its address, and no other."""
        return False

    def is_email_verified(self, provider: Any, email: str) -> bool:
        """Always: the council's own sign-in vouches for its people's addresses."""
        return True

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        """Whether it speaks for this address: where domains are set, for those in them alone."""
        domains = settings.SINGLE_SIGN_ON_DOMAINS
        return not domains or email.rpartition("@")[2].lower() in domains


def _cipher() -> MultiFernet:
    """A cipher whose key is drawn from the installation's secret; older secrets still open what they closed."""
    return MultiFernet([_drawn(one) for one in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _drawn(secret: str) -> Fernet:
    key = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"commonweal second factor")
    return Fernet(urlsafe_b64encode(key.derive(secret.encode())))
