"""What can be found of commissions: those of a partnership, and what stands in the public calendar."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.urls import reverse

from commonweal.core.permissions import Permission
from commonweal.core.search.gathered import chosen, still_visible
from commonweal.core.search.kinds import Doc, Kind, Scope, searchable
from commonweal.core.viewer import Viewer
from commonweal.procurement.models import Commission, CommissionState, Listing

GONE = (CommissionState.WITHDRAWN, CommissionState.DECIDED)


def commissions(subjects: Collection[str] | None) -> Iterator[Doc]:
    """For those who see the partnership's work."""
    for row in chosen(Commission.objects.exclude(state=CommissionState.WITHDRAWN), subjects):
        yield Doc(str(row.pk), row.title, row.purpose, reverse("procurement:commission",
                                                               args=[row.partnership_id, row.pk]),
                  Scope(row.partnership_id, Permission.VIEW_EVIDENCE), row.place)


def listings(subjects: Collection[str] | None) -> Iterator[Doc]:
    """For everybody, as it was published."""
    for row in chosen(Listing.objects.filter(withdrawn=False).select_related("partnership"), subjects):
        yield Doc(str(row.pk), row.title, row.plain, reverse("procurement:coming-one", args=[row.pk]),
                  Scope(invented=row.partnership.invented), row.place)


def listed_still(viewer: Viewer, subjects: Collection[str]) -> Collection[str]:
    """Not taken back, and still coming."""
    rows = Listing.objects.filter(pk__in=list(subjects), withdrawn=False).exclude(commission__state__in=GONE)
    return [str(key) for key in rows.values_list("pk", flat=True)]


searchable(Kind("commission", "Commissions", commissions, still_visible(Commission), Commission.objects.all,
                {"procurement.commission": "pk"}))
searchable(Kind("listing", "Coming commissions", listings, listed_still, Listing.objects.all,
                {"procurement.listing": "pk"}))
