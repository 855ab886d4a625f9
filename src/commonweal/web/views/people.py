"""Who is in a partnership, and adding or ending somebody's part in it."""

from __future__ import annotations

from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core.actions.invitations import invite
from commonweal.core.actions.roles import end_role
from commonweal.core.errors import CommonwealError, NotFound, Refused
from commonweal.core.models import Organisation, Partnership, PartnershipRole
from commonweal.core.permissions import Permission, Role
from commonweal.core.purpose import Purpose
from commonweal.core.queries.invitations import organisations_to_invite_for, pending_invitations
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.web.forms import AddPerson
from commonweal.web.invitation_mail import send_invitation
from commonweal.web.posting import answers
from commonweal.web.views.invitations import TOO_MANY


@login_required
@require_safe
def people(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Organisations, and the people of each."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    may_manage = viewer.may(Permission.MANAGE_PARTNERSHIP, partnership)
    context = {
        "view": view, "may_manage": may_manage, "invented": view.invented,
        "invitations": pending_invitations(viewer, partnership),
    }
    return render(request, "web/partnership/people.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Ask somebody to take part."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.MANAGE_PARTNERSHIP, partnership)
    form = AddPerson(organisations_to_invite_for(viewer, partnership), *answers(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            if not ratelimit.consume(request, action="invite"):
                raise Refused(TOO_MANY)
            invitation, token = invite(
                by=viewer, partnership=Partnership.objects.get(pk=partnership), address=said["email"],
                organisation=Organisation.objects.get(pk=said["organisation"]), role=Role(said["role"]),
            )
        except CommonwealError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, send_invitation(request, invitation, token))
            return redirect("web:people", partnership=partnership)
    context = {"view": view, "form": form, "invented": view.invented}
    return render(request, "web/partnership/add_person.html", context)


@login_required
@require_POST
def end(request: HttpRequest, partnership: UUID, role: UUID) -> HttpResponse:
    """End somebody's role."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    seen = PartnershipRole.objects.visible_to(viewer, Purpose.ADMINISTRATION)
    given = seen.filter(partnership=partnership, pk=role).select_related("person").first()
    if given is None:
        raise NotFound("There is no such role in this partnership.")
    end_role(by=viewer, role=given)
    messages.success(request, f"{given.person.name} no longer has this role.")
    return redirect("web:people", partnership=partnership)
