"""Keeping an assessment in a partnership, and reading what was kept."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.core.errors import Refused
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.needs.actions.keeping import keep_assessment
from commonweal.needs.forms import Keeping
from commonweal.needs.pages import overview as front
from commonweal.needs.pages.loading import assessment_for
from commonweal.needs.queries.agreed import with_agreed
from commonweal.needs.queries.keeping import kept_for, kept_version
from commonweal.needs.replay import assessment_json
from commonweal.needs.views.files import file_name, made_file, sent
from commonweal.needs.views.page import place_page

FORMS = ("docx", "pdf", "xlsx", "json")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@place_page
def keep(request: HttpRequest, code: str, partnership: UUID) -> HttpResponse:
    """Ask why this version is kept, then keep it."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    found = with_agreed(viewer, view, assessment_for(viewer, code))
    form = Keeping(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            version = keep_assessment(
                by=viewer, partnership=Partnership.objects.get(pk=partnership), assessment=found,
                code="+".join(sorted(set(code.split("+")))),
                reason=form.cleaned_data["reason"],
            )
        except Refused as refusal:
            form.add_error("reason", str(refusal))
        else:
            said = f"Version {version.number} of {found.place.name} is kept. It will not change."
            messages.success(request, said)
            return redirect("needs:kept", partnership=partnership)
    context = {"form": form, "view": view, "assessment": found, "invented": view.invented, "code": code}
    return render(request, "needs/keep.html", context)


@login_required
@require_safe
def kept(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """What the partnership has kept."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    context = {"view": view, "kept": kept_for(viewer, partnership), "invented": view.invented,
               "places": [place for place in view.places if place.code],
               "may_keep": viewer.may(Permission.RECORD_EVIDENCE, partnership)}
    return render(request, "needs/kept.html", context)


@login_required
@require_safe
def version(request: HttpRequest, partnership: UUID, identity: UUID, number: int) -> HttpResponse:
    """One kept version as it stood."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = kept_version(viewer, partnership, identity, number)
    context = {
        "view": view, "kept": found, "assessment": found.assessment, "invented": view.invented,
        "findings": front.finding_views(found.assessment, found.card.code), "forms": FORMS,
        "table": front.rule_table(found.assessment),
    }
    return render(request, "needs/kept_version.html", context)


@login_required
@require_safe
def version_file(
    request: HttpRequest, partnership: UUID, identity: UUID, number: int, ending: str
) -> HttpResponse:
    """A kept version as a file; JSON gives back exactly what was frozen."""
    found = kept_version(viewer_from(request), partnership, identity, number)
    body = assessment_json(found.assessment).encode() if ending == "json" else made_file(found.assessment, ending)
    if body is None:
        raise Http404("There is no such file.")
    return sent(body, file_name(found.assessment, f"needs-assessment-version-{number}"), ending)
