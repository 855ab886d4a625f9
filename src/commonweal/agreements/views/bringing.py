"""A register goes in by any columns, and out as CSV or Excel."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.agreements.actions.bringing import bring_agreements, enter_agreements
from commonweal.agreements.forms_bringing import RegisterColumns, RegisterFile
from commonweal.agreements.models import RegisterDraft
from commonweal.agreements.pages_export import register_table
from commonweal.core import clock
from commonweal.core.errors import NotFound, Refused
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.present.export_csv import csv_of
from commonweal.present.forms import tried
from commonweal.present.workbook import Workbook, render_workbook

ASKS = ["GET", "HEAD", "POST"]
MOST_BYTES = 5 * 1024 * 1024
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 3


@login_required
@require_http_methods(ASKS)
def bring(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Bring a register in use elsewhere."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.UPLOAD, partnership)
    form = RegisterFile(request.POST, request.FILES) if request.method == "POST" else RegisterFile()

    def deed() -> RegisterDraft:
        file = form.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise Refused("The file is larger than 5 MB. Bring the register alone, without its papers.")
        return bring_agreements(by=viewer, partnership=Partnership.objects.get(pk=partnership), name=file.name,
                                data=file.read())

    if request.method == "POST" and form.is_valid():
        draft = tried(form, deed)
        if draft is not None:
            return redirect("agreements:register-columns", partnership=partnership, draft=draft.pk)
    back = reverse("agreements:register", args=[partnership])
    context = {"view": view, "invented": view.invented, "form": form, "title": "Bring a register", "back": back,
               "caption": view.name}
    return render(request, "agreements/register_bring.html", context)


@login_required
@require_http_methods(ASKS)
def columns(request: HttpRequest, partnership: UUID, draft: UUID) -> HttpResponse:
    """Which column is what; then every line that can be is entered."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.UPLOAD, partnership)
    row = RegisterDraft.objects.visible_to(viewer, Purpose.PLANNING).filter(
        partnership=partnership, pk=draft).first()
    if row is None:
        raise NotFound("This register is not here any more. Bring it again.")
    payer = view.seats[0].name if view.seats else ""
    form = RegisterColumns(request.POST if request.method == "POST" else None, headings=row.headings,
                           name=row.name, payer=payer)
    context = {"view": view, "invented": view.invented, "form": form, "draft": row, "sample": row.rows[:SHOWN]}
    if request.method == "POST" and form.is_valid():
        entered = tried(form, lambda: enter_agreements(by=viewer, draft=row, columns=form.columns()))
        if entered is not None:
            return render(request, "agreements/register_entered.html", {**context, "entered": entered})
    return render(request, "agreements/register_columns.html", context)


@login_required
@require_safe
def file(request: HttpRequest, partnership: UUID, kind: str) -> HttpResponse:
    """The whole register as a file."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    table = register_table(viewer, partnership)
    if kind == "csv":
        return HttpResponse(csv_of(table), headers={
            "Content-Type": "text/csv; charset=utf-8",
            "Content-Disposition": 'attachment; filename="agreements.csv"'})
    if kind != "xlsx":
        raise NotFound("There is no such file.")
    book = Workbook(title="Agreements in force", subtitle=view.name, tables=(table,), date=clock.today(), notes=(
        "As the partnership's own register says on this day. Money is by financial year, as entered.",
        "An agreement without a need or an outcome stands as one that answers nothing."))
    return HttpResponse(render_workbook(book), headers={
        "Content-Type": XLSX, "Content-Disposition": 'attachment; filename="agreements.xlsx"'})
