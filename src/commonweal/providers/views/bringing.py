"""A register or a list is brought, and the worker takes it in."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from commonweal.core.actions.jobs import start_job
from commonweal.core.intake.bringing import brought_in
from commonweal.core.models import Job, Partnership, Upload
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import Viewer, require, viewer_from
from commonweal.present.forms import tried
from commonweal.providers.background import OURS, PUBLISHED
from commonweal.providers.forms import PUBLISHED as IS_PUBLISHED
from commonweal.providers.forms import BringList


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Bring a file of organisations."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.UPLOAD, partnership)
    form = BringList(request.POST, request.FILES) if request.method == "POST" else BringList()
    if request.method == "POST" and form.is_valid():
        job = tried(form, lambda: _begun(viewer, Partnership.objects.get(pk=partnership), form))
        if job is not None:
            return redirect("web:job", job=job.pk)
    return render(request, "providers/bring.html", {"view": view, "form": form, "invented": view.invented})


def _begun(viewer: Viewer, partnership: Partnership, form: BringList) -> Job:
    kind = PUBLISHED if form.cleaned_data["whose"] == IS_PUBLISHED else OURS

    def begin(upload: Upload) -> Job:
        key = f"{kind}:{upload.pk}"
        # One register at a time: each links every entry anew.
        return start_job(
            by=viewer, kind=kind, key=key, partnership=partnership, subject=upload.pk, dataset="organisations")

    return brought_in(by=viewer, partnership=partnership, file=form.cleaned_data["file"], begin=begin)
