"""What can be found of the directory: never a body that is only counted."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.urls import reverse

from commonweal.core.search.gathered import chosen
from commonweal.core.search.kinds import Doc, Kind, Scope, searchable
from commonweal.core.viewer import Viewer
from commonweal.providers.classes import titles
from commonweal.providers.models import Provider, Seen


def providers(subjects: Collection[str] | None) -> Iterator[Doc]:
    """Public ones and those that some may see, who is settled when they are found."""
    named = titles()
    rows = Provider.objects.filter(merged_into=None).exclude(visibility=Seen.COUNTED)
    for row in chosen(rows, subjects):
        does = ", ".join(named.get(key, key) for key in row.classes)
        yield Doc(str(row.pk), row.name, does, reverse("providers:one", args=[row.pk]),
                  Scope(invented=row.example), row.postcode)


def still(viewer: Viewer, subjects: Collection[str]) -> Collection[str]:
    """The directory's own rule."""
    return [str(key) for key in Provider.objects.visible_to(viewer).filter(pk__in=list(subjects)).values_list(
        "pk", flat=True)]


searchable(Kind("provider", "Who there is", providers, still, Provider.objects.all, {"providers.provider": "pk"}))
