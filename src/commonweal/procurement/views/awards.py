"""An award: entered, signed, paid, done, ended; and its stages published in the open register."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core.errors import CommonwealError
from commonweal.core.permissions import Permission
from commonweal.core.queries.departments import departments_in
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.options.views.asking import Ask, asked, sent
from commonweal.procurement.actions.award import (
    add_milestone,
    change_award,
    end_award,
    enter_award,
    meet_milestone,
    record_payment,
    sign_contract,
)
from commonweal.procurement.actions.publishing import publish_stage
from commonweal.procurement.awarding import start_of, winners_of
from commonweal.procurement.forms_award import (
    AwardForm,
    EndForm,
    MetForm,
    MilestoneForm,
    PaymentForm,
    SignForm,
    award_as_typed,
)
from commonweal.procurement.models import Stage
from commonweal.procurement.queries.awards import (
    award_for,
    award_row,
    awards_for,
    milestone_row,
    published_of,
)
from commonweal.procurement.queries.commissions import CommissionCard, commission_for, commission_row
from commonweal.procurement.queries.decisions import decision_for

ASKS = ("GET", "HEAD", "POST")
WORK = Permission.RECORD_EVIDENCE


@login_required
@require_safe
def page(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """Who got it, what became of it, and what everybody can read."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = commission_for(viewer, partnership, commission)
    cards = awards_for(viewer, partnership, commission)
    row = commission_row(viewer, partnership, commission)
    return render(request, "procurement/awards.html", {
        "view": view, "invented": view.invented, "card": card, "awards": cards,
        "published": published_of(viewer, row), "may_write": viewer.may(WORK, partnership),
    })


@login_required
@require_http_methods(ASKS)
def enter(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """An award more."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = commission_for(viewer, partnership, commission)
    require(viewer, WORK, partnership)
    decision = decision_for(viewer, card.id)
    held = start_of(decision, card.facts.deal or "") if decision else {}
    form = _form(request, card, max(2, len(winners_of(decision)) if decision else 0), {
        "title": card.title, "description": card.purpose, "net": card.facts.net,
        "starts_on": card.starts_on, **held})
    back = reverse("procurement:awards", args=[partnership, commission])
    lead = f"Begun from the decision of {decision.decided_on:%-d %B %Y}. Check each answer." if decision else ""

    def deed() -> str:
        enter_award(by=viewer, commission=commission_row(viewer, partnership, commission), said=form.said())
        return back

    return asked(request, view, form, ask=Ask("Who got it?", back, card.title, lead), deed=deed)


@login_required
@require_http_methods(ASKS)
def change(request: HttpRequest, partnership: UUID, award: UUID) -> HttpResponse:
    """Put an award right."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    held = award_for(viewer, partnership, award)
    card = commission_for(viewer, partnership, held.commission)
    require(viewer, WORK, partnership)
    form = _form(request, card, len(held.suppliers) + 1, award_as_typed(held))
    back = reverse("procurement:awards", args=[partnership, held.commission])

    def deed() -> str:
        change_award(by=viewer, award=award_row(viewer, partnership, award), said=form.said())
        return back

    lead = "What is published stays as it is until you publish it anew."
    return asked(request, view, form, ask=Ask("Put the award right", back, card.title, lead), deed=deed)


@login_required
@require_http_methods(ASKS)
def told(request: HttpRequest, partnership: UUID, award: UUID, what: str) -> HttpResponse:
    """What became of it: signed, paid, due, ended."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    if what not in DEEDS:
        raise Http404("There is no such page.")
    row = award_row(viewer, partnership, award)
    require(viewer, WORK, partnership)
    shape, heading, act = DEEDS[what]
    form = sent(shape, request)
    back = reverse("procurement:awards", args=[partnership, row.commission_id])

    def deed() -> str:
        act(by=viewer, award=row, **form.cleaned_data)
        return back

    return asked(request, view, form, ask=Ask(heading, back, row.title), deed=deed)


@login_required
@require_http_methods(ASKS)
def met(request: HttpRequest, partnership: UUID, milestone: UUID) -> HttpResponse:
    """A milestone is done."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = milestone_row(viewer, partnership, milestone)
    require(viewer, WORK, partnership)
    form = sent(MetForm, request)
    back = reverse("procurement:awards", args=[partnership, row.award.commission_id])

    def deed() -> str:
        meet_milestone(by=viewer, milestone=row, on=form.cleaned_data["on"])
        return back

    return asked(request, view, form, ask=Ask(f"Done: {row.title}", back, row.award.title), deed=deed)


@login_required
@require_POST
def publish(request: HttpRequest, partnership: UUID, commission: UUID, stage: str) -> HttpResponse:
    """One stage into the open register."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    row = commission_row(viewer, partnership, commission)
    if stage not in Stage.values:
        raise Http404("There is no such stage.")
    require(viewer, WORK, partnership)
    try:
        publish_stage(by=viewer, commission=row, stage=Stage(stage))
    except CommonwealError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Published: everybody can read it in the open register.")
    return redirect("procurement:awards", partnership, commission)


DEEDS: dict[str, tuple[type[forms.Form], str, Callable[..., object]]] = {
    "signed": (SignForm, "When was it signed?", sign_contract),
    "paid": (PaymentForm, "Enter a payment", record_payment),
    "due": (MilestoneForm, "What is due?", add_milestone),
    "ended": (EndForm, "How did it end?", end_award),
}


def _form(request: HttpRequest, card: CommissionCard, suppliers: int, initial: dict[str, object]) -> AwardForm:
    viewer = viewer_from(request)
    partnership = UUID(str(request.resolver_match.kwargs["partnership"])) if request.resolver_match else card.id
    departments = [(str(one.id), one.name) for one in departments_in(viewer, partnership, card.organisation)]
    posted = request.POST if request.method == "POST" else None
    if posted:
        suppliers = max(suppliers, sum(key.startswith("name-") for key in posted))
    return AwardForm(posted, grant=card.facts.deal == "grant", departments=departments,
                     suppliers=min(suppliers, 40), initial=initial)
