"""The needs of a partnership: written, held against evidence, proposed, signed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.needs.actions.need import (
    Wording,
    hold_evidence,
    let_evidence_go,
    object_to_need,
    propose_need,
    rewrite_need,
    sign_need,
    withdraw_need,
    write_need,
)
from commonweal.needs.forms_need import HoldEvidence, RewriteNeed, Sign, WriteNeed
from commonweal.needs.models import NeedState, Side, Verdict
from commonweal.needs.pages.need import needs_table, page_of, pager, strip_rows
from commonweal.needs.queries.mismatch import mismatch_for
from commonweal.needs.queries.needs import (
    Pages,
    evidence_choices,
    need_for,
    need_row,
    needs_for,
    rule_words,
    waiting_needs,
)
from commonweal.present.forms import tried


@login_required
@require_safe
def needs(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Every need, what waits first, and which perspectives stand behind each."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = needs_for(viewer, partnership)
    context = {
        "view": view, "needs": found, "table": needs_table(found, partnership), "invented": view.invented,
        "may_write": viewer.may(Permission.RECORD_EVIDENCE, partnership), "rule": rule_words(),
    }
    return render(request, "needs/need/needs.html", context)


@login_required
@require_safe
def need(request: HttpRequest, partnership: UUID, need: UUID) -> HttpResponse:
    """One need: the statement, the four perspectives, the evidence, who has signed."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    pages = Pages(page_of(request.GET.get("held", "")), page_of(request.GET.get("stood", "")))
    found = need_for(viewer, partnership, need, pages=pages)
    may_write = viewer.may(Permission.RECORD_EVIDENCE, partnership)
    context = {
        "view": view, "need": found, "strip": strip_rows(found.card.strip), "invented": view.invented,
        "rule": rule_words(), "may_write": may_write and found.card.state is not NeedState.WITHDRAWN,
        "may_propose": may_write and found.card.state is NeedState.DRAFT and found.held,
        "may_withdraw": may_write and found.card.state in (NeedState.DRAFT, NeedState.PROPOSED),
        "serving": next((one for one in mismatch_for(viewer, partnership).needs if one.id == need), None),
        "next": next(iter(waiting_needs(viewer, partnership)), None),
        "pagers": {"held": pager(found.held, pages.held), "stood": pager(found.stood, pages.stood)},
    }
    return render(request, "needs/need/need.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Write a need."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    form = WriteNeed(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def done() -> Any:
            return write_need(
                by=viewer, partnership=Partnership.objects.get(pk=partnership), title=said["title"],
                side=Side(said["side"]), theme=said["theme"], said=_wording(said),
            )

        made = tried(form, done)
        if made is not None:
            messages.success(request, "The need is written. Hold evidence against it next.")
            return redirect("needs:need", partnership=partnership, need=made.identity_id)
    context = {"view": view, "form": form, "invented": view.invented, "heading": "Write a need",
               "back": None, "button": "Save the draft"}
    return render(request, "needs/need/form.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rewrite(request: HttpRequest, partnership: UUID, need: UUID) -> HttpResponse:
    """Write a next version over the one that was read."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = need_for(viewer, partnership, need, pages=Pages(1, 1))
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    held = {"who": found.who, "where": found.where, "what": found.what, "how_we_know": found.how_we_know,
            "over": found.card.number}
    form = RewriteNeed(request.POST if request.method == "POST" else None, initial=held)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        row = need_row(viewer, partnership, need)
        made = tried(form, lambda: rewrite_need(
            by=viewer, need=row, said=_wording(said, found.place_code), over=said["over"]))
        if made is not None:
            messages.success(request, f"Version {made.number} is written. Propose it when it is ready.")
            return redirect("needs:need", partnership=partnership, need=need)
    context = {"view": view, "form": form, "invented": view.invented, "heading": f"Write anew: {found.card.title}",
               "back": found.card, "button": "Save the new version"}
    return render(request, "needs/need/form.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: HttpRequest, partnership: UUID, need: UUID) -> HttpResponse:
    """Hold a piece of evidence against a need."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = need_for(viewer, partnership, need, pages=Pages(1, 1))
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    choices = evidence_choices(viewer, partnership, need)
    form = HoldEvidence(choices, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        row = need_row(viewer, partnership, need)
        made = tried(form, lambda: hold_evidence(
            by=viewer, need=row, item=UUID(said["item"]), verdict=Verdict(said["verdict"]), note=said["note"]))
        if made is not None:
            messages.success(request, f"Held against this need: {made.item.title}.")
            more = "more" in request.POST and len(choices) > 1
            return redirect("needs:need-hold" if more else "needs:need", partnership=partnership, need=need)
    context = {"view": view, "form": form, "invented": view.invented, "back": found.card, "choices": choices,
               "heading": "Hold evidence against it", "button": "Hold it against this need"}
    return render(request, "needs/need/hold.html", context)


@login_required
@require_POST
def let_go(request: HttpRequest, partnership: UUID, need: UUID, held: UUID) -> HttpResponse:
    """Take a piece of evidence from a need."""
    viewer = viewer_from(request)
    let_evidence_go(by=viewer, need=need_row(viewer, partnership, need), held=held)
    messages.success(request, "The evidence is no longer held against this need. Signed versions keep their copy.")
    return redirect("needs:need", partnership=partnership, need=need)


@login_required
@require_POST
def propose(request: HttpRequest, partnership: UUID, need: UUID) -> HttpResponse:
    """Put it to those who sign."""
    viewer = viewer_from(request)
    version = propose_need(by=viewer, need=need_row(viewer, partnership, need))
    messages.success(request, f"Version {version.number} waits for signatures: those who sign see it waiting.")
    return redirect("needs:need", partnership=partnership, need=need)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, partnership: UUID, need: UUID) -> HttpResponse:
    """Sign the version that was read, or say why not."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = need_for(viewer, partnership, need, pages=Pages(1, 1))
    require(viewer, Permission.AGREE, partnership)
    form = Sign(request.POST if request.method == "POST" else None, initial={"number": found.card.number})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        row = need_row(viewer, partnership, need)

        def done() -> Any:
            if said["answer"] == "sign":
                return sign_need(by=viewer, need=row, number=said["number"], comment=said["words"])
            return object_to_need(by=viewer, need=row, number=said["number"], reason=said["words"])

        if tried(form, done) is not None:
            messages.success(request, "Your organisation's answer is kept. Thank you.")
            return redirect("needs:need", partnership=partnership, need=need)
    context = {"view": view, "form": form, "need": found, "back": found.card, "invented": view.invented,
               "heading": f"Sign version {found.card.number}?", "button": "Give this answer"}
    return render(request, "needs/need/sign.html", context)


@login_required
@require_POST
def withdraw(request: HttpRequest, partnership: UUID, need: UUID) -> HttpResponse:
    """Take it off the list; what was written stays readable."""
    viewer = viewer_from(request)
    withdraw_need(by=viewer, need=need_row(viewer, partnership, need))
    messages.success(request, "The need is withdrawn. What was written stays readable.")
    return redirect("needs:needs", partnership=partnership)


def _wording(said: dict[str, Any], place_code: str = "") -> Wording:
    return Wording(said["who"], said["where"], said["what"], said["how_we_know"], place_code,
                   said.get("reason", ""))
