"""The record of processing activities, drawn from the tables there are, and the impact draft made of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from commonweal.core.models import ProcessingAdvice
from commonweal.core.permissions import Permission
from commonweal.core.personal_data import Declared, Kind, declarations
from commonweal.core.processing import Activity, Told, processing
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.policy.impact_assessment import Draft, Facts, drafted
from commonweal.policy.lawful_basis import Basis, bases


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One activity as the record shows it; `held` counts the rows there are now that may hold somebody."""

    about: Activity
    basis: Basis
    kinds: tuple[str, ...]
    tables: tuple[str, ...]
    held: int


@dataclass(frozen=True, slots=True)
class Record:
    """The record of the installation, or of one partnership on it. `mark` changes when what is told changes."""

    told: Told
    rows: tuple[ActivityRow, ...]
    mark: str

    @property
    def fields(self) -> int:
        """How many fields may hold somebody."""
        return sum(len(one.fields) for one in declarations().values())


@dataclass(frozen=True, slots=True)
class AdviceOnProcessing:
    """What one organisation recorded of its officer's advice; `current` where nothing told has changed since."""

    organisation: str
    recorded_by: str
    officer: str
    given: date | None
    advice: str
    accepted: bool
    reason: str
    current: bool


def record_of_processing(viewer: Viewer, partnership: UUID | None = None) -> Record:
    """Of one partnership for its administrators, of the whole installation for its staff."""
    require(viewer, Permission.MANAGE_PARTNERSHIP if partnership else Permission.ERASE_PERSON, partnership)
    told = processing()
    by_activity: dict[str, list[Declared]] = {key: [] for key in told.activities}
    for one in declarations().values():
        by_activity[one.activity].append(one)
    rows = tuple(_row(told, activity, by_activity[key], partnership) for key, activity in told.activities.items())
    return Record(told, rows, schema_mark())


def schema_mark() -> str:
    """A fingerprint of what is told about every field and every use."""
    fields = {label: {name: kind.value for name, kind in sorted(one.fields.items())} for label, one in
              declarations().items()}
    uses = {key: [one.purpose, one.whose, one.seen, one.basis, one.keep] for key, one in
            processing().activities.items()}
    return hashlib.sha256(json.dumps([fields, uses], sort_keys=True).encode()).hexdigest()[:16]


def _row(told: Told, activity: Activity, tables: Iterable[Declared], partnership: UUID | None) -> ActivityRow:
    about_somebody = [one for one in tables if one.fields]
    kinds = {kind for one in about_somebody for kind in one.fields.values()}
    return ActivityRow(
        activity, bases()[activity.basis], tuple(told.kinds[kind] for kind in Kind if kind in kinds),
        tuple(str(one.model._meta.verbose_name) for one in about_somebody),
        sum(_held(one, partnership) for one in about_somebody),
    )


def _held(one: Declared, partnership: UUID | None) -> int:
    rows = one.model._default_manager.all()
    if partnership is not None:
        if "partnership" not in {field.name for field in one.model._meta.fields}:
            return 0
        rows = rows.filter(partnership=partnership)
    return rows.count()


def installation_impact(record: Record) -> Draft:
    """The draft of an impact assessment that the record gives."""
    special = [one.about.title for one in record.rows if "special" in one.about.flags and one.held]
    flags = {"personal", *(["special"] if special else [])}
    words = {
        "uses": "; ".join(f"{one.about.title.lower()}: {one.about.purpose}" for one in record.rows if one.held),
        "whose": "; ".join(sorted({one.about.whose for one in record.rows if one.held})),
        "held": f"{sum(one.held for one in record.rows):,}", "fields": str(record.fields),
        "special": ", ".join(special), "security": record.told.security, "transfers": record.told.transfers,
        "place": "this installation",
        "bases": "; ".join(sorted({f"{one.basis.title} (Article {one.basis.article})" for one in record.rows})),
    }
    return drafted(Facts(frozenset(flags), words), of="installation_impact")


def advice_on_processing(viewer: Viewer, partnership: UUID) -> tuple[AdviceOnProcessing, ...]:
    """What organisations of the partnership recorded, newest first."""
    rows = ProcessingAdvice.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(partnership=partnership)
    mark = schema_mark()
    return tuple(
        AdviceOnProcessing(
            one.organisation.name, one.person.name if one.person else "", one.officer, one.given, one.advice,
            one.accepted, one.reason, one.mark == mark,
        )
        for one in rows.select_related("organisation", "person").order_by("-created")
    )
