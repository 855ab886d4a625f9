"""Everything held about one person, as they may have it: their own whole, others' left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast

from commonweal.core.models import Event, Person
from commonweal.core.personal_data import READ, Declared, Kind, declarations
from commonweal.core.processing import processing
from commonweal.core.redaction import Redactor, names_held

MOST = 5_000  # rows of one table; who did more is told how many there are


@dataclass(frozen=True, slots=True)
class Held:
    """The rows of one table that are about the person, or that they wrote, or that name them."""

    activity: str
    what: str
    total: int
    rows: tuple[dict[str, Any], ...]


def held_about(person: Person, tell: Callable[[int, int], None] = lambda done, of: None) -> Iterator[Held]:
    """Table by table; `tell` hears how far it is. Secrets, signed files and sealed bytes are not opened."""
    redactor = Redactor(names_held(), keep=(person.name, person.email))
    tables = [one for one in declarations().values() if one.of(Kind.BY, *READ)]
    for number, one in enumerate(tables, 1):
        found = _rows(one, person)
        total = found.count()
        if total:
            rows = tuple(_told(one, row, person, redactor) for row in found.order_by("pk")[:MOST])
            yield Held(processing().activities[one.activity].title, str(one.model._meta.verbose_name), total, rows)
        tell(number, len(tables))


def _rows(one: Declared, person: Person) -> models.QuerySet[Any]:
    """Those linked with the account, and those in which the name or the address stands."""
    told = one.model._base_manager.all()
    if one.model is Person:
        return told.filter(pk=person.pk)
    if one.model is Event:
        return told.filter(actor=person.pk)
    wanted = Q(pk__in=[])
    for name in one.of(Kind.BY):
        wanted |= Q(**{name: person.pk})
    said = [one for one in (person.name.strip(), person.email.strip()) if " " in one or "@" in one]
    for name in one.of(*READ):
        told = told.annotate(**{f"said_{name}": Cast(name, models.TextField())})
        for words in said:
            wanted |= Q(**{f"said_{name}__icontains": words})
    return told.filter(wanted)


def _told(one: Declared, row: Any, person: Person, redactor: Redactor) -> dict[str, Any]:
    linked = [name for name in one.of(Kind.BY) if _key(row, name) == person.pk]
    told: dict[str, Any] = {"id": str(row.pk)}
    if one.model is Person:
        linked = ["id"]
    if linked and linked != ["id"]:
        told["your part"] = [_title(one, name) for name in linked]
    for name in ("created", "at", "day", "start", "end"):
        if isinstance(value := getattr(row, name, None), date | datetime):
            told[name] = value.isoformat()
    for name, kind in one.fields.items():
        if kind in READ and (value := getattr(row, name)) not in ("", None, [], {}):
            told[_title(one, name)] = _value(kind, value, redactor, own=bool(linked))
    if one.model is Event:
        told["deed"] = row.verb
    return told


def _value(kind: Kind, value: Any, redactor: Redactor, *, own: bool) -> Any:
    if kind is Kind.ANSWERS:
        return value if own else "[somebody else's answer]"
    if kind is Kind.NAMES:
        return redactor.name(str(value))
    if kind is Kind.REACH:
        return redactor.reach(str(value))
    return redactor.value(value)


def _key(row: Any, name: str) -> UUID | None:
    field = row._meta.get_field(name)
    return getattr(row, field.attname)


def _title(one: Declared, name: str) -> str:
    return str(getattr(one.model._meta.get_field(name), "verbose_name", name))
