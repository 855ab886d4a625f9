"""What change of people may be said to be: worked out on one page, without an account, nothing kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from commonweal.measures.forms_change import BeforeForm, ChangeForm
from commonweal.measures.instrument_packs import instruments_here
from commonweal.measures.pages.change import before_told, change_told


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The questions; once answered, the answer above them."""
    form = ChangeForm(request.POST) if request.method == "POST" else ChangeForm()
    ahead = BeforeForm(request.GET) if "people" in request.GET else BeforeForm()
    told = None
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        told = change_told(instruments_here().of(said["instrument"]), said["pairs"], began=said["began"],
                           chosen=said["chosen"])
    context = {
        "form": form, "told": told, "ahead": ahead, "instruments": instruments_here(),
        "ahead_told": before_told(ahead.cleaned_data["people"]) if ahead.is_bound and ahead.is_valid() else (),
    }
    return render(request, "measures/change.html", context)
