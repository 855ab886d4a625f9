"""The theory of change: drawn, edited by form, its links backed and reviewed, taken as Word or PDF."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core.errors import NotAllowed
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import Viewer, require, viewer_from
from commonweal.needs.views.files import as_paper, sent
from commonweal.present.forms import tried
from commonweal.present.paper import on_paper
from commonweal.priorities.actions.theory import (
    EvidenceSaid,
    add_evidence,
    add_link,
    add_step,
    answer_review,
    ask_review,
    change_link,
    change_step,
    remove_link,
    remove_step,
)
from commonweal.priorities.forms_theory import (
    AddEvidence,
    AddLink,
    AddStep,
    AnswerReview,
    AskReview,
    SayLink,
    SayStep,
)
from commonweal.priorities.models import (
    LinkEvidenceKind,
    LinkReview,
    ReviewVerdict,
    StepKind,
    TheoryLink,
    TheoryStep,
)
from commonweal.priorities.pages.theory import chains_shown
from commonweal.priorities.queries.outcomes import outcomes_for
from commonweal.priorities.queries.theory import link_for, row_of, theory_for, universities

ASKS = ("GET", "HEAD", "POST")


@login_required
@require_safe
def page(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """The picture, its table, and the ways to edit it."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    theory = theory_for(viewer, partnership)
    context = {"view": view, "invented": view.invented, "theory": theory, "chains": chains_shown(theory),
               "may_write": viewer.may(Permission.RECORD_EVIDENCE, partnership)}
    return render(request, "priorities/theory.html", context)


@login_required
@require_safe
def as_file(request: HttpRequest, partnership: UUID, ending: str) -> HttpResponse:
    """The whole as Word or PDF."""
    from commonweal.priorities.documents.theory import theory_document

    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    theory = theory_for(viewer, partnership)
    with on_paper():
        body = as_paper(theory_document(theory, partnership=view.name, invented=view.invented), ending)
    return sent(body, "theory-of-change", ending)


