"""The pages of an evaluation for those who run it: who scores, moderation, the order, and the decision."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.needs.views.files import as_paper, sent
from commonweal.policy.competing import way
from commonweal.present.forms import posted, tried
from commonweal.present.paper import on_paper
from commonweal.procurement.actions.agreeing import agree_terms
from commonweal.procurement.actions.bid_files import file_of
from commonweal.procurement.actions.deciding import decide, settle_low_price
from commonweal.procurement.actions.scoring import (
    begin_moderation,
    close_moderation,
    moderate,
    name_evaluator,
    take_out_evaluator,
)
from commonweal.procurement.forms_evaluation import (
    AgreeTerms,
    Decide,
    GiveScore,
    NameEvaluators,
    SettleLow,
    TakeOut,
)
from commonweal.procurement.models import Evaluator
from commonweal.procurement.opening import bid_of_letter, opened_package, require_run, runs
from commonweal.procurement.pages.evaluation import order_table, scores_of, sentence_of
from commonweal.procurement.queries.commissions import commission_for
from commonweal.procurement.queries.competing import own_competition
from commonweal.procurement.queries.decisions import decision_for, told_for
from commonweal.procurement.queries.evaluation import (
    answers_to_agree,
    evaluation_of,
    one_to_agree,
    who_may_score,
)
from commonweal.procurement.queries.ranking import ranking_of
from commonweal.procurement.views.bids import as_download

ASKS = ("GET", "HEAD", "POST")
WORK = Permission.RECORD_EVIDENCE


@login_required
@require_safe
def page(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """How it stands, and what comes next."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = commission_for(viewer, partnership, commission)
    row = own_competition(viewer, partnership, commission)
    stand, may_run = evaluation_of(viewer, row), runs(viewer, row)
    decision = decision_for(viewer, commission)
    order = ranking_of(viewer, row) if may_run and stand.closed_at else ()
    context: dict[str, Any] = {
        "view": view, "invented": view.invented, "card": card, "stand": stand, "may_run": may_run,
        "sentence": sentence_of(stand, order, decision), "decision": decision, "order": order,
        "table": order_table(order, (partnership, commission)) if order else None, "opened": row.opened_at,
        "agrees": way(row.way).agrees,
        "low": [one for one in order if one.low and one.low_settled is None and not one.out]}
    if may_run and stand.stage == "moderating":
        context["agree"] = answers_to_agree(viewer, row)
    return render(request, "procurement/evaluation/page.html", context)


