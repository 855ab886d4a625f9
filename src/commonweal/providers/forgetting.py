"""What the directory lets go of when a person is forgotten: their name, wherever a profile or a list has it."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.db.models import Q

from commonweal.core import clock
from commonweal.core.forgetting import forgets
from commonweal.core.models import Person
from commonweal.providers.actions.advisers import let_adviser_go
from commonweal.providers.actions.linking import draw_own
from commonweal.providers.models import (
    Adviser,
    AdviserWork,
    Application,
    EntryPair,
    Offer,
    Profile,
    ProfileLine,
    Provider,
    Reference,
    RegisterEntry,
    Welcome,
)

SOMEBODY = "somebody"
SAID = ("about", "room", "wants")
FOR_GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (Welcome, ("words", "name")), (Offer, ("words", "giver", "ask", "source")),
    (Application, ("title", "to", "why", "learnt")),
)


@forgets("providers-directory")
def forget_in_directory(person: Person) -> None:
    """Profiles and lists stay, without the name; numbers and counts are as they were."""
    name = person.name.strip()
    EntryPair.objects.filter(decided_by=person).update(decided_by=None)
    if not name:
        return
    spelled = re.compile(re.escape(name), re.IGNORECASE)
    touched: set[UUID] = set()
    models: tuple[Any, ...] = (Profile, Profile.history.model)
    for model in models:
        held = Q(about__icontains=name) | Q(room__icontains=name) | Q(wants__icontains=name)
        for row in model.objects.filter(held):
            changed = {field: spelled.sub(SOMEBODY, getattr(row, field)) for field in SAID}
            model.objects.filter(pk=row.pk).update(**changed)
            touched.add(row.provider_id)
    for line in ProfileLine.objects.select_related("profile").filter(text__icontains=name):
        ProfileLine.objects.filter(pk=line.pk).update(text=f"{spelled.sub(SOMEBODY, line.text)[:190]}")
        touched.add(line.profile.provider_id)
    for entry in RegisterEntry.objects.filter(Q(activities__icontains=name) | Q(name__icontains=name)):
        RegisterEntry.objects.filter(pk=entry.pk).update(
            name=spelled.sub(SOMEBODY, entry.name), activities=spelled.sub(SOMEBODY, entry.activities))
        touched.add(entry.provider_id)
    _names(spelled, name)
    for body in Provider.objects.filter(pk__in=touched):
        draw_own(body)


def _names(spelled: re.Pattern[str], name: str) -> None:
    """The name of a body itself, and what it was called before."""
    models: tuple[Any, ...] = (Provider, Provider.history.model)
    for model in models:
        for row in model.objects.filter(name__icontains=name):
            model.objects.filter(pk=row.pk).update(name=spelled.sub(SOMEBODY, row.name))


@forgets("providers-for-groups")
def forget_for_groups(person: Person) -> None:
    """The page for groups and what groups applied for stay, without the name or the address."""
    spelled = re.compile("|".join(re.escape(one) for one in (person.name.strip(), person.email) if one),
                         re.IGNORECASE)
    if not spelled.pattern:
        return
    for model, fields in FOR_GROUPS:
        for table in (model, model.history.model):
            for row in table.objects.all():
                changed = {field: spelled.sub(SOMEBODY, getattr(row, field)) for field in fields
                           if spelled.search(getattr(row, field))}
                if changed:
                    table.objects.filter(pk=row.pk).update(**changed)
    pages: tuple[Any, ...] = (Welcome, Welcome.history.model)
    for table in pages:
        table.objects.filter(email__iexact=person.email).update(email="", phone="removed", shown=False)


@forgets("providers-advisers")
def forget_advisers(person: Person) -> None:
    """Their own entry goes whole; as a referee, or in the words of others, their name and answers go."""
    address, name = person.email, person.name.strip()
    if address:
        for row in Adviser.objects.filter(email__iexact=address, erased_at=None):
            let_adviser_go(adviser=row)
        Reference.objects.filter(email__iexact=address).update(
            name="", email="", answers={}, answered_at=None, declined_at=clock.now(), reply="", replied_at=None)
    if not name:
        return
    spelled = re.compile(re.escape(name), re.IGNORECASE)
    tables: tuple[tuple[Any, tuple[str, ...]], ...] = (
        (Adviser, ("about", "conflicts")), (AdviserWork, ("what", "client")), (Reference, ("reply",)))
    for model, fields in tables:
        for row in model.objects.all():
            changed = {field: spelled.sub(SOMEBODY, getattr(row, field)) for field in fields
                       if spelled.search(getattr(row, field))}
            if changed:
                model.objects.filter(pk=row.pk).update(**changed)
    for row in Reference.objects.exclude(answers={}):
        said = {key: spelled.sub(SOMEBODY, words) for key, words in row.answers.items()}
        if said != row.answers:
            Reference.objects.filter(pk=row.pk).update(answers=said)
