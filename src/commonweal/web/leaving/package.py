"""An export as one file: tables as CSV and as lines of JSON, their schema, and papers as they were brought."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import models

from commonweal import __version__
from commonweal.agreements.models import AgreementPaper
from commonweal.agreements.sealing import unsealed
from commonweal.core import clock
from commonweal.core.errors import Refused
from commonweal.present.guard import guarded
from commonweal.web.leaving.owned import Table

# Frictionless Table Schema's words for what a column holds (specs.frictionlessdata.io/table-schema)
KINDS: tuple[tuple[type[models.Field[Any, Any]], str], ...] = (
    (models.BooleanField, "boolean"), (models.IntegerField, "integer"), (models.DecimalField, "number"),
    (models.FloatField, "number"), (models.DateTimeField, "datetime"), (models.DateField, "date"),
    (models.TimeField, "time"), (models.JSONField, "object"), (models.DurationField, "duration"),
)
TOGETHER = 500
READ_ME = """{title}

Everything that {whose} owns in Commonweal {version}, as of {made}. No part of Commonweal is needed to read it.

data/*.csv        a table each, for a spreadsheet. Words that it might run have an apostrophe before them.
data/*.jsonl      the same without that, a row a line, for a program.
datapackage.json  what each column is, and which table it points to (Frictionless Data Package).
papers/           papers of agreements, as they were brought.

Left out: passwords, keys and links that open something; bids that are sealed, and bids begun and not sent;
people's addresses, except those of the organisation's own; rows about single visits, which their controller has
from its own system; published data, which its publishers have.
"""


def write_export(path: Path, tables: list[Table], *, whose: str) -> dict[str, int]:
    """Write the export, whole or not at all; how many rows of each table are in it."""
    draft, counted = path.with_suffix(".arriving"), {}
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as file:
            resources = []
            for table in _once(tables):
                rows = list(_rows(table))
                name = table.name if table.name not in counted else f"{table.name}_own"
                counted[name] = len(rows)
                file.writestr(f"data/{name}.csv", _csv(table, rows))
                file.writestr(f"data/{name}.jsonl", "".join(f"{_json(table, row)}\n" for row in rows))
                resources.append(_resource(name, table, len(rows)))
                if table.model is AgreementPaper:
                    _papers(file, table)
            made = clock.now().isoformat(timespec="seconds")
            told = {"name": "commonweal-export", "title": f"What {whose} owns", "created": made,
                    "version": __version__, "resources": resources}
            file.writestr("datapackage.json", json.dumps(told, indent=1, ensure_ascii=False))
            read_me = READ_ME.format(title=told["title"], whose=whose, version=__version__, made=made)
            file.writestr("README.txt", read_me)
        draft.chmod(0o600)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return counted


def _once(tables: list[Table]) -> list[Table]:
    return [one for one in tables if one.keys]


def _rows(table: Table) -> Iterator[tuple[Any, ...]]:
    names, keys = [field.attname for field in table.columns], sorted(table.keys, key=str)
    for at in range(0, len(keys), TOGETHER):
        some = table.model._base_manager.filter(pk__in=keys[at:at + TOGETHER]).order_by("pk")
        yield from some.values_list(*names)


def _plain(value: object) -> object:
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case Decimal() | UUID():
            return str(value)
        case None | bool() | int() | float() | str() | list() | dict():
            return value
    return str(value)


def _json(table: Table, row: tuple[Any, ...]) -> str:
    told = {field.attname: _plain(value) for field, value in zip(table.columns, row, strict=True)}
    return json.dumps(told, ensure_ascii=False, default=str)


def _csv(table: Table, rows: list[tuple[Any, ...]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([field.attname for field in table.columns])
    writer.writerows([[_cell(value) for value in row] for row in rows])
    return out.getvalue()


def _cell(value: object) -> object:
    plain = _plain(value)
    if isinstance(plain, list | dict):
        return json.dumps(plain, ensure_ascii=False, default=str)
    return guarded(plain) if isinstance(plain, str) else "" if plain is None else plain


def _resource(name: str, table: Table, count: int) -> dict[str, Any]:
    told = (table.model.__doc__ or "").strip().splitlines()
    links = [field for field in table.columns if isinstance(field, models.ForeignKey)]
    return {
        "name": name, "path": f"data/{name}.csv", "description": told[0] if told else "", "rows": count,
        "schema": {
            "fields": [_column(field) for field in table.columns],
            "primaryKey": [table.model._meta.pk.attname],
            "foreignKeys": [{"fields": [one.attname], "reference": {
                "resource": _model(one)._meta.label_lower.replace(".", "_"), "fields": ["id"]}} for one in links],
        },
        "left_out": list(table.left_out),
    }


def _model(field: models.ForeignKey[Any, Any]) -> type[models.Model]:
    found = field.related_model
    assert isinstance(found, type)
    return found


def _column(field: models.Field[Any, Any]) -> dict[str, Any]:
    kind = next((word for one, word in KINDS if isinstance(field, one)), "string")
    told: dict[str, Any] = {"name": field.attname, "type": kind}
    if field.help_text:
        told["description"] = str(field.help_text)
    if field.choices:
        told["constraints"] = {"enum": [value for value, _ in field.flatchoices]}
    return told


def _papers(file: zipfile.ZipFile, table: Table) -> None:
    """Each under its own key, so that two of one name both leave; of one that cannot be opened stands why."""
    for paper in AgreementPaper._base_manager.filter(pk__in=table.keys).exclude(content=None):
        name = f"papers/{paper.pk}-{Path(paper.name).name}"
        try:
            file.writestr(name, unsealed(paper.pk, bytes(paper.content or b"")))
        except Refused as refusal:
            file.writestr(f"{name}.txt", str(refusal))
