"""Organisations merge and are divided, for staff of the installation; nothing of their work is shown."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.core.models import Organisation
from commonweal.core.queries.councils import councils_here, organisation_to_divide
from commonweal.core.viewer import viewer_from
from commonweal.options.actions.passing import divide_council, merge_councils
from commonweal.present.forms import tried
from commonweal.web.forms_councils import DivideOrganisation, MergeOrganisations
from commonweal.web.posting import answers


@login_required
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """All that sit in a partnership, and what came of what."""
    return render(request, "web/succession/organisations.html", {"found": councils_here(viewer_from(request))})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest) -> HttpResponse:
    """Several become one."""
    viewer = viewer_from(request)
    going_on = tuple(one for one in councils_here(viewer) if not one.goes_on)
    form = MergeOrganisations(going_on, *answers(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        rows = [*Organisation.objects.filter(pk__in=form.chosen())]
        into = Organisation.objects.get(pk=said["into"]) if said["into"] else said["name"]
        made = tried(form, lambda: merge_councils(
            by=viewer, before=rows, into=into, day=said["day"], law=said["law"]
        ))
        if made is not None:
            messages.success(request, f"{made.name} takes over on {said['day']:%-d %B %Y}.")
            return redirect("web:organisations-here")
    return render(request, "web/succession/merge.html", {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def divide(request: HttpRequest, divided: UUID) -> HttpResponse:
    """One becomes two."""
    viewer = viewer_from(request)
    page = organisation_to_divide(viewer, divided)
    form = DivideOrganisation(page, *answers(request))
    if request.method == "POST" and form.is_valid():
        said, row = form.cleaned_data, Organisation.objects.get(pk=divided)
        made = tried(form, lambda: divide_council(
            by=viewer, before=row, pieces=form.pieces(), day=said["day"], law=said["law"]
        ))
        if made is not None:
            names = " and ".join(one.name for one in made)
            messages.success(request, f"{names} take over on {said['day']:%-d %B %Y}.")
            return redirect("web:organisations-here")
    return render(request, "web/succession/divide.html", {"page": page, "form": form, "invented": page.invented})
