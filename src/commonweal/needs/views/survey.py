"""Surveys as files: brought, their columns confirmed, weighted, read, made evidence, deleted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core.actions.jobs import start_job
from commonweal.core.errors import NotFound, Refused
from commonweal.core.intake.bringing import brought_in
from commonweal.core.models import Job, Partnership, Upload
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.stores import own_store
from commonweal.core.viewer import Viewer, require, viewer_from
from commonweal.lake.store import StoreDamaged
from commonweal.lake.surveys.store import AnswerStore
from commonweal.lake.surveys.words import Use
from commonweal.needs.actions.survey import bring_survey, confirm_columns, make_evidence, remove_answers
from commonweal.needs.background import LOOK_SURVEY, READ_SURVEY
from commonweal.needs.content import read
from commonweal.needs.forms_survey import BringSurvey, SurveyColumns
from commonweal.needs.models import Survey, SurveyState
from commonweal.needs.pages.survey import (
    groups_table,
    heard_table,
    missing_sentence,
    question_table,
    whole_table,
)
from commonweal.needs.queries.surveys import (
    Results,
    evidence_words,
    results_for,
    survey_card,
    survey_row,
    surveys_for,
)
from commonweal.needs.views.beginning import beginning_page
from commonweal.present.export_csv import csv_of


@login_required
@require_safe
def surveys(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """One's own organisation's surveys."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    context = {
        "view": view, "invented": view.invented, "surveys": surveys_for(viewer, partnership),
        "may_bring": viewer.may(Permission.UPLOAD, partnership),
    }
    return render(request, "needs/survey/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Bring a survey's file."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.UPLOAD, partnership)
    form = BringSurvey(request.POST, request.FILES) if request.method == "POST" else BringSurvey()
    return beginning_page(
        request, view, form, "needs/survey/bring.html",
        begin=lambda: _brought(viewer, Partnership.objects.get(pk=partnership), form),
    )


@login_required
@require_safe
def survey(request: HttpRequest, partnership: UUID, survey: UUID) -> HttpResponse:
    """How far a survey has come, or what it says."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = survey_card(viewer, partnership, survey)
    may_change = viewer.may(Permission.UPLOAD, partnership)
    if card.state == SurveyState.ASKED and may_change:
        return columns(request, partnership, survey)
    context: dict[str, Any] = {"view": view, "invented": view.invented, "card": card, "may_change": may_change}
    if card.state == SurveyState.READ:
        results = _results(viewer, partnership, survey, by=_use(request.GET.get("by", "")))
        context |= _told(results)
    return render(request, "needs/survey/survey.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, partnership: UUID, survey: UUID) -> HttpResponse:
    """What each column is: guessed, and for a person to confirm."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = survey_row(viewer, partnership, survey)
    require(viewer, Permission.UPLOAD, partnership)
    if row.state != SurveyState.ASKED:
        raise NotFound("This survey does not wait for an answer. Its own page says what became of it.")
    form = SurveyColumns(row.columns, request.POST if request.method == "POST" else None)
    return beginning_page(
        request, view, form, "needs/survey/columns.html", begin=lambda: _confirmed(viewer, row, form), survey=row
    )


@login_required
@require_safe
def as_csv(request: HttpRequest, partnership: UUID, survey: UUID) -> HttpResponse:
    """Everything it says, over all and by each group, as a file."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    results = _results(viewer, partnership, survey)
    others = [_results(viewer, partnership, survey, by=use) for use in results.groups]
    answer = HttpResponse(csv_of(whole_table(results, *others)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="survey-results.csv"'
    return answer


@login_required
@require_POST
def evidence(request: HttpRequest, partnership: UUID, survey: UUID) -> HttpResponse:
    """Make one piece of evidence of it."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    survey_row(viewer, partnership, survey)
    require(viewer, Permission.UPLOAD, partnership)
    results = _results(viewer, partnership, survey)
    summary, limits = evidence_words(results)
    item = make_evidence(
        by=viewer, survey=survey, partnership=Partnership.objects.get(pk=partnership), summary=summary,
        limits=limits, effective=results.effective, covers=results.covers,
    )
    messages.success(request, "It is recorded as your organisation's evidence. Place it when partners may see it.")
    return redirect("needs:evidence-item", partnership=partnership, item=item.pk)


@login_required
@require_POST
def delete(request: HttpRequest, partnership: UUID, survey: UUID) -> HttpResponse:
    """Delete the answers for good."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    survey_row(viewer, partnership, survey)
    row = remove_answers(by=viewer, survey=survey, partnership=Partnership.objects.get(pk=partnership))
    AnswerStore(own_store(partnership).root).forget(row.pk)
    messages.success(request, "The answers are deleted. Evidence made of them stays as it was recorded.")
    return redirect("needs:surveys", partnership=partnership)


def _told(results: Results) -> dict[str, Any]:
    titles = read("survey")["titles"]
    by = titles[results.by.value] if results.by else ""
    return {
        "results": results, "heard": heard_table(results), "missing": missing_sentence(results), "by": by,
        "questions": [(one, question_table(one, results.card), groups_table(one, by, results.card))
                      for one in results.questions],
        "choices": [(one.value, titles[one.value]) for one in results.groups],
        "weighted_by": [titles[one.use.value].lower() for one in results.weighted.by],
    }


def _use(text: str) -> Use | None:
    return Use(text) if text in [*Use] else None


def _results(viewer: Viewer, partnership: UUID, survey: UUID, by: Use | None = None) -> Results:
    try:
        return results_for(viewer, partnership, survey, by)
    except StoreDamaged as error:
        raise Refused(str(error)) from error


def _brought(viewer: Viewer, partnership: Partnership, form: BringSurvey) -> Job:
    def begin(upload: Upload) -> Job:
        row = bring_survey(by=viewer, partnership=partnership, told=form.told(), upload=upload)
        return start_job(
            by=viewer, kind=LOOK_SURVEY, key=f"{LOOK_SURVEY}:{row.pk}", partnership=partnership, subject=row.pk
        )

    return brought_in(by=viewer, partnership=partnership, file=form.cleaned_data["file"], begin=begin)


def _confirmed(viewer: Viewer, row: Survey, form: SurveyColumns) -> Job:
    """The answer kept, and on to the worker."""
    with transaction.atomic():
        confirm_columns(by=viewer, survey=row, uses=form.uses())
        return start_job(
            by=viewer, kind=READ_SURVEY, key=f"{READ_SURVEY}:{row.pk}", partnership=row.partnership, subject=row.pk
        )
