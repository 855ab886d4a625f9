"""The register of agreements, and one of them with what it answers and how it is known to work."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.agreements.actions.answers import say_answers
from commonweal.agreements.actions.measures import change_measure, drop_measure, set_measure, take_up_measure
from commonweal.agreements.actions.origin import tell_origin
from commonweal.agreements.forms import AnswersForm, DropForm, MeasureForm, measure_as_typed, put_right
from commonweal.agreements.pages import register_answer
from commonweal.agreements.queries.carrying import carried_from
from commonweal.agreements.queries.origin import awards_in, came_from, origin_as_said
from commonweal.agreements.queries.register import entry_for, measure_row, register_for
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import Viewer, require, viewer_from
from commonweal.needs.models import NeedState
from commonweal.needs.queries.needs import needs_for
from commonweal.options.forms_appraisal import Offered
from commonweal.options.queries.agreements import agreement_row
from commonweal.options.views.asking import ASKS, Ask, asked
from commonweal.priorities.queries.outcomes import outcomes_for
from commonweal.procurement.forms_origin import OriginForm
from commonweal.procurement.queries.origin import choices_in, told_choice

WORK = Permission.RECORD_EVIDENCE


@login_required
@require_safe
def register(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Every agreement, those that end first at the top."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    entries = register_for(viewer, partnership)
    served = {one.id for entry in entries if not entry.over for one in entry.answers}
    needs = [one for one in needs_for(viewer, partnership)
             if one.state == NeedState.AGREED and one.id not in served]
    return render(request, "agreements/register.html", {
        "view": view, "invented": view.invented, "entries": entries, "answer": register_answer(entries),
        "orphans": [one for one in entries if one.orphan and not one.over], "unserved": needs if entries else [],
        "may_write": viewer.may(WORK, partnership),
        "may_bring": viewer.may(Permission.UPLOAD, partnership),
    })


@login_required
@require_safe
def page(request: HttpRequest, partnership: UUID, agreement: UUID) -> HttpResponse:
    """One agreement."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    return render(request, "agreements/agreement.html", {
        "view": view, "invented": view.invented, "entry": entry_for(viewer, partnership, agreement),
        "may_write": viewer.may(WORK, partnership), "origins": came_from(viewer, partnership, agreement),
        "carried": carried_from(partnership, agreement),
    })


@login_required
@require_http_methods(ASKS)
def origin(request: HttpRequest, partnership: UUID, agreement: UUID) -> HttpResponse:
    """Say which award it was made by, and which choice it carries out."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = agreement_row(viewer, partnership, agreement)
    require(viewer, WORK, partnership)
    awards, choices = awards_in(viewer, partnership), choices_in(viewer, partnership)
    form = OriginForm(request.POST if request.method == "POST" else None, initial=origin_as_said(row), offered={
        "award": [(key, f"{one.title} ({one.reference})") for key, one in awards.items()],
        "choice": [(key, told_choice(one).title) for key, one in choices.items()]})
    back = reverse("agreements:agreement", args=[partnership, agreement])

    def deed() -> str:
        tell_origin(by=viewer, agreement=row, award=form.picked("award", awards),
                    choice=form.picked("choice", choices))
        return back

    lead = "" if form.fields else "No award and no choice is recorded here yet."
    return asked(request, view, form, ask=Ask("Where did it come from?", back, row.title, lead), deed=deed)


@login_required
@require_http_methods(ASKS)
def answers(request: HttpRequest, partnership: UUID, agreement: UUID) -> HttpResponse:
    """Say what it answers."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = agreement_row(viewer, partnership, agreement)
    require(viewer, WORK, partnership)
    entry = entry_for(viewer, partnership, agreement)
    needs, outcomes = offered(viewer, partnership)
    initial = {f"{kind}s": [str(one.id) for one in entry.answers if one.kind == kind]
               for kind in ("need", "outcome")}
    form = AnswersForm(request.POST if request.method == "POST" else None, needs=needs, outcomes=outcomes,
                       initial=initial)
    back = reverse("agreements:agreement", args=[partnership, agreement])

    def deed() -> str:
        say_answers(by=viewer, agreement=row, needs=form.told("needs"), outcomes=form.told("outcomes"))
        return back

    lead = "" if form.fields else "Nothing is agreed here yet that it could answer: begin with the needs."
    return asked(request, view, form, ask=Ask("What does it answer?", back, row.title, lead), deed=deed)


@login_required
@require_http_methods(ASKS)
def measure_set(request: HttpRequest, partnership: UUID, agreement: UUID) -> HttpResponse:
    """A measure more."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = agreement_row(viewer, partnership, agreement)
    require(viewer, WORK, partnership)
    needs, outcomes = offered(viewer, partnership)
    form = MeasureForm(request.POST if request.method == "POST" else None, needs=needs, outcomes=outcomes)
    back = reverse("agreements:agreement", args=[partnership, agreement])

    def deed() -> str:
        set_measure(by=viewer, agreement=row, said=form.said())
        return back

    return asked(request, view, form, ask=Ask("Set a measure", back, row.title), deed=deed)


@login_required
@require_http_methods(ASKS)
def measure_change(request: HttpRequest, partnership: UUID, measure: UUID) -> HttpResponse:
    """Put a measure right."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = measure_row(viewer, partnership, measure)
    require(viewer, WORK, partnership)
    needs, outcomes = offered(viewer, partnership)
    form = MeasureForm(request.POST if request.method == "POST" else None, needs=needs, outcomes=outcomes,
                       initial=measure_as_typed(row))
    back = reverse("agreements:agreement", args=[partnership, row.agreement_id])

    def deed() -> str:
        change_measure(by=viewer, measure=row, said=put_right(row, form.said()))
        return back

    return asked(request, view, form, ask=Ask(f"Change: {row.title}", back, row.agreement.title), deed=deed)


@login_required
@require_http_methods(ASKS)
def measure_drop(request: HttpRequest, partnership: UUID, measure: UUID) -> HttpResponse:
    """Ask for it no more."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = measure_row(viewer, partnership, measure)
    require(viewer, WORK, partnership)
    form = DropForm(request.POST if request.method == "POST" else None)
    back = reverse("agreements:agreement", args=[partnership, row.agreement_id])

    def deed() -> str:
        drop_measure(by=viewer, measure=row, because=form.cleaned_data["because"])
        return back

    ask = Ask(f"Ask no more for: {row.title}", back, row.agreement.title, button="Drop it")
    return asked(request, view, form, ask=ask, deed=deed)


@login_required
@require_POST
def measure_take_up(request: HttpRequest, partnership: UUID, measure: UUID) -> HttpResponse:
    """Ask for it again."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    row = measure_row(viewer, partnership, measure)
    take_up_measure(by=viewer, measure=row)
    return redirect("agreements:agreement", partnership, row.agreement_id)


def offered(viewer: Viewer, partnership: UUID) -> tuple[Offered, Offered]:
    """The needs and outcomes that something may be said to answer."""
    needs = [one for one in needs_for(viewer, partnership) if one.state != NeedState.WITHDRAWN]
    outcomes = outcomes_for(viewer, partnership)
    return [(str(one.id), one.title) for one in needs], [(str(one.id), one.title) for one in outcomes]
