"""From an ambition: said, evidence for and against found and read, and both taken away together."""

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
from commonweal.needs.actions.ambition import (
    Aim,
    read_for_ambition,
    say_ambition,
    say_ambition_anew,
    withdraw_ambition,
)
from commonweal.needs.content import read
from commonweal.needs.forms_ambition import ReadFor, SayAmbition, SayAnew
from commonweal.needs.models import Bearing
from commonweal.needs.queries.ambition_case import case_for
from commonweal.needs.queries.ambition_told import Told, reading_of, told_more, told_of
from commonweal.needs.queries.ambitions import ambition_for, ambition_row, ambitions_for, earlier_versions
from commonweal.needs.queries.partnership_areas import areas_of
from commonweal.needs.views.files import as_paper, sent
from commonweal.present.forms import posted, tried
from commonweal.present.paper import on_paper

ASKS = ("GET", "HEAD", "POST")


@login_required
@require_safe
def ambitions(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Every ambition, and a way to say one."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    context = {
        "view": view, "invented": view.invented, "cards": ambitions_for(viewer, partnership),
        "may_say": viewer.may(Permission.STATE_AMBITION, partnership), "words": read("ambition")["page"],
        "guidance": read("ambition")["guidance"], "rule": read("ambition")["rule"],
    }
    return render(request, "needs/ambition/list.html", context)


@login_required
@require_safe
def one(request: HttpRequest, partnership: UUID, ambition: UUID) -> HttpResponse:
    """One ambition with both sides, what waits to be read and what nobody has measured."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    case = case_for(viewer, partnership, ambition)
    context = {
        "view": view, "invented": view.invented, "case": case, "card": case.card, "words": read("ambition"),
        "earlier": earlier_versions(viewer, partnership, ambition),
        "may_say": viewer.may(Permission.STATE_AMBITION, partnership) and case.card.stands,
    }
    return render(request, "needs/ambition/one.html", context)


@login_required
@require_http_methods(ASKS)
def say(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Say an ambition."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.STATE_AMBITION, partnership)
    form = SayAmbition(areas_of(viewer, partnership), view.name, posted(request))
    if request.method == "POST" and form.is_valid():
        whose = Partnership.objects.get(pk=partnership)
        made = tried(form, lambda: say_ambition(by=viewer, partnership=whose, aim=_aim(form)))
        if made is not None:
            messages.success(request, "Written down. Read what was found, and say what each thing says of it.")
            return redirect("needs:ambition", partnership=partnership, ambition=made.identity_id)
    context = {"view": view, "invented": view.invented, "form": form, "heading": "Say an ambition",
               "button": "Find what speaks for it and against it"}
    return render(request, "needs/ambition/form.html", context)


@login_required
@require_http_methods(ASKS)
def anew(request: HttpRequest, partnership: UUID, ambition: UUID) -> HttpResponse:
    """Say it anew over the version that was read."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = ambition_for(viewer, partnership, ambition)
    require(viewer, Permission.STATE_AMBITION, partnership)
    held = {"aim": card.aim, "who": card.who, "place": card.place_code, "theme": card.theme,
            "said_by": card.said_by, "over": card.number}
    form = SayAnew(areas_of(viewer, partnership), view.name, posted(request), initial=held)
    if request.method == "POST" and form.is_valid():
        row, over = ambition_row(viewer, partnership, ambition), form.cleaned_data["over"]
        made = tried(form, lambda: say_ambition_anew(by=viewer, ambition=row, aim=_aim(form), over=over))
        if made is not None:
            messages.success(request, f"Version {made.number} is written. Look whether what was read still fits.")
            return redirect("needs:ambition", partnership=partnership, ambition=ambition)
    context = {"view": view, "invented": view.invented, "form": form, "heading": "Say it anew", "back": card,
               "button": "Save the new version"}
    return render(request, "needs/ambition/form.html", context)


@login_required
@require_safe
def more(request: HttpRequest, partnership: UUID, ambition: UUID) -> HttpResponse:
    """Evidence and needs that did not fit by their words, found by other words."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = ambition_for(viewer, partnership, ambition)
    require(viewer, Permission.STATE_AMBITION, partnership)
    text = request.GET.get("q", "").replace("\0", "").strip()[:100]
    context = {"view": view, "invented": view.invented, "card": card, "text": text,
               "found": told_more(viewer, partnership, ambition, text)}
    return render(request, "needs/ambition/more.html", context)


def read_evidence(request: HttpRequest, partnership: UUID, ambition: UUID, thing: UUID) -> HttpResponse:
    """Say what a piece of evidence says of the ambition."""
    return _read(request, partnership, ambition, thing, need=False)


def read_need(request: HttpRequest, partnership: UUID, ambition: UUID, thing: UUID) -> HttpResponse:
    """Say whether the ambition answers a stated need or competes with it."""
    return _read(request, partnership, ambition, thing, need=True)


@login_required
@require_http_methods(ASKS)
def _read(request: HttpRequest, partnership: UUID, ambition: UUID, thing: UUID, *, need: bool) -> HttpResponse:
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = ambition_for(viewer, partnership, ambition)
    told = told_of(viewer, partnership, thing, need=need)
    require(viewer, Permission.STATE_AMBITION, partnership)
    form = ReadFor(posted(request), need=need, initial=reading_of(viewer, ambition, told))
    if request.method == "POST" and form.is_valid():
        row, said = ambition_row(viewer, partnership, ambition), form.cleaned_data
        made = tried(form, lambda: read_for_ambition(
            by=viewer, ambition=row, bearing=Bearing(said["bearing"]), reason=said["reason"], **_named(told)))
        if made is not None:
            messages.success(request, "Kept, with your reason.")
            return redirect("needs:ambition", partnership=partnership, ambition=ambition)
    context = {"view": view, "invented": view.invented, "form": form, "back": card, "told": told,
               "heading": told.title, "button": "Keep this"}
    return render(request, "needs/ambition/read.html", context)


@login_required
@require_POST
def withdraw(request: HttpRequest, partnership: UUID, ambition: UUID) -> HttpResponse:
    """Take it off the list; what was written stays readable."""
    viewer = viewer_from(request)
    withdraw_ambition(by=viewer, ambition=ambition_row(viewer, partnership, ambition))
    messages.success(request, "The ambition is withdrawn. What was written stays readable.")
    return redirect("needs:ambitions", partnership=partnership)


@login_required
@require_safe
def as_file(request: HttpRequest, partnership: UUID, ambition: UUID, ending: str) -> HttpResponse:
    """Both sides on one sheet, as Word or PDF; never one without the other."""
    from commonweal.needs.documents.ambition import ambition_page

    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    case = case_for(viewer, partnership, ambition)
    with on_paper():
        body = as_paper(ambition_page(case, partnership=view.name, invented=view.invented), ending)
    return sent(body, f"for-and-against-{case.on:%Y-%m-%d}", ending)


def _aim(form: SayAmbition) -> Aim:
    said: dict[str, Any] = form.cleaned_data
    return Aim(said["aim"], said["who"], said["place"], form.names[said["place"]], said["theme"], said["said_by"],
               said.get("reason", ""))


def _named(told: Told) -> dict[str, UUID]:
    return {"need" if told.need else "item": told.key}
