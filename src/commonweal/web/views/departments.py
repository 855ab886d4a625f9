"""Departments of an organisation, kept by its administrators, and who in the partnership commissions what."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core.actions.departments import change_department, place_members, retire_department
from commonweal.core.actions.organisations import add_department
from commonweal.core.errors import NotFound, Refused
from commonweal.core.models import Department, Organisation
from commonweal.core.queries.departments import DepartmentsPage, commissioners, departments_to_keep
from commonweal.core.queries.partnerships import PartnershipView, partnership_for
from commonweal.core.viewer import Viewer, viewer_from
from commonweal.web.forms_departments import DepartmentForm, PlaceMembers
from commonweal.web.posting import answers


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def departments(request: HttpRequest, partnership: UUID, organisation: UUID) -> HttpResponse:
    """Those there are, and one more."""
    viewer, view, page = _kept(request, partnership, organisation)
    form = DepartmentForm(*answers(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = add_department(
                by=viewer, organisation=Organisation.objects.get(pk=organisation), **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, f"{made.name} is a department now.")
            return redirect("web:departments", partnership=partnership, organisation=organisation)
    context = {"view": view, "page": page, "form": form, "invented": view.invented}
    return render(request, "web/partnership/departments.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def department(request: HttpRequest, partnership: UUID, organisation: UUID, department: UUID) -> HttpResponse:
    """Another name, or something else that it commissions."""
    viewer, view, page = _kept(request, partnership, organisation)
    held = _one(page, department)
    sent = answers(request)
    form = DepartmentForm(*sent) if sent else DepartmentForm(
        initial={"name": held.name, "commissions": held.commissions}
    )
    if request.method == "POST" and form.is_valid():
        try:
            changed = change_department(by=viewer, department=held, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, f"{changed.name} has changed.")
            return redirect("web:departments", partnership=partnership, organisation=organisation)
    context = {"view": view, "page": page, "form": form, "held": held, "invented": view.invented}
    return render(request, "web/partnership/department.html", context)


@login_required
@require_POST
def retire(request: HttpRequest, partnership: UUID, organisation: UUID, department: UUID) -> HttpResponse:
    """It is no more."""
    viewer, _, page = _kept(request, partnership, organisation)
    held = _one(page, department)
    try:
        retire_department(by=viewer, department=held)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{held.name} is retired.")
    return redirect("web:departments", partnership=partnership, organisation=organisation)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def placing(request: HttpRequest, partnership: UUID, organisation: UUID) -> HttpResponse:
    """Who is in which."""
    viewer, view, page = _kept(request, partnership, organisation)
    form = PlaceMembers(page, *answers(request))
    if request.method == "POST" and form.is_valid():
        moved = place_members(
            by=viewer, organisation=Organisation.objects.get(pk=organisation), placed=form.placed()
        )
        who = {0: "Nobody has", 1: "1 person has"}.get(moved, f"{moved} people have")
        messages.success(request, f"{who} moved.")
        return redirect("web:departments", partnership=partnership, organisation=organisation)
    context = {"view": view, "page": page, "form": form, "invented": view.invented}
    return render(request, "web/partnership/placing.html", context)


@login_required
@require_safe
def commissioning(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Every department here that buys or funds, side by side."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    context = {"view": view, "found": commissioners(viewer, partnership), "invented": view.invented}
    return render(request, "web/partnership/commissioners.html", context)


def _kept(
    request: HttpRequest, partnership: UUID, organisation: UUID
) -> tuple[Viewer, PartnershipView, DepartmentsPage]:
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    return viewer, view, departments_to_keep(viewer, partnership, organisation)


def _one(page: DepartmentsPage, department: UUID) -> Department:
    found = Department.objects.filter(organisation=page.id, pk=department, retired=None).first()
    if found is None:
        raise NotFound(f"{page.name} has no such department.")
    return found
