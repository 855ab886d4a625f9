"""A council's own sign-in (OpenID Connect), where its four variables are set."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from commonweal.web import environment

VARIABLES = ("OIDC_NAME", "OIDC_ISSUER", "OIDC_CLIENT", "OIDC_SECRET")


def openid_providers() -> dict[str, dict[str, Any]]:
    """SOCIALACCOUNT_PROVIDERS: none, or the one that COMMONWEAL_OIDC_... describes in full."""
    given = {name: environment.text(name) for name in VARIABLES}
    if not any(given.values()):
        return {}
    missing = [f"COMMONWEAL_{name}" for name, value in given.items() if not value]
    if missing:
        raise ImproperlyConfigured(f"single sign-on needs {', '.join(missing)} as well")
    if not given["OIDC_ISSUER"].startswith("https://"):
        raise ImproperlyConfigured("COMMONWEAL_OIDC_ISSUER must start with https://")
    issuer = given["OIDC_ISSUER"].partition("/.well-known/")[0]
    app = {
        "provider_id": "council", "name": given["OIDC_NAME"], "client_id": given["OIDC_CLIENT"],
        "secret": given["OIDC_SECRET"],
        # The issuer is the one set here, whatever the provider's own description says of itself.
        "settings": {"server_url": given["OIDC_ISSUER"], "openid_configuration_overrides": {"issuer": issuer}},
    }
    return {"openid_connect": {
        "OAUTH_PKCE_ENABLED": True, "APPS": [app],
        "provider_class": "commonweal.web.council_sign_in.CouncilProvider",
    }}
