"""The money map, what is entered into it, the notice clock, the path of a grant, and rewards shared openly."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.agreements.actions.funding import (
    do_step,
    enter_funding,
    enter_means,
    give_notice,
    say_role,
    share_reward,
)
from commonweal.agreements.background import GRANTS
from commonweal.agreements.content import read
from commonweal.agreements.forms_funding import (
    BringGrants,
    FundingForm,
    MeansForm,
    NoticeForm,
    RewardForm,
    RoleForm,
    StepForm,
)
from commonweal.agreements.models import FundingKind, FundingRole
from commonweal.agreements.pages_funding import (
    falls_table,
    flows_table,
    map_answer,
    map_chart,
    reward_table,
    sums_table,
)
from commonweal.agreements.queries.funding import Flow, money_map
from commonweal.agreements.queries.notice import clocks_for, path_for, paths_for, rewards_for
from commonweal.core.actions.jobs import start_job
from commonweal.core.asked_once import each_asked_once
from commonweal.core.intake.bringing import brought_in
from commonweal.core.models import Job, Partnership, Upload
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import PartnershipView, partnership_for
from commonweal.core.viewer import Viewer, require, viewer_from
from commonweal.needs.models import NeedState
from commonweal.needs.queries.needs import needs_for
from commonweal.options.queries.agreements import agreement_for, agreement_row, agreements_for
from commonweal.options.views.asking import ASKS, Ask, asked
from commonweal.present.export_csv import csv_of
from commonweal.present.forms import posted, tried

WORK = Permission.RECORD_EVIDENCE


@login_required
@require_safe
@each_asked_once()
def page(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """The map of one year."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = money_map(viewer, partnership, request.GET.get("year", "")[:7])
    return render(request, "agreements/money_map.html", {
        "view": view, "invented": view.invented, "found": found, "answer": map_answer(found),
        "chart": map_chart(found), "falls": falls_table(found.dependents),
        "by_area": sums_table(found.areas, f"By area, {found.year}", "Area", found) if found.areas else None,
        "by_need": sums_table(found.needs, f"By need, {found.year}", "Need", found) if found.needs else None,
        "by_who": sums_table(found.organisations, f"By organisation, {found.year}", "Organisation", found)
        if found.organisations else None,
        "by_year": sums_table(found.by_year, "By year", "Year", found) if len(found.by_year) > 1 else None,
        "sorts": _sorts(viewer, partnership, found.flows),
        "may_write": viewer.may(WORK, partnership), "may_bring": viewer.may(Permission.UPLOAD, partnership),
        "clocks": [one for one in clocks_for(viewer, partnership) if one.told_on is None and one.days_left < 183],
    })


