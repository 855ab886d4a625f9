"""Bringing the results of an online consultation: a file in, one piece of evidence a question out."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from commonweal.core.errors import CommonwealError
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import Viewer, require, viewer_from
from commonweal.lake.opening.model import CannotOpen
from commonweal.needs.actions.participation import bring_participation
from commonweal.needs.forms_participation import BringResults
from commonweal.needs.participation_file import LIMIT, results_of
from commonweal.needs.personal_text import warning_for
from commonweal.present.wording import listed


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Choose the file; each question in it becomes a piece that only its organisation sees."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    form = BringResults(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        said = _brought(viewer, Partnership.objects.get(pk=partnership), form)
        if said:
            messages.success(request, said)
            return redirect("needs:evidence-list", partnership=partnership)
    return render(request, "needs/evidence/participation.html", {
        "view": view, "invented": view.invented, "form": form,
    })


def _brought(viewer: Viewer, partnership: Partnership, form: BringResults) -> str:
    """What came in, in a sentence; nothing where it was refused, and then the form says why."""
    file = form.cleaned_data["file"]
    try:
        results = results_of(file.name or "answers", file.read(LIMIT + 1))
        form.warned = any(warning_for(one.title, one.summary) for one in results.questions)
        made = bring_participation(
            by=viewer, partnership=partnership, consultation=form.consultation(), questions=results.questions,
            text_checked=form.cleaned_data["text_checked"],
        )
    except (CannotOpen, CommonwealError) as refusal:
        form.add_error("file", str(refusal))
        return ""
    count = "1 question is" if len(made) == 1 else f"{len(made)} questions are"
    left = f" Left at the door: {listed(results.left)}." if results.left else ""
    return f"{count} kept.{left} Only your organisation sees them until you have read and placed them."
