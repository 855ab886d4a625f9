"""The case to each partner: the list of all, one on a page and on paper, and a copy to publish."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from commonweal.core import clock
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.needs.documents.briefing import briefing_page
from commonweal.needs.documents.case import case_brief
from commonweal.needs.pages.two_sides import NONE_HELD
from commonweal.needs.queries.advocates import with_advocates
from commonweal.needs.queries.briefings import kept_case
from commonweal.needs.queries.making_case import case_to, cases_for
from commonweal.needs.views.briefings import file_words, made_now
from commonweal.needs.views.files import as_paper, sent


@login_required
@require_safe
def cases(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Every partner, and how far the case to it goes."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = cases_for(viewer, partnership)
    context = {"view": view, "invented": view.invented, "cases": found,
               "told": sum(bool(one.priorities) for one in found)}
    return render(request, "needs/case/list.html", context)


@login_required
@require_safe
def case(request: HttpRequest, partnership: UUID, organisation: UUID) -> HttpResponse:
    """The case to one partner, for and against."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    context = {
        "view": view, "invented": view.invented, "case": case_to(viewer, partnership, organisation),
        "none_held": NONE_HELD, "kept": kept_case(viewer, partnership, organisation),
        "may_add": viewer.may(Permission.DISCUSS, partnership),
        "may_keep": viewer.may(Permission.RECORD_EVIDENCE, partnership),
    }
    return render(request, "needs/case/one.html", context)


@login_required
@require_safe
def case_file(request: HttpRequest, partnership: UUID, organisation: UUID, ending: str) -> HttpResponse:
    """The case as it stands today, as Word or PDF with its day on it."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    brief = with_advocates(case_brief(case_to(viewer, partnership, organisation), view), public=False)
    body = as_paper(briefing_page(brief, clock.today()), ending)
    return sent(body, f"{file_words(brief.partner)}-case-{clock.today():%Y-%m-%d}", ending)


@login_required
@require_POST
def keep(request: HttpRequest, partnership: UUID, organisation: UUID) -> HttpResponse:
    """A dated copy, which says later what has changed and can be published."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    made = made_now(viewer, view, partner=organisation)
    messages.success(request, "Kept as it stands today.")
    return redirect("needs:briefing", partnership=partnership, briefing=made)
