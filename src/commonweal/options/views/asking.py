"""One way to ask: a form, the deed it leads to, its refusal on the form, and back to the page it came from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from commonweal.core import clock
from commonweal.core.queries.partnerships import PartnershipView
from commonweal.options.pages.told import Told, as_document, as_workbook
from commonweal.present.forms import tried
from commonweal.present.pdf import render_pdf
from commonweal.present.word import render_docx
from commonweal.present.workbook import render_workbook

ASKS = ("GET", "HEAD", "POST")
KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Ask:
    """What a form's page says: its heading, the way back, and what its button says."""

    heading: str
    back: str
    back_text: str
    lead: str = ""
    button: str = "Keep it"
    upload: bool = False


def asked(
    request: HttpRequest, view: PartnershipView, form: forms.Form, *, ask: Ask, deed: Callable[[], str],
    template: str = "options/money/form.html", more: dict[str, object] | None = None,
) -> HttpResponse:
    """The form; once sent and sound, the deed, and on to the address it gives."""
    if request.method == "POST" and form.is_valid():
        to = tried(form, deed)
        if to is not None:
            messages.success(request, "Kept.")
            return redirect(to)
    context = {"view": view, "invented": view.invented, "form": form, "ask": ask, **(more or {})}
    return render(request, template, context)


def as_file(view: PartnershipView, told: Told, ending: str, *, name: str, short: bool = False) -> HttpResponse:
    """A page as Word, PDF or workbook."""
    given = {"place": view.name, "invented": view.invented, "day": clock.today()}
    if ending == "xlsx":
        body = render_workbook(as_workbook(told, **given))  # type: ignore[arg-type]
    elif ending == "docx":
        body = render_docx(as_document(told, short=short, **given))  # type: ignore[arg-type]
    elif ending == "pdf":
        body = render_pdf(as_document(told, short=short, **given))  # type: ignore[arg-type]
    else:
        raise Http404("There is no such file.")
    answer = HttpResponse(body, content_type=KINDS[ending])
    marked = f"{name}-invented" if view.invented else name
    answer["Content-Disposition"] = f'attachment; filename="{marked}-{clock.today():%Y-%m-%d}.{ending}"'
    return answer


def sent(form: type[forms.Form], request: HttpRequest, **initial: object) -> forms.Form:
    """The form as sent, or as it is first shown."""
    return form(request.POST if request.method == "POST" else None, initial=initial)
