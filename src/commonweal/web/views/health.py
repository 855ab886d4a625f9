"""Tells a watchdog whether the service can do its work."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from commonweal.core.stores import stores
from commonweal.lake.manifest import ManifestBroken


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and the lists of stored data can be read, 503 when not; no more is told."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "the database does not answer"}, status=503)
    try:
        for store in stores().both:
            store.datasets()
    except ManifestBroken:
        return JsonResponse({"status": "the list of stored data cannot be read"}, status=503)
    return JsonResponse({"status": "ok"})
