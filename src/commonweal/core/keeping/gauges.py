"""How an installation stands, as numbers a monitoring system keeps: counts alone, nothing about anybody."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.db.models import Count, Min

from commonweal import __version__
from commonweal.core import clock
from commonweal.core.keeping.backup import LAST
from commonweal.core.keeping.doctor import Health, look_over
from commonweal.core.models import Event, Job, JobState, Organisation, Partnership, Person
from commonweal.core.stores import stores

MARKS = {Health.WELL: 0, Health.WATCH: 1, Health.ILL: 2}
SELDOM = frozenset({"Settings", "Letters"})  # do not change by the minute, or knock at another server
ACTIVE_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Gauge:
    """One number, or one for each value of a label."""

    name: str
    words: str
    values: list[tuple[dict[str, str], float]] = field(default_factory=list)


def gauges() -> Iterator[Gauge]:
    """Every gauge that can be told; one whose source does not answer is left out, and `health` says why."""
    yield Gauge("info", "The version that runs.", [({"version": __version__}, 1)])
    worst: dict[str, int] = {}
    for one in look_over(without=SELDOM):
        worst[one.about] = max(worst.get(one.about, 0), MARKS[one.health])
    yield Gauge("health", "How each thing stands: 0 well, 1 to be watched, 2 ill; 'commonweal check' says more.",
                [({"about": about}, mark) for about, mark in worst.items()])
    for told in TOLD:
        try:
            yield told()
        except (DatabaseError, OSError):
            continue


def _jobs() -> Gauge:
    counted = dict(Job.objects.order_by().values_list("state").annotate(n=Count("pk")))
    return Gauge("jobs", "Pieces of long work by state.",
                 [({"state": state.value}, counted.get(state.value, 0)) for state in JobState])


def _oldest_job() -> Gauge:
    first = Job.objects.filter(state=JobState.WAITING).aggregate(first=Min("created"))["first"]
    waits = (clock.now() - first).total_seconds() if first else 0
    return Gauge("oldest_waiting_job_seconds", "How long the oldest piece of long work has waited.", [({}, waits)])


def _sessions() -> Gauge:
    return Gauge("sessions", "Sessions that are still good.",
                 [({}, Session.objects.filter(expire_date__gt=clock.now()).count())])


def _records() -> Gauge:
    made = {"partnerships": Partnership, "organisations": Organisation, "people": Person, "events": Event}
    return Gauge("records", "Records of each kind.",
                 [({"kind": kind}, model._default_manager.count()) for kind, model in made.items()])


def _active() -> Gauge:
    since = clock.now() - ACTIVE_WITHIN
    return Gauge("active_people", "People who signed in within 30 days.",
                 [({}, Person.objects.filter(last_login__gte=since).count())])


def _room() -> Gauge:
    return Gauge("free_bytes", "Room left where the data is.", [({}, shutil.disk_usage(settings.VAR).free)])


def _data() -> Gauge:
    published = stores().published
    return Gauge("datasets", "Published data sets that are here.",
                 [({}, len(published.manifest.datasets) if published.exists else 0)])


def _backup() -> Gauge:
    path = Path(settings.VAR) / LAST
    made = 0.0
    if path.exists():
        made = datetime.fromisoformat(json.loads(path.read_text(encoding="utf-8"))["made"]).timestamp()
    return Gauge("last_backup_timestamp_seconds", "When the last backup was taken; 0 if never.", [({}, made)])


TOLD: tuple[Callable[[], Gauge], ...] = (
    _jobs, _oldest_job, _sessions, _records, _active, _room, _data, _backup,
)
