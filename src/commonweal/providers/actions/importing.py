"""A register is taken into the directory: only what changed is written, then entries are linked anew."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import record_event
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.lake.registers.model import Entry, RegisterFile
from commonweal.policy.place_names import council_named
from commonweal.providers.actions.linking import draw_new, link_again
from commonweal.providers.models import Provider, ProviderKind, RegisterEntry, Seen

BATCH = 2_000
FILLED = (
    "name", "kind", "numbers", "postcode", "town", "district", "web", "activities", "income", "registered",
    "removed", "as_at", "notes", "digest", "title", "publisher", "licence", "read_on",
)
Places = Callable[[Iterable[str]], Mapping[str, str]]


class Verb(models.TextChoices):
    """The deeds of importing."""

    TAKEN = "providers.register_taken"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a register's rows, and of the directory after it."""

    new: int
    changed: int
    same: int
    joined: int
    undecided: int
    kept_out: int


def no_places(postcodes: Iterable[str]) -> Mapping[str, str]:
    """No districts are known."""
    return {}


@transaction.atomic
def take_register(
    *, by: Viewer, found: RegisterFile, partnership: Partnership | None, public: bool, places: Places = no_places,
    example: bool = False,
) -> Taken:
    """Take a register in: as published where it is and `public` is said, else as the partnership's own list."""
    if partnership:
        require(by, Permission.UPLOAD, partnership.pk)
    else:
        require(by, Permission.LOAD_PUBLISHED)
    owner = None if public and found.public else partnership
    scope = str(owner.pk) if owner else ""
    held = {
        row.ref: row for row in RegisterEntry.objects.filter(register=found.key, scope=scope, example=example)
    }
    districts = places({one.postcode for one in found.entries if one.postcode})
    new: list[RegisterEntry] = []
    changed: list[RegisterEntry] = []
    for one in found.entries:
        fields = _fields(one, found, districts)
        before = held.get(one.ref)
        if before is None:
            new.append(RegisterEntry(register=found.key, ref=one.ref, scope=scope, partnership=owner,
                                     example=example, **fields))
        elif before.digest != fields["digest"]:
            for name, value in fields.items():
                setattr(before, name, value)
            changed.append(before)
    _write(new, changed, example)
    joined, undecided = link_again(touched=changed) if new or changed else (0, 0)
    subject: models.Model | None = partnership or next(iter([*new, *changed]), None)
    if subject is not None:
        record_event(by=by, verb=Verb.TAKEN, subject=subject, partnership=partnership.pk if partnership else None)
    return Taken(len(new), len(changed), len(found.entries) - len(new) - len(changed), joined, undecided,
                 len(found.kept_out))


def _write(new: Sequence[RegisterEntry], changed: Sequence[RegisterEntry], example: bool) -> None:
    """Each new entry begins as a body of its own; linking brings those together that are one."""
    bodies = []
    for row in new:
        row.provider = Provider(name=row.name, kind=row.kind, example=example,
                                visibility=Seen.COUNTED if row.scope else Seen.PUBLIC)
        draw_new(row.provider, row)
        bodies.append(row.provider)
    Provider.objects.bulk_create(bodies, batch_size=BATCH)
    RegisterEntry.objects.bulk_create(new, batch_size=BATCH)
    RegisterEntry.objects.bulk_create(changed, batch_size=BATCH, update_conflicts=True, unique_fields=["id"],
                                      update_fields=FILLED)


def _fields(one: Entry, found: RegisterFile, districts: Mapping[str, str]) -> dict[str, Any]:
    named = one.extra.get("district_name", "")
    district = districts.get(one.postcode) or one.district or (council_named(named) if named else "")
    said: dict[str, Any] = {
        "name": one.name, "kind": one.kind if one.kind in ProviderKind.values else ProviderKind.OTHER,
        "numbers": [list(pair) for pair in one.numbers], "postcode": one.postcode, "town": one.town,
        "district": district[:9], "web": one.web, "activities": one.activities, "notes": list(one.notes),
        "income": None if one.income is None else Decimal(f"{one.income:.2f}"), "registered": one.registered,
        "removed": one.removed, "as_at": one.as_at, "title": found.title[:200], "publisher": found.publisher[:200],
        "licence": found.licence[:60],
    }
    digest = hashlib.sha256(json.dumps(said, default=str, sort_keys=True).encode()).hexdigest()[:32]
    return {**said, "digest": digest, "read_on": clock.today()}
