"""Programs that read and send: the tokens they have, one made and shown once, one ended."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core.actions.tokens import end_token, make_token
from commonweal.core.models import Partnership
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.queries.tokens import token_row, tokens_for
from commonweal.core.viewer import viewer_from
from commonweal.present.forms import tried
from commonweal.web.api_export import export_answer
from commonweal.web.forms_tokens import TokenForm
from commonweal.web.posting import answers


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """The tokens there are, and the way to make one; what a new one says stands on this answer alone."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    tokens_for(viewer, partnership)
    form, secret = TokenForm(*answers(request)), ""
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = tried(form, lambda: make_token(
            by=viewer, partnership=Partnership.objects.get(pk=partnership), name=said["name"],
            scopes=tuple(said["scopes"]), days=said["days"], every=said["every"]))
        if made is not None:
            secret, form = made[1], TokenForm()
    context = {"view": view, "invented": view.invented, "tokens": tokens_for(viewer, partnership), "form": form,
               "secret": secret, "here": request.build_absolute_uri("/api/")}
    return render(request, "web/partnership/tokens.html", context)


@never_cache
@login_required
@require_safe
def file(request: HttpRequest, partnership: UUID, token: UUID) -> HttpResponse | FileResponse:
    """The newest file made for one's own token; nobody else's, for it holds what its maker sees."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    row = token_row(viewer, partnership, token)
    return export_answer(row if row.person_id == viewer.person else None)


@login_required
@require_POST
def end(request: HttpRequest, partnership: UUID, token: UUID) -> HttpResponse:
    """It stops working at once."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    end_token(by=viewer, token=token_row(viewer, partnership, token))
    messages.success(request, "The token no longer works.")
    return redirect("web:tokens", partnership=partnership)
