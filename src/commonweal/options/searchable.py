"""What can be found of agreements."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.urls import reverse

from commonweal.core.permissions import Permission
from commonweal.core.search.gathered import chosen, still_visible
from commonweal.core.search.kinds import Doc, Kind, Scope, searchable
from commonweal.options.models import Agreement


def agreements(subjects: Collection[str] | None) -> Iterator[Doc]:
    """Each with its parties."""
    for row in chosen(Agreement.objects.prefetch_related("parties"), subjects):
        parties = ", ".join(sorted(one.name for one in row.parties.all()))
        ends = f", until {row.ends:%-d %B %Y}" if row.ends else ""
        yield Doc(str(row.pk), row.title, f"{parties}. From {row.begins:%-d %B %Y}{ends}.",
                  reverse("options:agreement", args=[row.partnership_id, row.pk]),
                  Scope(row.partnership_id, Permission.VIEW_EVIDENCE), f"{row.service} {row.form}")


searchable(Kind("agreement", "Agreements", agreements, still_visible(Agreement), Agreement.objects.all,
                {"options.agreement": "pk"}))
