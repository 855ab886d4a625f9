"""A change of people kept with an agreement: worked out from scores that are let go, and read again later."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.measures.actions.change import keep_change
from commonweal.measures.forms_change import KeepChangeForm
from commonweal.measures.instrument_packs import instruments_here
from commonweal.measures.queries.changes import change_of
from commonweal.options.queries.agreements import agreement_row
from commonweal.options.views.asking import ASKS, Ask, asked


@login_required
@require_http_methods(ASKS)
def keep(request: HttpRequest, partnership: UUID, agreement: UUID) -> HttpResponse:
    """Scores in; the answer is kept, the scores are not."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = agreement_row(viewer, partnership, agreement)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    form = KeepChangeForm(request.POST if request.method == "POST" else None)
    back = reverse("measures:agreement-performance", args=[partnership, agreement])

    def deed() -> str:
        made = keep_change(by=viewer, agreement=row, said=form.said())
        return reverse("measures:change-kept", args=[partnership, made.pk])

    return asked(request, view, form, deed=deed, ask=Ask(
        "Work out a change, and keep it", back, row.title, "Scores of the same people before and after become one "
        "answer with its doubt. The scores themselves are not kept."))


@login_required
@require_safe
def one(request: HttpRequest, partnership: UUID, change: UUID) -> HttpResponse:
    """One kept change."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    return render(request, "measures/change_kept.html", {
        "view": view, "invented": view.invented, "found": change_of(viewer, partnership, change),
        "instruments": instruments_here()})
