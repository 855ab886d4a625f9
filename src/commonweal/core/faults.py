"""Faults of what Commonweal stands on, which pass: a full disk, a database that is away. Each in a sentence."""

from __future__ import annotations

import errno

from django.db import InterfaceError, OperationalError

NO_ROOM = ("The disk of this service is full, so nothing of this was kept. What was saved before is safe. Tell "
           "whoever looks after the service, and send it again once there is room.")
AWAY = ("The database does not answer just now. What was saved before is safe. In a minute look whether what you "
        "sent is there, and send it again if it is not.")
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
FULL_IN_DATABASE = frozenset({"SQLITE_FULL", "53100"})   # as SQLite and PostgreSQL say it
OUR_OWN = ("SQLITE_ERROR", "SQLITE_MISUSE", "54")   # a wrong question, which they call by the same name


def is_full(fault: BaseException | None) -> bool:
    """Whether there is no room left on a disk, ours or the database's."""
    if isinstance(fault, OSError):
        return fault.errno in FULL
    return isinstance(fault, OperationalError) and _code(fault) in FULL_IN_DATABASE


def is_away(fault: BaseException | None) -> bool:
    """Whether the database cannot be reached or is busy."""
    return (isinstance(fault, OperationalError | InterfaceError) and not is_full(fault)
            and not _code(fault).startswith(OUR_OWN))


def sentence_of(fault: BaseException | None) -> str:
    """What to tell a person of a fault that passes; empty for any other."""
    if is_full(fault):
        return NO_ROOM
    return AWAY if is_away(fault) else ""


def _code(fault: BaseException) -> str:
    cause = fault.__cause__
    return str(getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None) or "")
