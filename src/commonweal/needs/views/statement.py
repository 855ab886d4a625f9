"""The joint statement of needs: read, written from a closed round, signed, taken as Word or PDF."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.core.errors import CommonwealError, NotFound
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.needs.actions.statement import answer_statement, write_statement
from commonweal.needs.forms_need import Sign
from commonweal.needs.queries.ranking import round_for, round_row
from commonweal.needs.queries.statement import statement_for, statement_version
from commonweal.needs.views.files import as_paper, sent
from commonweal.present.paper import on_paper

NONE_YET = "No joint statement is written yet."


class WriteStatement(forms.Form):
    """Why it is written anew."""

    reason = forms.CharField(label="Why is it written? (needed where it is written anew)", max_length=500,
                             required=False)


@login_required
@require_safe
def one(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """The newest version, who has signed it, and what is not agreed."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    context = {"view": view, "invented": view.invented, "said": statement_for(viewer, partnership)}
    return render(request, "needs/statement/statement.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, partnership: UUID, round_id: UUID) -> HttpResponse:
    """Write a version from a closed round."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = round_for(viewer, partnership, round_id)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    form = WriteStatement(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = write_statement(by=viewer, ranked=round_row(viewer, partnership, round_id),
                                   reason=form.cleaned_data["reason"])
        except CommonwealError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Version {made.number} is written. Those who sign see it waiting.")
            return redirect("needs:statement", partnership=partnership)
    context = {"view": view, "invented": view.invented, "form": form, "heading": "Write the joint statement",
               "lead": f"From the order of “{found.card.title}”: the needs that are agreed, in that order, and "
                       "what is not agreed beside them.", "button": "Write this version"}
    return render(request, "needs/statement/form.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Sign the version that was read, or say why not."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.AGREE, partnership)
    said = statement_for(viewer, partnership)
    if said is None:
        raise NotFound(NONE_YET)
    form = Sign(request.POST if request.method == "POST" else None, initial={"number": said.number})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            answer_statement(by=viewer, version=statement_version(viewer, partnership, given["number"]),
                             signs=given["answer"] == "sign", words=given["words"])
        except CommonwealError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Your organisation's answer is kept. Thank you.")
            return redirect("needs:statement", partnership=partnership)
    context = {"view": view, "invented": view.invented, "form": form, "heading": f"Sign version {said.number}?",
               "lead": "What your organisation would sign, in this order:", "said": said,
               "button": "Give this answer"}
    return render(request, "needs/statement/form.html", context)


@login_required
@require_safe
def as_file(request: HttpRequest, partnership: UUID, ending: str) -> HttpResponse:
    """The newest version as Word or PDF."""
    from commonweal.needs.documents.statement import statement_document

    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    said = statement_for(viewer, partnership)
    if said is None:
        raise NotFound(NONE_YET)
    with on_paper():
        body = as_paper(statement_document(said, partnership=view.name, invented=view.invented), ending)
    return sent(body, f"joint-statement-of-needs-version-{said.number}", ending)
