"""The commissions of a partnership: the list, one of them, and what is told, sized, chosen and moved."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core import clock
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import Viewer, require, viewer_from
from commonweal.needs.models import NeedState
from commonweal.needs.queries.needs import needs_for
from commonweal.needs.views.files import as_paper, sent
from commonweal.options.views.asking import Ask, asked
from commonweal.policy.myths import myths_numbered
from commonweal.policy.procurement_facts import question
from commonweal.policy.tiers import hour_words
from commonweal.present.forms import posted, tried
from commonweal.present.paper import on_paper
from commonweal.priorities.queries.outcomes import outcomes_for
from commonweal.procurement.actions.commission import (
    CommissionSaid,
    begin_commission,
    change_commission,
    choose_tier,
    move_commission,
    size_commission,
    tell_facts,
)
from commonweal.procurement.actions.origin import tell_origin
from commonweal.procurement.forms_commission import (
    BeginCommission,
    ChooseTier,
    SizeCommission,
    TellFacts,
    shown_facts,
)
from commonweal.procurement.forms_origin import OriginForm
from commonweal.procurement.models import CommissionState
from commonweal.procurement.pages.commissions import (
    MOVES,
    list_answer,
    sentence_of,
    tier_table,
    tier_told,
    value_of,
)
from commonweal.procurement.pages.papers import documents_of
from commonweal.procurement.pages.rules import LEGEND, rules_told
from commonweal.procurement.queries.commissions import (
    CommissionCard,
    commission_for,
    commission_row,
    commissions_for,
)
from commonweal.procurement.queries.origin import choices_in, decisions_in, led_to, origin_as_said, told_choice
from commonweal.procurement.queries.specifications import specification_of
from commonweal.procurement.queries.standing_orders import orders_of

ASKS = ("GET", "HEAD", "POST")


@login_required
@require_safe
def page(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Every commission, with what it answers and what is lacking."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    cards = commissions_for(viewer, partnership)
    served = {one.id for card in cards for one in card.answers}
    context = {
        "view": view, "invented": view.invented, "answer": list_answer(cards),
        "cards": [(card, sentence_of(card), value_of(card)) for card in cards],
        "orphans": [card for card in cards if card.orphan and card.state != CommissionState.WITHDRAWN],
        "unserved": [one for one in outcomes_for(viewer, partnership) if one.id not in served and not one.below],
        "may_write": viewer.may(Permission.RECORD_EVIDENCE, partnership),
    }
    return render(request, "procurement/commissions.html", context)


@login_required
@require_safe
def one(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """One commission: its tier, its rules, what it answers, and what comes next."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = commission_for(viewer, partnership, commission)
    tier = tier_told(card)
    may_write = viewer.may(Permission.RECORD_EVIDENCE, partnership)
    context = {
        "view": view, "invented": view.invented, "card": card, "sentence": sentence_of(card),
        "value": value_of(card),
        "told": rules_told(card.facts, card.found), "legend": LEGEND, "tier": tier,
        "documents": documents_of(card, card.tier) if card.tier else (),
        "lacks_orders": _lacks_orders(viewer, partnership, card),
        "spec": specification_of(viewer, card), "may_write": may_write and not card.fixed,
        "moves": MOVES[card.state] if may_write else (), "may_publish": may_write,
        "origins": led_to(viewer, partnership, commission),
    }
    return render(request, "procurement/commission.html", context)


