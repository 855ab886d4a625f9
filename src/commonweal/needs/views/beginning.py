"""A form whose answer begins long work, such as a file that is brought or columns that are confirmed."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from commonweal.core.errors import CommonwealError
from commonweal.core.models import Job
from commonweal.core.queries.partnerships import PartnershipView


def beginning_page(
    request: HttpRequest, view: PartnershipView, form: forms.Form, template: str, *, begin: Callable[[], Job],
    **more: object,
) -> HttpResponse:
    """The form; once it is answered, the work begins, or its refusal stands on the form."""
    if request.method == "POST" and form.is_valid():
        try:
            job = begin()
        except CommonwealError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("web:job", job=job.pk)
    return render(request, template, {"view": view, "form": form, "invented": view.invented, **more})
