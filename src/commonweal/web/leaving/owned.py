"""Which rows belong to a partnership or to an organisation, and which columns of them may leave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from commonweal.core.keeping.rows import fields_of, kept_models
from commonweal.core.models import Membership, Organisation, Partnership, Person

Rows = dict[type[models.Model], set[Any]]

# Made again at any time from what is here, or of the running of the service alone.
NOT_OWNED = frozenset({
    "core.searchentry", "core.searchscope", "core.searchterm", "core.searchgram", "core.searchposting", "core.job",
    "core.programtoken", "core.invitation", "mfa.authenticator", "account.emailaddress",
    "account.emailconfirmation",
})
OF_PEOPLE = ("id", "name")  # of everybody who is named; an organisation's own people have their address too
# What opens something, or is sealed until its day.
SECRET = frozenset({"password", "token_hash", "sealed", "draft", "content"})


@dataclass(frozen=True, slots=True)
class Table:
    """One table of an export: the rows by their keys, and the columns that leave."""

    model: type[models.Model]
    keys: frozenset[Any]
    columns: tuple[models.Field[Any, Any], ...]
    left_out: tuple[str, ...]

    @property
    def name(self) -> str:
        """As files are named: needs_needversion."""
        return self.model._meta.label_lower.replace(".", "_")


def of_partnership(partnership: Partnership) -> list[Table]:
    """Every row that says it is the partnership's, the parts of those, and whoever is named in them."""
    found: Rows = {Partnership: {partnership.pk}}
    for model in _ownable():
        if any(field.attname == "partnership_id" or field.name == "partnership" for field in fields_of(model)):
            found[model] = set(model._base_manager.filter(partnership=partnership.pk).values_list("pk", flat=True))
    _parts(found)
    found.setdefault(Organisation, set()).update(_named(found, Organisation))
    return list(_tables(found, people=_named(found, Person), own_people=frozenset()))


def of_organisation(organisation: Organisation) -> list[Table]:
    """Every row that names the organisation as its own or acting one, the parts of those, and its people."""
    found: Rows = {Organisation: {organisation.pk}}
    for model in _ownable():
        fields = [field.name for field in _links(model, Organisation)]
        if fields:
            asked = Q(*((name, organisation.pk) for name in fields), _connector=Q.OR)
            found[model] = set(model._base_manager.filter(asked).values_list("pk", flat=True))
    _parts(found)
    own = frozenset(Membership.objects.filter(organisation=organisation).values_list("person", flat=True))
    return list(_tables(found, people=_named(found, Person) | own, own_people=own))


def _ownable() -> Iterator[type[models.Model]]:
    """Tables whose rows somebody owns; histories leave with the rows they are of."""
    for model in kept_models():
        label = model._meta.label_lower
        if label not in NOT_OWNED and model not in (Person, Organisation, Partnership) and not _history(model):
            yield model


def _history(model: type[models.Model]) -> bool:
    return model.__name__.startswith("Historical")


def _links(model: type[models.Model], to: type[models.Model]) -> Iterator[models.ForeignKey[Any, Any]]:
    for field in fields_of(model):
        if isinstance(field, models.ForeignKey) and field.related_model is to:
            yield field


def _parts(found: Rows) -> None:
    """Rows that would go with those that are owned: a part is owned with its whole, however deep."""
    grew = True
    while grew:
        grew = False
        for model in _ownable():
            for field in fields_of(model):
                whole = _whole(field)
                keys = found.get(whole) if whole else None
                if not keys or whole is model:
                    continue
                more = _holding(model, field.name, keys) - found.setdefault(model, set())
                found[model] |= more
                grew = grew or bool(more)


def _whole(field: models.Field[Any, Any]) -> type[models.Model] | None:
    """What a row is a part of by this column; none where it only points to something."""
    if not isinstance(field, models.ForeignKey) or not isinstance(field.related_model, type):
        return None
    cascades = field.remote_field is not None and field.remote_field.on_delete is models.CASCADE
    return field.related_model if cascades else None


def _holding(model: type[models.Model], name: str, keys: set[Any]) -> set[Any]:
    """Asked in parts, because a database takes only so many values in one question."""
    some, held = sorted(keys, key=str), set()
    for at in range(0, len(some), 500):
        held |= set(model._base_manager.filter(**{f"{name}__in": some[at:at + 500]}).values_list("pk", flat=True))
    return held


def _named(found: Rows, who: type[models.Model]) -> set[Any]:
    """Those whom the rows name."""
    named: set[Any] = set()
    for model, keys in found.items():
        for field in _links(model, who):
            for at in range(0, len(keys), 500):
                some = sorted(keys, key=str)[at:at + 500]
                named |= set(model._base_manager.filter(pk__in=some).values_list(field.attname, flat=True))
    return named - {None}


def _tables(found: Rows, *, people: set[Any], own_people: frozenset[UUID]) -> Iterator[Table]:
    for model in sorted(found, key=lambda one: one._meta.label_lower):
        if found[model]:
            yield _table(model, frozenset(found[model]))
    known = {field.attname: field for field in fields_of(Person)}
    if others := frozenset(people - own_people):
        yield Table(Person, others, tuple(known[name] for name in OF_PEOPLE), ("everything but the name",))
    if own_people:
        own = tuple(known[name] for name in (*OF_PEOPLE, "email", "is_active"))
        yield Table(Person, own_people, own, ("password",))


def _table(model: type[models.Model], keys: frozenset[Any]) -> Table:
    secret = [field.name for field in fields_of(model) if field.name in SECRET and _hidden(field)]
    columns = tuple(field for field in fields_of(model) if field.name not in secret)
    return Table(model, keys, columns, tuple(secret))


def _hidden(field: models.Field[Any, Any]) -> bool:
    """`content` is a file's sealed bytes in one table and plain data in another."""
    return isinstance(field, models.BinaryField) or field.name in {"password", "token_hash"}
