"""Whether an installation is well: each thing looked at, how it stands, and what to do where it is not well."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.core.mail import get_connection
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from commonweal.core import clock
from commonweal.core.keeping.backup import LAST
from commonweal.core.models import Job, JobState
from commonweal.core.stores import stores
from commonweal.core.triggers import append_only_models

ROOM_WANTED = 2 * 1024**3
WAITS_TOO_LONG = timedelta(minutes=15)
BACKUP_AGE = timedelta(days=2)
SKEW = timedelta(seconds=30)


class Health(StrEnum):
    """How something stands."""

    WELL = "well"
    WATCH = "watch"
    ILL = "ill"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `words` say how it stands and, where it is not well, what to do."""

    about: str
    health: Health
    words: str


def look_over(without: frozenset[str] = frozenset()) -> list[Finding]:
    """Everything, in an order in which the first ill thing explains the later ones; `without` leaves looks out."""
    found: list[Finding] = []
    for about, one in LOOKS:
        if about in without:
            continue
        try:
            found += [Finding(about, health, words) for health, words in one()]
        except DatabaseError as error:
            found.append(Finding(about, Health.ILL, f"The database does not answer: {str(error).strip()}."))
        except OSError as error:
            found.append(Finding(about, Health.ILL, f"{error.filename or about}: {error.strerror}."))
    return found


Said = Iterator[tuple[Health, str]]


def _settings() -> Said:
    told = [one for one in checks.run_checks(include_deployment_checks=_server()) if one.level >= checks.WARNING]
    for one in told:
        yield Health.ILL if one.level >= checks.ERROR else Health.WATCH, f"{one.msg} {one.hint or ''} ({one.id})"
    if not told:
        yield Health.WELL, "Every setting is in order."


def _server() -> bool:
    return bool(getattr(settings, "SERVER", False))


def _wanted_on_a_server() -> Health:
    return Health.WATCH if _server() else Health.WELL


def _database() -> Said:
    connection = connections["default"]
    connection.ensure_connection()
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        yield Health.ILL, f"{len(waiting)} changes of the database wait. Run 'commonweal manage migrate'."
    else:
        yield Health.WELL, f"{connection.display_name} answers and is up to date."


def _guards() -> Said:
    """Whether what must never change is guarded by the database itself."""
    connection = connections["default"]
    wanted = {f"{model._meta.db_table}_append_only" for model in append_only_models()}
    asked = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'" if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        there = {row[0] for row in cursor.fetchall()}
    missing = {name for name in wanted if name not in there and name[:63] not in there}  # PostgreSQL cuts at 63
    if missing:
        yield Health.ILL, f"{len(missing)} tables lack their guard. Run 'commonweal manage migrate'."
    else:
        yield Health.WELL, f"{len(wanted)} tables that must never change are guarded by the database."


def _folder() -> Said:
    var = Path(settings.VAR)
    probe = var / ".written"
    probe.write_bytes(b"x")
    probe.unlink()
    if var.stat().st_mode & 0o077:
        yield Health.WATCH, f"Others on this computer can read {var}. Run: chmod 700 {var}"
    room = shutil.disk_usage(var).free
    if room < ROOM_WANTED:
        yield Health.WATCH, f"Only {room / 1024**3:.1f} GB are free where the data is. Make room before it fills."
    else:
        yield Health.WELL, f"The data folder can be written, and {room / 1024**3:.0f} GB are free."


def _keys() -> Said:
    var = Path(settings.VAR)
    keys = [one for one in (var / "secret.key", *var.glob("keys/**/*")) if one.is_file()]
    open_to_others = [one.name for one in keys if one.stat().st_mode & 0o077]
    if open_to_others:
        yield Health.ILL, f"Others on this computer can read {', '.join(open_to_others)}. Run: chmod 600 on each."
    else:
        yield Health.WELL, "Keys can be read by their owner alone."


def _worker() -> Said:
    late = Job.objects.filter(state=JobState.WAITING, created__lt=clock.now() - WAITS_TOO_LONG).count()
    if late:
        yield Health.ILL, f"{late} pieces of long work wait too long. Start 'commonweal worker'."
    else:
        yield Health.WELL, "No long work waits."


def _mail() -> Said:
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        yield _wanted_on_a_server(), "Letters go to a folder, not to people. See docs/settings.md."
        return
    server = get_connection()
    server.open()
    server.close()
    yield Health.WELL, f"{settings.EMAIL_HOST} takes letters."


def _data() -> Said:
    published = stores().published
    if published.exists:
        yield Health.WELL, f"{len(published.manifest.datasets)} published data sets are here."
    else:
        yield Health.WATCH, "No published data is here yet. Run 'commonweal pull'."


def _backup() -> Said:
    path = Path(settings.VAR) / LAST
    if not path.exists():
        yield _wanted_on_a_server(), "No backup has been taken yet. See 'commonweal backup --help'."
        return
    made = datetime.fromisoformat(json.loads(path.read_text(encoding="utf-8"))["made"])
    late = clock.now() - made > BACKUP_AGE
    yield Health.WATCH if late else Health.WELL, f"The last backup is of {made:%-d %B %Y, %H:%M}."


def _clock() -> Said:
    """Deadlines hang on the clock: ours and the database server's must agree."""
    connection = connections["default"]
    if connection.vendor != "postgresql":
        yield Health.WELL, f"It is {clock.now():%H:%M} UTC here; compare it with a clock you trust."
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        theirs = cursor.fetchone()[0]
    apart = abs(theirs - clock.now())
    agrees = apart < SKEW
    yield Health.WELL if agrees else Health.ILL, (
        "Our clock and the database server's agree." if agrees else
        f"Our clock and the database server's are {apart.total_seconds():.0f} seconds apart. Set both by NTP."
    )


LOOKS: tuple[tuple[str, Callable[[], Said]], ...] = (
    ("Settings", _settings), ("Data folder", _folder), ("Keys", _keys), ("Database", _database),
    ("Guards", _guards), ("Long work", _worker), ("Letters", _mail), ("Published data", _data),
    ("Backup", _backup), ("Clock", _clock),
)
