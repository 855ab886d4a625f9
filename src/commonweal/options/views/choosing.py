"""Pages on which gates are answered, the case is written, an option is chosen; and the papers."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.core import clock
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import PartnershipView, partnership_for
from commonweal.core.viewer import Viewer, require, viewer_from
from commonweal.options.actions.choosing import answer_gate, choose_option, write_notes
from commonweal.options.appraisal_view import AppraisalView
from commonweal.options.documents.business_case import business_case
from commonweal.options.documents.choice import choice_document, criteria_of, pointed_of, scores_of
from commonweal.options.documents.options_paper import options_paper
from commonweal.options.forms_choosing import ChooseForm, GateForm, NotesForm
from commonweal.options.pages.appraisal import appraisal_told
from commonweal.options.pages.risk import RUNS_IT, in_short
from commonweal.options.pages.told import as_workbook
from commonweal.options.queries.appraisal import appraisal_for, appraisal_row, money_of
from commonweal.options.queries.choice import ChoiceView, choice_for
from commonweal.options.queries.full_runs import full_of
from commonweal.options.queries.money import SheetView
from commonweal.options.queries.risk import case_for
from commonweal.options.views.asking import ASKS, KINDS, Ask, asked
from commonweal.present.document import Document
from commonweal.present.pdf import render_pdf
from commonweal.present.word import render_docx
from commonweal.present.workbook import render_workbook
from commonweal.priorities.queries.deciders import deciders_of

WORK = Permission.RECORD_EVIDENCE
NOTES = ("because", "affordable", "bought", "managed", "exempt", "exempt_why")


@login_required
@require_safe
def gates(request: HttpRequest, partnership: UUID, appraisal: UUID) -> HttpResponse:
    """What must be answered, and what is."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = appraisal_for(viewer, partnership, appraisal)
    may_write = viewer.may(WORK, partnership) and found.choice is None
    context = {"view": view, "invented": view.invented, "found": found, "may_write": may_write}
    return render(request, "options/gates.html", context)


@login_required
@require_http_methods(ASKS)
def gate(request: HttpRequest, partnership: UUID, appraisal: UUID, key: str) -> HttpResponse:
    """One gate's questions."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = appraisal_row(viewer, partnership, appraisal)
    require(viewer, WORK, partnership)
    found = appraisal_for(viewer, partnership, appraisal)
    line = next((one for one in found.gates if one.gate.key == key), None)
    if line is None:
        raise Http404("There is no such gate for this service.")
    form = GateForm(request.POST if request.method == "POST" else None, line=line)
    back = reverse("options:gates", args=[partnership, appraisal])

    def deed() -> str:
        answer_gate(by=viewer, appraisal=row, key=key, fields=form.answers(),
                    not_applying=form.cleaned_data.get("not_applying", ""))
        return back

    lead = f"{line.gate.why} {line.gate.law} ({line.gate.standing})."
    return asked(request, view, form, ask=Ask(line.gate.asks, back, "Gates", lead), deed=deed)


@login_required
@require_http_methods(ASKS)
def notes(request: HttpRequest, partnership: UUID, appraisal: UUID) -> HttpResponse:
    """The business case in people's words."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = appraisal_row(viewer, partnership, appraisal)
    require(viewer, WORK, partnership)
    found = appraisal_for(viewer, partnership, appraisal)
    held = {name: getattr(found.notes, name) for name in NOTES}
    held["recommended"] = str(found.notes.recommended or "")
    form = NotesForm(request.POST if request.method == "POST" else None, view=found, initial=held)
    back = reverse("options:appraisal", args=[partnership, appraisal])

    def deed() -> str:
        write_notes(by=viewer, appraisal=row, said=form.said())
        return back

    return asked(request, view, form, ask=Ask("Business case", back, row.title), deed=deed)


