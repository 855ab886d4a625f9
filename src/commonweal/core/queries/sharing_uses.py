"""Every use of what an agreement opens, a page at a time; both parties read the same."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from commonweal.core.models import HeldDataset, Organisation, Person, SharingAgreement
from commonweal.core.sharing_log import COUNTS_READ, LIST_BROUGHT, uses_page

LINKING = {LIST_BROUGHT: "brought a list of people to link", COUNTS_READ: "counts of linked people"}


@dataclass(frozen=True, slots=True)
class Use:
    """Somebody opened what the agreement shares."""

    at: datetime
    who: str
    organisation: str
    what: str


@dataclass(frozen=True, slots=True)
class UsePage:
    """Some uses, newest first; `earlier` asks for those before them."""

    uses: tuple[Use, ...]
    earlier: str


def uses_of(agreement: SharingAgreement, before: str = "") -> UsePage:
    """A page of uses, from the agreement's own part of the access log."""
    page = uses_page(agreement.pk, before)
    found = [one for one in map(_read, page.lines) if one]
    people = Person.objects.filter(pk__in={one["person"] for one in found if one["person"]})
    named = {str(key): name for key, name in people.values_list("pk", "name")}
    bodies = {str(one.pk): one.name for one in Organisation.objects.filter(pk__in=agreement.parties)}
    titles = {str(one.pk): one.title for one in HeldDataset.objects.filter(
        pk__in={one["held"] for one in found if one["held"]})}
    return UsePage(tuple(
        Use(datetime.fromisoformat(one["at"]), named.get(one["person"], "Somebody"),
            bodies.get(one["organisation"], ""),
            LINKING.get(one.get("what", ""), "") or titles.get(one["held"], ""))
        for one in found
    ), page.earlier)


def _read(line: str) -> dict[str, str]:
    """What a line says; nothing where it is cut, as by a mark that was altered or a disk that filled."""
    try:
        said: dict[str, str] = json.loads(line)
    except ValueError:
        return {}
    return said
