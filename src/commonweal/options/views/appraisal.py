"""Pages that set a question up: listed, asked, its options listed and sifted, its criteria and their ends."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import Viewer, require, viewer_from
from commonweal.needs.models import NeedState
from commonweal.needs.queries.needs import needs_for
from commonweal.options.actions.appraisal import (
    add_from_catalogue,
    add_option,
    agree_ends,
    begin_appraisal,
    change_appraisal,
    change_option,
    open_ends,
    remove_option,
    set_criteria,
    sift_options,
)
from commonweal.options.forms_appraisal import (
    AppraisalForm,
    CriterionForm,
    LongListForm,
    Offered,
    OptionForm,
    SiftForm,
    as_said,
)
from commonweal.options.models import Appraisal, FullKind
from commonweal.options.pages.appraisal import appraisal_told, criteria_table
from commonweal.options.pages.steps import steps_of
from commonweal.options.pages.trying import tried_weights
from commonweal.options.queries.agreements import agreements_for
from commonweal.options.queries.appraisal import appraisal_for, appraisal_row, appraisals_for, money_of, part_row
from commonweal.options.queries.full_runs import full_of, full_state, inputs_of
from commonweal.options.views.asking import ASKS, Ask, asked
from commonweal.options.views.full_runs import said_of
from commonweal.policy.delivery_vehicles import catalogue
from commonweal.priorities.queries.outcomes import outcomes_for

WORK = Permission.RECORD_EVIDENCE


@login_required
@require_safe
def listed(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Every question, with its answer so far."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = appraisals_for(viewer, partnership)
    context = {"view": view, "invented": view.invented, "found": found,
               "agreements": agreements_for(viewer, partnership), "may_write": viewer.may(WORK, partnership)}
    return render(request, "options/appraisals.html", context)


@login_required
@require_safe
def page(request: HttpRequest, partnership: UUID, appraisal: UUID) -> HttpResponse:
    """The answer, why, and what is still to be done."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = appraisal_for(viewer, partnership, appraisal)
    sheet, worth = money_of(viewer, partnership, found)
    given = found.result.given if found.result else None
    context = {
        "view": view, "invented": view.invented, "found": found,
        "told": appraisal_told(found, sheet, worth, full_of(found)),
        "full": given and full_state(viewer, partnership, FullKind.WEIGHTINGS, appraisal, inputs_of(given)),
        "said": said_of(FullKind.WEIGHTINGS),
        "steps": steps_of(found, partnership, may_write=viewer.may(WORK, partnership),
                          may_decide=viewer.may(Permission.DECIDE, partnership)),
        "held": next(iter(found.weighed), None), "tried": tried_weights(found, request.GET),
    }
    return render(request, "options/appraisal.html", context)


