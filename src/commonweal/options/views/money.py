"""Pages of money: the way in, a sheet of options in pounds, and its lines."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.options.actions.money import (
    LineSaid,
    SheetSaid,
    add_costing,
    add_line,
    begin_sheet,
    change_line,
    change_sheet,
    remove_costing,
    remove_line,
)
from commonweal.options.forms_money import LineForm, OptionForm, SheetForm
from commonweal.options.models import MoneyLine, MoneySheet
from commonweal.options.pages.money import money_told
from commonweal.options.queries.money import costing_row, line_row, sheet_for, sheet_row
from commonweal.options.queries.overview import overview_for
from commonweal.options.views.asking import ASKS, Ask, as_file, asked, sent

SHEET = ("title", "price_year", "years", "edition", "income_middle", "income_in_need", "income_others")
LINE = ("kind", "title", "first", "last", "source", "pounds", "vat", "optimism", "mitigated", "to_need", "points",
        "people")


@login_required
@require_safe
def home(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Everything about money: what is here, and how to begin each."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    context = {
        "view": view, "invented": view.invented, "parts": overview_for(viewer, partnership),
        "may_write": viewer.may(Permission.RECORD_EVIDENCE, partnership),
    }
    return render(request, "options/money/home.html", context)


@login_required
@require_safe
def page(request: HttpRequest, partnership: UUID, sheet: UUID) -> HttpResponse:
    """Options beside one another in pounds."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = sheet_for(viewer, partnership, sheet)
    context = {
        "view": view, "invented": view.invented, "found": found, "told": money_told(found),
        "may_write": viewer.may(Permission.RECORD_EVIDENCE, partnership),
    }
    return render(request, "options/money/sheet.html", context)


@login_required
@require_safe
def file(request: HttpRequest, partnership: UUID, sheet: UUID, ending: str) -> HttpResponse:
    """The same as Word, PDF or workbook."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    return as_file(view, money_told(sheet_for(viewer, partnership, sheet)), ending, name="options-in-pounds")


@login_required
@require_http_methods(ASKS)
def begin(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Begin a sheet."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    form = sent(SheetForm, request, years=10)

    def deed() -> str:
        there = Partnership.objects.get(pk=partnership)
        return _to(begin_sheet(by=viewer, partnership=there, said=SheetSaid(**form.cleaned_data)))

    home_page = reverse("options:money", args=[partnership])
    return asked(request, view, form, ask=Ask("Compare options in pounds", home_page, "Money and risk"), deed=deed)


@login_required
@require_http_methods(ASKS)
def change(request: HttpRequest, partnership: UUID, sheet: UUID) -> HttpResponse:
    """Change what holds for all options of a sheet."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = sheet_row(viewer, partnership, sheet)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    form = sent(SheetForm, request, **{name: getattr(row, name) for name in SHEET})
    return asked(request, view, form, ask=Ask("Change the sheet", _to(row), row.title), deed=lambda: _to(
        change_sheet(by=viewer, sheet=row, said=SheetSaid(**form.cleaned_data))))


@login_required
@require_http_methods(ASKS)
def option(request: HttpRequest, partnership: UUID, sheet: UUID) -> HttpResponse:
    """Add an option."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = sheet_row(viewer, partnership, sheet)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    form = sent(OptionForm, request)
    return asked(request, view, form, ask=Ask("Add an option", _to(row), row.title), deed=lambda: _to(
        add_costing(by=viewer, sheet=row, **form.cleaned_data).sheet))


@login_required
@require_POST
def remove_option(request: HttpRequest, partnership: UUID, costing: UUID) -> HttpResponse:
    """Take an option off."""
    viewer = viewer_from(request)
    row = costing_row(viewer, partnership, costing)
    remove_costing(by=viewer, costing=row)
    messages.success(request, "The option and its lines are taken off.")
    return redirect(_to(row.sheet))


@login_required
@require_http_methods(ASKS)
def line(request: HttpRequest, partnership: UUID, costing: UUID) -> HttpResponse:
    """Add a cost or a benefit to an option."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = costing_row(viewer, partnership, costing)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    form = sent(LineForm, request, first=1, last=row.sheet.years)
    ask = Ask(f"Add a line to {row.title}", _to(row.sheet), row.sheet.title)
    return asked(request, view, form, ask=ask, deed=lambda: _to(
        add_line(by=viewer, costing=row, said=_said(form)).costing.sheet))


@login_required
@require_http_methods(ASKS)
def one_line(request: HttpRequest, partnership: UUID, line: UUID) -> HttpResponse:
    """Change a line."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row: MoneyLine = line_row(viewer, partnership, line)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    form = sent(LineForm, request, **{name: getattr(row, name) for name in LINE})
    ask = Ask(f"Change a line of {row.costing.title}", _to(row.costing.sheet), row.costing.sheet.title)
    return asked(request, view, form, ask=ask, deed=lambda: _to(
        change_line(by=viewer, line=row, said=_said(form)).costing.sheet))


@login_required
@require_POST
def remove(request: HttpRequest, partnership: UUID, line: UUID) -> HttpResponse:
    """Take a line off."""
    viewer = viewer_from(request)
    row = line_row(viewer, partnership, line)
    sheet = row.costing.sheet
    remove_line(by=viewer, line=row)
    messages.success(request, "The line is taken off.")
    return redirect(_to(sheet))


def _said(form: forms.Form) -> LineSaid:
    held: dict[str, Any] = dict(form.cleaned_data)
    held["pounds"] = held["pounds"] or Decimal(0)
    held["mitigated"] = held["mitigated"] or 0
    return LineSaid(**held)


def _to(sheet: MoneySheet) -> str:
    return reverse("options:money-sheet", args=[sheet.partnership_id, sheet.pk])
