"""How agreements stand, exceptions first; one of them; what tells a measure and what is paid for it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.agreements.models import Measure
from commonweal.agreements.queries.register import measure_row
from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import Viewer, require, viewer_from
from commonweal.measures.actions.performance import end_payment, read_measure, set_payment
from commonweal.measures.forms_performance import PaymentForm, ReadingForm
from commonweal.measures.models import MeasureReading, PaymentRule, ReturnPlan
from commonweal.measures.pages.assessment import assessment_told
from commonweal.measures.pages.performance import (
    WAYS,
    measure_words,
    payment_lines,
    performance_answer,
    table_by,
    trajectory,
    unknown,
)
from commonweal.measures.performance_content import tag_of
from commonweal.measures.queries.changes import changes_for
from commonweal.measures.queries.comparing import comparisons_for
from commonweal.measures.queries.performance import AgreementStands, Odd, performance_of
from commonweal.options.views.asking import ASKS, Ask, as_file, asked
from commonweal.priorities.queries.outcomes import outcomes_for

WORK = Permission.RECORD_EVIDENCE


@login_required
@require_safe
def page(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Exceptions first; then the same agreements seen one way."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = performance_of(viewer, partnership)
    way = request.GET.get("by", "agreement")
    way = way if way in WAYS else "agreement"
    outcomes = outcomes_for(viewer, partnership) if way == "outcome" else ()
    table = table_by(way, found, outcomes, partnership)
    return render(request, "measures/performance.html", {
        "view": view, "invented": view.invented, "answer": performance_answer(found), "found": found,
        "exceptions": [(one, tag_of("exceptions", one.kind), _href(partnership, one)) for one in found.exceptions],
        "ways": WAYS.items(), "way": way, "table": table if table.rows else None, "unknown": unknown(),
    })


@login_required
@require_safe
def one(request: HttpRequest, partnership: UUID, agreement: UUID) -> HttpResponse:
    """One agreement: use, satisfaction and difference beside their targets, and what is paid."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = performance_of(viewer, partnership)
    row = found.agreement(agreement)
    if row is None:
        raise NotFound("There is no such agreement, or it ended more than a year ago.")
    rules = {one.measure_id: one for one in PaymentRule.objects.visible_to(viewer, Purpose.MONITORING).filter(
        partnership=partnership, measure__in=[each.id for each in row.measures])}
    lines = [(one, tag_of("stands", one.stands), measure_words(one), trajectory(one), rules.get(one.id),
              payment_lines(one, rules[one.id]) if one.id in rules else ()) for one in row.measures]
    return render(request, "measures/agreement_performance.html", {
        "view": view, "invented": view.invented, "row": row, "lines": lines, "unknown": unknown(),
        "exceptions": [(each, tag_of("exceptions", each.kind), _href(partnership, each))
                       for each in found.exceptions if each.agreement == agreement],
        "compared": _compared(viewer, partnership, row), "changes": changes_for(viewer, agreement),
        "may_write": viewer.may(WORK, partnership),
    })


@login_required
@require_http_methods(ASKS)
def told_by(request: HttpRequest, partnership: UUID, measure: UUID) -> HttpResponse:
    """Say what of the returns tells a measure."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = measure_row(viewer, partnership, measure)
    require(viewer, WORK, partnership)
    held = MeasureReading.objects.filter(measure=row).first()
    initial = {"tells": f"{held.tells}|{held.part}" if held.part else held.tells} if held else {}
    form = ReadingForm(request.POST if request.method == "POST" else None, initial=initial,
                       plan=ReturnPlan.objects.filter(agreement=row.agreement_id).first())
    return asked(request, view, form, ask=_ask(partnership, row, f"What tells “{row.title}”?"),
                 deed=lambda: _kept(partnership, row, read_measure(by=viewer, measure=row, **form.said())))


@login_required
@require_http_methods(ASKS)
def payment(request: HttpRequest, partnership: UUID, measure: UUID) -> HttpResponse:
    """Say what is paid once a measure's target is reached."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = measure_row(viewer, partnership, measure)
    require(viewer, WORK, partnership)
    held = PaymentRule.objects.filter(measure=row).values("pounds", "nothing_at", "all_at", "agreed_in").first()
    form = PaymentForm(request.POST if request.method == "POST" else None, initial=dict(held or {}))
    return asked(request, view, form, ask=_ask(partnership, row, f"What is paid for “{row.title}”?"),
                 deed=lambda: _kept(partnership, row, set_payment(by=viewer, measure=row, said=form.said())))


@login_required
@require_POST
def payment_end(request: HttpRequest, partnership: UUID, measure: UUID) -> HttpResponse:
    """No money follows it any more."""
    viewer = viewer_from(request)
    row = measure_row(viewer, partnership, measure)
    end_payment(by=viewer, measure=row)
    messages.success(request, "No money follows this measure any more.")
    return redirect(_kept(partnership, row, None))


@login_required
@require_safe
def assessment(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """How the partnership sees itself: needs, partnerships, outcomes."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    return render(request, "measures/self_assessment.html", {
        "view": view, "invented": view.invented, "told": assessment_told(viewer, view)})


@login_required
@require_safe
def assessment_file(request: HttpRequest, partnership: UUID, ending: str) -> HttpResponse:
    """The same as Word, PDF or workbook."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    return as_file(view, assessment_told(viewer, view), ending, name="needs-partnerships-outcomes")


def _href(partnership: UUID, odd: Odd) -> str:
    if odd.returned is not None:
        return reverse("measures:return-one", args=[partnership, odd.returned])
    return reverse("measures:agreement-performance", args=[partnership, odd.agreement])


def _compared(viewer: Viewer, partnership: UUID, row: AgreementStands) -> list[tuple[object, object]]:
    return [(one, line) for one in comparisons_for(viewer, partnership) for line in one.lines
            if line.name == row.provider]


def _ask(partnership: UUID, row: Measure, heading: str) -> Ask:
    return Ask(heading, _kept(partnership, row, None), row.agreement.title)


def _kept(partnership: UUID, row: Measure, _made: object) -> str:
    return reverse("measures:agreement-performance", args=[partnership, row.agreement_id])
