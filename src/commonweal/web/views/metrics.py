"""Numbers for a monitoring system, in Prometheus' text format, behind a token of their own."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from commonweal.core.keeping.gauges import Gauge, gauges

KIND = "text/plain; version=0.0.4; charset=utf-8"


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """What a watchdog wants to know; counts alone, and not found for whoever has not the token."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not constant_time_compare(given, settings.METRICS_TOKEN):
        raise Http404
    return HttpResponse("".join(_written(one) for one in gauges()), content_type=KIND)


def _written(gauge: Gauge) -> str:
    rows = "".join(f"commonweal_{gauge.name}{_labels(labels)} {value}\n" for labels, value in gauge.values)
    return f"# HELP commonweal_{gauge.name} {gauge.words}\n# TYPE commonweal_{gauge.name} gauge\n{rows}"


def _labels(labels: dict[str, str]) -> str:
    told = ",".join(f'{name}="{_safe(value)}"' for name, value in labels.items())
    return f"{{{told}}}" if told else ""


def _safe(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
