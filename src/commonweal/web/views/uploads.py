"""Bringing a file: what it is, what became of it, and what its columns are when nobody knows."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core.actions.jobs import start_job
from commonweal.core.actions.uploads import answer_mapping, put_away
from commonweal.core.background import MAP, READ
from commonweal.core.errors import CommonwealError, NotFound
from commonweal.core.intake.bringing import brought_in
from commonweal.core.intake.question import Question, kept, mapping_of
from commonweal.core.models import Job, Partnership, Upload
from commonweal.core.permissions import Permission
from commonweal.core.queries.datasets import own_datasets
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.queries.uploads import upload_for, upload_record, uploads_for
from commonweal.core.viewer import Viewer, require, viewer_from
from commonweal.web.forms import UploadFile
from commonweal.web.mapping_form import MapColumns
from commonweal.web.posting import answers, files_of
from commonweal.web.ways_back import brought_at


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """The files brought so far, and a box for another."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.VIEW_JOBS, partnership)
    may_upload = viewer.may(Permission.UPLOAD, partnership)
    form = UploadFile(*answers(request), *files_of(request))
    if request.method == "POST":
        require(viewer, Permission.UPLOAD, partnership)
        if form.is_valid():
            try:
                job = _bring(viewer, Partnership.objects.get(pk=partnership), form.cleaned_data["file"])
            except CommonwealError as refusal:
                form.add_error("file", str(refusal))
            else:
                return redirect("web:job", job=job.pk)
    context = {
        "view": view, "form": form, "may_upload": may_upload, "uploads": uploads_for(viewer, partnership),
        "invented": view.invented, "own": own_datasets(viewer, partnership),
    }
    return render(request, "web/uploads/files.html", context)


@login_required
@require_safe
def upload(request: HttpRequest, partnership: UUID, upload: UUID) -> HttpResponse:
    """What became of one file."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = upload_for(viewer, upload)
    if card.partnership != partnership:
        raise NotFound("There is no such file in this partnership.")
    context = {"view": view, "card": card, "invented": view.invented,
               "brought_at": brought_at(viewer, partnership, card), "published": card.work in (READ, MAP)}
    return render(request, "web/uploads/upload.html", context)


@login_required
@require_POST
def put_away_upload(request: HttpRequest, partnership: UUID, upload: UUID) -> HttpResponse:
    """What became of it was read: it waits no longer."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    row = upload_record(viewer, upload)
    if row.partnership_id != partnership:
        raise NotFound("There is no such file in this partnership.")
    put_away(by=viewer, upload=row)
    messages.success(request, f"“{row.name}” is put away. The list of files still says what became of it.")
    return redirect("web:partnership", partnership=partnership)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mapping(request: HttpRequest, partnership: UUID, upload: UUID) -> HttpResponse:
    """What each column is: guessed, and for a person to confirm."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.UPLOAD, partnership)
    row = upload_record(viewer, upload)
    if row.partnership_id != partnership or not row.question:
        raise NotFound("This file does not wait for an answer. The list of files shows what became of it.")
    question = Question.from_data(row.question)
    form = MapColumns(question, *answers(request))
    if request.method == "POST" and form.is_valid():
        try:
            job = _answered(viewer, row, question, form)
        except CommonwealError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("web:job", job=job.pk)
    context = {"view": view, "question": question, "form": form, "upload": row, "invented": view.invented}
    return render(request, "web/uploads/mapping.html", context)


def _bring(viewer: Viewer, partnership: Partnership, file: UploadedFile) -> Job:
    def begin(row: Upload) -> Job:
        return start_job(by=viewer, kind=READ, key=f"{READ}:{row.pk}", partnership=partnership, subject=row.pk)

    return brought_in(by=viewer, partnership=partnership, file=file, begin=begin)


def _answered(viewer: Viewer, row: Upload, question: Question, form: MapColumns) -> Job:
    """The answer kept, and on to the worker."""
    answer = form.answer()
    confirmed = mapping_of(question, answer)
    with transaction.atomic():
        answer_mapping(by=viewer, upload=row, answer={
            "mapping": kept(confirmed), "title": answer.title, "publisher": answer.publisher,
            "licence": answer.licence,
        })
        tries = Job.objects.filter(subject=row.pk, kind=MAP).count()
        return start_job(
            by=viewer, kind=MAP, key=f"{MAP}:{row.pk}:{tries}", partnership=row.partnership, subject=row.pk
        )
