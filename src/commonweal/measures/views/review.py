"""Reviews: the list, one as it stands or as it was decided, judging, deciding, and beginning the next round."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.measures.actions.review import carry_over, decide_review, judge_agreement, open_review
from commonweal.measures.forms_review import CarryForm, DecideForm, JudgeForm, ReviewForm
from commonweal.measures.models import ReviewVersion
from commonweal.measures.pages.review import is_whole, review_told
from commonweal.measures.queries.review import earliest_day, line_of, review_for, review_row, reviews_for
from commonweal.measures.review_content import notice
from commonweal.options.queries.agreements import agreements_for
from commonweal.options.views.asking import ASKS, Ask, as_file, asked
from commonweal.present.status import long_date

WORK, DECIDE, SEE = Permission.RECORD_EVIDENCE, Permission.DECIDE, Permission.VIEW_EVIDENCE
TEXT = "Reviews"


@login_required
@require_safe
def listed(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Every review."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, SEE, partnership)
    return render(request, "measures/reviews.html", {
        "view": view, "invented": view.invented, "found": reviews_for(viewer, partnership),
        "may_write": viewer.may(WORK, partnership)})


@login_required
@require_http_methods(ASKS)
def begin(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Say which agreements are looked at, over which days."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, WORK, partnership)
    offered = [(str(one.id), one.title) for one in agreements_for(viewer, partnership)]
    form = ReviewForm(request.POST if request.method == "POST" else None, offered=offered)

    def deed() -> str:
        made = open_review(by=viewer, partnership=Partnership.objects.get(pk=partnership), **form.said())
        return reverse("measures:review", args=[partnership, made.pk])

    return asked(request, view, form, deed=deed, ask=Ask(
        "Begin a review", reverse("measures:reviews", args=[partnership]), TEXT, button="Begin"))


@login_required
@require_safe
def page(request: HttpRequest, partnership: UUID, review: UUID) -> HttpResponse:
    """As it stands today: to be judged, then decided."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = review_for(viewer, partnership, review)
    return render(request, "measures/review.html", {
        "view": view, "invented": view.invented, "found": found, "told": review_told(found),
        "may_write": viewer.may(WORK, partnership),
        "may_decide": viewer.may(DECIDE, partnership) and is_whole(found.seen)})


@login_required
@require_safe
def version(request: HttpRequest, partnership: UUID, review: UUID, number: int) -> HttpResponse:
    """One version of what was decided, as it was frozen."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = review_for(viewer, partnership, review, number)
    return render(request, "measures/review_version.html", {
        "view": view, "invented": view.invented, "found": found, "told": review_told(found), "number": number,
        "newest": number == found.numbers[-1], "may_write": viewer.may(WORK, partnership)})


@login_required
@require_http_methods(ASKS)
def judge(request: HttpRequest, partnership: UUID, review: UUID, agreement: UUID) -> HttpResponse:
    """Say what becomes of one agreement, why and from when."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    line = line_of(viewer, partnership, review, agreement)
    require(viewer, WORK, partnership)
    initial = {name: getattr(line, name) for name in ("verdict", "reasons", "lessons", "from_day")}
    form = JudgeForm(request.POST if request.method == "POST" else None, initial=initial)
    back = reverse("measures:review", args=[partnership, review])
    least = long_date(earliest_day(clock.today()))

    def deed() -> str:
        judge_agreement(by=viewer, line=line, said=form.said())
        return back

    return asked(request, view, form, deed=deed, ask=Ask(
        f"What becomes of {line.agreement.title}?", back, line.review.title,
        f"Less, or nothing more, from {least} at the earliest. {notice().words}"))


@login_required
@require_http_methods(ASKS)
def decide(request: HttpRequest, partnership: UUID, review: UUID) -> HttpResponse:
    """Record what was decided; it is frozen with what it stands on."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = review_row(viewer, partnership, review)
    require(viewer, DECIDE, partnership)
    form = DecideForm(request.POST if request.method == "POST" else None,
                      initial={"over": row.next_number() - 1, "decided_on": clock.today()})
    back = reverse("measures:review", args=[partnership, review])

    def deed() -> str:
        made = decide_review(by=viewer, review=row, **form.cleaned_data)
        return reverse("measures:review-version", args=[partnership, review, made.number])

    return asked(request, view, form, deed=deed, ask=Ask(
        "Record the decision", back, row.title, "It is kept as it stands now and never altered; a later decision "
        "supersedes it.", "Record it"))


@login_required
@require_http_methods(ASKS)
def carry(request: HttpRequest, partnership: UUID, review: UUID, number: int) -> HttpResponse:
    """Begin the next round with what came of each agreement."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = review_for(viewer, partnership, review, number)
    require(viewer, WORK, partnership)
    row = ReviewVersion.objects.filter(identity=review, number=number).select_related("identity").first()
    if row is None:
        raise NotFound("There is no such decision.")
    form = CarryForm(request.POST if request.method == "POST" else None, lines=found.seen.lines)
    back = reverse("measures:review-version", args=[partnership, review, number])

    def deed() -> str:
        carry_over(by=viewer, version=row, says=form.said(), text_checked=form.cleaned_data["text_checked"])
        return back

    return asked(request, view, form, deed=deed, ask=Ask(
        "Begin the next round", back, found.seen.title, "What came of each agreement becomes evidence, placed "
        "before the partners and held against the need it answers.", "Carry it over"))


@login_required
@require_safe
def paper(request: HttpRequest, partnership: UUID, review: UUID, ending: str) -> HttpResponse:
    """The review as it stands, as Word, PDF or workbook."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    return as_file(view, review_told(review_for(viewer, partnership, review)), ending, name="review-draft")


@login_required
@require_safe
def version_paper(
    request: HttpRequest, partnership: UUID, review: UUID, number: int, ending: str
) -> HttpResponse:
    """What was decided, as Word, PDF or workbook."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    return as_file(view, review_told(review_for(viewer, partnership, review, number)), ending, name="review")
