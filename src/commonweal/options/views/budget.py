"""Pages of a budget, and of a public vote."""

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
from commonweal.options.actions.budget import (
    AllocationSaid,
    VoteSaid,
    begin_allocation,
    begin_vote,
    change_allocation,
    change_vote,
    count_ballots,
    publish_rule,
)
from commonweal.options.forms_budget import AllocationForm, BallotsForm, VoteForm, allocation_shown, vote_shown
from commonweal.options.models import Allocation, FullKind, PublicVote
from commonweal.options.pages.budget import allocation_told, vote_told
from commonweal.options.queries.budget import allocation_for, allocation_row, vote_for, vote_row
from commonweal.options.queries.full_runs import full_state, inputs_of
from commonweal.options.views.asking import ASKS, Ask, as_file, asked, sent
from commonweal.options.views.full_runs import said_of
from commonweal.options.voting import papers_of


@login_required
@require_safe
def page(request: HttpRequest, partnership: UUID, allocation: UUID) -> HttpResponse:
    """Which options to fund."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = allocation_for(viewer, partnership, allocation)
    context = {
        "view": view,
        "invented": view.invented,
        "found": found,
        "told": allocation_told(found),
        "full": full_state(viewer, partnership, FullKind.BUDGET, allocation, inputs_of(found.table, found.budget)),
        "said": said_of(FullKind.BUDGET),
        "may_write": viewer.may(Permission.RECORD_EVIDENCE, partnership),
    }
    return render(request, "options/money/budget.html", context)


@login_required
@require_safe
def file(request: HttpRequest, partnership: UUID, allocation: UUID, ending: str) -> HttpResponse:
    """The same as Word, PDF or workbook."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    return as_file(view, allocation_told(allocation_for(viewer, partnership, allocation)), ending, name="budget")


@login_required
@require_http_methods(ASKS)
def begin(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Set out a budget."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    form = AllocationForm(request.POST if request.method == "POST" else None)
    ask = Ask("Share out a budget", reverse("options:money", args=[partnership]), "Money and risk")
    return asked(
        request,
        view,
        form,
        ask=ask,
        deed=lambda: _to(
            begin_allocation(
                by=viewer,
                partnership=Partnership.objects.get(pk=partnership),
                said=_said(form),
                table=form.table_said(),
            )
        ),
    )


@login_required
@require_http_methods(ASKS)
def change(request: HttpRequest, partnership: UUID, allocation: UUID) -> HttpResponse:
    """Change a budget or its table."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = allocation_row(viewer, partnership, allocation)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    form = AllocationForm(request.POST if request.method == "POST" else None, initial=allocation_shown(row))
    return asked(
        request,
        view,
        form,
        ask=Ask("Change the budget", _to(row), row.title),
        deed=lambda: _to(change_allocation(by=viewer, allocation=row, said=_said(form), table=form.table_said())),
    )


@login_required
@require_safe
def vote(request: HttpRequest, partnership: UUID, vote: UUID) -> HttpResponse:
    """A public vote."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = vote_for(viewer, partnership, vote)
    context = {
        "view": view,
        "invented": view.invented,
        "found": found,
        "told": vote_told(found),
        "may_write": viewer.may(Permission.RECORD_EVIDENCE, partnership),
    }
    return render(request, "options/money/vote.html", context)


@login_required
@require_safe
def vote_file(request: HttpRequest, partnership: UUID, vote: UUID, ending: str) -> HttpResponse:
    """The same as Word, PDF or workbook."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    return as_file(view, vote_told(vote_for(viewer, partnership, vote)), ending, name="public-vote")


@login_required
@require_http_methods(ASKS)
def vote_begin(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Prepare a vote."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    form = sent(VoteForm, request, step=1)
    assert isinstance(form, VoteForm)
    ask = Ask("Let the public decide", reverse("options:money", args=[partnership]), "Money and risk")
    return asked(
        request,
        view,
        form,
        ask=ask,
        deed=lambda: _to_vote(
            begin_vote(
                by=viewer,
                partnership=Partnership.objects.get(pk=partnership),
                said=_vote_said(form),
                projects=form.projects_said(),
            )
        ),
    )


@login_required
@require_http_methods(ASKS)
def vote_change(request: HttpRequest, partnership: UUID, vote: UUID) -> HttpResponse:
    """Change a vote whose rule is not published."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = vote_row(viewer, partnership, vote)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    form = VoteForm(request.POST if request.method == "POST" else None, initial=vote_shown(row))
    return asked(
        request,
        view,
        form,
        ask=Ask("Change the vote", _to_vote(row), row.title),
        deed=lambda: _to_vote(
            change_vote(by=viewer, vote=row, said=_vote_said(form), projects=form.projects_said())
        ),
    )


@login_required
@require_POST
def publish(request: HttpRequest, partnership: UUID, vote: UUID) -> HttpResponse:
    """Publish the rule and lock it."""
    viewer = viewer_from(request)
    row = publish_rule(by=viewer, vote=vote_row(viewer, partnership, vote))
    messages.success(request, "The rule is published. From now on it cannot be changed.")
    return redirect(_to_vote(row))


@login_required
@require_http_methods(ASKS)
def ballots(request: HttpRequest, partnership: UUID, vote: UUID) -> HttpResponse:
    """Bring the ballots and count them."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = vote_row(viewer, partnership, vote)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    form = BallotsForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    ask = Ask(
        "Bring the ballots",
        _to_vote(row),
        row.title,
        "All at once, when voting has closed. They are counted once, by the rule that was published.",
        "Count them",
        upload=True,
    )
    return asked(
        request,
        view,
        form,
        ask=ask,
        deed=lambda: _to_vote(count_ballots(by=viewer, vote=row, papers=papers_of(form.text())).vote),
    )


def _said(form: AllocationForm) -> AllocationSaid:
    held = form.cleaned_data
    return AllocationSaid(held["title"], held["budget"], held["about"])


def _vote_said(form: VoteForm) -> VoteSaid:
    held = form.cleaned_data
    return VoteSaid(held["title"], held["budget"], held["completion"], held["step"])


def _to(row: Allocation) -> str:
    return reverse("options:budget", args=[row.partnership_id, row.pk])


def _to_vote(row: PublicVote) -> str:
    return reverse("options:vote", args=[row.partnership_id, row.pk])
