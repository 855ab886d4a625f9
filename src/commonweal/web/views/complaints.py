"""Complaints about personal data: made by anybody, kept in a log with their clock."""

from __future__ import annotations

from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.core import clock
from commonweal.core.actions.complaints import Grievance, complain, take_step
from commonweal.core.models import Partnership
from commonweal.core.queries.complaints import complaint_for, complaints_for
from commonweal.core.viewer import viewer_from
from commonweal.policy.information_requests import acknowledge_by, clock_words
from commonweal.present.forms import tried
from commonweal.web.forms_protection import MakeComplaint, StepOnComplaint
from commonweal.web.posting import answers
from commonweal.web.views.protection import administered, around

TOO_MANY = "Too many were sent from here just now. Wait an hour, or ring us."


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """Anybody may, without an account."""
    real = Partnership.objects.filter(invented=False).exclude(end__lte=clock.today()).order_by("name")
    form = MakeComplaint([(str(one.pk), one.name) for one in real], *answers(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if said["website"]:
            return redirect("web:privacy")
        if not ratelimit.consume(request, action="interest"):
            form.add_error(None, TOO_MANY)
        else:
            about = real.filter(pk=said["partnership"]).first() if said["partnership"] else None
            grievance = Grievance(words=said["words"], reach=said["reach"], name=said["name"], partnership=about)
            made = tried(form, lambda: complain(by=viewer_from(request), grievance=grievance))
            if made is not None:
                return render(request, "web/protection/complained.html", {
                    "reference": made.reference, "by": acknowledge_by(made.received)})
    return render(request, "web/protection/complain.html", {"form": form})


@login_required
@require_safe
def log(request: HttpRequest, partnership: UUID | None = None) -> HttpResponse:
    """The log of complaints about personal data."""
    view = administered(request, partnership)
    found = complaints_for(viewer_from(request), partnership)
    return render(request, "web/protection/complaints.html", {
        **around(view), "complaints": found, "words": clock_words()})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, complaint: UUID) -> HttpResponse:
    """One complaint about personal data, and its log."""
    viewer = viewer_from(request)
    found = complaint_for(viewer, complaint)
    today = clock.today()
    form = StepOnComplaint(*answers(request)) if request.method == "POST" else StepOnComplaint(
        initial={"day": today})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = tried(form, lambda: take_step(
            by=viewer, complaint=found.row, kind=said["kind"], day=said["day"], words=said["words"]))
        if made is not None:
            messages.success(request, "It stands in the log.")
            return redirect("web:complaint", complaint=complaint)
    return render(request, "web/protection/complaint.html", {
        "found": found, "form": form, "view": found.row.partnership, "caption": found.row.reference,
        "invented": bool(found.row.partnership and found.row.partnership.invented)})