@login_required
@require_http_methods(ASKS)
def begin(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Ask a question."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, WORK, partnership)
    places = ", ".join(one.name for one in view.places)
    form = _question(request, viewer, partnership, {"where": places})

    def deed() -> str:
        there = Partnership.objects.get(pk=partnership)
        return _to(begin_appraisal(by=viewer, partnership=there, said=form.said()))

    back = reverse("options:appraisals", args=[partnership])
    return asked(request, view, form, ask=Ask("Ask a question about a service", back, "Options"), deed=deed)


@login_required
@require_http_methods(ASKS)
def change(request: HttpRequest, partnership: UUID, appraisal: UUID) -> HttpResponse:
    """Say the question anew, and what it stands on."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = appraisal_row(viewer, partnership, appraisal)
    require(viewer, WORK, partnership)
    found = appraisal_for(viewer, partnership, appraisal)
    form = _question(request, viewer, partnership, {
        "title": row.title, "question": row.question, "service": row.service, "where": row.where,
        "outcomes": [str(one.id) for one in found.outcomes], "needs": [str(one.id) for one in found.needs],
    })
    ask = Ask("The question, and what it stands on", _to(row), row.title)
    return asked(request, view, form, ask=ask, deed=lambda: _to(
        change_appraisal(by=viewer, appraisal=row, said=form.said())))


@login_required
@require_http_methods(ASKS)
def long_list(request: HttpRequest, partnership: UUID, appraisal: UUID) -> HttpResponse:
    """The long list, and what of the catalogue may join it."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = appraisal_row(viewer, partnership, appraisal)
    require(viewer, WORK, partnership)
    found, held = appraisal_for(viewer, partnership, appraisal), catalogue()
    aims = tuple(one for one in request.GET.getlist("aim") if one in {each.key for each in held.aims})
    there = {one.vehicle.key for one in found.options if one.vehicle}
    offered = tuple(one for one in held.fitting(found.service, aims) if one.key not in there)
    form = LongListForm(request.POST if request.method == "POST" else None, offered=offered)
    lists = {"found": found, "aims": held.aims, "chosen": aims, "may_write": True}
    return asked(request, view, form, ask=Ask("Long list", _to(row), row.title, button="Put on the list"),
                 deed=lambda: _added(add_from_catalogue(
                     by=viewer, appraisal=row, keys=tuple(form.cleaned_data["keys"])), row),
                 template="options/long_list.html", more=lists)


@login_required
@require_http_methods(ASKS)
def option_add(request: HttpRequest, partnership: UUID, appraisal: UUID) -> HttpResponse:
    """An option of one's own."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = appraisal_row(viewer, partnership, appraisal)
    require(viewer, WORK, partnership)
    form = OptionForm(request.POST if request.method == "POST" else None,
                      agreements=_agreements(viewer, partnership))
    return asked(request, view, form, ask=Ask("Add an option", _list(row), "Long list"), deed=lambda: _added(
        add_option(by=viewer, appraisal=row, said=form.said()), row))


@login_required
@require_http_methods(ASKS)
def option_change(request: HttpRequest, partnership: UUID, appraisal: UUID, option: UUID) -> HttpResponse:
    """Say an option anew."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = appraisal_row(viewer, partnership, appraisal)
    require(viewer, WORK, partnership)
    one = part_row(viewer, row, "option", option)
    held = {"title": one.title, "description": one.description, "vehicle": one.vehicle, "baseline": one.baseline,
            "agreement": str(one.agreement_id or "")}
    form = OptionForm(request.POST if request.method == "POST" else None, initial=held,
                      agreements=_agreements(viewer, partnership))
    return asked(request, view, form, ask=Ask(one.title, _list(row), "Long list"), deed=lambda: _added(
        change_option(by=viewer, option=one, said=form.said()), row))


@login_required
@require_POST
def option_remove(request: HttpRequest, partnership: UUID, appraisal: UUID, option: UUID) -> HttpResponse:
    """Take an option off the long list."""
    viewer = viewer_from(request)
    row = appraisal_row(viewer, partnership, appraisal)
    remove_option(by=viewer, option=part_row(viewer, row, "option", option))
    messages.success(request, "It is taken off the list.")
    return redirect(_list(row))


@login_required
@require_http_methods(ASKS)
def sift(request: HttpRequest, partnership: UUID, appraisal: UUID) -> HttpResponse:
    """Each option kept or put aside, and why."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = appraisal_row(viewer, partnership, appraisal)
    require(viewer, WORK, partnership)
    found = appraisal_for(viewer, partnership, appraisal)
    form = SiftForm(request.POST if request.method == "POST" else None, options=found.options)
    lead = "Keep what could truly happen and would serve the needs, and what happens if nothing is changed."

    def deed() -> str:
        sift_options(by=viewer, appraisal=row, sifted=form.sifted())
        return _to(row)

    return asked(request, view, form, ask=Ask("Sift the options", _to(row), row.title, lead), deed=deed)


@login_required
@require_safe
def criteria(request: HttpRequest, partnership: UUID, appraisal: UUID) -> HttpResponse:
    """The criteria, their ends, and whether these are agreed."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = appraisal_for(viewer, partnership, appraisal)
    context = {
        "view": view, "invented": view.invented, "found": found, "may_write": viewer.may(WORK, partnership),
        "table": criteria_table(found) if found.criteria else None,
    }
    return render(request, "options/criteria.html", context)


@login_required
@require_http_methods(ASKS)
def criterion_add(request: HttpRequest, partnership: UUID, appraisal: UUID) -> HttpResponse:
    """A criterion more."""
    return _criterion(request, partnership, appraisal, None)


@login_required
@require_http_methods(ASKS)
def criterion_change(request: HttpRequest, partnership: UUID, appraisal: UUID, criterion: UUID) -> HttpResponse:
    """A criterion said anew."""
    return _criterion(request, partnership, appraisal, criterion)


@login_required
@require_POST
def criterion_remove(request: HttpRequest, partnership: UUID, appraisal: UUID, criterion: UUID) -> HttpResponse:
    """A criterion less."""
    viewer = viewer_from(request)
    row = appraisal_row(viewer, partnership, appraisal)
    part_row(viewer, row, "criterion", criterion)
    found = appraisal_for(viewer, partnership, appraisal)
    set_criteria(by=viewer, appraisal=row, lines=tuple(
        as_said(one, found.outcomes) for one in found.criteria if one.id != criterion))
    messages.success(request, "The criterion is taken off, and its scores with it.")
    return redirect(_criteria(row))


@login_required
@require_POST
def ends(request: HttpRequest, partnership: UUID, appraisal: UUID, deed: str) -> HttpResponse:
    """Agree the ends, or open them again."""
    viewer = viewer_from(request)
    row = appraisal_row(viewer, partnership, appraisal)
    if deed == "agree":
        agree_ends(by=viewer, appraisal=row)
        messages.success(request, "The ends are agreed. Now score the options and ask each group for its weights.")
    elif deed == "open":
        open_ends(by=viewer, appraisal=row)
        messages.success(request, "The ends are open. Scores stay; weights will have to be given again.")
    else:
        raise Http404("Ends are agreed, or opened.")
    return redirect(_criteria(row))


def _criterion(request: HttpRequest, partnership: UUID, appraisal: UUID, pk: UUID | None) -> HttpResponse:
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = appraisal_row(viewer, partnership, appraisal)
    require(viewer, WORK, partnership)
    found = appraisal_for(viewer, partnership, appraisal)
    if pk is not None:
        part_row(viewer, row, "criterion", pk)
    line = next((one for one in found.criteria if one.id == pk), None)
    held: dict[str, object] = {}
    if line is not None:
        said = as_said(line, found.outcomes)
        held = {name: getattr(said, name) for name in ("title", "worst_means", "best_means", "unit")}
        held |= {"outcome": str(said.outcome or "")}
        held |= {"worst": said.worst, "best": said.best} if said.unit else {}
    form = CriterionForm(request.POST if request.method == "POST" else None, initial=held, outcomes=found.outcomes)

    def deed() -> str:
        others = [as_said(one, found.outcomes) for one in found.criteria]
        if line is None:
            others.append(form.said())
        lines = tuple(form.said(pk) if one.pk == pk and pk else one for one in others)
        set_criteria(by=viewer, appraisal=row, lines=lines)
        return _criteria(row)

    heading = line.title if line else "Add a criterion"
    return asked(request, view, form, ask=Ask(heading, _criteria(row), "Criteria"), deed=deed)


def _question(
    request: HttpRequest, viewer: Viewer, partnership: UUID, initial: dict[str, object]
) -> AppraisalForm:
    outcomes = [(str(one.id), f"{one.title} ({str(one.level.label).lower()})")
                for one in outcomes_for(viewer, partnership)]
    needs = [(str(one.id), one.title) for one in needs_for(viewer, partnership)
             if one.state != NeedState.WITHDRAWN]
    return AppraisalForm(request.POST if request.method == "POST" else None, initial=initial, outcomes=outcomes,
                         needs=needs)


def _agreements(viewer: Viewer, partnership: UUID) -> Offered:
    return [(str(one.id), one.title) for one in agreements_for(viewer, partnership)]


def _added(_made: object, row: Appraisal) -> str:
    return _list(row)


def _to(row: Appraisal) -> str:
    return reverse("options:appraisal", args=[row.partnership_id, row.pk])


def _list(row: Appraisal) -> str:
    return reverse("options:long-list", args=[row.partnership_id, row.pk])


def _criteria(row: Appraisal) -> str:
    return reverse("options:criteria", args=[row.partnership_id, row.pk])
