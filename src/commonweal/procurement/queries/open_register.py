"""The open register: what was published of contracts and grants, the same for everybody, whoever looks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from commonweal.core.errors import NotFound
from commonweal.core.models import Organisation
from commonweal.procurement.models import Process, Release, Stage
from commonweal.procurement.ocds.merging import compiled
from commonweal.procurement.ocds.words import Json

PAGE = 100
GIVEN = (Stage.AWARD, Stage.CONTRACT, Stage.IMPLEMENTATION, Stage.GRANT)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of the register somebody looks at."""

    words: str = ""
    buyer: str = ""
    invented: bool = False


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One contract or grant as it was published last."""

    ocid: str
    kind: str
    reference: str
    title: str
    description: str
    department: str
    buyer: str
    supplier: str
    number: str
    pounds: Decimal
    vcse: str
    starts: date
    ends: date
    lost_vat: Decimal | None
    review: date | None
    how: str
    sme: str
    awarded: date | None


@dataclass(frozen=True, slots=True)
class Told:
    """One publication of a process."""

    stage: str
    number: int
    published_at: datetime
    content: Json


@dataclass(frozen=True, slots=True)
class Due:
    """Something due, and the day it was done."""

    title: str
    due_on: date
    met_on: date | None


@dataclass(frozen=True, slots=True)
class ProcessCard:
    """One process: its lines, everything published of it, and and what was paid and done."""

    ocid: str
    title: str
    buyer: str
    invented: bool
    lines: tuple[RegisterLine, ...]
    told: tuple[Told, ...]
    why: str
    paid: tuple[tuple[date, Decimal], ...]
    done: tuple[Due, ...]
    open_data: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of releases or records, with how many pages there are."""

    content: tuple[Json, ...]
    page: int
    pages: int
    latest: datetime | None


def register_lines(asked: Asked) -> tuple[RegisterLine, ...]:
    """Every contract and grant, newest first."""
    rows = _releases(asked).filter(stage__in=GIVEN).order_by("process", "-number")
    newest: dict[Any, Release] = {}
    for row in rows:
        newest.setdefault(row.process_id, row)
    lines = [line for row in newest.values() for line in _lines(row)]
    sought = asked.words.casefold().split()
    fits = [one for one in lines if all(word in _words(one) for word in sought)]
    return tuple(sorted(fits, key=lambda one: (one.starts, one.reference), reverse=True))


def process_for(ocid: str) -> ProcessCard:
    """One process; NotFound where nothing of it is published."""
    row = Process.objects.filter(ocid=ocid).select_related("commission__organisation", "partnership").first()
    releases = list(row.releases.order_by("number")) if row else []
    if row is None or not releases:
        raise NotFound("Nothing of this is in the open register.")
    given = [one for one in releases if one.stage in GIVEN]
    open_data = [one.content for one in releases if one.stage != Stage.GRANT]
    whole = compiled(open_data) if open_data else {}
    title = whole.get("tender", {}).get("title") or (given[-1].lines[0]["title"] if given else ocid)
    told = (Told(str(Stage(one.stage).label), one.number, one.published_at, one.content) for one in releases)
    return ProcessCard(ocid, title, row.commission.organisation.name, row.partnership.invented,
                       _lines(given[-1]) if given else (), tuple(told),
                       whole.get("planning", {}).get("rationale", ""), *_carried_out(whole), bool(open_data))


