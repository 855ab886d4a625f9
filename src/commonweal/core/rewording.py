"""A person's name is taken out of words that others wrote, in every row, its history, and rows that are fixed."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from django.db import IntegrityError, models, transaction

from commonweal.core.models import AppendOnly
from commonweal.core.triggers import unguarded

SOMEBODY = "somebody"
Reword = Callable[[str], str]


def without(name: str) -> Reword:
    """Words with somebody instead of the name."""
    spelled = _spelled(name)
    return lambda words: spelled.sub(SOMEBODY, words)


def out_of_reach(said: str) -> Reword:
    """An address that leads to nobody instead of one that did; never empty, since some rows need one."""
    spelled = _spelled(said)
    return lambda words: spelled.sub("somebody@erased.invalid" if "@" in said else SOMEBODY, words)


def role_alone(name: str) -> Reword:
    """“Jo Bloggs, Head of Sport” becomes “Head of Sport”; a name alone becomes somebody."""
    spelled = re.compile(rf"{_spelled(name).pattern}[\s,;:-]*", re.IGNORECASE)

    def reworded(words: str) -> str:
        left = spelled.sub("", words).strip(" ,;:-()")
        return words if left == words.strip(" ,;:-()") else left or SOMEBODY

    return reworded


def reworded(value: Any, reword: Reword) -> Any:
    """The same value with every text in it reworded, however deep it lies."""
    if isinstance(value, str):
        return reword(value)
    if isinstance(value, dict):
        return {key: reworded(one, reword) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [reworded(one, reword) for one in value]
    return value


def reword_rows(model: type[models.Model], fields: tuple[str, ...], reword: Reword) -> int:
    """Every row of a table, and of its history, in which the words change; how many did."""
    tables = [model, *((model.history.model,) if hasattr(model, "history") else ())]
    return sum(_reword(table, fields, reword) for table in tables)


def _reword(table: type[models.Model], fields: tuple[str, ...], reword: Reword) -> int:
    there = {field.name for field in table._meta.fields}  # an earlier state may leave some out
    fields = tuple(name for name in fields if name in there)
    found = []
    for pk, *values in table._base_manager.values_list("pk", *fields).iterator():
        changed = {name: new for name, old in zip(fields, values, strict=True)
                   if (new := _fitting(table, name, reworded(old, reword))) != old}
        if changed:
            found.append((pk, changed))
    if not found:
        return 0
    with unguarded(table) if issubclass(table, AppendOnly) else nullcontext():
        for pk, changed in found:
            _write(table, pk, changed)
    return len(found)


def _write(table: type[models.Model], pk: Any, changed: dict[str, Any]) -> None:
    """Two rows that read alike without the name, where no two may, are told apart by a piece of their id."""
    row: models.QuerySet[Any] = models.QuerySet(table).filter(pk=pk)
    try:
        with transaction.atomic():
            row.update(**changed)
    except IntegrityError:
        apart = f" {str(pk)[-6:]}"
        row.update(**{name: reworded(value, lambda words: words[:60] + apart) for name, value in changed.items()})


def _fitting(table: type[models.Model], name: str, value: Any) -> Any:
    most = getattr(table._meta.get_field(name), "max_length", None)
    return value[:most] if isinstance(value, str) and most else value


def _spelled(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name.strip())}(?!\w)", re.IGNORECASE)
