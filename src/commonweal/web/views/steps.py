"""Close a step of the cycle, or open it again: what is still open is named first."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from commonweal.core.actions.steps import close_step, reopen_step
from commonweal.core.closing import still_open
from commonweal.core.cycle import cycle_for
from commonweal.core.errors import NotFound, Refused
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.queries.steps import history_of
from commonweal.core.viewer import require, viewer_from
from commonweal.web.forms_steps import CloseStep, ReopenStep


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, partnership: UUID, step: str) -> HttpResponse:
    """One step: what is still open, what was closed before, and the way to close it."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.MANAGE_PARTNERSHIP, partnership)
    one = next((each for each in cycle_for(viewer, partnership) if each.key == step), None)
    if one is None:
        raise NotFound("There is no such step.")
    history = history_of(viewer, partnership, step)
    closed = bool(history) and history[0].closed
    left = still_open(viewer, partnership, step)
    form = (ReopenStep if closed else CloseStep)(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        deed = reopen_step if closed else close_step
        try:
            deed(by=viewer, partnership=Partnership.objects.get(pk=partnership), step=step,
                 reason=form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, "The step is open again." if closed else "The step is closed.")
            return redirect("web:partnership", partnership=partnership)
    context = {"view": view, "invented": view.invented, "step": one, "history": history, "closed": closed,
               "left": left, "form": form}
    return render(request, "web/partnership/step.html", context)