@login_required
@require_http_methods(ASKS)
def step(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Add a step."""
    viewer, sent_in = viewer_from(request), request.POST if request.method == "POST" else None
    partnership_for(viewer, partnership)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    offered = [(str(one.id), one.title) for one in outcomes_for(viewer, partnership)]
    form = AddStep(sent_in, outcomes=offered)

    def deed() -> object:
        given = form.cleaned_data
        return add_step(
            by=viewer, partnership=Partnership.objects.get(pk=partnership), kind=StepKind(given["kind"]),
            title=given["title"], outcome=UUID(given["outcome"]) if given["outcome"] else None)

    return _asked(request, viewer, partnership, form, (deed, "Add a step"))


@login_required
@require_http_methods(ASKS)
def link(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Add a link between two steps."""
    viewer, sent_in = viewer_from(request), request.POST if request.method == "POST" else None
    partnership_for(viewer, partnership)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    form = AddLink(sent_in, steps=[(str(one.id), one.title) for one in theory_for(viewer, partnership).steps])

    def deed() -> object:
        given = form.cleaned_data
        return add_link(by=viewer, partnership=Partnership.objects.get(pk=partnership),
                        before=UUID(given["before"]), after=UUID(given["after"]), why=given["why"])

    return _asked(request, viewer, partnership, form, (deed, "Add a link"))


@login_required
@require_http_methods(ASKS)
def say_step(request: HttpRequest, partnership: UUID, step: UUID) -> HttpResponse:
    """Say a step in other words."""
    viewer, sent_in = viewer_from(request), request.POST if request.method == "POST" else None
    row = row_of(TheoryStep, viewer, partnership, step)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    form = SayStep(sent_in, initial={"title": row.title})
    return _asked(request, viewer, partnership, form, (
        lambda: change_step(by=viewer, step=row, title=form.cleaned_data["title"]), "Say the step anew"))


@login_required
@require_http_methods(ASKS)
def say_link(request: HttpRequest, partnership: UUID, link: UUID) -> HttpResponse:
    """Say anew why a link should hold."""
    viewer, sent_in = viewer_from(request), request.POST if request.method == "POST" else None
    row = row_of(TheoryLink, viewer, partnership, link)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    form = SayLink(sent_in, initial={"why": row.why})
    return _asked(request, viewer, partnership, form, (
        lambda: change_link(by=viewer, link=row, why=form.cleaned_data["why"]), "Say the link anew"), link)


@login_required
@require_safe
def one(request: HttpRequest, partnership: UUID, link: UUID) -> HttpResponse:
    """One link with all it rests on."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    context = {"view": view, "invented": view.invented, "card": link_for(viewer, partnership, link),
               "universities": universities(partnership),
               "may_answer": viewer.may(Permission.DISCUSS, partnership),
               "may_write": viewer.may(Permission.RECORD_EVIDENCE, partnership)}
    return render(request, "priorities/theory_link.html", context)


@login_required
@require_http_methods(ASKS)
def evidence(request: HttpRequest, partnership: UUID, link: UUID) -> HttpResponse:
    """Add a piece of evidence to a link."""
    viewer, sent_in = viewer_from(request), request.POST if request.method == "POST" else None
    row = row_of(TheoryLink, viewer, partnership, link)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    form = AddEvidence(sent_in)

    def deed() -> object:
        given: dict[str, Any] = dict(form.cleaned_data)
        kind, speaks_for = LinkEvidenceKind(given.pop("kind")), given.pop("bearing") == "for"
        return add_evidence(by=viewer, link=row, said=EvidenceSaid(kind=kind, speaks_for=speaks_for, **given))

    return _asked(request, viewer, partnership, form, (deed, "Add evidence"), link)


@login_required
@require_http_methods(ASKS)
def review(request: HttpRequest, partnership: UUID, link: UUID) -> HttpResponse:
    """Ask a university to look at a link."""
    viewer, sent_in = viewer_from(request), request.POST if request.method == "POST" else None
    row = row_of(TheoryLink, viewer, partnership, link)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    form = AskReview(sent_in, universities=list(universities(partnership)))

    def deed() -> object:
        return ask_review(by=viewer, link=row, organisation=UUID(form.cleaned_data["organisation"]),
                          question=form.cleaned_data["question"])

    return _asked(request, viewer, partnership, form, (deed, "Ask for a review"), link)


@login_required
@require_http_methods(ASKS)
def answer(request: HttpRequest, partnership: UUID, link: UUID, review: UUID) -> HttpResponse:
    """The university's answer."""
    viewer, sent_in = viewer_from(request), request.POST if request.method == "POST" else None
    row = row_of(LinkReview, viewer, partnership, review)
    require(viewer, Permission.DISCUSS, partnership)
    if viewer.organisation_in(partnership) != row.organisation_id:
        raise NotAllowed("Only people of the university that was asked answer.")
    form = AnswerReview(sent_in)

    def deed() -> object:
        return answer_review(by=viewer, review=row, verdict=ReviewVerdict(form.cleaned_data["verdict"]),
                             words=form.cleaned_data["words"])

    return _asked(request, viewer, partnership, form, (deed, "Answer the review"), link)


@login_required
@require_POST
def without_step(request: HttpRequest, partnership: UUID, step: UUID) -> HttpResponse:
    """Take a step away."""
    viewer = viewer_from(request)
    remove_step(by=viewer, step=row_of(TheoryStep, viewer, partnership, step))
    messages.success(request, "The step is taken away, with its links.")
    return redirect("priorities:theory", partnership=partnership)


@login_required
@require_POST
def without_link(request: HttpRequest, partnership: UUID, link: UUID) -> HttpResponse:
    """Take a link away."""
    viewer = viewer_from(request)
    remove_link(by=viewer, link=row_of(TheoryLink, viewer, partnership, link))
    messages.success(request, "The link is taken away.")
    return redirect("priorities:theory", partnership=partnership)


def _asked(
    request: HttpRequest, viewer: Viewer, partnership: UUID, form: forms.Form,
    doing: tuple[Callable[[], object], str], link: UUID | None = None,
) -> HttpResponse:
    """A form page: the deed where it is sent whole, the form again where it is not."""
    view = partnership_for(viewer, partnership)
    back = reverse("priorities:theory-link-page", args=[partnership, link]) if link else reverse(
        "priorities:theory", args=[partnership])
    deed, heading = doing
    if request.method == "POST" and form.is_valid() and tried(form, deed) is not None:
        messages.success(request, "Kept.")
        return redirect(back)
    context = {"view": view, "invented": view.invented, "form": form, "heading": heading, "button": heading,
               "to": back, "to_text": "Theory of change"}
    return render(request, "priorities/form.html", context)
