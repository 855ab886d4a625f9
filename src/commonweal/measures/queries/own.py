"""An organisation's own returns, for its own people, who need not see partners' evidence; nobody else's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.models import Organisation
from commonweal.core.permissions import Permission
from commonweal.core.queries.councils import kept_from
from commonweal.core.viewer import Viewer, require
from commonweal.measures.models import Return
from commonweal.measures.periods import period_words


@dataclass(frozen=True, slots=True)
class OwnReturn:
    """One return that one's own organisation owes, or has sent."""

    id: UUID
    title: str
    period: str
    due: date
    sent_at: datetime | None
    receipt: str

    @property
    def late(self) -> bool:
        """Not sent, and past its day."""
        return self.sent_at is None and self.due < clock.today()

    @property
    def in_time(self) -> bool:
        """Sent by its day."""
        return self.sent_at is not None and clock.local_day(self.sent_at) <= self.due


@dataclass(frozen=True, slots=True)
class OwnReturns:
    """What is due, the oldest first; what was sent, the newest first."""

    due: tuple[OwnReturn, ...]
    sent: tuple[OwnReturn, ...]

    def of(self, title: str) -> tuple[OwnReturn, ...]:
        """Every one of an agreement."""
        return tuple(one for one in (*self.due, *self.sent) if one.title == title)


def own_returns(viewer: Viewer, partnership: UUID) -> OwnReturns:
    """Of the organisation the viewer acts for; none where it delivers nothing here."""
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    found = tuple(
        OwnReturn(row.pk, row.plan.agreement.title, period_words(row.first, row.last), row.due, row.sent_at,
                  row.receipt)
        for row in _own(viewer, partnership).order_by("due", "pk"))
    return OwnReturns(tuple(one for one in found if one.sent_at is None),
                      tuple(one for one in reversed(found) if one.sent_at is not None))


def own_return_row(viewer: Viewer, partnership: UUID, returned: UUID) -> Return:
    """One of them; NotFound where it is another's."""
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    found: Return | None = _own(viewer, partnership).filter(pk=returned).first()
    if found is None:
        raise NotFound("There is no such return of your organisation.")
    return found


def _own(viewer: Viewer, partnership: UUID) -> Any:
    """By the plan's organisation, or the exact name of one that takes part; also what went into one's own."""
    rows = Return.objects.filter(partnership=partnership).select_related("plan__agreement", "partnership")
    key = viewer.organisation_in(partnership)
    if key is None:
        return rows.none()
    own = Organisation.objects.filter(pk__in=(key, *kept_from([key], clock.today()).get(key, ())))
    names = [*own.values_list("name", flat=True)]
    return rows.filter(Q(plan__provider__in=own) | Q(plan__provider=None, plan__provider_name__in=names))