@login_required
@require_http_methods(ASKS)
def origin(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """Say which choice and which decision it carries out; known of old commissions too."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = commission_row(viewer, partnership, commission)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    choices, decisions = choices_in(viewer, partnership), decisions_in(viewer, partnership)
    form = OriginForm(posted(request), initial=origin_as_said(row), offered={
        "choice": [(key, told_choice(one).title) for key, one in choices.items()],
        "decision": [(key, one.identity.title) for key, one in decisions.items()]})
    back = reverse("procurement:commission", args=[partnership, commission])

    def deed() -> str:
        tell_origin(by=viewer, commission=row, choice=form.picked("choice", choices),
                    decision=form.picked("decision", decisions))
        return back

    lead = "" if form.fields else "No choice between options and no decision on priorities is recorded here yet."
    return asked(request, view, form, ask=Ask("What led to it?", back, row.title, lead), deed=deed)


@login_required
@require_http_methods(ASKS)
def begin(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Begin a commission."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    asked = {"outcomes": [request.GET.get("outcome", "")], "needs": [request.GET.get("need", "")]}
    form = BeginCommission(posted(request), initial=asked, **offers_of(viewer, partnership))
    if request.method == "POST" and form.is_valid():
        there = Partnership.objects.get(pk=partnership)
        made = tried(form, lambda: begin_commission(by=viewer, partnership=there, said=commission_said(form)))
        if made is not None:
            messages.success(request, "Begun. Say next what is known of it, and you will see its rules.")
            return redirect("procurement:commission", partnership=partnership, commission=made.pk)
    context = _form(view, form, "What do you want to commission?", "Begin")
    context |= {"to": reverse("procurement:commissions", args=[partnership]), "to_text": "Commissions"}
    return render(request, "procurement/form.html", context)


@login_required
@require_http_methods(ASKS)
def change(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """Its name, purpose, place and what it answers."""
    viewer, view, card = _opened(request, partnership, commission)
    held = {"title": card.title, "purpose": card.purpose, "place": card.place,
            "needs": [str(one.id) for one in card.answers if one.kind == "need"],
            "outcomes": [str(one.id) for one in card.answers if one.kind == "outcome"]}
    form = BeginCommission(posted(request), initial=held, **offers_of(viewer, partnership))
    if request.method == "POST" and form.is_valid():
        row = commission_row(viewer, partnership, commission)
        said = commission_said(form)
        if tried(form, lambda: change_commission(by=viewer, commission=row, said=said)) is not None:
            return _kept(request, card, partnership)
    return render(request, "procurement/form.html", _form(view, form, "Change it", "Keep it", card))


@login_required
@require_http_methods(ASKS)
def facts(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """What the law is asked."""
    viewer, view, card = _opened(request, partnership, commission)
    held = shown_facts(card.facts) | {"engage_on": card.engage_on, "starts_on": card.starts_on}
    form = TellFacts(posted(request), initial=held)
    if request.method == "POST" and form.is_valid():
        row, given = commission_row(viewer, partnership, commission), form.cleaned_data
        if tried(form, lambda: tell_facts(by=viewer, commission=row, facts=form.facts(),
                                          engage_on=given["engage_on"], starts_on=given["starts_on"])) is not None:
            return _kept(request, card, partnership)
    context = _form(view, form, "What is known of it", "Keep it", card) | {
        "first": [(field, myths_numbered(question(field.name).myths)) for field in form.first],
        "more": [(field, myths_numbered(question(field.name).myths)) for field in form.more],
    }
    return render(request, "procurement/facts.html", context)


@login_required
@require_http_methods(ASKS)
def size(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """Its risks, and who could do it."""
    viewer, view, card = _opened(request, partnership, commission)
    form = SizeCommission(posted(request), initial={"risks": list(card.risks), "able": card.able})
    if request.method == "POST" and form.is_valid():
        row, given = commission_row(viewer, partnership, commission), form.cleaned_data
        if tried(form, lambda: size_commission(
                by=viewer, commission=row, risks=tuple(given["risks"]), able=given["able"])) is not None:
            return redirect("procurement:commission-tier", partnership=partnership, commission=commission)
    context = _form(view, form, "How much rigour does it need?", "See the tier", card)
    return render(request, "procurement/form.html", context)


@login_required
@require_http_methods(ASKS)
def tier(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """The tier proposed, why, what others would cost, and the choice."""
    viewer, view, card = _opened(request, partnership, commission)
    told = tier_told(card)
    if told is None or card.proposal is None:
        messages.info(request, "Say first what it is worth, when it begins, and who could do it.")
        where = "size" if card.facts.net is not None and card.facts.begun is not None else "facts"
        return redirect(f"procurement:commission-{where}", partnership=partnership, commission=commission)
    number = card.tier.number if card.tier else card.proposal.tier.number
    form = ChooseTier(posted(request), initial={"tier": number, "reason": card.tier_reason},
                      lowest=card.proposal.lowest, hints=told.hints)
    if request.method == "POST" and form.is_valid():
        row, given = commission_row(viewer, partnership, commission), form.cleaned_data
        if tried(form, lambda: choose_tier(
                by=viewer, commission=row, tier=given["tier"], reason=given["reason"])) is not None:
            return _kept(request, card, partnership)
    context = _form(view, form, "Which tier?", "Choose it", card)
    context |= {"tier": told, "table": tier_table(told), "hour": hour_words()}
    return render(request, "procurement/tier.html", context)


@login_required
@require_POST
def move(request: HttpRequest, partnership: UUID, commission: UUID, to: str) -> HttpResponse:
    """One step on, or back."""
    viewer = viewer_from(request)
    row = commission_row(viewer, partnership, commission)
    if to not in CommissionState.values:
        raise Http404("There is no such step.")
    moved = move_commission(by=viewer, commission=row, to=CommissionState(to))
    messages.success(request, f"It is {CommissionState(moved.state).label.lower()}.")
    return redirect("procurement:commission", partnership=partnership, commission=commission)


@login_required
@require_safe
def as_file(request: HttpRequest, partnership: UUID, commission: UUID, ending: str) -> HttpResponse:
    """The commission with its rules and tier, as Word or PDF."""
    from commonweal.procurement.documents.commission import commission_document

    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = commission_for(viewer, partnership, commission)
    with on_paper():
        body = as_paper(commission_document(card, invented=view.invented), ending)
    return sent(body, "commission", ending)


def _lacks_orders(viewer: Viewer, partnership: UUID, card: CommissionCard) -> bool:
    """Whether its buyer's standing orders would say how to buy it, and nobody has entered them."""
    if card.found.above is None:
        return False
    return orders_of(viewer, partnership, card.organisation, clock.today()) is None


def _opened(request: HttpRequest, partnership: UUID, commission: UUID) -> tuple[Viewer, Any, CommissionCard]:
    """Who looks, the partnership, and the commission that they may change."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = commission_for(viewer, partnership, commission)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    return viewer, view, card


def _kept(request: HttpRequest, card: CommissionCard, partnership: UUID) -> HttpResponse:
    messages.success(request, "Kept.")
    return redirect("procurement:commission", partnership=partnership, commission=card.id)


def _form(view: Any, form: Any, heading: str, button: str, card: CommissionCard | None = None) -> dict[str, Any]:
    return {"view": view, "invented": view.invented, "form": form, "heading": heading, "button": button,
            "card": card}


def offers_of(viewer: Viewer, partnership: UUID) -> dict[str, Any]:
    """The needs and outcomes that it may answer."""
    return {
        "needs": [(str(one.id), one.title) for one in needs_for(viewer, partnership)
                  if one.state != NeedState.WITHDRAWN],
        "outcomes": [(str(one.id), f"{one.title} ({str(one.level.label).lower()})")
                     for one in outcomes_for(viewer, partnership)],
    }


def commission_said(form: BeginCommission) -> CommissionSaid:
    """What was told in the form."""
    given = form.cleaned_data
    return CommissionSaid(
        title=given["title"], purpose=given["purpose"], place=given["place"],
        needs=tuple(UUID(key) for key in given.get("needs", ())),
        outcomes=tuple(UUID(key) for key in given.get("outcomes", ())),
    )
