"""What the environment says, read once and checked, each refusal a sentence about the variable at fault."""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


class Profile(StrEnum):
    """How Commonweal is run."""

    EMBEDDED = "embedded"  # one person, one computer, loopback only, nothing to configure
    SERVER = "server"      # behind HTTPS, for an organisation


def text(name: str, default: str = "") -> str:
    """A variable's text, without the blanks around it."""
    return os.environ.get(f"COMMONWEAL_{name}", default).strip()


def words(name: str, default: str = "") -> list[str]:
    """A variable that lists things with commas between."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def flag(name: str) -> bool:
    """A variable that is on (1, yes, true, on) or off."""
    return text(name).lower() in {"1", "yes", "true", "on"}


def number(name: str, default: int) -> int:
    """A variable that is a whole number."""
    given = text(name) or str(default)
    if not given.isdigit():
        raise ImproperlyConfigured(f"COMMONWEAL_{name} must be a whole number, not {given!r}")
    return int(given)


def one_of(name: str, choices: tuple[str, ...]) -> str:
    """A variable that takes one of a few words; the first where it is not set."""
    given = text(name, choices[0])
    if given not in choices:
        raise ImproperlyConfigured(f"COMMONWEAL_{name} must be {' or '.join(choices)}, not {given!r}")
    return given


def prefix(name: str, shape: str, default: str) -> str:
    """A prefix that a standard's keeper gave; the default says that none was registered."""
    given = text(name, default)
    if not re.fullmatch(shape, given):
        raise ImproperlyConfigured(f"COMMONWEAL_{name} must look like {default}, not {given!r}")
    return given


def site_address(origins: list[str], hosts: list[str], server: bool) -> str:
    """Where letters say the service is: the first address or name it answers to; "" where none is whole."""
    if origins:
        return origins[0].rstrip("/")
    named = [host for host in hosts if "*" not in host and not host.startswith(".")]
    return f"{'https' if server else 'http'}://{named[0]}" if named and server else ""


def profile() -> Profile:
    """The way of running that COMMONWEAL_PROFILE names."""
    given = text("PROFILE", Profile.EMBEDDED)
    if given not in set(Profile):
        raise ImproperlyConfigured(f"COMMONWEAL_PROFILE must be embedded or server, not {given!r}")
    return Profile(given)


def secret_key(var: Path, mode: Profile) -> str:
    """COMMONWEAL_SECRET_KEY; the embedded set-up makes its own once and keeps it for its owner alone."""
    given = text("SECRET_KEY")
    if given:
        return given
    if mode is Profile.SERVER:
        raise ImproperlyConfigured("COMMONWEAL_SECRET_KEY must be set: 50 or more characters known to nobody else")
    return kept_secret(var / "secret.key")


def kept_secret(path: Path) -> str:
    """The secret in a file, made the first time; two processes starting at once agree on one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(6)}")
    if not path.exists():
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """An address such as scheme://user:password@host:port/name?option=value, taken apart."""

    scheme: str
    user: str
    password: str
    host: str
    port: int | None
    name: str
    options: dict[str, str]


def address(url: str, variable: str, schemes: set[str]) -> ServerAddress:
    """A server's address, refused with a sentence when it is not one."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"{variable} is not an address: {error}") from error
    if parts.scheme not in schemes:
        raise ImproperlyConfigured(f"{variable} must start with {' or '.join(sorted(schemes))}://")
    options = dict(parse_qsl(parts.query))
    host = unquote(parts.hostname or "") or options.pop("host", "")
    return ServerAddress(
        parts.scheme, unquote(parts.username or ""), unquote(parts.password or ""), host, port,
        unquote(parts.path.lstrip("/")), options,
    )