@login_required
@require_http_methods(ASKS)
def choose(request: HttpRequest, partnership: UUID, appraisal: UUID) -> HttpResponse:
    """Record which option was chosen."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = appraisal_row(viewer, partnership, appraisal)
    require(viewer, Permission.DECIDE, partnership)
    found = appraisal_for(viewer, partnership, appraisal)
    over = found.choice[1] if found.choice else 0
    form = ChooseForm(request.POST if request.method == "POST" else None, view=found,
                      people=deciders_of(partnership), initial={"over": over})
    back = reverse("options:appraisal", args=[partnership, appraisal])

    def deed() -> str:
        version = choose_option(by=viewer, appraisal=row, said=form.said())
        return reverse("options:choice", args=[partnership, appraisal, version.number])

    waits = " ".join((*found.missing, *(f"{one.gate.title} is not answered." for one in found.unmet)))
    lead = f"The decision cannot close yet. {waits}"
    if not waits and found.result:
        lead = found.result.robust.answer
    return asked(request, view, form, ask=Ask("Record the decision", back, row.title, lead), deed=deed)


@login_required
@require_safe
def choice(request: HttpRequest, partnership: UUID, appraisal: UUID, number: int) -> HttpResponse:
    """A decision as it was taken."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = choice_for(viewer, partnership, appraisal, number)
    rested = [one for one in (scores_of(found), pointed_of(found)) if one is not None]
    context = {"view": view, "invented": view.invented, "found": found, "table": criteria_of(found),
               "rested": rested}
    return render(request, "options/choice.html", context)


@login_required
@require_safe
def choice_file(
    request: HttpRequest, partnership: UUID, appraisal: UUID, number: int, ending: str
) -> HttpResponse:
    """The same as Word or PDF."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = choice_for(viewer, partnership, appraisal, number)
    return _sent(view, choice_document(found, partnership=view.name, invented=view.invented), ending, "decision")


@login_required
@require_safe
def paper(request: HttpRequest, partnership: UUID, appraisal: UUID, ending: str) -> HttpResponse:
    """The options paper as Word or PDF, its tables as a workbook."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = appraisal_for(viewer, partnership, appraisal)
    sheet, worth = money_of(viewer, partnership, found)
    if ending == "xlsx":
        told = appraisal_told(found, sheet, worth, full_of(found))
        body = render_workbook(as_workbook(told, place=view.name, invented=view.invented, day=clock.today()))
        return _answer(view, body, ending, "options-paper")
    document = options_paper(found, sheet, worth, place=view.name, invented=view.invented, day=clock.today(),
                             site=request.build_absolute_uri("/"), full=full_of(found))
    return _sent(view, document, ending, "options-paper")


@login_required
@require_safe
def case(request: HttpRequest, partnership: UUID, appraisal: UUID, ending: str) -> HttpResponse:
    """The business case as Word or PDF; without its exempt appendix by `?public`, and for those who only look."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = appraisal_for(viewer, partnership, appraisal)
    sheet, worth = money_of(viewer, partnership, found)
    inside = viewer.may(WORK, partnership) or viewer.may(Permission.DECIDE, partnership)
    public = "public" in request.GET or not inside
    document = business_case(found, (sheet, worth), place=view.name, invented=view.invented, day=clock.today(),
                             public=public,
                             risk=_risk_of(viewer, partnership, found, sheet),
                             decided=_decided(viewer, partnership, found))
    return _sent(view, document, ending, "business-case-public" if public else "business-case")


def _decided(viewer: Viewer, partnership: UUID, found: AppraisalView) -> ChoiceView | None:
    """The newest decision, where one was taken."""
    return choice_for(viewer, partnership, found.id, found.choice[1]) if found.choice else None


def _risk_of(
    viewer: Viewer, partnership: UUID, found: AppraisalView, sheet: SheetView | None
) -> tuple[str, ...]:
    """What the draws of the recommended option's contract say, where one is tied to it."""
    option = found.option(found.notes.recommended)
    if option is None or option.risk_case is None:
        return ()
    case = case_for(viewer, partnership, option.risk_case)
    return in_short(case, runs_it=RUNS_IT.get(option.vehicle.key, "") if option.vehicle else "",
                    years=sheet.terms.years if sheet else None)


def _sent(view: PartnershipView, document: Document, ending: str, name: str) -> HttpResponse:
    renders = {"docx": render_docx, "pdf": render_pdf}
    if ending not in renders:
        raise Http404("There is no such file.")
    return _answer(view, renders[ending](document), ending, name)


def _answer(view: PartnershipView, body: bytes, ending: str, name: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=KINDS[ending])
    marked = f"{name}-invented" if view.invented else name
    answer["Content-Disposition"] = f'attachment; filename="{marked}-{clock.today():%Y-%m-%d}.{ending}"'
    return answer
