"""Long work on options is asked for; its own page shows how far it is."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from commonweal.core.errors import Refused
from commonweal.core.models import Partnership
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.options.actions.full_runs import ask_full_run
from commonweal.options.models import FullKind
from commonweal.options.money_content import content

PAGES = {FullKind.WEIGHTINGS: "appraisal", FullKind.CONTRACT: "risk", FullKind.BUDGET: "budget"}


@login_required
@require_POST
def ask(request: HttpRequest, partnership: UUID, kind: str, subject: UUID) -> HttpResponse:
    """Have it worked out in full."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    if kind not in FullKind.values:
        raise Http404("There is no such work.")
    there = Partnership.objects.get(pk=partnership)
    try:
        job = ask_full_run(by=viewer, partnership=there, kind=FullKind(kind), subject=subject)
    except Refused as refusal:
        messages.info(request, str(refusal))
        return redirect(page_of(partnership, FullKind(kind), subject))
    return redirect("web:job", job=job.pk)


def page_of(partnership: UUID, kind: FullKind, subject: UUID) -> str:
    """The page on which the result is read."""
    return reverse(f"options:{PAGES[kind]}", args=[partnership, subject])


def said_of(kind: FullKind) -> dict[str, str]:
    """The words for one kind of long work."""
    found: dict[str, str] = content("full")[kind]
    return found
