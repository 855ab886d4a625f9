"""The file made for a token on its days: kept while the token works and its person's roles are the same."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings

from commonweal.core import clock
from commonweal.core.models import ExportEvery, ProgramToken
from commonweal.core.queries.tokens import viewer_by

SAID = 300


def place_of(token: ProgramToken) -> Path:
    """Where the file of a token lies; elsewhere once its person's roles are others: that one is not theirs."""
    held = sorted(f"{one.organisation} {one.role} {one.inherited}" for one in viewer_by(token).grants)
    roles = hashlib.sha256("\n".join(held).encode()).hexdigest()[:16]
    return Path(settings.VAR) / "exports" / f"{token.pk}-{roles}.zip"


def is_due(every: str, last: date | None, today: date) -> bool:
    """Whether a file is to be made: at once the first time, then on the next day, week from it, or month."""
    if last is None:
        return True
    if every == ExportEvery.MONTH:
        return (last.year, last.month) < (today.year, today.month)
    return last + timedelta(days=7 if every == ExportEvery.WEEK else 1) <= today


def due_exports() -> tuple[ProgramToken, ...]:
    """Tokens that work and whose day it is, or whose person's roles have changed since the last file."""
    return tuple(row for row in _working() if not place_of(row).exists() or is_due(
        row.every, clock.local_day(row.exported_at) if row.exported_at else None, clock.today()))


def _working() -> list[ProgramToken]:
    """Those for which a file is kept: they work, and their person has a part in the partnership."""
    rows = ProgramToken.objects.filter(ended=None, expires__gt=clock.now()).exclude(every="")
    return [row for row in rows.select_related("person").order_by("pk") if viewer_by(row).grants]


def keep_export(*, token: ProgramToken, path: Path, body: bytes, said: str) -> None:
    """The newest file takes the place of the one before, whole or not at all; readable by the program alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    arriving = path.with_suffix(".arriving")
    arriving.touch(mode=0o600)
    arriving.write_bytes(body)
    arriving.replace(path)
    ProgramToken.objects.filter(pk=token.pk).update(exported_at=clock.now(), export_said=said[:SAID])


def old_exports() -> list[Path]:
    """Files of tokens that work no more, and of roles that were others."""
    files = sorted((Path(settings.VAR) / "exports").glob("*"))
    working = {place_of(row).stem for row in _working()} if files else set()
    return [one for one in files if one.stem not in working]


def let_old_exports_go() -> None:
    """They are deleted."""
    for one in old_exports():
        one.unlink(missing_ok=True)
