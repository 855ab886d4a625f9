"""After somebody is forgotten nothing told of personal data says who they were, in any table that can change."""

from __future__ import annotations

from contextlib import nullcontext

from django.db import models

from commonweal.core.actions.people import erase_person
from commonweal.core.forgetting_declared import kept_as_signed, reworded_tables, signed
from commonweal.core.models import Person, TombstoneReason
from commonweal.core.personal_data import READ, Kind, declarations
from commonweal.core.triggers import unguarded
from commonweal.core.viewer import SYSTEM

NAME, ADDRESS = "Peregrine Quillfeather", "peregrine@larkmere.example"


def planted() -> int:
    """The name in every text field that is told of and has a row, the address in those that say how to reach."""
    count = 0
    for one, fields in reworded_tables():
        row = one.model._base_manager.order_by("pk").last()
        if row is None:
            continue
        said = {}
        for name in fields:
            field = one.model._meta.get_field(name)
            text = ADDRESS if one.fields[name] == Kind.REACH else f"As {NAME} said"
            typed = isinstance(field, models.CharField | models.TextField) and getattr(row, name)
            if typed and len(text) <= (field.max_length or 1_000):
                said[name] = text
        if said:
            with unguarded(one.model) if one.fixed else nullcontext():
                models.QuerySet(one.model).filter(pk=row.pk).update(**said)
            count += len(said)
    return count


def still_said() -> list[str]:
    """Where the name or the address still stands."""
    found = []
    for label, one in declarations().items():
        for table in one.tables() if not signed(one) else ():
            fields = {field.name for field in table._meta.fields} & set(one.of(*READ))
            rows = table._base_manager.values_list(*fields) if fields else ()
            found += [label for row in rows if any("Quillfeather" in str(v) or ADDRESS in str(v) for v in row)]
    return sorted(set(found))


def test_nothing_that_is_told_of_says_who_they_were(example_records):
    person = Person.objects.get(email="officer@larkmere.example")
    Person.objects.filter(pk=person.pk).update(name=NAME, email=ADDRESS)
    person.refresh_from_db()
    assert planted() > 120
    assert len(still_said()) > 50
    deeds = person.memberships.count()
    erase_person(by=SYSTEM, person=person, reason=TombstoneReason.ASKED)
    assert still_said() == []
    assert person.memberships.count() == deeds
    assert "decision version" in kept_as_signed()