@login_required
@require_http_methods(ASKS)
def people(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """Who scores."""
    viewer = viewer_from(request)
    row = own_competition(viewer, partnership, commission)
    require_run(viewer, row)
    form = NameEvaluators(posted(request), people=who_may_score(viewer, row))
    return _short(request, (partnership, commission), form, "Who scores?", lambda: [
        name_evaluator(by=viewer, competition=row, person=UUID(one)) for one in form.cleaned_data["people"]])


@login_required
@require_http_methods(ASKS)
def take_out(request: HttpRequest, partnership: UUID, commission: UUID, evaluator: UUID) -> HttpResponse:
    """Somebody scores no more."""
    viewer = viewer_from(request)
    row = own_competition(viewer, partnership, commission)
    require(viewer, WORK, partnership)
    found = Evaluator.objects.filter(pk=evaluator, evaluation__competition=row).select_related(
        "evaluation__competition__commission").first()
    if found is None:
        raise NotFound("Nobody of that kind scores here.")
    form = TakeOut(posted(request))
    return _short(request, (partnership, commission), form, "Take somebody out", lambda: take_out_evaluator(
        by=viewer, evaluator=found, why=form.cleaned_data["why"]))


@login_required
@require_POST
def begin(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """Moderation begins."""
    viewer = viewer_from(request)
    begin_moderation(by=viewer, competition=own_competition(viewer, partnership, commission))
    return redirect("procurement:evaluation", partnership=partnership, commission=commission)


@login_required
@require_POST
def close(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """Moderation closes."""
    viewer = viewer_from(request)
    close_moderation(by=viewer, competition=own_competition(viewer, partnership, commission))
    messages.success(request, "Closed. Names and prices are seen now, and no score changes any more.")
    return redirect("procurement:evaluation", partnership=partnership, commission=commission)


@login_required
@require_http_methods(ASKS)
def agree(request: HttpRequest, partnership: UUID, commission: UUID, letter: str, question: str) -> HttpResponse:
    """Agree on one score."""
    viewer = viewer_from(request)
    row = own_competition(viewer, partnership, commission)
    found = one_to_agree(viewer, row, letter, question)
    if found is None:
        raise Http404("That is not scored here.")
    reasons = " ".join(dict.fromkeys(one.reason.strip() for one in found.given))[:1500]
    form = GiveScore(posted(request), together=True,
                     initial={"score": found.score, "reason": found.reason or reasons})
    return _short(request, (partnership, commission), form, f"Bid {letter}: what is agreed?", lambda: moderate(
        by=viewer, competition=row, letter=letter, told=form.said(question)), {"agree": found})


@login_required
@require_http_methods(ASKS)
def low(request: HttpRequest, partnership: UUID, commission: UUID, letter: str) -> HttpResponse:
    """A price far below the others'."""
    viewer = viewer_from(request)
    row = own_competition(viewer, partnership, commission)
    if not any(one.low and one.letter == letter for one in ranking_of(viewer, row)):
        raise NotFound("There is no such bid whose price lies far below the others’.")
    form = SettleLow(posted(request))
    return _short(request, (partnership, commission), form, f"Bid {letter}: its price lies far below the others’",
                  lambda: settle_low_price(
                      by=viewer, competition=row, letter=letter, said=form.cleaned_data["said"],
                      accepted=form.cleaned_data["accepted"] == "yes", reason=form.cleaned_data["reason"]))


@login_required
@require_http_methods(ASKS)
def terms(request: HttpRequest, partnership: UUID, commission: UUID, letter: str) -> HttpResponse:
    """What was agreed with one of them."""
    viewer = viewer_from(request)
    row = own_competition(viewer, partnership, commission)
    found = next((one for one in ranking_of(viewer, row) if one.letter == letter), None)
    if found is None:
        raise NotFound("There is no bid of that letter.")
    form = AgreeTerms(posted(request))
    return _short(request, (partnership, commission), form, f"What was agreed with {found.name}?",
                  lambda: agree_terms(by=viewer, competition=row, letter=letter, said=form.said()))


@login_required
@require_http_methods(ASKS)
def choose(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """Decide."""
    viewer = viewer_from(request)
    row = own_competition(viewer, partnership, commission)
    require(viewer, WORK, partnership)
    order = ranking_of(viewer, row)
    form = Decide(posted(request), order=order)
    return _short(request, (partnership, commission), form, "Decide", lambda: decide(
        by=viewer, competition=row, said=form.said()), {"table": order_table(order, (partnership, commission)),
                                       "step": "decide"})


@login_required
@require_safe
def bid(request: HttpRequest, partnership: UUID, commission: UUID, letter: str) -> HttpResponse:
    """One bid whole, with its name, once moderation is closed."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = commission_for(viewer, partnership, commission)
    require(viewer, WORK, partnership)
    row = own_competition(viewer, partnership, commission)
    ranked = next((one for one in ranking_of(viewer, row) if one.letter == letter), None)
    if ranked is None:
        raise Http404("There is no bid of that letter.")
    whole = bid_of_letter(row, letter)
    package = opened_package(viewer, whole)
    context = {"view": view, "invented": view.invented, "card": card, "ranked": ranked, "package": package,
               "scores": scores_of(ranked, package), "decision": decision_for(viewer, commission),
               "agrees": way(row.way).agrees, "let_go_at": whole.let_go_at}
    return render(request, "procurement/evaluation/bid.html", context)


@login_required
@require_safe
def bid_file(request: HttpRequest, partnership: UUID, commission: UUID, letter: str, file: UUID) -> HttpResponse:
    """A file that came with a bid, once moderation is closed."""
    viewer = viewer_from(request)
    row = own_competition(viewer, partnership, commission)
    require(viewer, WORK, partnership)
    ranking_of(viewer, row)
    found = bid_of_letter(row, letter)
    attached, body = file_of(opened_package(viewer, found), found, file)
    return as_download(body, attached.name)


@login_required
@require_safe
def letter_file(request: HttpRequest, partnership: UUID, commission: UUID, letter: str) -> HttpResponse:
    """The letter to one bidder, as Word."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    require(viewer, WORK, partnership)
    told = told_for(viewer, bid_of_letter(own_competition(viewer, partnership, commission), letter))
    if told is None:
        raise NotFound("It is not decided yet, so there is nothing to tell.")
    return feedback_sent(told)


@login_required
@require_safe
def record_file(request: HttpRequest, partnership: UUID, commission: UUID, ending: str) -> HttpResponse:
    """The decision record."""
    from commonweal.procurement.documents.feedback import decision_document

    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = commission_for(viewer, partnership, commission)
    require_run(viewer, own_competition(viewer, partnership, commission))
    found = decision_for(viewer, commission)
    if found is None:
        raise NotFound("It is not decided yet.")
    with on_paper():
        document = decision_document(found, card.title, card.place, card.buyer, invented=view.invented)
        body = as_paper(document, ending)
    return sent(body, "decision-record", ending)


def feedback_sent(told: Any) -> HttpResponse:
    """One letter as a Word file."""
    from commonweal.procurement.documents.feedback import feedback_document

    with on_paper():
        body = as_paper(feedback_document(told), "docx")
    return sent(body, f"feedback-{told.own.letter.lower()}", "docx")


def _short(
    request: HttpRequest, where: tuple[UUID, UUID], form: forms.Form, heading: str, deed: Callable[[], object],
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """A page with a short form, and back to how it stands."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, where[0])
    card = commission_for(viewer, *where)
    require(viewer, WORK, where[0])
    if request.method == "POST" and form.is_valid() and tried(form, deed) is not None:
        return redirect("procurement:evaluation", partnership=where[0], commission=where[1])
    context = {"view": view, "invented": view.invented, "card": card, "form": form, "heading": heading,
               **(extra or {})}
    return render(request, "procurement/evaluation/form.html", context)
