"""Exports of visits: brought, their columns confirmed, months held twice decided, the receipt read."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core.actions.jobs import start_job
from commonweal.core.actions.uploads import Outcome, settle_upload
from commonweal.core.errors import NotFound, Refused
from commonweal.core.intake.bringing import brought_in
from commonweal.core.models import Job, Partnership, Upload, UploadState
from commonweal.core.permissions import Permission
from commonweal.core.quarantine import quarantine
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import Viewer, require, viewer_from
from commonweal.needs.actions.visits import bring_visits, confirm_visit_columns, leave_months, replace_months
from commonweal.needs.background import LOOK_VISITS, TAKE_VISITS
from commonweal.needs.content import read
from commonweal.needs.forms_visits import BringVisits, VisitColumns
from commonweal.needs.models import VisitFile, VisitFileState
from commonweal.needs.pages.visits import across_says, receipt_view
from commonweal.needs.queries.visits import file_row, receipt_for, systems_for
from commonweal.needs.queries.visits_across import people_of_all
from commonweal.needs.views.beginning import beginning_page


@login_required
@require_safe
def systems(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """The systems that know who comes: one's own with its files, and those that others have shown."""
    viewer = viewer_from(request)
    view, found = partnership_for(viewer, partnership), systems_for(viewer, partnership)
    context = {
        "view": view, "invented": view.invented, "systems": found,
        "across": across_says(people_of_all(viewer, partnership, found)),
        "may_bring": viewer.may(Permission.UPLOAD, partnership),
    }
    return render(request, "needs/visits/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Bring an export."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.UPLOAD, partnership)
    title = {"title": request.GET.get("system", "")[:120]}
    form = BringVisits(request.POST, request.FILES) if request.method == "POST" else BringVisits(initial=title)
    return beginning_page(
        request, view, form, "needs/visits/bring.html",
        begin=lambda: _brought(viewer, Partnership.objects.get(pk=partnership), form),
    )


@login_required
@require_safe
def receipt(request: HttpRequest, partnership: UUID, file: UUID) -> HttpResponse:
    """How far a file has come, or what became of every row."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = receipt_for(viewer, partnership, file)
    context = {
        "view": view, "invented": view.invented, "card": found.card, "receipt": receipt_view(found),
        "may_change": viewer.may(Permission.UPLOAD, partnership),
    }
    return render(request, "needs/visits/file.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, partnership: UUID, file: UUID) -> HttpResponse:
    """What each column is: guessed, and for a person to confirm."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = file_row(viewer, partnership, file)
    require(viewer, Permission.UPLOAD, partnership)
    if row.state != VisitFileState.ASKED:
        raise NotFound("This file does not wait for an answer. Its own page says what became of it.")
    form = VisitColumns(row.columns, request.POST if request.method == "POST" else None)
    return beginning_page(
        request, view, form, "needs/visits/columns.html", begin=lambda: _confirmed(viewer, row, form), file=row
    )


@login_required
@require_POST
def again(request: HttpRequest, partnership: UUID, file: UUID) -> HttpResponse:
    """Months are held already: replace them with this file's, or leave them."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    row = file_row(viewer, partnership, file)
    require(viewer, Permission.UPLOAD, partnership)
    choice = request.POST.get("choice", "")
    if choice == "replace":
        return redirect("web:job", job=_replaced(viewer, row).pk)
    if choice != "leave":
        raise Refused("Say whether the months held are to be replaced or left. Go back and choose.")
    _left(viewer, row)
    return redirect("needs:visit-file", partnership=partnership, file=file)


def _brought(viewer: Viewer, partnership: Partnership, form: BringVisits) -> Job:
    def begin(upload: Upload) -> Job:
        row = bring_visits(by=viewer, partnership=partnership, title=form.cleaned_data["title"], upload=upload)
        return _job(viewer, row, LOOK_VISITS)

    return brought_in(by=viewer, partnership=partnership, file=form.cleaned_data["file"], begin=begin)


def _confirmed(viewer: Viewer, row: VisitFile, form: VisitColumns) -> Job:
    with transaction.atomic():
        row = confirm_visit_columns(by=viewer, file=row.pk, partnership=row.partnership, said=form.said())
        return _job(viewer, row, TAKE_VISITS)


def _replaced(viewer: Viewer, row: VisitFile) -> Job:
    with transaction.atomic():
        row = replace_months(by=viewer, file=row.pk, partnership=row.partnership)
        return _job(viewer, row, TAKE_VISITS, step="replace")


def _left(viewer: Viewer, row: VisitFile) -> None:
    why = read("visits")["words"]["left"]
    with transaction.atomic():
        row = leave_months(by=viewer, file=row.pk, partnership=row.partnership, why=why)
        settle_upload(by=viewer, upload=row.upload, state=UploadState.SET_ASIDE, outcome=Outcome(why))
    quarantine().let_go(row.upload_id)


def _job(viewer: Viewer, row: VisitFile, kind: str, step: str = "first") -> Job:
    """One piece of work at a time for each system."""
    return start_job(
        by=viewer, kind=kind, key=f"{kind}:{row.pk}:{step}", partnership=row.partnership, subject=row.pk,
        dataset=f"visits:{row.organisation_id}:{row.system.key}",
    )
