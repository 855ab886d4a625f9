"""Gaps and the plans that close them: the list, a plan, what is given towards it, and its end."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import PartnershipView, partnership_for
from commonweal.core.viewer import Viewer, require, viewer_from
from commonweal.options.views.asking import ASKS, Ask, asked
from commonweal.procurement.actions.support import end_plan, give_support, write_plan
from commonweal.procurement.forms_support import EndForm, GaveForm, PlanForm
from commonweal.procurement.models import SupportPlan, TeamBrief
from commonweal.procurement.models.support import GapKind
from commonweal.procurement.pages.support import builders_table, support_answer
from commonweal.procurement.queries.support import plan_for, plan_row, support_for
from commonweal.providers.models import OfferKind
from commonweal.providers.queries.help import offers_for


@login_required
@require_safe
def page(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """What is lacking, what is done about it, who gave what."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = support_for(viewer, partnership)
    return render(
        request,
        "procurement/support.html",
        {
            "view": view,
            "invented": view.invented,
            "found": found,
            "answer": support_answer(found),
            "builders": builders_table(found.builders),
            "may_plan": viewer.may(Permission.BRING_EVIDENCE, partnership),
            "under_way": [one for one in found.plans if one.open],
            "ended": [one for one in found.plans if not one.open],
        },
    )


@login_required
@require_safe
def one(request: HttpRequest, partnership: UUID, plan: UUID) -> HttpResponse:
    """One plan."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    return render(request, "procurement/support_plan.html", {
        "view": view, "invented": view.invented, "plan": plan_for(viewer, partnership, plan),
        "may_plan": viewer.may(Permission.BRING_EVIDENCE, partnership),
    })


@login_required
@require_http_methods(ASKS)
def write(request: HttpRequest, partnership: UUID, plan: UUID | None = None) -> HttpResponse:
    """A new plan (for a gap that the address names), or one that is changed."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    row = plan_row(viewer, partnership, plan) if plan else None
    courses = [
        (str(one.id), one.title) for one in offers_for(viewer, partnership) if one.kind == OfferKind.TRAINING
    ]
    form = PlanForm(
        request.POST if request.method == "POST" else None, courses=courses,
        partners=[(str(seat.id), seat.name) for seat in view.seats],
        initial=_held(row) if row else _named(request, viewer, partnership))
    if row:
        del form.fields["whose"]
    back = reverse("procurement:support-plan", args=[partnership, plan]) if plan else reverse(
        "procurement:support", args=[partnership])

    def deed() -> str:
        if row:
            form.cleaned_data["whose"] = "ours"
        made = write_plan(
            by=viewer,
            partnership=Partnership.objects.get(pk=partnership),
            said=form.said(),
            over=row,
            brief=_brief(request, partnership),
        )
        return reverse("procurement:support-plan", args=[partnership, made.pk])

    heading = "Change the plan" if row else "How is this gap closed?"
    return asked(request, view, form, ask=Ask(heading, back, row.gap if row else "Closing gaps"), deed=deed)


@login_required
@require_http_methods(ASKS)
def give(request: HttpRequest, partnership: UUID, plan: UUID) -> HttpResponse:
    """Hours or money that one's own organisation gave."""
    viewer, view, row, back = _opened(request, partnership, plan)
    form = GaveForm(request.POST if request.method == "POST" else None)

    def deed() -> str:
        give_support(by=viewer, plan=row, said=form.said())
        return back

    ask = Ask("What did you give?", back, row.gap, "The partnership sees what you gave in all, never to whom.")
    return asked(request, view, form, ask=ask, deed=deed)


@login_required
@require_http_methods(ASKS)
def end(request: HttpRequest, partnership: UUID, plan: UUID) -> HttpResponse:
    """It is closed, or let go."""
    viewer, view, row, back = _opened(request, partnership, plan)
    form = EndForm(request.POST if request.method == "POST" else None)

    def deed() -> str:
        end_plan(by=viewer, plan=row, took=form.cleaned_data["took"], closed=form.cleaned_data["how"] == "closed")
        return back

    return asked(request, view, form, ask=Ask("How did it end?", back, row.gap), deed=deed)


def _opened(request: HttpRequest, partnership: UUID, plan: UUID
            ) -> tuple[Viewer, PartnershipView, SupportPlan, str]:
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    row = plan_row(viewer, partnership, plan)
    return viewer, view, row, reverse("procurement:support-plan", args=[partnership, plan])


def _held(row: SupportPlan) -> dict[str, Any]:
    keys = {name: str(getattr(row, f"{name}_id") or "") for name in ("owner", "mentor", "training")}
    return keys | {name: getattr(row, name) for name in ("gap", "kind", "steps", "due", "money", "money_from")}


def _named(request: HttpRequest, viewer: Viewer, partnership: UUID) -> dict[str, Any]:
    """What a link from a gap fills in."""
    get = request.GET
    kind = get.get("kind", "")
    return {
        "gap": get.get("gap", "")[:200].replace("\x00", ""),
        "whose": "place" if get.get("whose") == "place" else "ours",
        "kind": kind if kind in GapKind.values else "",
        "owner": str(viewer.organisation_in(partnership) or ""),
    }


def _brief(request: HttpRequest, partnership: UUID) -> TeamBrief | None:
    try:
        commission = UUID(request.GET.get("commission", ""))
    except ValueError:
        return None
    return TeamBrief.objects.filter(partnership=partnership, commission=commission).first()
