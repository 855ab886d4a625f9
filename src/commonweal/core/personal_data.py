"""Which fields may hold something about a person, and of what kind: read from files beside the models."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.db import models

from commonweal.core.models.people import Person
from commonweal.core.models.versions import AppendOnly

NAME = "personal_data.yaml"
_TYPED = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField,
          models.GenericIPAddressField)


class Kind(StrEnum):
    """What of a person a field may hold."""

    BY = "by"
    NAMES = "names"
    BODIES = "bodies"
    REACH = "reach"
    ANSWERS = "answers"
    WORDS = "words"
    FROZEN = "frozen"
    FILES = "files"
    SECRET = "secret"  # noqa: S105 - the name of a kind


READ = (Kind.NAMES, Kind.BODIES, Kind.REACH, Kind.ANSWERS, Kind.WORDS)  # found in, and taken out of


@dataclass(frozen=True, slots=True)
class Declared:
    """One table: the activity it serves, the kind of each field about people, and the fields about nobody."""

    model: type[models.Model]
    activity: str
    fields: dict[str, Kind]
    nobody: frozenset[str]

    @property
    def label(self) -> str:
        """Its name among all tables."""
        return self.model._meta.label

    @property
    def fixed(self) -> bool:
        """Whether its rows are never changed, because they were signed or tell of a deed."""
        return issubclass(self.model, AppendOnly)

    def of(self, *kinds: Kind) -> tuple[str, ...]:
        """Its fields of some kinds."""
        return tuple(name for name, kind in self.fields.items() if kind in kinds)

    def tables(self) -> tuple[Any, ...]:
        """The table itself and, where it has one, that of its earlier states."""
        kept = getattr(self.model, "history", None)
        return (self.model, kept.model) if kept is not None else (self.model,)


@cache
def declarations() -> dict[str, Declared]:
    """Every table that is told of, by its label."""
    found: dict[str, Declared] = {}
    for app in apps.get_app_configs():
        path = Path(app.path) / NAME
        if not path.exists():
            continue
        for label, told in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            whole = label if "." in label else f"{app.label}.{label}"
            found[whole] = _declared(whole, dict(told))
    return dict(sorted(found.items()))


def _declared(label: str, told: dict[str, Any]) -> Declared:
    activity, nobody = told.pop("activity"), frozenset(told.pop("not", ()))
    fields = {name: Kind(kind) for kind, names in told.items() for name in names}
    return Declared(apps.get_model(label), activity, fields, nobody)


def may_hold_somebody(model: type[models.Model]) -> Iterator[str]:
    """The fields of a table in which a person could stand: links to an account, text that is typed, loose ids."""
    for field in model._meta.fields:
        linked = field.is_relation and field.related_model is Person
        typed = isinstance(field, _TYPED) and not isinstance(field, models.SlugField) and not field.choices
        loose = isinstance(field, models.UUIDField) and not field.primary_key
        if linked or typed or loose:
            yield field.name


def untold() -> list[str]:
    """Fields that may hold somebody and that no file speaks of; earlier states follow the table they are of."""
    told = declarations()
    return [
        f"{model._meta.label}.{name}" for model in apps.get_models(include_auto_created=True)
        if not model.__name__.startswith("Historical") for name in may_hold_somebody(model)
        if (one := told.get(model._meta.label)) is None or name not in {*one.fields, *one.nobody}
    ]


def mistold() -> list[str]:
    """Fields a file speaks of that are not there, or speaks of twice."""
    wrong = []
    for one in declarations().values():
        there = {field.name for field in one.model._meta.fields}
        names = [*one.fields, *one.nobody]
        wrong += [f"{one.label}.{name}" for name in names if name not in there or names.count(name) > 1]
    return wrong
