"""Who is signed in where: how long a session lasts, what stands of it, and how it is ended from elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.utils import timezone

from commonweal.core.models import Person

BEGAN, SEEN = "signed_in_at", "seen_at"
SEEN_EVERY = 300  # seconds; a session is not written again at every page
HOW = {"password": "password", "mfa": "second factor", "socialaccount": "single sign-on"}


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One browser in which somebody is signed in."""

    began: datetime | None
    seen: datetime | None
    how: str
    here: bool


def begin(session: SessionBase) -> None:
    """Note when somebody signed in."""
    session[BEGAN] = session[SEEN] = int(time.time())


def still_good(session: SessionBase) -> bool:
    """Whether it is neither too long ago that they signed in nor that they did anything; notes that they did.

    Marks that lie ahead are of a clock that was set back since: they would make it last longer, so they end it.
    """
    now = int(time.time())
    if BEGAN not in session:
        begin(session)
    if now - session[BEGAN] > settings.SESSION_COOKIE_AGE or now - session[SEEN] > settings.SESSION_IDLE_SECONDS:
        return False
    if max(session[BEGAN], session[SEEN]) - now > SEEN_EVERY:
        return False
    if now - session[SEEN] > SEEN_EVERY:
        session[SEEN] = now
    return True


def signed_in(person: Person, here: str | None) -> tuple[SignedIn, ...]:
    """Every browser in which this person is signed in, the latest seen first; `here` is the key of this one."""
    found = [
        SignedIn(_at(said.get(BEGAN)), _at(said.get(SEEN)), _how(said), row.session_key == here)
        for row, said in _of(person)
    ]
    never = datetime.min.replace(tzinfo=UTC)
    return tuple(sorted(found, key=lambda one: (one.here, one.seen or never), reverse=True))


def end_sessions(person: Person | None, *, but: str | None = None) -> int:
    """End every session of a person, or of everybody, except the one whose key is given; how many there were."""
    keys = [row.session_key for row, _ in _of(person) if row.session_key != but]
    for start in range(0, len(keys), 500):
        Session.objects.filter(session_key__in=keys[start : start + 500]).delete()
    return len(keys)


def _of(person: Person | None) -> Iterator[tuple[Session, dict[str, Any]]]:
    for row in Session.objects.filter(expire_date__gt=timezone.now()).order_by("session_key").iterator():
        said = row.get_decoded()
        if person is None or said.get(SESSION_KEY) == str(person.pk):
            yield row, said


def _at(seconds: object) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) else None


def _how(said: dict[str, Any]) -> str:
    methods = [HOW.get(str(one.get("method"))) for one in said.get(AUTHENTICATION_METHODS_SESSION_KEY, ())]
    return " and ".join(dict.fromkeys(one for one in methods if one))
