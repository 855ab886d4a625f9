"""A whole list of services, pasted or in a file, into the record."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from commonweal.core.errors import ActForWhom, CommonwealError, PartnershipEnded
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import PartnershipView, partnership_for
from commonweal.core.viewer import Viewer, require, viewer_from
from commonweal.lake.opening.model import CannotOpen
from commonweal.needs.actions.service import bring_services
from commonweal.needs.content import read
from commonweal.needs.forms_services import BringServices
from commonweal.needs.service_table import LIMIT, Otherwise, RowsWrong, services_in, table_of
from commonweal.needs.views.services import named_areas
from commonweal.present.wording import listed


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Paste a list or choose a file; all of it goes in, or nothing and why."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = BringServices(*sent, initial={"run_by": _own(viewer, view)})
    if request.method == "POST" and form.is_valid():
        said = _brought(viewer, Partnership.objects.get(pk=partnership), form)
        if said:
            messages.success(request, said)
            return redirect("needs:services", partnership=partnership)
    known = read("services_table")["columns"]
    return render(request, "needs/services/bring.html", {
        "view": view, "invented": view.invented, "form": form,
        "known": [names[0] for names in known.values()],
    })


def _brought(viewer: Viewer, partnership: Partnership, form: BringServices) -> str:
    """What came in, in a sentence; nothing where it was refused, and then the form says why."""
    told, file = form.cleaned_data, form.cleaned_data.get("file")
    where = "file" if file else "pasted"
    otherwise = Otherwise(run_by=told["run_by"], theme=told["theme"], year=told["year"], source=told["source"],
                          areas=named_areas(viewer, partnership.pk))
    try:
        data = file.read(LIMIT + 1) if file else told["pasted"].encode()
        found = services_in(table_of(file.name if file else "pasted.csv", data), otherwise)
        new, changed = bring_services(by=viewer, partnership=partnership, services=found.services)
    except (ActForWhom, PartnershipEnded):
        raise  # these lead to a page of their own
    except RowsWrong as wrong:
        for line in wrong.lines:
            form.add_error(where, line)
        return ""
    except (CannotOpen, CommonwealError) as refusal:
        form.add_error(where, str(refusal))
        return ""
    left = f" Not understood and left out: {listed(found.left)}." if found.left else ""
    return f"{new} recorded, {changed} brought up to date.{left} Now say which needs they answer."


def _own(viewer: Viewer, view: PartnershipView) -> str:
    """The name of the organisation the person acts for."""
    mine = viewer.organisation_in(view.id)
    return next((seat.name for seat in view.seats if seat.id == mine), "")
