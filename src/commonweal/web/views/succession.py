"""Joining partnerships and splitting one, for staff; and where a partnership comes from, for those in it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.agreements.actions.carrying import bring_over
from commonweal.agreements.queries.carrying import agreements_before
from commonweal.core.actions.succession import join_partnerships, split_partnership
from commonweal.core.errors import NotFound
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.queries.succession import lineage_of, partnership_to_split, partnerships_here
from commonweal.core.viewer import viewer_from
from commonweal.needs.queries.agreed_before import agreed_before
from commonweal.options.models import Agreement
from commonweal.present.forms import tried
from commonweal.web.forms_succession import JoinPartnerships, SplitPartnership
from commonweal.web.posting import answers


@login_required
@require_safe
def history(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """What came before, and what was agreed in it by the viewer's own organisation with others."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    lineage, agreed = lineage_of(viewer, partnership), agreed_before(viewer, partnership)
    kept = agreements_before(viewer, partnership)
    context = {
        "view": view, "invented": view.invented, "lineage": lineage,
        "earlier": [(one, agreed.get(one.id, ()), kept.get(one.id, ())) for one in lineage.earlier],
        "may_bring": viewer.may(Permission.RECORD_EVIDENCE, partnership),
        "may_read": viewer.may(Permission.VIEW_EVIDENCE, partnership),
    }
    return render(request, "web/succession/history.html", context)


@login_required
@require_POST
def bring(request: HttpRequest, partnership: UUID, agreement: UUID) -> HttpResponse:
    """An agreement of before goes on here."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    row = Agreement.objects.filter(pk=agreement).first()
    if row is None:
        raise NotFound("There is no such agreement, or none that you may bring over.")
    made = bring_over(by=viewer, partnership=Partnership.objects.get(pk=partnership), agreement=row)
    messages.success(request, f"{made.title} goes on here. Say which needs it answers, and set who returns what.")
    return redirect("agreements:agreement", partnership=partnership, agreement=made.pk)


@login_required
@require_safe
def partnerships(request: HttpRequest) -> HttpResponse:
    """All of them, and what came of what."""
    found = partnerships_here(viewer_from(request))
    return render(request, "web/succession/partnerships.html", {"found": found})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Several become one."""
    viewer = viewer_from(request)
    going_on = tuple(one for one in partnerships_here(viewer) if one.end is None)
    form = JoinPartnerships(going_on, *answers(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        rows = [*Partnership.objects.filter(pk__in=form.chosen())]
        made = tried(form, lambda: join_partnerships(by=viewer, before=rows, name=said["name"], day=said["day"]))
        if made is not None:
            messages.success(request, f"{made.name} begins on {made.start:%-d %B %Y}.")
            return redirect("web:partnerships-here")
    return render(request, "web/succession/join.html", {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def split(request: HttpRequest, divided: UUID) -> HttpResponse:
    """One becomes two."""
    viewer = viewer_from(request)
    page = partnership_to_split(viewer, divided)
    form = SplitPartnership(page, *answers(request))
    if request.method == "POST" and form.is_valid():
        row, day = Partnership.objects.get(pk=divided), form.cleaned_data["day"]
        made = tried(form, lambda: split_partnership(by=viewer, before=row, parts=form.parts(), day=day))
        if made is not None:
            names = " and ".join(one.name for one in made)
            messages.success(request, f"{names} begin on {made[0].start:%-d %B %Y}.")
            return redirect("web:partnerships-here")
    context = {"page": page, "form": form, "invented": page.invented}
    return render(request, "web/succession/split.html", context)
