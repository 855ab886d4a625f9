"""A provider without an account reads its own line beside others, and replies, behind a link of its own."""

from __future__ import annotations

from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from commonweal.core.errors import NotFound, Refused
from commonweal.measures.actions.comparing import reply_by_link
from commonweal.measures.forms_performance import ReplyForm
from commonweal.measures.own_line_mail import NO_LINK, line_behind, line_held
from commonweal.measures.queries.comparing import own_line_of
from commonweal.present.forms import tried

OPENED = "measures_own_line"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing, for programs look too; the button lets in."""
    try:
        line = line_behind(token)
    except NotFound:
        return render(request, "measures/no_link.html", {"words": NO_LINK}, status=404)
    if request.method == "POST":
        if not ratelimit.consume(request, action="open_return"):
            raise Refused("Too many tries. Wait a few minutes, then try again.")
        if not request.user.is_authenticated:
            request.session.cycle_key()
        request.session[OPENED] = str(line.pk)
        return redirect("measures:own-line")
    return render(request, "measures/own_line_begin.html", {"line": line, "invented": line.partnership.invented})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """One's own line with the middle of all, and the reply beside it."""
    key = request.session.get(OPENED)
    if key is None:
        return render(request, "measures/no_link.html", {"words": NO_LINK}, status=404)
    line = line_held(UUID(key))
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data["words"]
        if tried(form, lambda: reply_by_link(line=line, words=said)) is not None:
            messages.success(request, "Kept. It is read beside your number.")
            return redirect("measures:own-line")
    return render(request, "measures/own_line.html", {
        "found": own_line_of(line), "form": form, "invented": line.partnership.invented})
