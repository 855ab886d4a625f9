"""Pages of size: comparators, what they say, and what joining may save."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.options.actions.scale import SetSaid, bodies_of, bring_comparators, change_comparators
from commonweal.options.forms_scale import SetForm, shown_of
from commonweal.options.models import ComparatorSet
from commonweal.options.pages.scale import scale_told
from commonweal.options.queries.scale import JoinAsked, JoinView, SetView, joining, set_for, set_row
from commonweal.options.views.asking import ASKS, Ask, as_file, asked, sent

SHARES = (("100", "All of it: they merge"), ("50", "Half of it"), ("15", "The back office (15%)"))


@login_required
@require_safe
def page(request: HttpRequest, partnership: UUID, within: UUID) -> HttpResponse:
    """Does size matter?"""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = set_for(viewer, partnership, within)
    question = join_asked(request.GET)
    context = {
        "view": view,
        "invented": view.invented,
        "found": found,
        "told": scale_told(found, _joined(found, question)),
        "asked": question,
        "shares": SHARES,
        "share": request.GET.get("share", "100"),
        "may_write": viewer.may(Permission.RECORD_EVIDENCE, partnership),
    }
    return render(request, "options/money/scale.html", context)


@login_required
@require_safe
def file(request: HttpRequest, partnership: UUID, within: UUID, ending: str) -> HttpResponse:
    """The same as Word, PDF or workbook."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = set_for(viewer, partnership, within)
    return as_file(
        view, scale_told(found, _joined(found, join_asked(request.GET))), ending, name="does-size-matter"
    )


@login_required
@require_http_methods(ASKS)
def bring(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Bring comparators."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    form = sent(SetForm, request)
    ask = Ask(
        "Bring comparators",
        reverse("options:money", args=[partnership]),
        "Money and risk",
        "At least eight bodies that do the same, of different sizes.",
    )
    return asked(
        request,
        view,
        form,
        ask=ask,
        deed=lambda: _to(
            bring_comparators(
                by=viewer, partnership=Partnership.objects.get(pk=partnership), **_said(form.cleaned_data)
            )
        ),
    )


@login_required
@require_http_methods(ASKS)
def change(request: HttpRequest, partnership: UUID, within: UUID) -> HttpResponse:
    """Change a set."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = set_row(viewer, partnership, within)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    form = sent(SetForm, request, **shown_of(row))
    return asked(
        request,
        view,
        form,
        ask=Ask("Change the comparators", _to(row), row.title),
        deed=lambda: _to(change_comparators(by=viewer, within=row, **_said(form.cleaned_data))),
    )


def join_asked(given: QueryDict) -> JoinAsked | None:
    """What is asked of joining; nothing where no body is chosen. What cannot be read is left out."""
    chosen = tuple(given.getlist("body"))[:50]
    if not chosen:
        return None
    share = given.get("share", "100")
    once = given.get("once", "").replace(",", "").replace("£", "").strip()
    plain = once.isascii() and once.isdigit() and len(once) < 11
    return JoinAsked(chosen, int(share) / 100 if share in dict(SHARES) else 1.0, float(once) if plain else 0.0)


def _joined(found: SetView, question: JoinAsked | None) -> JoinView | None:
    return None if question is None else joining(found, question)


def _said(held: dict[str, Any]) -> dict[str, Any]:
    said = SetSaid(held["title"], held["counts"], held["price_year"], held["source"])
    return {"said": said, "bodies": bodies_of(held["bodies"])}


def _to(row: ComparatorSet) -> str:
    return reverse("options:scale", args=[row.partnership_id, row.pk])