def releases_page(asked: Asked, page: int, since: date | None = None) -> Sheet:
    """OCDS releases, oldest first."""
    rows = _open(asked, since)
    total = rows.count()
    part = list(rows[(page - 1) * PAGE: page * PAGE])
    return Sheet(tuple(one.content for one in part), page, max(-(-total // PAGE), 1),
                 part[-1].published_at if part else None)


def all_releases(asked: Asked) -> Iterator[Json]:
    """OCDS releases, oldest first, one at a time."""
    for row in _open(asked, None).iterator(chunk_size=PAGE):
        yield row.content


def records_page(asked: Asked, page: int) -> Sheet:
    """OCDS records: every release of a process, and both as one."""
    ids = _open(asked, None).order_by().values("process")
    rows = Process.objects.filter(pk__in=ids).order_by("created", "id")
    total = rows.count()
    found = [_record(row) for row in rows[(page - 1) * PAGE: page * PAGE]]
    return Sheet(tuple(found), page, max(-(-total // PAGE), 1), None)


def record_of(ocid: str) -> Json:
    """The record of one process."""
    row = Process.objects.filter(ocid=ocid).first()
    if row is None or not row.releases.exclude(stage=Stage.GRANT).exists():
        raise NotFound("Nothing of this is in the open register.")
    return _record(row)


def grants(asked: Asked) -> tuple[Json, ...]:
    """360Giving grants as they were published last."""
    newest: dict[Any, Release] = {}
    for row in _releases(asked).filter(stage=Stage.GRANT).order_by("process", "-number"):
        newest.setdefault(row.process_id, row)
    return tuple(one for row in newest.values() for one in row.content["grants"])


def buyers(asked: Asked) -> tuple[tuple[str, str], ...]:
    """Who publishes here, as (id, name)."""
    ids = _releases(Asked(invented=asked.invented)).order_by().values("process__commission__organisation")
    rows = Organisation.objects.filter(pk__in=ids).order_by("name", "id")
    return tuple((str(one.pk), one.name) for one in rows)


def _words(one: RegisterLine) -> str:
    return f"{one.title} {one.description} {one.supplier} {one.buyer} {one.reference}".casefold()


def _releases(asked: Asked) -> Any:
    rows = Release.objects.filter(process__partnership__invented=asked.invented)
    return rows.filter(process__commission__organisation=asked.buyer) if asked.buyer else rows


def _open(asked: Asked, since: date | None) -> Any:
    rows = _releases(asked).exclude(stage=Stage.GRANT).order_by("published_at", "process", "number")
    return rows.filter(published_at__date__gte=since) if since else rows


def _record(row: Process) -> Json:
    contents = [one.content for one in row.releases.exclude(stage=Stage.GRANT).order_by("number")]
    return {"ocid": row.ocid, "releases": contents, "compiledRelease": compiled(contents)}


def _carried_out(whole: Json) -> tuple[tuple[tuple[date, Decimal], ...], tuple[Due, ...]]:
    """What was paid and what was due, over every contract."""
    parts = [one["implementation"] for one in whole.get("contracts", ()) if "implementation" in one]
    paid = [(_day(each["date"]), Decimal(str(each["value"]["amount"])))
            for one in parts for each in one["transactions"]]
    due = [Due(each["title"], _day(each["dueDate"]), _day(each["dateMet"]) if "dateMet" in each else None)
           for one in parts for each in one["milestones"]]
    return tuple(sorted(paid)), tuple(sorted(due, key=lambda one: (one.due_on, one.title)))


def _day(moment: str) -> date:
    return datetime.fromisoformat(moment).date()


def _lines(row: Release) -> tuple[RegisterLine, ...]:
    return tuple(_line(row.process.ocid, one) for one in row.lines)


def _line(ocid: str, one: Json) -> RegisterLine:
    days = {name: date.fromisoformat(one[name]) if one.get(name) else None
           for name in ("review", "awarded")}
    starts, ends = date.fromisoformat(one["starts"]), date.fromisoformat(one["ends"])
    return RegisterLine(
        ocid, one["kind"], one["reference"], one["title"], one["description"], one["department"], one["buyer"],
        one["supplier"], one["number"], Decimal(one["pounds"]), one["vcse"], starts, ends,
        Decimal(one["lost_vat"]) if "lost_vat" in one else None, days["review"], one.get("how", ""),
        one.get("sme", ""), days["awarded"])
