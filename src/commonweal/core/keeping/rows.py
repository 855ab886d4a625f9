"""Every row of every table as lines of JSON that either database can take back, exactly as they were."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.management.color import no_style
from django.db import connections, models
from django.utils.dateparse import parse_datetime, parse_duration

TOGETHER = 2_000
LEFT_OUT = frozenset({"sessions.session", "django_tasks_db.dbtaskresult"})  # of the moment: nobody stays signed in


def kept_models() -> list[type[models.Model]]:
    """Every table that is kept, by its label."""
    found = (
        one for one in apps.get_models(include_auto_created=True)
        if one._meta.managed and not one._meta.proxy and one._meta.label_lower not in LEFT_OUT
    )
    return sorted(found, key=lambda one: one._meta.label_lower)


def fields_of(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The columns a table has of its own."""
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def lines(model: type[models.Model], using: str) -> Iterator[bytes]:
    """A table's rows, a line each, in the order of their keys."""
    names = [field.attname for field in fields_of(model)]
    rows = model._base_manager.using(using).order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=TOGETHER):
        told = [_plain(value) for value in row]
        yield json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _plain(value: object) -> object:
    """A value JSON has; what JSON lacks is a pair of its kind and its words."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case datetime():
            return {"~": "when", "v": value.isoformat()}
        case date() | time() | UUID() | Decimal():
            return {"~": "word", "v": str(value)}
        case timedelta():
            return {"~": "span", "v": f"{value.days} {value.seconds}.{value.microseconds:06d}"}
        case bytes() | memoryview():
            return {"~": "bytes", "v": base64.b64encode(bytes(value)).decode()}
    return {"~": "json", "v": value}  # a JSON field's own lists and objects


def _value(field: models.Field[Any, Any], plain: Any) -> Any:
    """The value again, as the field keeps it."""
    kind, words = (plain["~"], plain["v"]) if isinstance(plain, dict) else ("", plain)
    if words is None and isinstance(field, models.JSONField) and not field.null:
        return models.Value(None, field)  # JSON's own null, not an empty column
    if kind in {"json", ""}:
        return words
    if kind == "when":
        return parse_datetime(words)
    if kind == "bytes":
        return base64.b64decode(words)
    return parse_duration(words) if kind == "span" else field.to_python(words)


def load(model: type[models.Model], given: Iterable[bytes], using: str) -> int:
    """Put rows in as they were, past every model's own ways of saving; how many."""
    fields, many = fields_of(model), iter(given)
    manager, total = model._base_manager, 0
    together = min(TOGETHER, connections[using].ops.bulk_batch_size(fields, [None] * TOGETHER))
    while batch := list(islice(many, max(1, together))):
        rows = [model(**_row(fields, json.loads(line))) for line in batch]
        manager._insert(rows, fields=fields, using=using, raw=True)  # type: ignore[attr-defined]
        total += len(rows)
    return total


def _row(fields: list[models.Field[Any, Any]], plain: list[Any]) -> dict[str, Any]:
    return {field.attname: _value(field, value) for field, value in zip(fields, plain, strict=True)}


def empty(using: str) -> None:
    """Take out what building the database put in (kinds of content, permissions), before rows come back."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for model in kept_models():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 - our tables


def count_on(using: str) -> None:
    """Let numbers that the database gives go on after the last one that came back."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), kept_models()):
            cursor.execute(statement)
