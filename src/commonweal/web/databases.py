"""Where records are kept: SQLite out of the box, PostgreSQL where an address is given."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from commonweal.web import environment

PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
KEPT_SECONDS = 60  # how long a connection is used again


def databases(var: Path) -> dict[str, dict[str, Any]]:
    """Django's DATABASES."""
    url = environment.text("DATABASE_URL")
    return {"default": _server(url) if url else _file(var / "commonweal.sqlite3")}


def _file(path: Path) -> dict[str, Any]:
    """SQLite that loses nothing it has acknowledged, and whose writers queue rather than collide.

    A thread keeps its connection: opening one reads the whole schema, closing the last one writes the log back.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": PRAGMAS},
        "CONN_MAX_AGE": KEPT_SECONDS,
    }


def _server(url: str) -> dict[str, Any]:
    """PostgreSQL at an address."""
    where = environment.address(url, "COMMONWEAL_DATABASE_URL", {"postgresql", "postgres"})
    if not where.name:
        raise ImproperlyConfigured("COMMONWEAL_DATABASE_URL must end with the database's name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": where.name,
        "USER": where.user,
        "PASSWORD": where.password,
        "HOST": where.host,
        "PORT": str(where.port or ""),
        "OPTIONS": where.options,
        "CONN_MAX_AGE": KEPT_SECONDS,
        "CONN_HEALTH_CHECKS": True,
    }
