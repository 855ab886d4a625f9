"""People that two organisations both serve, counted under their agreement: the counts, and bringing a list."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.core.actions.linking import bring_link_list
from commonweal.core.permissions import Permission
from commonweal.core.queries.linking import linked_for
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.queries.sharing import agreement_row
from commonweal.core.viewer import Viewer, require, viewer_from
from commonweal.needs.queries.visits import systems_for
from commonweal.present.forms import tried
from commonweal.web.forms_sharing import BringLinkList
from commonweal.web.linked_table import linked_sentence, linked_table


@login_required
@require_safe
def linked(request: HttpRequest, partnership: UUID, agreement: UUID) -> HttpResponse:
    """The four counts and whose lists they are of; reading them is written down first."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    found = linked_for(viewer, view, agreement)
    context = {
        "view": view, "invented": view.invented, "linked": found, "table": linked_table(found),
        "sentence": linked_sentence(found),
    }
    return render(request, "web/sharing/linked.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, partnership: UUID, agreement: UUID) -> HttpResponse:
    """Bring one's own list."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = agreement_row(viewer, partnership, agreement)
    require(viewer, Permission.UPLOAD, partnership)
    form = BringLinkList(
        _own_systems(viewer, partnership), *((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        made = tried(form, lambda: bring_link_list(by=viewer, agreement=row, brought=form.people()))
        if made is not None:
            messages.success(request, f"{made.people:,} people are in, as pseudonyms. The file is not kept.")
            return redirect("web:linked", partnership=partnership, agreement=agreement)
    context = {"view": view, "invented": view.invented, "form": form, "agreement": row}
    return render(request, "web/sharing/linked_bring.html", context)


def _own_systems(viewer: Viewer, partnership: UUID) -> list[tuple[UUID, str]]:
    return [(one.id, one.title) for one in systems_for(viewer, partnership) if one.mine]
