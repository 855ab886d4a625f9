"""The numbers of a data set that is pooled: brought by its owner, read and taken by whoever it is opened to."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.core.actions.held_numbers import Brought, bring_numbers
from commonweal.core.errors import NotAllowed
from commonweal.core.models import HeldDataset
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.queries.held_numbers import numbers_of
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.queries.sharing import How, held_one
from commonweal.core.viewer import require, viewer_from
from commonweal.present.export_csv import csv_of
from commonweal.present.forms import tried
from commonweal.web.forms_sharing import BringNumbers
from commonweal.web.pooled_table import pooled_table
from commonweal.web.views.sharing import purpose_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, partnership: UUID, held: UUID) -> HttpResponse:
    """Bring the table of one's own data set."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    found = held_one(viewer, partnership, held, Purpose.ASSESSMENT)
    if found.how is not How.OWN:
        raise NotAllowed("This is another organisation's data. Only its own people bring its numbers.")
    form = BringNumbers(found, *((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        said, file = form.cleaned_data, form.cleaned_data["file"]
        row = HeldDataset.objects.select_related("partnership").get(pk=held)
        brought = Brought(file.name, file.read(), said["measure"], said["base"], said["period"])
        made = tried(form, lambda: bring_numbers(by=viewer, held=row, brought=brought))
        if made is not None:
            hidden = f" {made.hidden} counts of one to four were hidden and not kept." if made.hidden else ""
            messages.success(request, f"{len(made.rows)} rows are in.{hidden}")
            return redirect("web:held", partnership=partnership, held=held)
    context = {"view": view, "invented": view.invented, "form": form, "held": found}
    return render(request, "web/sharing/numbers.html", context)


@login_required
@require_safe
def as_csv(request: HttpRequest, partnership: UUID, held: UUID) -> HttpResponse:
    """The numbers the viewer may see, each row with its owner; a use under an agreement is written down."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    purpose = purpose_of(viewer, partnership, held)
    table = pooled_table(numbers_of(viewer, view, held_one(viewer, partnership, held, purpose), purpose))
    if table is None:
        raise Http404("There are no numbers here, or none that are shared with you.")
    answer = HttpResponse(csv_of(table), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="pooled.csv"'
    return answer
