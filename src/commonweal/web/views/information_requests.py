"""Requests for information: the log with its clock, gathering, holding back, and the bundle that goes out."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core import clock
from commonweal.core.actions.information import Asked, answer_request, gather_items, hold_back, receive_request
from commonweal.core.errors import CommonwealError, NotFound
from commonweal.core.models import Partnership
from commonweal.core.queries.information import information_request, information_requests, what_answers
from commonweal.core.viewer import viewer_from
from commonweal.policy.information_requests import clock_words
from commonweal.present.forms import tried
from commonweal.web.documents.information import bundle
from commonweal.web.forms_protection import AddItem, AnswerSent, HoldBack, LogRequest
from commonweal.web.posting import answers
from commonweal.web.views.protection import administered, around


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def log(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """The log of requests for information."""
    view, viewer = administered(request, partnership), viewer_from(request)
    form = LogRequest(*answers(request))
    if request.method == "POST" and form.is_valid():
        asked = Asked(**form.cleaned_data)
        made = tried(form, lambda: receive_request(
            by=viewer, partnership=Partnership.objects.get(pk=partnership), asked=asked))
        if made is not None:
            messages.success(request, f"Answer it by {made.answer_by:%-d %B %Y}.")
            return redirect("web:information-request", partnership=partnership, asked=made.pk)
    found = information_requests(viewer, partnership)
    return render(request, "web/protection/information_requests.html", {
        **around(view), "requests": found, "form": form, "words": clock_words()})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, partnership: UUID, asked: UUID) -> HttpResponse:
    """One request for information, and what is gathered for it."""
    view, viewer = administered(request, partnership), viewer_from(request)
    found = information_request(viewer, partnership, asked)
    q = request.GET.get("q", "")[:120]
    hits = what_answers(viewer, q)
    form = AddItem(*answers(request))
    if request.method == "POST":
        chosen = set(request.POST.getlist("hit"))
        items = [(hit.title, hit.text) for hit in hits if f"{hit.kind}:{hit.subject}" in chosen]
        if not chosen and form.is_valid():
            items = [(form.cleaned_data["title"], form.cleaned_data["words"])]
        if items:
            count = tried(form, lambda: gather_items(by=viewer, request=found.row, items=items))
            if count is not None:
                messages.success(request, f"{count} taken in, names left out.")
                return redirect("web:information-request", partnership=partnership, asked=asked)
    return render(request, "web/protection/information_request.html", {
        **around(view), "found": found, "form": form, "q": q, "hits": hits, "words": clock_words(),
        "sent": AnswerSent(initial={"day": clock.today()})})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, partnership: UUID, asked: UUID, item: UUID) -> HttpResponse:
    """One item of a request for information: released or held back."""
    view, viewer = administered(request, partnership), viewer_from(request)
    found = information_request(viewer, partnership, asked)
    row = next((one.row for one in found.items if one.row.pk == item), None)
    if row is None:
        raise NotFound("There is no such item.")
    form = HoldBack(found.row.regime, *answers(request), **(
        {} if request.method == "POST" else {"initial": {"exemption": row.exemption, "reason": row.reason}}))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = tried(form, lambda: hold_back(
            by=viewer, item=row, exemption=said["exemption"], reason=said["reason"]))
        if made is not None:
            return redirect("web:information-request", partnership=partnership, asked=asked)
    return render(request, "web/protection/form.html", {
        **around(view), "form": form, "heading": row.title, "lead": row.words[:600], "button": "Save"})


@login_required
@require_POST
def answered(request: HttpRequest, partnership: UUID, asked: UUID) -> HttpResponse:
    """It was sent."""
    administered(request, partnership)
    viewer = viewer_from(request)
    found = information_request(viewer, partnership, asked)
    form = AnswerSent(request.POST)
    if form.is_valid():
        try:
            answer_request(by=viewer, request=found.row, day=form.cleaned_data["day"])
            messages.success(request, "It is written down as answered.")
        except CommonwealError as refusal:
            messages.error(request, str(refusal))
    else:
        messages.error(request, "Enter the day it was sent, such as 27 3 2026.")
    return redirect("web:information-request", partnership=partnership, asked=asked)


@login_required
@require_safe
def bundled(request: HttpRequest, partnership: UUID, asked: UUID) -> HttpResponse:
    """What goes out, as a zip with a PDF."""
    view = administered(request, partnership)
    found = information_request(viewer_from(request), partnership, asked)
    body = bundle(found, place=view.name if view else "", invented=bool(view and view.invented))
    answer = HttpResponse(body, content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="answer.zip"'
    return answer
