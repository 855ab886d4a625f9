"""Networks of peers: those one may join, one of them, and what its members ask and answer."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import PartnershipView, partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.knowledge.actions.networks import (
    answer_question,
    ask_network,
    begin_network,
    join_network,
    leave_network,
    member_of,
    say_helped,
)
from commonweal.knowledge.forms_networks import AnswerNetwork, AskNetwork, BeginNetwork, JoinNetwork
from commonweal.knowledge.models import Among
from commonweal.knowledge.queries import networks as asked
from commonweal.present.forms import tried

ASKS = ("GET", "HEAD", "POST")


@login_required
@require_safe
def listed(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """One's own, and those one may join."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    return _shown(request, "list", view, cards=asked.networks_for(viewer, partnership),
                  may_begin=viewer.may(Permission.DISCUSS, partnership))


@login_required
@require_http_methods(ASKS)
def begin(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Begin one."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.DISCUSS, partnership)
    form = BeginNetwork(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = tried(form, lambda: begin_network(
            by=viewer, partnership=Partnership.objects.get(pk=partnership), title=told["title"],
            about=told["about"], among=Among(told["among"]), wide=told["wide"] == "yes"))
        if made is not None:
            messages.success(request, "It is there. Say now what you can be asked.")
            return redirect("knowledge:network-join", partnership=partnership, network=made.pk)
    return _shown(request, "form", view, form=form, heading="Begin a network of peers", button="Begin it")


@login_required
@require_safe
def one(request: HttpRequest, partnership: UUID, network: UUID) -> HttpResponse:
    """Who is in, what was asked, whom to ring."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = asked.network_for(viewer, partnership, network)
    return _shown(request, "one", view, found=found, card=found.card, ask=AskNetwork(auto_id="ask_%s"),
                  may_join=bool(viewer.organisations_in(partnership)))


@login_required
@require_http_methods(ASKS)
def join(request: HttpRequest, partnership: UUID, network: UUID) -> HttpResponse:
    """Join it, or say anew what one can be asked."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row, me = asked.network_row(viewer, partnership, network), asked.network_for(viewer, partnership, network).me
    form = JoinNetwork(request.POST if request.method == "POST" else None,
                       initial={"knows": me.knows, "reach": me.reach} if me else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if tried(form, lambda: join_network(
            by=viewer, network=row, partnership=Partnership.objects.get(pk=partnership), knows=said["knows"],
            reach=said["reach"],
        )) is not None:
            messages.success(request, "You are in it.")
            return redirect("knowledge:network", partnership=partnership, network=network)
    return _shown(request, "form", view, form=form, heading=f"Join: {row.title}", button="Keep it", back=row.pk)


@login_required
@require_POST
def leave(request: HttpRequest, partnership: UUID, network: UUID) -> HttpResponse:
    """Out of it."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    leave_network(by=viewer, network=asked.network_row(viewer, partnership, network))
    messages.success(request, "You are in it no more. How to reach you is deleted.")
    return redirect("knowledge:networks", partnership=partnership)


@login_required
@require_http_methods(ASKS)
def ask(request: HttpRequest, partnership: UUID, network: UUID) -> HttpResponse:
    """Ask the others."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = asked.network_row(viewer, partnership, network)
    member_of(viewer, row)
    form = AskNetwork(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        if tried(form, lambda: ask_network(by=viewer, network=row, words=words)) is not None:
            messages.success(request, "Asked. It waits on the others’ home page.")
            return redirect("knowledge:network", partnership=partnership, network=network)
    return _shown(request, "form", view, form=form, heading=f"Ask: {row.title}", button="Ask", back=row.pk)


@login_required
@require_http_methods(ASKS)
def answer(request: HttpRequest, partnership: UUID, network: UUID, question: UUID) -> HttpResponse:
    """Answer one question."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = asked.question_row(viewer, partnership, network, question)
    member_of(viewer, row.network)
    form = AnswerNetwork(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        if tried(form, lambda: answer_question(by=viewer, question=row, words=words)) is not None:
            messages.success(request, "Thank you.")
            return redirect("knowledge:network", partnership=partnership, network=network)
    return _shown(request, "form", view, form=form, heading="Answer", lead=row.words, button="Answer",
                  back=row.network_id)


@login_required
@require_POST
def helped(request: HttpRequest, partnership: UUID, network: UUID, question: UUID, answer: UUID) -> HttpResponse:
    """Say which answer helped."""
    viewer = viewer_from(request)
    row = asked.question_row(viewer, partnership, network, question)
    say_helped(by=viewer, question=row, answer=answer)
    return redirect("knowledge:network", partnership=partnership, network=network)


def _shown(request: HttpRequest, name: str, view: PartnershipView, **context: object) -> HttpResponse:
    return render(request, f"knowledge/networks/{name}.html", {"view": view, "invented": view.invented, **context})
