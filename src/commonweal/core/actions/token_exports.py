"""The file that is made for a token on its days: kept while the token works, the newest alone."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings

from commonweal.core import clock
from commonweal.core.models import ExportEvery, ProgramToken

SAID = 300


def place_of(token: UUID) -> Path:
    """Where the file of a token lies."""
    return Path(settings.VAR) / "exports" / f"{token}.zip"


def is_due(every: str, last: date | None, today: date) -> bool:
    """Whether a file is to be made: at once the first time, then on the next day, week from it, or month."""
    if last is None:
        return True
    if every == ExportEvery.MONTH:
        return (last.year, last.month) < (today.year, today.month)
    return last + timedelta(days=7 if every == ExportEvery.WEEK else 1) <= today


def due_exports() -> tuple[ProgramToken, ...]:
    """Tokens that work and whose day it is."""
    rows = ProgramToken.objects.filter(ended=None, expires__gt=clock.now()).exclude(every="").order_by("pk")
    return tuple(row for row in rows if is_due(
        row.every, clock.local_day(row.exported_at) if row.exported_at else None, clock.today()))


def keep_export(*, token: ProgramToken, body: bytes, said: str) -> None:
    """The newest file takes the place of the one before, whole or not at all; readable by the program alone."""
    path = place_of(token.pk)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    arriving = path.with_suffix(".arriving")
    arriving.touch(mode=0o600)
    arriving.write_bytes(body)
    arriving.replace(path)
    ProgramToken.objects.filter(pk=token.pk).update(exported_at=clock.now(), export_said=said[:SAID])


def old_exports() -> list[Path]:
    """Files of tokens that work no more."""
    files = sorted((Path(settings.VAR) / "exports").glob("*.zip"))
    working = {str(key) for key in ProgramToken.objects.filter(
        ended=None, expires__gt=clock.now()).values_list("pk", flat=True)}
    return [one for one in files if one.stem not in working]


def let_old_exports_go() -> None:
    """They are deleted."""
    for one in old_exports():
        one.unlink(missing_ok=True)
