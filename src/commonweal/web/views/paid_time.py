"""Paid time of voluntary organisations: what it comes to, one entry more, and one taken back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core.actions.paid_time import record_paid_time, withdraw_paid_time
from commonweal.core.errors import CommonwealError, NotFound
from commonweal.core.models import Organisation, PaidTime, Partnership
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.queries.paid_time import paid_time_for, parties
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.web.forms_paid_time import PaidTimeForm
from commonweal.web.posting import answers


@login_required
@require_safe
def paid_time(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """What has been written down, and what it comes to."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    context = {
        "view": view, "page": paid_time_for(viewer, partnership), "invented": view.invented,
        "may_manage": viewer.may(Permission.MANAGE_PARTNERSHIP, partnership),
        "recorders": view.administrators(viewer.organisation_in(partnership)),
    }
    return render(request, "web/partnership/paid_time.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Write some down."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.MANAGE_PARTNERSHIP, partnership)
    form = PaidTimeForm(*parties(viewer, partnership), *answers(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            record_paid_time(
                by=viewer, partnership=Partnership.objects.get(pk=partnership), time=form.time(),
                organisation=Organisation.objects.get(pk=said["organisation"]),
                payer=Organisation.objects.get(pk=said["payer"]),
            )
        except CommonwealError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The paid time is written down.")
            return redirect("web:paid-time", partnership=partnership)
    context = {"view": view, "form": form, "invented": view.invented}
    return render(request, "web/partnership/paid_time_add.html", context)


@login_required
@require_POST
def withdraw(request: HttpRequest, partnership: UUID, paid: UUID) -> HttpResponse:
    """Take an entry back."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    seen = PaidTime.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(partnership=partnership)
    found = seen.filter(pk=paid).first()
    if found is None:
        raise NotFound("There is no such paid time in this partnership.")
    withdraw_paid_time(by=viewer, paid=found)
    messages.success(request, "It is taken back, and counts no more.")
    return redirect("web:paid-time", partnership=partnership)
