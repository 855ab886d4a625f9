"""Providers beside each other: those who asked, and each provider with its own line and its reply."""

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
from commonweal.measures.actions.comparing import compare_providers, provides_in, reply_to_comparison
from commonweal.measures.forms_performance import CompareForm, ReplyForm
from commonweal.measures.own_line_mail import send_own_lines
from commonweal.measures.pages.comparing import compared_answer, compared_chart
from commonweal.measures.performance_content import performance_rules
from commonweal.measures.queries.comparing import comparison_for, comparisons_for, line_row
from commonweal.options.views.asking import ASKS, Ask, asked
from commonweal.policy.returns import return_rules


@login_required
@require_safe
def listed(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Every comparison the viewer has a part in."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    return render(request, "measures/comparisons.html", {
        "view": view, "invented": view.invented, "found": comparisons_for(viewer, partnership),
        "least": return_rules().least_compared, "answers": performance_rules().least_answers,
        "days": return_rules().seen_within, "sees_all": viewer.may(Permission.VIEW_EVIDENCE, partnership),
        "may_write": viewer.may(Permission.RECORD_EVIDENCE, partnership)
        and not provides_in(viewer, partnership)})


@login_required
@require_http_methods(ASKS)
def compare(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Set providers beside each other over some returns."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    form = CompareForm(request.POST if request.method == "POST" else None)

    def deed() -> str:
        made = compare_providers(by=viewer, partnership=Partnership.objects.get(pk=partnership),
                                 **form.cleaned_data)
        send_own_lines(made, lambda token: request.build_absolute_uri(
            reverse("measures:own-line-begin", args=[token])))
        return reverse("measures:comparison", args=[partnership, made.pk])

    days = return_rules().seen_within
    lead = f"Each provider reads its own line first, and may reply. You see it then, or in {days} days."
    back = reverse("measures:comparisons", args=[partnership])
    return asked(request, view, form, deed=deed, ask=Ask(
        "Set providers beside each other", back, "Providers beside each other", lead, "Compare"))


@login_required
@require_safe
def one(request: HttpRequest, partnership: UUID, comparison: UUID) -> HttpResponse:
    """One comparison, as far as the viewer may see it."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = comparison_for(viewer, partnership, comparison)
    return render(request, "measures/comparison.html", {
        "view": view, "invented": view.invented, "found": found, "answer": compared_answer(found),
        "chart": compared_chart(found),
        "may_reply": found.mine is not None})


@login_required
@require_http_methods(ASKS)
def reply(request: HttpRequest, partnership: UUID, comparison: UUID) -> HttpResponse:
    """Say what should be read beside one's own line."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    line = line_row(viewer, partnership, comparison)
    back = reverse("measures:comparison", args=[partnership, comparison])
    form = ReplyForm(request.POST if request.method == "POST" else None)

    def deed() -> str:
        reply_to_comparison(by=viewer, line=line, words=form.cleaned_data["words"])
        return back

    return asked(request, view, form, deed=deed, ask=Ask("Reply", back, "Your own line", button="Send the reply"))
