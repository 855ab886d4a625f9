"""Data protection: where one begins, the record of processing, and the impact assessment with its advice."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.core.actions.sharing_advice import record_processing_advice
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.complaints import complaints_for
from commonweal.core.queries.information import information_requests
from commonweal.core.queries.partnerships import PartnershipView, partnership_for
from commonweal.core.queries.processing import (
    Record,
    advice_on_processing,
    installation_impact,
    record_of_processing,
    schema_mark,
)
from commonweal.core.viewer import require, viewer_from
from commonweal.policy.sharing_words import sharing_words
from commonweal.present.forms import tried
from commonweal.web.documents.processing import (
    activity_lines,
    processing_advice_lines,
    processing_impact_document,
    record_document,
)
from commonweal.web.forms_protection import AdviseOnProcessing
from commonweal.web.views.sharing_files import paper

HERE = "This installation"


def administered(request: HttpRequest, partnership: UUID | None) -> PartnershipView | None:
    """The partnership, for its administrators; None where the installation is meant, for its staff."""
    viewer = viewer_from(request)
    if partnership is None:
        require(viewer, Permission.ERASE_PERSON)
        return None
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.MANAGE_PARTNERSHIP, partnership)
    return view


def around(view: PartnershipView | None) -> dict[str, object]:
    """What every page of data protection says of where it is."""
    return {"view": view, "invented": bool(view and view.invented), "caption": view.name if view else HERE}


@login_required
@require_safe
def protection(request: HttpRequest, partnership: UUID | None = None) -> HttpResponse:
    """Data protection: what is owed to people."""
    view = administered(request, partnership)
    advice = advice_on_processing(viewer_from(request), partnership) if partnership else ()
    viewer = viewer_from(request)
    complaints = sum(one.row.settled is None for one in complaints_for(viewer, partnership))
    asked = information_requests(viewer, partnership) if partnership else ()
    return render(request, "web/protection/front.html", {
        **around(view), "advised": any(one.current for one in advice), "complaints": complaints,
        "asked": sum(one.row.answered is None for one in asked)})


@login_required
@require_safe
def record(request: HttpRequest, partnership: UUID | None = None) -> HttpResponse:
    """The record of processing activities."""
    view, found = _found(request, partnership)
    rows = [(one, activity_lines(one)) for one in found.rows]
    return render(request, "web/protection/record.html", {**around(view), "record": found, "rows": rows})


@login_required
@require_safe
def impact(request: HttpRequest, partnership: UUID | None = None) -> HttpResponse:
    """The impact assessment of all that is kept."""
    view, found = _found(request, partnership)
    words = sharing_words("installation_impact")
    advice = advice_on_processing(viewer_from(request), partnership) if partnership else ()
    return render(request, "web/protection/impact.html", {
        **around(view), "draft": installation_impact(found), "words": words,
        "advice": processing_advice_lines(advice),
    })


@login_required
@require_safe
def as_file(
    request: HttpRequest, which: str, ending: str, partnership: UUID | None = None
) -> HttpResponse:
    """The record of processing or the impact assessment, as a file."""
    view, found = _found(request, partnership)
    place, invented = (view.name, view.invented) if view else (HERE, False)
    if which == "record-of-processing":
        return paper(record_document(found, place=place, invented=invented), which, ending)
    if which == "impact-assessment":
        advice = advice_on_processing(viewer_from(request), partnership) if partnership else ()
        return paper(processing_impact_document(found, advice, place=place, invented=invented), which, ending)
    raise Http404("There is no such file.")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def advise(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Record what one's data protection officer advised, or why there is no advice."""
    view = administered(request, partnership)
    sent = request.POST if request.method == "POST" else None
    form = AdviseOnProcessing(sent, initial={"mark": schema_mark()})
    if request.method == "POST" and form.is_valid():
        made = tried(form, lambda: record_processing_advice(
            by=viewer_from(request), partnership=Partnership.objects.get(pk=partnership),
            mark=form.cleaned_data["mark"], advised=form.advised()))
        if made is not None:
            messages.success(request, "It is recorded, and is never changed.")
            return redirect("web:processing-impact", partnership=partnership)
    return render(request, "web/protection/form.html", {
        **around(view), "form": form, "heading": "Advice of your data protection officer", "button": "Record it",
        "lead": "On the impact assessment and the record of processing as they are today.",
    })


def _found(request: HttpRequest, partnership: UUID | None) -> tuple[PartnershipView | None, Record]:
    view = administered(request, partnership)
    return view, record_of_processing(viewer_from(request), partnership)
