"""What partners bring as evidence: heard from four perspectives, placed before all, corrected, withdrawn."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.queries.sharing import HeldView, held_for
from commonweal.core.queries.sharing_behind import behind
from commonweal.core.viewer import Viewer, require, viewer_from
from commonweal.needs.actions.evidence import correct_evidence, place_evidence, record_evidence, withdraw_evidence
from commonweal.needs.forms_evidence import CorrectEvidence, EvidenceForm, Withdraw, held
from commonweal.needs.pages.evidence_items import evidence_headings, evidence_row, perspective_cards
from commonweal.needs.queries.evidence_items import (
    ASKED,
    evidence_for,
    evidence_item,
    may_see_evidence,
    own_item,
    perspectives_of,
    whole_list,
)
from commonweal.needs.queries.skills import About, helpers_with
from commonweal.present.export_csv import csv_lines
from commonweal.present.forms import tried

ASKS = ("GET", "HEAD", "POST")


@login_required
@require_safe
def listed(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """The four perspectives, and every piece of evidence the viewer may see, newest first."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    may_see_evidence(viewer, partnership)
    whose, text = request.GET.get("from", ""), request.GET.get("q", "").strip()[:100]
    found = evidence_for(
        viewer, partnership, Purpose.ASSESSMENT, perspective=whose if whose in ASKED else None, text=text,
        after=_key(request.GET.get("after", "")),
    )
    all_see, later = viewer.may(Permission.VIEW_EVIDENCE, partnership), bool(request.GET.get("after"))
    at_a_glance = all_see and not text and not later
    context = {
        "view": view, "invented": view.invented, "page": found, "whose": whose, "text": text,
        "cards": perspective_cards(perspectives_of(viewer, partnership)) if at_a_glance else (),
        "own_only": not all_see,
        "may_bring": viewer.may(Permission.BRING_EVIDENCE, partnership),
        "choices": [(one, one.label) for one in ASKED], "later": later,
    }
    return render(request, "needs/evidence/list.html", context)


@login_required
@require_safe
def as_csv(request: HttpRequest, partnership: UUID) -> StreamingHttpResponse:
    """The list as a file."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    may_see_evidence(viewer, partnership)
    lines = csv_lines(evidence_headings(), map(evidence_row, whole_list(viewer, partnership)))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="evidence.csv"'
    return answer


@login_required
@require_safe
def one(request: HttpRequest, partnership: UUID, item: UUID) -> HttpResponse:
    """One piece of evidence: what it says, how it was gathered, its grade and what may not be concluded."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = evidence_item(viewer, item, partnership=partnership)
    mine = found.own and viewer.may(Permission.BRING_EVIDENCE, partnership) and found.line.withdrawn is None
    context = {"view": view, "invented": view.invented, "item": found, "mine": mine,
               "help": helpers_with(viewer, partnership, About(item=item))}
    return render(request, "needs/evidence/item.html", context)


@login_required
@require_http_methods(ASKS)
def add(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Bring a piece of evidence; the owner alone sees it until it is placed."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    begun = {"perspective": request.GET["from"]} if request.GET.get("from") in ASKED else {}
    form = EvidenceForm(
        request.POST if request.method == "POST" else None, initial=begun,
        sets=_sets(viewer, partnership),
    )
    if request.method == "POST" and form.is_valid():
        made = tried(form, lambda: record_evidence(
            by=viewer, partnership=Partnership.objects.get(pk=partnership), told=form.told(),
            text_checked=form.cleaned_data["text_checked"]))
        if made is not None:
            messages.success(request, "It is kept. Only your organisation sees it until you put it before all.")
            return redirect("needs:evidence-item", partnership=partnership, item=made.pk)
    context = {"view": view, "form": form, "invented": view.invented, "heading": "Bring evidence", "back": None,
               "button": "Keep it"}
    return render(request, "needs/evidence/form.html", context)


@login_required
@require_http_methods(ASKS)
def correct(request: HttpRequest, partnership: UUID, item: UUID) -> HttpResponse:
    """Say it anew."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = own_item(viewer, partnership, item)
    form = CorrectEvidence(
        request.POST if request.method == "POST" else None, initial=held(row),
        sets=_sets(viewer, partnership),
    )
    if request.method == "POST" and form.is_valid():
        made = tried(form, lambda: correct_evidence(
            by=viewer, partnership=row.partnership, item=item, told=form.told(),
            text_checked=form.cleaned_data["text_checked"], forget=form.cleaned_data["forget"]))
        if made is not None:
            messages.success(request, "It is corrected.")
            return redirect("needs:evidence-item", partnership=partnership, item=item)
    context = {"view": view, "form": form, "invented": view.invented, "heading": f"Correct: {row.title}",
               "back": row, "button": "Save the correction"}
    return render(request, "needs/evidence/form.html", context)


@login_required
@require_POST
def place(request: HttpRequest, partnership: UUID, item: UUID) -> HttpResponse:
    """Put it before all partners."""
    viewer = viewer_from(request)
    row = own_item(viewer, partnership, item)
    place_evidence(by=viewer, partnership=row.partnership, item=item)
    messages.success(request, "All partners can see it now, and hold it against the needs.")
    return redirect("needs:evidence-item", partnership=partnership, item=item)


@login_required
@require_http_methods(ASKS)
def withdraw(request: HttpRequest, partnership: UUID, item: UUID) -> HttpResponse:
    """Take it back, and say why."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = own_item(viewer, partnership, item)
    form = Withdraw(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = tried(form, lambda: withdraw_evidence(
            by=viewer, partnership=row.partnership, item=item, why=form.cleaned_data["why"]))
        if made is not None:
            messages.success(request, "It is withdrawn. It no longer speaks for or against any need.")
            return redirect("needs:evidence-item", partnership=partnership, item=item)
    context = {"view": view, "form": form, "invented": view.invented, "heading": f"Withdraw: {row.title}",
               "back": row, "button": "Withdraw it"}
    return render(request, "needs/evidence/withdraw.html", context)


def _key(text: str) -> UUID | None:
    """The id that a page begins after; anything else begins at the newest."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _sets(viewer: Viewer, partnership: UUID) -> list[tuple[HeldView, str]]:
    """Data that evidence may rest on, each with the agreement that opens it to one's own organisation."""
    sets, own = held_for(viewer, partnership, Purpose.ASSESSMENT), viewer.organisation_in(partnership)
    opened = behind(viewer, partnership, [(one.id, own) for one in sets] if own else [])
    under = {held: one.named for (held, _), one in opened.items()}
    return [(one, under.get(one.id, "")) for one in sets]
