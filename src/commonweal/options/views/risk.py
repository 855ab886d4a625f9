"""Pages of a contract whose risk is shared: the contract, its register, and what the draws say."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.options.actions.risk import RiskSaid, add_risk, begin_case, change_case, change_risk, remove_risk
from commonweal.options.forms_risk import CaseForm, RiskForm, held_by
from commonweal.options.models import ContractCase, FullKind
from commonweal.options.pages.risk import risk_told
from commonweal.options.queries.full_runs import full_state, inputs_of
from commonweal.options.queries.risk import case_for, case_row, risk_row
from commonweal.options.views.asking import ASKS, Ask, as_file, asked
from commonweal.options.views.full_runs import said_of

RISK = ("kind", "title", "bearer", "chance", "least", "likely", "most", "control", "watches", "why")


@login_required
@require_safe
def page(request: HttpRequest, partnership: UUID, case: UUID) -> HttpResponse:
    """The contract drawn many times over."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = case_for(viewer, partnership, case)
    context = {
        "view": view, "invented": view.invented, "found": found, "told": risk_told(found),
        "may_write": viewer.may(Permission.RECORD_EVIDENCE, partnership),
        "full": full_state(viewer, partnership, FullKind.CONTRACT, case, inputs_of(found.spec)),
        "said": said_of(FullKind.CONTRACT),
    }
    return render(request, "options/money/case.html", context)


@login_required
@require_safe
def file(request: HttpRequest, partnership: UUID, case: UUID, ending: str) -> HttpResponse:
    """The same as Word, PDF or workbook."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    return as_file(view, risk_told(case_for(viewer, partnership, case)), ending, name="who-carries-the-risk")


@login_required
@require_http_methods(ASKS)
def begin(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Set out a contract."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    form = CaseForm(request.POST if request.method == "POST" else None, initial={"limit": 5, "years": 10})
    home = reverse("options:money", args=[partnership])
    ask = Ask("Share the risk of a contract", home, "Money and risk",
              "Pounds of a usual year, as planned. Leave empty what does not apply.")
    return asked(request, view, form, ask=ask, deed=lambda: _to(begin_case(
        by=viewer, partnership=Partnership.objects.get(pk=partnership), said=form.said(), lines=form.lines(),
        parties=form.parties())))


@login_required
@require_http_methods(ASKS)
def change(request: HttpRequest, partnership: UUID, case: UUID) -> HttpResponse:
    """Set it out anew."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = case_row(viewer, partnership, case)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    form = CaseForm(request.POST if request.method == "POST" else None, initial=held_by(row))
    return asked(request, view, form, ask=Ask("Change the contract", _to(row), row.title), deed=lambda: _to(
        change_case(by=viewer, case=row, said=form.said(), lines=form.lines(), parties=form.parties())))


@login_required
@require_http_methods(ASKS)
def risk(request: HttpRequest, partnership: UUID, case: UUID) -> HttpResponse:
    """Put a risk on the register."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = case_row(viewer, partnership, case)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    form = RiskForm(request.POST if request.method == "POST" else None)
    return asked(request, view, form, ask=Ask("Add a risk", _to(row), row.title), deed=lambda: _to(
        add_risk(by=viewer, case=row, said=RiskSaid(**form.cleaned_data)).case))


@login_required
@require_http_methods(ASKS)
def one_risk(request: HttpRequest, partnership: UUID, risk: UUID) -> HttpResponse:
    """Change a risk."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = risk_row(viewer, partnership, risk)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    shown = {name: getattr(row, name) for name in RISK}
    form = RiskForm(request.POST if request.method == "POST" else None, initial=shown)
    return asked(request, view, form, ask=Ask("Change a risk", _to(row.case), row.case.title), deed=lambda: _to(
        change_risk(by=viewer, risk=row, said=RiskSaid(**form.cleaned_data)).case))


@login_required
@require_POST
def remove(request: HttpRequest, partnership: UUID, risk: UUID) -> HttpResponse:
    """Take a risk off."""
    viewer = viewer_from(request)
    row = risk_row(viewer, partnership, risk)
    case = row.case
    remove_risk(by=viewer, risk=row)
    messages.success(request, "The risk is taken off the register.")
    return redirect(_to(case))


def _to(case: ContractCase) -> str:
    return reverse("options:risk", args=[case.partnership_id, case.pk])
