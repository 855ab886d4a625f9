"""The impact assessment of a sharing agreement: its draft, the advice on it, and both as a file."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.core.actions.sharing_advice import record_advice
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import PartnershipView, partnership_for
from commonweal.core.queries.sharing_impact import ImpactView, impact_for
from commonweal.core.viewer import require, viewer_from
from commonweal.policy.sharing_words import sharing_words
from commonweal.present.forms import tried
from commonweal.web.documents.impact import advice_lines, impact_document
from commonweal.web.forms_impact import RecordAdvice
from commonweal.web.views.sharing_files import paper


@login_required
@require_safe
def impact(request: HttpRequest, partnership: UUID, agreement: UUID) -> HttpResponse:
    """The draft, and what each data protection officer advised."""
    view, found = _there(request, partnership, agreement)
    context = {
        "view": view, "invented": view.invented, "impact": found, "card": found.agreement.card,
        "words": sharing_words("impact_assessment"), "advice": advice_lines(found),
        "heading": sharing_words("impact_assessment")["title"].format(title=found.agreement.card.title),
    }
    return render(request, "web/sharing/impact.html", context)


@login_required
@require_safe
def impact_file(request: HttpRequest, partnership: UUID, agreement: UUID, ending: str) -> HttpResponse:
    """The draft with the advice, as Word or PDF."""
    view, found = _there(request, partnership, agreement)
    document = impact_document(found, partnership=view.name, invented=view.invented)
    return paper(document, f"impact-assessment-version-{found.agreement.latest.number}", ending)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def advise(request: HttpRequest, partnership: UUID, agreement: UUID) -> HttpResponse:
    """Record the advice of one's own data protection officer, or why there is none."""
    view, found = _there(request, partnership, agreement)
    viewer, number = viewer_from(request), found.agreement.latest.number
    require(viewer, Permission.AGREE, partnership)
    form = RecordAdvice(request.POST if request.method == "POST" else None, initial={"number": number})
    if request.method == "POST" and form.is_valid():
        made = tried(form, lambda: record_advice(
            by=viewer, agreement=found.agreement.row, number=form.cleaned_data["number"], advised=form.advised()))
        if made is not None:
            messages.success(request, "It is recorded beside the version, and is never changed.")
            return redirect("web:impact", partnership=partnership, agreement=agreement)
    context = {"view": view, "invented": view.invented, "form": form, "card": found.agreement.card,
               "heading": "Advice of your data protection officer", "button": "Record it",
               "lead": f"On version {number} of “{found.agreement.card.title}”."}
    return render(request, "web/sharing/form.html", context)


def _there(request: HttpRequest, partnership: UUID, agreement: UUID) -> tuple[PartnershipView, ImpactView]:
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    return view, impact_for(viewer, partnership, agreement)
