"""People bring comparators: bodies that do the same, their sizes and what they spend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db import models, transaction

from commonweal.core.actions.recording import record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.options.models import Comparator, ComparatorSet
from commonweal.options.pasted import number, rows_of

MOST = 500


class Verb(models.TextChoices):
    """The deeds of comparators."""

    BROUGHT = "comparators.brought"
    CHANGED = "comparators.changed"


@dataclass(frozen=True, slots=True)
class SetSaid:
    """What size counts, in which prices, from where."""

    title: str
    counts: str
    price_year: int
    source: str


@dataclass(frozen=True, slots=True)
class Body:
    """One comparator."""

    name: str
    size: Decimal
    cost: Decimal


def bodies_of(text: str) -> tuple[Body, ...]:
    """Comparators of a pasted table: name, size, cost. Refused with the row where one does not fit."""
    rows = rows_of(text, most=MOST + 1)
    if rows and len(rows[0]) >= 3 and not any(letter.isdigit() for letter in rows[0][1] + rows[0][2]):
        rows = rows[1:]
    found: list[Body] = []
    for at, row in enumerate(rows, start=1):
        if len(row) < 3 or not row[0]:
            raise Refused(f"Row {at}: three cells are needed: a name, a size and a cost a year.")
        found.append(
            Body(
                row[0][:120],
                number(row[1], row=at, what="the size", above=True),
                number(row[2], row=at, what="the cost", above=True),
            )
        )
    names = [one.name.casefold() for one in found]
    twice = next((one.name for one in found if names.count(one.name.casefold()) > 1), None)
    if twice:
        raise Refused(f"{twice} is there twice. Give each body once.")
    if not found:
        raise Refused("There is no comparator in it. Paste one row for each: name, size, cost a year.")
    return tuple(found)


@transaction.atomic
def bring_comparators(
    *, by: Viewer, partnership: Partnership, said: SetSaid, bodies: Sequence[Body]
) -> ComparatorSet:
    """A set of comparators."""
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    made = saved(ComparatorSet(partnership=partnership, **asdict(said)))
    _fill(made, bodies)
    record_event(by=by, verb=Verb.BROUGHT, subject=made, partnership=partnership.pk)
    return made


@transaction.atomic
def change_comparators(
    *, by: Viewer, within: ComparatorSet, said: SetSaid, bodies: Sequence[Body]
) -> ComparatorSet:
    """The set anew."""
    require(by, Permission.RECORD_EVIDENCE, within.partnership_id)
    held: ComparatorSet = ComparatorSet.objects.select_for_update().get(pk=within.pk)
    for name, value in asdict(said).items():
        setattr(held, name, value)
    saved(held)
    held.bodies.all().delete()
    _fill(held, bodies)
    record_event(by=by, verb=Verb.CHANGED, subject=held, partnership=held.partnership_id)
    return held


def _fill(within: ComparatorSet, bodies: Sequence[Body]) -> None:
    for one in bodies:
        saved(Comparator(partnership_id=within.partnership_id, within=within, **asdict(one)))
