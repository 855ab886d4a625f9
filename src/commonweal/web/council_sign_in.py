"""A council's own sign-in, asked for more than the standard must: a nonce of this very try, and a signature.

The standard lets a program skip the signature where the token came straight from the provider over TLS. Here it is
checked all the same, so that a token from elsewhere signs nobody in. A box in between which opens TLS could still
forge the keys as well: the keys come over TLS too.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from typing import Any

from allauth.account.internal.decorators import login_not_required
from allauth.core.internal.deferred import jwt
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path

ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"})


def nonce_of(verifier: str) -> str:
    """The nonce of one try: drawn from its PKCE verifier, which stays in the session and is used once."""
    drawn = hmac.digest(verifier.encode(), b"commonweal nonce", hashlib.sha256)
    return urlsafe_b64encode(drawn).rstrip(b"=").decode()


class CouncilAdapter(OpenIDConnectOAuth2Adapter):
    """Takes a token only with the signature and the nonce."""

    verifier: str | None = None

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: str | None = None
    ) -> dict[str, Any]:
        """The tokens, and the verifier of the try they answer."""
        self.verifier = pkce_code_verifier
        tokens: dict[str, Any] = super().get_access_token_data(request, app, client, pkce_code_verifier)
        return tokens

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """Refused without a token that says who it is, and where two answers name two people."""
        said = kwargs["response"].get("id_token")
        if not isinstance(said, str):
            raise OAuth2Error("no id_token")
        known = self._decode_id_token(app, said)
        data = {"id_token": known}
        if app.settings.get("fetch_userinfo", True):
            data["userinfo"] = self._fetch_user_info(token.token)
            if data["userinfo"].get("sub") != known["sub"]:
                raise OAuth2Error("userinfo of somebody else")
        return self.get_provider().sociallogin_from_response(request, data)

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        try:
            if jwt.get_unverified_header(id_token).get("alg") not in ALGORITHMS:
                raise OAuth2Error("id_token is not signed by a key pair")
            said: dict[str, Any] = jwtkit.verify_and_decode(
                credential=id_token, keys_url=self.openid_config["jwks_uri"], issuer=self.openid_config["issuer"],
                audience=app.client_id, lookup_kid=jwtkit.lookup_kid_jwk, verify_signature=True,
            )
        except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
            raise OAuth2Error("invalid id_token") from error
        wanted = nonce_of(self.verifier or "")
        if not self.verifier or not hmac.compare_digest(str(said.get("nonce", "")), wanted):
            raise OAuth2Error("id_token answers another try")
        if "exp" not in said or not said.get("sub"):
            raise OAuth2Error("id_token has no end or names nobody")
        return said


class CouncilProvider(OpenIDConnectProvider):
    """Sends the nonce along."""

    oauth2_adapter_class = CouncilAdapter

    def get_pkce_params(self) -> dict[str, str]:
        """The verifier and its challenge, always, and the nonce."""
        said: dict[str, str] = super().get_pkce_params()
        return {**said, "nonce": nonce_of(said["code_verifier"])}


@login_not_required
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the council's page."""
    return _answered(OAuth2LoginView, request, provider_id)


@login_not_required
def back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """From the council's page."""
    return _answered(OAuth2CallbackView, request, provider_id)


def _answered(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        answer: HttpResponse = view.adapter_view(CouncilAdapter(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    return answer


urlpatterns: list[URLPattern] = [
    path("oidc/<slug:provider_id>/login/", begin, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/login/callback/", back, name="openid_connect_callback"),
]