@login_required
@require_safe
def as_csv(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Every line of a year."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    found = money_map(viewer, partnership, request.GET.get("year", "")[:7])
    answer = HttpResponse(csv_of(flows_table(found)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="money-{found.year}.csv"'
    return answer


@login_required
@require_http_methods(ASKS)
def enter(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """A line of money."""
    viewer, view, there, back = _opened(request, partnership)
    needs = [
        (str(one.id), one.title) for one in needs_for(viewer, partnership) if one.state != NeedState.WITHDRAWN
    ]
    form = FundingForm(posted(request), needs=needs)
    deed = _deed(lambda: enter_funding(by=viewer, partnership=there, said=form.said()), back)
    return asked(request, view, form, ask=Ask("Money outside the register", back, "The money map"), deed=deed)


@login_required
@require_http_methods(ASKS)
def means(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """What an organisation has by its accounts."""
    viewer, view, there, back = _opened(request, partnership)
    form = MeansForm(
        posted(request), initial={"organisation": request.GET.get("who", "")[:200].replace("\0", "")}
    )
    deed = _deed(lambda: enter_means(by=viewer, partnership=there, **form.cleaned_data), back)
    return asked(request, view, form, ask=Ask("What does it have?", back, "The money map"), deed=deed)


@login_required
@require_http_methods(ASKS)
def role(request: HttpRequest, partnership: UUID, agreement: UUID) -> HttpResponse:
    """What sort of money an agreement is."""
    viewer, view, _, back = _opened(request, partnership)
    row = agreement_row(viewer, partnership, agreement)
    held = FundingRole.objects.filter(agreement=row).first()
    first = read("funding")["forms"].get(row.form, "")
    form = RoleForm(posted(request), initial={
        "kind": held.kind if held else first, "infrastructure": bool(held and held.infrastructure),
        "area": held.area if held else ""})

    def deed() -> str:
        given = form.cleaned_data
        say_role(by=viewer, agreement=row, kind=FundingKind(given["kind"]), infrastructure=given["infrastructure"],
                 area=given["area"])
        return back

    return asked(request, view, form, ask=Ask("What sort of money is this?", back, row.title), deed=deed)


@login_required
@require_http_methods(ASKS)
def bring(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """A 360Giving file."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.UPLOAD, partnership)
    form = BringGrants(request.POST, request.FILES) if request.method == "POST" else BringGrants()
    if request.method == "POST" and form.is_valid():
        job = tried(form, lambda: _begun(viewer, Partnership.objects.get(pk=partnership), form))
        if job is not None:
            return redirect("web:job", job=job.pk)
    ask = Ask("Bring grants", reverse("agreements:money-map", args=[partnership]), "The money map",
              "Grants to organisations are taken, each with its source. Grants to people are left out. Bring the "
              "same file again and only what changed is changed.", "Bring it", upload=True)
    return render(request, "options/money/form.html", {"view": view, "invented": view.invented, "form": form,
                                                       "ask": ask})


@login_required
@require_safe
def notices(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """The clock of every agreement that ends."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    clocks = clocks_for(viewer, partnership)
    return render(request, "agreements/notices.html", {
        "view": view, "invented": view.invented, "clocks": clocks, "rule": read("funding")["notice"],
        "late": [one for one in clocks if one.told_on is None and one.days_left < 0],
        "waiting": [one for one in clocks if one.told_on is None], "may_write": viewer.may(WORK, partnership),
    })


@login_required
@require_http_methods(ASKS)
def notice(request: HttpRequest, partnership: UUID, agreement: UUID) -> HttpResponse:
    """A body was told."""
    viewer, view, _, _ = _opened(request, partnership)
    row = agreement_row(viewer, partnership, agreement)
    back = reverse("agreements:notices", args=[partnership])
    form = NoticeForm(posted(request))
    deed = _deed(lambda: give_notice(by=viewer, agreement=row, **form.cleaned_data), back)
    return asked(request, view, form, ask=Ask("Notice was given", back, row.title), deed=deed)


@login_required
@require_safe
def paths(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Every grant, and how far it is on the path."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    done = paths_for(viewer, partnership)
    grants = [(one, done.get(one.id, 0)) for one in agreements_for(viewer, partnership) if one.form == "grant"]
    return render(request, "agreements/paths.html", {
        "view": view, "invented": view.invented, "grants": grants, "steps": len(read("funding")["path"])})


@login_required
@require_safe
def path(request: HttpRequest, partnership: UUID, agreement: UUID) -> HttpResponse:
    """The steps of one grant."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = agreement_for(viewer, partnership, agreement)
    steps = path_for(viewer, partnership, agreement)
    return render(request, "agreements/path.html", {
        "view": view, "invented": view.invented, "card": card, "steps": steps,
        "done": sum(one.done_on is not None for one in steps),
        "next": next((one for one in steps if one.done_on is None), None),
        "may_write": viewer.may(WORK, partnership)})


@login_required
@require_http_methods(ASKS)
def step(request: HttpRequest, partnership: UUID, agreement: UUID, step: str) -> HttpResponse:
    """A step is done."""
    viewer, view, _, _ = _opened(request, partnership)
    row = agreement_row(viewer, partnership, agreement)
    told = next((one for one in path_for(viewer, partnership, agreement) if one.key == step), None)
    if told is None:
        raise Http404("There is no such step.")
    back = reverse("agreements:path", args=[partnership, agreement])
    form = StepForm(posted(request), initial={"note": told.note})
    deed = _deed(lambda: do_step(by=viewer, agreement=row, step=step, note=form.cleaned_data["note"]), back)
    return asked(request, view, form, ask=Ask(told.title, back, row.title, told.says, "It is done"), deed=deed)


@login_required
@require_safe
def rewards(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Every pot shared, with its rule."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    cards = rewards_for(viewer, partnership)
    return render(request, "agreements/rewards.html", {
        "view": view, "invented": view.invented, "tables": [reward_table(one) for one in cards],
        "may_write": viewer.may(WORK, partnership)})


@login_required
@require_http_methods(ASKS)
def reward(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Share a pot."""
    viewer, view, there, _ = _opened(request, partnership)
    back = reverse("agreements:rewards", args=[partnership])
    form = RewardForm(posted(request))
    deed = _deed(lambda: share_reward(by=viewer, partnership=there, said=form.said()), back)
    return asked(request, view, form, ask=Ask(
        "Share a reward by a rule", back, "Rewards shared",
        "Agree the rule with those who share before anybody knows the numbers.", "Work it out"), deed=deed)


def _sorts(viewer: Viewer, partnership: UUID, flows: tuple[Flow, ...]) -> list[tuple[UUID, str, Flow]]:
    """Each agreement of the year with what it counts as."""
    titles = {one.id: one.title for one in agreements_for(viewer, partnership)}
    return [(one.agreement, titles[one.agreement], one) for one in flows if one.agreement in titles]


def _opened(request: HttpRequest, partnership: UUID) -> tuple[Viewer, PartnershipView, Partnership, str]:
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, WORK, partnership)
    return (viewer, view, Partnership.objects.get(pk=partnership),
            reverse("agreements:money-map", args=[partnership]))


def _deed(action: Callable[[], object], back: str) -> Callable[[], str]:
    def deed() -> str:
        action()
        return back

    return deed


def _begun(viewer: Viewer, partnership: Partnership, form: forms.Form) -> Job:
    def begin(upload: Upload) -> Job:
        return start_job(by=viewer, kind=GRANTS, key=f"{GRANTS}:{upload.pk}", partnership=partnership,
                         subject=upload.pk)

    return brought_in(by=viewer, partnership=partnership, file=form.cleaned_data["file"], begin=begin)
