"""Where mail goes: a server's address if given, else into files in the data folder, so that nothing is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from commonweal.web import environment


def mail_settings(var: Path, server: bool) -> dict[str, Any]:
    """Django's EMAIL_... settings from COMMONWEAL_EMAIL_URL (smtp://, smtps://) and COMMONWEAL_EMAIL_FROM."""
    sender = environment.text("EMAIL_FROM", "commonweal@localhost")
    common = {"DEFAULT_FROM_EMAIL": sender, "SERVER_EMAIL": sender, "EMAIL_TIMEOUT": 20}
    url = environment.text("EMAIL_URL")
    if not url:
        folder = var / "mail"
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return {**common, "EMAIL_BACKEND": backend, "EMAIL_FILE_PATH": str(folder)}
    where = environment.address(url, "COMMONWEAL_EMAIL_URL", {"smtp", "smtps"})
    return {
        **common,
        "EMAIL_HOST": where.host, "EMAIL_PORT": where.port or (465 if where.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": where.user, "EMAIL_HOST_PASSWORD": where.password,
        "EMAIL_USE_SSL": where.scheme == "smtps", "EMAIL_USE_TLS": where.scheme == "smtp" and server,
    }
