"""A decision on priorities: recorded by those who may decide, read as it stood, taken as Word or PDF."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import Viewer, require, viewer_from
from commonweal.needs.views.files import as_paper, sent
from commonweal.present.forms import tried
from commonweal.present.paper import on_paper
from commonweal.priorities.actions.decision import Decided, decide_priorities
from commonweal.priorities.forms_deciding import Decide
from commonweal.priorities.pages.weighing import decided_table, pieces_table
from commonweal.priorities.queries.deciders import deciders_of
from commonweal.priorities.queries.decisions import DecisionView, decision_for, decision_row, decisions_for
from commonweal.priorities.queries.weighings import weighing_for, weighing_row

ASKS = ("GET", "HEAD", "POST")


@login_required
@require_http_methods(ASKS)
def decide(request: HttpRequest, partnership: UUID, weighing: UUID) -> HttpResponse:
    """Record what was decided; over an earlier decision it supersedes that."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = weighing_for(viewer, partnership, weighing)
    require(viewer, Permission.DECIDE, partnership)
    earlier = _earlier(viewer, partnership, weighing)
    initial: dict[str, Any] = {"read": found.number, "people": [str(viewer.person)]}
    if earlier:
        initial |= {"title": earlier.title, "body": earlier.body}
    form = Decide(request.POST if request.method == "POST" else None, view=found, initial=initial,
                  people=deciders_of(partnership))
    if request.method == "POST" and form.is_valid():
        row = weighing_row(viewer, partnership, weighing)
        old = decision_row(viewer, partnership, earlier.id) if earlier else None
        read = form.cleaned_data["read"]
        made = tried(form, lambda: decide_priorities(
            by=viewer, weighing=row, said=_said(form, earlier), read=read, supersedes=old))
        if made is not None:
            messages.success(request, "Recorded. It can be superseded and never altered.")
            return redirect("priorities:decision", partnership=partnership, decision=made.identity_id,
                            number=made.number)
    context = {"view": view, "invented": view.invented, "form": form, "button": "Record the decision",
               "heading": "Supersede the decision" if earlier else "Record the decision", "to_text": found.title,
               "to": reverse("priorities:weighing", args=[partnership, weighing]),
               "lead": found.told.answer if found.told else "Not everything is scored and weighed yet."}
    return render(request, "priorities/form.html", context)


@login_required
@require_safe
def one(request: HttpRequest, partnership: UUID, decision: UUID, number: int) -> HttpResponse:
    """A decision as it was taken, with what it stood on."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = decision_for(viewer, partnership, decision, number)
    context = {"view": view, "invented": view.invented, "found": found, "table": decided_table(found),
               "pieces": pieces_table(found),
               "earlier": range(1, found.number)}
    return render(request, "priorities/decision.html", context)


@login_required
@require_safe
def as_file(request: HttpRequest, partnership: UUID, decision: UUID, number: int, ending: str) -> HttpResponse:
    """The decision as Word or PDF."""
    from commonweal.priorities.documents.decision import decision_document

    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = decision_for(viewer, partnership, decision, number)
    with on_paper():
        body = as_paper(decision_document(found, partnership=view.name, invented=view.invented), ending)
    return sent(body, f"decision-on-priorities-version-{number}", ending)


def _earlier(viewer: Viewer, partnership: UUID, weighing: UUID) -> DecisionView | None:
    """The decision already taken on this weighing, which a new one supersedes."""
    return next((each for each in decisions_for(viewer, partnership) if each.weighing == weighing), None)


def _said(form: Decide, earlier: DecisionView | None) -> Decided:
    given = form.cleaned_data
    return Decided(
        title=given["title"], order=form.order(), body=given["body"], reasons=given["reasons"],
        decided_on=given["decided_on"], people=tuple(UUID(key) for key in given["people"]),
        over=earlier.number if earlier else 0,
    )
