"""An agreement is examined: its clauses, its measures, its breaks, what the law allows, and the plan."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.agreements.actions.clauses import change_clause
from commonweal.agreements.actions.examining import choose_way, do_step, tell_change
from commonweal.agreements.forms_examining import ChangeForm, WayForm
from commonweal.agreements.forms_terms import ClauseForm
from commonweal.agreements.pages_examining import GROUNDS, audit_table, examined_sentence, ground_words
from commonweal.agreements.queries.examining import clause_row, examined, step_row
from commonweal.agreements.views.register import offered
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import PartnershipView, partnership_for
from commonweal.core.viewer import Viewer, require, viewer_from
from commonweal.needs.views.files import as_paper, sent
from commonweal.options.models import Agreement
from commonweal.options.queries.agreements import agreement_row
from commonweal.options.views.asking import ASKS, Ask, asked
from commonweal.policy.changing import asked_of, changing_as_at
from commonweal.present.paper import on_paper

WORK = Permission.RECORD_EVIDENCE


@login_required
@require_safe
def page(request: HttpRequest, partnership: UUID, agreement: UUID) -> HttpResponse:
    """The whole examination."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = examined(viewer, partnership, agreement)
    as_at, review_by = changing_as_at()
    return render(request, "agreements/examination.html", {
        "view": view, "invented": view.invented, "found": found, "sentence": examined_sentence(found),
        "clauses": audit_table(found.clauses, "Clause"), "measures": audit_table(found.measures, "Measure"),
        "grounds": [(one, GROUNDS[one.standing], ground_words(one)) for one in found.allowed.grounds],
        "as_at": as_at, "review_by": review_by, "may_write": viewer.may(WORK, partnership)})


@login_required
@require_safe
def as_file(request: HttpRequest, partnership: UUID, agreement: UUID, ending: str) -> HttpResponse:
    """The examination as Word or PDF."""
    from commonweal.agreements.documents import examination_document

    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = examined(viewer, partnership, agreement)
    with on_paper():
        body = as_paper(examination_document(found, view.name, invented=view.invented), ending)
    return sent(body, "examination", ending)


@login_required
@require_http_methods(ASKS)
def clause_change(request: HttpRequest, partnership: UUID, clause: UUID) -> HttpResponse:
    """Say what a clause answers, or put it right."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = clause_row(viewer, partnership, clause)
    require(viewer, WORK, partnership)
    needs, outcomes = offered(viewer, partnership)
    held = {"number": row.number, "words": row.words, "need": str(row.need.identity_id) if row.need else "",
            "outcome": str(row.outcome.identity_id) if row.outcome else ""}
    form = ClauseForm(request.POST if request.method == "POST" else None, needs=needs, outcomes=outcomes,
                      initial=held)
    back = _back(partnership, row.agreement_id)
    ask = Ask("What does this clause answer?", back, row.agreement.title)

    def deed() -> str:
        change_clause(by=viewer, clause=row, said=form.said())
        return back

    return asked(request, view, form, ask=ask, deed=deed)


@login_required
@require_http_methods(ASKS)
def change(request: HttpRequest, partnership: UUID, agreement: UUID) -> HttpResponse:
    """What change is thought of, and what the law turns on."""
    viewer, view, row = _opened(request, partnership, agreement)
    found = examined(viewer, partnership, agreement)
    shown = {key: ("yes" if value else "no") if isinstance(value, bool) else value
             for key, value in found.told.items()}
    form = ChangeForm(request.POST if request.method == "POST" else None, questions=asked_of(row.regime),
                      initial={"change": found.change, **shown})
    back = _back(partnership, agreement)

    def deed() -> str:
        tell_change(by=viewer, agreement=row, change=form.cleaned_data["change"], told=form.told())
        return back

    lead = "Answer what you know. What is missing is asked for with the answer."
    return asked(request, view, form, ask=Ask("What change do you think of?", back, row.title, lead), deed=deed)


@login_required
@require_http_methods(ASKS)
def way(request: HttpRequest, partnership: UUID, agreement: UUID) -> HttpResponse:
    """Keep, vary, renegotiate or let lapse."""
    viewer, view, row = _opened(request, partnership, agreement)
    found = examined(viewer, partnership, agreement)
    days = [(one.day.isoformat(), f"{one.day:%-d %B %Y}: {one.words}") for one in found.breaks if not one.past]
    held = {"way": found.way.key if found.way else found.proposed.key, "because": found.because}
    form = WayForm(request.POST if request.method == "POST" else None, days=days, initial=held)
    back = _back(partnership, agreement)

    def deed() -> str:
        choose_way(by=viewer, agreement=row, way=form.cleaned_data["way"], because=form.cleaned_data["because"],
                   turns_on=form.day())
        return back

    lead = (f"Proposed: {found.proposed.title.lower()}. {found.why} A plan with dates is made; one made before "
            "gives way.")
    return asked(request, view, form, ask=Ask("What will you do with it?", back, row.title, lead), deed=deed)


@login_required
@require_POST
def step(request: HttpRequest, partnership: UUID, step: UUID) -> HttpResponse:
    """A step is done, or after all not."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    row = step_row(viewer, partnership, step)
    do_step(by=viewer, step=row)
    return redirect(_back(partnership, row.examination.agreement_id))


def _opened(request: HttpRequest, partnership: UUID, agreement: UUID) -> tuple[Viewer, PartnershipView, Agreement]:
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = agreement_row(viewer, partnership, agreement)
    require(viewer, WORK, partnership)
    return viewer, view, row


def _back(partnership: UUID, agreement: UUID) -> str:
    return reverse("agreements:examination", args=[partnership, agreement])
