"""The pages of an agreement's terms: one that shows all, one that adds any of them, and the papers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.agreements.actions import terms as deeds
from commonweal.agreements.forms_terms import (
    ClauseForm,
    ContactForm,
    DayForm,
    PaperForm,
    PassingForm,
    RiskForm,
    VariationForm,
    YearForm,
)
from commonweal.agreements.models import AgreementDay
from commonweal.agreements.queries.terms import term_row, terms_of
from commonweal.agreements.sealing import unsealed
from commonweal.agreements.views.register import offered
from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import Viewer, require, viewer_from
from commonweal.options.actions.passing import pass_agreement
from commonweal.options.models import Agreement
from commonweal.options.queries.agreements import agreement_card, agreement_row
from commonweal.present.forms import tried

ASKS = ["GET", "HEAD", "POST"]
WORK = Permission.RECORD_EVIDENCE
TITLES = {
    "clause": "What does it require?", "variation": "Record a variation", "day": "Watch a day",
    "contact": "Whom to ring", "paper": "Keep a paper", "risk": "Who bears a risk?",
    "passing": "A party's part passes to another",
}
Deed = Callable[[], object]


@login_required
@require_safe
def page(request: HttpRequest, partnership: UUID, agreement: UUID) -> HttpResponse:
    """Everything the agreement says."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    context = {"view": view, "invented": view.invented, "terms": terms_of(viewer, partnership, agreement),
               "may_write": viewer.may(WORK, partnership)}
    return render(request, "agreements/terms.html", context)


@login_required
@require_http_methods(ASKS)
def add(request: HttpRequest, partnership: UUID, agreement: UUID, kind: str) -> HttpResponse:
    """One term more, of any kind."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = agreement_row(viewer, partnership, agreement)
    require(viewer, WORK, partnership)
    if kind not in TITLES:
        raise NotFound("There is no such page.")
    form, deed = _asked(request, viewer, row, kind)
    back = reverse("agreements:terms", args=[partnership, agreement])
    if request.method == "POST" and form.is_valid() and tried(form, deed) is not None:
        return redirect(back)
    return _form(request, view, form, TITLES[kind], back, row.title)


@login_required
@require_http_methods(ASKS)
def year(request: HttpRequest, partnership: UUID, share: UUID) -> HttpResponse:
    """What one year of an open book came to."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = term_row(viewer, partnership, "risk", share)
    require(viewer, WORK, partnership)
    form = YearForm(request.POST if request.method == "POST" else None)
    back = reverse("agreements:terms", args=[partnership, row.agreement_id])
    if request.method == "POST" and form.is_valid() and tried(
            form, lambda: deeds.open_book_year(by=viewer, share=row, **form.cleaned_data)) is not None:
        return redirect(back)
    return _form(request, view, form, "What did the year come to?", back, row.title)


@login_required
@require_POST
def remove(request: HttpRequest, partnership: UUID, kind: str, term: UUID) -> HttpResponse:
    """Take a term out, or say that a day's work is done."""
    viewer = viewer_from(request)
    row = term_row(viewer, partnership, kind, term)
    agreement = row.agreement_id
    if isinstance(row, AgreementDay) and "done" in request.POST:
        deeds.day_done(by=viewer, day=row)
    else:
        deeds.remove_term(by=viewer, term=row)
        messages.success(request, "Taken out.")
    return redirect("agreements:terms", partnership=partnership, agreement=agreement)


@login_required
@require_safe
def paper(request: HttpRequest, partnership: UUID, paper: UUID) -> HttpResponse:
    """A paper, to be saved and never shown in place."""
    row = term_row(viewer_from(request), partnership, "paper", paper)
    if row.content is None:
        raise NotFound("This paper was taken out.")
    kept = bytes(row.content)
    return HttpResponse(unsealed(row.pk, kept) if row.sealed else kept, headers={
        "Content-Type": "application/octet-stream", "X-Content-Type-Options": "nosniff",
        "Content-Disposition": f'attachment; filename="paper-{row.pk}.{row.kind}"'})


def _asked(request: HttpRequest, viewer: Viewer, row: Agreement, kind: str) -> tuple[Any, Deed]:
    """The form of a kind of term, and what is done with it."""
    data = request.POST if request.method == "POST" else None
    about: dict[str, Any] = {"by": viewer, "agreement": row}
    if kind == "clause":
        needs, outcomes = offered(viewer, row.partnership_id)
        clause = ClauseForm(data, needs=needs, outcomes=outcomes)
        return clause, lambda: deeds.add_clause(**about, said=clause.said())
    if kind == "variation":
        variation = VariationForm(data)
        return variation, lambda: deeds.vary_agreement(**about, said=variation.said())
    if kind == "risk":
        risk = RiskForm(data)
        return risk, lambda: deeds.share_risk(**about, said=risk.said())
    if kind == "day":
        day = DayForm(data)
        return day, lambda: deeds.watch_day(**about, **day.cleaned_data)
    if kind == "passing":
        passing = PassingForm(data, parties=tuple(name for name, _ in agreement_card(row).parties))
        return passing, lambda: pass_agreement(**about, said=passing.said())
    if kind == "contact":
        contact = ContactForm(data, parties=tuple(row.parties.order_by("name").values_list("name", flat=True)))
        return contact, lambda: deeds.add_agreement_contact(**about, **contact.cleaned_data)
    kept = PaperForm(data, request.FILES if request.method == "POST" else None)
    return kept, lambda: _kept(about, kept)


def _kept(about: dict[str, Any], form: PaperForm) -> object:
    file = form.cleaned_data["file"]
    content = file.read(deeds.MOST_BYTES + 1)
    return deeds.keep_paper(**about, title=form.cleaned_data["title"], name=file.name, content=content)


def _form(
    request: HttpRequest, view: Any, form: forms.Form, title: str, back: str, caption: str
) -> HttpResponse:
    context = {"view": view, "invented": view.invented, "form": form, "title": title, "back": back,
               "caption": caption}
    return render(request, "agreements/term_add.html", context)
