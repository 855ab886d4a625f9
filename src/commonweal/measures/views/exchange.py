"""A return as a workbook or as a form for ODK and Kobo, and the file that comes back."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.core import clock
from commonweal.core.errors import CommonwealError, NotFound, Refused
from commonweal.core.permissions import Permission
from commonweal.core.viewer import require, viewer_from
from commonweal.measures.actions.answering import Answering, save_answers
from commonweal.measures.exchange import Mistaken, Wrong, said_in, workbook_of
from commonweal.measures.models import Channel, Return
from commonweal.measures.queries.sheet import Sheet, return_row, sheet_of
from commonweal.measures.views.opened import opened
from commonweal.measures.xlsform import xlsform_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {"workbook": (workbook_of, "return"), "odk": (xlsform_of, "form")}
MOST_BYTES = 2 * 1024 * 1024
TOO_MANY = "Too many files in a short time. Wait a few minutes, then send it again."


class FileForm(forms.Form):
    """The file that came back."""

    file = forms.FileField(label="The workbook, filled in",
                           help_text="Or what ODK or Kobo exported, as CSV or Excel, with this one return in it.")


@never_cache
@require_safe
def file_by_link(request: HttpRequest, returned: UUID, kind: str) -> HttpResponse:
    """The workbook to fill in, or the form, for whoever came by the link."""
    row, _ = opened(request, returned)
    return _file(sheet_of(row, clock.today()), kind)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bring_by_link(request: HttpRequest, returned: UUID) -> HttpResponse:
    """The file comes back from whoever came by the link; they check, and send, on the next page."""
    row, who = opened(request, returned)
    sheet = sheet_of(row, clock.today())
    to = reverse("measures:return-sent" if sheet.sent else "measures:return-check", args=[returned])
    return _bring(request, row, replace(who, channel=Channel.WORKBOOK), to)


@login_required
@require_safe
def file_for_askers(request: HttpRequest, partnership: UUID, returned: UUID, kind: str) -> HttpResponse:
    """The same for those who ask, to pass on."""
    row = return_row(viewer_from(request), partnership, returned)
    return _file(sheet_of(row, clock.today()), kind)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring_for_askers(request: HttpRequest, partnership: UUID, returned: UUID) -> HttpResponse:
    """A file that came by e-mail, brought by whoever may work here."""
    viewer = viewer_from(request)
    row = return_row(viewer, partnership, returned)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    to = reverse("measures:return-one", args=[partnership, returned])
    return _bring(request, row, Answering(by=viewer, channel=Channel.WORKBOOK), to)


def _file(sheet: Sheet, kind: str) -> HttpResponse:
    if kind not in KINDS:
        raise NotFound("There is no such file.")
    made, name = KINDS[kind]
    stem = slugify(f"{sheet.title} {sheet.period}")[:80]
    return HttpResponse(made(sheet), headers={
        "Content-Type": XLSX, "Content-Disposition": f'attachment; filename="{name}-{stem}.xlsx"'})


def _bring(request: HttpRequest, row: Return, who: Answering, to: str) -> HttpResponse:
    sheet = sheet_of(row, clock.today())
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    wrong: tuple[Wrong, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            count = _taken_in(request, row, who, form, sheet)
            messages.success(request, f"{count} answer{'s' if count != 1 else ''} taken from the file.")
            return redirect(to)
        except Mistaken as mistaken:
            wrong = mistaken.wrong
            form.add_error("file", str(mistaken))
        except CommonwealError as refusal:
            form.add_error("file", str(refusal))
    context = {"sheet": sheet, "invented": sheet.invented, "form": form, "wrong": wrong, "back": to}
    return render(request, "measures/bring.html", context)


def _taken_in(request: HttpRequest, row: Return, who: Answering, form: FileForm, sheet: Sheet) -> int:
    file = form.cleaned_data["file"]
    if file.size > MOST_BYTES:
        raise Refused("The file is larger than 2 MB. A return is smaller: is it the right file?")
    if not ratelimit.consume(request, action="return_file"):
        raise Refused(TOO_MANY)
    said = said_in(file.name, file.read(), sheet)
    if not said:
        raise Refused("No answer stands in the file. Fill in the coloured cells, and save it.")
    return len(save_answers(who=who, to=row, said=said))
