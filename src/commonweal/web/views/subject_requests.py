"""What is held about oneself, gathered into a file; and for staff the log, and gathering for whoever wrote in."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.core.actions.subject_requests import ask_for_own, ask_for_somebody, fetch
from commonweal.core.queries.subject_requests import all_requests, own_requests
from commonweal.core.viewer import viewer_from
from commonweal.present.forms import tried
from commonweal.web.forms_protection import AskForSomebody
from commonweal.web.posting import answers


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """Ask for it, see how far it is, fetch it."""
    viewer = viewer_from(request)
    if request.method == "POST":
        ask_for_own(by=viewer)
        messages.success(request, "It is being gathered. Look again in a few minutes.")
        return redirect("web:held-about-me")
    return render(request, "web/protection/own.html", {"requests": own_requests(viewer)})


@login_required
@require_POST
def file(request: HttpRequest, asked: UUID) -> HttpResponse:
    """The file; that it was fetched is written down."""
    answer = HttpResponse(fetch(by=viewer_from(request), request=asked), content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="what-is-held.zip"'
    answer["Cache-Control"] = "no-store"
    return answer


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def log(request: HttpRequest) -> HttpResponse:
    """The log of requests to see what is held."""
    viewer = viewer_from(request)
    found = all_requests(viewer)
    form = AskForSomebody(*answers(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = tried(form, lambda: ask_for_somebody(
            by=viewer, address=said["email"], received=said["received"], identity=said["identity"]))
        if made is not None:
            messages.success(request, "It is being gathered.")
            return redirect("web:subject-requests")
    return render(request, "web/protection/subject_requests.html", {"requests": found, "form": form})
