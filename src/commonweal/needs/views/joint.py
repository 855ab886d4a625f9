"""Joint workshops that the needs suggest, and holding one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.needs.actions.joint import hold_joint_workshop
from commonweal.needs.queries.joint import joint_workshops


@login_required
@require_safe
def proposed(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Each with who should come, what is on the table, what each reads first."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    context = {"view": view, "invented": view.invented, "workshops": joint_workshops(viewer, partnership),
               "may": viewer.may(Permission.DISCUSS, partnership)}
    return render(request, "needs/joint/proposed.html", context)


@login_required
@require_POST
def hold(request: HttpRequest, partnership: UUID, key: str) -> HttpResponse:
    """It becomes an event."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    row = hold_joint_workshop(by=viewer, partnership=Partnership.objects.get(pk=partnership), key=key)
    messages.success(request, "It is planned. Put its day, place and access right.")
    return redirect("knowledge:event-change", partnership=partnership, gathering=row.pk)
