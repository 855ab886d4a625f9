"""A file of notices is taken into a partnership's market, with every defect counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db import models, transaction

from commonweal.core.actions.recording import in_turn, person_of, record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.lake.notices.model import Notice, NoticeFile, Supplier
from commonweal.lake.notices.values import ANYBODY
from commonweal.lake.registers.names import tokens
from commonweal.procurement.models import MarketImport, MarketNotice, MarketSupplier

MOST = 200_000      # notices of a partnership
AT_ONCE = 200
ROWS_SHOWN = 20
PLAIN = ("source", "ocid", "stage", "published", "title", "description", "buyer", "cpv", "cpv_words", "method",
         "region", "awarded", "starts", "ends", "sme", "vcse", "address")
Progress = Callable[[float, str], None]


class Verb(models.TextChoices):
    """The deeds of the market."""

    BROUGHT = "market.brought"


def bring_notices(
    *, by: Viewer, partnership: Partnership, name: str, sha256: str, file: NoticeFile,
    progress: Progress = lambda _percent, _words: None,
) -> MarketImport:
    """Take in what is new or newer, part by part, each whole; the very same file brought twice is refused."""
    require(by, Permission.UPLOAD, partnership.pk)
    made = _begun(by, partnership, name, sha256, file)
    for start in range(made.taken, len(file.kept), AT_ONCE):
        progress(20 + 75 * start / len(file.kept), f"Taking in notice {start + 1:,} of {len(file.kept):,}.")
        with transaction.atomic():
            part = file.kept[start: start + AT_ONCE]
            _take(made, part)
            made.taken = start + len(part)
            saved(made)
    with transaction.atomic():
        made.finished = True
        saved(made)
        record_event(by=by, verb=Verb.BROUGHT, subject=made, partnership=partnership.pk)
    return made


@transaction.atomic
def _begun(by: Viewer, partnership: Partnership, name: str, sha256: str, file: NoticeFile) -> MarketImport:
    """A file's own record; one that a worker left half done is taken up where it was left."""
    in_turn(partnership)
    held: MarketImport | None = MarketImport.objects.filter(partnership=partnership, sha256=sha256).first()
    if held is not None and held.finished:
        raise Refused("This very file was brought in before. Nothing is new in it.")
    if held is not None:
        return held
    if MarketNotice.objects.filter(partnership=partnership).count() + len(file.kept) > MOST:
        raise Refused(f"A partnership keeps {MOST:,} notices at most here.")
    return saved(MarketImport(
        partnership=partnership, name=name[:255], sha256=sha256, brought_by=person_of(by), read=file.read,
        defects=_counted(file)))


def match_of(one: Supplier) -> str:
    """The same for one supplier however it is written, by its number or the words of its name; "" for a person."""
    if one.name == ANYBODY:
        return ""
    return f"{one.scheme}-{one.number}" if one.number else name_match(one.name)


def name_match(name: str) -> str:
    """The words that tell a name apart."""
    return " ".join(tokens(name))[:240]


def _take(made: MarketImport, notices: tuple[Notice, ...]) -> None:
    keys = [one.key[:300] for one in notices]
    there = {row.key: row for row in MarketNotice.objects.filter(partnership=made.partnership_id, key__in=keys)}
    rows, changed = [], []
    for one in notices:
        row = there.get(one.key[:300])
        if row is not None and not _newer(one, row):
            made.same += 1
            continue
        if row is None:
            row = MarketNotice(partnership_id=made.partnership_id, key=one.key[:300])
            rows.append(row)
            made.new += 1
        else:
            changed.append(row)
            made.changed += 1
        row.brought, row.pounds = made, one.value
        for name in PLAIN:
            setattr(row, name, getattr(one, name))
        there[row.key] = row
    MarketNotice.objects.bulk_create(rows)
    MarketNotice.objects.bulk_update(changed, ["brought", "pounds", *PLAIN])
    MarketSupplier.objects.filter(notice__in=[row.pk for row in changed]).delete()
    touched = {row.key for row in (*rows, *changed)}
    MarketSupplier.objects.bulk_create([
        MarketSupplier(partnership_id=made.partnership_id, notice=there[one.key[:300]], position=at,
                       name=each.name, scheme=each.scheme, number=each.number, match=match_of(each))
        for one in notices if one.key[:300] in touched for at, each in enumerate(one.suppliers, start=1)])


def _newer(one: Notice, row: MarketNotice) -> bool:
    """Whether a notice says something later than what is kept."""
    if one.published and row.published and one.published < row.published:
        return False
    return any(getattr(one, name) != getattr(row, name) for name in PLAIN) or one.value != row.pounds


def _counted(file: NoticeFile) -> list[dict[str, Any]]:
    rows: dict[str, list[int]] = defaultdict(list)
    for one in file.found:
        rows[one.defect.name].append(one.row)
    ordered = sorted(rows.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [{"defect": name, "count": len(found), "rows": found[:ROWS_SHOWN]} for name, found in ordered]
