"""Long work: how far it is, called off, tried again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from commonweal.core.actions.jobs import cancel_job, retry_job
from commonweal.core.background import MAP, READ
from commonweal.core.models import Job
from commonweal.core.queries.jobs import JobCard, job_for, jobs_for
from commonweal.core.viewer import viewer_from
from commonweal.needs.background import LOOK_SURVEY, LOOK_VISITS, READ_SURVEY, TAKE_VISITS
from commonweal.options.models import FullKind
from commonweal.options.views.full_runs import page_of
from commonweal.procurement.queries.team_search import COVERED, TEAMS

FULL = "options."
# htmx stops asking when it is answered with this.
ENDED = 286


@login_required
@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """The latest work."""
    return render(request, "web/jobs/jobs.html", {"jobs": jobs_for(viewer_from(request))})


@login_required
@require_safe
def job(request: HttpRequest, job: UUID) -> HttpResponse:
    """One piece of work; without scripts a link shows it afresh."""
    card = job_for(viewer_from(request), job)
    context = {"job": card, "leads_to": _leads_to(card), "leads_text": _leads_text(card),
               "invented": card.invented}
    return render(request, "web/jobs/job.html", context)


@login_required
@require_safe
def progress(request: HttpRequest, job: UUID) -> HttpResponse:
    """The part of the page that changes while it is under way."""
    card = job_for(viewer_from(request), job)
    status = 200 if card.active else ENDED
    context = {"job": card, "leads_to": _leads_to(card), "leads_text": _leads_text(card)}
    return render(request, "web/jobs/progress.html", context, status=status)


@login_required
@require_POST
def cancel(request: HttpRequest, job: UUID) -> HttpResponse:
    """Call it off."""
    viewer = viewer_from(request)
    card = job_for(viewer, job)
    cancel_job(by=viewer, job=Job.objects.get(pk=card.id))
    messages.info(request, "It will stop at the next safe point. Nothing half done is kept.")
    return redirect("web:job", job=card.id)


@login_required
@require_POST
def again(request: HttpRequest, job: UUID) -> HttpResponse:
    """Try it again."""
    viewer = viewer_from(request)
    card = job_for(viewer, job)
    retry_job(by=viewer, job=Job.objects.get(pk=card.id))
    return redirect("web:job", job=card.id)


def _leads_text(card: JobCard) -> str:
    found = card.kind.startswith(FULL) or card.kind in (TEAMS, COVERED)
    return "See the result" if found else "See what became of the file"


def _leads_to(card: JobCard) -> str:
    """Where the outcome is read."""
    if card.kind in (READ, MAP) and card.partnership and card.subject:
        return reverse("web:upload", args=[card.partnership, card.subject])
    if card.kind in (LOOK_SURVEY, READ_SURVEY) and card.partnership and card.subject:
        return reverse("needs:survey", args=[card.partnership, card.subject])
    if card.kind in (LOOK_VISITS, TAKE_VISITS) and card.partnership and card.subject:
        return reverse("needs:visit-file", args=[card.partnership, card.subject])
    if card.kind in (TEAMS, COVERED) and card.partnership and card.subject:
        page = "procurement:team-find" if card.kind == TEAMS else "procurement:team-brief"
        return reverse(page, args=[card.partnership, card.subject])
    if card.kind.startswith(FULL) and card.partnership and card.subject:
        return page_of(card.partnership, FullKind(card.kind.removeprefix(FULL)), card.subject)
    return ""
