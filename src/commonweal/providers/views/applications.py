"""What one's own group applied for, and its answers ready to copy."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import PartnershipView, partnership_for
from commonweal.core.viewer import Viewer, require, viewer_from
from commonweal.present.forms import tried
from commonweal.present.paper import on_paper
from commonweal.providers.actions.help import ApplicationSaid, keep_application
from commonweal.providers.forms_help import TrackApplication
from commonweal.providers.models import Application, ApplicationState, Offer
from commonweal.providers.own_lines import lines_for
from commonweal.providers.queries.answers import answers_for
from commonweal.providers.queries.help import (
    WAITING,
    application_row,
    applications_for,
    offer_row,
    partnership_row,
)

KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "application/pdf",
}


@login_required
@require_safe
def applications(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """All of them, what must be sent first."""
    viewer, view = _opened(request, partnership)
    cards = applications_for(viewer, partnership)
    won = [one for one in cards if one.state == ApplicationState.WON]
    context = {
        "view": view, "invented": view.invented, "cards": cards, "answers": answers_for(viewer, partnership),
        "live": sum(one.state in WAITING for one in cards), "won": won, "got": sum(one.got or 0 for one in won),
        "own_lines": lines_for(viewer, partnership),
    }
    return render(request, "providers/applications.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest, partnership: UUID, application: UUID | None = None) -> HttpResponse:
    """A new one (of an offer, where one is named), or one that has moved on."""
    viewer, view = _opened(request, partnership)
    row = application_row(viewer, partnership, application) if application else None
    offer = _offer(viewer, partnership, request.GET.get("offer", "")) if row is None else None
    form = TrackApplication(request.POST if request.method == "POST" else None, initial=_held(row, offer))
    if request.method == "POST" and form.is_valid():
        there = partnership_row(partnership)
        kept = tried(form, lambda: keep_application(
            by=viewer, partnership=there, said=form.said(), over=row, offer=offer))
        if kept is not None:
            messages.success(request, "Kept. Only your own people see it.")
            return redirect("providers:applications", partnership=partnership)
    context = {"view": view, "invented": view.invented, "form": form, "button": "Keep it", "back": "applications",
               "heading": row.title if row else "Something you apply for"}
    return render(request, "providers/help_form.html", context)


@login_required
@require_safe
def answers_file(
    request: HttpRequest, partnership: UUID, ending: str, application: UUID | None = None
) -> HttpResponse:
    """The answers as Word or PDF: for any form, or for one application."""
    from commonweal.present.pdf import render_pdf
    from commonweal.present.word import render_docx
    from commonweal.providers.documents.answers import answers_document

    viewer, view = _opened(request, partnership)
    cards = applications_for(viewer, partnership)
    card = next((one for one in cards if one.id == application), None)
    if ending not in KINDS or (application and card is None):
        raise Http404("There is no such file.")
    with on_paper():
        paper = answers_document(answers_for(viewer, partnership), card, invented=view.invented)
        body = render_docx(paper) if ending == "docx" else render_pdf(paper)
    answer = HttpResponse(body, content_type=KINDS[ending])
    answer["Content-Disposition"] = f'attachment; filename="our-answers.{ending}"'
    return answer


def _opened(request: HttpRequest, partnership: UUID) -> tuple[Viewer, PartnershipView]:
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    return viewer, view


def _offer(viewer: Viewer, partnership: UUID, asked: str) -> Offer | None:
    try:
        return offer_row(viewer, partnership, UUID(asked)) if asked else None
    except ValueError:
        return None


def _held(row: Application | None, offer: Offer | None) -> dict[str, Any]:
    """What is filled in already: never asked twice."""
    if row is not None:
        return {name: getattr(row, name) for name in ApplicationSaid.__dataclass_fields__}
    start: dict[str, Any] = {"state": ApplicationState.THINKING}
    if offer is not None:
        start |= {"to": offer.giver, "due": offer.closes, "title": offer.title}
    return start
