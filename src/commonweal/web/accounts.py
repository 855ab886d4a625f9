"""How signing in behaves: accounts are made by invitation, and single sign-on joins them by address."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class Accounts(DefaultAccountAdapter):
    """E-mail and password accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an administrator of a partnership adds people."""
        return False


class SingleSignOn(DefaultSocialAccountAdapter):
    """A council's own sign-in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never: single sign-on opens the account that was made for its address, and no other."""
        return False

    def is_email_verified(self, provider: Any, email: str) -> bool:
        """Always: the council's own sign-in vouches for its people's addresses."""
        return True
