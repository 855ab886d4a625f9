"""The page that puts one of an agreement's terms right."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from commonweal.agreements.actions import corrections
from commonweal.agreements.actions.clauses import change_clause
from commonweal.agreements.forms_terms import HUNDRED, ClauseForm, ContactForm, DayForm, RiskForm, YearForm
from commonweal.agreements.models import AgreementContact, AgreementDay, Clause, RiskShare, RiskYear
from commonweal.agreements.queries.terms import agreement_of, term_row
from commonweal.agreements.views.register import offered
from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import Viewer, require, viewer_from
from commonweal.options.models import Agreement
from commonweal.present.forms import tried

Deed = Callable[[], object]
PENNY = Decimal("0.01")
YEAR = ("year", "planned", "actual", "source")
CONTACT = ("party", "name", "job", "email", "phone")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, partnership: UUID, kind: str, term: UUID) -> HttpResponse:
    """What it says, in the form that made it."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = term_row(viewer, partnership, kind, term)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    agreement = agreement_of(row)
    form, deed = _asked(request.POST if request.method == "POST" else None, viewer, row, agreement)
    back = reverse("agreements:terms", args=[partnership, agreement.pk])
    if request.method == "POST" and form.is_valid() and tried(form, deed) is not None:
        messages.success(request, "Put right.")
        return redirect(back)
    context = {"view": view, "invented": view.invented, "form": form, "title": "Put it right", "back": back,
               "caption": agreement.title}
    return render(request, "agreements/term_add.html", context)


def _asked(data: Any, viewer: Viewer, row: Any, agreement: Agreement) -> tuple[forms.Form, Deed]:
    """The form of a term with what it says now, and what is done with it."""
    if isinstance(row, AgreementContact):
        parties = tuple(dict.fromkeys((
            *agreement.parties.order_by("name").values_list("name", flat=True), row.party)))
        contact = ContactForm(data, parties=parties, initial={name: getattr(row, name) for name in CONTACT})
        return contact, lambda: corrections.correct_contact(by=viewer, contact=row, **contact.cleaned_data)
    if isinstance(row, AgreementDay):
        day = DayForm(data, initial={name: getattr(row, name) for name in ("kind", "day", "words", "ahead")})
        return day, lambda: corrections.correct_day(by=viewer, of=row, **day.cleaned_data)
    if isinstance(row, RiskShare):
        held = {name: getattr(row, name) for name in ("title", "of", "collar", "cap", "source")}
        parts = {name: (getattr(row, name) * HUNDRED).quantize(PENNY) for name in ("shared", "beyond")}
        risk = RiskForm(data, initial=held | parts)
        return risk, lambda: corrections.correct_risk(by=viewer, share=row, said=risk.said())
    if isinstance(row, RiskYear):
        year = YearForm(data, initial={name: getattr(row, name) for name in YEAR})
        return year, lambda: corrections.correct_year(by=viewer, of=row, **year.cleaned_data)
    if isinstance(row, Clause):
        needs, outcomes = offered(viewer, row.partnership_id)
        clause = ClauseForm(data, needs=needs, outcomes=outcomes, initial={
            "number": row.number, "words": row.words, "need": str(row.need.identity_id) if row.need else "",
            "outcome": str(row.outcome.identity_id) if row.outcome else ""})
        return clause, lambda: change_clause(by=viewer, clause=row, said=clause.said())
    raise NotFound("A paper stays as it was brought. Take it out, and bring the right one.")
