"""What is provided beside what is needed: recorded by partners, read by all who see the evidence."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core import clock
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import PartnershipView, partnership_for
from commonweal.core.viewer import Viewer, require, viewer_from
from commonweal.needs.actions.service import (
    answer_question,
    change_service,
    end_service,
    record_service,
    say_needs,
)
from commonweal.needs.assessment import Assessment
from commonweal.needs.forms_services import AskWhy, NeedsAnswered, RecordService, held_of
from commonweal.needs.models import Answers
from commonweal.needs.pages.links import Item
from commonweal.needs.pages.loading import partnership_assessment
from commonweal.needs.pages.own_services import own_answer, own_lines
from commonweal.needs.pages.services import asked_says, cost_of, services_table, services_view, words
from commonweal.needs.pages.spend_need import spend_view
from commonweal.needs.queries.mismatch import mismatch_for
from commonweal.needs.queries.own_services import own_services, sees_own_services
from commonweal.needs.queries.partnership_areas import areas_of
from commonweal.needs.queries.services import ServiceCard, service_for, service_row, services_for
from commonweal.needs.service_reading import Named
from commonweal.needs.views.files import as_paper, sent
from commonweal.present.export_csv import csv_of
from commonweal.present.forms import tried
from commonweal.present.paper import on_paper
from commonweal.present.workbook import render_workbook

ASKS = ("GET", "HEAD", "POST")


@login_required
@require_safe
def page(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Needs without services, services without needs, the matrix, and what always ran; a provider's own alone."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    if sees_own_services(viewer, partnership):
        return _own(request, viewer, view)
    found = mismatch_for(viewer, partnership)
    context = {
        "view": view, "invented": view.invented, "page": services_view(found, view), "count": len(found.services),
        "needs": len(found.needs), "ended": services_for(viewer, partnership, ended=True),
        "may_record": viewer.may(Permission.RECORD_EVIDENCE, partnership), "downloads": _downloads(partnership),
    }
    return render(request, "needs/services/front.html", context)


@login_required
@require_safe
def service(request: HttpRequest, partnership: UUID, service: UUID) -> HttpResponse:
    """One service: what it is, what it costs, why it runs and which needs it answers."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = service_for(viewer, partnership, service)
    found = mismatch_for(viewer, partnership)
    context = {
        "view": view, "invented": view.invented, "card": card, "cost": cost_of(card), "asked": asked_says(card),
        "needs": [(need, card.of(need.id).label, card.said.get(need.id)) for need in found.needs],
        "answered": [need for need in found.needs if card.of(need.id) in (Answers.WHOLE, Answers.PART)],
        "may_record": viewer.may(Permission.RECORD_EVIDENCE, partnership) and card.ended is None,
    }
    return render(request, "needs/services/service.html", context)


