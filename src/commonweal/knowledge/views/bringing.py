"""Bringing a list of words: read in a capped process, looked at, confirmed."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from commonweal.core.errors import CommonwealError, NotFound
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.knowledge.actions.bringing import confirm_list, keep_list
from commonweal.knowledge.forms import Bring
from commonweal.knowledge.models import WordImport
from commonweal.knowledge.skos.reading import LIMIT, read_words
from commonweal.lake.opening.model import CannotOpen

SHOWN = 50


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Choose a file; what is found in it is shown before anything comes in."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    form = Bring(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            read = read_words(file.name or "list", file.read(LIMIT + 1))
            kept = keep_list(by=viewer, partnership=Partnership.objects.get(pk=partnership), read=read)
        except (CannotOpen, CommonwealError) as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("knowledge:brought", partnership=partnership, brought=kept.pk)
    return render(request, "knowledge/bring.html", {"view": view, "invented": view.invented, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def brought(request: HttpRequest, partnership: UUID, brought: UUID) -> HttpResponse:
    """What the file holds, and a button to bring it in."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    seen = WordImport.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership, pk=brought)
    row = seen.first()
    if row is None:
        raise NotFound("There is no such list in this partnership, or none that you may see.")
    if request.method == "POST":
        try:
            count = confirm_list(by=viewer, brought=row)
        except CommonwealError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{count} words are brought in. None is proposed until somebody does so.")
        return redirect("knowledge:own-words", partnership=partnership)
    context = {
        "view": view, "invented": view.invented, "row": row, "count": len(row.found),
        "shown": [(one[1], one[2]) for one in row.found[:SHOWN]],
    }
    return render(request, "knowledge/brought.html", context)
