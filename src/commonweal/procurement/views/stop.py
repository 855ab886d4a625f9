"""The one page for a club or group: whom to ask, money, training, what is coming, evidence, forms. No account."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.core.permissions import Permission
from commonweal.core.viewer import viewer_from
from commonweal.providers.own_lines import lines_for
from commonweal.providers.queries.help import applications_for, stop_for, stops

EVERYBODYS = 2_000  # the characters of an address that any browser takes


@require_safe
def stops_page(request: HttpRequest) -> HttpResponse:
    """Every place that has such a page."""
    return render(request, "procurement/stops.html", {"cards": stops(viewer_from(request))})


@require_safe
def page(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """The page of one place; whoever has signed in for a group finds what it applied for."""
    viewer = viewer_from(request)
    stop = stop_for(viewer, partnership)
    codes = "+".join(stop.codes)
    takes_part = viewer.may(Permission.BRING_EVIDENCE, partnership)
    context = {
        "stop": stop, "invented": stop.invented, "codes": codes if len(codes) < EVERYBODYS else "",
        "mine": applications_for(viewer, partnership)[:3] if takes_part else (), "takes_part": takes_part,
        "chances": lines_for(viewer, partnership) if takes_part else (),
        "contact_name": "", "contact_phone": "", "contact_email": "",
    }
    return render(request, "procurement/stop.html", context)