@login_required
@require_http_methods(ASKS)
def record(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Record a service; the needs it answers come next."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    form = RecordService(named_areas(viewer, partnership), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        there = Partnership.objects.get(pk=partnership)
        made = tried(form, lambda: record_service(by=viewer, partnership=there, said=form.said()))
        if made is not None:
            messages.success(request, "Recorded. Now say which needs it answers.")
            return redirect("needs:service-needs", partnership=partnership, service=made.pk)
    return _form(request, view, form, "Record a service")


@login_required
@require_http_methods(ASKS)
def change(request: HttpRequest, partnership: UUID, service: UUID) -> HttpResponse:
    """Say it anew."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = service_row(viewer, partnership, service)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    card = service_for(viewer, partnership, service)
    sent = request.POST if request.method == "POST" else None
    form = RecordService((*named_areas(viewer, partnership), *card.areas), sent, initial=held_of(card))
    if request.method == "POST" and form.is_valid():
        made = tried(form, lambda: change_service(by=viewer, service=row, said=form.said()))
        if made is not None:
            messages.success(request, "Changed. What was said before is kept.")
            return redirect("needs:service", partnership=partnership, service=service)
    return _form(request, view, form, "Change a service", card)


@login_required
@require_http_methods(ASKS)
def needs(request: HttpRequest, partnership: UUID, service: UUID) -> HttpResponse:
    """How far it answers each need."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = service_row(viewer, partnership, service)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    card, found = service_for(viewer, partnership, service), mismatch_for(viewer, partnership)
    form = NeedsAnswered(found.needs, card.judged, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = tried(form, lambda: say_needs(by=viewer, service=row, judged=form.judged()))
        if done is not None:
            messages.success(request, "Kept.")
            if card.continues and not card.asked and card.mine:
                return redirect("needs:service-question", partnership=partnership, service=service)
            return redirect("needs:service", partnership=partnership, service=service)
    return render(request, "needs/services/needs.html", {
        "view": view, "invented": view.invented, "form": form, "card": card,
    })


@login_required
@require_http_methods(ASKS)
def question(request: HttpRequest, partnership: UUID, service: UUID) -> HttpResponse:
    """What would justify it, who asked, and when it is looked at again."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = service_row(viewer, partnership, service)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    card = service_for(viewer, partnership, service)
    held = {"would_justify": card.would_justify, "asked_by": card.asked_by, "review": card.review}
    form = AskWhy(request.POST if request.method == "POST" else None, initial=held)
    if request.method == "POST" and form.is_valid():
        done = tried(form, lambda: answer_question(by=viewer, service=row, **form.cleaned_data))
        if done is not None:
            messages.success(request, "Kept. It comes back to your list on that day.")
            return redirect("needs:service", partnership=partnership, service=service)
    return _form(request, view, form, "What would justify it?", card)


@login_required
@require_POST
def end(request: HttpRequest, partnership: UUID, service: UUID) -> HttpResponse:
    """It no longer runs."""
    viewer = viewer_from(request)
    end_service(by=viewer, service=service_row(viewer, partnership, service))
    messages.success(request, "It no longer runs. What was recorded can still be read.")
    return redirect("needs:services", partnership=partnership)


@login_required
@require_safe
def spend(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Spend beside need, by ward and by theme."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = mismatch_for(viewer, partnership)
    context = {"view": view, "invented": view.invented, "page": spend_view(found, _made(viewer, view), view),
               "downloads": _downloads(partnership)}
    return render(request, "needs/services/spend.html", context)


@login_required
@require_safe
def as_file(request: HttpRequest, partnership: UUID, ending: str) -> HttpResponse:
    """All of it as an annex (Word, PDF) or a workbook; every service as CSV, which can be brought in again."""
    from commonweal.needs.documents.services import services_annex, services_workbook

    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = mismatch_for(viewer, partnership)
    name = f"needs-and-services{'-invented' if view.invented else ''}-{clock.today():%Y-%m-%d}"
    if ending == "csv":
        return sent(csv_of(services_table(found)), name, ending)
    with on_paper():
        shown = spend_view(found, _made(viewer, view), view)
        if ending == "xlsx":
            return sent(render_workbook(services_workbook(found, shown, view, clock.today())), name, ending)
        body = as_paper(services_annex(found, shown, view, clock.today()), ending)
    return sent(body, name, ending)


def _own(request: HttpRequest, viewer: Viewer, view: PartnershipView) -> HttpResponse:
    found = own_services(viewer, view.id)
    context = {"view": view, "invented": view.invented, "answer": own_answer(found), "lines": own_lines(found),
               "words": words()["own"]}
    return render(request, "needs/services/own.html", context)


def _made(viewer: Viewer, view: PartnershipView) -> Assessment | None:
    return partnership_assessment(viewer, [one.code for one in view.places if one.code])


def _downloads(partnership: UUID) -> tuple[Item, ...]:
    return tuple(
        Item(text, reverse("needs:services-file", args=[partnership, ending]), detail=detail)
        for text, ending, detail in (("An annex, to edit", "docx", "Word"), ("An annex, to send", "pdf", "PDF"),
                                     ("Every table", "xlsx", "Excel"), ("Every service", "csv", "CSV"))
    )


def named_areas(viewer: Viewer, partnership: UUID) -> tuple[Named, ...]:
    """The places a service may be for; and the wards, where there is one place."""
    found = areas_of(viewer, partnership)
    places = tuple(one for one in found if one.kind != "ward")
    return tuple(Named(one.code, one.name) for one in (found if len(places) == 1 else places))


def _form(
    request: HttpRequest, view: PartnershipView, form: Any, heading: str, card: ServiceCard | None = None
) -> HttpResponse:
    context = {"view": view, "invented": view.invented, "form": form, "heading": heading, "card": card}
    return render(request, "needs/services/form.html", context)
