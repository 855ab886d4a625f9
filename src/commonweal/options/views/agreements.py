"""Pages of the register of agreements."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.options.actions.agreements import change_agreement, record_agreement
from commonweal.options.forms_agreement import AgreementForm
from commonweal.options.queries.agreements import AgreementCard, agreement_for, agreement_row
from commonweal.options.views.asking import ASKS, Ask, asked

WORK = Permission.RECORD_EVIDENCE


@login_required
@require_safe
def page(request: HttpRequest, partnership: UUID, agreement: UUID) -> HttpResponse:
    """One agreement."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    context = {"view": view, "invented": view.invented, "found": agreement_for(viewer, partnership, agreement),
               "may_write": viewer.may(WORK, partnership)}
    return render(request, "options/agreement.html", context)


@login_required
@require_http_methods(ASKS)
def begin(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Enter an agreement."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, WORK, partnership)
    form = AgreementForm(request.POST if request.method == "POST" else None)

    def deed() -> str:
        there = Partnership.objects.get(pk=partnership)
        made = record_agreement(by=viewer, partnership=there, said=form.said())
        return reverse("options:agreement", args=[partnership, made.pk])

    back = reverse("options:appraisals", args=[partnership])
    return asked(request, view, form, ask=Ask("Enter an agreement", back, "Options"), deed=deed)


@login_required
@require_http_methods(ASKS)
def change(request: HttpRequest, partnership: UUID, agreement: UUID) -> HttpResponse:
    """Put an entry right."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = agreement_row(viewer, partnership, agreement)
    require(viewer, WORK, partnership)
    held = agreement_for(viewer, partnership, agreement)
    form = AgreementForm(request.POST if request.method == "POST" else None, initial=_initial(held))
    back = reverse("options:agreement", args=[partnership, agreement])

    def deed() -> str:
        change_agreement(by=viewer, agreement=row, said=form.said())
        return back

    return asked(request, view, form, ask=Ask(f"Change: {row.title}", back, row.title), deed=deed)


def _initial(held: AgreementCard) -> dict[str, object]:
    def names(part: str) -> str:
        return "; ".join(name for name, said in held.signed if said == part)

    return {
        "title": held.title, "service": held.service, "form": held.form, "pays": names("Pays or grants"),
        "delivers": names("Delivers"), "begins": held.begins, "ends": held.ends, "regime": held.regime,
        "years": "\n".join(f"{year}: {amount:,}" for year, amount, _ in held.years), "source": held.source,
        "vat": held.years[0][2] if held.years else "excluded",
    }
