"""One search box over everything a person may see."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.core.viewer import viewer_from
from commonweal.web.searching import search as found_for

SHOWN = 40


class Ask(forms.Form):
    """What is looked for."""

    q = forms.CharField(label="Search", max_length=120, required=False)
    kind = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What was found, best first, with how many of each kind."""
    form = Ask(request.GET)
    asked = form.is_valid() and form.cleaned_data["q"].strip()
    context: dict[str, object] = {"form": form, "asked": asked or ""}
    if asked:
        found = found_for(viewer_from(request), asked, form.cleaned_data["kind"])
        context |= {"found": found, "hits": found.hits[:SHOWN], "kind": form.cleaned_data["kind"], "shown": SHOWN}
    return render(request, "web/search/search.html", context)
