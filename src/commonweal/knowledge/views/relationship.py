"""How two organisations work together: scored in private, talked about by topic, followed up by action."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core.errors import ActForWhom, CommonwealError, PartnershipEnded
from commonweal.core.models import Organisation, Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import PartnershipView, partnership_for
from commonweal.core.viewer import acted_for, require, viewer_from
from commonweal.knowledge.actions.relationship import (
    agree_action,
    draw_topics,
    finish_action,
    give_score,
    open_scores,
)
from commonweal.knowledge.documents_relationship import agenda_document
from commonweal.knowledge.forms_relationship import Agree, OpenScores, Score
from commonweal.knowledge.queries import relationship as asked
from commonweal.knowledge.relationship_content import questions
from commonweal.knowledge.views.files import sent
from commonweal.present.forms import tried

ASKS = ("GET", "HEAD", "POST")


def _shown(request: HttpRequest, name: str, view: PartnershipView, **more: Any) -> HttpResponse:
    context = {"view": view, "invented": view.invented, **more}
    return render(request, f"knowledge/relationship/{name}.html", context)


@login_required
@require_safe
def pairings(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Those of one's own organisation, and how to begin."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    return _shown(
        request, "list", view, pairs=asked.pairings_for(viewer, partnership), scorers=questions().scorers,
        may_open=viewer.may(Permission.DISCUSS, partnership),
    )


@login_required
@require_http_methods(ASKS)
def open_one(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Choose the other organisation, and who is what to whom."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.DISCUSS, partnership)
    own = acted_for(viewer, partnership)
    others = [(seat.id, seat.name) for seat in view.seats if seat.id != own]
    form = OpenScores(request.POST if request.method == "POST" else None, others=others)
    if request.method == "POST" and form.is_valid():
        there = Partnership.objects.get(pk=partnership)
        ours = Organisation.objects.get(pk=str(own))
        theirs = Organisation.objects.get(pk=form.cleaned_data["other"])
        client, provider = (ours, theirs) if form.cleaned_data["we"] == "client" else (theirs, ours)
        opened = tried(form, lambda: open_scores(by=viewer, partnership=there, client=client, provider=provider))
        if opened is not None:
            messages.success(request, "Open. Ask at least three people on each side to score in private.")
            return redirect("knowledge:pairing", partnership=partnership, pairing=opened.pairing_id)
    return _shown(request, "open", view, form=form)


@login_required
@require_safe
def pairing(request: HttpRequest, partnership: UUID, pairing: UUID) -> HttpResponse:
    """Topics, actions, and what comes next."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    pair = asked.pairing_for(viewer, partnership, pairing)
    return _shown(request, "one", view, pair=pair, asked=questions(), form=_agree_form(pair),
                  may=viewer.may(Permission.DISCUSS, partnership))


@login_required
@require_POST
def again(request: HttpRequest, partnership: UUID, pairing: UUID) -> HttpResponse:
    """Both sides score once more."""
    viewer = viewer_from(request)
    row = asked.pairing_row(viewer, partnership, pairing)
    said = "Open. Both sides score again, in private."
    return _done(request, partnership, pairing, said, lambda: open_scores(
        by=viewer, partnership=row.partnership, client=row.client, provider=row.provider
    ))


@login_required
@require_http_methods(ASKS)
def score(request: HttpRequest, partnership: UUID, pairing: UUID) -> HttpResponse:
    """One's own answers."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    pair = asked.pairing_for(viewer, partnership, pairing)
    require(viewer, Permission.DISCUSS, partnership)
    row = asked.round_row(viewer, partnership, pairing)
    form = Score(request.POST if request.method == "POST" else None, initial=asked.own_score(viewer, row))
    if request.method == "POST" and form.is_valid() and tried(
        form, lambda: give_score(by=viewer, scoring=row, answers=form.cleaned_data)
    ) is not None:
        messages.success(request, "Kept. Only you can see it, and it is deleted when the topics are drawn.")
        return redirect("knowledge:pairing", partnership=partnership, pairing=pairing)
    return _shown(request, "score", view, form=form, pair=pair)


@login_required
@require_POST
def draw(request: HttpRequest, partnership: UUID, pairing: UUID) -> HttpResponse:
    """Topics, and no more scores."""
    viewer = viewer_from(request)
    row = asked.round_row(viewer, partnership, pairing)
    said = "The topics are drawn, and every score is deleted."
    return _done(request, partnership, pairing, said, lambda: draw_topics(by=viewer, scoring=row))


@login_required
@require_POST
def agree(request: HttpRequest, partnership: UUID, pairing: UUID) -> HttpResponse:
    """One more action, or the page again with what is wrong."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    pair = asked.pairing_for(viewer, partnership, pairing)
    row = asked.pairing_row(viewer, partnership, pairing)
    form = _agree_form(pair, request.POST)
    if form.is_valid():
        said = form.cleaned_data
        if tried(form, lambda: agree_action(
            by=viewer, pairing=row, words=said["words"], owner=UUID(said["owner"]), due=said["due"],
            topic=said["topic"],
        )) is not None:
            messages.success(request, "Agreed.")
            return redirect("knowledge:pairing", partnership=partnership, pairing=pairing)
    return _shown(request, "one", view, pair=pair, asked=questions(), form=form,
                  may=viewer.may(Permission.DISCUSS, partnership))


@login_required
@require_POST
def done(request: HttpRequest, partnership: UUID, pairing: UUID, action: UUID) -> HttpResponse:
    """Whoever owns it says that it is done."""
    viewer = viewer_from(request)
    row = asked.action_row(viewer, partnership, pairing, action)
    return _done(request, partnership, pairing, "Done, and said so.", lambda: finish_action(by=viewer, action=row))


@login_required
@require_safe
def agenda(request: HttpRequest, partnership: UUID, pairing: UUID, ending: str) -> HttpResponse:
    """The workshop's agenda as Word or PDF."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    pair = asked.pairing_for(viewer, partnership, pairing)
    if ending not in {"docx", "pdf"} or not pair.drawn:
        raise Http404("There is no such file.")
    return sent(agenda_document(pair, view), ending, "working-together", invented=view.invented)


def _agree_form(pair: asked.PairView, *data: Any) -> Agree:
    owners = ((pair.client_id, pair.client), (pair.provider_id, pair.provider))
    return Agree(*data, owners=owners, topics=pair.drawn[0].topics if pair.drawn else ())


def _done(
    request: HttpRequest, partnership: UUID, pairing: UUID, said: str, deed: Callable[[], object]
) -> HttpResponse:
    try:
        deed()
    except (ActForWhom, PartnershipEnded):
        raise
    except CommonwealError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("knowledge:pairing", partnership=partnership, pairing=pairing)
