"""Briefings for members: made, read with what has changed, published, taken down; and the public page."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core import clock
from commonweal.core.errors import CommonwealError, Refused
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import PartnershipView, partnership_for
from commonweal.core.viewer import Viewer, require, viewer_from
from commonweal.needs.actions.briefing import make_briefing, publish_briefing, say_poll, take_briefing_down
from commonweal.needs.content import read
from commonweal.needs.documents.briefing import Brief, brief_of, briefing_page, changes, sections
from commonweal.needs.documents.case import case_brief
from commonweal.needs.forms_briefing import MakeBriefing, Publish, SayPoll
from commonweal.needs.pages.loading import Moved, NoData, NotAPlace, assessment_for
from commonweal.needs.queries.advocates import with_advocates
from commonweal.needs.queries.briefings import (
    BriefingView,
    agreed_statements,
    briefing_for,
    briefing_row,
    briefings_for,
    public_briefing,
)
from commonweal.needs.queries.elections import councils_of, door_on, polls_of, speaks_for
from commonweal.needs.queries.making_case import case_to
from commonweal.needs.queries.partnership_areas import areas_of
from commonweal.needs.views.files import as_paper, sent
from commonweal.policy.elections import election_rules


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def briefings(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Every briefing, and a place to make one for."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = briefings_for(viewer, partnership)
    form = MakeBriefing(areas_of(viewer, partnership), request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(viewer, Permission.RECORD_EVIDENCE, partnership)
    if request.method == "POST" and form.is_valid():
        try:
            made = made_now(viewer, view, code=form.cleaned_data["code"])
        except CommonwealError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("needs:briefing", partnership=partnership, briefing=made)
    context = {"view": view, "invented": view.invented, "briefings": found, "form": form,
               "may_write": viewer.may(Permission.RECORD_EVIDENCE, partnership)}
    return render(request, "needs/briefing/briefings.html", context)


@login_required
@require_safe
def briefing(request: HttpRequest, partnership: UUID, briefing: UUID) -> HttpResponse:
    """The newest version, and what would say something else today."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = briefing_for(viewer, partnership, briefing)
    try:
        today = with_advocates(_now(viewer, view, found.card.code, found.card.partner), public=False)
        moved, compared = changes(found.brief, today), True
    except CommonwealError:
        moved, compared = (), False
    context = _shown(found) | {
        "view": view, "changes": moved, "compared": compared,
        "may_write": viewer.may(Permission.RECORD_EVIDENCE, partnership),
        "may_publish": viewer.may(Permission.AGREE, partnership),
    }
    return render(request, "needs/briefing/briefing.html", context)


@login_required
@require_POST
def again(request: HttpRequest, partnership: UUID, briefing: UUID) -> HttpResponse:
    """A next version from the figures of today."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = briefing_for(viewer, partnership, briefing)
    made_now(viewer, view, code=found.card.code, partner=found.card.partner)
    messages.success(request, "Made again from the figures of today.")
    return redirect("needs:briefing", partnership=partnership, briefing=briefing)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, partnership: UUID, briefing: UUID) -> HttpResponse:
    """Let everybody read it, unless an election stops it or may."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = briefing_for(viewer, partnership, briefing)
    require(viewer, Permission.AGREE, partnership)
    answers = request.POST if request.method == "POST" else None
    form = Publish(answers, initial={"number": found.card.number})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            publish_briefing(by=viewer, briefing=briefing_row(viewer, partnership, briefing),
                             number=said["number"], confirmed=said["confirmed"])
        except CommonwealError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Anybody can read it now.")
            return redirect("needs:briefing", partnership=partnership, briefing=briefing)
    context = _shown(found) | {
        "view": view, "form": form, "door": door_on(viewer, partnership, clock.today()), "rules": election_rules(),
        "words": read("briefing")["publish"]}
    return render(request, "needs/briefing/publish.html", context)


@login_required
@require_POST
def take_down(request: HttpRequest, partnership: UUID, briefing: UUID) -> HttpResponse:
    """Nobody outside reads it any more."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    take_briefing_down(by=viewer, briefing=briefing_row(viewer, partnership, briefing))
    messages.success(request, "Taken down. Only the partnership can read it now.")
    return redirect("needs:briefing", partnership=partnership, briefing=briefing)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def polls(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """What is known of polls, and a form to say more."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    form = SayPoll(speaks_for(viewer, partnership), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            say_poll(by=viewer, partnership=Partnership.objects.get(pk=partnership), council=UUID(said["council"]),
                     day=said["day"], answer=(said["held"] == "yes", said["notice"]))
        except CommonwealError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Kept.")
            return redirect("needs:briefing-polls", partnership=partnership)
    theirs = dict(speaks_for(viewer, partnership))
    others = [name for key, name in councils_of(viewer, partnership) if key not in theirs]
    context = {"view": view, "invented": view.invented, "form": form, "polls": polls_of(viewer, partnership),
               "others": others, "may_say": bool(theirs),
               "rules": election_rules(), "door": door_on(viewer, partnership, clock.today())}
    return render(request, "needs/briefing/polls.html", context)


@login_required
@require_safe
def briefing_file(request: HttpRequest, partnership: UUID, briefing: UUID, ending: str) -> HttpResponse:
    """The newest version as Word or PDF of one sheet."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    return _file(briefing_for(viewer, partnership, briefing), ending, issued=False)


@require_safe
def public(request: HttpRequest, briefing: UUID) -> HttpResponse:
    """The published version, for anybody."""
    return render(request, "needs/briefing/public.html", _shown(public_briefing(viewer_from(request), briefing)))


@require_safe
def public_file(request: HttpRequest, briefing: UUID, ending: str) -> HttpResponse:
    """The published version as Word or PDF."""
    return _file(public_briefing(viewer_from(request), briefing), ending, issued=True)


def made_now(viewer: Viewer, view: PartnershipView, *, code: str = "", partner: UUID | None = None) -> UUID:
    """A version from the figures of today, of a place's page or of the case to a partner; whose identity it is."""
    require(viewer, Permission.RECORD_EVIDENCE, view.id)
    version = make_briefing(
        by=viewer, partnership=Partnership.objects.get(pk=view.id), code=code, partner=partner,
        brief=_now(viewer, view, code, partner),
    )
    key: UUID = version.identity_id
    return key


def _now(viewer: Viewer, view: PartnershipView, code: str, partner: UUID | None) -> Brief:
    """What the page would say today."""
    if partner is not None:
        return case_brief(case_to(viewer, view.id, partner), view)
    try:
        made = assessment_for(viewer, code)
    except (NoData, NotAPlace, Moved) as missing:
        raise Refused(f"No page can be made for {code}: {missing}") from missing
    return brief_of(made, view.name, agreed_statements(viewer, view.id))


def _shown(found: BriefingView) -> dict[str, Any]:
    return {"card": found.card, "brief": found.brief, "sections": sections(found.brief), "whole": found.whole,
            "invented": found.brief.invented}


def _file(found: BriefingView, ending: str, *, issued: bool) -> HttpResponse:
    day = found.card.written_at.astimezone(clock.LONDON).date()
    body = as_paper(briefing_page(found.brief, day, issued=issued), ending)
    about, kind = found.brief.partner or found.brief.place, "case" if found.brief.partner else "briefing"
    return sent(body, f"{file_words(about)}-{kind}-{day:%Y-%m-%d}", ending)


def file_words(name: str) -> str:
    """A name as files have it."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60] or "place"
