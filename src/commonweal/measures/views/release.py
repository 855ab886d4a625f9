"""A case drafted from an agreement; and the release calendar: what comes, went out, or was held back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core.errors import NotFound
from commonweal.core.models import Organisation, Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.knowledge.forms_cases import CaseForm
from commonweal.measures.actions.releasing import hold_release, keep_drafted_case, plan_release, publish_release
from commonweal.measures.forms_release import HoldForm, PlanReleaseForm
from commonweal.measures.models import PlannedRelease, ReleaseState
from commonweal.measures.queries.case_draft import case_draft
from commonweal.measures.queries.releases import calendar_for, release_for
from commonweal.options.queries.agreements import agreement_row
from commonweal.options.views.asking import ASKS, Ask, asked

MANAGE = Permission.MANAGE_PARTNERSHIP


@login_required
@require_http_methods(ASKS)
def draft(request: HttpRequest, partnership: UUID, agreement: UUID) -> HttpResponse:
    """A case from an agreement's own records, to be put right before both sides read it."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = agreement_row(viewer, partnership, agreement)
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    made = case_draft(viewer, row)
    form = CaseForm(request.POST if request.method == "POST" else None, initial=made.initial,
                    sides=[(one.id, one.name) for one in view.seats])

    def deed() -> str:
        told = form.cleaned_data
        case = keep_drafted_case(
            by=viewer, agreement=row, said=form.said(), tables=made.tables,
            client=Organisation.objects.get(pk=told["client"]),
            provider=Organisation.objects.get(pk=told["provider"]))
        return reverse("knowledge:own-case", args=[partnership, case.pk])

    return asked(request, view, form, deed=deed, template="measures/case_draft.html",
                 more={"held": made.held_back}, ask=Ask(f"Tell others: {row.title}",
                         reverse("measures:agreement-performance", args=[partnership, agreement]), row.title,
                         "Drafted from what is held. Put it right; then both sides read it and agree before "
                         "anybody else sees it.", "Keep it for both sides to read"))


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Everything that comes, went out or was held back, for everybody."""
    viewer = viewer_from(request)
    lines = calendar_for(viewer)
    return render(request, "measures/releases.html", {
        "lines": lines, "waiting": sum(one.state is ReleaseState.PLANNED for one in lines),
        "held": sum(one.state is ReleaseState.HELD for one in lines),
        "invented": bool(lines) and all(one.invented for one in lines),
        "plan_for": [one for one in sorted(viewer.partnerships(MANAGE)) if viewer.may(MANAGE, one)]})


@require_safe
def one(request: HttpRequest, release: UUID) -> HttpResponse:
    """One release with its table."""
    viewer = viewer_from(request)
    found = release_for(viewer, release)
    return render(request, "measures/release.html", {
        "found": found, "invented": found.line.invented,
        "may_settle": found.line.state is not ReleaseState.PUBLISHED
        and viewer.may(MANAGE, found.line.partnership)})


@login_required
@require_http_methods(ASKS)
def plan(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Say beforehand what will be published, and when."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    form = PlanReleaseForm(request.POST if request.method == "POST" else None)

    def deed() -> str:
        made = plan_release(by=viewer, partnership=Partnership.objects.get(pk=partnership), **form.cleaned_data)
        return reverse("measures:release", args=[made.pk])

    return asked(request, view, form, deed=deed, ask=Ask(
        "Plan a release", reverse("measures:releases"), "Release calendar", "Everybody sees what comes, and when. "
        "Small numbers are hidden by the program, and it says so."))


@login_required
@require_POST
def publish(request: HttpRequest, partnership: UUID, release: UUID) -> HttpResponse:
    """Publish it, or learn why it is held back."""
    viewer = viewer_from(request)
    row = publish_release(by=viewer, planned=_row(request, partnership, release))
    messages.success(request, "Published." if row.state == ReleaseState.PUBLISHED else "Held back; it says why.")
    return redirect("measures:release", release=release)


@login_required
@require_http_methods(ASKS)
def hold(request: HttpRequest, partnership: UUID, release: UUID) -> HttpResponse:
    """Hold it back, and say why."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = _row(request, partnership, release)
    require(viewer, MANAGE, partnership)
    form = HoldForm(request.POST if request.method == "POST" else None)
    back = reverse("measures:release", args=[release])

    def deed() -> str:
        hold_release(by=viewer, planned=row, because=form.cleaned_data["because"])
        return back

    return asked(request, view, form, deed=deed, ask=Ask(f"Hold back: {row.title}", back, row.title,
                                                         button="Hold it back"))


def _row(request: HttpRequest, partnership: UUID, release: UUID) -> PlannedRelease:
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    found = release_for(viewer, release)
    if found.line.partnership != partnership:
        raise NotFound("There is no such release here.")
    return found.row
