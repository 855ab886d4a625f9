"""For whom a person acts in a partnership: chosen once, checked at every request."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from commonweal.core.queries.acting import acting_in
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import ACTING, viewer_from
from commonweal.web.forms import ActFor
from commonweal.web.posting import answers


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def acting(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Choose, and go on to where one was."""
    viewer = viewer_from(request)
    view, page = partnership_for(viewer, partnership), acting_in(viewer, partnership)
    form = ActFor(page, *answers(request))
    onward = request.GET.get("next", "")
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["organisation"]
        request.session[ACTING] = {**request.session.get(ACTING, {}), str(partnership): chosen}
        name = next(one.name for one in page.choices if str(one.id) == chosen)
        messages.success(request, f"You act for {name} now.")
        home = reverse("web:partnership", args=[partnership])
        return redirect(onward if url_has_allowed_host_and_scheme(onward, None) else home)
    context = {"view": view, "page": page, "form": form, "invented": view.invented}
    return render(request, "web/partnership/acting.html", context)
